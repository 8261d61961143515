"""What a screen reader is told where Qt itself would answer wrongly."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget


def listen() -> None:
    """Answer for everything that is scrolled; once, when there is an application."""
    QAccessible.installFactory(_answer)


def _answer(name: str, thing: QObject) -> QAccessibleWidget | None:
    # WORKAROUND Qt 6.11: QAccessibleAbstractScrollArea::child() reads past the end of its list.  Who counted the children and
    # asks for the scroll bar when it is gone ended the program; QAccessibleWidget looks first whether there is such a child.
    if name in ("QScrollArea", "QAbstractScrollArea") and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, QAccessible.Role.Client)
    return None
