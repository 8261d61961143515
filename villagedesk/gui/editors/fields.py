"""Fields side by side: the editors of a group or of a line, each with its label, as wide as its answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.roll import editor_for, few, long
from villagedesk.gui.parts.field import Field
from villagedesk.gui.register import Register
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Asked, Shape

COLUMNS = 12
_SPANS = {
    Shape.NUMBER: 2, Shape.MONEY: 3, Shape.DATE: 3, Shape.MOMENT: 4, Shape.YES: 2, Shape.CHOICE: 4, Shape.TICKS: 12, Shape.REF: 4,
    Shape.PROSE: 12, Shape.LINES: 12, Shape.FILES: 12,
}  # fmt: skip


class Fields(QWidget):
    """Some fields in the order they are asked.

    Signals: `typed` the name of the field a person changed.
    """

    typed = Signal(str)

    def __init__(self, asked: Sequence[Asked], register: Register, made: Mapping[str, Editor] | None = None) -> None:
        super().__init__()
        self._asked = {one.name: one for one in asked}
        made = made or {}
        self.editors = {one.name: made.get(one.name) or editor_for(one, register) for one in asked}
        self.fields: dict[str, Field] = {}
        self._room = (0, False)
        self._only: frozenset[str] | None = None
        self._grid = QGridLayout(self)
        for name, editor in self.editors.items():
            one = self._asked[name]
            note = "必填" if one.required else ""
            self.fields[name] = Field(one.label, editor.widget, hint=one.ask.hint, note=note)
            editor.typed.connect(lambda name=name: self.typed.emit(name))
        changed.connect(self._arrange)
        self._arrange()

    def show_only(self, names: Iterable[str] | None) -> None:
        """Show some of the fields; None shows all.  What is hidden keeps its value."""
        only = None if names is None else frozenset(names)
        if only != self._only:
            self._only = only
            for name, field in self.fields.items():
                field.setVisible(self.shows(name))
            self._arrange()

    def shows(self, name: str) -> bool:
        """Whether a field is among those that are shown."""
        return self._only is None or name in self._only

    def values(self) -> dict[str, Any]:
        """Every value as typed."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show values; what is not named is emptied."""
        for name, editor in self.editors.items():
            editor.fill(values.get(name))

    def settle(self) -> None:
        for editor in self.editors.values():
            editor.settle()

    def freeze(self, frozen: bool) -> None:
        for editor in self.editors.values():
            editor.freeze(frozen)

    def point_out(self, problems: Sequence[Problem]) -> None:
        """Say under each field what is wrong with it, the worst first; those without a problem are cleared."""
        for name, editor in self.editors.items():
            own = [
                Problem(p.field.partition(".")[2], p.text, p.warn)
                for p in problems
                if p.field.partition(".")[0] == name
            ]
            own.sort(key=lambda p: p.warn)
            editor.point_out(own)
            self.fields[name].say(self._told(name, own[0]) if own else None, warn=bool(own) and own[0].warn)

    def _told(self, name: str, problem: Problem) -> str:
        row = problem.field.partition(".")[0]
        return f"第{int(row) + 1}行：{problem.text}" if row.isdigit() else problem.text

    def inside(self, widget: QWidget | None) -> str:
        """The name of the field a widget belongs to; "" when it is none of these."""
        return next(
            (n for n, e in self.editors.items() if widget and (e.widget is widget or e.widget.isAncestorOf(widget))), ""
        )

    def where(self, widget: QWidget | None) -> tuple[str, int]:
        """The dotted place of the cursor, and the character."""
        name = self.inside(widget)
        if not name:
            return "", 0
        place, caret = self.editors[name].where()
        return f"{name}.{place}" if place else name, caret

    def go(self, place: str, caret: int = -1) -> bool:
        """Put the cursor at a place; False when it is none of these."""
        name, _, rest = place.partition(".")
        if name not in self.editors:
            return False
        self.editors[name].go(rest, caret)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.breadth(), self.width() >= em(36)) != self._room:
            self._arrange()

    def breadth(self) -> int:
        """How many times wider than drawn a field is: a narrow place holds fewer side by side."""
        width = self.width() / em()
        return 1 if width >= 52 else 2 if width >= 26 else COLUMNS

    def _arrange(self) -> None:
        """Put the fields in rows, each as wide as its answer."""
        self._room = breadth, roomy = self.breadth(), self.width() >= em(36)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(em(0.75))
        self._grid.setVerticalSpacing(em(0.75))
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 0)
        row, column = 0, 0
        for name, field in self.fields.items():
            if not self.shows(name):
                self._grid.removeWidget(field)
                continue
            span = min(COLUMNS, _span(self._asked[name]) * breadth)
            if span == 8 and roomy:
                span = 6  # two side by side
            if column + span > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, span)
            column += span


def _span(asked: Asked) -> int:
    if long(asked):
        return COLUMNS
    if asked.shape is Shape.CHOICE and few(asked):
        return max(3, -(-sum(len(o.label) + 3 for o in asked.options) // 5))
    if asked.shape in _SPANS:
        return _SPANS[asked.shape]
    return 3 if 0 < asked.most <= 30 else 4 if asked.most <= 60 else 6
