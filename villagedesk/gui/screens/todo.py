"""要办的事: everything there is to do, on the month it falls in and as a list by day; each thing opens its record."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from villagedesk.actions import prints, todo
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.monthcard import MonthCard
from villagedesk.gui.parts.tile import character
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.lines import follow
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.screen import Place, Screen, now
from villagedesk.gui.screens.todolist import TodoList, day_of, parts
from villagedesk.gui.theme import changed, em
from villagedesk.store.overview import Line

NARROW = 60
KEYS = ("open", "list_print", "next_pane", "find", "help")


class Todo(Screen):
    """Enter opens what is chosen, or begins it; Enter on a day of the month goes to what falls on it.  F9 shows the list on paper."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._stale = True
        self._today = now().date()
        self._lines: list[Line] = []
        self.setWindowTitle("要办的事")
        self.list = TodoList()
        self.list.itemActivated.connect(lambda _: self.open())
        self.calendar = MonthCard(self._today, self._falls)
        self.month = self.calendar.month
        self.month.opened.connect(self._to_day)
        self.count = Words("", "small", tone="ink2")
        card = Card("要办的事")
        card.head.addWidget(self.count)
        card.head.addStretch()
        card.body.addWidget(self.list, 1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.calendar, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(card, 1)
        bind(self, "list_print", self.print)
        bind(self, "next_pane", self._turn)
        bus.changed.connect(self._changed)
        changed.connect(self._space)
        self._space()
        self.reload()

    def heading(self) -> Heading:
        return Heading("要办的事", number=self._office.desk.me.name)

    def reload(self) -> None:
        """Read everything anew."""
        self._stale, self._today = False, now().date()
        with self._office.desk.reading() as session:
            self._lines = todo.lines(
                session, self._office, self._today.replace(day=1) + timedelta(days=400), self._today
            )
        self.list.show_lines(self._lines, self._today)
        said = [f"{name}{len(among)}件" for name, among in parts(self._lines, self._today)]
        self.count.setText(seamed("，".join(said)))
        self.calendar.tell()

    def open(self) -> None:
        """What is chosen, or a new record for it."""
        line = self.list.chosen
        if line is not None:
            follow(self, self._office, line)

    def print(self) -> None:
        """The list on paper."""
        made = [prints.todo_list(self._office, self._lines)]
        self.asked.emit(Place(GIVEN, begin={"made": made}))

    def _to_day(self, day: date) -> None:
        if self.list.go(day):
            self.list.setFocus()

    def _turn(self) -> None:
        (self.list if self.month.hasFocus() else self.month).setFocus()

    def _falls(self, day: date) -> tuple[str, str]:
        of_day = [line for line in self._lines if day_of(line) == day]
        return character(of_day[0].kind) if of_day else "", "，".join(f"{line.title}{line.what}" for line in of_day)

    def _changed(self, _: Changed) -> None:
        """What is not seen is read again when it is."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self._today != now().date():
            self.reload()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        self._row.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._row.setSpacing(em(0.75))
        self.calendar.setFixedWidth(em(24))
        wide = self.width() >= em(NARROW)
        self.calendar.setVisible(wide)
        self.keys = KEYS if wide else tuple(key for key in KEYS if key != "next_pane")
        self.renamed.emit()
