"""Numbers with a rule inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base.codes import above, division_ok, id_number_ok, level_of, uscc_ok, within

ID = "11010519491231002X"
"""The example of GB 11643—1999."""
USCC = "91350100M000100Y43"
"""The example of GB 32100—2015."""


@pytest.mark.parametrize("number", [ID, ID.lower(), "440524188001010014"])
def test_a_sound_identity_number_is_taken(number: str) -> None:
    assert id_number_ok(number)


@pytest.mark.parametrize(
    "number",
    [
        "", ID[:-1], ID + "0", "110105194912310021", "11010519491231102X", "110105194902300027", "11010519491331002X",
        "1101051949123100２X", "11010519491231002x ", "一1010519491231002X", "110105 9491231002X",
    ],
)  # fmt: skip
def test_an_unsound_identity_number_is_not(number: str) -> None:
    assert not id_number_ok(number)


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_digit_of_an_identity_number_changed_is_noticed(place: int, digit: str) -> None:
    changed = ID[:place] + digit + ID[place + 1 :]

    assert id_number_ok(changed) == (changed == ID)


@pytest.mark.parametrize("code", [USCC, USCC.lower()])
def test_a_sound_credit_code_is_taken(code: str) -> None:
    assert uscc_ok(code)


@pytest.mark.parametrize(
    "code", ["", USCC[:-1], USCC + "0", "91350100M000100Y44", "91350100I000100Y43", "九1350100M000100Y4"]
)
def test_an_unsound_credit_code_is_not(code: str) -> None:
    assert not uscc_ok(code)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_character_of_a_credit_code_changed_is_noticed(place: int, char: str) -> None:
    changed = USCC[:place] + char + USCC[place + 1 :]

    assert uscc_ok(changed) == (changed == USCC)


@pytest.mark.parametrize(
    ("code", "level", "sound"),
    [
        ("522731102213", "village", True), ("522731102613", "village", False), ("522731102", "village", False), ("", "village", False),
        ("522731102", "town", True), ("522731", "county", True), ("５２２７３１", "county", False), ("52273a", "county", False),
    ],
)  # fmt: skip
def test_a_division_code_has_the_shape_of_its_level(code: str, level: str, sound: bool) -> None:
    assert division_ok(code, level) == sound


def test_a_division_code_names_its_level_and_the_one_above() -> None:
    assert [(level_of(c), above(c)) for c in ("522731102213", "522731102", "522731", "5227", "")] == [
        ("village", "522731102"), ("town", "522731"), ("county", ""), ("", ""), ("", ""),
    ]  # fmt: skip


def test_a_division_lies_within_itself_and_those_above() -> None:
    assert [within("522731102213", c) for c in ("522731102213", "522731102", "522731", "522731103", "522730")] == [
        True, True, True, False, False,
    ]  # fmt: skip
