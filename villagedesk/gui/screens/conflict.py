"""Fields changed on two laptops: both values side by side, one of them to be chosen; both are kept in the history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.actions import records, sides
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.sides import Open, Question
from villagedesk.gui import paint
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.store import queries


class Side(QAbstractButton):
    """One value as a large card to be chosen."""

    def __init__(self, words: str, said: str) -> None:
        super().__init__()
        self._words = words
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAccessibleName(said)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        lines = self._box(self.width() - em(3.125)).height()
        return QSize(em(12), min(max(em(2.625), lines + em(1)), em(8)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sizeHint().height() != self.height():  # other width, other lines
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the pair: a button would hand the focus on."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _box(self, width: int) -> QRect:
        metrics = QFontMetrics(face(song=True))
        return metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), Qt.TextFlag.TextWordWrap, self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t, on = QPainter(self), theme(), self.isChecked()
        paint.rounded(painter, self.rect(), t.goodt if on else t.paper, t.good if on else t.line2, width=2 if on else 1)
        sign = QRect(em(0.75), 0, em(1.25), self.height())
        paint.put_icon(painter, "circle-check" if on else "circle", t.good if on else t.line2, sign, em(1.25))
        painter.setFont(face(song=True))
        painter.setPen(t.ink)
        room = self.rect().adjusted(em(2.625), em(0.25), -em(0.5), -em(0.25))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._words)


class Choice(QWidget):
    """One field with its sides.  Left and right choose; up and down go on.  Signals: `chosen`, `walked` by so many."""

    chosen = Signal()
    walked = Signal(int)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.picked = -1
        self._row = QHBoxLayout(self)
        self.sides = [
            Side(seamed(option.text), f"{question.label}，{option.who}：{option.text}") for option in question.options
        ]
        for at, side in enumerate(self.sides):
            side.clicked.connect(partial(self.pick, at))
            self._row.addWidget(side, 1)
        changed.connect(self._space)
        self._space()

    def pick(self, at: int, *_: object) -> None:
        """This side."""
        self.picked = at
        for number, side in enumerate(self.sides):
            side.setChecked(number == at)
        self.sides[at].setFocus()
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        walk = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            start = self.picked if self.picked >= 0 else (1 if step < 0 else len(self.sides) - 2)
            self.pick(min(max(0, start + step), len(self.sides) - 1))
        elif walk:
            self.walked.emit(walk)
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(em(0.75))


@dataclass
class _Shown:
    kind: str
    id: str
    choices: list[Choice]


class ConflictScreen(Screen):
    """The records changed on two laptops, one after the other: ← → choose, ↑ ↓ next field, Ctrl+S decides."""

    keys = (("← →", "用左边、右边"), ("↑ ↓", "上下处"), "next_problem", "save", ("Esc", "以后再定"))

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setWindowTitle("选定一份")
        self._shown: _Shown | None = None
        self._title = ""
        self.banner = QVBoxLayout()
        self.card = Card()
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setColumnStretch(1, 1)
        self._roll = QScrollArea()
        self._roll.setWidgetResizable(True)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._roll.setWidget(self._inner)
        for ground in (self._inner, self._roll.viewport()):
            ground.setAutoFillBackground(False)
        self.card.body.addWidget(self._roll, 1)
        self.empty = Empty("circle-check", "没有两边不一样的记录。", more="两台电脑都改过同一处时，会在这里等您选定。")
        self.left_side, self.right_side = Button("全用左边"), Button("全用右边")
        self.later = Button("以后再定", "Esc", bound=False)
        self.decide = Button("定下来", KEYS["save"].shown, filled=True, icon="check", bound=False)
        self.state = Words("", "small", tone="ink2", wrap=True)
        self._low = QHBoxLayout()
        self._low.addWidget(self.state, 1)
        for button in (self.left_side, self.right_side, self.later, self.decide):
            self._low.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.banner)
        self._column.addWidget(self.card, 1)
        self._column.addWidget(self.empty)
        self._column.addLayout(self._low)
        self._column.addStretch()
        self._listen()
        changed.connect(self._space)
        self._space()
        self.reload()

    def _listen(self) -> None:
        self.left_side.clicked.connect(lambda: self.all(0))
        self.right_side.clicked.connect(lambda: self.all(1))
        self.later.clicked.connect(self.out)
        self.decide.clicked.connect(self.choose)
        bind(self, "save", self.choose)
        bind(self, "next_problem", self.walk)
        bind(self, "out", self.out)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading("选定一份", number=self._title, search=False)

    def reload(self) -> None:
        """The first record that waits for a choice."""
        with self._office.desk.reading() as session:
            waiting = sides.questions(session, self._office.by)
        emptied(self.banner)
        emptied(self._grid)
        self._shown = None
        for widget in (self.card, self.left_side, self.right_side, self.later, self.decide, self.state):
            widget.setVisible(bool(waiting))
        self.empty.setVisible(not waiting)
        self._title = ""
        if waiting:
            self._show(waiting[0], len(waiting))
        self.renamed.emit()

    def _show(self, one: Open, count: int) -> None:
        self._title = one.title
        more = f"还有{count - 1}件也在等。" if count > 1 else ""
        words = f"两台电脑都改过“{one.title}”，请选定用哪边。两份都留着，在“历史”里随时能看。{more}"
        self.banner.addWidget(Banner("warn", words))
        choices = [Choice(question) for question in one.questions]
        heads = QWidget()
        row = QHBoxLayout(heads)
        row.setContentsMargins(0, 0, 0, 0)
        for option in one.questions[0].options:
            row.addWidget(Words(seamed(f"{option.who}，{option.at}改"), "small", tone="ink2", weight=600, wrap=True), 1)
        self._grid.addWidget(heads, 0, 1)
        for at, choice in enumerate(choices, 1):
            label = Words(choice.question.label, weight=600, wrap=True)
            label.setFixedWidth(em(6))
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(choice, at, 1)
            choice.chosen.connect(self._tell)
            choice.walked.connect(partial(self._walk, at - 1))
        for at, (name, text) in enumerate(one.same, len(choices) + 1):
            self._grid.addWidget(Words(name, "small", tone="ink2"), at, 0)
            self._grid.addWidget(Words(seamed(f"{text}　两边一样"), "small", tone="ink2", wrap=True), at, 1)
        self._grid.setRowStretch(len(choices) + len(one.same) + 1, 1)
        self._shown = _Shown(one.kind, one.id, choices)
        self._tell()
        choices[0].sides[0].setFocus()

    @property
    def open(self) -> Sequence[Choice]:
        """The fields nothing was chosen for."""
        return [c for c in self._shown.choices if c.picked < 0] if self._shown else []

    def all(self, side: int) -> None:
        """This side everywhere."""
        for choice in self._shown.choices if self._shown else []:
            choice.pick(min(side, len(choice.sides) - 1))

    def walk(self) -> None:
        """To the next field nothing was chosen for."""
        if self.open:
            self.open[0].sides[0].setFocus()

    def _walk(self, at: int, step: int) -> None:
        choices = self._shown.choices if self._shown else []
        if 0 <= at + step < len(choices):
            choice = choices[at + step]
            choice.sides[max(0, choice.picked)].setFocus()

    def _tell(self) -> None:
        choices = self._shown.choices if self._shown else []
        done = [f"{c.question.label}：{c.question.options[c.picked].text[:40]}" for c in choices if c.picked >= 0]
        left = f"{len(choices)}处不同，还有{len(self.open)}处没选。" if self.open else "都选好了。"
        self.state.setText(seamed(f"{left}定下来后　{'；'.join(done)}" if done else left))
        self.counted.emit(len(self.open), 0)

    def choose(self) -> None:
        """Write down what was chosen, as an entry made from both."""
        if self._shown is None:
            return
        if self.open:
            self.say(f"还有{len(self.open)}处没选。")
            self.walk()
            return
        values: dict[str, Any] = {
            c.question.field: json.loads(c.question.options[c.picked].value) for c in self._shown.choices
        }
        cls, identifier, title = queries.kind_of(self._shown.kind), self._shown.id, self._title
        if self.attempt(lambda: records.edit(self._office, cls, identifier, values)) is not None:
            self.say(f"定下来了：“{title}”。另一份在历史里。")
            self.reload()

    def out(self) -> None:
        """Back; what was picked and not decided is forgotten."""
        self.left.emit()

    def _changed(self, done: Changed) -> None:
        if self._shown is None or self._shown.kind in done.kinds:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        self._grid.setVerticalSpacing(em(0.625))
        self._grid.setHorizontalSpacing(em(0.75))
        self._low.setSpacing(em(0.5))
