"""The quorum line: how many should come, how many are there, how many it takes; and the sentence that says it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.gui import paint
from villagedesk.gui.parts.progress import Bar
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.theme import changed, em, face, theme


class _Needed(QWidget):
    """The words over the tick."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self._bar, self.words = bar, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(em(6), QFontMetrics(face("small")).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        width = QFontMetrics(face("small", weight=600)).horizontalAdvance(self.words) + 1
        left = min(max(0, self._bar.tick_at() - width // 2), self.width() - width)
        box = QRect(left, 0, width, self.height())
        paint.text(QPainter(self), box, self.words, theme().ink, face("small", weight=600))


class QuorumLine(QWidget):
    """A bar alone is no statement of law: the sentence under it is given by who reckoned it."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = Bar("accl", 0.75)
        self._needed = _Needed(self._bar)
        self._sign = Sign("circle", "ink2")
        self._sentence = Words("", "small", weight=600, wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QHBoxLayout()
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._sentence, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._needed)
        self._column.addWidget(self._bar)
        self._column.addLayout(self._row)
        self._space()
        changed.connect(self._space)

    def show_count(self, present: int, needed: int, whole: int, sentence: str, *, word: str = "够开会") -> None:
        """`present` of `whole`, enough with `needed`."""
        enough = present >= needed
        self._bar.show_share(present, whole, tone="good" if enough else "accl", tick=needed)
        self._bar.setAccessibleName(sentence)
        self._needed.words = seamed(f"{word}{needed}人")
        self._needed.update()
        self._sign.show_as("circle-check" if enough else "triangle-alert", "good" if enough else "warn")
        self._sentence.set_tone("good" if enough else "warn")
        self._sentence.setText(seamed(sentence))

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.125))
        self._row.setSpacing(em(0.375))
        self._row.setContentsMargins(0, em(0.25), 0, 0)
