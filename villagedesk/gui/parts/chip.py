"""A chip: the state of a thing in two to four characters, with a shape and a colour of its own."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em


class Chip(QWidget):
    """Words in a tone: plain (settled, no ground), quiet, acc (under way), good, warn (look again), bad (act)."""

    def __init__(self, text: str, tone: str, icon: str | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone, icon)
        changed.connect(self.updateGeometry)

    def say(self, text: str, tone: str, icon: str | None = None) -> None:
        """Another state."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(paint.chip_width(self._text, self._tone, self._icon), em(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.chip(QPainter(self), self.rect(), self._text, self._tone, self._icon)
