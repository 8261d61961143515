"""Text of several lines, in the face it is printed in."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from villagedesk.gui.editors.editor import Editor, blank, undoes
from villagedesk.gui.theme import changed, em, face


class Prose(Editor, QPlainTextEdit):
    """Enter begins a new line here; Ctrl+Enter and Tab leave, and so does Enter while nothing is typed."""

    typed = Signal()
    prose = True

    def __init__(self, *, lines: int = 4) -> None:
        super().__init__()
        self._raw: Any = ""
        self._seen = self._last = ""
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.textChanged.connect(self._note)
        self._dress()
        changed.connect(self._dress)

    def value(self) -> Any:
        text = self.toPlainText()
        return self._raw if text == self._seen else text

    def fill(self, raw: Any) -> None:
        self._raw = "" if raw is None else raw
        blocked = self.blockSignals(True)
        self.setPlainText(str(self._raw))
        self.blockSignals(blocked)
        self._seen = self._last = self.toPlainText()

    def where(self) -> tuple[str, int]:
        return "", self.textCursor().position()

    def go(self, place: str = "", caret: int = -1) -> None:
        super().go()
        cursor = self.textCursor()
        if caret < 0:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        else:
            cursor.setPosition(min(caret, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def insert_words(self, words: str) -> None:
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        start = cursor.position()
        cursor.insertText(words)
        at, length = blank(words)
        cursor.setPosition(start + at)
        cursor.setPosition(start + at + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def freeze(self, frozen: bool) -> None:
        self.setReadOnly(frozen)

    def _note(self) -> None:
        text = self.toPlainText()
        if text != self._last:  # an input method composing changes the picture, not the text
            self._last = text
            self.typed.emit()

    def _dress(self) -> None:
        self.setFont(face("body", song=True))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + em(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (held or not self.toPlainText()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if undoes(event):
            event.ignore()
            return False
        return super().event(event)
