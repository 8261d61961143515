"""The form of a matter of weight: its steps across the top, the next one to be done below them, every step with its own fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions import matters
from villagedesk.base import clock
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.editors.lines import Lines
from villagedesk.gui.form import Form
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.stepper import Stepper
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.register import Register
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds.affairs.matter import Matter, MatterStep, StepKind
from villagedesk.store.queries import Kept

BESIDE = 56
"""em of width from which the fields of a step stand beside the list of steps."""
_SITTING = ("name", "step", "meeting", "on", "form", "expected", "came", "town", "text", "due_on", "done_on")
_ASKED = {
    StepKind.AUDIT: ("name", "step", "on", "opinion", "text", "due_on", "done_on"),
    StepKind.POST: ("name", "step", "publication", "posted_from", "posted_to", "text", "due_on", "done_on"),
    StepKind.OTHER: ("name", "step", "on", "text", "due_on", "done_on"),
}
"""Which fields a step has by what it is; all others are sittings."""
_TAKEN = ("meeting", "publication")
"""The fields of a step, and the kinds of record, it takes its facts from."""


class Steps(Lines):
    """The steps in order.  One that is linked to a meeting or a publication takes over what stands there."""

    columns = ("name", "done_on")

    def __init__(self, register: Register) -> None:
        self._register = register
        super().__init__(MatterStep, register, "步骤")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room the fields of a step stand beside the steps."""
        super().resizeEvent(event)
        wide = self.width() >= em(BESIDE)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(em(1) if wide else em(0.375))
        for at, share in enumerate((2, 3) if wide else (0, 0)):
            self._both.setStretch(at, share)
        for part in (self._column, self.panel):
            self._both.setAlignment(part, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))

    def _open(self, row: int) -> None:
        super()._open(row)
        self._ask()

    def _ask(self) -> None:
        self.panel.show_only(_ASKED.get(self.panel.editors["step"].value(), _SITTING))

    def _note(self, name: str) -> None:
        super()._note(name)
        if name == "step":
            self._ask()
        value = self.panel.editors[name].value()
        if name in _TAKEN and isinstance(value, dict) and value.get("id"):
            line = self.model.lines[self.row]
            found = self._register.step_facts(name, value["id"])
            self.model.change(self.row, line | {k: v for k, v in found.items() if k != "text" or not line.get("text")})
            self._open(self.row)
            self.typed.emit()

    @property
    def now(self) -> int:
        """The row of the step that is to be done next; past the last one when all are."""
        lines = self.model.lines
        return next((row for row, line in enumerate(lines) if not line.get("done_on")), len(lines))

    def close_step(self) -> None:
        """The step that is to be done next is done."""
        row = self.now
        self.model.change(row, matters.closed(self.model.lines[row], _today()))
        self.typed.emit()
        self.go_now()

    def go_now(self) -> None:
        """To what the next step asks for first."""
        row = min(self.now, len(self.model.lines) - 1)
        kind = self.model.lines[row].get("step") if row >= 0 else ""
        first = "publication" if kind == StepKind.POST else "opinion" if kind == StepKind.AUDIT else "meeting"
        self.go(f"{row}.{'on' if kind == StepKind.OTHER else first}")


class MatterForm(Form):
    """A new matter asks what it is about; once it is saved its steps are there."""

    def __init__(self, cls: type[Record], register: Register, parent: QWidget | None = None) -> None:
        self._frozen = self._known = self._open = False
        super().__init__(cls, register, parent)
        self.editors["steps"].typed.connect(self._show_step)
        self.close_it.clicked.connect(self.close_step)
        bind(self, "close_step", self.close_step)
        bind(self, "next_pane", self.next_pane)

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        asked = [one for one in fields(Matter) if not one.ask.auto]
        self.steps = Steps(register)
        return [
            Fields([one for one in asked if one.name == "steps"], register, made={"steps": self.steps}),
            Fields([one for one in asked if one.name != "steps"], register),
        ]

    def lay_out(self, cls: type[Record]) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._area.setWidget(self._page)
        self._column = QVBoxLayout(self._page)
        self.across, self.next, self.steps_card, about = Card(), Card(tone="acc"), Card(), Card("基本情况")
        self.stepper = Stepper([("", "")])
        self.across.body.addWidget(self.stepper)
        self.when = Words("", "small", tone="acc", weight=600)
        self.what = Words("", "sub", song=True, weight=600, wrap=True)
        self.said = Words("", "small", tone="ink2", wrap=True)
        self.close_it = Button("办完这一步", KEYS["close_step"].shown, icon="check", bound=False)
        self.begin_it = Button("", kind="link", icon="plus")
        self.begin_it.clicked.connect(self._begin)
        row, words, deeds = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for one in (self.when, self.what, self.said):
            words.addWidget(one)
        for button in (self.close_it, self.begin_it):
            deeds.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(words, 1)
        row.addLayout(deeds)
        self.next.body.addLayout(row)
        for card in (self.across, self.next, self.steps_card, about):
            self._column.addWidget(card)
        self.steps_card.body.addWidget(self.groups[0])
        about.body.addWidget(self.groups[1])
        self._column.addStretch()

    # --- what is shown --------------------------------------------------------------------------------

    def about(self, kept: Kept | None) -> None:
        self._known = kept is not None
        self._open = kept is not None and kept.stage == "open" and not kept.struck

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values)
        self._show_step()

    def restore(self, typed: Mapping[str, Any], place: str = "", caret: int = -1) -> None:
        super().restore(typed, place, caret)
        self._show_step()

    def freeze(self, frozen: bool) -> None:
        super().freeze(frozen)
        self._frozen = frozen
        self._show_step()

    def _show_step(self) -> None:
        """The steps as they stand, and what is to be done next."""
        lines, now, known = self.steps.model.lines, self.steps.now, self._known
        self.across.setVisible(bool(known and lines))
        self.steps_card.setVisible(known)
        self.next.setVisible(bool(known and self._open and not self._frozen and now < len(lines)))
        if lines:
            self.stepper.show_steps([_short(line, now=row == now) for row, line in enumerate(lines)], now)
        if now < len(lines):
            line = lines[now]
            due = str(line.get("due_on") or "")
            self.when.setText(
                seamed(f"下一步　第{now + 1}步，共{len(lines)}步" + (f"，打算{_spoken(due)}前办" if due else ""))
            )
            self.what.setText(seamed(str(line.get("name", ""))))
            waits = matters.waits(line, _today())
            self.said.setText(seamed(waits or f"办完了按{KEYS['close_step'].shown}，轮到下一步。"))
            post, kind = line.get("step") == StepKind.POST, line.get("step")
            linked = line.get("publication" if post else "meeting")
            self.begin_it.say("起草公开" if post else "记这次会议")
            self.begin_it.setVisible(not linked and kind not in (StepKind.AUDIT, StepKind.OTHER))

    # --- going on -------------------------------------------------------------------------------------

    def close_step(self) -> None:
        """The next step is done; what is still lacking is said, and the cursor put there."""
        now = self.steps.now
        if not self.next.isVisibleTo(self) or now >= len(self.steps.model.lines):
            return
        self.settle()
        waits = matters.waits(self.steps.model.lines[now], _today())
        if waits:
            self.said.setText(seamed(waits))
            self.said.set_tone("bad")
            self.steps.go_now()
            return
        self.said.set_tone("ink2")
        self.steps.close_step()
        self.saving.emit()

    def _begin(self) -> None:
        """Write the meeting or the publication of the next step."""
        line, subject = self.steps.model.lines[self.steps.now], str(self.editors["subject"].value())
        if line.get("step") == StepKind.POST:
            begin = {"subject": f"{subject}：{line.get('name', '')}"[:120], "text": subject}
            self.led.emit(Place("publication", begin=begin))
        else:
            self.led.emit(Place("meeting", begin={"subject": subject, "agenda": [{"title": subject}]}))

    def go(self, place: str = "", caret: int = -1) -> None:
        if place:
            super().go(place, caret)
        elif self._known and self.steps.model.lines:
            self.steps.go_now()
        else:
            super().go("subject")

    def next_pane(self) -> None:
        """From the steps to what the matter is, and back."""
        self.go("subject" if self.where()[0].startswith("steps") else "")

    def dress(self) -> None:
        super().dress()
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(1))


def _short(line: Mapping[str, Any], *, now: bool) -> tuple[str, str]:
    """A step as it stands across the top: its name, or what it is where that is long; and its day."""
    name = str(line.get("name", ""))
    labels = {kind.value: kind.label for kind in StepKind}
    word = name if len(name) <= 6 or line.get("step") == StepKind.OTHER else labels.get(str(line.get("step")), name)
    day = str(line.get("done_on") or (line.get("due_on") if now else "") or "")
    return word, (day[5:] + ("前" if now else "")) if day else ""


def _spoken(day: str) -> str:
    try:
        one = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{one.month}月{one.day}日"


def _today() -> date:
    return date.fromisoformat(clock.today())
