"""Numbers of the councils: how they run, what their ledgers tell; every number opens the records behind it, over a chart of its year."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout

from villagedesk.actions import figures, handout
from villagedesk.actions.changed import Changed
from villagedesk.actions.figures import Number, Table
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.errors import DeskError
from villagedesk.base.spans import LENGTHS, Span
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.bars import Bars
from villagedesk.gui.parts.buttons import Button, IconButton
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.board import Grid
from villagedesk.gui.screens.counted import Counted
from villagedesk.gui.screens.numbers import Numbers
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em

_VIEWS: dict[str, Callable[[Office, Span], Table]] = {
    "运行情况": figures.running,
    "各村": figures.villages,
    "专项指标": figures.ledgers,
}
_WIDTH = {"会名": 3.4, "村": 4.0, "指标": 5.2, "占比": 3.4}
"""Shares of the room of columns that are wider than a number."""


class FiguresScreen(Counted):
    """Cells are walked with the arrows; PgUp and PgDown turn the span of time."""

    keys = (("↑ ↓ ← →", "走格子"), ("Enter", "看后面的记录"), ("PgUp PgDn", "往前往后"), "next_pane", "figures_print",
            "figures_save", "help")  # fmt: skip

    def __init__(self, office: Office) -> None:
        super().__init__(office, "后面的记录")
        self.setWindowTitle("统计")
        self.span = Span.holding(date.fromisoformat(clock.today()), 3)
        self._stale = True
        self.views = [word for word in _VIEWS if word != "各村" or office.by.level != "village"]
        self.switch = Switch(self.views, "看哪张表")
        self.length = Switch(list(LENGTHS.values()), "看多长时间", list(LENGTHS).index(3))
        self.model = Numbers()
        self.grid = Grid(self.model, "六会的数", [1.0])
        self.bars = Bars("各月")
        self.chart = Card()
        self._months: list[Number] = []
        self._lay_out()
        self._listen()
        self._space()
        self.reload()

    def _lay_out(self) -> None:
        earlier, later = IconButton("chevron-left", "往前"), IconButton("chevron-right", "往后")
        earlier.clicked.connect(lambda: self.turn(-1))
        later.clicked.connect(lambda: self.turn(1))
        self._named = Words("", weight=600)
        views, spans = QHBoxLayout(), QHBoxLayout()
        views.addWidget(self.switch)
        for widget in (self.length, earlier, self._named, later):
            spans.addWidget(widget)
        for row in (views, spans):
            self.top.addLayout(row)
            row.addStretch()
        self.top.setStretch(1, 1)
        self.stack.addWidget(self.grid)
        self._drawn, self._note = Words("", "small", tone="ink2"), Words("", "small", tone="ink2", wrap=True)
        self.chart.head.addWidget(self._drawn, 1)
        self.chart.body.addWidget(self.bars, 1)
        self.column.addWidget(self._note)
        self.column.addWidget(self.chart)
        self.roomy.append(self.chart)

    def _listen(self) -> None:
        self.switch.chosen.connect(lambda _: self.reload())
        self.length.chosen.connect(self._measure)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self.show_cell())
        self.bars.opened.connect(self.show_month)
        bind(self, "next_pane", self._next_pane)
        bind(self, "figures_print", self.print)
        bind(self, "figures_save", self.save)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        buttons = []
        for name, icon, deed in (("figures_save", "save", self.save), ("figures_print", "printer", self.print)):
            button = Button(KEYS[name].word, KEYS[name].shown, icon=icon, bound=False)
            button.clicked.connect(deed)
            buttons.append(button)
        return Heading("统计", number=self.model.table.when, buttons=buttons)

    # --- what is shown --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Count anew; the same cell stays chosen."""
        self._stale = False
        at = self.grid.currentIndex()
        table = _VIEWS[self.views[self.switch.current]](self._office, self.span)
        self.model.show_table(table)
        self.grid.share(
            [
                _WIDTH.get(head, 0.4 + 0.62 * len(head.partition("（")[0]))
                for head in table.heads[: self.model.columnCount()]
            ]
        )
        self._named.setText(self.span.name)
        self._note.setText(seamed(table.note))
        self._note.setVisible(bool(table.note))
        row, column = min(max(at.row(), 0), self.model.rowCount() - 1), max(at.column(), self.model.words)
        self.grid.setCurrentIndex(self.model.index(row, min(column, self.model.columnCount() - 1)))
        self.show_cell()
        self.renamed.emit()

    def turn(self, count: int) -> None:
        """So many spans of the same length on."""
        self.span = self.span.turned(count)
        self.reload()

    def _measure(self, index: int) -> None:
        day = min(self.span.last, max(self.span.first, date.fromisoformat(clock.today())))
        self.span = Span.holding(day, list(LENGTHS)[index])
        self.reload()

    def show_cell(self) -> None:
        """The records behind the chosen number, and the same number of each month."""
        index = self.grid.currentIndex()
        number = self.model.number(index)
        if number is None:
            self.behind.show_keys("选一个数", [])
            self.bars.show_values([])
            self._drawn.setText("")
            return
        named, unit = self.model.named(index), number.figure.unit
        self._show(f"{named}，{self.model.table.when}", number)
        self._months = figures.by_month(self._office, number, self.span.first.year)
        self._drawn.setText(seamed(f"{named}，{self.span.first.year}年各月"))
        self.bars.call(f"{named}各月", unit.word)
        told = [round(unit.told(one.value or 0)) for one in self._months]
        self.bars.show_values([(f"{m}月", told[m - 1] if m <= len(told) else None) for m in range(1, 13)])

    def show_month(self, index: int) -> None:
        """The records behind a bar."""
        if index < len(self._months):
            self._show(f"{self.model.named(self.grid.currentIndex())}，{index + 1}月", self._months[index])
            self.into()

    def _show(self, title: str, number: Number) -> None:
        if number.value is None:
            self.behind.show_keys(f"{title}（不在您职责内）", [])
        else:
            self.behind.show_keys(title, figures.records(self._office, number))

    # --- what is done ---------------------------------------------------------------------------------

    def print(self) -> None:
        """The tables as papers, the one that is shown first."""
        tables = sorted(figures.tables(self._office, self.span), key=lambda t: t.title != self.model.table.title)
        self.asked.emit(Place(GIVEN, begin={"made": [handout.paper(self._office, table) for table in tables]}))

    def save(self) -> None:
        """All tables as one file, where the clerk says."""
        tables = figures.tables(self._office, self.span)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = str(Path(folder) / handout.called(self._office, tables))
        asked, _ = QFileDialog.getSaveFileName(self, "存成表格", wanted, "WPS、Excel表格 (*.xlsx)")
        if asked:
            path = Path(asked).with_suffix(".xlsx")
            try:
                handout.save(self._office, tables, path)
            except DeskError as error:
                self.say(str(error))
            else:
                self.say(f"已存到“{path}”。")

    def _next_pane(self) -> None:
        panes = [pane for pane in (self.grid, self.bars, self.behind.list) if pane.isVisibleTo(self)]
        at = next((k for k, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(at + 1) % len(panes)].setFocus()

    def _changed(self, done: Changed) -> None:
        if not done.kinds:
            return
        self._stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        self.grid.setFocus()

    def bend(self, *, behind: bool = False) -> None:
        super().bend(behind=behind)
        way = QBoxLayout.Direction.TopToBottom if self.narrow else QBoxLayout.Direction.LeftToRight
        self.top.setDirection(way)

    def _space(self) -> None:
        super()._space()
        self.chart.setFixedHeight(em(10))
