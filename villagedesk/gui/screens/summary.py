"""A record at a glance: what is filled in, as it is read, personal numbers masked."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Asked, Record, Shape, shown, told
from villagedesk.records.public import masked

LONG = 120
"""Characters of one value shown at the most."""


class Summary(QWidget):
    """Label and value, one below the other, without the title; the record's own words in the face of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._grid, self._rows = QGridLayout(self), 0
        self._grid.setColumnStretch(1, 1)
        self._space()
        changed.connect(self._space)

    def show_record(self, record: Record | None) -> None:
        """Another record, or none."""
        self._grid.setRowStretch(self._rows, 0)
        emptied(self._grid)
        asked = [a for a in told(type(record)) if a.name != record.kind.title] if record else []
        rows = [(a, text) for a in asked if (text := read(a, getattr(record, a.name)))]
        for row, (one, text) in enumerate(rows):
            label = Words(one.label, "small", tone="ink2", wrap=True)
            label.setFixedWidth(em(5.5))
            value = Words(seamed(text), song=one.shape in (Shape.PROSE, Shape.LINES), wrap=True)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self._rows = len(rows)
        self._grid.setRowStretch(self._rows, 1)

    def _space(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(em(0.75))
        self._grid.setVerticalSpacing(em(0.375))


def read(asked: Asked, value: object) -> str:
    """A value at a glance: lists by how many and who comes first."""
    if isinstance(value, list) and asked.part is not None:
        names = [getattr(v, "name", "") or getattr(v, "title", "") or shown(v) for v in value[:3]]
        more = f"等{len(value)}条" if len(value) > 3 else ""
        return "、".join(n[:20] for n in names) + more
    if asked.ask.personal == 2 and isinstance(value, date):
        return f"{value.year}年**月**日"
    text = masked(asked.ask.personal if asked.ask.personal == 2 else 0, value)
    return text if len(text) <= LONG else text[:LONG] + "……"


class Rolled(QScrollArea):
    """What may be longer than its place: it is rolled, and lies on whatever is below it."""

    def __init__(self, summary: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(summary)
        for ground in (summary, self.viewport()):
            ground.setAutoFillBackground(False)  # what it lies on shows through
