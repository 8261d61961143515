"""The roll as it is called: everybody who should come in columns, one key for each, letters jump to a name."""

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.base.pinyin import initials
from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kinds.councils.meeting import Presence

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_MARKS = {Presence.LEAVE: ("假", "warn"), Presence.ABSENT: ("缺", "bad")}
_NEXT = {
    Presence.UNCALLED: Presence.PRESENT, Presence.PRESENT: Presence.LEAVE, Presence.LEAVE: Presence.ABSENT, Presence.ABSENT: Presence.UNCALLED,
}  # fmt: skip
_KEYS = {
    Qt.Key.Key_Space: Presence.PRESENT, Qt.Key.Key_1: Presence.PRESENT, Qt.Key.Key_2: Presence.LEAVE, Qt.Key.Key_3: Presence.ABSENT,
    Qt.Key.Key_0: Presence.UNCALLED,
}  # fmt: skip
PAUSE = 1.0
"""Seconds within which letters typed belong to one name."""


def state_of(line: dict[str, Any]) -> Presence:
    """Where a line of the roll stands; what was never said counts as come, as everywhere."""
    said = line.get("state") or Presence.PRESENT
    return next((one for one in Presence if one == said), Presence.UNCALLED)


class RollModel(QAbstractListModel):
    """The lines of the roll."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def reset(self, lines: Sequence[dict[str, Any]]) -> None:
        self.beginResetModel()
        self.lines = [dict(line) for line in lines]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.get("name", "")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = (line.get("name", ""), line.get("group", ""), state_of(line).label, line.get("reason", ""))
            return "，".join(one for one in said if one)
        return line if role == LINE else None

    def put(self, row: int, line: dict[str, Any]) -> None:
        self.lines[row] = line
        self.dataChanged.emit(self.index(row), self.index(row))


class _Box(QStyledItemDelegate):
    """Box, name, group; the current line is framed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(8.25), em(1.55))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, line = theme(), index.data(LINE)
        state = state_of(line)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        box = QRect(option.rect).adjusted(0, 1, -em(0.5), -1)
        if current:
            paint.rounded(painter, box, t.sel, t.acc if focused else None, radius=0.1875, width=2 if focused else 1)
        side = em(1.2)
        tick = QRect(box.left() + em(0.375), box.top() + (box.height() - side) // 2, side, side)
        if state is Presence.PRESENT:
            paint.rounded(painter, tick, t.good, radius=0.1875)
            paint.put_icon(painter, "check", t.ongood, tick, em(0.9))
        elif state in _MARKS:
            word, tone = _MARKS[state]
            paint.rounded(painter, tick, t.tone(f"{tone}t"), t.tone(tone), radius=0.1875)
            paint.text(painter, tick, word, t.tone(tone), face("small", weight=600), paint.CENTER)
        else:
            paint.rounded(painter, tick, t.paper, t.line2, radius=0.1875)
        group = str(line.get("group", "")).removesuffix("组")
        font = face("small")
        room = min(QFontMetrics(font).horizontalAdvance(group), max(0, box.width() - em(5.5))) if group else 0
        group = group if room >= em(1.5) else ""
        words = box.adjusted(em(2), 0, -room - em(0.375), 0)
        ink = t.ink if state in (Presence.PRESENT, Presence.UNCALLED) else t.ink2
        paint.text(painter, words, line.get("name", ""), ink, face(weight=600 if current else 400))
        if group:
            paint.text(
                painter, box.adjusted(box.width() - room - em(0.25), 0, -em(0.25), 0), group, t.ink3, font, paint.RIGHT
            )


class RollView(QListView):
    """Signals: `called` a person was marked; `left` Enter, or Down past the last one."""

    called = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.roll = RollModel()
        self.setModel(self.roll)
        self.setItemDelegate(_Box(self))
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # letters jump, they compose nothing
        self.setAccessibleName("点名")
        self.setFrameShape(QListView.Shape.NoFrame)
        self._typed, self._at = "", 0.0
        self._frozen = False
        self.roll.modelReset.connect(self._grid)
        changed.connect(self._grid)

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen

    @property
    def row(self) -> int:
        return self.currentIndex().row()

    def go(self, row: int) -> None:
        self.setCurrentIndex(self.roll.index(max(0, min(row, len(self.roll.lines) - 1))))

    def mark(self, row: int, state: Presence) -> None:
        """Say where one person stands; the reason of an absence goes with it."""
        if self._frozen or not 0 <= row < len(self.roll.lines):
            return
        line = {**self.roll.lines[row], "state": state.value}
        if state in (Presence.PRESENT, Presence.UNCALLED):
            line.pop("reason", None)
        self.roll.put(row, line)
        self.called.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _KEYS:
            row = self.row
            self.mark(row, _KEYS[key])
            if row + 1 < len(self.roll.lines):
                self.go(row + 1)
        elif plain and event.text().isascii() and event.text().isalpha():
            self._jump(event.text().lower())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the form goes on
        elif key == Qt.Key.Key_Down and self.row + 1 >= len(self.roll.lines):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _jump(self, letter: str) -> None:
        """To the next name that begins so; letters typed without a pause belong together."""
        now = time.monotonic()
        self._typed = self._typed + letter if now - self._at < PAUSE else letter
        self._at = now
        count, start = len(self.roll.lines), self.row + (len(self._typed) == 1)
        for step in range(count):
            row = (start + step) % count
            if any(one.startswith(self._typed) for one in initials(self.roll.lines[row].get("name", ""))):
                self.go(row)
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_box = event.position().x() - self.visualRect(index).left() < em(2)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and on_box:
            self.mark(index.row(), _NEXT[state_of(index.data(LINE))])

    def event(self, event: QEvent) -> bool:
        """Letters, digits and the space are for the roll, whatever shortcut they are elsewhere; with Alt or Ctrl they lead away."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().isalnum()
            and not event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._grid()
        super().resizeEvent(event)

    def _grid(self) -> None:
        """As many columns as show everybody at once, if they are wide enough for a name; else as many as fit."""
        room, high = self.viewport().size(), em(1.55)
        rows = max(1, room.height() // high)
        needed = -(-len(self.roll.lines) // rows)
        columns = max(1, min(room.width() // em(5.75), max(needed, room.width() // em(8.5))))
        self.setGridSize(QSize(room.width() // columns, high))
