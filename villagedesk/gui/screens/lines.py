"""Records as single lines: the tile of the kind, what of it, its title; each opens its record."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.store.overview import Line

TILES = {"meeting": "会", "resolution": "会", "case": "调", "case_summary": "调", "village_rule": "约", "award": "誉", "person": "户",
         "household": "户", "group": "户"}  # fmt: skip
"""Kind → its character; what is in no list is public business."""


_SAID = Qt.ItemDataRole.UserRole + 1


class Lines(QListWidget):
    """Records, one a line; Enter or a double click opens one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("bare", True)  # it lies on a card
        self.setItemDelegate(_Tiled(self))
        changed.connect(self.doItemsLayout)

    @property
    def current(self) -> Line | None:
        """The record of the current line."""
        line = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return line if isinstance(line, Line) else None

    def show_lines(self, lines: Sequence[tuple[Line, str, str]], none: str) -> None:
        """(record, what of it, tone); or a sentence when there is none."""
        self.clear()
        for line, what, tone in lines:
            item = QListWidgetItem(f"{TILES.get(line.kind, '公')}　{what}　{line.title}")
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setToolTip(item.text())
            item.setData(_SAID, (what, tone))
            self.addItem(item)
        if not lines and none:
            item = QListWidgetItem(none)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)


class _Tiled(QStyledItemDelegate):
    """The tile of the kind, in small print what of it, and the title; a sentence that is no record is grey."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(em(4), em(2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, box, line = theme(), option.rect, index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, Line):
            paint.text(painter, box, str(index.data()), t.ink2, face("small"))
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected) and bool(
            option.state & QStyle.StateFlag.State_HasFocus
        )
        if current:
            painter.fillRect(box, t.sel)
            painter.fillRect(QRect(box.left(), box.top(), em(0.1875), box.height()), t.acc)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())
        what, tone = index.data(_SAID)
        side = em(1.375)
        char = TILES.get(line.kind, "公")
        paint.tile(painter, QRect(box.left() + em(0.375), box.center().y() - side // 2, side, side), char, char)
        room = box.adjusted(em(2.125), 0, -em(0.25), 0)
        took = paint.text(painter, room, what, t.tone(tone or "ink2"), face("small", weight=600 if tone else 400))
        room.setLeft(took.right() + em(0.625))
        paint.text(painter, room, line.title, t.ink, face(weight=600 if current else 400))
