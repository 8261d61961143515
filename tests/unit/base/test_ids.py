"""Ids that say nothing about what they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base import ids


@pytest.mark.parametrize("length", [ids.RECORD, ids.LINE, ids.DEVICE, ids.ACCOUNT, 26, 1])
def test_a_new_id_has_its_length_and_alphabet(length: int) -> None:
    assert all(ids.is_id(ids.new(length), length) for _ in range(200))


def test_no_two_new_ids_are_the_same() -> None:
    assert len({ids.new() for _ in range(5_000)}) == 5_000


def test_encoding_is_that_of_crockford() -> None:
    assert ids.encode(b"\x00\x44\x32\x14\xc7\x42\x54\xb6\x35\xcf", 16) == "0123456789ABCDEF"
    assert ids.encode(b"\xff" * 10, 16) == "Z" * 16


@given(st.binary(min_size=10, max_size=32))
def test_a_longer_id_begins_with_the_shorter(data: bytes) -> None:
    assert ids.encode(data, 16).startswith(ids.encode(data, 12))


@pytest.mark.parametrize("text", ["", "0123456789A", "0123456789ABC", "0123456789AI", "0123456789Ab", "0123456789 B"])
def test_what_has_not_the_shape_is_no_id(text: str) -> None:
    assert not ids.is_id(text)
