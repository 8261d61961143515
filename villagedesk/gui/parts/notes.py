"""Notes: what has just happened, with the way back; and banners: what holds until somebody acts."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from villagedesk.gui import paint
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.theme import changed, em, theme

STAYS = 8000  # ms
MOST = 2  # notes at a time

Tone = Literal["acc", "good", "warn", "bad"]
_SIGNS = {"acc": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class _Bar(QWidget):
    """An icon, a sentence, and at most one button."""

    def __init__(self, icon: str, tone: str, text: str, button: QPushButton | None) -> None:
        super().__init__()
        self._sign = Sign(icon, tone)
        self._words = Words(seamed(text), wrap=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1)
        if button is not None:
            self._row.addWidget(button)
        self.setAccessibleName(text)
        self._space()
        changed.connect(self._space)

    def _space(self) -> None:
        self._row.setContentsMargins(em(0.75), em(0.125), em(0.5), em(0.125))
        self._row.setSpacing(em(0.625))
        self.setMinimumHeight(em(2.75))


class NoteBar(_Bar):
    """What has happened and, for eight seconds, the way back. The clock waits while the mouse is over it.

    Signals: `gone` when its time is over or it was undone.
    """

    gone = Signal()

    def __init__(self, text: str, undo: Callable[[], object] | None = None, *, icon: str = "circle-check") -> None:
        self._undo = undo
        button = Button(KEYS["undo"].word, KEYS["undo"].shown, kind="link", bound=False) if undo is not None else None
        super().__init__(icon, "ink2", text, button)
        self._shortcut = QShortcut(KEYS["undo"].sequences[0], self, self._go_back)
        if button is not None:
            button.clicked.connect(self._go_back)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(STAYS)
        self._clock.timeout.connect(self.gone)
        self._clock.start()
        self.rest(undo is None)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def rest(self, resting: bool = True) -> None:
        """The key of undoing belongs to the newest note alone."""
        self._shortcut.setEnabled(not resting)

    def _go_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()
        self.gone.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._clock.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        paint.rounded(QPainter(self), self.rect(), t.paper, t.line if t.edge == 1 else t.line2, width=t.edge)


class Banner(_Bar):
    """A standing fact on a tinted ground with what to do about it: `warn` can wait, `bad` cannot."""

    def __init__(self, tone: Tone, text: str, button: QPushButton | None = None) -> None:
        super().__init__(_SIGNS[tone], tone, text, button)
        self._tone = tone

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        edge = t.accl if self._tone == "acc" else t.tone(self._tone)
        paint.rounded(QPainter(self), self.rect(), t.tone(f"{self._tone}t"), edge, width=t.edge)


class Notes(QWidget):
    """Where notes appear, over the place and never on it: the newest on top, two at most."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[NoteBar] = []
        self._column = QVBoxLayout(self)
        self._space()
        changed.connect(self._space)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None, *, icon: str = "circle-check") -> NoteBar:
        """Show what has happened; `undo` takes it back."""
        bar = NoteBar(text, undo, icon=icon)
        bar.gone.connect(lambda: self._drop(bar))
        for older in self._bars:
            older.rest()
        for oldest in self._bars[MOST - 1 :]:
            self._drop(oldest)
        self._bars.insert(0, bar)
        self._column.insertWidget(0, bar)
        self.show()
        return bar

    def _drop(self, bar: NoteBar) -> None:
        if bar in self._bars:
            self._bars.remove(bar)
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), 0)
        self._column.setSpacing(em(0.375))
