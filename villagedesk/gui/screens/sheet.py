"""Pasted rows as they will be taken: the field of each column above it, what becomes of each row, what is wrong in which cell."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from villagedesk.actions.headings import FIELDS
from villagedesk.actions.meant import bare
from villagedesk.actions.paste import Plan
from villagedesk.actions.sheet import Row, State
from villagedesk.base.errors import Problem
from villagedesk.gui import paint
from villagedesk.gui.parts.boxes import Box
from villagedesk.gui.table import Rows
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kind import fields, shown
from villagedesk.records.kinds.people.people import Household, Person
from villagedesk.records.public import masked

Index = QModelIndex | QPersistentModelIndex
NUMBER, STATE, FIRST = 0, 1, 2
"""The columns before those of the sheet."""
_OWN_WIDTHS = (2.75, 6.25)
_WIDTHS = {"id_number": 11.25, "phone": 7.75, "group": 9.0, "address": 11.25, "remark": 11.25}
"""em; of the other columns, what their field's label needs."""
_PERSONAL = {a.name: a.ask.personal for cls in (Household, Person) for a in fields(cls)}
CHIPS = {
    State.NEW: ("good", "plus"),
    State.KNOWN: ("plain", "check"),
    State.BAD: ("bad", "circle-alert"),
    State.HELD: ("warn", "clock"),
}
TO_MEND = (State.NEW, State.BAD)
"""States in which a remark asks for something; a row that waits for another, or is there already, needs nothing itself."""


class Sheet(QAbstractTableModel):
    """The rows of a plan, or those of some states."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: Sequence[str] = ()
        self.fields: Sequence[str] = ()
        self.rows: list[Row] = []
        self.groups: dict[str, tuple[str, str]] = {}
        self.revealed = False

    def show_plan(self, plan: Plan, headings: Sequence[str], chosen: Sequence[str], states: Sequence[State]) -> None:
        """Another plan, or other rows of it."""
        self.beginResetModel()
        self.headings, self.fields = headings, chosen
        self.rows = [row for row in plan.rows if row.state in states]
        self.groups = plan.known_groups
        self.endResetModel()

    def reveal(self, revealed: bool) -> None:
        """Show numbers in full, or masked."""
        self.beginResetModel()
        self.revealed = revealed
        self.endResetModel()

    def problems(self, row: int, column: int) -> list[Problem]:
        """What is said of a cell; what belongs to no column of the sheet stands at the state."""
        found = self.rows[row].problems
        if column == STATE:
            return [p for p in found if p.field not in self.fields]
        name = self.fields[column - FIRST] if column >= FIRST else ""
        return [p for p in found if name and p.field == name]

    def places(self) -> list[tuple[int, int]]:
        """Every cell of which something is to be mended or looked at, in order."""
        columns = range(STATE, FIRST + len(self.fields))
        return [
            (at, column)
            for at, row in enumerate(self.rows)
            if row.problems and row.state in TO_MEND
            for column in columns
            if self.problems(at, column)
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else FIRST + len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("行", "情况")[section] if section < FIRST else " ".join(self.headings[section - FIRST].split())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [problem.text for problem in self.problems(index.row(), index.column())]
            return "\n".join([str(self.data(index)), *said]).strip() or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        if index.column() == NUMBER:
            return str(row.at + 1)
        if index.column() == STATE:
            return str(row.state)
        name = self.fields[index.column() - FIRST]
        text = " ".join(bare(row.cells[index.column() - FIRST]).split())
        if not text and self.filled(index.row(), index.column()):
            text = shown(row.values[name])
        group = self.groups.get(row.values.get(name, ""), ("", ""))[1] if name == "group" else ""
        if group not in ("", text):
            text = f"{text}（{group}）"
        hidden = not self.revealed and _PERSONAL.get(name) == 2 and not self.problems(index.row(), index.column())
        return masked(2, text) if hidden else text

    def filled(self, row: int, column: int) -> bool:
        """Whether an empty cell has the words of the row above: it was merged with it."""
        name = self.fields[column - FIRST]
        return bool(self.rows[row].values.get(name)) and not bare(self.rows[row].cells[column - FIRST])


class _Cell(QStyledItemDelegate):
    """A cell; the tint and the edge say that something is wrong with it, the state has its shape and word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, model = theme(), index.model()
        assert isinstance(model, Sheet)  # noqa: S101 -- it draws no other list
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        paint.row(painter, box, state, marked=index.column() == 0)
        row, text = model.rows[index.row()], str(index.data() or "")
        said = model.problems(index.row(), index.column())
        room = box.adjusted(em(0.5), 0, -em(0.25), 0)
        if index.column() == STATE:
            tone, icon = CHIPS[row.state]
            if row.state is State.NEW and row.problems:
                tone, icon = "warn", "triangle-alert"
            paint.chip(painter, room, text, tone, icon)
        else:
            if said and row.state in TO_MEND:
                tone = "warn" if all(problem.warn for problem in said) else "bad"
                mark = box.adjusted(2, 3, -2, -3)
                paint.rounded(painter, mark, t.tone(f"{tone}t"), t.tone(tone), width=2)
            small = index.column() == NUMBER
            quiet = small or row.state is State.KNOWN or model.filled(index.row(), index.column())
            paint.text(painter, room, text, t.ink2 if quiet else t.ink, face("small" if small else "body"))
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(4), em(2.375))


class Heads(QHeaderView):
    """The sheet's own headings, and below each what its column is taken for.  Signals: `chosen` a column and a field."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.boxes: list[Box] = []
        self.sectionResized.connect(lambda *_: self.arrange())

    def show_fields(self, headings: Sequence[str], chosen: Sequence[str]) -> None:
        """A box for each column of the sheet, showing the field chosen for it."""
        while len(self.boxes) > len(chosen):
            box = self.boxes.pop()
            box.hide()
            box.deleteLater()
        while len(self.boxes) < len(chosen):
            self.boxes.append(self._box(len(self.boxes)))
        for box, heading, name in zip(self.boxes, headings, chosen, strict=True):
            box.setAccessibleName(f"“{heading}”这一列收成")
            box.setCurrentIndex(box.findData(name))
        self.arrange()

    def _box(self, column: int) -> Box:
        box = Box(self.viewport())
        box.addItem("不收", "")
        for name, label in FIELDS.items():
            box.addItem(label, name)
        box.setMaxVisibleItems(len(FIELDS) + 1)
        box.activated.connect(lambda _: self.chosen.emit(column, box.currentData()))
        box.show()
        return box

    def arrange(self) -> None:
        """Put each box into its column."""
        high = em(2.25)
        for column, box in enumerate(self.boxes, FIRST):
            left = self.sectionViewportPosition(column)
            box.setGeometry(
                left + em(0.125), self.height() - high - em(0.25), self.sectionSize(column) - em(0.25), high
            )

    def setOffset(self, offset: int) -> None:
        super().setOffset(offset)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 -- Qt's signature
        t = theme()
        painter.fillRect(rect, t.paper2)
        paint.hairline(painter, rect.bottomLeft(), rect.bottomRight())
        model = self.model()
        words = str(model.headerData(logicalIndex, self.orientation()) or "") if model is not None else ""
        line = QRect(rect.left() + em(0.5), rect.top() + em(0.25), rect.width() - em(0.625), em(1.5))
        paint.text(painter, line, words, t.ink2, face("small"))


class SheetTable(Rows):
    """The preview."""

    def __init__(self, model: Sheet) -> None:
        super().__init__(model, "粘贴的行")
        self._sheet = model
        self.heads = Heads(self)
        self.heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(self.heads)
        self.setItemDelegate(_Cell(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Every column keeps its width; the table is moved sideways."""
        self.verticalHeader().setDefaultSectionSize(em(2.375))
        self.horizontalHeader().setFixedHeight(em(4.25))
        own = [_WIDTHS.get(name, max(5.5, len(FIELDS.get(name, "不收")) + 3.25)) for name in self._sheet.fields]
        for column, width in enumerate((*_OWN_WIDTHS, *own)):
            self.setColumnWidth(column, em(width))

    def walk(self) -> None:
        """To the next cell of which something is said, round and round."""
        places = self._sheet.places()
        if places:
            here = (self.currentIndex().row(), self.currentIndex().column())
            row, column = next((place for place in places if place > here), places[0])
            index = self._sheet.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus()
