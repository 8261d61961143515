"""Attachments: what is attached, and what is still to be read from a path."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em


class Files(Editor, QWidget):
    """A list of files; Insert adds, Delete takes off, Enter moves on.

    Signals: `typed`; `asked` a person wants to see an attachment, named by its hash.
    """

    typed = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._raw: list[Any] = []
        self._frozen = False
        self.list = QListWidget()
        self.list.setAccessibleName("附件")
        self.list.setItemDelegate(Row(self.list))
        self.list.itemActivated.connect(self._open)
        self.add = Button("添附件", "Insert", kind="link", icon="paperclip", bound=False)
        self.drop = Button("拿掉", "Delete", kind="link", bound=False)
        self.look = Button("存出来看", kind="link")
        row = QHBoxLayout()
        for button, deed in ((self.add, self._choose), (self.drop, self._drop), (self.look, self._open)):
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addLayout(row)
        changed.connect(self._show)
        self._show()

    def value(self) -> Any:
        return list(self._raw)

    def fill(self, raw: Any) -> None:
        self._raw = list(raw) if isinstance(raw, list) else []
        self._show()

    def attach(self, paths: list[str]) -> None:
        """Add files by their paths; they are read when the record is saved."""
        fresh = [p for p in paths if p not in self._raw]
        if fresh:
            self._raw += fresh
            self._show()
            self.list.setCurrentRow(len(self._raw) - 1)
            self.typed.emit()

    def go(self, place: str = "", caret: int = -1) -> None:
        (self.list if self._raw else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        self._show()

    def _show(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        self.list.addItems([_named(one) for one in self._raw])
        self.list.setCurrentRow(min(max(row, 0), len(self._raw) - 1))
        self.list.setVisible(bool(self._raw))
        self.list.setFixedHeight(em(2.375) * min(len(self._raw), 5) + em(0.25))
        self.add.setVisible(not self._frozen)
        self.drop.setVisible(bool(self._raw) and not self._frozen)
        self.look.setVisible(bool(self._raw))

    def _choose(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "添附件")
        self.attach(paths)

    def _drop(self) -> None:
        row = self.list.currentRow()
        if not self._frozen and 0 <= row < len(self._raw):
            del self._raw[row]
            self._show()
            self.typed.emit()

    def _open(self) -> None:
        row = self.list.currentRow()
        one = self._raw[row] if 0 <= row < len(self._raw) else None
        if isinstance(one, dict) and one.get("sha256"):
            self.asked.emit(str(one["sha256"]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Insert if not self._frozen:
                self._choose()
            case Qt.Key.Key_Delete:
                self._drop()
            case _:
                super().keyPressEvent(event)


def _named(one: Any) -> str:
    if isinstance(one, dict):
        size = f"　{one['size'] / 1024:.0f}KB" if isinstance(one.get("size"), int) else ""
        return f"{one.get('name') or one.get('path') or ''}{size}"
    return f"{Path(str(one)).name}　还没存"
