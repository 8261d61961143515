"""The home page: what day it is, what is due, what was done lately, which councils have met."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from villagedesk.actions import todo
from villagedesk.actions.changed import Changed
from villagedesk.actions.listing import DONE
from villagedesk.actions.office import Office
from villagedesk.actions.todo import Sittings
from villagedesk.base.lunar import last_term, lunar
from villagedesk.gui import paint
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.bars import Bars
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.monthcard import MonthCard
from villagedesk.gui.parts.tile import character
from villagedesk.gui.parts.week import WeekStrip
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.lines import HIGH, Lines, Told, follow
from villagedesk.gui.screens.screen import Screen, now
from villagedesk.gui.screens.week import WEEK, columns
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kinds import KINDS
from villagedesk.store import overview
from villagedesk.store.overview import Line

LATELY, DUE = 12, 60
NARROW = 60
_NEW = {"new": "新记"}


class Home(Screen):
    """Real records behind every word: each line opens its own.  F2 begins a meeting, F3 a case, F4 a wedding or a funeral."""

    keys = ("new_meeting", "home_open", "find", "lock", "help")

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setWindowTitle("首页")
        self._today = now().date()
        self.day = Words("", "figure", song=True, weight=600)
        self.moon = Words("", "small", tone="ink2")
        self.meet = Button("记会议", KEYS["new_meeting"].shown, filled=True, icon="users-round", bound=False)
        self.meet.clicked.connect(lambda: self._begin("meeting"))
        self.quarrel = Button("登记纠纷", KEYS["new_case"].shown, icon="scale", bound=False)
        self.quarrel.clicked.connect(lambda: self._begin("case"))
        self.feast = Button("登记红白事", KEYS["new_feast"].shown, icon="heart-handshake", bound=False)
        self.feast.clicked.connect(lambda: self._begin("feast"))
        self.due, self.lately = Lines("本周要办", 4.75), Lines("最近办的", 7.25)
        self.week = WeekStrip("本周要办")
        self.week.opened.connect(self._go)
        self.week.more.connect(self._list_day)
        self.due_said = Words("", "small", tone="ink2")
        self._marks: dict[str, dict[str, int]] = {}
        self.calendar = MonthCard(self._today, self._falls)
        self.month = self.calendar.month
        self.month.turned.connect(lambda _: self._mark())
        self.month.opened.connect(self._open_day)
        self.of_day = Lines("这一天", 0.5)
        self.held = QGridLayout()
        self.held_said = Words("", "small", tone="ink2")
        self.bars = Bars("每月记下的事")
        self.year_said = Words("", "small", tone="ink2")
        self._lay_out()
        for lines in (self.due, self.lately, self.of_day):
            lines.itemActivated.connect(self._open)
        bind(self, "new_meeting", lambda: self._begin("meeting"))
        bind(self, "new_case", lambda: self._begin("case"))
        bind(self, "new_feast", lambda: self._begin("feast"))
        bus.changed.connect(self._changed)
        changed.connect(self._space)
        self._space()
        self.reload()

    def heading(self) -> Heading:
        return Heading("首页", number=self._office.desk.me.name)

    def _lay_out(self) -> None:
        self._top, self._date, self._deeds = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self.day, self.moon):
            self._date.addWidget(widget)
        self._date.addStretch()
        for button in (self.meet, self.quarrel, self.feast):
            self._deeds.addWidget(button)
        self._deeds.addStretch()
        self._top.addLayout(self._date, 1)
        self._top.addLayout(self._deeds)
        week = Card("本周要办")
        week.head.addWidget(self.due_said)
        week.head.addStretch()
        week.body.addWidget(self.week)
        week.body.addWidget(self.due)
        self.calendar.body.addWidget(self.of_day)
        lately = Card("最近办的")
        lately.body.addWidget(self.lately, 1)
        self.councils = Card("六会例会")
        self.councils.head.addStretch()
        self.councils.head.addWidget(self.held_said)
        self.councils.body.addLayout(self.held)
        year = Card("每月记下的事")
        year.head.addStretch()
        year.head.addWidget(self.year_said)
        year.body.addWidget(self.bars, 1)
        self._right = QVBoxLayout()
        self._right.addWidget(self.councils)
        self._right.addWidget(year, 1)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.addLayout(self._top)
        self._column.addWidget(week)
        self._below = QGridLayout()
        self._cards: list[QWidget | QVBoxLayout] = [self.calendar, lately, self._right]
        self._column.addLayout(self._below, 1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # --- what is shown ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything anew."""
        self._stale = False
        today = self._today = now().date()
        begin = today - timedelta(days=today.weekday())
        with self._office.desk.reading() as session:
            viewer = self._office.by
            week = begin, begin + timedelta(days=6)
            facts = todo.done(session, self._office, today)
            coming = todo.lines(session, self._office, week[1] + timedelta(days=7), today, facts)
            sittings = overview.sittings(session, viewer, *week, limit=DUE) if viewer.level == "village" else []
            back = overview.returned(session, viewer, self._office.desk.me.org)
            lately = overview.lately(session, viewer, self._office.desk.me.dev, limit=LATELY)
            months = overview.by_month(session, viewer, today.year)
            held = todo.sittings(session, self._office, today, facts)
        due = [line for line in coming if line.at <= str(week[1])]
        later = len(coming) - len(due)
        self._say_day(today)
        over = sum(line.at < str(today) for line in due)
        said = f"{len(due)}件" + (f"，过期{over}件" if over else "") + (f"；下周{later}件" if later else "")
        self.due_said.setText(seamed(said if due or later else ""))
        self.week.show_columns(columns(due, back, sittings, now()))
        self.due.show_lines(
            [Told(line, "镇里退回", line.title, line.what, late=True) for line in back]
            + [_when(line, today) for line in due],
            "这周没有到期的事。",
        )
        self.lately.show_lines([_did(line, today) for line in lately], "还没有记过。先登记小组、村民和任职，再记会议。")
        self._show_held(held)
        self.bars.show_values(
            [(str(n), count if n <= today.month else None) for n, count in enumerate(months, 1)], today.month - 1
        )
        self.year_said.setText(seamed(f"全年{sum(months)}件"))
        self._mark()

    def _say_day(self, today: date) -> None:
        moon, (name, past) = lunar(today), last_term(today)
        self.day.setText(f"{today.month}月{today.day}日　星期{WEEK[today.weekday()]}")
        self.moon.setText(f"农历{moon.name}，{name}{'' if past == 0 else f'后第{past}天'}" if moon else "")

    def _show_held(self, held: Sequence[Sittings]) -> None:
        emptied(self.held)
        for column, word in enumerate(("一季", "二季", "三季", "四季"), 1):
            self.held.addWidget(Words(word, "small", tone="ink2"), 0, column, Qt.AlignmentFlag.AlignCenter)
        for row, one in enumerate(held, 1):
            self.held.addWidget(Words(one.name, "small"), row, 0)
            for column, (count, state) in enumerate(one.quarters, 1):
                self.held.addWidget(Quarter(count, state), row, column)
        self.held.setColumnStretch(0, 1)
        states = [state for one in held for _, state in one.quarters]
        due, missing = states.count("due"), states.count("missing")
        said = [f"待开{due}次" if due else "", f"缺{missing}次" if missing else ""]
        self.held_said.setText(seamed("，".join(filter(None, said))))
        self.councils.setVisible(bool(held))

    def _mark(self) -> None:
        day = self.month.current
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        with self._office.desk.reading() as session:
            self._marks = overview.marks(session, self._office.by, first, last)
        self.calendar.tell()
        self.of_day.hide()

    def _falls(self, day: date) -> tuple[str, str]:
        kinds = self._marks.get(str(day), {})
        said = "，".join(f"{KINDS[kind].kind.name}{count}件" for kind, count in kinds.items())
        return character(next(iter(kinds))) if kinds else "", said

    def _open_day(self, day: date) -> None:
        with self._office.desk.reading() as session:
            lines = overview.happened(session, self._office.by, day, day, limit=DUE)
            lines += overview.due(session, self._office.by, day, day, today=self._today, limit=DUE)
        if len(lines) == 1:
            self._go(lines[0])
        elif lines:
            self._list_day(lines)

    def _list_day(self, lines: Sequence[Line]) -> None:
        """All of a day, below the month."""
        if lines:
            self.of_day.show_lines(
                [Told(line, "", line.title, line.what or KINDS[line.kind].kind.name) for line in lines], ""
            )
            self.of_day.show()
            self.of_day.setFocus()

    # --- going on ---------------------------------------------------------------------------------------

    def _begin(self, kind: str) -> None:
        follow(self, self._office, Line(kind, "", "", "", "", 0, ""))

    def _open(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        if line is not None:
            self._go(line)

    def _go(self, line: Line) -> None:
        follow(self, self._office, line)

    def _changed(self, _: Changed) -> None:
        """What is not seen is read again when it is."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self._today != now().date():
            self.reload()
        (self.due if self.due.isVisibleTo(self) else self.week).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        for layout in (self._column, self._right, self._below):
            layout.setSpacing(em(0.75))
        for line in (self._top, self._date, self._deeds):
            line.setSpacing(em(0.75))
        self.held.setHorizontalSpacing(em(0.375))
        self.held.setVerticalSpacing(em(0.0625))
        narrow = self.width() < em(NARROW)
        self.week.setVisible(not narrow)
        self.due.setVisible(narrow)
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        for part in self._cards:
            if isinstance(part, QVBoxLayout):
                self._below.removeItem(part)
            else:
                self._below.removeWidget(part)
        for at, part in enumerate(self._cards):
            row, column = (at, 0) if narrow else (0, at)
            if isinstance(part, QVBoxLayout):
                self._below.addLayout(part, row, column)
            else:
                self._below.addWidget(part, row, column)
        for column, stretch in enumerate((0, 0, 0) if narrow else (5, 6, 5)):
            self._below.setColumnStretch(column, stretch)
        self.month.setMinimumHeight(em(14) if narrow else 0)
        self.lately.setMinimumHeight(em(9))
        self.due.setFixedHeight(em(HIGH) * min(max(self.due.count(), 1), 4))


class Quarter(QWidget):
    """How often a council met in a quarter: a number on a tint; dashed, where it is to meet yet; 缺, where it passed without."""

    def __init__(self, count: int, state: str) -> None:
        super().__init__()
        self._count, self._state = count, state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{count}次" if count else {"due": "待开", "missing": "缺"}.get(state, "没有开"))

    def sizeHint(self) -> QSize:
        return QSize(em(3), em(1.25))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        if self._count:
            paint.rounded(painter, self.rect(), t.acct, t.acc if t.edge > 1 else None, radius=0.1875, width=t.edge)
            paint.text(painter, self.rect(), str(self._count), t.acc, face("small", weight=600), paint.CENTER)
        elif self._state == "due":
            paint.rounded(painter, self.rect(), None, t.line2, radius=0.1875, width=t.edge, dashed=True)
            paint.text(painter, self.rect(), "待开", t.ink2, face("small"), paint.CENTER)
        elif self._state == "missing":
            paint.rounded(painter, self.rect(), t.badt, t.bad if t.edge > 1 else None, radius=0.1875, width=t.edge)
            paint.text(painter, self.rect(), "缺", t.bad, face("small", weight=600), paint.CENTER)


def _when(line: Line, today: date) -> Told:
    """When something is due, as one says it, and whether it is late."""
    day = date.fromisoformat(line.at[:10])
    past = (today - day).days
    if past > 0:
        return Told(line, f"晚了{past}天", line.title, line.what, late=True)
    word = "今天" if past == 0 else f"周{WEEK[day.weekday()]}"
    return Told(line, word, line.title, line.what)


def _did(line: Line, today: date) -> Told:
    """What was done, and when."""
    at = datetime.fromisoformat(line.at)
    past = (today - at.date()).days
    day = "今天" if past == 0 else "昨天" if past == 1 else f"{at.month}月{at.day}日"
    kind = KINDS[line.kind].kind
    deed = _NEW.get(line.what) or DONE.get(line.what, "存")
    if line.what == "move":
        deed = f"转为“{kind.flow[line.stage].name}”"
    which = f"{line.title}等{line.count}条" if line.count > 1 else line.title
    return Told(line, f"{day} {at:%H:%M}", which, deed)
