"""A list of any length: what is read to show it."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from tests.unit.store.filling import raw, save
from villagedesk.actions import flow
from villagedesk.actions.office import Office
from villagedesk.gui import table as module
from villagedesk.gui.columns import character
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.table import PAGE, SURE, Listing, Table
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


def test_the_first_paint_of_a_long_list_reads_one_page_and_counts_no_further_than_it_must(
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
    assert (model.rowCount(), model.counted) == (SURE + 1, False)
    assert (len(asked), len(read)) == (5, PAGE)  # three of them: what came back, and what was acknowledged

    qtbot.waitUntil(lambda: model.counted, timeout=30_000)
    assert (model.rowCount(), table.verticalScrollBar().maximum() > SURE) == (MANY, True)
    table.scrollToBottom()
    table.grab()
    assert (len(asked), len(read)) == (7, 2 * PAGE)
    assert model.data(model.index(MANY - 1, 0)) == "辉油组"


def test_a_list_that_is_left_is_counted_no_further_and_told_when_one_comes_back(qtbot: QtBot, long: Office) -> None:
    ledger = Ledger(long, KINDS["group"])
    qtbot.addWidget(ledger)
    told = []
    ledger.show()
    told.append(ledger.count.text())
    ledger.leave()
    ledger.hide()
    assert ledger.model.counted
    ledger.show()
    qtbot.waitUntil(lambda: ledger.model.counted, timeout=30_000)
    told.append(ledger.count.text())
    assert [text.replace("\u00a0", "") for text in told] == ["正在数有多少条……", "共100000条"]


def test_words_that_stand_nearly_everywhere_ask_for_one_more(
    qtbot: QtBot, village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MANY", 2)
    for name in ("罗正华", "罗秀珍", "罗倩", "王秀英"):
        save(village, "person", name=name)
    ledger = Ledger(village, KINDS["person"])
    qtbot.addWidget(ledger)
    told = []
    for words in ("罗", "秀", "l", "罗秀"):
        ledger.words.setText(words)
        ledger.reload()
        names = sorted(ledger.model.kept(row).record.title for row in range(ledger.model.rowCount()))  # type: ignore[union-attr]
        told.append((names, ledger.count.text().replace("\u00a0", "")))
    more = "很多，只在最近写的2000条里找，请再输一个字"
    assert told == [
        (["罗倩", "罗秀珍"], more), (["王秀英", "罗秀珍"], "共2条"), (["罗倩", "罗秀珍"], more), (["罗秀珍"], "共1条"),
    ]  # fmt: skip


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
    heads = [column.head for column in model.columns]
    assert table.columnWidth(heads.index("会议名称")) >= 13 * 16
    assert not table.isColumnHidden(heads.index("状态"))
    assert sum(table.columnWidth(n) for n in range(len(heads))) <= table.viewport().width()


def test_a_meeting_stands_in_the_list_by_its_day_its_body_who_came_and_what_is_to_be_done(village: Office) -> None:
    kept = save(
        village, "meeting", bodies=["道德评议会"], subject="道德评议会文明家庭评议会", held_from="2026-10-20T14:30",
        present=[{"name": name} for name in ("莫玉珍", "卢安邦", "韦光荣")] + [{"name": "罗正华", "state": "absent"}],
        agenda=[{"title": "评议名单", "resolution": "列入名单。", "yes": 3, "no": 0, "abstain": 0, "silent": 0}],
        chair={"name": "莫玉珍"}, recorder={"name": "卢安邦"},
    )  # fmt: skip
    model = Listing(village, KINDS["meeting"])

    def row() -> list[str]:
        model.show_wanted(model.wanted)
        return [model.data(model.index(0, n)) for n in range(model.columnCount())]

    written = ["2026-10-20 二 14:30", "道德评议会", "道德评议会文明家庭评议会", "到会3人，应到4人，要3人"]
    assert row() == [*written, "", "草稿"]
    flow.advance(village, KINDS["meeting"], kept, "final")
    assert row() == [*written, "1项", "已定稿"]


@pytest.mark.parametrize(
    ("body", "name", "char"),
    [("pingyi", "道德评议会", "德"), ("representatives", "村民代表会议", "代"), ("two_committees", "村“两委”联席会议", "两"),
     ("committee", "村民委员会会议", "委"), ("chess", "棋友会", "棋")],
)  # fmt: skip
def test_one_character_says_which_body_it_is(body: str, name: str, char: str) -> None:
    assert character(body, name) == char


def test_a_list_of_meetings_is_narrowed_to_one_body(qtbot: QtBot, village: Office) -> None:
    for bodies in (["红白理事会"], ["红白理事会", "互帮互助会"], ["村民代表会议"]):
        save(village, "meeting", bodies=bodies, subject="、".join(bodies), held_from="2026-11-18T14:30")
    ledger = Ledger(village, KINDS["meeting"])
    qtbot.addWidget(ledger)
    counts = []
    for at in range(len(ledger.bodies)):
        ledger.of_body.choose(at)
        counts.append(ledger.model.rowCount())
    assert counts == [3, 2, 1, 0, 0, 0, 0, 1]
