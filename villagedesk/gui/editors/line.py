"""Values of one line: text, numbers, amounts, days and moments as people type them, short lists."""

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from villagedesk.base import clock
from villagedesk.base.days import day_typed, moment_typed
from villagedesk.base.text import mask_number
from villagedesk.gui.editors.editor import Editor, blank, undoes


class Line(Editor, QLineEdit):
    """One line of text.  A personal number is masked while the cursor is elsewhere."""

    typed = Signal()
    prose = True

    def __init__(self, *, personal: bool = False) -> None:
        super().__init__()
        self._raw: Any = ""
        self._seen = ""
        self._personal = personal
        self.prose = type(self).prose and not personal
        self._masked = ""
        self._example = ""
        self.textEdited.connect(self._note)
        self.textChanged.connect(self._tell)

    def value(self) -> Any:
        text = self._masked or self.text()
        return self._raw if text == self._seen else text

    def fill(self, raw: Any) -> None:
        self._raw = "" if raw is None else raw
        self._masked = ""
        self.setText(self.spelled(self._raw))
        self._seen = self.text()
        if not self.hasFocus():
            self._mask()

    def spelled(self, raw: Any) -> str:
        """A raw value as the line shows it."""
        return str(raw)

    def show_example(self, example: str) -> None:
        """How the value may be written, while nothing is typed."""
        self._example = example
        self.setPlaceholderText(example)

    def tidied(self, text: str) -> str:
        """What was typed as it is written; text that is not understood stays."""
        return text.strip()

    def settle(self) -> None:
        if self._masked or self.text() == self._seen:
            return
        tidy = self.tidied(self.text())
        if tidy != self.text():
            self.setText(tidy)
            self._note()

    def _note(self) -> None:
        self.typed.emit()

    def _mask(self) -> None:
        if self._personal and self.text():
            self._masked = self.text()
            self.setText(mask_number(self._masked))

    def where(self) -> tuple[str, int]:
        return "", self.cursorPosition()

    def go(self, place: str = "", caret: int = -1) -> None:
        super().go()
        self.setCursorPosition(len(self.text()) if caret < 0 else caret)

    def insert_words(self, words: str) -> None:
        start = self.selectionEnd() if self.hasSelectedText() else self.cursorPosition()
        self.deselect()
        self.setCursorPosition(start)
        self.insert(words.replace("\n", ""))
        at, length = blank(words)
        self.setSelection(start + at, length)
        self._note()

    def freeze(self, frozen: bool) -> None:
        self.setReadOnly(frozen)
        self.setPlaceholderText("" if frozen else self._example)
        self._tell()

    def _tell(self) -> None:
        """What is read only cannot be walked through to its end: it stands whole in the tip."""
        self.setToolTip(self.text() if self.isReadOnly() and not self._personal else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._masked:
            at = self.cursorPosition()
            self.setText(self._masked)
            self.setCursorPosition(at)
            self._masked = ""
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            self._mask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leaves a line even while words are offered below it; only a chosen one is taken by it."""
        completer = self.completer()
        popup = completer.popup() if completer else None
        leaves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if leaves and popup is not None and popup.isVisible() and not popup.currentIndex().isValid():
            popup.hide()
            QCoreApplication.postEvent(self, event.clone())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if undoes(event):
            event.ignore()
            return False
        return super().event(event)


class Number(Line):
    """A whole number: digits of any width, with or without commas."""

    prose = False

    def tidied(self, text: str) -> str:
        plain = _plain(text)
        return plain if re.fullmatch(r"-?\d+", plain) else text.strip()


class Money(Line):
    """An amount in yuan: 3200, 3,200.00元, 1.2万."""

    prose = False

    def tidied(self, text: str) -> str:
        plain = re.sub("^[¥￥]|元整?$", "", _plain(text))
        tens = re.fullmatch(r"(\d+)(?:\.(\d{1,4}))?万", plain)
        if tens:
            plain = str(int(tens[1] + (tens[2] or "").ljust(4, "0")))
        return plain if re.fullmatch(r"\d+(\.\d*)?", plain) else text.strip()


class Day(Line):
    """A day, typed as 20261124, 2026-11-24, 11.24 or 昨天."""

    prose = False

    def __init__(self, *, personal: bool = False) -> None:
        super().__init__(personal=personal)
        self.show_example("年月日，如 11.24")

    def tidied(self, text: str) -> str:
        return day_typed(text, clock.today()) or text.strip()


class Moment(Line):
    """A day and a time, typed as 202611241430, 11.24 14:30 or 今天下午2点半."""

    prose = False

    def __init__(self, *, personal: bool = False) -> None:
        super().__init__(personal=personal)
        self.show_example("日期和钟点，如 11.24 14:30")

    def spelled(self, raw: Any) -> str:
        return re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?$", r"\1 \2", str(raw))

    def tidied(self, text: str) -> str:
        return moment_typed(text, clock.today()) or text.strip()


class Several(Line):
    """A few short texts, one after the other with 、 between them."""

    prose = False

    def __init__(self) -> None:
        super().__init__()
        self.show_example("用“、”隔开")

    def spelled(self, raw: Any) -> str:
        return "、".join(raw) if isinstance(raw, list) else str(raw)

    def value(self) -> Any:
        raw = super().value()
        return raw if raw == self._raw else [part for part in re.split("[、，,]", raw) if part.strip()]


def _plain(text: str) -> str:
    return re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text))
