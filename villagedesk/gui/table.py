"""The list of any kind: pages read as they are shown, whatever the number of records."""

from collections import OrderedDict
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from villagedesk.actions.office import Office
from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kind import Asked, Record, Shape, fields, shown
from villagedesk.records.public import masked
from villagedesk.store import queries
from villagedesk.store.queries import Kept, Wanted
from villagedesk.store.tables import leading

Index = QModelIndex | QPersistentModelIndex
PAGE, PAGES = 200, 20
"""Rows read at a time, and pages kept."""
COLUMNS = 6
"""Fields at the most; the rest stand in the side panel."""
TITLE, STATE = 13.0, 6.5
"""em of the column that names the record, at the least, and of its state."""
_WEEK = "一二三四五六日"
_RIGHT = (Shape.NUMBER, Shape.MONEY)


class Listing(QAbstractTableModel):
    """The records of one kind that are wanted, newest first."""

    def __init__(self, office: Office, cls: type[Record]) -> None:
        super().__init__()
        self._office, self.cls = office, cls
        self._pages: OrderedDict[int, list[Kept]] = OrderedDict()
        self._count = 0
        self.wanted = Wanted()
        listed = [a for a in fields(cls) if a.ask.listed]
        lead = [a for a in listed if a.name == leading(cls)]  # what the list is ordered by stands first
        with office.desk.reading() as session:
            self.orgs = queries.org_names(session) if office.by.level != "village" else {}
        self.tail = ["单位", "状态"] if self.orgs else ["状态"]
        self.columns: list[Asked] = (lead + [a for a in listed if a not in lead and a.name != cls.kind.number])[
            :COLUMNS
        ]

    def show_wanted(self, wanted: Wanted) -> None:
        """Read anew, with these limits."""
        self.beginResetModel()
        self.wanted = wanted
        self._pages.clear()
        with self._office.desk.reading() as session:
            self._count = queries.counted(session, self._office.by, self.cls, wanted)
        self.endResetModel()

    def kept(self, row: int) -> Kept | None:
        """The record of a row."""
        page = self._page(row // PAGE) if 0 <= row < self._count else []
        return page[row % PAGE] if row % PAGE < len(page) else None

    def row_of(self, identifier: str) -> int:
        """The row of a record among the pages read; -1 when it is on none of them."""
        for number, page in self._pages.items():
            for at, kept in enumerate(page):
                if kept.id == identifier:
                    return number * PAGE + at
        return -1

    def _page(self, number: int) -> list[Kept]:
        if number not in self._pages:
            with self._office.desk.reading() as session:
                self._pages[number] = list(
                    queries.listed(
                        session, self._office.by, self.cls, limit=PAGE, offset=number * PAGE, wanted=self.wanted
                    )
                )
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.columns) + len(self.tail)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ToolTipRole):
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = column < len(self.columns) and self.columns[column].shape in _RIGHT
            return paint.RIGHT if right else paint.LEFT
        kept = self.kept(index.row())
        if kept is None:
            return ""
        if column < len(self.columns):
            return in_row(self.columns[column], getattr(kept.record, self.columns[column].name))
        return kept.state if self.tail[column - len(self.columns)] == "状态" else self.orgs.get(kept.org, kept.org)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section < len(self.columns) and self.columns[section].shape in _RIGHT
            return paint.RIGHT if right else paint.LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return [*(a.label for a in self.columns), *self.tail][section]
        return None


def in_row(asked: Asked, value: Any) -> str:
    """A value as it stands in a row: days short, lists by their names, personal numbers masked."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d} {_WEEK[value.weekday()]} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d} {_WEEK[value.weekday()]}"
    if isinstance(value, list):
        return "、".join(getattr(v, "name", "") or shown(v) for v in value)
    return masked(asked.ask.personal if asked.ask.personal > 1 else 0, value)


class Rows(QTableView):
    """A list as it is looked through: one row at a time, two weights on one line; its last `stay` columns are never hidden."""

    def __init__(self, model: QAbstractTableModel, name: str, *, quiet: int = -1, stay: int = 0) -> None:
        super().__init__()
        self._stay = stay
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(Row(self, quiet=quiet))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        changed.connect(self.fit)

    def widths(self) -> tuple[list[float], int]:
        """How many em each column takes, and which one takes what is left."""
        return [TITLE] * self.model().columnCount(), 0

    def fit(self) -> None:
        """Rows and columns by the size of type; what does not fit is hidden, from the right."""
        widths, wide = self.widths()
        self.verticalHeader().setDefaultSectionSize(em(2.375))
        self.horizontalHeader().setFixedHeight(em(2))
        room = self.viewport().width() / em()
        for column in range(len(widths) - 1 - self._stay, -1, -1):
            self.setColumnHidden(column, column != wide and sum(widths) > room)
            if self.isColumnHidden(column):
                widths[column] = 0
        widths[wide] += max(0.0, room - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, em(width))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.fit()


class Table(Rows):
    """The records of a kind, its columns as wide as what they hold."""

    def __init__(self, model: Listing, name: str) -> None:
        super().__init__(model, name, quiet=model.columnCount() - 1, stay=len(model.tail))
        self._model = model
        self.fit()

    def widths(self) -> tuple[list[float], int]:
        """The column that names the record takes what is left; what is hidden stands in the side panel."""
        columns = self._model.columns
        names = [asked.name for asked in columns]
        wide = names.index(self._model.cls.kind.title) if self._model.cls.kind.title in names else 0
        own = [TITLE if i == wide else _width(asked) for i, asked in enumerate(columns)]
        return own + [STATE] * len(self._model.tail), wide


def _width(asked: Asked) -> float:
    if asked.shape is Shape.DATE:
        return 8.5
    if asked.shape is Shape.MOMENT:
        return 11
    if asked.shape in _RIGHT:
        return max(4, len(asked.label) + 1)
    if asked.options:
        return min(10, max(len(o.label) for o in asked.options) + 1.5)
    if asked.shape is Shape.REF:
        return 6.5
    return 6.5 if 0 < asked.most <= 40 else 11


class Row(QStyledItemDelegate):
    """A row in two weights on one line; the current one is tinted, marked at its left edge, and heavier.

    `quiet` is a column in small print.
    """

    def __init__(self, parent: QWidget, *, quiet: int = -1) -> None:
        super().__init__(parent)
        self._quiet = quiet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            painter.fillRect(box, t.sel)
            if index.column() == 0:
                painter.fillRect(QRect(box.left(), box.top(), em(0.1875), box.height()), t.acc)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, t.paper2)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())
        quiet = index.column() == self._quiet
        font = face("small" if quiet else "body", weight=600 if current and not quiet else 400)
        room = box.adjusted(em(0.625), 0, -em(0.375), 0)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or paint.LEFT
        paint.text(painter, room, str(index.data() or ""), t.ink2 if quiet else t.ink, font, align)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(4), em(2.375))
