"""The records behind a number or a mark: each to be opened, accepted, or sent back with a remark."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from villagedesk.actions import listing, reviews
from villagedesk.actions.board import Key
from villagedesk.actions.office import Office
from villagedesk.base.errors import DeskError, NotValid
from villagedesk.gui.bus import bus
from villagedesk.gui.editors.line import Line
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.town import Review, Verdict
from villagedesk.records.rights import Deed
from villagedesk.store import queries
from villagedesk.store.queries import Kept

MOST = 200
"""Records listed at the most."""


class Behind(Card):
    """A list of records with the town's answer to the chosen one.

    Signals: `opened` the place of a record; `told` what has happened; `reviewed` an answer was written.
    """

    opened = Signal(object)
    told = Signal(str)
    reviewed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.shown: list[Kept] = []
        self.title = Words("", weight=600, wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("后面的记录")
        self.list.setItemDelegate(Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facts = Words("", "small", tone="ink2", wrap=True)
        self.remark = Line()
        self.field = Field("审阅意见", self.remark, hint="退回时要写，会随回执带到村里。")
        self.accept = Button("审核通过", icon="check")
        self.send = Button("退回村里", kind="bad", icon="undo-2")
        self.open = Button("打开", "Enter", kind="link", bound=False)
        self._answers = QHBoxLayout()
        for button in (self.accept, self.send):
            self._answers.addWidget(button)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.open)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.field)
        self.body.addLayout(self._answers)
        self.accept.clicked.connect(lambda: self.answer(Verdict.ACCEPT))
        self.send.clicked.connect(lambda: self.answer(Verdict.RETURN))
        self.open.clicked.connect(self.show_record)
        self.list.itemDoubleClicked.connect(lambda _: self.show_record())
        self.list.currentRowChanged.connect(self._choose)
        changed.connect(self._part)
        self._part()

    def show_keys(self, title: str, keys: Sequence[Key]) -> None:
        """Other records; what this person may not read is left out."""
        at = self.list.currentRow()
        self.title.setText(seamed(f"{title}，{len(keys)}件"))
        wanted = dict.fromkeys(keys[:MOST])
        with self._office.desk.reading() as session:
            found = {
                (kind, k.org, k.id): k
                for kind in dict.fromkeys(k[0] for k in wanted)
                if self._office.by.may(Deed.READ, KINDS[kind].kind)
                for k in queries.some(session, self._office.by, KINDS[kind], [i for n, _, i in wanted if n == kind])
            }
            orgs = queries.org_names(session)
        self.shown = [found[key] for key in wanted if key in found]
        self.list.clear()
        several = len({k.org for k in self.shown}) > 1
        for kept in self.shown:
            name = f"{orgs.get(kept.org, kept.org)}　" if several else ""
            self.list.addItem(QListWidgetItem(f"{name}{kept.record.title}"))
        self.list.setCurrentRow(min(max(at, 0), len(self.shown) - 1))
        self._choose(self.list.currentRow())

    @property
    def current(self) -> Kept | None:
        """The chosen record."""
        row = self.list.currentRow()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def _choose(self, row: int) -> None:
        kept = self.current
        may = (
            kept is not None and self._office.by.may(Deed.REVIEW, Review.kind) and kept.org != self._office.desk.me.org
        )
        for widget in (self.field, self.accept, self.send):
            widget.setVisible(may)
        self.open.setVisible(kept is not None)
        self.field.say(None)
        said = ""
        if kept is not None:
            with self._office.desk.reading() as session:
                lines = listing.reviews(session, self._office.by, kept)
            said = f"{kept.record.kind.name}，{kept.state}。" + (f"审过：{lines[-1]}" if lines else "还没审。")
        self.facts.setText(seamed(said))

    def answer(self, verdict: Verdict) -> None:
        """Accept the chosen record, or send it back with what is to be mended."""
        kept = self.current
        if kept is None:
            return
        try:
            done = reviews.review(self._office, type(kept.record), kept.id, verdict, self.remark.text().strip())
        except NotValid as error:
            self.field.say("".join(p.text for p in error.problems))
            self.remark.setFocus()
            return
        except DeskError as error:
            self.told.emit(str(error))
            return
        self.remark.clear()
        self.told.emit(f"“{kept.record.title}”：{verdict.label}。下次带数据给村里时一起带到。")
        bus.tell(done)
        self.reviewed.emit()

    def show_record(self) -> None:
        """Open the chosen record."""
        if kept := self.current:
            self.opened.emit(Place(kept.record.kind.key, kept.id, kept.org))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.show_record()
        else:
            super().keyPressEvent(event)

    def _part(self) -> None:
        self._answers.setSpacing(em(0.5))
