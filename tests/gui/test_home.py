"""The home page: every line has a record behind it, and opens it."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.unit.store.filling import final, meeting, save
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.screens import home as module
from villagedesk.gui.screens.home import Home
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.week import columns
from villagedesk.gui.theme import em
from villagedesk.store.overview import Line

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
    home.week.setFocus()
    with qtbot.waitSignal(home.asked) as asked:
        QTest.keyClick(home.week, Qt.Key.Key_F2)
    assert asked.args == [Place("meeting")]


def test_another_month_is_marked_with_its_own_records(home: Home) -> None:
    home.month.go(date(2026, 10, 1))
    assert home.calendar.name.text() == "2026年10月"


def resolved(office: Office, title: str, due_on: str) -> None:
    """A decision that is to be carried out by a day."""
    item = {"title": title, "resolution": "同意。", "yes": 2, "no": 0, "due_on": due_on}
    final(office, subject=title, held_from="2026-11-02T09:00", agenda=[item])


def test_the_week_shows_what_is_late_and_what_is_due_and_who_meets_day_by_day(home: Home, village: Office) -> None:
    assert home.week.read() == [
        "周一23日：没有事", "周二今天：没有事", "周三25日：没有事", "周四26日：没有事", "周五27日：没有事", "周六28日：没有事", "周日29日：没有事",
    ]  # fmt: skip
    resolved(village, "通组路硬化", "2026-11-22")
    resolved(village, "路灯维修", "2026-11-26")
    resolved(village, "下周的事", "2026-12-01")
    for day in ("23T09:30", "24T20:00", "27T14:30"):
        meeting(village, subject=f"{day[:2]}日的会", held_from=f"2026-11-{day}", notice_on="2026-11-16")
    home.reload()
    assert home.week.read() == [
        "已过期：晚了2天 决议到期落实 通组路硬化",
        "周一23日：09:30 23日的会",
        "周二今天：20:00 24日的会",
        "周三25日：没有事",
        "周四26日：决议到期落实 路灯维修",
        "周五27日：14:30 27日的会",
        "周六28日：没有事",
        "周日29日：没有事",
    ]
    held = columns([], [], [Line("meeting", "", "", "会", "draft", 0, "2026-11-24T14:31:00")], NOW)[1].slips[0]
    assert (held.done, held.tone) == (True, "ink2")


def test_what_the_town_sent_back_stands_at_today() -> None:
    back = Line("meeting", "ORG", "ID", "第3次村民代表会议", "final", 1, "", "人数不对")
    assert [one.said for one in columns([], [back], [], NOW)[1].slips] == ["镇里退回 人数不对 第3次村民代表会议"]


def test_the_arrows_go_through_the_week_and_enter_opens(home: Home, village: Office, qtbot: QtBot) -> None:
    resolved(village, "通组路硬化", "2026-11-22")
    strip = home.week
    today = meeting(village, held_from="2026-11-24T20:00", notice_on="2026-11-16")
    home.reload()
    strip.setFocus()
    with qtbot.waitSignal(home.asked) as asked:
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert asked.args == [Place("meeting", today, village.desk.me.org)]
    for _ in range(3):
        QTest.keyClick(strip, Qt.Key.Key_Left)
    with qtbot.waitSignal(home.asked) as asked:
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert asked.args[0].kind == "resolution"
    QTest.keyClick(strip, Qt.Key.Key_Right)
    with qtbot.assertNotEmitted(home.asked):
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert strip.accessibleDescription() == "周一23日：没有事"


def test_more_than_there_is_room_for_opens_as_a_list(home: Home, village: Office, qtbot: QtBot) -> None:
    for hour in range(9, 13):
        meeting(village, subject=f"{hour}点的会", held_from=f"2026-11-25T{hour:02}:00", notice_on="2026-11-16")
    home.reload()
    strip = home.week
    strip.setFocus()
    assert strip.accessibleDescription().startswith("周三25日：09:00 9点的会；")
    QTest.keyClick(strip, Qt.Key.Key_Down)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert [line.rpartition("　")[2] for line in lines(home, "of_day")] == [f"{hour}点的会" for hour in range(9, 13)]
    assert home.of_day.hasFocus()


def test_a_slip_is_opened_by_the_mouse(home: Home, village: Office, qtbot: QtBot) -> None:
    identifier = meeting(village, held_from="2026-11-23T09:30")
    home.reload()
    with qtbot.waitSignal(home.asked) as asked:
        QTest.mouseClick(home.week, Qt.MouseButton.LeftButton, pos=QPoint(em(3), em(3)))
    assert asked.args == [Place("meeting", identifier, village.desk.me.org)]


def test_in_a_narrow_window_it_is_a_list(home: Home) -> None:
    assert (home.week.isVisible(), home.due.isVisible()) == (True, False)
    home.resize(round(em(50)), 612)
    assert (home.week.isVisible(), home.due.isVisible()) == (False, True)
    home.hide()
    home.show()
    assert home.focusWidget() is home.due


def test_the_councils_show_how_often_they_met_in_each_quarter_and_what_is_missing(home: Home, village: Office) -> None:
    assert not home.councils.isVisible(), "there are none yet"
    for key, name in (("hongbai", "红白理事会"), ("pingyi", "道德评议会")):
        save(village, "council", key=key, name=name)
    for moment in ("2026-02-03T09:00", "2026-08-01T09:00"):
        meeting(village, bodies=["红白理事会"], held_from=moment)
    home.reload()
    marks = [
        [home.held.itemAtPosition(row, column).widget().accessibleName() for column in range(1, 5)] for row in (1, 2)
    ]
    assert marks == [["1次", "缺", "1次", "待开"], ["没有开", "缺", "没有开", "待开"]]
    assert home.held_said.text().replace("\u00a0", "") == "待开2次，缺2次"


def test_the_tip_of_a_slip_says_by_which_rule_it_is_due(home: Home, village: Office) -> None:
    resolved(village, "路灯维修", "2026-11-24")
    home.reload()
    assert home.week.tip(QPoint(home.week.width() * 3 // 14, em(3))) == "决议到期落实 路灯维修\n会议自己定的期限"
    assert home.week.tip(QPoint(2, 2)) == ""
