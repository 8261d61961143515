"""PySide6 6.12.0 under Python 3.11 lost a reference to None on every Qt call that returns None, and died after a few thousand."""

import sys

from pytestqt.qtbot import QtBot


def test_a_hundred_thousand_qt_calls_that_return_none_cost_no_reference_to_none(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(50_000):
        label.setText("村务台")
        label.update()
    assert abs(sys.getrefcount(None) - before) < 1_000  # from Python 3.12 on it never changes
