"""A month: its days, the count of the moon and market days in small print, and tiles for what falls on them."""

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme


@dataclass(frozen=True)
class Day:
    """What is written in a day's cell: `note` small below (农历), red-letter days in colour; a tile; 场 on market days."""

    note: str = ""
    marked: bool = False
    market: bool = False
    tile: str = ""
    said: str = ""


class Month(QWidget):
    """Monday comes first. Arrows go by day and week, PgUp and PgDown by month, Enter opens a day.

    Signals: `opened` with the day; `turned` when another month is shown.
    """

    opened = Signal(object)
    turned = Signal(object)

    def __init__(self, today: date, day: Callable[[date], Day] = lambda _: Day()) -> None:
        super().__init__()
        self._today, self._current, self._day = today, today, day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell()
        changed.connect(self.updateGeometry)

    @property
    def current(self) -> date:
        """The day that is chosen."""
        return self._current

    def go(self, day: date) -> None:
        """Choose a day, and show its month."""
        turned = (day.year, day.month) != (self._current.year, self._current.month)
        self._current = day
        self._tell()
        self.update()
        if turned:
            self.turned.emit(day)

    def turn(self, months: int) -> None:
        """Go on by so many months; the day stays where there is one of that number."""
        month = self._current.year * 12 + self._current.month - 1 + months
        first = date(month // 12, month % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.go(first.replace(day=min(self._current.day, last.day)))

    def sizeHint(self) -> QSize:
        return QSize(em(21), em(1.75) + 6 * em(2.625))

    def minimumSizeHint(self) -> QSize:
        small = QFontMetrics(face("small")).height()
        return QSize(7 * em(2.5), em(1.75) + 6 * (QFontMetrics(face()).height() + small - em(0.5)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in days:
            self.go(self._current + timedelta(days=days[key]))
        elif key in months:
            self.turn(months[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for day, cell in self._cells():
            if cell.contains(event.position().toPoint()):
                self.go(day)
                self.opened.emit(day)

    def _tell(self) -> None:
        day, written = self._current, self._day(self._current)
        parts = [
            f"{day.year}年{day.month}月{day.day}日",
            f"星期{'一二三四五六日'[day.weekday()]}",
            written.note,
            written.said,
        ]
        self.setAccessibleName(f"{day.year}年{day.month}月")
        self.setAccessibleDescription("，".join(part for part in parts if part))

    def _cells(self) -> list[tuple[date, QRect]]:
        weeks = Calendar().monthdatescalendar(self._current.year, self._current.month)
        wide, high = self.width() / 7, (self.height() - em(1.75)) / len(weeks)
        return [
            (day, QRect(round(wide * column), em(1.75) + round(high * row), round(wide), round(high)))
            for row, week in enumerate(weeks)
            for column, day in enumerate(week)
            if day.month == self._current.month
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        for column, word in enumerate("一二三四五六日"):
            box = QRect(self.width() * column // 7, 0, self.width() // 7, em(1.5))
            paint.text(painter, box, word, t.ink2, face("small"), paint.CENTER)
        for day, cell in self._cells():
            if day.weekday() == 0 or day.day == 1:
                paint.hairline(painter, QPoint(0, cell.top()), QPoint(self.width(), cell.top()))
            self._paint_day(painter, day, cell)

    def _paint_day(self, painter: QPainter, day: date, cell: QRect) -> None:
        t, written = theme(), self._day(day)
        today = day == self._today
        number, note = face(weight=600 if today else 400), face("small")
        note.setPointSizeF(note.pointSizeF() * 0.86)  # 小五: the one place where print is this small
        line = QFontMetrics(number).height() - em(0.25)
        small = QFontMetrics(note).height()
        box = cell.adjusted(0, 2, -2, -1)
        box.setHeight(min(box.height(), line + small + em(0.25)))
        top = box.top() + (box.height() - line - small) // 2
        if today:
            paint.rounded(painter, box, t.acc, radius=0.25)
        if day == self._current and self.hasFocus():
            inner = box.adjusted(2, 2, -2, -2) if today else box
            paint.rounded(painter, inner, None, t.onacc if today else t.focus, radius=0.1875, width=2)
        ink = t.onacc if today else t.ink
        left = cell.left() + em(0.25)
        paint.text(painter, QRect(left, top, em(1.5), line), str(day.day), ink, number)
        below = QRect(left, top + line - 1, cell.right() - left, small)
        taken = paint.text(painter, below, written.note, ink if today else t.acc if written.marked else t.ink2, note)
        if written.market:
            below.setLeft(taken.right() + em(0.25))
            paint.text(painter, below, "场", ink if today else t.ink, note)
        if written.tile:
            at = QRect(box.right() - em(1.25), box.top(), em(1.25), em(1.25)).translated(-em(0.125), em(0.125))
            paint.tile(painter, at, written.tile, written.tile)
