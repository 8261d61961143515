"""The frame of the desk: where one is, what is saved, which keys work, and how it gives way when it is narrow."""

import subprocess
import sys
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.gallery import PLACES, frame
from villagedesk.gui import theme
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.frame import Heading, Shell
from villagedesk.gui.parts.rail import DIGITS


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    shell = frame()
    qtbot.addWidget(shell)
    shell.resize(1366, 696)
    with qtbot.waitExposed(shell):
        shell.show()
    return shell


def rail_names(shell: Shell) -> list[str]:
    buttons = shell.rail.findChildren(QAbstractButton)
    return [QAccessible.queryAccessibleInterface(b).text(QAccessible.Text.Name) for b in buttons if b.isVisible()]


def titles(shell: Shell) -> list[str]:
    return [label.text() for label in shell.header.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_rail_names_the_places_and_what_waits_there(shell: Shell) -> None:
    assert rail_names(shell) == [
        "首页",
        "六会会议，等着办的 2 件",
        "四议两公开",
        "矛盾调解，等着办的 2 件",
        "村规民约",
        "文明家庭",
        "红白喜事",
        "村务公开",
        "人和户",
        "查找与统计",
        "带到镇里，等着办的 1 件",
        "锁上",
    ]


def test_alt_and_a_digit_choose_a_place(shell: Shell) -> None:
    chosen: list[str] = []
    shell.rail.chosen.connect(chosen.append)

    for key in (Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_Minus):
        QTest.keyClick(shell, key, Qt.KeyboardModifier.AltModifier)

    assert chosen == ["home", "case", "search", "carry"]


def test_a_click_asks_for_a_place_and_the_one_shown_stays_marked(shell: Shell) -> None:
    chosen: list[str] = []
    shell.rail.chosen.connect(chosen.append)
    places = [b for b in shell.rail.findChildren(QAbstractButton) if b.isCheckable()]

    places[3].click()

    assert chosen == ["case"]
    assert [b.text() for b in places if b.isChecked()] == ["六会会议"]


def test_the_header_says_title_number_state_and_when_it_was_saved(shell: Shell) -> None:
    assert titles(shell) == ["村民代表会议第四季度会议", "代〔2026〕4号", "已保存 14:32:07"]


def test_the_save_mark_tells_what_is_going_on(shell: Shell) -> None:
    mark = shell.header.mark
    said = []
    for tell in (mark.saving, mark.failed, lambda: mark.saved(datetime(2026, 11, 24, 9, 5, 3))):
        tell()
        said.append(mark.accessibleName())

    assert said == ["正在保存", "没存上，正在再试", "已保存 09:05:03"]


def test_the_next_place_brings_its_own_heading_and_keys(shell: Shell, qtbot: QtBot) -> None:
    place = QWidget()
    shell.show_place(place, Heading("六会会议", number="红白、互帮"), ["new", "open", ("↑↓", "选")])

    assert shell.stack.currentWidget() is place
    assert titles(shell) == ["六会会议", "红白、互帮"]
    assert [b.text() for b in shell.header.findChildren(Button) if b.isVisible()] == []
    assert shell.strip.accessibleName() == "F2 新建，Enter 打开，↑↓ 选"


def test_what_a_place_says_when_it_is_shown_holds(shell: Shell) -> None:
    class Place(QWidget):
        def showEvent(self, event: QShowEvent) -> None:
            shell.strip.show_keys([("Ctrl+S", "收进来")])
            shell.strip.count(1)

    shell.show_place(Place(), Heading("从表格粘贴"), [("Ctrl+V", "粘贴")])
    assert shell.strip.accessibleName() == "Ctrl+S 收进来。还有 1 处要改"


def test_the_strip_counts_what_is_to_mend(shell: Shell) -> None:
    said = []
    for problems, warnings in ((1, 1), (2, 0), (0, 3), (0, 0)):
        shell.strip.count(problems, warnings)
        said.append(shell.strip.end)
    shell.strip.say("上次备份 11月20日")
    said.append(shell.strip.end)

    assert said == ["还有 1 处要改，1 处提醒", "还有 2 处要改", "还有 3 处提醒", "", "上次备份 11月20日"]


def test_a_press_on_the_count_asks_to_walk_there(shell: Shell, qtbot: QtBot) -> None:
    end = shell.strip.rect().center()
    end.setX(shell.strip.width() - theme.em(3))
    with qtbot.waitSignal(shell.strip.walk_asked, timeout=1000):
        QTest.mouseClick(shell.strip, Qt.MouseButton.LeftButton, pos=end)


def test_a_narrow_window_folds_the_rail_and_keeps_the_main_act(shell: Shell, qtbot: QtBot, qapp: QApplication) -> None:
    turned: list[bool] = []
    shell.narrowed.connect(turned.append)

    theme.apply(qapp, size=18)  # 1366 px are 57 em now

    assert turned == [True]
    assert shell.rail.width() == theme.em(5.25)
    assert titles(shell) == ["村民代表会议", "已保存 14:32:07"]
    assert [b.text() for b in shell.header.findChildren(Button) if b.isVisible()] == ["定稿"]

    theme.apply(qapp, size=12)
    assert turned == [True, False]
    assert titles(shell) == ["村民代表会议第四季度会议", "代〔2026〕4号", "已保存 14:32:07"]


@pytest.mark.parametrize("size", theme.SIZES.values())
def test_the_longest_word_of_the_rail_fits_under_its_icon(size: int, qapp: QApplication) -> None:
    theme.apply(qapp, size=size)
    longest = max((word for _, _, word in PLACES), key=len)

    assert QFontMetrics(theme.face("small")).horizontalAdvance(longest) <= theme.em(5.25) - 2 * theme.em(0.3125)


def test_ctrl_f_goes_to_the_search_field(shell: Shell, qtbot: QtBot) -> None:
    shell.show_place(QWidget(), Heading("首页"))
    searched: list[str] = []
    shell.header.searched.connect(searched.append)

    QTest.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shell.header.search.hasFocus()
    QTest.keyClicks(shell.header.search, "luozm")
    QTest.keyClick(shell.header.search, Qt.Key.Key_Return)

    assert searched == ["luozm"]


def test_a_function_key_and_its_twin_press_the_button(qtbot: QtBot) -> None:
    button = Button("打印", "F9", icon="printer")
    page = QLineEdit()
    button.setParent(page)
    qtbot.addWidget(page)
    pressed: list[None] = []
    button.clicked.connect(lambda: pressed.append(None))
    with qtbot.waitExposed(page):
        page.show()
    page.setFocus()

    QTest.keyClick(page, Qt.Key.Key_F9)
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert len(pressed) == 2
    assert button.text() == "打印  F9"
    assert button.accessibleName() == "打印"


def test_there_is_a_digit_for_every_place_of_the_village() -> None:
    assert len(DIGITS) >= len(PLACES)


def test_the_frame_loads_nothing_slow() -> None:
    code = (
        "import sys, villagedesk.gui.parts.frame\n"
        "slow = ('sqlmodel', 'sqlalchemy', 'reportlab', 'pydantic', 'villagedesk.records', 'villagedesk.store')\n"
        "print([name for name in slow if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
