"""Boxes that hold a choice or a number: the wheel over them turns the page they lie on, and never their value."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class Box(QComboBox):
    """One of many."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Number(QSpinBox):
    """A number with steps."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
