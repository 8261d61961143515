"""The first frame: on the screen before anything slow is imported; the page of unlocking can be typed into at once."""

from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from villagedesk import __version__
from villagedesk.gui.parts.ground import Ground
from villagedesk.gui.parts.hills import Hills
from villagedesk.gui.parts.seal import seal_icon
from villagedesk.gui.theme import em
from villagedesk.gui.unlock import Unlock


class Frame(QMainWindow):
    """The frame of the desk: hills, and on them the page of unlocking, or of the first start."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(f"村务台 {__version__}")
        self.setWindowIcon(seal_icon())
        self.unlock = Unlock()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.unlock)
        hills = Hills()
        column = QVBoxLayout(hills)
        column.addWidget(Ground(self.stack))
        self.setCentralWidget(hills)
        self.resize(em(85), em(43))

    def show_page(self, page: QWidget) -> None:
        """Another page on the hills."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.setFocus()
