"""The bin: records that were struck, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions import listing, records
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.words import Words
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.screens.side import Side
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Record
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed
from villagedesk.store import queries
from villagedesk.store.queries import Kept, Wanted

MOST = 500
"""Records of one kind shown at the most."""


class Bin(Screen):
    """Struck records of every kind this person writes.  Enter brings one back."""

    keys = (("Enter", "恢复"), "out")

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._struck: list[tuple[type[Record], Kept]] = []
        self.setWindowTitle("回收站")
        self.list = QListWidget()
        self.list.setAccessibleName("回收站")
        self.list.setItemDelegate(Row(self.list))
        self.side = Side(office, acts=False)
        self.why = Words("", "small", tone="ink2", wrap=True)
        self.back = Button("恢复", "Enter", filled=True, icon="undo-2", bound=False)
        self.stack, page = QStackedWidget(), QWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(Empty("trash-2", "回收站是空的。", more="作废的记录都在这里，随时可以恢复。"))
        right = QVBoxLayout()
        right.addWidget(self.why)
        right.addWidget(self.side, 1)
        right.addWidget(self.back)
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.list, 1)
        self._row.addLayout(right)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.stack)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self.revive)
        self.back.clicked.connect(self.revive)
        bus.changed.connect(self._changed)
        changed.connect(self._space)
        self._space()
        self.reload()

    def heading(self) -> Heading:
        return Heading("回收站", back=True)

    def reload(self) -> None:
        """Read what is struck now."""
        by, own = self._office.by, self._office.desk.me.org
        wanted = Wanted(struck=True, org=own)
        with self._office.desk.reading() as session:
            self._struck = [
                (cls, kept)
                for cls in KINDS.values()
                if by.may(Deed.WRITE, cls.kind) and not cls.kind.made
                for kept in queries.listed(session, by, cls, limit=MOST, wanted=wanted)
            ]
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        self.list.addItems([f"{cls.kind.name}　{kept.record.title}" for cls, kept in self._struck])
        self.stack.setCurrentIndex(0 if self._struck else 1)
        self.list.setCurrentRow(min(row, len(self._struck) - 1))
        self._show(self.list.currentRow())

    def revive(self) -> None:
        """Bring the selected record back."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._struck):
            return
        cls, kept = self._struck[row]
        if self.attempt(lambda: records.revive(self._office, cls, kept.id, reason="从回收站恢复")):
            self.say(f"“{kept.record.title}”已恢复。")

    def _show(self, row: int) -> None:
        chosen = self._struck[row] if 0 <= row < len(self._struck) else None
        self.side.show_kept(chosen[1] if chosen else None)
        self.back.setVisible(chosen is not None)
        self.why.setText(self._reason(*chosen) if chosen else "")

    def _reason(self, cls: type[Record], kept: Kept) -> str:
        with self._office.desk.reading() as session:
            past = listing.history(session, self._office.by, cls, kept)
        last = next((v for v in reversed(past) if v["op"] == "del"), None)
        return f"{last['at']}  {last['by']}作废：{last['reason']}" if last else ""

    def _changed(self, done: Changed) -> None:
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.revive()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        self._whole.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._row.setSpacing(em(1))
        self.side.setFixedWidth(em(21.5))
