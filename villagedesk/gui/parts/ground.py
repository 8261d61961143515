"""What places stand on: each as large as the window lets it be, or as large as it must be, and then it is scrolled."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from villagedesk.gui.theme import em


class Ground(QScrollArea):
    """Holds the places of a window, one of them shown.  In large type on a small screen a place is never squeezed: what does
    not fit is scrolled to, and what has the keys is kept in sight.
    """

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stack)
        for ground in (stack, self.viewport()):
            ground.setAutoFillBackground(False)
        stack.installEventFilter(self)
        stack.currentChanged.connect(lambda _: self.fit())
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 -- there is no widget without one
        application.focusChanged.connect(self._follow)

    def fit(self) -> None:
        """Give the shown place its size."""
        place, room = self._stack.currentWidget(), self.maximumViewportSize()
        if place is None:
            return
        need = least(place, room.width())
        if need.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            need = least(place, room.width())
        self._stack.resize(room.expandedTo(need))

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._stack.isAncestorOf(now):
            self.ensureWidgetVisible(now, em(0.5), em(0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)


def least(place: QWidget, width: int) -> QSize:
    """The least size a place can be used in, at a width."""
    layout = place.layout()
    if layout is None:
        return place.minimumSizeHint()
    size = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        size.setHeight(layout.totalMinimumHeightForWidth(max(width, size.width())))
    return size.expandedTo(place.minimumSize())
