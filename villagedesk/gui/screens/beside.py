"""A form with something at its side that goes along with what is typed: advice, or how it will look to others."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.gui.form import Form
from villagedesk.gui.theme import em
from villagedesk.records.kind import Record

NARROW = 60
"""em; below it what stands at the side stands above the fields, or below them."""


class Beside(Form):
    """`side` is what stands there, `tell` says it anew after every key; `first` whether it stands above where there is no side."""

    side: QWidget
    first = True

    def lay_out(self, cls: type[Record]) -> None:
        super().lay_out(cls)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101 -- made just now
        whole.removeWidget(self._area)
        self._row, self._side_column = QHBoxLayout(), QVBoxLayout()
        whole.addLayout(self._row)
        self._row.addWidget(self._area, 1)
        self._row.addLayout(self._side_column)
        self.side = self.make_side()
        self._side_column.addWidget(self.side)
        self._side_column.addStretch()
        for group in self.groups:
            group.typed.connect(lambda _: self.tell(self.values()))

    def make_side(self) -> QWidget:
        """What stands at the side."""
        raise NotImplementedError

    def tell(self, values: Mapping[str, Any]) -> None:
        """Say what is to be said of these values, as typed."""
        raise NotImplementedError

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values)
        self.tell(self.values())

    def restore(self, typed: Mapping[str, Any], place: str = "", caret: int = -1) -> None:
        super().restore(typed, place, caret)
        self.tell(self.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seat_side()

    def _seat_side(self) -> None:
        narrow = self.width() < em(NARROW)
        self._side_column.removeWidget(self.side)
        self._column.removeWidget(self.side)
        if narrow:
            self._column.insertWidget(0 if self.first else self._column.count() - 1, self.side)
        else:
            self._side_column.insertWidget(0, self.side)
        self.side.setMinimumWidth(0 if narrow else em(21.5))
        self.side.setMaximumWidth(em(200) if narrow else em(21.5))
        self._side_column.setContentsMargins(0, em(0.75), 0 if narrow else em(1.25), 0)

    def dress(self) -> None:
        super().dress()
        self._row.setSpacing(0)
        self._seat_side()
