"""The frame of the desk: rail, header, what is worked on, and the keys; it loads nothing but Qt."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.gui.parts.ground import Ground
from villagedesk.gui.parts.header import Header, Heading, SaveMark, Search
from villagedesk.gui.parts.notes import Notes
from villagedesk.gui.parts.rail import Item, Rail
from villagedesk.gui.parts.seal import seal_icon
from villagedesk.gui.parts.strip import KeyStrip
from villagedesk.gui.theme import changed, em

__all__ = ["Header", "Heading", "Item", "KeyStrip", "Rail", "SaveMark", "Search", "Shell"]

NARROW = 60  # em; below it one panel at a time, and the rail folds


class Shell(QMainWindow):
    """A window with a place in it. Signals: `narrowed` when it becomes narrow, or wide again."""

    narrowed = Signal(bool)

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self.rail = Rail(items)
        self.header = Header()
        self.notes = Notes()
        self.strip = KeyStrip()
        self.stack = QStackedWidget()
        self.narrow = False
        self.setWindowIcon(seal_icon())

        right = QVBoxLayout()
        right.addWidget(self.header)
        right.addWidget(self.notes)
        right.addWidget(Ground(self.stack), 1)
        right.addWidget(self.strip)
        central = QWidget()
        row = QHBoxLayout(central)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        for layout in (right, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(central)
        self.resize(em(85), em(43.5))
        self._fit()
        changed.connect(self._fit)

    def show_place(
        self, place: QWidget, heading: Heading | None = None, keys: Sequence[str | tuple[str, str]] = ()
    ) -> None:
        """Put a place on the desk; one that was shown before keeps what it had."""
        if self.stack.indexOf(place) < 0:
            self.stack.addWidget(place)
        self.header.show_heading(heading or Heading(place.windowTitle()))
        self.strip.count(0)
        self.strip.show_keys(keys)
        self.stack.setCurrentWidget(place)  # last: what it says when it is shown holds

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumSize(em(24), em(16))  # else what stands in the header when it is wide keeps it from being narrow
        narrow = self.width() < em(NARROW)
        if narrow != self.narrow:
            self.narrow = narrow
            self.rail.fold(narrow)
            self.header.fit(narrow)
            self.narrowed.emit(narrow)
