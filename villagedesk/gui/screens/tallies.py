"""How much of each kind travels: its tile, its name, how many, and what of it goes without its content."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions.parcels import Parcel
from villagedesk.gui import paint
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.tile import Tile, character
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS


class Tallies(QWidget):
    """One line a kind, in the order of the roll."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        changed.connect(self._space)
        self._space()

    def show_parcels(self, parcels: Sequence[Parcel]) -> None:
        """What these hold together."""
        emptied(self._column)
        records: Counter[str] = sum((p.records for p in parcels), Counter())
        withheld: Counter[str] = sum((p.withheld for p in parcels), Counter())
        for key in sorted(records, key=lambda k: list(KINDS).index(k) if k in KINDS else len(KINDS)):
            cls = KINDS.get(key)
            summed = withheld[key] and cls is not None and cls.kind.withheld == "s"
            said = "只带统计数" if summed else "只留在本机" if withheld[key] == records[key] else ""
            self._column.addWidget(_Line(key, cls.kind.name if cls else key, f"{records[key]}件", said))
        if not records:
            self._column.addWidget(Words("没有新的要带。", tone="ink2"))
        self._column.addStretch()

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)


class _Line(QWidget):
    def __init__(self, key: str, name: str, count: str, said: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.addWidget(Tile(character(key)))
        self._row.addWidget(Words(name))
        self._row.addWidget(Words(seamed(said), "small", tone="ink2"), 1)
        self._row.addWidget(Words(count, weight=600))
        self.setAccessibleName(f"{name}{count}{said}")
        changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        self._row.setContentsMargins(em(0.125), em(0.4375), em(0.25), em(0.4375))
        self._row.setSpacing(em(0.625))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.hairline(QPainter(self), self.rect().bottomLeft(), self.rect().bottomRight())
