"""The form of a resolution: what was decided stands above, below it how far it is; a new decision is begun from here."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from villagedesk.base import clock
from villagedesk.gui.editors.lines import Lines
from villagedesk.gui.form import Form
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.card import Card
from villagedesk.gui.register import Register
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.summary import Summary
from villagedesk.records.kind import Record
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.store.queries import Kept


class ResolutionForm(Form):
    """F3 adds what was done today.  What a meeting decided is changed by a meeting only: by a new matter that points at it."""

    def __init__(self, cls: type[Record], register: Register, parent: QWidget | None = None) -> None:
        self._kept: Kept | None = None
        self._register = register
        super().__init__(cls, register, parent)
        bind(self, "add_step", self.add_step)

    def lay_out(self, cls: type[Record]) -> None:
        super().lay_out(cls)
        self.decided, card = Summary(), Card("决议")
        card.body.addWidget(self.decided)
        self._column.insertWidget(0, card)

    def about(self, kept: Kept | None) -> None:
        self._kept = kept

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values)
        record = self._kept.record if self._kept else None
        typed = dict.fromkeys(("owner", "due_on", "done_on"))
        self.decided.show_record(
            record.model_copy(update={**typed, "steps": [], "progress": ""}) if isinstance(record, Resolution) else None
        )

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        """Further progress; and, while it holds, a meeting that changes it."""
        kept = self._kept
        found: list[tuple[str, Callable[[], object]]] = [
            (f"{KEYS['add_step'].word}  {KEYS['add_step'].shown}", self.add_step)
        ]
        return [*found, ("改变这项决议", self.change)] if kept and kept.stage != "replaced" else found

    def add_step(self) -> None:
        """A line for what was done, of today."""
        steps = self.editors["steps"]
        assert isinstance(steps, Lines)  # noqa: S101 -- a list has this editor
        if steps.widget.isEnabled():
            steps.go(str(len(steps.model.lines) - 1))
            steps.begin({"on": clock.today()}, "text")

    def change(self) -> None:
        """A new meeting of the same bodies, with a matter that points at this decision."""
        kept = self._kept
        if kept is None or not isinstance(kept.record, Resolution):
            return
        subject, names = kept.record.subject, self._register.bodies()
        item = {"title": f"改变“{subject[:100]}”的决议", "replaces": {"id": kept.id, "name": subject}}
        bodies = [{"body": code, "name": names.get(code, code)} for code in kept.record.bodies]
        self.led.emit(Place("meeting", begin={"bodies": bodies, "agenda": [item]}))
