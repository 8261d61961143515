"""A field: its label above, its editor, and below it the line that says what is wrong or what is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagedesk.gui.parts.topped import Topped
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.theme import changed, em


class Field(QWidget):
    """An editor with its label, and beside it a small note on where its value is from.

    What is said about the value stands under it: a problem (must be mended), a warning (may be saved), else the hint.
    """

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", note: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._hint = hint
        self.label = Words(label, "small", tone="ink2")
        self.label.setBuddy(editor)
        self._note = Words(note, "small", tone="ink3")
        self._sign = Sign("circle-alert", "bad")
        self._line = Words("", "small", tone="ink3", wrap=True)
        if not editor.accessibleName():
            editor.setAccessibleName(label)

        self._head = QHBoxLayout()
        self._head.addWidget(self.label)
        self._head.addStretch()
        self._head.addWidget(self._note)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._line, 1)
        self._column = Topped(self)  # in a row with a taller field, labels stand on one line
        self._column.addLayout(self._head)
        self._column.addWidget(editor)
        self._column.addLayout(self._foot)
        self._space()
        changed.connect(self._space)
        self.set_note(note)
        self.say(None)

    def say(self, problem: str | None, *, warn: bool = False) -> None:
        """Put a problem or a warning under the value; nothing brings the hint back."""
        state = None if not problem else "warn" if warn else "bad"
        if self.editor.property("state") != state:
            self.editor.setProperty("state", state)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        tone = state or "ink3"
        self._sign.show_as("triangle-alert" if warn else "circle-alert", tone)
        self._sign.setVisible(bool(problem))
        words = problem or self._hint
        self._line.set_tone(tone)
        self._line.setText(seamed(words))
        self._line.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)

    def set_note(self, note: str) -> None:
        """Say where the value is from, at the label's right; "" says nothing."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.25))
        self._foot.setSpacing(em(0.375))
