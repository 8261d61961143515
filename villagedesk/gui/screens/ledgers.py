"""The ledgers of the councils: on the left which there are, under the council that keeps them, on the right the selected one."""

from datetime import date

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from villagedesk.actions import ledgers
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.screens.shelf import BookList, Books
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS

LEDGERS = "ledgers"
"""What a `Place` says that goes to the ledgers of a council, whose code is its id."""
NARROW = 56
"""em of width below which one pane is seen at a time."""
HELD = frozenset(key for key, cls in KINDS.items() if cls.kind.bodies or key in ledgers.SHARED or key in ledgers.FILE)
"""The kinds that stand on the shelf."""


class Ledgers(Screen):
    """Up and down choose a ledger, Enter or F6 goes into it; there everything is as in any ledger.

    `body` is the council whose ledgers are shown first.
    """

    help_page = LEDGERS

    def __init__(self, office: Office, body: str = "") -> None:
        super().__init__()
        self._office = office
        self._stale = False
        self.setWindowTitle("六会台账")
        self._pushed = bool(body)
        self.model = Books()
        self.list = BookList(self.model)
        self.stack = QStackedWidget()
        self.switch = Switch(("哪本台账", "记录"), "看哪一栏")
        self.ledgers: dict[str, Ledger] = {}
        self._top, self._left = QHBoxLayout(), QHBoxLayout()
        self._panes, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._top.addWidget(self.switch)
        self._top.addStretch()
        self._left.addWidget(self.list)
        self._panes.addLayout(self._left)
        self._panes.addWidget(self.stack, 1)
        self._column.addLayout(self._top)
        self._column.addLayout(self._panes, 1)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._select())
        self.list.clicked.connect(lambda _: self._into())
        self.switch.chosen.connect(lambda _: self._show_panes())
        bind(self, "next_pane", self.next_pane)
        bind(self, "new", lambda: self.ledger.begin())  # noqa: PLW0108 -- another one later
        bind(self, "out", self._out)
        bus.changed.connect(self._changed)
        changed.connect(self._space)
        self.reload()
        self.choose(self._first(body))
        self._space()

    def heading(self) -> Heading:
        return Heading("六会台账", back=self._pushed, search=not self._pushed)

    # --- what is shown --------------------------------------------------------------------------------

    @property
    def ledger(self) -> Ledger:
        """The ledger at the right."""
        now = self.stack.currentWidget()
        assert isinstance(now, Ledger)  # noqa: S101 -- nothing else is put there
        return now

    def reload(self) -> None:
        """Count anew; the same ledger stays selected."""
        self._stale = False
        kind = self._kind()
        self.shelves = ledgers.shelves(self._office, date.fromisoformat(clock.today()).year)
        self.model.show_shelves(self.shelves)
        self.choose(kind)

    def choose(self, kind: str) -> None:
        """Another ledger, by its kind."""
        index = self.model.index(self.model.row_of(kind), 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _kind(self) -> str:
        book = self.model.at(self.list.currentIndex().row())
        return book.cls.kind.key if book else ""

    def _first(self, body: str) -> str:
        shelf = next((one for one in self.shelves if body in one.codes), None)
        return shelf.books[0].cls.kind.key if shelf else ""

    def _select(self) -> None:
        kind = self._kind()
        if not kind:
            return
        ledger = self.ledgers.get(kind)
        if ledger is None:
            ledger = self.ledgers[kind] = Ledger(self._office, KINDS[kind])
            ledger.asked.connect(self.asked)
            ledger.told.connect(self.told)
            self.stack.addWidget(ledger)
        looked = self.list.hasFocus()
        self.stack.setCurrentWidget(ledger)
        if looked:
            self.list.setFocus()  # a ledger that is shown takes the keys
        own = [key for key in ledger.keys if key != "help"]
        self.keys = (*own[:3], "next_pane", *own[3:], *(["out"] if self._pushed else []))
        self.renamed.emit()

    # --- going on -------------------------------------------------------------------------------------

    def next_pane(self) -> None:
        """From the list of ledgers into the selected one, and back."""
        if self.list.hasFocus():
            self._into()
        else:
            self.switch.choose(0)
            self.list.setFocus()

    def _into(self) -> None:
        self.switch.choose(1)
        self.ledger.take_keys()

    def _out(self) -> None:
        if self._pushed:
            self.left.emit()

    def _changed(self, done: Changed) -> None:
        """What is not seen is counted again when it is."""
        if done.kinds & (HELD | {"council"}):
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        self._show_panes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._into()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panes()

    def _show_panes(self) -> None:
        narrow, pane = self.width() < em(NARROW), self.switch.current
        self.switch.setVisible(narrow)
        self.list.setVisible(not narrow or pane == 0)
        self.stack.setVisible(not narrow or pane == 1)
        self.list.setMinimumWidth(0 if narrow else em(11.5))
        self.list.setMaximumWidth(em(200) if narrow else em(11.5))
        self._top.setContentsMargins(em(1.25), em(0.5) if narrow else 0, em(1.25), 0)
        high, wide = (em(0.5), em(1.25)) if self.list.isVisibleTo(self) else (0, 0)
        self._left.setContentsMargins(wide, high, wide if narrow else 0, high)

    def _space(self) -> None:
        for layout in (self._column, self._panes):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._show_panes()
