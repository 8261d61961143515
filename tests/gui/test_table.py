"""A list of any length: what is read to show it."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from tests.unit.store.filling import raw, save
from villagedesk.actions.office import Office
from villagedesk.gui import table as module
from villagedesk.gui.table import PAGE, Listing, Table
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries

MANY = 100_000


@pytest.fixture
def long(village: Office) -> Office:
    """A desk with 10^5 groups: one was saved, the others are copies of its row under other ids."""
    save(village, "group", name="辉油组")
    with raw(village) as cursor:
        cursor.execute(
            "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?)"
            " INSERT INTO kind_group SELECT org, printf('%012d', n.value), dev, seq, made_from, stage, edition, struck, behind,"
            " sv, printf('组%06d', n.value), doc FROM kind_group, n",
            (MANY - 1,),
        )
    return village


def test_the_first_paint_of_a_long_list_reads_one_page_and_one_count(
    qtbot: QtBot, long: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read: list[str] = []
    one = queries._kept  # noqa: SLF001 -- the one place where a row becomes a record

    def counted(cls: Any, row: Any) -> Any:
        read.append(row.id)
        return one(cls, row)

    monkeypatch.setattr(queries, "_kept", counted)
    event.listen(
        long.desk.engine, "before_cursor_execute", lambda *a: asked.append(a[2]) if a[2].startswith("SELECT") else None
    )
    model = Listing(long, KINDS["group"])
    table = Table(model, "村民小组")
    qtbot.addWidget(table)
    table.resize(1000, 600)
    model.show_wanted(model.wanted)
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert model.rowCount() == MANY
    assert (len(asked), len(read)) == (2, PAGE)

    table.scrollToBottom()
    table.grab()
    assert (len(asked), len(read)) == (3, 2 * PAGE)
    assert model.data(model.index(MANY - 1, 0)) == "辉油组"


def test_pages_are_let_go_of_the_oldest_first(long: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGES", 2)
    model = Listing(long, KINDS["group"])
    model.show_wanted(model.wanted)
    for row in (0, PAGE, 0, 2 * PAGE):
        assert model.kept(row) is not None
    assert list(model._pages) == [0, 2]  # noqa: SLF001 -- what is kept in memory is the point
    assert (model.kept(-1), model.kept(MANY)) == (None, None)


def test_a_listing_keeps_the_promises_of_a_model(qtbot: QtBot, village: Office) -> None:
    for n in range(3):
        save(village, "award", household="王庆芬", year=2024 + n, award="filial")
    model = Listing(village, KINDS["award"])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_wanted(model.wanted)
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["年度", "户主", "称号", "村民小组", "命名日期", "状态"]
    first = [model.data(model.index(0, n)) for n in range(model.columnCount())]
    assert first == ["2026", "王庆芬", "孝老爱亲模范", "", "", "已申报"]


@pytest.mark.parametrize("width", [500, 800, 1200])
def test_the_title_has_its_room_and_the_last_columns_give_way(qtbot: QtBot, village: Office, width: int) -> None:
    save(village, "meeting", bodies=["村民代表会议"], subject="第3次村民代表会议", held_from="2026-11-18T14:30")
    model = Listing(village, KINDS["meeting"])
    table = Table(model, "会议")
    qtbot.addWidget(table)
    table.resize(width, 400)
    model.show_wanted(model.wanted)
    table.show()
    names = [a.name for a in model.columns]
    assert table.columnWidth(names.index("subject")) >= 13 * 16
    assert not table.isColumnHidden(len(names))
    assert sum(table.columnWidth(n) for n in range(len(names) + 1)) <= table.viewport().width()
