"""Numbers of the councils on the screen: walked through, opened, turned, printed, saved, with real keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.conftest import Clock
from tests.unit.store.filling import meeting
from villagedesk.actions.office import Office
from villagedesk.gui.screens.figures import FiguresScreen
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.screen import Place

AT = Qt.ItemDataRole


@pytest.fixture
def shown(on_display: Callable[..., Any], village: Office, clock: Clock) -> FiguresScreen:
    """2026-12-01: two meetings of one council, in October and November, and one planned."""
    for day in ("2026-10-09", "2026-11-18", "2026-12-09"):
        meeting(village, bodies=["红白理事会"], subject=f"{day}的会", held_from=f"{day}T09:00")
    screen: FiguresScreen = on_display(FiguresScreen(village))
    return screen


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def at(screen: FiguresScreen) -> str:
    return str(screen.grid.currentIndex().data(AT.AccessibleTextRole))


def test_the_arrows_walk_the_numbers_and_each_shows_what_is_behind_it(shown: FiguresScreen) -> None:
    QAbstractItemModelTester(shown.model)
    assert at(shown) == "红白理事会，成员（人）：0"
    press(Qt.Key.Key_Right)
    assert at(shown) == "红白理事会，会议（次）：2"
    assert shown.grid.currentIndex().data() == "2"
    assert [kept.record.title for kept in shown.behind.shown] == ["2026-10-09的会", "2026-11-18的会"]
    assert shown.bars.accessibleName() == "红白理事会，会议（次）各月：" + "，".join(
        f"{month}月 {count}次" for month, count in enumerate([0] * 9 + [1, 1, 0], 1)
    )


def test_enter_goes_to_the_records_and_on_into_one_and_escape_back(shown: FiguresScreen) -> None:
    press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert shown.behind.list.hasFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert shown.places == [Place("meeting", shown.behind.shown[1].id, shown.behind.shown[1].org)]  # type: ignore[attr-defined]
    press(Qt.Key.Key_Escape)
    assert shown.grid.hasFocus()


def test_a_bar_opens_the_records_of_its_month(shown: FiguresScreen) -> None:
    press(Qt.Key.Key_Right, Qt.Key.Key_F6)
    assert shown.bars.hasFocus()
    press(*[Qt.Key.Key_Left] * 12, *[Qt.Key.Key_Right] * 10, Qt.Key.Key_Return)
    assert [kept.record.title for kept in shown.behind.shown] == ["2026-11-18的会"]
    assert shown.behind.list.hasFocus()


def test_page_keys_turn_the_quarter_and_another_length_stays_where_it_is(shown: FiguresScreen) -> None:
    assert shown.heading().number == "2026年第四季度，截至12月1日"
    press(Qt.Key.Key_PageUp)
    assert shown.heading().number == "2026年第三季度"
    shown.length.choose(3)
    assert shown.heading().number == "2026年，截至12月1日"
    shown.length.choose(0)
    assert shown.heading().number == "2026年12月，截至12月1日"
    shown.switch.choose(1)
    assert shown.heading().number == "2026年12月，截至12月1日"
    assert shown.model.table.title == "六会专项指标"


def test_a_word_that_stands_above_is_not_said_again(shown: FiguresScreen) -> None:
    shown.switch.choose(1)
    words = [shown.model.index(row, 0).data() for row in range(shown.model.rowCount())]
    assert [word for word in words if word] == [
        "红白理事会",
        "互帮互助会",
        "联防联治会",
        "乡贤参事会",
        "禁毒禁赌会",
        "道德评议会",
    ]


def test_what_changes_elsewhere_is_counted_when_it_is_seen(shown: FiguresScreen, village: Office) -> None:
    press(Qt.Key.Key_Right)
    meeting(village, bodies=["红白理事会"], held_from="2026-11-20T09:00")
    shown.turn(0)
    assert at(shown) == "红白理事会，会议（次）：3"


def test_f9_prints_the_table_that_is_shown_first_and_the_other_after_it(shown: FiguresScreen) -> None:
    shown.switch.choose(1)
    press(Qt.Key.Key_F9)
    [place] = shown.places  # type: ignore[attr-defined]
    assert place.kind == GIVEN
    assert [made.name for made in place.begin["made"]] == ["六会专项指标", "六会运行情况"]


def test_the_tables_are_saved_where_the_clerk_says(
    shown: FiguresScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_: object, __: str, wanted: str, *___: str) -> tuple[str, str]:
        asked.append(Path(wanted).name)
        return str(tmp_path / "表"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    assert asked == ["好花红村六会统计-2026年第四季度，截至12月1日.xlsx"]
    assert shown.said[-1][0] == f"已存到“{tmp_path / '表.xlsx'}”。"  # type: ignore[attr-defined]
    assert (tmp_path / "表.xlsx").read_bytes()[:2] == b"PK"


def test_a_town_counts_its_councils_and_its_villages(
    on_display: Callable[..., Any], town: Office, clock: Clock
) -> None:
    screen = on_display(FiguresScreen(town))
    assert screen.views == ["运行情况", "各村", "专项指标"]
    screen.switch.choose(1)
    assert [line.words for line in screen.model.table.lines] == [("合计",)]
    assert screen.grid.currentIndex().isValid()
