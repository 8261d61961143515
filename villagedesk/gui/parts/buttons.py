"""Buttons: a word, the key that does the same, at most one of them filled on a screen."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from villagedesk.gui import paint
from villagedesk.gui.keys import cap, twins
from villagedesk.gui.theme import changed, em, face, theme

Kind = Literal["plain", "filled", "bad", "link"]
_INK = {"plain": "ink", "filled": "onacc", "bad": "bad", "link": "acc"}
_OF_THE_PLACE = ("Enter", "Return", "Esc", "Delete", "Del", "Backspace")  # the place itself listens for these


class Button(QPushButton):
    """What it does, in words; `key` is shown after them and, if `bound`, presses it.

    `filled` is the one main act of a screen; of kind `bad`, an act that sends something back; `link`, one in a line of
    text.
    """

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        filled: bool = False,
        kind: Kind = "plain",
        icon: str | None = None,
        bound: bool = True,
    ) -> None:
        super().__init__()
        self._kind: Kind = "filled" if filled else kind
        self._icon = icon
        self._key = key
        self.setProperty("kind", self._kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.say(text)
        if bound and key and key not in _OF_THE_PLACE:
            for twin in twins(key):
                QShortcut(QKeySequence(twin), self, self.click)
        self._dress()
        changed.connect(self._dress)

    def say(self, text: str) -> None:
        """Other words on it; the key stays."""
        self.setText(f"{text}  {cap(self._key)}" if self._key else text)
        self.setAccessibleName(text)

    def _dress(self) -> None:
        t = theme()
        self.setFont(face(weight=600 if self._kind == "filled" else 400))
        if self._icon is not None:
            icon, size = paint.button_icon(self._icon, t.tone(_INK[self._kind]), t.ink3)
            self.setIcon(icon)
            self.setIconSize(size)
        self.updateGeometry()


class IconButton(QAbstractButton):
    """A small button that shows only a picture, for ‹ › ⌄ and the eye; its name is read out and stands in the tip."""

    def __init__(self, icon: str, name: str, *, tone: str = "ink2", size: float = 1.25) -> None:
        super().__init__()
        self._icon, self._tone, self._size = icon, tone, size
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        changed.connect(self.updateGeometry)

    def show_as(self, icon: str, name: str) -> None:
        """Another picture and name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(2), em(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        option = QStyleOptionButton()
        option.initFrom(self)
        if self.isDown() or bool(option.state & QStyle.StateFlag.State_MouseOver):
            paint.rounded(painter, self.rect(), t.acct, t.line2 if t.edge > 1 else None)
        colour = t.tone(self._tone) if self.isEnabled() else t.ink3
        paint.put_icon(painter, self._icon, colour, self.rect(), em(self._size))
