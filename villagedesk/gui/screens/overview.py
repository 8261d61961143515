"""The town's first page: every village month by month, the sums, what waits; each opens the records behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from villagedesk.actions import board, meetings, parcels
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.gui import paint
from villagedesk.gui.bus import bus
from villagedesk.gui.parts.buttons import Button, IconButton
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Words
from villagedesk.gui.screens.board import MARKS, Grid, Mark, Months, Sums
from villagedesk.gui.screens.counted import Counted
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.figures import MEETINGS
from villagedesk.store.rollup import Scope, behind, rollup


class OverviewScreen(Counted):
    """Cells are walked with the arrows; PgUp and PgDown turn the year."""

    keys = (("↑ ↓ ← →", "走格子"), ("Enter", "看后面的记录"), ("PgUp PgDn", "换年"), "next_pane", "help")

    def __init__(self, office: Office) -> None:
        super().__init__(office, "后面的记录和审核")
        self.setWindowTitle("镇里总览" if office.by.level == "town" else "县里总览")
        today = date.fromisoformat(clock.today())
        self.year, self._today = today.year, today
        self._sums: list[dict[str, Any]] = []
        self._again: Callable[[], None] = self.show_cell
        self.model, self.sums = Months(), Sums(("村", "机构", *(f.label for f in MEETINGS)))
        self.grid = Grid(self.model, "各村各月的会议", [3.4, *[1.6] * 12, 2.2])
        self.table = Grid(self.sums, "各村各会的数", [2.5, 3.5, *[2.4] * len(MEETINGS)])
        self.switch = Switch(("各村各月", "汇总数"), "看什么")
        self.waiting, self.returned = Number("等镇里审", "acc"), Number("退回没改", "bad")
        self.empty = Empty("users-round", "还没有登记下面的村。", more="先在“带给村里和县里”换设备卡，再收村里的数据。")
        self._lay_out()
        self._listen()
        self._space()
        self.reload()
        self.grid.setCurrentIndex(self.model.index(0, self._today.month))

    def _lay_out(self) -> None:
        earlier, later = IconButton("chevron-left", "上一年"), IconButton("chevron-right", "下一年")
        earlier.clicked.connect(lambda: self.turn(-1))
        later.clicked.connect(lambda: self.turn(1))
        self._named = Words("", weight=600)
        for widget in (self.switch, earlier, self._named, later):
            self.top.addWidget(widget)
        self.top.addStretch()
        legend = Legend()
        self.top.addWidget(legend)
        self.roomy.append(legend)
        for page in (self.grid, self.table, self.empty):
            self.stack.addWidget(page)
        self._numbers = QHBoxLayout()
        for number in (self.waiting, self.returned):
            self._numbers.addWidget(number)
        self.beyond.insertLayout(0, self._numbers)

    def _listen(self) -> None:
        self.switch.chosen.connect(self._switch)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self.show_cell())
        self.table.selectionModel().currentChanged.connect(lambda *_: self.show_sum())
        self.waiting.button.clicked.connect(self.show_waiting)
        self.returned.button.clicked.connect(self.show_returned)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading(self._office.desk.me.name, number=f"{len(self.model.orgs)}个村，{self.year}年")

    def reload(self) -> None:
        """Count anew."""
        at = self.grid.currentIndex()
        with self._office.desk.reading() as session:
            self._orgs = board.villages(session, self._office)
            cells = board.months(session, self.year)
            self._sums = rollup(session, self._office.by, self._scope, by=("village", "body"))
            names = meetings.bodies(session)
            self._waits = board.waiting(session, self._office.by)
            self._back = [
                (a.kept.record.kind.key, a.kept.org, a.kept.id) for a in parcels.returned(session, self._office.by)
            ]
        self.model.show_year(self._orgs, cells, self.year, self._today)
        self.sums.show_rows([
            (self._orgs.get(row["village"], row["village"]), names.get(row["body"], row["body"]),
             *("—" if row[f.key] is None else row[f.key] for f in MEETINGS))
            for row in self._sums
        ])  # fmt: skip
        self.waiting.show_number(len(self._waits))
        self.returned.show_number(len(self._back))
        self._named.setText(f"{self.year}年")
        self._switch(self.switch.current)
        if at.isValid():
            self.grid.setCurrentIndex(self.model.index(at.row(), at.column()))
        self.renamed.emit()

    @property
    def _scope(self) -> Scope:
        return Scope(f"{self.year}-01-01", f"{self.year}-12-31")

    def _switch(self, index: int) -> None:
        page: QWidget = (self.grid, self.table)[index] if self._orgs or self._sums else self.empty
        self.stack.setCurrentWidget(page)

    def turn(self, years: int) -> None:
        """Another year."""
        self.year += years
        self.reload()

    def show_cell(self) -> None:
        """The meetings of the village and month."""
        index = self.grid.currentIndex()
        if not index.isValid() or not 1 <= index.column() <= 12:
            return
        org, name = self.model.orgs[index.row()]
        with self._office.desk.reading() as session:
            keys = board.in_month(session, org, self.year, index.column())
        self._again = self.show_cell
        self.behind.show_keys(f"{name}，{self.year}年{index.column()}月的会议", keys)

    def show_sum(self) -> None:
        """The records a sum stands on."""
        index = self.table.currentIndex()
        if not index.isValid() or index.column() < 2:
            return
        row, figure = self._sums[index.row()], MEETINGS[index.column() - 2]
        org, body = row["village"], row["body"]
        with self._office.desk.reading() as session:
            keys = behind(session, self._office.by, figure, replace(self._scope, village=org, bodies=(body,)))
        self._again = self.show_sum
        self.behind.show_keys(f"{self._orgs.get(org, org)}，{figure.label}", keys)

    def show_waiting(self) -> None:
        """What waits for the town's look."""
        self._again = self.show_waiting
        self.behind.show_keys("等镇里审的", self._waits)

    def show_returned(self) -> None:
        """What was sent back and is not mended."""
        self._again = self.show_returned
        self.behind.show_keys("退回还没改的", self._back)

    def _changed(self, done: Changed) -> None:
        if self.isVisible() and done.kinds:
            self.reload()
            self._again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.stack.currentWidget().setFocus()

    def _space(self) -> None:
        super()._space()
        self._numbers.setSpacing(em(0.75))


class Number(Card):
    """A number that opens what stands behind it."""

    def __init__(self, word: str, tone: str) -> None:
        super().__init__()
        self._word, self._ink = word, tone
        self._number = Words("0", "figure", weight=600)
        self.button = Button(word, kind="link", icon="chevron-right")
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addWidget(self.button)
        row.addStretch()
        self.body.addLayout(row)

    def show_number(self, number: int) -> None:
        """So many; none is quiet."""
        self._number.setText(str(number))
        self._number.set_tone(self._ink if number else "ink3")
        self.button.setAccessibleName(f"{self._word}{number}件")


class Legend(QWidget):
    """What the marks mean."""

    SHOWN = ("done", "open", "waiting", "returned", "missing", "due")
    WORDS = ("看过", "没定稿", "待审", "退回", "缺会", "没到期")

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("，".join(f"{MARKS[s].char}{w}" for s, w in zip(self.SHOWN, self.WORDS, strict=True)))
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(em(26), em(1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(8), em(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t, left = QPainter(self), theme(), 0
        for state, word in zip(self.SHOWN, self.WORDS, strict=True):
            mark: Mark = MARKS[state]
            box = QRect(left, 0, em(1.5), self.height())
            if mark.ground or mark.dashed:
                edge = t.tone(mark.ink) if mark.dashed or t.edge > 1 else None
                ground = t.tone(mark.ground) if mark.ground else None
                paint.rounded(painter, box, ground, edge, radius=0.1875, width=t.edge, dashed=mark.dashed)
            if mark.char == "✓":
                paint.put_icon(painter, "check", t.tone(mark.ink), box, em())
            else:
                paint.text(painter, box, mark.char, t.tone(mark.ink), face("small", weight=600), paint.CENTER)
            words = QRect(box.right() + em(0.25), 0, em(3.125), self.height())
            left = paint.text(painter, words, word, t.ink2, face("small")).right() + em(0.625)
