"""A record pointed at: typing a part of its name finds it in the register; a name that is in none may stand too."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from villagedesk.gui.editors.line import Line
from villagedesk.gui.register import Found, Register
from villagedesk.gui.theme import em, face, theme

_NAME, _ID = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Reference(Line):
    """A name, linked to a record of one kind when it was picked; the value is then its id and the name as it stands."""

    prose = False

    def __init__(self, register: Register, kind: str) -> None:
        super().__init__()
        self._register, self._kind = register, kind
        self._found = QStandardItemModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionRole(_NAME)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index]  # the stubs know one overload
        self.setCompleter(completer)
        self.textEdited.connect(self._look)
        self.setTextMargins(0, 0, em(2.5), 0)

    @property
    def linked(self) -> bool:
        """Whether the name stands for a record."""
        raw = self.value()
        return isinstance(raw, dict) and bool(raw.get("id"))

    def spelled(self, raw: Any) -> str:
        return str(raw.get("name", "")) if isinstance(raw, dict) else str(raw)

    def offered(self) -> list[str]:
        """What is offered now, as it reads."""
        return [self._found.item(row).text() for row in range(self._found.rowCount())]

    def _look(self, text: str) -> None:
        self._found.clear()
        for found in self._register.named(self._kind, text.strip()):
            self._found.appendRow(_item(found))

    def _pick(self, index: QModelIndex) -> None:
        self.fill({"id": index.data(_ID), "name": index.data(_NAME)})
        self.typed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.linked:
            painter = QPainter(self)
            painter.setFont(face("small"))
            painter.setPen(theme().good)
            room = self.rect().adjusted(0, 0, -em(0.5), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "在册")


def _item(found: Found) -> QStandardItem:
    item = QStandardItem(f"{found.name}　{found.note}" if found.note else found.name)
    item.setData(found.name, _NAME)
    item.setData(found.id, _ID)
    return item
