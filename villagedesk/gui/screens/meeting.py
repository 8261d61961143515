"""The form of a meeting: its head folded to a line, the roll beside the agenda, votes held against who is there."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from villagedesk.actions import outlook
from villagedesk.gui import paint
from villagedesk.gui.editors.agenda import Agenda
from villagedesk.gui.editors.bodies import Bodies
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.editors.rollcall import RollCall
from villagedesk.gui.form import Form
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Elided, Sign, Words
from villagedesk.gui.register import Register
from villagedesk.gui.theme import em, theme
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds.councils.meeting import Meeting

HEAD = (
    "bodies",
    "subject",
    "session",
    "held_from",
    "held_to",
    "place",
    "chair",
    "recorder",
    "convener",
    "notice_on",
    "notice_by",
    "studied_on",
    "studied_no",
)
ROLL = ("present",)
AGENDA = ("agenda",)
PANES = ("基本情况", "点名", "议题和记录")
NARROW = 62
"""em; below it one panel at a time."""
_CARRIED = ("place", "convener", "chair", "recorder", "notice_by")
"""What the next meeting of the same bodies begins with."""


class MeetingForm(Form):
    """Everything of a meeting on one screen.  F6 goes from the head to the roll, the agenda and the rest."""

    def __init__(self, cls: type[Record], register: Register, parent: QWidget | None = None) -> None:
        self._register = register
        self._new = self._head_open = True
        super().__init__(cls, register, parent)

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        asked = {one.name: one for one in fields(Meeting)}
        rest = [name for name, one in asked.items() if not one.ask.auto and name not in (*HEAD, *ROLL, *AGENDA)]
        self.bodies = Bodies(register.bodies(), lambda code: outlook.countings(code, self._raw("held_from")))
        self.roll = RollCall(register, self._findings)
        self.agenda = Agenda(register, self._came, self._verdict)
        self.head = Fields([asked[n] for n in HEAD], register, made={"bodies": self.bodies})
        return [
            self.head,
            Fields([asked[n] for n in ROLL], register, made={"present": self.roll}),
            Fields([asked[n] for n in AGENDA], register, made={"agenda": self.agenda}),
            Fields([asked[n] for n in rest], register),
        ]

    def lay_out(self, cls: type[Record]) -> None:
        for group, name in ((self.groups[1], "present"), (self.groups[2], "agenda")):
            group.fields[name].label.hide()
            group.fields[name].set_note("")
        self.summary, self.head_card, self.roll_card = _Summary(), Card("基本情况"), Card()
        self.summary.change.clicked.connect(lambda: self._unfold(True))
        self.done = Button("收起", kind="link", icon="chevron-up")
        self.done.clicked.connect(lambda: self._unfold(False))
        self.switch = Switch(PANES, "看哪一栏", 1)
        self.switch.chosen.connect(lambda _: self._show_pane())
        self._column, self._both = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(self.summary)
        self._column.addWidget(self.head_card, 2)
        self._column.addWidget(self.switch)
        self._column.addLayout(self._both, 3)
        self._both.addWidget(self.roll_card, 4)
        self._both.addWidget(self._area, 6)
        self.head_area, other = _scrolling(), Card("其他")
        self.head_card.head.addStretch()
        self.head_card.head.addWidget(self.done)
        self.head_card.body.addWidget(self.head_area)
        self.head_area.setWidget(self.head)
        self.roll_card.body.addWidget(self.groups[1])
        self._area.setWidget(self._page)
        self._pages = QVBoxLayout(self._page)
        self._pages.addWidget(self.groups[2])
        self._pages.addWidget(other)
        self._pages.addStretch()
        other.body.addWidget(self.groups[3])
        self.head.typed.connect(self._head_typed)
        self.groups[1].typed.connect(lambda _: self.agenda.recount())
        bind(self, "next_pane", self.next_pane)

    # --- what hangs together --------------------------------------------------------------------------

    def _raw(self, name: str) -> Any:
        return self.editors[name].value() if hasattr(self, "editors") else None

    def _standing(self, lines: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        return {
            "bodies": self._raw("bodies"), "held_from": self._raw("held_from"), "present": self._raw("present") if lines is None else lines,
        }  # fmt: skip

    def _findings(self, lines: list[dict[str, Any]]) -> Any:
        return outlook.findings(self._standing(lines)) if hasattr(self, "editors") else ()

    def _came(self) -> int:
        return outlook.came(self._standing())

    def _verdict(self, item: Mapping[str, Any]) -> tuple[str, str]:
        said = str(item.get("yes", ""))
        return outlook.verdict(self._standing(), int(said) if said.isdecimal() else 0)

    def fill(self, values: Mapping[str, Any]) -> None:
        self._new = "subject" not in values
        super().fill(values)
        self._unfold(self._new)
        self.roll.recount()
        self.agenda.recount()

    def restore(self, typed: Mapping[str, Any], place: str = "", caret: int = -1) -> None:
        super().restore(typed, place, caret)
        if "present" not in typed:
            self._begin()
        self.roll.recount()
        self.agenda.recount()

    def _head_typed(self, name: str) -> None:
        if name in ("bodies", "held_from"):
            self._begin()
            self.roll.recount()
            self.agenda.recount()
        self._summarise()

    def _begin(self) -> None:
        """A new meeting of known bodies: who should come stands in the roll, and what is always the same is filled in."""
        codes = self.bodies.codes
        if not self._new or not codes:
            return
        untouched = all(line.get("state") == "uncalled" for line in self.roll.value())
        if untouched:
            self.roll.fill([])
            self.roll.offer(self._register.entitled(codes, outlook.day_of(self._raw("held_from"))))
        last = self._register.last_meeting(codes)
        for name in _CARRIED:
            if last.get(name) and not self._raw(name):
                self.editors[name].fill(last[name])
                self.head.fields[name].set_note("自动填，同上次")

    def freeze(self, frozen: bool) -> None:
        super().freeze(frozen)
        self.summary.change.say("看全" if frozen else "改")

    # --- panes ----------------------------------------------------------------------------------------

    def _unfold(self, on: bool) -> None:
        """Show the head whole, or as one line; where there is one panel at a time, it is a panel of its own."""
        self._head_open = on
        if self.narrow:
            self.switch.choose(0 if on else 1)
        self._show_pane()
        self._summarise()
        if on:
            self.head.go("subject" if self.bodies.codes else "bodies")
        else:
            self.roll.go()

    def _summarise(self) -> None:
        def name(raw: Any) -> str:
            return str(raw.get("name", "")) if isinstance(raw, dict) else str(raw or "")

        raw = {n: self._raw(n) for n in HEAD}
        when = str(raw["held_from"] or "").replace("T", " ")[:16]
        same = name(raw["chair"]) and name(raw["chair"]) == name(raw["recorder"])
        late = outlook.notice({"bodies": self._raw("bodies"), **raw}, self._register.rules())
        remarks = ("和主持人是同一人，最好换一位" if same else "", f"通知晚了{late}天" if late else "")
        self.summary.show_facts(
            when,
            name(raw["place"]),
            name(raw["chair"]),
            name(raw["recorder"]),
            "，".join(filter(None, remarks)),
        )

    def go(self, place: str = "", caret: int = -1) -> None:
        name = place.partition(".")[0]
        if self.narrow and name:
            self.switch.choose(0 if name in HEAD else 1 if name in ROLL else 2)
        elif name in HEAD and not self._head_open:
            self._unfold(True)
        if not name and not self._new:
            self.roll.go()
            return
        super().go(place, caret)

    def next_pane(self) -> None:
        """From the head to the roll, to the agenda, to the rest, and back."""
        now = QApplication.focusWidget()
        at = next((i for i, group in enumerate(self.groups) if group.inside(now)), -1)
        if at == 0 and not self.narrow:
            self._unfold(False)  # the head is behind; the roll needs the room
            return
        self.go(next(iter(self.groups[(at + 1) % len(self.groups)].editors)))

    @property
    def narrow(self) -> bool:
        return self.width() < em(NARROW)

    def _show_pane(self) -> None:
        pane, narrow = self.switch.current, self.narrow
        self.head_card.setVisible(pane == 0 if narrow else self._head_open)
        self.summary.setVisible(not narrow and not self._head_open)
        self.done.setVisible(not narrow and not self._new)
        self.roll_card.setVisible(not narrow or pane == 1)
        self._area.setVisible(not narrow or pane == 2)

    def _fit(self) -> None:
        self.head_area.setMinimumHeight(
            0 if self.narrow else min(self.head.sizeHint().height(), self.height() * 2 // 5)
        )
        self.switch.setVisible(self.narrow)
        self.roll.fit(narrow=self.narrow)
        self._show_pane()
        self._column.setContentsMargins(em(1.25), em(0.625), em(1.25), em(0.625))
        self._column.setSpacing(em(0.625))
        self._both.setSpacing(em(0.75))
        self._pages.setContentsMargins(0, 0, 0, em(1))
        self._pages.setSpacing(em(0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dress(self) -> None:
        self._fit()


def _scrolling() -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is in it
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class _Summary(QWidget):
    """The head in one line: when, where, who leads, who writes."""

    def __init__(self) -> None:
        super().__init__()
        self.head = QHBoxLayout(self)
        self.head.setContentsMargins(em(0.875), 0, em(0.375), 0)
        self._words = {name: Elided() for name in ("when", "place", "chair", "recorder")}
        for (name, words), icon in zip(
            self._words.items(), ("calendar-days", "map-pin", "user-round", "pencil"), strict=True
        ):
            self.head.addWidget(Sign(icon))
            self.head.addWidget(words)
            if name != "recorder":
                self.head.addSpacing(em(1))
        self._sign = Sign("triangle-alert", "warn")
        self._remark = Words("", "small", tone="warn", weight=600)
        self.change = Button("改", kind="link", icon="pencil")
        self.head.addWidget(self._sign)
        self.head.addWidget(self._remark)
        self.head.addStretch()
        self.head.addWidget(self.change)

    def show_facts(self, when: str, place: str, chair: str, recorder: str, remark: str) -> None:
        """What stands in the head now."""
        for name, text in (
            ("when", when),
            ("place", place),
            ("chair", f"主持 {chair}"),
            ("recorder", f"记录 {recorder}"),
        ):
            self._words[name].setText(text)
        self._remark.setText(remark)
        self._sign.setVisible(bool(remark))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.rounded(QPainter(self), self.rect(), theme().paper, theme().line, radius=0.5, width=theme().edge)
