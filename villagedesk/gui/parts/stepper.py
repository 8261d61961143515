"""The stepper: which stages are done, which is now, which come; across for a matter, down for a first start."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import Theme, changed, em, face, theme


class Stepper(QWidget):
    """Steps as (word, small print below it); those before `now` are done, with `now` past the last all are."""

    def __init__(self, steps: Sequence[tuple[str, str]], now: int = 0, *, down: bool = False) -> None:
        super().__init__()
        self._down = down
        wide, high = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred if down else wide, high)
        self.show_steps(steps, now)
        changed.connect(self.updateGeometry)

    def show_steps(self, steps: Sequence[tuple[str, str]], now: int) -> None:
        """Other steps, or another one now."""
        self._steps, self._now = list(steps), now
        done = "、".join(word for word, _ in self._steps[:now])
        here = f"现在第{now + 1}步：{self._steps[now][0]}" if now < len(self._steps) else "都做完了"
        self.setAccessibleName(f"共{len(self._steps)}步，{here}" + (f"，做完的有{done}" if done else ""))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line, small = QFontMetrics(face()).height(), QFontMetrics(face("small")).height()
        if self._down:
            widest = max(
                QFontMetrics(face(weight=600)).horizontalAdvance(word) for step in self._steps for word in step
            )
            return QSize(em(2.5) + widest, em(4.25) * (len(self._steps) - 1) + max(em(2), line + small))
        dated = any(more for _, more in self._steps)
        return QSize(em(4.5) * len(self._steps), em(1.75) + line + (small if dated else 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _center(self, step: int) -> QPoint:
        if self._down:
            return QPoint(em(1), em(1) + em(4.25) * step)
        share = self.width() / len(self._steps)
        return QPoint(round(share * (step + 0.5)), em(0.8125))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for step in range(len(self._steps)):
            if step + 1 < len(self._steps):
                self._line(painter, t, step)
            self._mark(painter, t, step)
            self._words(painter, t, step)

    def _line(self, painter: QPainter, t: Theme, step: int) -> None:
        start, end, apart = self._center(step), self._center(step + 1), em(1)
        colour = t.good if step + 1 < self._now else t.acc if step < self._now else t.line2
        style = Qt.PenStyle.SolidLine if step < self._now else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, 2 if step < self._now else 1, style))
        if self._down:
            painter.drawLine(start + QPoint(0, apart), end - QPoint(0, apart))
        else:
            painter.drawLine(start + QPoint(apart, 0), end - QPoint(apart, 0))

    def _mark(self, painter: QPainter, t: Theme, step: int) -> None:
        side = em(1.625)
        box = QRect(0, 0, side, side)
        box.moveCenter(self._center(step))
        ground = t.good if step < self._now else t.acc if step == self._now else t.paper
        painter.setPen(QPen(t.line2, 1) if step > self._now else QPen(ground, 1))
        painter.setBrush(ground)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if step < self._now:
            paint.put_icon(painter, "check", t.ongood, box, em(1))
        else:
            ink = t.onacc if step == self._now else t.ink2
            paint.text(painter, box, str(step + 1), ink, face(weight=600 if step == self._now else 400), paint.CENTER)

    def _words(self, painter: QPainter, t: Theme, step: int) -> None:
        word, more = self._steps[step]
        now = step == self._now
        ink = t.acc if now else t.ink if step < self._now or self._down else t.ink2
        line, small = QFontMetrics(face()).height(), QFontMetrics(face("small")).height()
        at = self._center(step)
        if self._down:
            box = QRect(em(2.5), at.y() - em(1), self.width() - em(2.5), line)
            align = paint.LEFT
        else:
            share = self.width() // len(self._steps)
            box = QRect(at.x() - share // 2, em(1.75), share, line)
            align = paint.CENTER
        paint.text(painter, box, word, ink, face(weight=600 if now else 400), align)
        below = QRect(box.left(), box.bottom() + 1, box.width(), small)
        quiet: QColor = t.acc if now and not self._down else t.ink2
        paint.text(painter, below, more, quiet, face("small", weight=600 if now and not self._down else 400), align)
