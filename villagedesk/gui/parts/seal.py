"""The square seal of the desk: 村, on the rail, on the first pages, and as the window's icon."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme


def paint_seal(painter: QPainter, box: QRect) -> None:
    """The seal in a square box: red ground, a thin frame, the character."""
    t = theme()
    side = box.width()
    radius = side / em() / 9
    paint.rounded(painter, box, t.seal, t.onseal if t.edge > 1 else None, radius=radius, width=t.edge)
    inset = max(2, round(side / 12))
    paint.rounded(painter, box.adjusted(inset, inset, -inset, -inset), None, t.onseal, radius=radius * 0.7)
    font = face(song=True, weight=600)
    font.setPixelSize(max(6, round(side * 0.6)))
    paint.text(painter, box, "村", t.onseal, font, paint.CENTER)


def seal_icon() -> QIcon:
    """The seal for title bar and task bar."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_seal(painter, QRect(0, 0, side, side))
        painter.end()
        made.addPixmap(pixmap)
    return made


class Seal(QWidget):
    """The seal, some em wide; silent for screen readers, since the name stands beside it."""

    def __init__(self, size: float = 2.25) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(em(self._size), em(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_seal(QPainter(self), self.rect())
