"""Three quiet layers of karst hills behind the first pages; drawn, no picture file."""

from math import exp

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from villagedesk.gui.theme import theme

# Each layer: (how high its foot stands, shares of the height; its hills as (where, how high, how wide), shares)
_LAYERS = (
    ("hill1", 0.36, ((0.045, 0.09, 0.022), (0.13, 0.08, 0.02), (0.243, 0.22, 0.035), (0.34, 0.1, 0.03),
                     (0.70, 0.11, 0.03), (0.825, 0.21, 0.033), (0.955, 0.09, 0.035))),
    ("hill2", 0.27, ((0.052, 0.11, 0.035), (0.17, 0.05, 0.04), (0.31, 0.06, 0.05), (0.665, 0.09, 0.025),
                     (0.772, 0.19, 0.025), (0.893, 0.12, 0.035))),
    ("hill3", 0.15, ((0.072, 0.14, 0.04), (0.182, 0.10, 0.018), (0.275, 0.05, 0.04), (0.44, 0.03, 0.06),
                     (0.62, 0.03, 0.05), (0.772, 0.11, 0.03), (0.9, 0.09, 0.05))),
)  # fmt: skip


class Hills(QWidget):
    """The ground of first start and lock; what is worked on lies on it as a card."""

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), t.ground)
        for tone, foot, hills in _LAYERS:
            painter.fillPath(_ridge(QRectF(self.rect()), foot, hills), t.tone(tone))


def _ridge(box: QRectF, foot: float, hills: tuple[tuple[float, float, float], ...]) -> QPainterPath:
    """A line of rounded hills, steep as karst is, filled to the lower edge."""
    steps = 160
    path = QPainterPath(box.bottomLeft())
    for step in range(steps + 1):
        x = step / steps
        rise = foot + sum(high * exp(-(((x - at) / wide) ** 2)) for at, high, wide in hills)
        path.lineTo(QPointF(box.left() + box.width() * x, box.bottom() - box.height() * rise))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path
