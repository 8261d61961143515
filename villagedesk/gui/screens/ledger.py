"""The ledger of any kind: search, limits, the list, and the selected record at its side."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from villagedesk.actions import meetings, records
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.boxes import Box
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.screens.side import Side
from villagedesk.gui.table import Listing, Table
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.records.rights import Deed
from villagedesk.store import queries
from villagedesk.store.queries import MANY, Kept, Wanted

SIDE = 60
"""em of width from which the selected record stands beside the list."""
QUICK, PAUSE = 0.1, 200
"""Seconds a search may take to be asked at every key; milliseconds without a key before a longer one is."""
_ENDS = ("理事会", "互助会", "联治会", "参事会", "评议会", "会")
"""What a body's name ends in; what stands before it is how people call it."""


class Ledger(Screen):
    """All records of a kind.  Enter opens, F2 begins a new one, / searches, Delete moves one to the bin."""

    keys: Sequence[str | tuple[str, str]] = ("open", "new", "list_find", "list_print", "strike", "help")

    def __init__(self, office: Office, cls: type[Record]) -> None:
        super().__init__()
        self._office, self._cls = office, cls
        self._stale = False
        self._writes = office.by.may(Deed.WRITE, cls.kind)
        self.keys = tuple(key for key in self.keys if key not in self._asleep())
        self.setWindowTitle(cls.kind.name)
        self.model = Listing(office, cls)
        self.table = Table(self.model, cls.kind.name)
        self.words = QLineEdit()
        self.words.setPlaceholderText("名称、人名")
        self.words.setAccessibleName(f"在{cls.kind.name}里查找")
        self.year, self.stage, self.org = Box(), Box(), Box()
        self.org.setAccessibleName("单位")
        self.year.setAccessibleName("年份")
        self.stage.setAccessibleName("状态")
        for box in (self.org, self.year, self.stage):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.count = Words("", "small", tone="ink2")
        self.new = Button(f"新{cls.kind.name}", KEYS["new"].shown, filled=True, icon="plus", bound=False)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.reload)

        limits = QHBoxLayout()
        limits.addWidget(self.words, 1)
        for widget in (self.org, self.year, self.stage, self.count, self.new):
            limits.addWidget(widget)
        limits.insertStretch(4)
        self.empty = Empty("search", "没有这样的记录。", more="换几个字，或者放宽年份和状态再找。")
        begin = "按F2新建。" if self._writes and not cls.kind.made else ""
        self.none = Empty("package-open", f"还没有记过{cls.kind.name}。", more=begin)
        self.stack = QStackedWidget()
        for page in (self.none, self.table, self.empty):
            self.stack.addWidget(page)
        left = QVBoxLayout()
        left.addLayout(limits)
        self.bodies = self._switch() if any(a.name == "bodies" for a in fields(cls)) else {}
        if self.bodies:
            self.of_body = Switch([_called(name) for name in self.bodies.values()], "哪个会")
            self.of_body.chosen.connect(self.reload)
            left.addWidget(self.of_body)
        left.addWidget(self.stack, 1)
        self.side = Side(office)
        self.side.hide()  # until it is known that there is room
        self._row = QHBoxLayout(self)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.side)
        self._left, self._limits = left, limits
        self.new.setVisible(self._writes and not cls.kind.made)

        self._fill_limits()
        self._listen()
        changed.connect(self._space)
        self._space()
        self.reload()

    def _listen(self) -> None:
        self.model.whole.connect(self._say_count)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self._to_list)
        self.org.activated.connect(self.reload)
        self.year.activated.connect(self.reload)
        self.stage.activated.connect(self.reload)
        self.new.clicked.connect(self.begin)
        self.side.asked.connect(self.open)
        self.table.doubleClicked.connect(lambda _: self.open())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._select(now.row()))
        bind(self, "new", self.begin)
        bind(self, "list_find", self._to_find)
        bind(self, "list_print", lambda: self.open("print"))
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading(self._cls.kind.name)

    def _asleep(self) -> set[str]:
        """Keys that do nothing here: who may not write begins and strikes nothing, and some records only the program makes."""
        if not self._writes:
            return {"new", "strike"}
        return {"new"} if self._cls.kind.made else set()

    @property
    def current(self) -> Kept | None:
        """The selected record."""
        return self.model.kept(self.table.currentIndex().row())

    def reload(self) -> None:
        """Read anew; the same record stays selected where it still is.  Where that takes long, the next key is waited for."""
        began = time.perf_counter()
        self._read()
        if self.model.wanted.words:
            self._pause.setInterval(0 if time.perf_counter() - began < QUICK else PAUSE)

    def _read(self) -> None:
        self._stale = False
        before = self.current
        year, stage, org = (box.currentData() for box in (self.year, self.stage, self.org))
        body = list(self.bodies)[self.of_body.current] if self.bodies else ""
        wanted = Wanted(self.words.text().strip(), year, stage, org, body=body)
        self.model.show_wanted(wanted)
        count = self.model.rowCount()
        self._say_count()
        self.stack.setCurrentWidget(self.table if count else self.none if wanted == Wanted() else self.empty)
        row = max(self.model.row_of(before.id), 0) if before and self.model.kept(0) else 0
        if count:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        else:
            self._select(-1)

    def _say_count(self) -> None:
        """How many there are; over a great many, that a search has to say more."""
        if self.model.cut:
            self.count.setText(seamed(f"很多，只在最近写的{MANY}条里找，请再输一个字"))
        else:
            self.count.setText(seamed(f"共{self.model.rowCount()}条" if self.model.counted else "正在数有多少条……"))

    def leave(self) -> None:
        """What is not counted to its end is read again when one comes back."""
        self._stale |= self.model.rest()

    def open(self, act: str = "") -> None:
        """Show the selected record, and begin with an act of its screen; without one, its kind can still be printed."""
        if self.current is not None:
            self.asked.emit(Place(self._cls.kind.key, self.current.id, self.current.org, act=act))
        elif act == "print":
            self.asked.emit(Place(self._cls.kind.key, act=act))

    def begin(self) -> None:
        """A new record."""
        if self._writes and not self._cls.kind.made:
            self.asked.emit(Place(self._cls.kind.key))

    def strike(self) -> None:
        """Move the selected record to the bin; the note has the way back."""
        kept = self.current
        if kept is None:
            return
        if self.attempt(lambda: records.strike(self._office, self._cls, kept.id, reason="移到回收站")):
            self.say(f"“{kept.record.title}”移到了回收站。", lambda: self._back(kept))

    def _back(self, kept: Kept) -> None:
        self.attempt(lambda: records.revive(self._office, self._cls, kept.id, reason="撤回"))

    def _select(self, row: int) -> None:
        self.side.show_kept(self.model.kept(row))

    def _switch(self) -> dict[str, str]:
        with self._office.desk.reading() as session:
            known = meetings.bodies(session)
        own = [code for code in known if code not in {b for rules in meetings.rule_sets() for b in rules.bodies}]
        return {"": "全部"} | {
            code: known[code] for code in [*SIX, *(c for c in own if c not in SIX), "representatives"]
        }

    def _fill_limits(self) -> None:
        with self._office.desk.reading() as session:
            years = queries.years(session, self._office.by, self._cls)
        self.year.addItem("全部年份", 0)
        for year in years:
            self.year.addItem(f"{year}年", year)
        self.year.setVisible(bool(years))
        stages = self._cls.kind.flow.stages
        self.stage.addItem("全部状态", "")
        for stage in stages:
            self.stage.addItem(stage.name, stage.key)
        self.stage.setVisible(len(stages) > 1)
        self.org.addItem("全部单位", "")
        for code, name in sorted(self.model.orgs.items()):
            self.org.addItem(name, code)
        self.org.setVisible(bool(self.model.orgs))

    def _changed(self, done: Changed) -> None:
        """What is not seen is read again when it is."""
        if self._cls.kind.key in done.kinds:
            self._stale = True
            if self.isVisible():
                self.reload()

    def _to_find(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    def _to_list(self) -> None:
        self._pause.stop()
        self.reload()
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        self.take_keys()

    def take_keys(self) -> None:
        """The keys to the list; where there is nothing in it, to what begins one."""
        places = (self.table, self.new, self.words) if self.model.rowCount() else (self.new, self.words)
        next(one for one in places if one.isVisibleTo(self)).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.table.hasFocus():
                self.open()
            case Qt.Key.Key_Delete if self.table.hasFocus() and self._writes:
                self.strike()
            case Qt.Key.Key_Escape if self.words.hasFocus():
                self.words.clear()
                self._to_list()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= em(SIDE))
        self._row.setContentsMargins(em(1.25), 0, 0 if self.width() >= em(SIDE) else em(1.25), 0)

    def _space(self) -> None:
        self._row.setContentsMargins(em(1.25), 0, 0, 0)
        self._row.setSpacing(em(1.25))
        self._left.setContentsMargins(0, em(0.75), 0, em(0.75))
        self._left.setSpacing(em(0.75))
        self._limits.setSpacing(em(0.625))
        self.words.setMinimumWidth(em(8))
        self.words.setMaximumWidth(em(15))
        self.side.setFixedWidth(em(21.5))


def _called(name: str) -> str:
    """How people call a body for short: 红白理事会 → 红白, 村民代表会议 → 代表会议."""
    end = next((end for end in _ENDS if name.endswith(end) and len(name) > len(end) + 1), "")
    return name.removesuffix(end).removeprefix("村民")
