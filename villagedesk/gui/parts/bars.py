"""A chart of bars from zero: a few written numbers, one dark bar; every bar opens the records behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme

FEW = 7  # bars of which each is numbered


class Bars(QWidget):
    """Values with their labels; upright for a row of months, `across` for words.

    Signals: `opened` with the index of a bar, by mouse or by Enter; arrows choose one.
    """

    opened = Signal(int)

    def __init__(self, name: str, unit: str = "件", *, across: bool = False) -> None:
        super().__init__()
        self._name, self._unit, self._across = name, unit, across
        self._values: list[tuple[str, int | None]] = []
        self._dark = self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred if across else QSizePolicy.Policy.Expanding
        )
        self._tell()
        changed.connect(self.updateGeometry)

    def call(self, name: str, unit: str) -> None:
        """What it is a chart of from now on, and what in."""
        self._name, self._unit = name, unit

    def show_values(self, values: Sequence[tuple[str, int | None]], dark: int | None = None) -> None:
        """(label, value), None for what is not yet; `dark` is the one that is now, else the largest."""
        self._values = list(values)
        numbers = [value or 0 for _, value in values]
        self._dark = dark if dark is not None else numbers.index(max(numbers)) if numbers else 0
        self._current = self._dark
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._across:
            return QSize(em(16), em(1.875) * max(1, len(self._values)))
        return QSize(em(1.75) * max(1, len(self._values)), em(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(10), self.sizeHint().height() if self._across else em(4.25))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()), 0)  # fmt: skip
        if step and self._values:
            self._current = min(max(0, self._current + step), len(self._values) - 1)
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._values:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self._values)):
            if self._cell(index).contains(event.position().toPoint()):
                self._current = index
                self._tell()
                self.update()
                self.opened.emit(index)

    def _tell(self) -> None:
        said = [f"{label} {value}{self._unit}" for label, value in self._values if value is not None]
        self.setAccessibleName(f"{self._name}：{'，'.join(said)}" if said else self._name)
        label, value = self._values[self._current] if self._values else ("", None)
        self.setAccessibleDescription(f"{label} {value}{self._unit}" if value is not None else label)

    def _cell(self, index: int) -> QRect:
        count = len(self._values)
        if self._across:
            high = self.height() / count
            return QRect(0, round(high * index), self.width(), round(high))
        wide = self.width() / count
        return QRect(round(wide * index), 0, round(wide), self.height())

    def _numbered(self, index: int) -> bool:
        numbers = [value or 0 for _, value in self._values]
        marks = {self._dark, numbers.index(max(numbers)), self._current if self.hasFocus() else self._dark}
        return self._across or len(self._values) <= FEW or index in marks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(len(self._values)):
            (self._row if self._across else self._upright)(painter, index)
        if not self._across:
            base = self.height() - em(1.5)
            paint.hairline(painter, QPoint(0, base), QPoint(self.width(), base), theme().line2)

    def _most(self) -> int:
        return max([value or 0 for _, value in self._values] + [1])

    def _frame(self, painter: QPainter, index: int) -> None:
        if self.hasFocus() and index == self._current:
            paint.rounded(painter, self._cell(index), theme().sel, theme().focus, radius=0.1875, width=2)

    def _upright(self, painter: QPainter, index: int) -> None:
        t, cell, (label, value) = theme(), self._cell(index), self._values[index]
        self._frame(painter, index)
        dark = index == self._dark
        small, bold = face("small"), face("small", weight=600)
        foot = QRect(cell.left(), cell.bottom() - em(1.375), cell.width(), em(1.375))
        paint.text(painter, foot, label, t.acc if dark else t.ink2, bold if dark else small, paint.CENTER)
        if not value:
            return
        base, head = self.height() - em(1.5), QFontMetrics(bold).height()
        high = max(2, round((base - head) * value / self._most()))
        wide = min(em(1.25), round(cell.width() * 0.62))
        bar = QRect(cell.center().x() - wide // 2, base - high, wide, high)
        painter.fillRect(bar, t.acc if dark else t.accl)
        if self._numbered(index):
            over = QRect(cell.left(), bar.top() - head, cell.width(), head)
            paint.text(painter, over, str(value), t.acc if dark else t.ink, bold, paint.CENTER)

    def _row(self, painter: QPainter, index: int) -> None:
        t, cell, (label, value) = theme(), self._cell(index), self._values[index]
        self._frame(painter, index)
        small, bold = face("small"), face("small", weight=600)
        words = max(QFontMetrics(small).horizontalAdvance(label) for label, _ in self._values) + em(0.5)
        number = QFontMetrics(bold).horizontalAdvance(str(self._most())) + em(0.75)
        paint.text(painter, cell.adjusted(em(0.25), 0, 0, 0), label, t.ink, small)
        room = cell.width() - words - number - em(0.5)
        bar = QRect(cell.left() + words + em(0.25), 0, max(0, round(room * (value or 0) / self._most())), em(0.9375))
        bar.moveTop(cell.top() + (cell.height() - bar.height()) // 2)
        if value:
            painter.fillRect(bar, t.acc if index == self._dark else t.accl)
        at = QRect(bar.right() + em(0.375), cell.top(), number, cell.height())
        paint.text(painter, at, "" if value is None else str(value), t.ink, bold)
