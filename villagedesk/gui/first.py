"""The first frame: on the screen before anything slow is imported.

So far it only says that the desk has no window yet, and what can be done without one.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout

from villagedesk import __version__
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.hills import Hills
from villagedesk.gui.parts.seal import Seal, seal_icon
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import em

WORDS = """村务台的窗口还在建。

现在可以用命令行做完整的一件事：记一次会，定稿，打印，带到镇上，收回执，汇总。
在终端里运行  packaging/run --help  看有哪些命令，
运行  packaging/run demo --to 文件夹  看一遍演示。"""


class Frame(QMainWindow):
    """The frame of the desk: hills, and a card on them."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(f"村务台 {__version__}")
        self.setWindowIcon(seal_icon())
        self.words = Words(WORDS)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card = Card()
        title = QHBoxLayout()
        title.setSpacing(em(0.75))
        title.addWidget(Seal(3.25))
        title.addWidget(Words("村务台", "figure", song=True, weight=600), 1)
        card.body.addLayout(title)
        card.body.addWidget(self.words)
        hills = Hills()
        column = QVBoxLayout(hills)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.setCentralWidget(hills)
        self.resize(em(60), em(32))
