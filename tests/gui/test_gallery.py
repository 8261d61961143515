"""Every part in every look and size: nothing is cut, and each can be looked at.

The pictures stay in the folder that VILLAGEDESK_PICTURES names, else in pytest's own.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.gallery import SHEETS
from villagedesk.gui import theme
from villagedesk.gui.parts.words import Elided
from villagedesk.gui.theme import Scheme

SCREEN = (1366, 696)  # a village's laptop without title bar and task bar


def cut(page: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit into them, or that stick out of what they lie in."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QLabel, QAbstractButton)) or isinstance(widget, Elided):
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        needed = (0, widget.heightForWidth(widget.width())) if wraps else _needed(widget)
        if widget.width() < needed[0] or widget.height() < needed[1]:
            found.append(f"{widget.text()}: {widget.width()}×{widget.height()}, needs {needed[0]}×{needed[1]}")
        parent = widget.parentWidget()
        if not parent.rect().contains(QRect(widget.pos(), widget.size())):
            found.append(f"{widget.text()} sticks out of {type(parent).__name__}")
    return found


def _needed(widget: QWidget) -> tuple[int, int]:
    hint = widget.sizeHint().boundedTo(widget.sizeHint())
    least = widget.minimumSizeHint()
    return (hint.width(), hint.height()) if least.isEmpty() else (least.width(), least.height())


@pytest.mark.parametrize("size", theme.SIZES.values())
@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_cut(
    sheet: str, scheme: Scheme, size: int, qtbot: QtBot, qapp: QApplication, pictures: Path
) -> None:
    theme.apply(qapp, scheme=scheme, size=size)
    page = SHEETS[sheet]()
    qtbot.addWidget(page)
    page.resize(*SCREEN)
    with qtbot.waitExposed(page):
        page.show()

    page.grab().save(str(pictures / f"{sheet}-{scheme}-{size}.png"))

    assert cut(page) == []


def test_what_is_cut_is_found(qtbot: QtBot) -> None:
    """The walker itself: it must not be blind."""
    page = QWidget()
    qtbot.addWidget(page)
    label, long = QLabel("村民代表会议", page), QLabel("到会人数对不上，请再数一遍", page)
    label.resize(20, 20)
    long.setWordWrap(True)
    long.resize(60, 20)
    page.resize(300, 200)
    page.show()

    assert len(cut(page)) == 2


@pytest.mark.parametrize("size", theme.SIZES.values())
def test_the_frame_fits_the_screen_of_an_old_laptop(size: int, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, size=size)
    shell = SHEETS["frame"]()
    qtbot.addWidget(shell)
    shell.resize(*SCREEN)
    with qtbot.waitExposed(shell):
        shell.show()

    assert (shell.width(), shell.height()) == SCREEN


@pytest.mark.parametrize("sheet", SHEETS)
def test_everything_that_takes_the_focus_has_a_name(sheet: str, qtbot: QtBot) -> None:
    page = SHEETS[sheet]()
    qtbot.addWidget(page)
    page.show()
    seats = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea)
    ]

    names = {type(w).__name__: QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in seats}

    assert [kind for kind, name in names.items() if not name] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_in_the_colours_of_the_scheme(scheme: Scheme, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, scheme=scheme)
    shell = SHEETS["frame"]()
    qtbot.addWidget(shell)
    shell.resize(*SCREEN)
    with qtbot.waitExposed(shell):
        shell.show()
    picture = shell.grab().toImage()

    def at(x: int, y: int) -> QColor:
        return picture.pixelColor(x, y)

    em = theme.em
    assert at(em(5), SCREEN[1] - em(6)) == theme.theme().rail
    assert at(em(12), SCREEN[1] - em(4)) == theme.theme().ground
