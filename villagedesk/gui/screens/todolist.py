"""What there is to do as a list by day: what is late, this week, next week, later; under each thing the rule that asks for it."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.gui import paint
from villagedesk.gui.parts.tile import character
from villagedesk.gui.screens.lines import Index
from villagedesk.gui.screens.week import WEEK
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.store.overview import Line

HEAD, ROW, WHEN = 2, 3.25, 7.25
"""em: height of a heading and of a row, and what is kept for the day."""
_LATE = Qt.ItemDataRole.UserRole + 1


def parts(lines: Sequence[Line], today: date) -> list[tuple[str, list[Line]]]:
    """The lines by how near they are; a part without lines is left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    ends = (
        ("已过期", today - timedelta(days=1)),
        ("本周", sunday),
        ("下周", sunday + timedelta(days=7)),
        ("以后", date.max),
    )
    found, begin = [], date.min
    for name, end in ends:
        among = [line for line in lines if begin <= day_of(line) <= end]
        if among:
            found.append((name, among))
        begin = min(end, date.max - timedelta(days=1)) + timedelta(days=1)
    return found


def day_of(line: Line) -> date:
    """The day by which it is to be done."""
    return date.fromisoformat(line.at[:10])


class TodoList(QListWidget):
    """Enter opens; the arrows pass over headings."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("要办的事")
        self.setProperty("bare", "1")
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Sequence[Line], today: date) -> None:
        """These; the same thing stays chosen where it still is."""
        before = self.chosen
        self.clear()
        for name, among in parts(lines, today):
            head = QListWidgetItem(f"{name}　{len(among)}件")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(head)
            for line in among:
                item = QListWidgetItem("　".join(filter(None, (when(line, today), line.title, line.what, line.rule))))
                item.setData(Qt.ItemDataRole.UserRole, line)
                item.setData(_LATE, day_of(line) < today)
                item.setToolTip(line.rule)
                self.addItem(item)
        if not lines:
            none = QListWidgetItem("没有要办的事。")
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(none)
        self.setCurrentRow(
            max(
                (row for row in range(self.count()) if before and self._at(row) == before),
                default=min(1, self.count() - 1),
            )
        )

    def _at(self, row: int) -> Line | None:
        line = self.item(row).data(Qt.ItemDataRole.UserRole)
        return line if isinstance(line, Line) else None

    @property
    def chosen(self) -> Line | None:
        """What is chosen."""
        return self._at(self.currentRow()) if self.currentRow() >= 0 else None

    def go(self, day: date) -> bool:
        """Choose the first thing of a day; False where there is none."""
        for row in range(self.count()):
            line = self._at(row)
            if line and day_of(line) == day:
                self.setCurrentRow(row)
                return True
        return False


def when(line: Line, today: date) -> str:
    """The day, as one says it."""
    day = day_of(line)
    past = (today - day).days
    if past > 0:
        return f"晚了{past}天"
    year = "" if day.year == today.year else f"{day.year}年"
    return "今天" if past == 0 else f"{year}{day.month}月{day.day}日" + ("" if year else f" 周{WEEK[day.weekday()]}")


class _Row(QStyledItemDelegate):
    """Two lines each: when, the tile, what it is about and what is to be done; below them the rule."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(12), em(ROW if index.data(Qt.ItemDataRole.UserRole) else HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, line, box = theme(), index.data(Qt.ItemDataRole.UserRole), QRect(option.rect)
        if line is None:
            paint.text(painter, box.adjusted(em(0.375), 0, 0, 0), str(index.data() or ""), t.ink2, face(weight=600))
            return
        current = paint.row(painter, box, option.state)
        late = bool(index.data(_LATE))
        small, strong = face("small"), face("small", weight=600)
        upper, lower = QFontMetrics(face()).height(), QFontMetrics(small).height()
        top = box.top() + (box.height() - upper - lower) // 2
        left = box.left() + em(WHEN)
        paint.hairline(painter, QRect(left, box.top(), 1, box.height()).bottomLeft(), box.bottomRight())
        said = str(index.data()).partition("　")[0]
        on = QRect(box.left() + em(0.375), top, em(WHEN) - em(0.5), upper)
        paint.text(painter, on, said, t.bad if late else t.ink2, strong if late else small)
        tile = QRect(left, top + (upper - em(1.375)) // 2, em(1.375), em(1.375))
        paint.tile(painter, tile, character(line.kind), character(line.kind))
        room = QRect(left + em(1.875), top, box.right() - left - em(2.25), upper)
        wide = min(QFontMetrics(small).horizontalAdvance(line.what) + 1, room.width() * 2 // 5)
        paint.text(painter, room, _cut(line.what, small, wide), t.ink2, small, paint.RIGHT)
        face_ = face(weight=600 if current or late else 400)
        title = room.adjusted(0, 0, -wide - em(0.5), 0)
        paint.text(painter, title, _cut(line.title, face_, title.width()), t.ink, face_)
        rule = QRect(room.left(), top + upper, room.width(), lower)
        paint.text(painter, rule, _cut(line.rule, small, rule.width()), t.ink3, small)


def _cut(text: str, font: QFont, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
