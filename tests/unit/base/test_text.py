"""Words: what is stored, found, masked and written in capitals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import NAMES, WORDS
from villagedesk.base.text import capitals, file_name, fold, grams, mask_name, mask_number, nfc, ordinal, query_grams

SPOKEN = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"), ("0.05", "伍分"), ("0.5", "伍角整"), ("0.55", "伍角伍分"), ("1", "壹元整"), ("1.05", "壹元零伍分"),
        ("1.5", "壹元伍角整"), ("1.55", "壹元伍角伍分"), ("10", "壹拾元整"), ("10.5", "壹拾元伍角整"), ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"), ("110", "壹佰壹拾元整"), ("1001", "壹仟零壹元整"), ("1010", "壹仟零壹拾元整"),
        ("3200", "叁仟贰佰元整"), ("3200.00", "叁仟贰佰元整"), ("10000", "壹万元整"), ("10010", "壹万零壹拾元整"),
        ("100001", "壹拾万零壹元整"), ("684000", "陆拾捌万肆仟元整"), ("1010000", "壹佰零壹万元整"),
        ("20003000", "贰仟万零叁仟元整"), ("100000000", "壹亿元整"), ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"), ("120000000000", "壹仟贰佰亿元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_capitals(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-1", "-0.01", "0.001", "1000000000000", "1.005"])
def test_what_is_no_amount_of_money_is_not_written(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        capitals(Decimal(amount))


_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _read(words: str) -> Decimal:
    """The amount in capitals read back, as somebody at a counter would."""
    whole, section, digit, cents = 0, 0, 0, 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section, digit = section + digit * _UNITS[char], 0
        elif char in "万亿":
            whole, section, digit = whole + (section + digit) * (10**4 if char == "万" else 10**8), 0, 0
        elif char == "元":
            whole, section, digit = whole + section + digit, 0, 0
        elif char in "角分":
            cents, digit = cents + digit * (10 if char == "角" else 1), 0
    return whole + Decimal(cents) / 100


@given(st.integers(0, 10**14 - 1))
def test_capitals_can_be_read_back(cents: int) -> None:
    words = capitals(Decimal(cents) / 100)

    assert _read(words) == Decimal(cents) / 100
    assert "零零" not in words
    assert words[-1] in "整分"


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (90, "九十"), (99, "九十九")],
)  # fmt: skip
def test_an_ordinal_is_written_in_words(number: int, word: str) -> None:
    assert ordinal(number) == word


@pytest.mark.parametrize("number", [0, 100, -1])
def test_an_ordinal_outside_of_1_to_99_stays_in_digits(number: int) -> None:
    assert ordinal(number) == str(number)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("罗", "罗"), ("罗倩", "罗*"), ("岑兴富", "岑*富"), ("欧阳明", "欧*明"), ("欧阳小明", "欧阳*明"), ("罗𬭎", "罗*")],
)  # fmt: skip
def test_a_name_is_posted_with_its_middle_hidden(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""), ("123456", "******"), ("8221234", "*******"), ("62212345", "622***45"), ("13885400001", "138******01"),
        ("522731198001010011", "522731**********11"), ("130503670401001", "130503*******01"),
    ],
)  # fmt: skip
def test_a_number_is_posted_with_its_middle_hidden(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text("0123456789Xx -", max_size=30))
def test_a_masked_number_keeps_its_length_and_hides_more_than_a_third(number: str) -> None:
    masked = mask_number(number)

    assert len(masked) == len(number)
    assert masked.count("*") * 3 >= len(number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""), ("  \t\n ", ""), ("ＡＢＣ１２", "abc12"), ("通组路　硬化", "通组路 硬化"), ("①", "1"), ("罗𬭎", "罗𬭎"),
        ("C25\n3.5米", "c25 3.5米"),
    ],
)  # fmt: skip
def test_search_sees_text_folded(text: str, found: str) -> None:
    assert fold(text) == found


def test_grams_are_each_character_and_each_pair_once() -> None:
    assert grams("路路 通𬭎") == ["路", "通", "𬭎", "路路", "通𬭎"]
    assert query_grams("路 通𬭎") == ["路", "通𬭎"]
    assert query_grams("  ") == []


@given(SPOKEN)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(SPOKEN, st.data())
def test_every_piece_of_a_text_is_found_by_its_grams(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    piece = folded[start : data.draw(st.integers(start, len(folded)))]

    assert set(query_grams(piece)) <= set(grams(folded))


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_grams_tell_names_apart(one: str, other: str) -> None:
    assert (set(query_grams(one)) <= set(grams(other))) == (one in other)


def test_one_form_of_a_letter_is_stored() -> None:
    assert nfc("e\u0301") == "\u00e9"
    assert nfc("罗𬭎") == "罗𬭎"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("会议-第3次会", "会议-第3次会"), ("../../etc/passwd", "_.._etc_passwd"), ("C:\\a?.pdf", "C__a_.pdf"), ("...", ""),
        (" .bashrc", "bashrc"), ("a\n\0b", "a__b"), ("签到.jpg ", "签到.jpg"),
    ],
)  # fmt: skip
def test_a_file_name_stays_in_its_folder(typed: str, name: str) -> None:
    assert file_name(typed) == name
