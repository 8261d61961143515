"""Lines of a list: all of them in a table, the current one in fields below it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from villagedesk.base.errors import Problem
from villagedesk.base.text import mask_number
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.register import Register
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em, theme
from villagedesk.records.kind import Asked, Part, Shape, fields, shown, told

Index = QModelIndex | QPersistentModelIndex
SHOWN = 5
"""Columns of the table at the most; everything stands in the fields below."""


class Lines(Editor, QWidget):
    """Insert adds a line, Alt+Delete takes one off, Alt+↑↓ moves it; Enter runs through its fields, and past the last field
    of the last line begins a new one; Enter on a line still empty leaves the list.
    """

    typed = Signal()
    columns: Sequence[str] = ()
    """The columns of the table, where they are others than the first few fields."""

    def __init__(self, part: type[Part], register: Register, label: str) -> None:
        super().__init__()
        self._part = part
        self._frozen = False
        self._before: dict[str, Any] = {}
        self._problems: list[Problem] = []
        asked = told(part)
        self._name = asked[0].name
        self._plumbing = [a for a in fields(part) if a.ask.plumbing]
        self._link = next((a for a in self._plumbing if a.ask.refers), None)
        self.model = _Model([a for a in asked if a.name in self.columns] or _columns(asked))
        self.table = _Table(label)
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._open(now.row()))
        self.panel = Fields([_linked(a, self._link) if a.name == self._name else a for a in asked], register)
        self.panel.typed.connect(self._note)
        self.buttons: list[Button] = []
        self._row = QHBoxLayout()
        for word, keys, deed in (
            ("加一行", "Insert", self.add), ("删去这行", "Alt+Delete", self.drop), ("上移", "Alt+↑", self.up), ("下移", "Alt+↓", self.down),
        ):  # fmt: skip
            button = Button(word, keys, kind="link", bound=False)
            button.clicked.connect(deed)
            self.buttons.append(button)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keys do the same, and Tab stays short
            self._row.addWidget(button)
        self._row.addStretch()
        self._both, self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self), QVBoxLayout()
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addLayout(self._column)
        self._both.addWidget(self.panel)
        self._column.addWidget(self.table)
        self._column.addLayout(self._row)
        changed.connect(self._dress)
        self._dress()

    # --- the promises of an editor ------------------------------------------------------------------

    def value(self) -> Any:
        return list(self.model.lines)

    def fill(self, raw: Any) -> None:
        row = self.row
        self._problems = []
        self.model.reset([one if isinstance(one, dict) else {self._part.short: one} for one in raw or ()])
        self._to(min(max(row, 0), len(self.model.lines) - 1))
        self._dress()

    def settle(self) -> None:
        self.panel.settle()

    def where(self) -> tuple[str, int]:
        if self.row < 0:
            return "", 0
        place, caret = self.panel.where(QApplication.focusWidget())
        return f"{self.row}.{place}" if place else str(self.row), caret

    def go(self, place: str = "", caret: int = -1) -> None:
        row, _, rest = place.partition(".")
        if row.isdigit():
            self._to(min(int(row), len(self.model.lines) - 1))
        if not (rest and self.row >= 0 and self.panel.go(rest, caret)):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        self.panel.freeze(frozen)
        self._dress()

    def point_out(self, problems: Sequence[Problem]) -> None:
        self._problems = list(problems)
        self.model.mark({int(p.field.partition(".")[0]): p.warn for p in reversed(problems) if p.field[:1].isdigit()})
        self._say()

    def step(self, forward: bool) -> bool:
        now = self.panel.inside(QApplication.focusWidget())
        names = [name for name in self.panel.editors if self.panel.shows(name)]
        if not now:
            return forward and self.row >= 0 and self.panel.go(names[0])
        if self.panel.editors[now].step(forward):
            return True
        at = names.index(now) + (1 if forward else -1)
        if at < 0:
            self.table.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        if forward and not self._typed_in(self.model.lines[self.row]) and not self._frozen:
            self.drop()
            return False
        if at == len(names):
            return self._on()
        return self.panel.go(names[at])

    # --- lines ----------------------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """The current line; -1 when there is none."""
        return self.table.currentIndex().row()

    def add(self) -> None:
        """A new line after the current one, ready to be typed in."""
        self.begin({}, next(iter(self.panel.editors)))

    def begin(self, line: dict[str, Any], field: str) -> None:
        """A new line after the current one with something in it, the cursor in a field."""
        if self._frozen:
            return
        at = self.row + 1
        self.model.put(at, line)
        self._to(at)
        self._changed()
        self.panel.go(field)

    def drop(self) -> None:
        """Take the current line off."""
        row = self.row
        if self._frozen or row < 0:
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.model.take(row)
        self._to(min(row, len(self.model.lines) - 1))
        self._changed()

    def up(self) -> None:
        """Move the current line up."""
        self._shift(-1)

    def down(self) -> None:
        """Move the current line down."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        row = self.row
        if self._frozen or row < 0 or not 0 <= row + by < len(self.model.lines):
            return
        self.model.put(row + by, self.model.take(row))
        self._to(row + by)
        self._changed()

    def _on(self) -> bool:
        """Past the last field: the next line, or a new one."""
        if self.row + 1 < len(self.model.lines):
            self._to(self.row + 1)
            return self.panel.go(next(iter(self.panel.editors)))
        if self._frozen:
            return False
        self.add()
        return True

    def _typed_in(self, line: Mapping[str, Any]) -> bool:
        return any(value not in ("", None, []) for name, value in line.items() if name in self.panel.editors)

    def _to(self, row: int) -> None:
        self.table.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        self._open(row)

    def _open(self, row: int) -> None:
        """Show a line in the fields."""
        line = self.model.lines[row] if 0 <= row < len(self.model.lines) else {}
        filled = {name: line.get(name) for name in self.panel.editors}
        if self._link is not None and line.get(self._link.name):
            filled[self._name] = {"id": line[self._link.name], "name": line.get(self._name, "")}
        self.panel.fill(filled)
        self._before = self.panel.values()
        self._say()
        self._dress()

    def _note(self, name: str) -> None:
        """Take what was typed into the line; the ids and codes of a line belong to its name and go with it."""
        line = dict(self.model.lines[self.row])
        value = self.panel.editors[name].value()
        if name == self._name and value != self._before[name]:
            line |= {a.name: "" for a in self._plumbing if line.get(a.name)}
            if isinstance(value, dict):
                line |= {self._link.name: value["id"]} if self._link else {}
                value = value["name"]
        line[name] = value
        self.model.change(self.row, line)
        self.typed.emit()

    def _changed(self) -> None:
        self._problems = []
        self.model.mark({})
        self._dress()
        self.typed.emit()

    def _say(self) -> None:
        here = [p for p in self._problems if p.field.partition(".")[0] == str(self.row)]
        self.panel.point_out([Problem(p.field.partition(".")[2], p.text, p.warn) for p in here])

    def _dress(self) -> None:
        count = len(self.model.lines)
        for button in self.buttons:
            button.setVisible(not self._frozen)
        for button in self.buttons[1:]:
            button.setEnabled(count > 0)
        self.panel.setVisible(count > 0)
        self.table.tell(count, self._frozen)
        for layout in (self._both, self._column):
            layout.setSpacing(em(0.375))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Insert:
                self.add()
            case Qt.Key.Key_Delete if alt or self.table.hasFocus():
                self.drop()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self._shift(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if control and self.row >= 0:
                row = self.row + (-1 if event.key() == Qt.Key.Key_Up else 1)
                name = self.panel.inside(QApplication.focusWidget())
                if 0 <= row < len(self.model.lines):
                    self._to(row)
                    self.panel.go(name)
            case _:
                super().keyPressEvent(event)


class _Table(QTableView):
    """The lines as a table that is read, not typed in."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._empty = ""
        self.setAccessibleName(label)
        self.setItemDelegate(Row(self))
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def tell(self, count: int, frozen: bool) -> None:
        """As high as its lines, up to eight; without any it says how to begin."""
        self._empty = "没有填。" if frozen else "还没有。按 Insert 加一行，按 Enter 过去。"
        self.verticalHeader().setDefaultSectionSize(em(2))
        self.horizontalHeader().setVisible(count > 0)
        self.verticalHeader().setVisible(count > 0)
        self.setFixedHeight(em(2) * (min(count, 8) + 1) + em(0.25))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(theme().ink3)
            room = self.viewport().rect().adjusted(em(0.625), 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._empty)


class _Model(QAbstractTableModel):
    """Raw lines as rows of words."""

    def __init__(self, columns: Sequence[Asked]) -> None:
        super().__init__()
        self._columns = columns
        self._marks: dict[int, bool] = {}
        self.lines: list[dict[str, Any]] = []

    def reset(self, lines: list[dict[str, Any]]) -> None:
        self.beginResetModel()
        self.lines, self._marks = lines, {}
        self.endResetModel()

    def put(self, row: int, line: dict[str, Any]) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self.lines.insert(row, line)
        self.endInsertRows()

    def take(self, row: int) -> dict[str, Any]:
        self.beginRemoveRows(QModelIndex(), row, row)
        line = self.lines.pop(row)
        self.endRemoveRows()
        return line

    def change(self, row: int, line: dict[str, Any]) -> None:
        self.lines[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def mark(self, marks: Mapping[int, bool]) -> None:
        """Rows with something wrong; True where it is only a warning."""
        self._marks = dict(marks)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(self.lines) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        asked = self._columns[index.column()]
        return seen(asked, self.lines[index.row()].get(asked.name)).replace("\n", " ")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            return self._columns[section].label if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{section + 1}{'' if section not in self._marks else '△' if self._marks[section] else '⊘'}"
        if role == Qt.ItemDataRole.ForegroundRole and section in self._marks:
            return theme().warn if self._marks[section] else theme().bad
        return None


def seen(asked: Asked, raw: Any) -> str:
    """A raw value as it reads in a table, personal numbers masked."""
    if isinstance(raw, bool):
        return shown(raw)
    if isinstance(raw, dict):
        return str(raw.get("name", ""))
    if isinstance(raw, list):
        return f"{len(raw)}条" if asked.part else "、".join(_label(asked, one) for one in raw)
    text = "" if raw is None else _label(asked, raw)
    return mask_number(text) if asked.ask.personal == 2 else text


def _label(asked: Asked, raw: Any) -> str:
    return next((o.label for o in asked.options if o.value == raw), str(raw))


def _columns(asked: Sequence[Asked]) -> list[Asked]:
    return [a for a in asked if a.ask.personal < 3][:SHOWN]


def _linked(asked: Asked, link: Asked | None) -> Asked:
    """The name of a line, asked as a reference where the line may point at a record."""
    if link is None:
        return asked
    return Asked(asked.name, link.ask.__class__(asked.label, refers=link.ask.refers), Shape.REF, asked.required)
