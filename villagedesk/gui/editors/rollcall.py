"""Calling the roll of a meeting: who should come, who came, and whether that is enough, as the law counts it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.line import Line
from villagedesk.gui.editors.reference import Reference
from villagedesk.gui.editors.rollview import RollView, state_of
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.quorum import QuorumLine
from villagedesk.gui.parts.strip import KeyStrip
from villagedesk.gui.parts.words import Words
from villagedesk.gui.register import Register
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds.councils.meeting import Presence
from villagedesk.records.law import Finding

_COUNTED = ((Presence.PRESENT, "good"), (Presence.LEAVE, "warn"), (Presence.ABSENT, "bad"), (Presence.UNCALLED, "ink"))


class RollCall(Editor, QWidget):
    """The attendance list.  `judge` tells from the lines whether each body can decide; `listed` gives those entitled.

    Signals: `typed` a person was called, added or taken off.
    """

    typed = Signal()

    def __init__(self, register: Register, judge: Callable[[list[dict[str, Any]]], Sequence[Finding]]) -> None:
        super().__init__()
        self._judge = judge
        self._frozen = self._narrow = False
        self.counts = {state: Words("0", "lead", tone=tone, weight=600) for state, tone in _COUNTED}
        self.whole = Words("", tone="ink2")
        self.quorum = QuorumLine()
        self.more = Words("", "small", tone="ink2", wrap=True)
        self.view = RollView()
        self.view.called.connect(self._called)
        self.newcomer = Reference(register, "person")
        self.newcomer.setPlaceholderText("加一位：姓名")
        self.newcomer.setAccessibleName("加一位应到人员")
        self.newcomer.returnPressed.connect(self._join)
        self.reason = Line()
        self.reason.setPlaceholderText("请假、缺席的原因")
        self.reason.setAccessibleName("请假缺席原因")
        self.reason.typed.connect(self._explain)
        self.drop_button = Button("去掉这一位", kind="link")
        self.drop_button.clicked.connect(self.drop)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_reason())
        self._head = QHBoxLayout()
        self._head.addWidget(Words("点名", weight=600))
        for state, words in self.counts.items():
            self._head.addWidget(words)
            self._head.addWidget(Words(state.label, "small", tone="ink2"))
        self._head.addStretch()
        self._head.addWidget(self.whole)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.newcomer, 3)
        self._foot.addWidget(self.reason, 3)
        self._foot.addWidget(self.drop_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.quorum)
        self._column.addWidget(self.more)
        self._column.addWidget(self.view, 1)
        self._column.addLayout(self._foot)
        self.keys = KeyStrip()
        self.keys.show_keys([("空格", "到会"), ("2", "请假"), ("3", "缺席"), ("字母", "按拼音首字母跳")])
        self._column.addWidget(self.keys)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        changed.connect(self._space)
        self._space()
        self.fill([])

    # --- the promises of an editor ------------------------------------------------------------------

    def value(self) -> Any:
        return list(self.view.roll.lines)

    def fill(self, raw: Any) -> None:
        row = max(self.view.row, 0)
        self.view.roll.reset([one if isinstance(one, dict) else {"name": str(one)} for one in raw or ()])
        self.view.go(row)
        self.recount()

    def where(self) -> tuple[str, int]:
        return str(max(self.view.row, 0)), 0

    def go(self, place: str = "", caret: int = -1) -> None:
        if place.partition(".")[0].isdigit():
            self.view.go(int(place.partition(".")[0]))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        self.view.freeze(frozen)
        for one in (self.newcomer, self.reason, self.drop_button):
            one.setVisible(not frozen)
        self.fit()

    def fit(self, *, narrow: bool | None = None) -> None:
        """Where there is little room, the keys stand in the strip of the window alone."""
        self._narrow = self._narrow if narrow is None else narrow
        self.keys.setVisible(not self._narrow and not self._frozen)

    def point_out(self, problems: Sequence[Problem]) -> None:
        if problems and problems[0].field[:1].isdigit():
            self.view.go(int(problems[0].field.partition(".")[0]))

    # --- the roll -------------------------------------------------------------------------------------

    def offer(self, lines: Sequence[dict[str, Any]]) -> int:
        """Add those entitled who do not stand in the list yet, uncalled; gives how many."""
        here = {line.get("person") or line.get("name") for line in self.view.roll.lines}
        fresh = [
            {**line, "state": Presence.UNCALLED.value}
            for line in lines
            if (line.get("person") or line["name"]) not in here
        ]
        if fresh:
            self.fill([*self.view.roll.lines, *fresh])
            self.typed.emit()
        return len(fresh)

    def recount(self) -> None:
        """Count anew, and judge."""
        lines = self.view.roll.lines
        counted = Counter(state_of(line) for line in lines)
        for state, words in self.counts.items():
            words.setText(str(counted[state]))
        self.whole.setText(f"应到 {len(lines)}")
        findings = list(self._judge(lines)) if lines else []
        self.quorum.setVisible(bool(findings))
        self.more.setVisible(len(findings) > 1)
        if findings:
            worst = next((f for f in findings if not f.enough), findings[0])
            self.quorum.show_count(worst.came, worst.needed, worst.base, worst.text)
            self.more.setText("；".join(f.text for f in findings if f is not worst))

    def drop(self) -> None:
        """Take the current one off the list."""
        if self._frozen or self.view.row < 0:
            return
        lines = self.view.roll.lines
        self.fill([*lines[: self.view.row], *lines[self.view.row + 1 :]])
        self.typed.emit()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _called(self) -> None:
        self.recount()
        self._show_reason()
        self.typed.emit()

    def _join(self) -> None:
        raw = self.newcomer.value()
        name = (raw.get("name", "") if isinstance(raw, dict) else str(raw)).strip()
        if not name:
            return
        line = {"name": name, "state": Presence.PRESENT.value}
        if isinstance(raw, dict) and raw.get("id"):
            line["person"] = raw["id"]
        self.newcomer.fill("")
        self.fill([*self.view.roll.lines, line])
        self.view.go(len(self.view.roll.lines) - 1)
        self.typed.emit()

    def _show_reason(self) -> None:
        row = self.view.row
        line = self.view.roll.lines[row] if 0 <= row < len(self.view.roll.lines) else {}
        away = bool(line) and state_of(line) in (Presence.LEAVE, Presence.ABSENT)
        self.reason.setEnabled(away)
        self.reason.fill(line.get("reason", "") if away else "")

    def _explain(self) -> None:
        row = self.view.row
        if row >= 0:
            said = str(self.reason.value()).strip()
            line = {k: v for k, v in self.view.roll.lines[row].items() if k != "reason"}
            self.view.roll.put(row, {**line, "reason": said} if said else line)
            self.typed.emit()

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        self._head.setSpacing(em(0.375))
        self._foot.setSpacing(em(0.5))
        self.view.setMinimumHeight(em(5.5))
