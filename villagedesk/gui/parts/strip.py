"""The strip along the bottom: the keys that work here and now, and how much is still to mend."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from villagedesk.gui import paint
from villagedesk.gui.keys import KEYS, cap
from villagedesk.gui.parts.words import seamed
from villagedesk.gui.theme import changed, em, face, theme


class KeyStrip(QWidget):
    """Keycaps with their words; at the right end the problems of this place, or a quiet fact.

    Signals: `walk_asked` when the count is pressed (F8 does the same).
    """

    walk_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str]] = []
        self._quiet = ""
        self._problems = self._warnings = 0
        self._end = QRect()
        self._dress()
        changed.connect(self._dress)

    def show_keys(self, keys: Sequence[str | tuple[str, str]]) -> None:
        """The keys of the place: names of the table, or (keycap, word) where a place means something of its own."""
        self._keys = [(cap(KEYS[key].shown), KEYS[key].word) if isinstance(key, str) else key for key in keys]
        self._name()

    def count(self, problems: int, warnings: int = 0) -> None:
        """How much must be mended, and how much is to be looked at."""
        self._problems, self._warnings = problems, warnings
        self._name()

    def say(self, words: str) -> None:
        """A quiet fact at the right end, where nothing is to mend."""
        self._quiet = words
        self._name()

    @property
    def end(self) -> str:
        """What stands at the right end."""
        counted = [
            words
            for number, words in (
                (self._problems, f"{self._problems} 处要改"),
                (self._warnings, f"{self._warnings} 处提醒"),
            )
            if number
        ]
        return "还有 " + "，".join(counted) if counted else seamed(self._quiet)

    def sizeHint(self) -> QSize:
        return QSize(em(30), em(2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._end.contains(event.position().toPoint()):
            self.walk_asked.emit()

    def _name(self) -> None:
        keys = "，".join(f"{key} {word}" for key, word in self._keys)
        self.setAccessibleName("。".join(part for part in (keys, self.end) if part))
        self.update()

    def _dress(self) -> None:
        self.setFixedHeight(em(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        paint.hairline(painter, QPoint(0, 0), QPoint(self.width(), 0))
        left, right = em(1.25), self.width() - em(1.25)
        right = self._paint_end(painter, right)
        capped, worded = face("small", weight=600), face("small")
        for key, word in self._keys:
            width = max(em(1.375), QFontMetrics(capped).horizontalAdvance(key) + em(0.5))
            words = QFontMetrics(worded).horizontalAdvance(word)
            if left + width + em(0.375) + words > right:
                break
            box = QRect(left, (self.height() - em(1.375)) // 2, width, em(1.375))
            paint.rounded(painter, box, t.paper, t.line2, width=t.edge)
            paint.text(painter, box, key, t.ink, capped, paint.CENTER)
            at = QRect(box.right() + em(0.375), 0, words + 1, self.height())
            paint.text(painter, at, word, t.ink2, worded)
            left = at.right() + em(0.875)

    def _paint_end(self, painter: QPainter, right: int) -> int:
        """The right end; gives where the keys must stop."""
        t = theme()
        urgent = self._problems + self._warnings > 0
        tone = "bad" if self._problems else "warn" if self._warnings else "ink2"
        font = face("small", weight=600 if urgent else 400)
        width = min(QFontMetrics(font).horizontalAdvance(self.end), self.width() - em(2.5)) + 1
        self._end = QRect(right - width, 0, width, self.height())
        paint.text(painter, self._end, self.end, t.tone(tone), font, paint.RIGHT)
        if urgent:
            self._end.setLeft(self._end.left() - em(1.5))
            name = "circle-alert" if self._problems else "triangle-alert"
            paint.put_icon(painter, name, t.tone(tone), QRect(self._end.left(), 0, em(1.125), self.height()))
        return self._end.left() - em(0.75)
