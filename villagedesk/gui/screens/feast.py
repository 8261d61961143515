"""The form of a wedding or a funeral: what the charter recommends and the village's periods stand beside it, as advice."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions import feasts
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.register import Register
from villagedesk.gui.screens.beside import Beside
from villagedesk.gui.theme import em
from villagedesk.records.kind import Record

NONE = "写上桌数和日期，这里就说说提倡的标准和报备的时间。"
NEVER = "这里只是提倡和提醒，不是审批，随时都能保存。"


class FeastForm(Beside):
    """A new one has today and the recommended tables filled in; who is picked from the register brings the group along."""

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        self._register = register
        self.custom = register.feast_custom()
        return super().make_groups(cls, register)

    def make_side(self) -> QWidget:
        card = Card("提倡和提醒")
        self.lines = QVBoxLayout()
        card.body.addLayout(self.lines)
        card.body.addWidget(Words(NEVER, "small", tone="ink3", wrap=True))
        self.groups[0].typed.connect(self._host_typed)
        return card

    def fill(self, values: Mapping[str, Any]) -> None:
        super().fill(values if "host" in values else {**values, **feasts.begun(self.custom)})

    def tell(self, values: Mapping[str, Any]) -> None:
        emptied(self.lines)
        said = feasts.advice(self.custom, values)
        for one in said or [feasts.Advice(NONE)]:
            row, tone = QHBoxLayout(), "warn" if one.look else "ink2"
            row.addWidget(Sign("triangle-alert" if one.look else "info", tone), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(seamed(one.text), tone=tone, wrap=True), 1)
            row.setSpacing(em(0.5))
            self.lines.addLayout(row)

    def _host_typed(self, name: str) -> None:
        host = self.editors["host"].value() if name == "host" else None
        if isinstance(host, dict) and host.get("id") and not self.editors["group"].value():
            self.editors["group"].fill(self._register.group_of(host["id"]))
