"""The form of a publication: beside it how it reads on the wall, and what villagers have said to it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.actions import publications
from villagedesk.base import clock
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.register import Register
from villagedesk.gui.screens.beside import Beside
from villagedesk.gui.screens.lines import Lines, Told
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.records.kind import Record
from villagedesk.records.kinds.affairs.publication import OBJECTION_FLOW
from villagedesk.store.overview import Line
from villagedesk.store.queries import Kept

SHOWN = 24
"""Lines of the wall that are shown; a long list goes on in the paper."""


class PublicationForm(Beside):
    """What is typed stands at the side as everybody will read it.  F3 notes what somebody said to it."""

    first = False

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        self._register = register
        self._kept: Kept | None = None
        return super().make_groups(cls, register)

    def make_side(self) -> QWidget:
        side, column = QWidget(), QVBoxLayout()
        self.wall, self.voices_card = Card("贴出去的样子"), Card("提的意见")
        self.text = QVBoxLayout()
        self.wall.body.addLayout(self.text)
        self.voices = Lines("提的意见", 0.5)
        self.voices.itemActivated.connect(lambda item: self._open(item.data(Qt.ItemDataRole.UserRole)))
        self.voices_card.body.addWidget(self.voices)
        for card in (self.wall, self.voices_card):
            column.addWidget(card)
        column.setContentsMargins(0, 0, 0, 0)
        side.setLayout(column)
        for group in self.groups:
            group.typed.connect(self._follow_up)
        bind(self, "add_step", self.add_voice)
        return side

    def about(self, kept: Kept | None) -> None:
        self._kept = kept
        said = self._register.objections(kept.id) if kept else []
        told = [
            Told(_line(one), "", one.record.title, OBJECTION_FLOW[one.stage].name, late=one.stage == "raised")
            for one in said
        ]
        self.voices.show_lines(told, f"还没有人提。有人提，按{KEYS['add_step'].shown}登记。")
        self.voices.setFixedHeight(em(2.25) * min(max(len(told), 1), 4) + em(0.25))
        self.voices_card.setVisible(kept is not None)

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values if "subject" in values else {**values, "on": clock.today()})

    def tell(self, values: Mapping[str, Any]) -> None:
        emptied(self.text)
        wall = publications.wall(values)
        if wall.problem:
            self.text.addWidget(Words(seamed(wall.problem), "small", tone="warn", wrap=True))
            return
        self.text.addWidget(Words(seamed(wall.title), "lead", song=True, weight=600, wrap=True))
        for line in wall.lines[:SHOWN]:
            self.text.addWidget(Words(line, song=True, wrap=True))
        if len(wall.lines) > SHOWN:
            self.text.addWidget(
                Words(f"还有{len(wall.lines) - SHOWN}行，按{KEYS['print'].shown}看整张。", "small", tone="ink2")
            )

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        return [(f"登记意见  {KEYS['add_step'].shown}", self.add_voice)]

    def add_voice(self) -> None:
        """What somebody said to this publication, of today."""
        if self._kept is not None:
            about = {"id": self._kept.id, "name": self._kept.record.title}
            self.led.emit(Place("objection", begin={"publication": about, "on": clock.today()}))

    def _open(self, line: Line | None) -> None:
        if line is not None:
            self.led.emit(Place(line.kind, line.id, line.org))

    def _follow_up(self, name: str) -> None:
        """The item of the catalogue brings its habits along; fifteen days are reckoned from the first one."""
        value = self.editors[name].value()
        if name == "item" and isinstance(value, dict) and value.get("id"):
            for field, taken in self._register.of_catalogue(value["id"]).items():
                self.editors[field].fill(taken)
        elif name == "posted_from" and not self.editors["posted_to"].value():
            self.editors["posted_to"].fill(publications.until(str(value)))


def _line(kept: Kept) -> Line:
    return Line("objection", kept.org, kept.id, kept.record.title, kept.stage, kept.edition, "")
