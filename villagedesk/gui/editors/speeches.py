"""What was said: one line a speaker, and one line to type the next into."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui import paint
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.line import Line
from villagedesk.gui.parts.buttons import IconButton
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import changed, em, theme

_SAID = re.compile(r"\s*([^:：\s]{1,12})\s*[:：]\s*(.+)", re.DOTALL)


class _Said(QWidget):
    """The speeches so far, on their own ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.rounded(QPainter(self), self.rect(), theme().paper2)


class Speeches(Editor, QWidget):
    """“谁：说了什么”, Enter notes it down and waits for the next; ↑ takes the last one back into the line.

    Signals: `typed` a speech was noted, changed or taken off.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Any] = []
        self._at = -1
        self._lid: dict[str, Any] = {}
        self._frozen = False
        self.said = _Said()
        self._grid = QGridLayout(self.said)
        self.line = _Entry(self)
        self.line.setPlaceholderText("谁：说了什么（Enter记下，接着记下一位；↑改上一条）")
        self.line.setAccessibleName("发言：谁说了什么")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.said)
        self._column.addWidget(self.line)
        changed.connect(self._show)
        self._show()

    def value(self) -> Any:
        """With what stands in the line, so that a draft keeps it too."""
        waiting = self._typed()
        return [*self._lines, waiting] if waiting else list(self._lines)

    def fill(self, raw: Any) -> None:
        self._lines = [one if isinstance(one, dict) else {"text": str(one)} for one in raw or ()]
        self._lid = {}
        self.line.setText("")
        self._show()

    def where(self) -> tuple[str, int]:
        return "", self.line.cursorPosition()

    def go(self, place: str = "", caret: int = -1) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, forward: bool) -> bool:
        """Enter on a line with words notes them and stays; on an empty one it moves on."""
        if forward and self.line.text().strip() and not self._frozen:
            self.note()
            return True
        return False

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        self.line.setVisible(not frozen)
        self._show()

    def point_out(self, problems: Sequence[Problem]) -> None:
        """What is wrong is said under the field."""

    def note(self) -> None:
        """Take what stands in the line into the list."""
        waiting = self._typed()
        if waiting:
            self._lines.append(waiting)
            self._lid = {}
            self.line.setText("")
            self._show()
            self.typed.emit()

    def back(self) -> None:
        """The last speech into the line again, to be changed."""
        if self._lines and not self.line.text():
            last = self._lines.pop()
            self._lid = {k: v for k, v in last.items() if k not in ("name", "text")}
            name = last.get("name", "")
            self.line.setText(f"{name}：{last.get('text', '')}" if name else last.get("text", ""))
            self._show()

    def _typed(self) -> dict[str, Any] | None:
        text = self.line.text().strip()
        if not text:
            return None
        found = _SAID.fullmatch(text)
        return {**self._lid, "name": found[1], "text": found[2].strip()} if found else {**self._lid, "text": text}

    def _drop(self, at: int) -> None:
        del self._lines[at]
        self._show()
        self.typed.emit()

    def _show(self) -> None:
        emptied(self._grid)
        for row, one in enumerate(self._lines):
            text = Words(one.get("text", ""), song=True, wrap=True)
            name = Words(one.get("name", ""), weight=600)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
            if not self._frozen:
                drop = IconButton("x", f"删去{one.get('name', '')}的这条发言")
                drop.clicked.connect(lambda _=False, at=row: self._drop(at))
                self._grid.addWidget(drop, row, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._grid.setContentsMargins(em(0.75), em(0.375), em(0.375), em(0.375))
        self._grid.setHorizontalSpacing(em(1))
        self._grid.setVerticalSpacing(em(0.125))
        self.said.setVisible(bool(self._lines))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.375))


class _Entry(Line):
    def __init__(self, speeches: Speeches) -> None:
        super().__init__()
        self._speeches = speeches
        self.typed.connect(speeches.typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and not self.text():
            self._speeches.back()
        else:
            super().keyPressEvent(event)
