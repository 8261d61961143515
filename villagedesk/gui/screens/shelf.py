"""The shelf of ledgers as a list: a heading for each council, below it its ledgers with what this year holds."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.actions.ledgers import Book, Shelf
from villagedesk.gui import paint
from villagedesk.gui.parts.sidelist import SideList
from villagedesk.gui.theme import em, face, theme

Index = QModelIndex | QPersistentModelIndex


class Books(QAbstractListModel):
    """Headings and ledgers in one list; the arrows pass over headings."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Book | str] = []

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Other shelves, or the same with other counts."""
        rows: list[Book | str] = []
        for shelf in shelves:
            rows += [shelf.name, *shelf.books]
        if [_key(one) for one in rows] == [_key(one) for one in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def at(self, row: int) -> Book | None:
        """The ledger of a row; nothing for a heading."""
        one = self.rows[row] if 0 <= row < len(self.rows) else None
        return one if isinstance(one, Book) else None

    def row_of(self, kind: str) -> int:
        """The row of a kind's ledger; the first ledger when it has none."""
        books = [(row, one) for row, one in enumerate(self.rows) if isinstance(one, Book)]
        return next((row for row, one in books if one.cls.kind.key == kind), books[0][0] if books else -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.rows[index.row()]
        return one if isinstance(one, str) else f"{one.cls.kind.name}，今年{one.count}条"


def _key(row: Book | str) -> str:
    return row if isinstance(row, str) else row.cls.kind.key


class BookList(SideList):
    """The list itself."""

    def __init__(self, model: Books) -> None:
        super().__init__("台账", model, _Row())


class _Row(QStyledItemDelegate):
    """A ledger's name, and how many of this year at the right; headings quiet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, model = theme(), index.model()
        assert isinstance(model, Books)  # noqa: S101 -- it draws no other list
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        book = model.at(index.row())
        if book is None:
            painter.fillRect(box, t.paper2)
            paint.text(
                painter, box.adjusted(em(0.5), 0, -em(0.5), 0), str(index.data()), t.ink2, face("small", weight=600)
            )
            return
        current = paint.row(painter, box, state)
        room = box.adjusted(em(1), 0, -em(0.625), 0)
        paint.text(painter, room, book.cls.kind.name, t.ink, face(weight=600 if current else 400))
        if book.count:
            paint.text(painter, room, str(book.count), t.ink2, face("small"), paint.RIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        heading = isinstance(model, Books) and model.at(index.row()) is None
        return QSize(em(8), em(1.25) if heading else em(1.625))
