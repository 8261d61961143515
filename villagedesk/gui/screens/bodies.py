"""The bodies of the village as a list: the councils, then those of the law; how many sit in each, and when it met last."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.actions.seats import Body
from villagedesk.gui import paint
from villagedesk.gui.parts.sidelist import SideList
from villagedesk.gui.theme import em, face, theme

Index = QModelIndex | QPersistentModelIndex
COUNCILS, LEGAL = "议事组织", "村里的机构"


class Bodies(QAbstractListModel):
    """A heading for the councils and one for the bodies of the law, each with its bodies below."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Body | str] = []
        self.day = date.min

    def show_bodies(self, bodies: Sequence[Body], day: date) -> None:
        """Other bodies, or the same on another day."""
        self.beginResetModel()
        self.day = day
        councils, legal = [b for b in bodies if b.kept], [b for b in bodies if not b.kept]
        self.rows = []
        for heading, some in ((COUNCILS, councils), (LEGAL, legal)):
            self.rows += [heading, *some] if some else []
        self.endResetModel()

    def at(self, row: int) -> Body | None:
        """The body of a row; nothing for a heading."""
        one = self.rows[row] if 0 <= row < len(self.rows) else None
        return one if isinstance(one, Body) else None

    def row_of(self, code: str) -> int:
        """The row of a body; the first one that is no heading when it is not there."""
        rows = (row for row, one in enumerate(self.rows) if isinstance(one, Body) and one.code == code)
        return next(rows, 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # the arrows pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.rows[index.row()]
        return one if isinstance(one, str) else "，".join(filter(None, (one.name, one.state, *said(one, self.day))))


def said(body: Body, day: date) -> tuple[str, str]:
    """How many sit in a body and how many seats are empty; when it met last."""
    count = f"{body.count}人" + (f"，空{body.empty}席" if body.empty else "")
    if not body.last:
        return count, "没开过会"
    at = date.fromisoformat(body.last[:10])
    year = "" if at.year == day.year else f"{at.year}年"
    return count, f"{year}{at.month}月{at.day}日开会"


class BodyList(SideList):
    """The list itself."""

    def __init__(self, model: Bodies) -> None:
        super().__init__("机构", model, _Row())


class _Row(QStyledItemDelegate):
    """Name and state on the first line, how many sit there and the last meeting on the second; headings quiet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, model = theme(), index.model()
        assert isinstance(model, Bodies)  # noqa: S101 -- it draws no other list
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        room = box.adjusted(em(0.75), 0, -em(0.75), 0)
        body = model.at(index.row())
        if body is None:
            painter.fillRect(box, t.paper2)
            paint.text(painter, room, str(index.data()), t.ink2, face("small", weight=600))
        else:
            current = paint.row(painter, box, state)
            half = room.height() // 2
            first = QRect(room.left(), room.top() + em(0.125), room.width(), half)
            second = QRect(room.left(), room.top() + half - em(0.125), room.width(), half)
            paint.text(painter, first.adjusted(0, 0, -em(5), 0), body.name, t.ink, face(weight=600 if current else 400))
            if body.state:
                paint.text(painter, first, body.state, t.warn, face("small", weight=600), paint.RIGHT)
            count, last = said(body, model.day)
            paint.text(painter, second, count, t.ink2, face("small"))
            paint.text(painter, second, last, t.ink2 if body.last else t.ink3, face("small"), paint.RIGHT)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        heading = isinstance(model, Bodies) and model.at(index.row()) is None
        return QSize(em(10), em(1.625) if heading else em(2.75))
