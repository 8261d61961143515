"""One body on a day: its seats, the form of leaving one, its last meetings, and its resolutions that are still open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions.office import Office
from villagedesk.actions.seats import Body, State, Tenure
from villagedesk.gui.editors.line import Day
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.screens.leaving import Leaving
from villagedesk.gui.screens.lines import Lines, Told
from villagedesk.gui.screens.seats import Seats, SeatTable, remark
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS
from villagedesk.store.overview import Line

MEETINGS = 5


class BodyView(QWidget):
    """The body at the right of the list."""

    def __init__(self, office: Office, *, writes: bool) -> None:
        super().__init__()
        self.body: Body | None = None
        self._writes = writes
        self.title, self.chip = Words("", "sub", song=True, weight=600), Chip("", "warn")
        self.said = Words("", "small", tone="ink2")
        self.day, self.day_said = Day(), Words("", "small", tone="ink2")
        self.day.setAccessibleName("哪一天")
        self.model = Seats()
        self.table = SeatTable(self.model)
        self.none = Words("", "small", tone="ink2", wrap=True)
        self.sign, self.line = Sign("info", "ink2"), Words("", "small", tone="ink2", wrap=True)
        self.leaving = Leaving(office)
        self.add = Button("添成员", KEYS["add_seat"].shown, filled=True, icon="plus", bound=False)
        self.leave = Button("离任", KEYS["leave_seat"].shown, bound=False)
        self.renew = Button("换届", KEYS["renew"].shown, bound=False)
        self.papers = {
            name: Button(KEYS[name].word, KEYS[name].shown, kind="link", bound=False)
            for name in ("its_ledgers", "its_charter", "its_plan")
        }
        self.reveal = Button("看全号码", KEYS["reveal"].shown, kind="link", icon="eye", bound=False)
        self.meetings, self.resolutions = Lines("最近的会", 7.0), Lines("没办完的决议", 0.5)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        changed.connect(self._space)
        self._space()

    def _lay_out(self) -> None:
        self._head, self.foot, self.acts = QHBoxLayout(), QWidget(), QWidget()
        self._foot, self._acts = QHBoxLayout(self.foot), QHBoxLayout(self.acts)
        head: tuple[QWidget, ...] = (self.title, self.chip, self.said)
        for widget in head:
            self._head.addWidget(widget)
        self._head.addStretch()
        label = Words("哪一天", "small", tone="ink2")
        label.setBuddy(self.day)
        self._head.addWidget(label)
        self._head.addWidget(self.day)
        self._head.addWidget(self.day_said)
        for button in (self.add, self.leave, self.renew):
            self._acts.addWidget(button)
        self._acts.addStretch()
        self._acts.addWidget(self.reveal)
        self._foot.addWidget(self.sign)
        self._foot.addWidget(self.line, 1)
        self.seats, self.matters = QWidget(), QWidget()
        self._seats, self._matters = QVBoxLayout(self.seats), QHBoxLayout(self.matters)
        self._seats.addLayout(self._head)
        self._seats.addWidget(self.none)
        self._seats.addWidget(self.table, 1)
        self._seats.addWidget(self.foot)
        self._seats.addWidget(self.leaving)
        self._seats.addWidget(self.acts)
        for name, lines in (("最近的会", self.meetings), ("没办完的决议", self.resolutions)):
            card = Card(name)
            card.body.addWidget(lines, 1)
            self._matters.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self.file = Card("它的档案")
        for button in self.papers.values():
            self.file.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._matters.addWidget(self.file, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.seats, 1)
        self._column.addWidget(self.matters)

    # --- what is shown --------------------------------------------------------------------------------

    def show_body(self, body: Body | None, tenures: Sequence[Tenure], *, day: date, revealed: bool) -> None:
        """Another body, another day, or the same read anew."""
        before = self.current.kept.id if self.current else ""
        self.body = body
        self.title.setText(body.name if body else "")
        self.chip.setVisible(bool(body and body.state))
        self.chip.say(body.state if body else "", "warn")
        years = f"，每届{body.years}年" if body and body.years else ""
        empty = f"，空{body.empty}席" if body and body.empty else ""
        self.said.setText(seamed(f"{body.count}人在任{empty}{years}") if body else "")
        self.day_said.setText(f"周{'一二三四五六日'[day.weekday()]}")
        self.model.show_tenures(tenures, revealed=revealed)
        row = self.model.row_of(before)
        if row >= 0:
            self.table.selectRow(row)
        self.none.setText(self._nobody(body) if body and not tenures else "")
        self.none.setVisible(bool(body) and not tenures)
        self.reveal.say("遮住号码" if revealed else "看全号码")
        self.reveal.setVisible(any(one.villager and one.villager.phone for one in tenures))
        self.file.setVisible(bool(body and body.kept))
        for button in (self.add, self.renew):
            button.setVisible(self._writes and bool(body and body.own.name))
        self._tell()

    def _nobody(self, body: Body) -> str:
        return (
            f"还没有人在这里任职，按{KEYS['add_seat'].shown}添成员。"
            if self._writes and body.own.name
            else "还没有人在这里任职。"
        )

    def show_matters(self, meetings: Sequence[Line], resolutions: Sequence[Line]) -> None:
        """Its last meetings, and what of its resolutions is not done yet."""
        self.meetings.show_lines([Told(line, _on(line), line.title, "") for line in meetings], "还没有开过会。")
        flow = KINDS["resolution"].kind.flow
        self.resolutions.show_lines(
            [Told(line, "", line.title, flow[line.stage].name) for line in resolutions], "没有没办完的。"
        )
        self._space()

    @property
    def current(self) -> Tenure | None:
        """The selected seat."""
        return self.model.at(self.table.currentIndex().row())

    def _tell(self) -> None:
        """The remark of the selected seat in full, and whether it can be left."""
        one = self.current
        words = remark(one) if one is not None else ""
        self.line.setText(
            f"{one.post.person.name}：{words}" if one and words and one.state is not State.EMPTY else words
        )
        self.line.set_tone("warn" if one and one.worry else "ink2")
        self.sign.show_as("triangle-alert" if one and one.worry else "info", "warn" if one and one.worry else "ink2")
        self.sign.setVisible(bool(words))
        self.leave.setVisible(self._writes and one is not None and one.own and one.state is State.SITS)

    def _space(self) -> None:
        for layout in (self._column, self._seats, self._matters, self._head, self._acts, self._foot):
            layout.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.75))
        self._seats.setSpacing(em(0.5))
        self._matters.setSpacing(em(0.75))
        for layout in (self._head, self._acts):
            layout.setSpacing(em(0.625))
        self._foot.setSpacing(em(0.375))
        self.file.body.setSpacing(0)
        self.day.setFixedWidth(em(8))
        for lines in (self.meetings, self.resolutions):
            most = max(self.meetings.count(), self.resolutions.count(), 2)
            lines.setFixedHeight(em(1.65) * min(most, 3) + em(0.5))


def _on(line: Line) -> str:
    day = date.fromisoformat(line.at[:10])
    return f"{day.year}年{day.month}月{day.day}日"
