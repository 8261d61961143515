"""The eye itself: what is wrong is seen, each fault by its kind, and what is right is left alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.eye import Eye, Flashes, unreached
from tests.gui.gallery import frame
from villagedesk.gui import paint
from villagedesk.gui.parts.words import Elided
from villagedesk.gui.theme import face, theme


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch) -> Eye:
    return Eye(monkeypatch)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    page = QMainWindow()
    page.setCentralWidget(QWidget())
    page.resize(600, 400)
    qtbot.addWidget(page)
    return page


class Painted(QWidget):
    """Two words put down by the program's own painter, each in its box."""

    def __init__(self, parent: QWidget, *boxes: tuple[str, QRect]) -> None:
        super().__init__(parent)
        self._boxes = boxes
        self.setAccessibleName("画")

    def sizeHint(self) -> QSize:
        return QSize(300, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for words, box in self._boxes:
            paint.text(painter, box, words, theme().ink, face())


def placed(widget: QWidget, at: QRect) -> None:
    widget.setGeometry(at)


def _label_cut(page: QWidget) -> None:
    placed(QLabel("村民代表会议", page), QRect(10, 10, 40, 24))


def _lines_cut(page: QWidget) -> None:
    label = QLabel("到会人数对不上，请再数一遍，然后再点定稿", page)
    label.setWordWrap(True)
    placed(label, QRect(10, 10, 120, 24))


def _button_cut(page: QWidget) -> None:
    placed(QPushButton("打印签到表", page), QRect(10, 10, 50, 36))


def _hint_cut(page: QWidget) -> None:
    line = QLineEdit(page)
    line.setAccessibleName("姓名")
    line.setPlaceholderText("输入姓名，或拼音首字母")
    placed(line, QRect(10, 10, 80, 36))


def _choice_cut(page: QWidget) -> None:
    box = QComboBox(page)
    box.setAccessibleName("单位")
    box.addItem("幸福移民社区居民委员会")
    placed(box, QRect(10, 10, 80, 36))


def _row_cut(page: QWidget) -> None:
    rows = QListWidget(page)
    rows.setAccessibleName("记录")
    rows.addItem("村民代表会议第四季度会议")
    placed(rows, QRect(10, 10, 80, 80))


def _painted_cut(page: QWidget) -> None:
    placed(Painted(page, ("村民代表会议", QRect(0, 0, 40, 24))), QRect(10, 10, 300, 60))


def _painted_over(page: QWidget) -> None:
    boxes = ("红白理事会", QRect(0, 0, 200, 24)), ("道德评议会", QRect(20, 6, 200, 24))
    placed(Painted(page, *boxes), QRect(10, 10, 300, 60))


def _lying_over(page: QWidget) -> None:
    placed(QPushButton("打印", page), QRect(10, 10, 100, 40))
    placed(QPushButton("定稿", page), QRect(60, 20, 100, 40))


def _outside(page: QWidget) -> None:
    placed(QLabel("备注", page), QRect(580, 10, 60, 24))


def _beside(page: QWidget) -> None:
    area, inner = QScrollArea(page), QWidget()
    placed(QLabel("备注", inner), QRect(300, 0, 60, 24))
    inner.resize(400, 60)
    area.setWidget(inner)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    placed(area, QRect(0, 0, 200, 100))


def _unnamed(page: QWidget) -> None:
    placed(QLineEdit(page), QRect(10, 10, 80, 36))


def _unreachable(page: QWidget) -> None:
    button = QPushButton("打印", page)
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    placed(button, QRect(10, 10, 100, 40))


def _swallowing(page: QWidget) -> None:
    text = QPlainTextEdit(page)
    text.setAccessibleName("记录")
    placed(text, QRect(10, 10, 200, 100))


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        (_label_cut, "label “村民代表会议” needs"),
        (_lines_cut, "label “到会人数对不上，请再数一遍，然后再点定稿” needs"),
        (_button_cut, "“打印签到表” needs"),
        (_hint_cut, "hint “输入姓名，或拼音首字母” needs"),
        (_choice_cut, "chosen “幸福移民社区居民委员会” needs"),
        (_row_cut, "row “村民代表会议第四季度会议” needs"),
        (_painted_cut, "of “村民代表会议”"),
        (_painted_over, "are painted on one another"),
        (_lying_over, "lie on one another"),
        (_outside, "lies outside the window"),
        (_beside, "lies beside what is scrolled"),
        (_unnamed, "has no name"),
        (_unreachable, "cannot be reached by Tab"),
        (_swallowing, "Tab does not leave it"),
    ],
)
def test_a_fault_is_seen(
    seed: Callable[[QWidget], None], said: str, window: QMainWindow, eye: Eye, qtbot: QtBot
) -> None:
    seed(window.centralWidget())
    with qtbot.waitExposed(window):
        window.show()
    assert [fault for fault in eye.faults(window) if said in fault] != []


def test_a_frame_as_it_should_be_is_left_alone(eye: Eye, qtbot: QtBot) -> None:
    shell = frame()
    qtbot.addWidget(shell)
    shell.resize(1366, 696)
    with qtbot.waitExposed(shell):
        shell.show()
    assert eye.faults(shell) == []


def test_words_that_give_way_are_no_fault_when_they_stand_in_the_tip(
    eye: Eye, window: QMainWindow, qtbot: QtBot
) -> None:
    column = QHBoxLayout(window.centralWidget())
    column.addWidget(Elided("村民代表会议第四季度会议" * 9))
    with qtbot.waitExposed(window):
        window.show()
    window.grab()
    assert eye.faults(window) == []


def test_what_tab_does_not_come_to_is_found_by_pressing_it(window: QMainWindow, qtbot: QtBot) -> None:
    text, button = QPlainTextEdit(), QPushButton("定稿")
    column = QVBoxLayout(window.centralWidget())
    for widget in (text, button):
        column.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    assert unreached(window) == ["QPushButton “定稿” is not reached by Tab"]  # the text keeps the key to itself


def test_a_part_that_is_shown_before_it_lies_in_anything_is_noticed(qapp: QApplication, qtbot: QtBot) -> None:
    flashes, label = Flashes(), QLabel("备注")
    qtbot.addWidget(label)
    qapp.installEventFilter(flashes)
    label.setVisible(True)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == ["QLabel “备注” came up as a window"]
