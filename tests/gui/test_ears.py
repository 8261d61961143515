"""A screen reader may ask for what has just gone; it is told so."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QTableWidget
from pytestqt.qtbot import QtBot

from villagedesk.gui import ears
from villagedesk.gui.parts.ground import Ground
from villagedesk.gui.parts.pageview import PageView


def test_of_what_is_scrolled_there_is_no_child_beyond_the_last(qapp: QApplication, qtbot: QtBot) -> None:
    ears.listen()
    for area in (QScrollArea(), Ground(QStackedWidget()), PageView()):
        qtbot.addWidget(area)
        asked = QAccessible.queryAccessibleInterface(area)
        count = asked.childCount()
        assert asked.child(0).object() is area.viewport()
        assert [asked.child(at) for at in (-1, count, count + 1, count + 1000)] == [None] * 4


def test_lists_answer_as_before(qapp: QApplication, qtbot: QtBot) -> None:
    ears.listen()
    table = QTableWidget(2, 3)
    qtbot.addWidget(table)
    asked = QAccessible.queryAccessibleInterface(table)
    assert asked.role() == QAccessible.Role.Table
    assert asked.childCount() == 3 * 4  # cells, the heads of rows and columns, and the corner
