"""Words on the screen: a label in one of the theme's faces and colours, and an icon with a word."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_SEAM = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{_HAN}])")
_DATE = re.compile(r"\d+年(?:\d+月)?(?:\d+日)?|\d+月\d+日?|〔\d+〕\d+号?")


def seamed(words: str) -> str:
    """Words with a no-break space (a quarter of 国 in our face) where 汉字 meet Latin or digits, but not in dates and document numbers.

    For the eye only: it is never stored.
    """
    kept = [m.span() for m in _DATE.finditer(words)]
    parts, last = [], 0
    for seam in _SEAM.finditer(words):
        if not any(start < seam.start() < end for start, end in kept):
            parts.append(words[last : seam.start()])
            last = seam.start()
    return "\u00a0".join([*parts, words[last:]])


class Words(QLabel):
    """A label of one role, weight and colour that follows the theme."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        *,
        tone: str = "ink",
        weight: int = 400,
        song: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(words)
        self._role, self._tone, self._weight, self._song = role, tone, weight, song
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._dress()
        changed.connect(self._dress)

    def set_tone(self, tone: str) -> None:
        """Another colour, by its name."""
        self._tone = tone
        self._dress()

    def _dress(self) -> None:
        self.setFont(face(self._role, song=self._song, weight=self._weight))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme().tone(self._tone))
        self.setPalette(palette)


class Sign(QWidget):
    """An icon beside words that say the same; alone it is silent for screen readers."""

    def __init__(self, name: str, tone: str = "ink2", size: float = 1.125, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def show_as(self, name: str, tone: str) -> None:
        """Another icon and colour."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(face("small")).height()  # as high as the words beside it, for a common middle
        return QSize(em(self._size), max(line, em(self._size)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.put_icon(painter, self._name, theme().tone(self._tone), self.rect(), em(self._size))


class Elided(Words):
    """A label on one line that gives way: what does not fit ends in …, and stands in full in the tip."""

    def __init__(
        self, words: str = "", role: str = "body", *, tone: str = "ink", weight: int = 400, song: bool = False
    ) -> None:
        super().__init__(words, role, tone=tone, weight=weight, song=song)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(em(2), super().sizeHint().width()), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.contentsRect()
        cut = self.fontMetrics().horizontalAdvance(self.text()) > box.width()
        self.setToolTip(self.text() if cut else "")
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        paint.text(QPainter(self), box, self.text(), colour, self.font())
