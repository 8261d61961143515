"""How far a piece of work is: a bar, a sentence with both numbers, and a way to stop."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy

from villagedesk.gui import paint
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.theme import changed, em, theme


class Bar(QProgressBar):
    """A share of a whole as a filled track, with a tick where enough is reached when there is such a number."""

    def __init__(self, tone: str = "acc", height: float = 0.5) -> None:
        super().__init__()
        self._tone, self._height, self._tick = tone, height, 0
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def show_share(self, done: int, whole: int, *, tone: str | None = None, tick: int = 0) -> None:
        """`done` of `whole`; `tick` marks what is needed, 0 nothing."""
        self._tone, self._tick = tone or self._tone, tick
        self.setRange(0, max(1, whole))
        self.setValue(min(done, whole))
        self.update()

    def tick_at(self) -> int:
        """Where the tick stands, in px from the left."""
        return round(self.width() * self._tick / self.maximum())

    def sizeHint(self) -> QSize:
        return QSize(em(12), em(self._height) + (2 * em(0.25) if self._tick else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(3), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        high = em(self._height)
        track = QRect(0, (self.height() - high) // 2, self.width(), high)
        radius = self._height / 2
        paint.rounded(painter, track, t.sunk, t.line2 if t.edge > 1 else None, radius=radius, width=t.edge)
        if self.value() > 0:
            filled = QRect(track)
            filled.setWidth(max(high, round(track.width() * self.value() / self.maximum())))
            paint.rounded(painter, filled, t.tone(self._tone), radius=radius)
        if self._tick:
            left = min(max(0, self.tick_at() - 1), self.width() - 2)
            painter.fillRect(QRect(left, track.top() - em(0.25), 2, high + 2 * em(0.25)), t.ink)


class Progress(Card):
    """A long piece of work while it runs. Signals: `stop_asked`, by the button; the place gives it Esc as well."""

    stop_asked = Signal()

    def __init__(self, sentence: str = "", *, stop: str = "停下") -> None:
        super().__init__()
        self._sentence = Words(seamed(sentence), wrap=True)
        self._share = Words("", weight=600, tone="acc")
        self.bar = Bar()
        self.stop = Button(stop, "Esc", icon="x")
        self.stop.clicked.connect(self.stop_asked)
        top = QHBoxLayout()
        top.addWidget(self._sentence, 1)
        top.addWidget(self._share, 0, Qt.AlignmentFlag.AlignTop)
        self._low = QHBoxLayout()
        self._low.addWidget(self.bar, 1)
        self._low.addWidget(self.stop)
        self.body.addLayout(top)
        self.body.addLayout(self._low)
        self._part()
        changed.connect(self._part)

    def show_done(self, sentence: str, done: int, whole: int) -> None:
        """The sentence names both numbers and what is left: 正在打印花名册，12/40页."""
        self._sentence.setText(seamed(sentence))
        self._share.setText(f"{done * 100 // max(1, whole)}%")
        self.bar.show_share(done, whole)
        self.bar.setAccessibleName(sentence)

    def _part(self) -> None:
        self._low.setSpacing(em(0.75))
