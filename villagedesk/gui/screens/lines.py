"""Records as single lines: the tile of the kind, what of it, its title; each opens its record."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from villagedesk.store.overview import Line

TILES = {"meeting": "会", "resolution": "会", "case": "调", "case_summary": "调", "village_rule": "约", "award": "誉", "person": "户",
         "household": "户", "group": "户"}  # fmt: skip
"""Kind → its character; what is in no list is public business."""


class Lines(QListWidget):
    """Records, one a line; Enter or a double click opens one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    @property
    def current(self) -> Line | None:
        """The record of the current line."""
        line = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return line if isinstance(line, Line) else None

    def show_lines(self, lines: Sequence[tuple[Line, str, str]], none: str) -> None:
        """(record, what of it, tone); or a sentence when there is none."""
        self.clear()
        for line, what, tone in lines:
            item = QListWidgetItem(f"{TILES.get(line.kind, '公')}　{what}　{line.title}")
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setToolTip(item.text())
            if tone:
                font = item.font()
                font.setWeight(font.Weight.DemiBold)
                item.setFont(font)
            self.addItem(item)
        if not lines and none:
            item = QListWidgetItem(none)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
