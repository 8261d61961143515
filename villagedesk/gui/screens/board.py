"""The board of villages and months: one mark a cell, in words, shapes and colours; and the sums by village and body."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from villagedesk.actions.board import Month
from villagedesk.gui import paint
from villagedesk.gui.table import Index
from villagedesk.gui.theme import changed, em, face, theme


class Mark(NamedTuple):
    """How a state stands in a cell: its character, the names of its ink and ground ("" none), dashed or not, its word."""

    char: str
    ink: str
    ground: str
    dashed: bool
    word: str


MARKS = {
    "done": Mark("✓", "good", "", False, "都定稿，镇里看过"),
    "waiting": Mark("审", "onacc", "acc", False, "等镇里审"),
    "returned": Mark("退", "bad", "badt", False, "退回没改"),
    "open": Mark("写", "warn", "warnt", False, "开了没定稿"),
    "missing": Mark("缺", "bad", "", True, "过了日子没有会"),
    "due": Mark("等", "ink2", "", True, "还没到日子"),
    "ahead": Mark("·", "ink3", "", False, ""),
}


class Grid(QTableView):
    """A table of cells walked with the arrows, one at a time."""

    def __init__(self, model: QAbstractTableModel, name: str, widths: Sequence[float]) -> None:
        super().__init__()
        self._widths = widths
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(Cells(self))
        changed.connect(self.fit)
        self.fit()

    def share(self, widths: Sequence[float]) -> None:
        """Other columns, by their shares of the room."""
        self._widths = widths
        self.fit()

    def fit(self) -> None:
        """Columns by their shares of the room, rows by the size of type."""
        room = self.viewport().width()
        whole = sum(self._widths)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, int(room * width / whole))
        self.verticalHeader().setDefaultSectionSize(em(1.875))
        self.horizontalHeader().setFixedHeight(em(2))
        self.horizontalHeader().setMinimumSectionSize(em(1))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's stubs name the event
        self.fit()


class Months(QAbstractTableModel):
    """Villages down, months across, the year's meetings last."""

    def __init__(self) -> None:
        super().__init__()
        self.orgs: list[tuple[str, str]] = []
        self._cells: dict[tuple[str, int], Month] = {}
        self.year, self._today = 2026, date(2026, 1, 1)

    def show_year(self, orgs: dict[str, str], cells: dict[tuple[str, int], Month], year: int, today: date) -> None:
        """Another year."""
        self.beginResetModel()
        self.orgs, self._cells, self.year, self._today = list(orgs.items()), cells, year, today
        self.endResetModel()

    def state(self, row: int, month: int) -> str:
        """How a village stands; before its first meeting of the year nothing is missing."""
        org = self.orgs[row][0]
        first = min((m for o, m in self._cells if o == org), default=13)
        state = self._cells.get((org, month), Month()).state(self.year, month, self._today)
        if state == "missing" and month < first:
            return "ahead" if first < 13 else "due"
        return state

    def held(self, row: int) -> int:
        """How many meetings a village held in the year."""
        return sum(m.held for (org, _), m in self._cells.items() if org == self.orgs[row][0])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.orgs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else 14

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        name = self.orgs[row][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.LEFT if column == 0 else paint.RIGHT if column == 13 else paint.CENTER
        if column in (0, 13):
            words = name if column == 0 else str(self.held(row))
            return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        mark = MARKS[self.state(row, column)]
        if role == Qt.ItemDataRole.UserRole:
            return mark
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{name}{column}月：{mark.word or '还没到'}"
        return mark.char if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return "村" if section == 0 else "全年" if section == 13 else f"{section}月"
        return None


class Sums(QAbstractTableModel):
    """Rows of words and numbers, as the roll-up gives them."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads, self._rows = heads, list[Sequence[str | int]]()

    def show_rows(self, rows: Sequence[Sequence[str | int]]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.RIGHT if isinstance(value, int) else paint.LEFT
        return str(value) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.LEFT if section < 2 else paint.RIGHT
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None


class Cells(QStyledItemDelegate):
    """A mark on its ground, or words; the current cell has a frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, box, state = theme(), QRect(option.rect), option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        inner = box.adjusted(em(0.1875), em(0.125), -em(0.1875), -em(0.125))
        mark = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(mark, Mark):
            if mark.ground or mark.dashed:
                ground = t.tone(mark.ground) if mark.ground else None
                edge = t.tone(mark.ink) if mark.dashed or t.edge > 1 else None
                paint.rounded(painter, inner, ground, edge, radius=0.1875, width=t.edge, dashed=mark.dashed)
            if mark.char == "✓":
                paint.put_icon(painter, "check", t.tone(mark.ink), inner, em())
            else:
                weight = 600 if mark.ground or mark.dashed else 400
                paint.text(painter, inner, mark.char, t.tone(mark.ink), face("small", weight=weight), paint.CENTER)
        else:
            align = index.data(Qt.ItemDataRole.TextAlignmentRole) or paint.LEFT
            room = box.adjusted(em(0.5), 0, -em(0.5), 0)
            paint.text(painter, room, str(index.data() or ""), t.ink, face(weight=600 if current else 400), align)
        if current:
            paint.rounded(painter, box.adjusted(1, 1, -1, -1), None, t.focus, radius=0.25, width=2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(3), em(1.875))
