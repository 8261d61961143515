"""The bodies of the village: on the left which there are, on the right who sits in the selected one on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions import charters, seats
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.seats import State, Tenure
from villagedesk.base import clock
from villagedesk.base.days import day_typed
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.screens.bodies import Bodies, BodyList
from villagedesk.gui.screens.body import MEETINGS, BodyView
from villagedesk.gui.screens.leaving import put
from villagedesk.gui.screens.ledgers import LEDGERS
from villagedesk.gui.screens.renewal import RENEWAL
from villagedesk.gui.screens.screen import Place, Screen, now
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.file import Charter, YearPlan
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.people.people import Person, Post
from villagedesk.records.rights import Deed
from villagedesk.store import overview

NARROW = 56
"""em of width below which one pane is seen at a time."""
_KINDS = frozenset(cls.kind.key for cls in (Council, Post, Person, Meeting, Resolution))


class Councils(Screen):
    """Who sits where on a day.  Enter opens, F2 begins a council, F3 adds a member, F4 ends a term, Ctrl+R renews all of them."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._revealed = self._stale = False
        self._writes = office.by.may(Deed.WRITE, Post.kind)
        self._day = self._today = date.fromisoformat(clock.today())
        self.setWindowTitle("议事组织")
        self.model = Bodies()
        self.list = BodyList(self.model)
        self.new = Button("新组织", KEYS["new_council"].shown, icon="plus", bound=False)
        self.view = BodyView(office, writes=self._writes)
        self.switch = Switch(("机构", "成员", "会议和决议"), "看哪一栏")
        self._lay_out()
        self._listen()
        self._say_keys()
        self.reload()

    def _lay_out(self) -> None:
        self.left_pane = QWidget()
        self._left = QVBoxLayout(self.left_pane)
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        self._panes = QHBoxLayout()
        self._panes.addWidget(self.left_pane)
        self._panes.addWidget(self.view, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.switch)
        self._column.addLayout(self._panes, 1)
        self.new.setVisible(self._writes)
        changed.connect(self._space)
        self._space()

    def _listen(self) -> None:
        view = self.view
        self.list.selectionModel().currentChanged.connect(lambda *_: self._select())
        self.list.doubleClicked.connect(self.open)
        self.switch.chosen.connect(lambda _: self._show_panes())
        view.table.doubleClicked.connect(self.open)
        view.day.editingFinished.connect(self.choose_day)
        view.leaving.kept.connect(self.kept)
        view.leaving.told.connect(self.say)
        view.leaving.written.connect(self._left_seat)
        view.leaving.closed.connect(self._leaving_closed)
        for lines in (view.meetings, view.resolutions):
            lines.doubleClicked.connect(self.open)
        for button, deed in (
            (self.new, self.begin), (view.add, self.add_member), (view.leave, self.leave_seat), (view.renew, self.renew),
            (view.reveal, self.reveal), (view.papers["its_ledgers"], self.its_ledgers),
            (view.papers["its_charter"], self.its_charter), (view.papers["its_plan"], self.its_plan),
        ):  # fmt: skip
            button.clicked.connect(deed)
        for name, deed in (
            ("new_council", self.begin), ("add_seat", self.add_member), ("leave_seat", self.leave_seat), ("renew", self.renew),
            ("its_ledgers", self.its_ledgers), ("its_charter", self.its_charter), ("its_plan", self.its_plan),
            ("day", self._to_day), ("next_pane", self.next_pane), ("reveal", self.reveal), ("save", view.leaving.write),
        ):  # fmt: skip
            bind(self, name, deed)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading("议事组织")

    # --- what is shown --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read anew; the same body and seat stay selected."""
        self._stale = False
        before = self.view.body.code if self.view.body else ""
        self.view.day.fill(str(self._day))
        self.model.show_bodies(seats.bodies(self._office, self._day), self._day)
        index = self.model.index(self.model.row_of(before), 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._select()

    def _select(self) -> None:
        body = self.model.at(self.list.currentIndex().row())
        if body is None:
            return
        if self.view.body is None or body.code != self.view.body.code:
            self.view.leaving.close_form()
        found = seats.tenures(self._office, body, self._day)
        self.view.show_body(body, found, day=self._day, revealed=self._revealed)
        with self._office.desk.reading() as session:
            viewer = self._office.by
            held = overview.sittings(session, viewer, date(1949, 10, 1), self._day, body=body.code, limit=MEETINGS)
            open_ = overview.open_resolutions(session, viewer, body.code, limit=MEETINGS)
        self.view.show_matters(held, open_)

    def choose_day(self) -> None:
        """Show the day that was typed; what is no day is said beside it."""
        typed = day_typed(str(self.view.day.value()), clock.today())
        if not typed:
            self.view.day_said.setText("这不是日期，照 11.24 这样写")
            self.view.day_said.set_tone("bad")
            return
        self.view.day_said.set_tone("ink2")
        if date.fromisoformat(typed) != self._day:
            self._day = date.fromisoformat(typed)
            self.reload()
        else:
            self.view.day.fill(typed)
            self.view.day_said.setText(f"周{'一二三四五六日'[self._day.weekday()]}")

    def reveal(self) -> None:
        """Show the numbers in full, or mask them again."""
        self._revealed = not self._revealed
        self._select()
        self._say_keys()

    def _say_keys(self) -> None:
        seen = (KEYS["reveal"].shown, "遮住号码") if self._revealed else "reveal"
        writing = ("add_seat", "leave_seat", "renew") if self._writes else ()
        self.keys = ("open", *writing, "its_ledgers", "day", "next_pane", seen)
        self.renamed.emit()

    # --- going on -------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show what is selected in the pane that has the keys: the council, the post, the meeting or the resolution."""
        view, org = self.view, self._office.desk.me.org
        for lines in (view.meetings, view.resolutions):
            if lines.hasFocus() and lines.current is not None:
                self.asked.emit(Place(lines.current.kind, lines.current.id, lines.current.org))
                return
        if view.table.hasFocus() and view.current is not None:
            self.asked.emit(Place(Post.kind.key, view.current.kept.id, org))
        elif self.list.hasFocus() and view.body is not None and view.body.kept is not None:
            self.asked.emit(Place(Council.kind.key, view.body.kept.id, org))
        elif self.list.hasFocus():
            self.next_pane()

    def begin(self) -> None:
        """A new council."""
        if self._writes:
            self.asked.emit(Place(Council.kind.key))

    def add_member(self) -> None:
        """A new post in this body; of an empty seat its position stands in it already."""
        body = self.view.body
        if not self._writes or body is None or self._no_own():
            return
        current = self.view.current
        sitting = [
            one for one in self.view.model.rows if isinstance(one, Tenure) and one.state is State.SITS and one.own
        ]
        begin = {
            "body": {k: v for k, v in body.own.model_dump().items() if v}, "since": str(self._day),
            "position": current.post.position if current and current.state is State.EMPTY else "",
            "term": next((one.post.term for one in sitting if one.post.term), ""),
        }  # fmt: skip
        self.asked.emit(Place(Post.kind.key, begin={k: v for k, v in begin.items() if v}))

    def renew(self) -> None:
        """To where the whole list is taken over into a new term."""
        if self._writes and self.view.body is not None and not self._no_own():
            self.asked.emit(Place(RENEWAL, self.view.body.code, begin={"day": str(self._day)}))

    # --- its file -------------------------------------------------------------------------------------

    def its_ledgers(self) -> None:
        """To the ledgers this council keeps."""
        if self.view.body is not None and self.view.body.kept is not None:
            self.asked.emit(Place(LEDGERS, self.view.body.code))

    def its_charter(self) -> None:
        """Its newest charter; where it has none, a new one with a text to begin with."""
        self._file(Charter, lambda council: charters.begun(self._office, council))

    def its_plan(self) -> None:
        """Its plan of the year; where it has none, a new one."""
        self._file(YearPlan, lambda _: {"year": str(self._today.year)})

    def _file(self, cls: type[Charter | YearPlan], begin: Callable[[Council], dict[str, Any]]) -> None:
        body, org = self.view.body, self._office.desk.me.org
        if body is None or body.kept is None or not isinstance(body.kept.record, Council):
            return
        kept = charters.newest(self._office, cls, body.kept.id)
        if kept is not None:
            self.asked.emit(Place(cls.kind.key, kept.id, org))
        elif self._office.by.may(Deed.WRITE, cls.kind):
            council = {"council": {"id": body.kept.id, "name": body.name}}
            self.asked.emit(Place(cls.kind.key, begin=council | begin(body.kept.record)))
        else:
            self.say(f"{body.name}还没有{KEYS['its_charter' if cls is Charter else 'its_plan'].word}。")

    def _no_own(self) -> bool:
        body = self.view.body
        if body is not None and not body.own.name:
            self.say(f"{body.name}没有自己的职务，请到“村民委员会”或“村党组织”里改。")
            return True
        return False

    # --- leaving a seat -------------------------------------------------------------------------------

    def leave_seat(self) -> None:
        """Ask for the last day of the selected seat and why."""
        one = self.view.current
        if not self._writes or one is None or one.state is not State.SITS:
            return
        if not one.own:
            self.say(f"{one.post.person.name}凭{one.post.body.name}的职务在这里，请到那里改。")
            return
        self.switch.choose(1)
        self.view.leaving.begin(one, str(self._day))
        self._show_panes()

    def _leaving_closed(self) -> None:
        self._show_panes()
        self.view.table.setFocus()

    def _left_seat(self, one: Tenure, before: Mapping[str, Any]) -> None:
        self.kept.emit(now())
        self.say(
            f"{one.post.person.name}不再任{one.post.position}，记下了。",
            lambda: self.attempt(lambda: put(self._office, one, before)),
        )

    def leave(self) -> None:
        self.view.leaving.form.settle()
        self.view.leaving.form.flush()

    # --- the cursor -----------------------------------------------------------------------------------

    def _order(self) -> tuple[QWidget, ...]:
        return self.list, self.view.table, self.view.meetings, self.view.resolutions

    def next_pane(self) -> None:
        """From the bodies to the seats, the meetings, the resolutions, and back."""
        order = self._order()
        at = next((at for at, widget in enumerate(order) if widget.hasFocus()), -1)
        at = (at + 1) % len(order)
        self.switch.choose(min(at, 2))
        order[at].setFocus()

    def _to_day(self) -> None:
        self.switch.choose(1)
        self.view.day.setFocus()
        self.view.day.selectAll()

    def _changed(self, done: Changed) -> None:
        """What is not seen is read again when it is."""
        if done.kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        today = date.fromisoformat(clock.today())
        if self._day == self._today != today:
            self._day, self._stale = today, True
        self._today = today
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
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.view.day.hasFocus():
                self.choose_day()
                self.view.table.setFocus()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if any(widget.hasFocus() for widget in self._order()):
                self.open()
            case Qt.Key.Key_Escape if self.view.leaving.tenure is not None:
                self.view.leaving.close_form()
            case Qt.Key.Key_Escape if self._day != self._today:
                self._day = self._today
                self.reload()
                self.list.setFocus()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panes()

    def _show_panes(self) -> None:
        narrow, pane = self.width() < em(NARROW), self.switch.current
        self.switch.setVisible(narrow)
        self.left_pane.setVisible(not narrow or pane == 0)
        self.view.setVisible(not narrow or pane > 0)
        self.view.seats.setVisible(not narrow or pane == 1)
        asking = self.view.leaving.tenure is not None
        self.view.acts.setVisible(not asking)
        self.view.foot.setVisible(not asking)
        self.view.table.setVisible(not (narrow and asking))
        self.view.matters.setVisible(pane == 2 if narrow else not asking)
        self.left_pane.setMaximumWidth(em(200) if narrow else em(17))
        self.left_pane.setMinimumWidth(0 if narrow else em(17))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(em(0.5))
        self._panes.setSpacing(em(1.25))
        self._show_panes()
