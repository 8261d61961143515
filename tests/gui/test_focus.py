"""The ring is where the keys go, also on what scrolls; the wheel turns pages and changes no value."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from villagedesk.gui.focus import FocusRing
from villagedesk.gui.parts.boxes import Box, Number
from villagedesk.gui.theme import em, theme


@pytest.fixture
def page(qtbot: QtBot) -> QScrollArea:
    """A form longer than its window."""
    scroll = QScrollArea()
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setSpacing(em())
    kinds, number = Box(), Number()
    kinds.addItems(["举手", "投票", "鼓掌"])
    kinds.setCurrentIndex(1)
    number.setValue(27)
    for widget in (kinds, number, *(QLineEdit(str(n)) for n in range(30))):
        column.addWidget(widget)
    scroll.setWidget(inner)
    scroll.setWidgetResizable(True)
    scroll.resize(em(30), em(20))
    qtbot.addWidget(scroll)
    with qtbot.waitExposed(scroll):
        scroll.show()
    return scroll


def around(ring: FocusRing, widget: QWidget) -> bool:
    """The ring lies a little outside the widget, on all sides."""
    seat = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    frame = QRect(ring.mapToGlobal(QPoint(0, 0)), ring.size())
    apart = em(0.1875) + 2
    return ring.isVisible() and frame == seat.adjusted(-apart, -apart, apart, apart)


@pytest.fixture
def ring(qapp: QApplication) -> FocusRing:
    return FocusRing(qapp)


def test_the_ring_follows_the_focus(qtbot: QtBot, ring: FocusRing, page: QScrollArea) -> None:
    fields = page.findChildren(QLineEdit)
    for field in (fields[2], fields[3]):
        field.setFocus()
        qtbot.waitUntil(lambda field=field: around(ring, field), timeout=2000)


def test_the_ring_moves_with_what_scrolls(qtbot: QtBot, ring: FocusRing, page: QScrollArea) -> None:
    field = page.findChildren(QLineEdit)[3]
    field.setFocus()
    before = field.mapToGlobal(QPoint(0, 0)).y()
    page.verticalScrollBar().setValue(em(2))

    assert field.mapToGlobal(QPoint(0, 0)).y() == before - em(2)
    qtbot.waitUntil(lambda: around(ring, field), timeout=2000)


def test_the_ring_is_drawn_in_the_focus_colour(qtbot: QtBot, ring: FocusRing) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(em(2), em(2), em(2), em(2))
    button = QPushButton("定稿")
    column.addWidget(button)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    button.setFocus()
    qtbot.waitUntil(lambda: around(ring, button), timeout=2000)

    picture = page.grab().toImage()
    colours = {picture.pixelColor(ring.x() + ring.width() // 2, ring.y() + y).name() for y in (0, 1)}

    assert colours == {theme().focus.name()}
    assert picture.pixelColor(ring.x() + ring.width() // 2, ring.y() + 3) == QColor(theme().ground)


def test_a_widget_with_a_ring_of_its_own_gets_no_second_one(qtbot: QtBot, ring: FocusRing) -> None:
    page = QWidget()
    button = QPushButton("首页", page)
    button.setProperty("ring", "own")
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    button.setFocus()

    assert button.hasFocus()
    assert not ring.isVisible()


def roll(widget: QWidget) -> None:
    """Turn the wheel over a widget, as the window system says it."""
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(widget.mapTo(window, widget.rect().center())), QPoint(0, -120))
    QApplication.processEvents()


def values(page: QWidget) -> tuple[str, int]:
    return page.findChild(Box).currentText(), page.findChild(Number).value()


@pytest.mark.parametrize("kind", [Box, Number])
@pytest.mark.parametrize("editable", [False, True])
def test_the_wheel_scrolls_the_page_and_leaves_the_value(
    kind: type[QWidget], editable: bool, page: QScrollArea
) -> None:
    page.findChild(Box).setEditable(editable)
    widget = page.findChild(kind)
    widget.setFocus()

    roll(widget)

    assert values(page) == ("投票", 27)
    assert page.verticalScrollBar().value() > 0


def test_the_ring_outlives_the_window_it_lay_in(qtbot: QtBot, ring: FocusRing) -> None:
    for _ in range(2):
        window = QWidget()
        field = QLineEdit(window)
        window.show()
        window.activateWindow()
        field.setFocus()
        qtbot.waitUntil(lambda field=field: around(ring, field), timeout=2000)
        window.close()
        with qtbot.waitSignal(window.destroyed):
            window.deleteLater()
