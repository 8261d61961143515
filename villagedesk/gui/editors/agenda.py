"""The agenda of a meeting: one matter open, the others folded to their heads."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.item import ItemCard, Judge
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.register import Register
from villagedesk.gui.theme import changed, em


class Agenda(Editor, QWidget):
    """Matters in order; Alt+Insert adds one, Enter runs through the fields of the open one and on to the next.

    Signals: `typed` a person changed something.
    """

    typed = Signal()

    def __init__(self, register: Register, came: Callable[[], int], judge: Judge) -> None:
        super().__init__()
        self._register, self._came, self._judge = register, came, judge
        self._frozen = False
        self.cards: list[ItemCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout()
        self.buttons = []
        for word, deed in (
            ("加一个议题", self.add),
            ("删去这个议题", self.drop),
            ("上移", self.up),
            ("下移", self.down),
        ):
            button = Button(word, kind="link", icon="plus" if deed == self.add else None)
            button.clicked.connect(deed)
            self.buttons.append(button)
            self._row.addWidget(button)
        self._row.addStretch()
        self._column.addLayout(self._row)
        self._current = 0
        changed.connect(self._space)
        self._space()

    # --- the promises of an editor ------------------------------------------------------------------

    def value(self) -> Any:
        return [card.value() for card in self.cards if not card.empty]

    def fill(self, raw: Any) -> None:
        if self.cards and list(raw or ()) == self.value():
            return  # as it stands, after saving: cards are not made anew for that
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for one in raw or ():
            self._put(one if isinstance(one, dict) else {"title": str(one)})
        self._number()
        first = next((i for i, card in enumerate(self.cards) if not card.voted), 0)
        self._current = min(self._current, max(len(self.cards) - 1, 0)) if self._current else first
        self._fold()

    def settle(self) -> None:
        for card in self.cards:
            card.settle()

    def where(self) -> tuple[str, int]:
        at = self._focused()
        if at < 0:
            return "", 0
        place, caret = self.cards[at].where()
        return f"{at}.{place}" if place else str(at), caret

    def go(self, place: str = "", caret: int = -1) -> None:
        row, _, rest = place.partition(".")
        if not self.cards:
            if self._frozen:
                return
            self.add()
        at = min(int(row), len(self.cards) - 1) if row.isdigit() else self._current
        self._open(at)
        self.cards[at].go(rest, caret)

    def step(self, forward: bool) -> bool:
        at = self._focused()
        if at < 0:
            return False
        if self.cards[at].step(forward):
            return True
        following = at + (1 if forward else -1)
        if not 0 <= following < len(self.cards):
            return False
        self._open(following)
        self.cards[following].go("title" if forward else "replaces")
        return True

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        for card in self.cards:
            card.freeze(frozen)
        for button in self.buttons:
            button.setVisible(not frozen)

    def point_out(self, problems: Sequence[Problem]) -> None:
        for i, card in enumerate(self.cards):
            own = [
                Problem(p.field.partition(".")[2], p.text, p.warn)
                for p in problems
                if p.field.partition(".")[0] == str(i)
            ]
            card.point_out(own)

    # --- matters --------------------------------------------------------------------------------------

    def recount(self) -> None:
        """Others came than before: every vote is held against that."""
        for card in self.cards:
            card.tally()

    def add(self) -> None:
        """A new matter at the end, open, the cursor in its title."""
        self._put({})
        self._number()
        self._open(len(self.cards) - 1)
        self.cards[-1].go("title")

    def drop(self) -> None:
        """Take the open matter off; undo of the form brings it back."""
        if self.cards:
            card = self.cards.pop(self._current)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._number()
            self._open(max(self._current - 1, 0))
            self.typed.emit()

    def up(self) -> None:
        self._move(-1)

    def down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at, to = self._current, self._current + by
        if 0 <= to < len(self.cards):
            self.cards.insert(to, self.cards.pop(at))
            self._column.insertWidget(to, self.cards[to])
            self._number()
            self._open(to)
            self.typed.emit()

    def _put(self, line: dict[str, Any]) -> None:
        card = ItemCard(line, self._register, self._came, self._judge)
        card.freeze(self._frozen)
        card.typed.connect(self.typed)
        card.opened.connect(lambda card=card: self._open(self.cards.index(card)))
        self.cards.append(card)
        self._column.insertWidget(len(self.cards) - 1, card)

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.show_number(number)

    def _open(self, at: int) -> None:
        self._current = at
        self._fold()

    def _fold(self) -> None:
        for i, card in enumerate(self.cards):
            if card.open != (i == self._current):
                card.blockSignals(True)
                card.unfold(i == self._current)
                card.blockSignals(False)

    def _focused(self) -> int:
        now = QApplication.focusWidget()
        return next((i for i, card in enumerate(self.cards) if now is not None and card.isAncestorOf(now)), -1)

    def _space(self) -> None:
        self._column.setSpacing(em(0.5))
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
