"""A card: a white sheet on the desk, with a heading, and what belongs together on it."""

from typing import Literal

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.gui import paint
from villagedesk.gui.parts.topped import Topped
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import changed, em, theme

Tone = Literal["paper", "quiet", "acc", "warn", "bad"]
#: (ground, edge), names of colours
_LOOKS = {
    "paper": ("paper", "line"),
    "quiet": ("paper2", "line"),
    "acc": ("acct", "accl"),
    "warn": ("warnt", "warn"),
    "bad": ("badt", "bad"),
}


class Card(QWidget):
    """A sheet with a heading; `head` takes what stands at the heading's right, `body` what lies below.

    Of tone `acc` it holds the next step; `warn` and `bad` are for what must be seen first.
    """

    def __init__(self, title: str | None = None, *, tone: Tone = "paper") -> None:
        super().__init__()
        self._tone = tone
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self._column = Topped(self)
        if title is not None:
            self.head.addWidget(Words(title, weight=600))
            self.setAccessibleName(title)
        self._column.addLayout(self.head)
        self._column.addLayout(self.body)
        self._space()
        changed.connect(self._space)

    def _space(self) -> None:
        self._column.setContentsMargins(em(0.875), em(0.625), em(0.875), em(0.75))
        self._column.setSpacing(em(0.5))
        self.head.setSpacing(em(0.5))
        self.body.setSpacing(em(0.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        ground, edge = _LOOKS[self._tone]
        paint.rounded(QPainter(self), self.rect(), t.tone(ground), t.tone(edge), radius=0.5, width=t.edge)
