"""Headings of a sheet: known by many names, chosen by hand, remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Desks
from villagedesk.actions import headings
from villagedesk.actions.office import Office


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An open desk instead of a laptop's command line."""
    with desks.opened("village", tmp_path / "village") as office:
        yield office


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (["序号", "户编号", "户主姓名", "姓 名", "与户主关系", "身份证\n号码"], ["", "number", "head", "name", "relation", "id_number"]),
        (["姓名", "性别", "民族", "出生年月", "联系电话（手机）", "村民小组"], ["name", "sex", "nation", "born", "phone", "group"]),
        (["户主姓名", "身份证号码", "组别", "家庭住址", "户类型"], ["head", "id_number", "group", "address", "tags"]),
        (["姓名", "姓名", "电话", "手机"], ["name", "", "phone", ""]),
        (["Ｎame", "", "政治面貌"], ["", "", "party_member"]),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names_each_field_once(row: list[str], fields: list[str]) -> None:
    assert headings.mapped(row, {}) == fields


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["好花红村花名册", ""], ["2026年11月", ""], ["姓名", "组别"], ["罗正华", "一组"]], 2),
        ([["姓名"], ["罗正华"]], 0),
        ([["罗正华", "一组"], ["岑兴富", "二组"]], -1),
        ([["姓名", "不认识"], ["罗正华", "一"]], -1),
        ([], -1),
    ],
)
def test_the_row_of_headings_is_found_below_the_titles(rows: list[list[str]], at: int) -> None:
    assert headings.heading_row(rows) == at


def test_every_field_offered_is_labelled_once() -> None:
    assert len(set(headings.FIELDS.values())) == len(headings.FIELDS)
    assert list(headings.FIELDS.values())[:4] == ["姓名", "户主", "与户主关系", "身份证号"]


def test_what_was_chosen_is_offered_again_and_may_be_chosen_back(village: Office) -> None:
    row = ["姓名", "原住址", "备注"]
    with village.desk.writing() as session:
        headings.keep_chosen(session, row, ["name", "address", ""])
        chosen = headings.chosen_before(session)
        assert chosen == {"原住址": "address", "备注": ""}
        assert headings.mapped(row, chosen) == ["name", "address", ""]
        headings.keep_chosen(session, row, ["name", "", "remark"])
        assert headings.chosen_before(session) == {}
