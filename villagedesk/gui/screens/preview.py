"""A bundle before it is taken in: from whom, four counts, every record in order of worry, and what changes in it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from villagedesk.actions.intake import Report
from villagedesk.actions.looks import Look
from villagedesk.gui import paint
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.tile import character
from villagedesk.gui.parts.words import Elided, Sign, Words, seamed
from villagedesk.gui.screens.sticks import size
from villagedesk.gui.table import Index
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kinds import KINDS


class State(NamedTuple):
    """How a look is shown: word, tone, icon, and what it means."""

    word: str
    tone: str
    icon: str
    means: str


STATES = {
    "clash": State("冲突", "bad", "circle-alert", "两台电脑都改过"),
    "late": State("晚改", "warn", "clock", "定稿以后改的，留着不用"),
    "unread": State("不显示", "warn", "eye-off", "本机显示不了，留在记录本里"),
    "changed": State("更正", "warn", "pencil", ""),
    "new": State("新增", "good", "plus", ""),
    "withheld": State("统计", "plain", "minus", "内容留在村里"),
}


class Rows(QStyledItemDelegate):
    """One record a row: its state, its tile, its title, and in small print what changes."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look: Look = index.data(Qt.ItemDataRole.UserRole)
        t, state, box = theme(), STATES[look.state], QRect(option.rect)
        chosen = paint.row(painter, box, option.state)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())
        room = box.adjusted(em(0.75), 0, -em(0.75), 0)
        paint.chip(painter, QRect(room.left(), room.top(), em(5), room.height()), state.word, state.tone, state.icon)
        tile = QRect(room.left() + em(5.25), room.top(), em(1.375), em(1.375))
        tile.moveTop(box.top() + (box.height() - tile.height()) // 2)
        paint.tile(painter, tile, (char := character(look.kind)), char)
        small = face("small")
        wide = min(QFontMetrics(small).horizontalAdvance(brief(look)) + em(0.25), room.width() // 2)
        paint.text(painter, room, brief(look), t.bad if look.state == "clash" else t.ink2, small, paint.RIGHT)
        title = room.adjusted(em(7.25), 0, -wide - em(0.5), 0)
        paint.text(painter, title, look.title, t.ink, face(weight=600 if chosen else 400))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(4), em(2.375))


def brief(look: Look) -> str:
    """What a row says at its right."""
    if look.state in ("changed", "clash", "late") and look.changes:
        names = "、".join(label for label, _, _ in look.changes[:2])
        said = f"{names}{'等' if len(look.changes) > 2 else ''}，{len(look.changes)}处"
        return f"{STATES[look.state].means}：{said}" if STATES[look.state].means else said
    kind = KINDS[look.kind].kind.name if look.kind in KINDS else ""
    return STATES[look.state].means or kind


class Count(Card):
    """A number and its word."""

    def __init__(self, word: str, tone: str) -> None:
        super().__init__()
        self._ink = tone
        self._number = Words("0", "figure", weight=600, tone=tone)
        self._word = word
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addWidget(Words(word), 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)

    def show_number(self, number: int) -> None:
        """So many; none is quiet."""
        self._number.setText(str(number))
        self._number.set_tone(self._ink if number else "ink3")
        self.setAccessibleName(f"{self._word}{number}")


class Change(QWidget):
    """One field: what is here, and what would be."""

    def __init__(self, label: str, was: str, now: str) -> None:
        super().__init__()
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(Words(label, "small", tone="ink2"))
        row.addWidget(Words(seamed(was), tone="bad", song=True, wrap=True), 1)
        row.addWidget(Sign("arrow-right", "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(seamed(now), tone="good", song=True, wrap=True), 1)
        self._column.addLayout(row)
        self.setAccessibleName(f"{label}：现有{was}，带来{now}")
        changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        self._column.setContentsMargins(em(0.625), em(0.375), em(0.625), em(0.5))
        self._column.setSpacing(em(0.125))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        paint.rounded(QPainter(self), self.rect(), t.warnt, t.warn if t.edge > 1 else None, width=t.edge)


class Detail(Card):
    """The chosen record: only the fields that change."""

    def __init__(self) -> None:
        super().__init__()
        self._chip = Chip("", "plain")
        self._kind = Words("", "small", tone="ink2")
        self._title = Words("", "sub", song=True, weight=600, wrap=True)
        self._changes = QVBoxLayout()
        self.head.addWidget(self._chip)
        self.head.addWidget(self._kind, 1)
        self.body.addWidget(self._title)
        self.body.addLayout(self._changes)
        self.body.addStretch(1)
        changed.connect(self._part)
        self._part()

    def show_look(self, look: Look | None) -> None:
        """Another one, or none."""
        emptied(self._changes)
        self.setVisible(look is not None)
        if look is None:
            return
        state = STATES[look.state]
        self._chip.say(state.word, state.tone, state.icon)
        self._kind.setText(KINDS[look.kind].kind.name if look.kind in KINDS else "")
        self._title.setText(seamed(look.title))
        if look.changes:
            heads = ("现在用的", "另一边") if look.state == "clash" else ("现有", "这次带来")
            row = QHBoxLayout()
            for head in heads:
                row.addWidget(Words(head, "small", tone="ink2", weight=600), 1)
            self._changes.addLayout(row)
        for change in look.changes[:12]:
            self._changes.addWidget(Change(*change))
        for words in _told(look):
            self._changes.addWidget(Words(seamed(words), "small", tone="ink2", wrap=True))

    def _part(self) -> None:
        self._changes.setSpacing(em(0.5))


def _told(look: Look) -> list[str]:
    said = [f"{STATES[look.state].means}。"] if STATES[look.state].means else []
    if look.state == "clash":
        said = ["村里两台电脑改得不一样，两边都留着，要由村里选定；收下不影响别的。"]
    if look.state == "new":
        said = ["本机还没有这一件，收下以后可以打开看全文。"]
    if look.same:
        said.append(f"其余{look.same}项没有变。")
    if look.reason:
        said.append(f"写的原因：{look.reason}")
    return said


class Preview(QWidget):
    """The whole look: `take` takes it in, `wait` leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.take = Button("收下", KEYS["save"].shown, filled=True, icon="check", bound=False)
        self.wait = Button("先放着", "Esc", bound=False)
        self.title = Words("", "title", song=True, weight=600)
        self.facts = Elided("", "small", tone="ink2")
        self.trust, self.whole = Words("", weight=600, tone="good"), Words("", weight=600, tone="good")
        self._sign = Sign("circle-check", "good")
        self.counts = {
            w: Count(w, t) for w, t in (("新增", "good"), ("更正", "warn"), ("冲突", "bad"), ("没有变", "ink2"))
        }
        self.list = QListWidget()
        self.list.setAccessibleName("这个包里的记录")
        self.list.setItemDelegate(Rows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.nothing = Empty("package-open", "这个包里没有记录。", more="它带来的是对方收到了哪里的回执，收下就核销。")
        self.detail = Detail()
        self.findings = Words("", "small", tone="warn", wrap=True)
        self._lay_out()
        changed.connect(self._space)
        self._space()

    def _lay_out(self) -> None:
        head, said, marks = Card(), QVBoxLayout(), QVBoxLayout()
        said.addWidget(self.title)
        said.addWidget(self.facts)
        first = QHBoxLayout()
        first.addWidget(self._sign)
        first.addWidget(self.trust)
        second = QHBoxLayout()
        second.addWidget(Sign("circle-check", "good"))
        second.addWidget(self.whole)
        for row in (first, second):
            row.addStretch()
            marks.addLayout(row)
        line = QHBoxLayout()
        line.addLayout(said, 1)
        line.addLayout(marks)
        head.body.addLayout(line)
        self._counts = QHBoxLayout()
        for count in self.counts.values():
            self._counts.addWidget(count)
        self._left = QVBoxLayout()
        self._left.addWidget(head)
        self._left.addLayout(self._counts)
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.nothing)
        self._left.addStretch()
        self._row = QHBoxLayout()
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self.detail)
        self._low = QHBoxLayout()
        self._low.addWidget(self.findings, 1)
        self._low.addWidget(self.wait)
        self._low.addWidget(self.take)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row, 1)
        self._column.addLayout(self._low)

    def show_report(self, report: Report) -> None:
        """A bundle that was looked at."""
        self.title.setText(seamed(f"{report.name}，第{report.no}号包"))
        made = datetime.fromisoformat(report.made) + timedelta(hours=8)
        self.facts.setText(
            seamed(f"{made:%Y-%m-%d %H:%M}打包，{size(report.size)}，附件{report.files}个　{report.file}")
        )
        self.trust.setText("签名对，数字核对过" if report.compared else "签名对，数字还没核对")
        self.trust.set_tone("good" if report.compared else "warn")
        self._sign.show_as(
            "circle-check" if report.compared else "triangle-alert", "good" if report.compared else "warn"
        )
        self.whole.setText(seamed(f"{report.new + report.again}条都完好"))
        clashes = sum(look.state == "clash" for look in report.looks)
        for word, number in (
            ("新增", report.records),
            ("更正", report.changed - clashes),
            ("冲突", clashes),
            ("没有变", report.again),
        ):
            self.counts[word].show_number(max(0, number))
        self.list.clear()
        for look in report.looks:
            item = QListWidgetItem(f"{STATES[look.state].word} {look.title}，{brief(look)}")
            item.setData(Qt.ItemDataRole.UserRole, look)
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(report.looks))
        self.nothing.setVisible(not report.looks and not report.records and not report.changed)
        self.detail.show_look(report.looks[0] if report.looks else None)
        said = [*report.findings]
        if (more := report.records + report.changed - len(report.looks)) > 0 and report.looks:
            said.append(f"还有{more}件没有列出来，收下后都能查。")
        if not report.compared:
            said.append("对方的设备卡还没有核对过数字。")
        self.findings.setText(seamed("".join(said) or "收下时一次全写进来，写一半断电也不会只进一半。"))
        self.findings.set_tone("warn" if said else "ink2")
        self.take.say("先存着，等前面的包" if report.state == "held" else "收下")

    def _chosen(self, now: QListWidgetItem | None) -> None:
        self.detail.show_look(now.data(Qt.ItemDataRole.UserRole) if now else None)

    def _space(self) -> None:
        for layout in (self._row, self._left, self._counts, self._low, self._column):
            layout.setSpacing(em(0.75))
        self._column.setContentsMargins(0, 0, 0, 0)
        self.detail.setFixedWidth(em(23))
