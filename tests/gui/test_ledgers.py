"""The ledgers of the councils: found under the council that keeps them, gone through and written in with real keys."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import Clock
from tests.unit.store.filling import save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.councils import Councils
from villagedesk.gui.screens.ledgers import LEDGERS, Ledgers
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.records.kinds import KINDS

CONTROL = Qt.KeyboardModifier.ControlModifier


def feast(village: Office, host: str = "王建军", day: str = "2026-12-12") -> str:
    return save(village, "feast", occasion="wedding", host=host, registered_on="2026-11-20", begins_on=day)


@pytest.fixture
def shown(on_display: Callable[..., Any], clock: Clock) -> Callable[..., Any]:
    """2026-12-01."""
    return on_display


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def rows(screen: Ledgers) -> list[str]:
    return [screen.model.index(row, 0).data() for row in range(screen.model.rowCount())]


def test_each_ledger_stands_under_its_council_with_what_this_year_holds(shown: Any, village: Office) -> None:
    feast(village)
    feast(village, "石安邦", "2025-12-30")
    screen = shown(Ledgers(village))
    QAbstractItemModelTester(screen.model)

    assert rows(screen) == [
        "红白理事会", "红白事报备，今年1条",
        "互帮互助会", "互帮互助，今年0条",
        "联防联治会", "联防巡逻，今年0条", "安全隐患，今年0条",
        "乡贤参事会", "乡贤名录，今年0条", "乡贤建议，今年0条", "乡贤捐赠，今年0条", "回乡项目，今年0条",
        "禁毒禁赌会", "禁毒排查，今年0条", "禁毒承诺，今年0条", "赌博劝阻，今年0条",
        "道德评议会", "道德评议，今年0条",
        "各会共用", "宣传活动，今年0条",
        "会的档案", "议事组织章程，今年0条", "年度计划，今年0条",
    ]  # fmt: skip
    assert screen.ledger.windowTitle() == "红白事报备"
    assert screen.ledger.model.rowCount() == 2


def test_a_council_with_another_name_and_several_hats_keeps_all_their_ledgers(shown: Any, village: Office) -> None:
    save(village, "council", key="hongbai", name="民俗理事会", covers=["huzhu", "pingyi"])
    save(village, "council", key="huzhu", name="互帮互助会")
    screen = shown(Ledgers(village))

    assert rows(screen)[:4] == ["民俗理事会", "红白事报备，今年0条", "互帮互助，今年0条", "道德评议，今年0条"]
    assert "互帮互助会" not in rows(screen)


def test_arrows_choose_a_ledger_enter_goes_into_it_and_what_is_saved_is_counted(shown: Any, village: Office) -> None:
    screen = shown(Ledgers(village))
    screen.list.setFocus()
    press(Qt.Key.Key_Down)
    assert (screen.ledger.windowTitle(), screen.list.hasFocus()) == ("互帮互助", True)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_F2)
    assert screen.places == [Place("feast")]

    values = {"occasion": "wedding", "host": "王建军", "registered_on": "2026-11-20", "begins_on": "2026-12-12"}
    bus.tell(records.save(village, KINDS["feast"], [values]))
    press(Qt.Key.Key_Return)
    assert screen.ledger.table.hasFocus()
    press(Qt.Key.Key_Return)
    assert [(place.kind, bool(place.id)) for place in screen.places[1:]] == [("feast", True)]
    assert rows(screen)[1] == "红白事报备，今年1条"
    press(Qt.Key.Key_F6)
    assert screen.list.hasFocus()


def test_in_large_type_one_pane_is_seen_and_the_keys_are_in_it(shown: Any, village: Office) -> None:
    screen = shown(Ledgers(village), em(50))
    screen.next_pane()
    assert (screen.list.isVisible(), screen.stack.isVisible()) == (True, False)
    assert screen.list.hasFocus()
    press(Qt.Key.Key_Return)
    assert (screen.list.isVisible(), screen.stack.isVisible()) == (False, True)
    assert screen.ledger.isAncestorOf(QApplication.focusWidget())


def test_from_a_council_to_its_ledgers_its_charter_and_its_plan(shown: Any, village: Office) -> None:
    council = save(village, "council", key="jindu", name="禁毒禁赌会", years=3)
    screen = shown(Councils(village))
    press(Qt.Key.Key_T, CONTROL)
    press(Qt.Key.Key_G, CONTROL)
    press(Qt.Key.Key_K, CONTROL)

    ledgers, charter, plan = screen.places
    pushed = shown(screen_of(village, ledgers))
    assert (ledgers, pushed.ledger.windowTitle(), pushed.heading().back) == (Place(LEDGERS, "jindu"), "禁毒排查", True)
    assert {**charter.begin, "text": charter.begin["text"][:8]} == {
        "council": {"id": council, "name": "禁毒禁赌会"}, "name": "禁毒禁赌会章程", "drafted_on": "2026-12-01", "text": "第一章　总则\n第",
    }  # fmt: skip
    assert (plan.kind, plan.begin) == ("plan", {"council": {"id": council, "name": "禁毒禁赌会"}, "year": "2026"})

    kept = save(village, "charter", **charter.begin)
    screen.its_charter()
    assert screen.places[3:] == [Place("charter", kept, village.desk.me.org)]
