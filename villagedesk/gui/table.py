"""The list of any kind: pages read as they are shown, whatever the number of records."""

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
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
from villagedesk.actions.standing import Standings, standings
from villagedesk.gui import paint
from villagedesk.gui.aside import Aside
from villagedesk.gui.columns import TITLE, Cell, Column, columns, widths
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kind import Record
from villagedesk.store import queries
from villagedesk.store.queries import Kept, Wanted

Index = QModelIndex | QPersistentModelIndex
PAGE, PAGES = 50, 80
"""Rows read at a time, and pages kept."""
SURE, LATER = 10_000, 100
"""Rows counted before a list is shown; milliseconds after which more than those are counted aside."""
DRAW = Qt.ItemDataRole.UserRole + 1
"""The role of what is painted instead of words."""


class Listing(QAbstractTableModel):
    """The records of one kind that are wanted, newest first.  Signals: `whole` it is known how many there are.

    Attributes: `wanted` which; `cut` the words stand in more records than were looked at.
    """

    whole = Signal()

    def __init__(self, office: Office, cls: type[Record]) -> None:
        super().__init__()
        self._office, self.cls = office, cls
        self._pages: OrderedDict[int, list[Kept]] = OrderedDict()
        self._count = 0
        self._aside = Aside(office)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._count_all)
        self.wanted = Wanted()
        self.cut = False
        self._standings: Standings | None = None
        with office.desk.reading() as session:
            self.orgs = queries.org_names(session) if office.by.level != "village" else {}
        self.columns: list[Column] = columns(cls, self.orgs, self.standings)

    def show_wanted(self, wanted: Wanted) -> None:
        """Read anew, with these limits: a great many are counted when the first of them are seen."""
        self.rest()
        self.beginResetModel()
        self.wanted = wanted
        self._standings = None
        self._pages.clear()
        with self._office.desk.reading() as session:
            self._count = queries.counted(session, self._office.by, self.cls, wanted, most=SURE + 1)
            self.cut = bool(wanted.words) and queries.too_many(session, self._office.by, self.cls, wanted.words)
        self.endResetModel()
        if self._count > SURE:
            self._later.start()

    @property
    def counted(self) -> bool:
        """Whether it is known how many there are."""
        return not (self._later.isActive() or self._aside.busy)

    def rest(self) -> bool:
        """Count no further; whether there was something to count."""
        counting = not self.counted
        self._later.stop()
        self._aside.stop()
        return counting

    def _count_all(self) -> None:
        self._aside.ask(lambda session: queries.counted(session, self._office.by, self.cls, self.wanted), self._counted)

    def _counted(self, count: int) -> None:
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        self.whole.emit()

    def kept(self, row: int) -> Kept | None:
        """The record of a row."""
        page = self._page(row // PAGE) if 0 <= row < self._count else []
        return page[row % PAGE] if row % PAGE < len(page) else None

    def standings(self) -> Standings:
        """How records stand, as it was when the list was last read."""
        if self._standings is None:
            with self._office.desk.reading() as session:
                self._standings = standings(session, self._office)
        return self._standings

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
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.RIGHT if column.right else paint.LEFT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, DRAW):
            return None
        kept = self.kept(index.row())
        cell = column.cell(kept) if kept is not None else Cell("")
        return cell.draw if role == DRAW else cell.words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return paint.RIGHT if self.columns[section].right else paint.LEFT
        return self.columns[section].head if role == Qt.ItemDataRole.DisplayRole else None


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
    """The records of a kind, its columns as wide as what they hold; what is hidden stands in the side panel."""

    def __init__(self, model: Listing, name: str) -> None:
        super().__init__(model, name, stay=sum(column.stays for column in model.columns))
        self._model = model
        self.fit()

    def widths(self) -> tuple[list[float], int]:
        return widths(self._model.columns)


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
        current = paint.row(painter, box, state, marked=index.column() == 0)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())
        quiet = index.column() == self._quiet
        font = face("small" if quiet else "body", weight=600 if current and not quiet else 400)
        room = box.adjusted(em(0.625), 0, -em(0.375), 0)
        draw = index.data(DRAW)
        if draw is not None:
            painter.setFont(font)
            draw(painter, room)
            return
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or paint.LEFT
        paint.text(painter, room, str(index.data() or ""), t.ink2 if quiet else t.ink, font, align)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(4), em(2.375))
