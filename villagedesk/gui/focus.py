"""Where the keys go: one ring around the widget that has them."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, theme


class _Apart(QProxyStyle):
    """How far outside its widget the ring runs; above all that lies around it, so that no parent cuts it off."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 -- Qt's name
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return em(0.1875) + 2
        return super().pixelMetric(metric, option, widget)


class FocusRing(QFocusFrame):
    """The one strong mark on the screen; it follows the focus, and its widget through scrolling.

    A widget's property `ring` may be "own", when it draws one inside itself, or "light", when it lies on the rail.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._apart = _Apart("Fusion")
        self.setStyle(self._apart)
        app.focusChanged.connect(self._follow)
        changed.connect(self.update)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        seat = now.focusProxy() or now if now is not None else None
        ringed = seat is not None and not seat.isWindow() and seat.property("ring") != "own"
        self.setWidget(cast(QWidget, seat if ringed else None))
        if not ringed:
            self.setParent(None)  # it lies in the window of its widget, and would go with it when that is closed
        elif not self.isVisible():
            QTimer.singleShot(0, self, self._catch_up)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self.widget():
            QTimer.singleShot(0, self, self._catch_up)
        return super().eventFilter(watched, event)

    def _catch_up(self) -> None:
        """Around what got the keys before it was on the screen itself."""
        seat = self.widget()
        if seat is not None and seat.isVisible() and not self.isVisible():
            self.setWidget(cast(QWidget, None))
            self.setWidget(seat)

    def paintEvent(self, event: QPaintEvent) -> None:
        seat, t = self.widget(), theme()
        colour = t.railhot if seat is not None and seat.property("ring") == "light" else t.focus
        paint.rounded(QPainter(self), self.rect(), None, colour, radius=0.375, width=2)
