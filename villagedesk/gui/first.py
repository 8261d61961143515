"""The first frame: on the screen before anything slow is imported.

So far it only says that the desk has no window yet, and what can be done without one.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QLabel, QMainWindow

from villagedesk import __version__
from villagedesk.base.paths import resource

WORDS = """村务台的窗口还在建。

现在可以用命令行做完整的一件事：记一次会，定稿，打印，带到镇上，收回执，汇总。
在终端里运行  packaging/run --help  看有哪些命令，
运行  packaging/run demo --to 文件夹  看一遍演示。"""


def shipped_font() -> QFont:
    """The face of the screen, which is ours: no system is sure to have one."""
    number = QFontDatabase.addApplicationFont(str(resource("fonts", "Hei400.ttf")))
    return QFont(QFontDatabase.applicationFontFamilies(number), 12)


class Frame(QMainWindow):
    """The frame of the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(f"村务台 {__version__}")
        self.words = QLabel(WORDS)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCentralWidget(self.words)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(em * 60, em * 32)
