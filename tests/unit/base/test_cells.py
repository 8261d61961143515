"""Cells on the clipboard: what spreadsheets write, what they leave out, and there and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base import cells
from villagedesk.base.cells import rows_of, text_of
from villagedesk.base.errors import NotValid


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("姓名\t组\r\n罗正华\t一组\r\n", [("姓名", "组"), ("罗正华", "一组")]),
        ("a\tb\nc\td", [("a", "b"), ("c", "d")]),
        ("a\rb", [("a",), ("b",)]),
        ('"身份证\n号码"\t组', [("身份证\n号码", "组")]),
        ('"他说""好"""\tb', [('他说"好"', "b")]),
        ('5"管\t"没有完\tc', [('5"管', '"没有完', "c")]),
        ("a\t\t\nb", [("a", "", ""), ("b", "", "")]),
        ("a\n\nb\n\t\n \n", [("a",), ("",), ("b",)]),
        ("a\0b", [("ab",)]),
        ("𬭎\t䶮", [("𬭎", "䶮")]),
    ],
)
def test_rows_are_read_as_spreadsheets_write_them(text: str, rows: list[tuple[str, ...]]) -> None:
    assert rows_of(text) == rows


CELL = st.text(
    st.one_of(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), st.sampled_from('\t\r\n"'))
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2).map(lambda row: ("x", *row)), max_size=4))
def test_rows_come_back_from_their_text(rows: list[tuple[str, ...]]) -> None:
    assert rows_of(text_of(rows)) == rows


@given(st.text(st.sampled_from('"\t\r\nab'), max_size=200))
def test_any_text_is_read_into_rows_of_one_width(text: str) -> None:
    rows = rows_of(text)
    assert len({len(row) for row in rows}) <= 1


def test_too_much_at_once_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotValid, match="一次最多粘贴20000行。请分几次复制。"):
        rows_of("a\n" * (cells.MOST + 1))
