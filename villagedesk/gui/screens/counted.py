"""A board of cells, and beside it the records behind the chosen one: one at a time where there is no room for both."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions.office import Office
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.screens.behind import Behind
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.theme import changed, em

NARROW = 62
"""em of width below which the board and the records behind it are shown one at a time."""


class Counted(Screen):
    """Enter goes from the board to the records, Esc back.

    `top` stands over the board, whose pages lie in `stack`; what stands in `roomy` is seen only where there is room.
    """

    def __init__(self, office: Office, aside: str) -> None:
        super().__init__()
        self._office = office
        self.behind = Behind(office)
        self.top, self.stack = QHBoxLayout(), QStackedWidget()
        self.roomy: list[QWidget] = []
        self._aside = Button(aside, kind="link", icon="chevron-right")
        self._aside.clicked.connect(lambda: self.bend(behind=True))
        self.board, self.side = QWidget(), QWidget()
        self.column, self.beyond = QVBoxLayout(self.board), QVBoxLayout(self.side)
        head = QHBoxLayout()
        head.addLayout(self.top, 1)
        head.addWidget(self._aside)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.beyond.addWidget(self.behind, 1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.board, 1)
        self._row.addWidget(self.side)
        self.behind.opened.connect(self.asked)
        self.behind.told.connect(self.say)
        changed.connect(self._space)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.stack.currentWidget()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if page is not None and page.hasFocus():
                self.into()
            case Qt.Key.Key_Escape if self.behind.isAncestorOf(QApplication.focusWidget() or self):
                self.bend()
                page.setFocus()
            case Qt.Key.Key_PageUp:
                self.turn(-1)
            case Qt.Key.Key_PageDown:
                self.turn(1)
            case _:
                super().keyPressEvent(event)

    def turn(self, count: int) -> None:
        """So many spans of time on."""
        raise NotImplementedError

    def into(self) -> None:
        """To the records."""
        self.bend(behind=True)
        self.behind.list.setFocus()

    @property
    def narrow(self) -> bool:
        """Whether there is no room for both."""
        return self.width() < em(NARROW)

    def bend(self, *, behind: bool = False) -> None:
        """Both beside each other where there is room, else the board, or what is `behind` it."""
        narrow = self.narrow
        self.side.setVisible(behind or not narrow)
        self.board.setVisible(not (behind and narrow))
        for widget in self.roomy:
            widget.setVisible(not narrow)
        self._aside.setVisible(narrow)
        self.behind.setMinimumWidth(0 if narrow else em(23))
        self.behind.setMaximumWidth(self.width() if narrow else em(23))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bend(behind=not self.board.isVisibleTo(self))

    def _space(self) -> None:
        self._row.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        for layout in (self._row, self.column, self.beyond):
            layout.setSpacing(em(0.75))
        for inner in (self.column, self.beyond):
            inner.setContentsMargins(0, 0, 0, 0)
        self.bend()
