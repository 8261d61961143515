"""A tile (字牌): the one character that says what kind a record is, faster read than a picture."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em


class Tile(QWidget):
    """A character on the ground of its tone; the tone is itself a character of the theme, by itself the same one."""

    def __init__(self, char: str, tone: str | None = None) -> None:
        super().__init__()
        self._char, self._tone = char, tone or char
        self.setAccessibleName(char)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(em(1.5), em(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.tile(QPainter(self), self.rect(), self._char, self._tone)
