"""The home page: every line has a record behind it, and opens it."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.unit.store.filling import final, meeting, save
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.screens import home as module
from villagedesk.gui.screens.home import Home
from villagedesk.gui.screens.screen import Place

NOW = datetime(2026, 11, 24, 14, 32)


@pytest.fixture
def home(village: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setattr(module, "now", lambda: NOW)
    screen = Home(village)
    screen.resize(1210, 612)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    yield screen
    bus.changed.disconnect(screen._changed)  # noqa: SLF001 -- the bus outlives the test's window


def lines(home: Home, name: str) -> list[str]:
    shown = getattr(home, name)
    return [shown.item(i).text() for i in range(shown.count())]


def test_an_empty_desk_says_what_to_do_first(home: Home) -> None:
    assert home.day.text() == "11月24日　星期二"
    assert home.moon.text() == "农历十月十六，小雪后第2天"
    assert lines(home, "due") == ["这周没有到期的事。"]
    assert lines(home, "lately") == ["还没有记过。先登记小组、村民和任职，再记会议。"]


def test_what_was_recorded_stands_in_the_list_the_month_and_the_year(home: Home, village: Office) -> None:
    save(village, "group", name="辉油组")
    final(village)
    home.reload()
    assert any("村民小组" in line and line.endswith("辉油组") for line in lines(home, "lately"))
    assert sum(count for kinds in home._marks.values() for count in kinds.values()) >= 1  # noqa: SLF001
    assert home.year_said.text().replace("\u00a0", "") != "全年0件"


def test_a_line_opens_its_record_by_enter(home: Home, village: Office, qtbot: QtBot) -> None:
    identifier = meeting(village)
    home.reload()
    home.lately.setFocus()
    home.lately.setCurrentRow(0)
    with qtbot.waitSignal(home.asked) as asked:
        QTest.keyClick(home.lately, Qt.Key.Key_Return)
    assert asked.args == [Place("meeting", identifier, village.desk.me.org)]


def test_f2_begins_a_meeting(home: Home, qtbot: QtBot) -> None:
    home.due.setFocus()
    with qtbot.waitSignal(home.asked) as asked:
        QTest.keyClick(home.due, Qt.Key.Key_F2)
    assert asked.args == [Place("meeting")]


def test_another_month_is_marked_with_its_own_records(home: Home) -> None:
    home.month.go(date(2026, 10, 1))
    assert home.month_name.text() == "2026年10月"
