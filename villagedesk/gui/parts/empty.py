"""An empty list: what would stand here, and how to begin."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.theme import changed, em


class Empty(Card):
    """A grey picture, one sentence, more of it in small print, one button."""

    def __init__(self, icon: str, sentence: str, button: QPushButton | None = None, *, more: str = "") -> None:
        super().__init__()
        self._row = QHBoxLayout()
        self._words = QVBoxLayout()
        self._row.addWidget(Sign(icon, "ink3", 2.5), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words.addWidget(Words(seamed(sentence), weight=600, wrap=True))
        if more:
            self._words.addWidget(Words(seamed(more), "small", tone="ink2", wrap=True))
        self._row.addLayout(self._words, 1)
        if button is not None:
            self._row.addWidget(button)
        self.body.addLayout(self._row)
        self._part()
        changed.connect(self._part)

    def _part(self) -> None:
        self._row.setSpacing(em(1))
        self._words.setSpacing(em(0.125))
