"""The week strip: a column for each day, and one before them for what is late; each slip in it opens its record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme


@dataclass(frozen=True)
class Slip:
    """One thing to do: the tile of its kind, when or what in small print, its title; `stands` for what it opens.

    `what` has no room in the strip: it is read out, and stands in the tip; `rule` says there why it is to be done.
    """

    tile: str
    head: str
    title: str
    stands: Any
    tone: str = "ink2"
    done: bool = False
    what: str = ""
    rule: str = ""

    @property
    def said(self) -> str:
        return " ".join(filter(None, (self.head, self.what, self.title)))


@dataclass(frozen=True)
class Column:
    """A day with its slips; `state` is `today`, `late`, or nothing."""

    name: str
    note: str
    slips: Sequence[Slip] = field(default_factory=tuple)
    state: str = ""


_LOOKS = {"today": ("acct", "acc", "acc", 2), "late": ("badt", "bad", "bad", 1), "": ("paper2", "line", "ink", 1)}
"""State → ground, edge, ink of the name, and width of the edge."""


class WeekStrip(QWidget):
    """Left and right go by day, up and down by slip, Enter opens.

    Signals: `opened` what a slip stands for; `more` what the slips of a day stand for, where not all of them have room.
    """

    opened = Signal(object)
    more = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._columns: list[Column] = []
        self._at = (0, 0)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Another week, or the same with other slips: the first one of today is chosen, else the first there is."""
        before = self._current()
        self._columns = list(columns)
        places = [(c, s) for c, column in enumerate(columns) for s in range(len(column.slips))]
        today = next((c for c, column in enumerate(columns) if column.state == "today"), 0)
        same = [at for at in places if before is not None and columns[at[0]].slips[at[1]].stands == before.stands]
        self._at = next(iter([*same, *(at for at in places if at[0] == today), *places]), (today, 0))
        self._at = self._at[0], min(self._at[1], self._fits() - 1)
        self.setToolTip("\n".join(self.read()))
        self._tell()
        self.update()

    def read(self) -> list[str]:
        """What stands in the strip, day by day, as it is read out."""
        return [
            f"{column.name}{column.note}：" + ("；".join(one.said for one in column.slips) or "没有事")
            for column in self._columns
        ]

    # --- keys and the mouse -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column, slip = self._at
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._go(max(0, min(column + step, len(self._columns) - 1)), 0)
            case Qt.Key.Key_Up if slip > 0:
                self._go(column, slip - 1)
            case Qt.Key.Key_Down if slip + 1 < len(self._shown(column)):
                self._go(column, slip + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._open()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, box in self._boxes():
            if box.contains(event.position().toPoint()):
                self._go(*at)
                self._open()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (said := self.tip(event.pos())):
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def tip(self, at: QPoint) -> str:
        """What is said of the slip under the mouse: what it is, and by which rule; nothing where there is none."""
        for (column, slip), box in self._boxes():
            if box.contains(at):
                one = self._shown(column)[slip]
                return "\n".join(filter(None, (one.said, one.rule)))
        return ""

    def _go(self, column: int, slip: int) -> None:
        self._at = column, slip
        self._tell()
        self.update()

    def _open(self) -> None:
        column, slip = self._at
        shown = self._shown(column)
        if slip < len(shown):
            if shown[slip].stands is self._columns[column]:
                self.more.emit([one.stands for one in self._columns[column].slips])
            else:
                self.opened.emit(shown[slip].stands)

    def _current(self) -> Slip | None:
        column, slip = self._at
        shown = self._shown(column) if column < len(self._columns) else []
        return shown[slip] if slip < len(shown) else None

    def _tell(self) -> None:
        if self._columns:
            self.setAccessibleDescription(self.read()[self._at[0]])

    # --- where it is drawn ------------------------------------------------------------------------------

    def _shown(self, column: int) -> list[Slip]:
        """The slips of a day that have room; the last of them says how many more there are, and stands for the day."""
        slips, fits = list(self._columns[column].slips), self._fits()
        if len(slips) <= fits:
            return slips
        rest = len(slips) - fits + 1
        return [*slips[: fits - 1], Slip("", f"还有{rest}件", "Enter看全部", self._columns[column], "acc")]

    def _line(self) -> int:
        return QFontMetrics(face("small")).height() + QFontMetrics(face()).height() - em(0.25)

    def _fits(self) -> int:
        return max(1, (self.height() - em(2)) // (self._line() + em(0.375)))

    def sizeHint(self) -> QSize:
        return QSize(em(60), em(2.125) + 2 * (self._line() + em(0.375)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(20), self.sizeHint().height())

    def _place(self, column: int) -> QRect:
        count, gap = max(len(self._columns), 1), em(0.5)
        wide = (self.width() + gap) / count
        return QRect(round(column * wide), 0, round((column + 1) * wide) - round(column * wide) - gap, self.height())

    def _boxes(self) -> list[tuple[tuple[int, int], QRect]]:
        found = []
        for column in range(len(self._columns)):
            place = self._place(column).adjusted(em(0.375), em(2), -em(0.375), 0)
            for slip in range(len(self._shown(column))):
                top = place.top() + slip * (self._line() + em(0.375))
                found.append(((column, slip), QRect(place.left(), top, place.width(), self._line())))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for column, one in enumerate(self._columns):
            self._paint_day(painter, self._place(column), one)
        for (column, slip), box in self._boxes():
            chosen = self.hasFocus() and (column, slip) == self._at
            self._paint_slip(painter, box, self._shown(column)[slip], chosen=chosen)
        if self.hasFocus() and self._columns and self._current() is None:
            box = self._place(self._at[0]).adjusted(3, 3, -3, -3)
            paint.rounded(painter, box, None, theme().focus, radius=0.1875, width=2)

    def _paint_day(self, painter: QPainter, box: QRect, one: Column) -> None:
        t = theme()
        ground, edge, ink, width = _LOOKS[one.state]
        paint.rounded(painter, box, t.tone(ground), t.tone(edge), radius=0.25, width=max(width, t.edge))
        head = QRect(box.left() + em(0.5), box.top() + em(0.25), box.width() - em(1), em(1.625))
        if one.state == "late":
            paint.put_icon(painter, "circle-alert", t.bad, QRect(head.left(), head.top(), em(1), head.height()), em())
            head.setLeft(head.left() + em(1.25))
        quiet = not one.slips and not one.state
        paint.text(painter, head, one.name, t.tone("ink2" if quiet else ink), face(weight=600))
        paint.text(painter, head, one.note, t.tone(ink if one.state else "ink2"), face("small"), paint.RIGHT)
        if not one.slips:
            below = head.translated(QPoint(0, em(1.75)))
            paint.text(painter, below, "没有事", t.ink2, face("small"))

    def _paint_slip(self, painter: QPainter, box: QRect, one: Slip, *, chosen: bool) -> None:
        t = theme()
        edge = t.focus if chosen else t.line
        paint.rounded(painter, box, t.paper, edge, radius=0.1875, width=2 if chosen else t.edge)
        room = box.adjusted(em(0.375), em(0.125), -em(0.375), -em(0.125))
        small = QFontMetrics(face("small")).height()
        first = QRect(room.left(), room.top(), room.width(), small)
        if one.tile:
            at = QRect(first.left(), first.top() + (small - em(1.25)) // 2, em(1.25), em(1.25))
            paint.tile(painter, at, one.tile, one.tile)
            first.setLeft(at.right() + em(0.375))
        if one.done:
            icon = QRect(first.right() - em(), first.top(), em(), small)
            paint.put_icon(painter, "check", t.good, icon, em())
            first.setRight(icon.left() - em(0.25))
        weight = 600 if one.tone != "ink2" else 400
        paint.text(painter, first, one.head, t.tone(one.tone), face("small", weight=weight))
        second = QRect(room.left(), first.bottom() - em(0.125), room.width(), room.bottom() - first.bottom() + em(0.25))
        paint.text(painter, second, one.title, t.tone("ink2" if one.done else "ink"), face())
