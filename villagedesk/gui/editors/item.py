"""One matter of the agenda: what was said to it, how it was voted on, and what was resolved."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.base.text import ordinal
from villagedesk.gui.editors.choices import Many
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.line import Day, Line, Number
from villagedesk.gui.editors.prose import Prose
from villagedesk.gui.editors.reference import Reference
from villagedesk.gui.editors.speeches import Speeches
from villagedesk.gui.parts.buttons import Button, IconButton
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.register import Register
from villagedesk.gui.theme import changed, em, face
from villagedesk.records.kinds.councils.meeting import Method, Scope

COUNTS = ("yes", "no", "abstain", "silent")
_LABELS = {
    "title": "议题", "source": "提出人", "report": "汇报与说明", "speeches": "发言", "method": "表决方式", "yes": "赞成", "no": "反对",
    "abstain": "弃权", "silent": "未表决", "resolution": "决议", "owner": "落实人", "due_on": "时限", "override": "主持人改判理由",
    "scope": "应由村民会议决定的事项", "replaces": "改变哪一项决议",
}  # fmt: skip
FOR_ALL = "要先经村党组织研究讨论；村民代表会议来定，要有村民会议的授权。"
ONLY_ALL = "自治章程、村规民约只能由村民会议定，不能授权。"
"""What follows from a scope (村民委员会组织法 art. 28, 31)."""
ENDS = "只能由作出原决议的会来改；定稿以后，原来那项记为“已被替代”。"
Judge = Callable[[dict[str, Any]], tuple[str, str]]


class ItemCard(Card):
    """A matter, folded to its head or open.

    Signals: `typed` a person changed something; `opened` it was unfolded.
    """

    typed = Signal()
    opened = Signal()

    def __init__(self, line: dict[str, Any], register: Register, came: Callable[[], int], judge: Judge) -> None:
        super().__init__()
        self._came, self._judge, self.open = came, judge, True
        self._rest = {k: v for k, v in line.items() if k not in _LABELS}
        self.number = Words("", "lead", tone="acc", weight=600, song=True)
        title, self.chip = Line(), Chip("还没议", "quiet")
        title.setFont(face("lead", song=True, weight=600))
        self.fold = IconButton("chevron-up", "收起")
        self.fold.clicked.connect(lambda: self.unfold(not self.open))
        self.editors: dict[str, Editor] = {
            "title": title, "report": Prose(lines=2), "source": Line(), "speeches": Speeches(),
            "method": Many([(m.value, m.label) for m in Method], needed=False), **{name: Number() for name in COUNTS},
            "resolution": Prose(lines=3), "owner": Line(), "due_on": Day(), "override": Line(),
            "scope": Many([(one.value, one.label) for one in Scope], needed=False), "replaces": Reference(register, "resolution"),
        }  # fmt: skip
        self.fields = {name: Field(_LABELS[name], e.widget) for name, e in self.editors.items() if name != "title"}
        self.fields["resolution"].set_note("会照此印在纪要上")
        title.setAccessibleName("议题名称")
        title.setPlaceholderText("议题名称")
        self.head.addWidget(self.number)
        self.head.addWidget(title, 1)
        self.head.addWidget(self.chip)
        self.head.addWidget(self.fold)
        self.page = QWidget()
        self._lay_out()
        self.body.addWidget(self.page)
        for name, editor in self.editors.items():
            editor.fill(line.get(name))
            editor.typed.connect(lambda name=name: self._note(name))
        changed.connect(self._space_page)
        self._space_page()
        self.tally()
        self._say_what_follows()

    def _lay_out(self) -> None:
        self._page_column = QVBoxLayout(self.page)
        first = QHBoxLayout()
        first.addWidget(self.fields["report"], 4)
        first.addWidget(self.fields["source"], 1)
        self._page_column.addLayout(first)
        self._page_column.addWidget(self.fields["speeches"])
        self._votes = QHBoxLayout()
        self._votes.addWidget(self.fields["method"])
        for name in COUNTS:
            self.editors[name].widget.setProperty("align", "center")
            self._votes.addWidget(self.fields[name])
        self.result = Words("", "small", weight=600, wrap=True)
        self.result.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._votes.addWidget(self.result, 1)
        self._page_column.addLayout(self._votes)
        self._sum = QHBoxLayout()
        self.sum_sign = Sign("circle-alert", "bad")
        self.sum_words = Words("", "small", tone="bad", weight=600, wrap=True)
        self.mend = Button("", kind="link")
        self.mend.clicked.connect(self._mend)
        for one in (self.sum_sign, self.sum_words, self.mend):
            self._sum.addWidget(one, int(one is self.sum_words))
        self._page_column.addLayout(self._sum)
        self._page_column.addWidget(self.fields["resolution"])
        self._last = QHBoxLayout()
        for name in ("owner", "due_on"):
            self._last.addWidget(self.fields[name])
        self._last.addWidget(self.fields["override"], 1)
        self._page_column.addLayout(self._last)
        self._more = QHBoxLayout()
        for name in ("scope", "replaces"):
            self._more.addWidget(self.fields[name], 1)
        self._page_column.addLayout(self._more)

    # --- values -------------------------------------------------------------------------------------

    def value(self) -> dict[str, Any]:
        """The line as typed, without what is empty."""
        said = {name: editor.value() for name, editor in self.editors.items()}
        return {**self._rest, **{k: v for k, v in said.items() if v not in ("", None, [])}}

    @property
    def empty(self) -> bool:
        """Whether nobody typed anything."""
        return not any(k in _LABELS for k in self.value())

    def show_number(self, number: int) -> None:
        self.number.setText(f"{ordinal(number)}、")

    def _note(self, name: str) -> None:
        if name in COUNTS:
            self.tally()
        else:
            self._chip()
        if name in ("scope", "replaces"):
            self._say_what_follows()
        self.typed.emit()

    def _say_what_follows(self) -> None:
        """What comes of a matter of that scope, and of changing an older decision."""
        scope = self.editors["scope"].value()
        words = ONLY_ALL if scope == Scope.RULES else FOR_ALL if scope else None
        self.fields["scope"].say(words, warn=True)
        self.fields["replaces"].say(ENDS if self.editors["replaces"].value() else None, warn=True)

    def counted(self) -> list[int]:
        """The votes as numbers; what is no number counts as none."""
        said = (str(self.editors[name].value()).strip() for name in COUNTS)
        return [int(text) if text.isdecimal() else 0 for text in said]

    @property
    def voted(self) -> bool:
        return str(self.editors["yes"].value()).strip() != ""

    def tally(self) -> None:
        """Whether the votes add up to those who came, and what they decided."""
        total, came = sum(self.counted()), self._came()
        off = self.voted and total != came
        short = came - total
        self.sum_sign.setVisible(off)
        self.sum_words.setVisible(off)
        self.sum_words.setText(
            seamed(
                f"合计{total}人，到会{came}人，{'差' if short > 0 else '多'}{abs(short)}人。请再数一遍{'，或者' if short > 0 else '。'}"
            )
        )
        self.mend.setVisible(off and short > 0)
        self.mend.say(f"把{short}人记作未表决")
        for name in COUNTS:
            self.fields[name].say(None)
            self.editors[name].widget.setProperty("state", "bad" if off and name != "silent" else None)
            self.editors[name].widget.style().polish(self.editors[name].widget)
        self._chip()

    def _chip(self) -> None:
        words, tone = self._judge(self.value()) if self.voted else ("", "")
        off = self.voted and sum(self.counted()) != self._came()
        self.result.setText("人数对上才能定" if off else words)
        self.result.set_tone("warn" if off else "good" if tone == "good" else "ink2")
        if self.voted:
            self.chip.say("人数不对" if off else words.partition(" ")[0], "warn" if off else tone)
        elif self.editors["resolution"].value():
            self.chip.say("还没表决", "quiet")
        elif self.editors["report"].value() or self.editors["speeches"].value():
            self.chip.say("只听取，不表决", "quiet")
        else:
            self.chip.say("还没议", "quiet")

    def _mend(self) -> None:
        """Count those who are lacking as not voting."""
        silent = self.counted()[3] + self._came() - sum(self.counted())
        self.editors["silent"].fill(str(silent))
        self.tally()
        self.typed.emit()
        self.editors["resolution"].go()

    # --- folding and the cursor -----------------------------------------------------------------------

    def unfold(self, on: bool) -> None:
        """Open the page, or fold it to its head."""
        self.open = on
        self.page.setVisible(on)
        self.fold.show_as("chevron-up" if on else "chevron-down", "收起" if on else "展开")
        if on:
            self.opened.emit()

    def where(self) -> tuple[str, int]:
        now = QApplication.focusWidget()
        for name, editor in self.editors.items():
            if now is not None and (editor.widget is now or editor.widget.isAncestorOf(now)):
                place, caret = editor.where()
                return f"{name}.{place}" if place else name, caret
        return "", 0

    def go(self, place: str = "", caret: int = -1) -> None:
        name, _, rest = place.partition(".")
        self.unfold(True)
        self.editors[name if name in self.editors else "title"].go(rest, caret)

    def step(self, forward: bool) -> bool:
        name = self.where()[0].partition(".")[0]
        names = list(self.editors)
        if not name or self.editors[name].step(forward):
            return bool(name)
        at = names.index(name) + (1 if forward else -1)
        if not 0 <= at < len(names):
            return False
        if not self.open:
            return False
        self.editors[names[at]].go()
        return True

    def freeze(self, frozen: bool) -> None:
        for editor in self.editors.values():
            editor.freeze(frozen)
        self.mend.setEnabled(not frozen)

    def settle(self) -> None:
        for editor in self.editors.values():
            editor.settle()

    def point_out(self, problems: Sequence[Problem]) -> None:
        """Problems of this matter beside their fields; those of the whole matter beside its votes."""
        for name, field in self.fields.items():
            own = [p for p in problems if p.field.partition(".")[0] == name]
            field.say(own[0].text if own else None, warn=bool(own) and own[0].warn)
        if not any(p.field.partition(".")[0] in ("scope", "replaces") for p in problems):
            self._say_what_follows()
        if problems:
            self.unfold(True)
        self.tally()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)

    def _space_page(self) -> None:
        self._page_column.setContentsMargins(0, 0, 0, 0)
        self._page_column.setSpacing(em(0.625))
        self._votes.setSpacing(em(0.75))
        self._last.setSpacing(em(0.75))
        self._more.setSpacing(em(0.75))
        self.editors["title"].widget.setFont(face("lead", song=True, weight=600))
        for name in COUNTS:
            self.fields[name].setFixedWidth(em(4))
            self.editors[name].widget.setFont(face("lead", weight=600))
        self.fields["method"].setFixedWidth(em(8))
        self.fields["owner"].setFixedWidth(em(8))
        self.fields["due_on"].setFixedWidth(em(9))
