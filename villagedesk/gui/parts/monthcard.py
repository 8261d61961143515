"""A month on a card: its name, the way to the months beside it, its days with the count of the moon and what falls on them."""

from collections.abc import Callable
from datetime import date

from villagedesk.base.lunar import lunar, term
from villagedesk.gui.parts.buttons import IconButton
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.month import Day, Month
from villagedesk.gui.parts.words import Words


class MonthCard(Card):
    """`falls` says of a day which tile stands on it and what that is in words, "" and "" where nothing falls on it."""

    def __init__(self, today: date, falls: Callable[[date], tuple[str, str]]) -> None:
        super().__init__()
        self._falls = falls
        self.month = Month(today, self._cell)
        self.month.turned.connect(lambda _: self.tell())
        self.name = Words("", weight=600)
        self.head.addWidget(self.name)
        self.head.addStretch()
        for icon, name, step in (("chevron-left", "上个月", -1), ("chevron-right", "下个月", 1)):
            turn = IconButton(icon, name)
            turn.clicked.connect(lambda _=False, step=step: self.month.turn(step))
            self.head.addWidget(turn)
        self.body.addWidget(self.month, 1)

    def tell(self) -> None:
        """Which month it is, and anew what falls on its days."""
        day = self.month.current
        self.name.setText(f"{day.year}年{day.month}月")
        self.month.update()

    def _cell(self, day: date) -> Day:
        moon, begins = lunar(day), term(day)
        tile, said = self._falls(day)
        return Day(note=begins or (moon.short if moon else ""), marked=bool(begins), tile=tile, said=said)
