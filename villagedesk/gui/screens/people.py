"""The register: households by group on the left, the people of the one that is selected on the right."""

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions import records
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.homes import HomeList, Homes
from villagedesk.gui.screens.household import HouseholdView
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Ref
from villagedesk.records.kinds.people.people import Group, Household, Person, Post
from villagedesk.records.rights import Deed, who_may
from villagedesk.store import households
from villagedesk.store.households import Home, Member

PASTE = "paste"
"""The place where rows of a spreadsheet are taken in."""
NARROW = 56
"""em of width below which one pane is seen at a time."""
_KINDS = frozenset(cls.kind.key for cls in (Group, Household, Person, Post))


class People(Screen):
    """Households and persons.  Enter opens, F2 begins a household, F3 adds a person to it, / searches, F6 changes the pane."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._revealed = self._stale = False
        self._may_read = office.by.may(Deed.READ, Household.kind)
        self._writes = office.by.may(Deed.WRITE, Household.kind)
        self.setWindowTitle("人和户")
        self.model = Homes(office)
        self.list = HomeList(self.model)
        self.words = QLineEdit()
        self.words.setPlaceholderText("姓名、拼音首字母、户编号、身份证号")
        self.words.setAccessibleName("查找户和人")
        self.count = Words("", "small", tone="ink2")
        self.paste = Button("从表格粘贴", KEYS["paste"].shown, bound=False)
        self.new = Button("新户", KEYS["new"].shown, filled=True, icon="plus", bound=False)
        self.view = HouseholdView(writes=self._writes)
        self.switch = Switch(("户", "这一户的人"), "看哪一栏")
        self._pause = QTimer(self, singleShot=True, interval=200)
        self._lay_out()
        self._listen()
        self._say_keys()
        self.reload()

    def _lay_out(self) -> None:
        self.above = QWidget()
        self._limits = QHBoxLayout(self.above)
        self._limits.addWidget(self.words)
        self._limits.addWidget(self.count)
        self._limits.addStretch()
        for button in (self.paste, self.new):
            self._limits.addWidget(button)
            button.setVisible(self._writes)
        self.panes = QWidget()
        self._panes = QHBoxLayout(self.panes)
        self._panes.addWidget(self.list)
        self._panes.addWidget(self.view, 1)
        nobody = "没有这样的户和人。" if self._may_read else f"村民登记只有{who_may(Deed.READ, Household.kind)}能看。"
        again = "换个字，或者只打拼音首字母再找。" if self._may_read else ""
        how = f"按{KEYS['new'].shown}一户一户登记，或者在Excel、WPS里复制花名册，回到这里按{KEYS['paste'].shown}。"
        self.stack = QStackedWidget()
        self.stack.addWidget(self.panes)
        self.stack.addWidget(Empty("search", nobody, more=again))
        self.stack.addWidget(Empty("users-round", "还没有登记户和人。", more=how if self._writes else ""))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.above)
        self._column.addWidget(self.switch)
        self._column.addWidget(self.stack, 1)
        changed.connect(self._space)
        self._space()

    def _listen(self) -> None:
        self._pause.timeout.connect(self.reload)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self._to_list)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._select())
        self.list.doubleClicked.connect(self.open)
        self.switch.chosen.connect(lambda _: self._show_panes())
        self.view.opened.connect(self._open_person)
        self.view.open.clicked.connect(self._open_home)
        self.view.add.clicked.connect(self.add_member)
        self.view.lead.clicked.connect(self.lead)
        self.view.reveal.clicked.connect(self.reveal)
        self.new.clicked.connect(self.begin)
        self.paste.clicked.connect(self.take_rows)
        for name, deed in (
            ("new", self.begin), ("add_member", self.add_member), ("list_find", self._to_find), ("next_pane", self.next_pane),
            ("reveal", self.reveal), ("paste", self.take_rows), ("list_print", self.print),
        ):  # fmt: skip
            bind(self, name, deed)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading("人和户")

    # --- what is shown ------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read anew; the same household stays selected where it still is."""
        self._pause.stop()
        self._stale = False
        if not self._may_read:
            self.stack.setCurrentIndex(1)
            return
        before = self.current.kept.id if self.current else ""
        words = self.words.text()
        self.model.show_words(words)
        self.count.setText(seamed(f"共{self.model.count}户"))
        rows = self.model.rowCount()
        self.stack.setCurrentIndex(0 if rows else 1 if words.strip() else 2)
        if rows:
            index = self.model.index(self.model.row_of(before), 0)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        self._select()

    @property
    def current(self) -> Home | Member | None:
        """The selected household, or somebody who is in none."""
        return self.model.at(self.list.currentIndex().row())

    def _select(self) -> None:
        one = self.current
        if isinstance(one, Home):
            with self._office.desk.reading() as session:
                found = households.members(session, self._office.by, one.kept, clock.today())
            self.view.show_home(one, found, revealed=self._revealed)
        else:
            self.view.show_home(None, [one] if one else [], revealed=self._revealed)

    def reveal(self) -> None:
        """Show the numbers in full, or mask them again."""
        self._revealed = not self._revealed
        self._select()
        self._say_keys()

    def _say_keys(self) -> None:
        seen = (KEYS["reveal"].shown, "遮住号码") if self._revealed else "reveal"
        writing = ("new", "add_member", "paste") if self._writes else ()
        self.keys = ("open", *writing, "list_find", "list_print", "next_pane", seen)
        self.renamed.emit()

    # --- what can be done -----------------------------------------------------------------------------

    def _meant(self) -> Place | None:
        """What is selected: the person in the right pane, else the household."""
        person = self.view.current if self.view.table.hasFocus() else None
        one = person or self.current
        cls = Household if isinstance(one, Home) else Person
        return Place(cls.kind.key, one.kept.id, one.kept.org) if one else None

    def open(self) -> None:
        """Show what is selected."""
        if place := self._meant():
            self.asked.emit(place)

    def print(self) -> None:
        """The papers of what is selected; without it the blank forms."""
        if self._may_read:
            self.asked.emit(replace(self._meant() or Place(Household.kind.key), act="print"))

    def _open_home(self) -> None:
        if isinstance(self.current, Home):
            self.asked.emit(Place(Household.kind.key, self.current.kept.id, self.current.kept.org))

    def _open_person(self, member: Member) -> None:
        self.asked.emit(Place(Person.kind.key, member.kept.id, member.kept.org))

    def begin(self) -> None:
        """A new household, in the group that is being looked at."""
        if self._writes:
            group = self.current.household.group if isinstance(self.current, Home) else None
            self.asked.emit(Place(Household.kind.key, begin={"group": group.model_dump()} if group else {}))

    def add_member(self) -> None:
        """A new person in the selected household."""
        if self._writes and self.view.home is not None:
            self.asked.emit(Place(Person.kind.key, begin=self.view.beginning()))

    def lead(self) -> None:
        """Make the selected person the head of the household; the note has the way back."""
        one, home = self.view.current, self.view.home
        if one is None or home is None:
            return
        former = home.household.head
        if self._put_head(home.kept.id, Ref(id=one.kept.id, name=one.person.name)):
            self.say(f"户主由{former.name}改为{one.person.name}。", lambda: self._put_head(home.kept.id, former))

    def _put_head(self, identifier: str, head: Ref) -> Changed | None:
        return self.attempt(lambda: records.edit(self._office, Household, identifier, {"head": head.model_dump()}))

    def take_rows(self) -> None:
        """To where rows of a spreadsheet are taken in."""
        if self._writes:
            self.asked.emit(Place(PASTE))

    def _changed(self, done: Changed) -> None:
        """What is not seen is read again when it is."""
        if done.kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.reload()

    # --- the cursor -----------------------------------------------------------------------------------

    def next_pane(self) -> None:
        """From the list to the people and back."""
        to_people = not self.view.table.hasFocus()
        self.switch.choose(int(to_people))
        (self.view.table if to_people else self.list).setFocus()

    def _to_find(self) -> None:
        self.switch.choose(0)
        self.words.setFocus()
        self.words.selectAll()

    def _to_list(self) -> None:
        self.reload()
        self.switch.choose(0)
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        self.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who comes back later sees the numbers masked."""
        super().hideEvent(event)
        if self._revealed:
            self.reveal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.list.hasFocus() or self.view.table.hasFocus():
                self.open()
            case Qt.Key.Key_Escape if self.words.hasFocus() or self.words.text():
                self.words.clear()
                self._to_list()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panes()

    def _show_panes(self) -> None:
        narrow = self.width() < em(NARROW)
        list_first = self.switch.current == 0
        self.switch.setVisible(narrow)
        self.above.setVisible(not narrow or list_first)
        self.list.setVisible(not narrow or list_first)
        self.view.setVisible(not narrow or not list_first)
        self.list.setMinimumWidth(0 if narrow else em(23))
        self.list.setMaximumWidth(em(200) if narrow else em(23))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        self._limits.setContentsMargins(0, 0, 0, 0)
        self._limits.setSpacing(em(0.625))
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(em(1.25))
        self.words.setFixedWidth(em(21))
        self._show_panes()
