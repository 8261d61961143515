"""要办的事: what is late, this week, next week, later; opened by Enter, begun where nobody has done it, printed by F9."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from tests.unit.store.filling import final, meeting, save
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.screens import todo as module
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.todo import Todo
from villagedesk.gui.theme import em
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries

NOW = datetime(2026, 11, 24, 14, 32)


@pytest.fixture
def page(village: Office, qtbot: QtBot, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Todo]:
    clock.set("2026-11-24T06:32")
    monkeypatch.setattr(module, "now", lambda: NOW)
    agenda = [{"title": "路灯", "resolution": "同意。", "yes": 2, "no": 0, "due_on": "2026-11-20"}]
    final(village, held_from="2026-11-18T09:00", agenda=agenda)
    save(village, "council", key="hongbai", name="红白理事会")
    save(village, "objection", publication="三季度公开", on="2026-11-23", text="没有分组列出")
    screen = Todo(village)
    screen.resize(1210, 612)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    yield screen
    bus.changed.disconnect(screen._changed)  # noqa: SLF001 -- the bus outlives the test's window


def shown(page: Todo) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def row(page: Todo, words: str) -> int:
    return next(n for n, text in enumerate(shown(page)) if words in text)


def test_it_stands_by_how_near_it_is_each_with_its_rule(page: Todo) -> None:
    texts = shown(page)
    assert texts[:4] == [
        "已过期　1件",
        "晚了4天　路灯　决议到期落实　会议自己定的期限",
        "本周　1件",
        "11月26日 周四　没有分组列出　答复对公开内容的异议　各地做法（3日至15日不等），国家法律没有规定，3日内",
    ]
    assert "12月31日 周四　村民会议　2026年　法律规定：村民委员会组织法第二十五条，每年至少一次" in texts
    assert not any("村民代表会议　四季度" in text for text in texts), "they have met"
    assert page.count.text().replace("\u00a0", "").startswith("已过期1件，本周1件，")


def test_enter_opens_the_record_and_begins_what_nobody_has_done(page: Todo, village: Office, qtbot: QtBot) -> None:
    assert page.list.hasFocus()
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert (asked.args[0].kind, asked.args[0].org) == ("resolution", village.desk.me.org)
    page.list.setCurrentRow(row(page, "红白理事会例会"))
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    begin = {"bodies": [{"body": "hongbai", "name": "红白理事会"}], "subject": "红白理事会例会"}
    assert (asked.args[0].kind, asked.args[0].id, asked.args[0].begin) == ("meeting", "", begin)


def test_what_is_written_down_is_asked_for_no_more_and_the_same_thing_stays_chosen(page: Todo, village: Office) -> None:
    page.list.setCurrentRow(row(page, "没有分组列出"))
    assert any("红白理事会例会" in text for text in shown(page))
    meeting(village, bodies=["红白理事会"], subject="红白理事会例会", held_from="2026-11-24T09:00")
    page.reload()
    assert not any("红白理事会例会" in text for text in shown(page))
    assert page.list.chosen is not None
    assert page.list.chosen.title == "没有分组列出"


def test_a_day_of_the_month_leads_to_what_falls_on_it(page: Todo) -> None:
    page.month.go(date(2026, 11, 26))
    assert "没有分组列出答复对公开内容的异议" in page.month.accessibleDescription()
    QTest.keyClick(page.month, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert page.list.currentRow() == row(page, "没有分组列出")


def test_f9_shows_the_list_on_paper(page: Todo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_F9)
    place: Place = asked.args[0]
    [made] = place.begin["made"]
    assert (place.kind, made.name, made.file) == (GIVEN, "要办的事", "要办的事-好花红村-2026-11-24.pdf")


def test_in_a_narrow_window_the_list_stands_alone(page: Todo) -> None:
    assert page.calendar.isVisible()
    page.resize(em(50), 612)
    assert not page.calendar.isVisible()


def test_the_holidays_of_a_year_are_pasted_into_the_form_it_opens_and_saved(village: Office, qtbot: QtBot) -> None:
    screen = RecordScreen(village, KINDS["holidays"], begin={"year": 2027})
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.form.restore({"name": "2027年放假安排", "text": "春节：2月5日（农历除夕）至11日放假，2月14日上班。"})
    QTest.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with village.desk.reading() as session:
        [kept] = queries.listed(session, village.by, KINDS["holidays"])
    assert getattr(kept.record, "year") == 2027  # noqa: B009
    assert [str(one.on) for one in getattr(kept.record, "days")][::7] == ["2027-02-05", "2027-02-14"]  # noqa: B009
