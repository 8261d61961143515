"""A fault of ours, told calmly: what was typed is safe, where the log lies, and on one goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget


class Crash:
    """One window at a time, however many faults; the log has them all."""

    def __init__(self, window: QWidget, log: Path) -> None:
        self.window = window
        self._log = log
        self._box: QMessageBox | None = None

    def say(self, error: BaseException) -> None:
        """Tell of a fault; nothing waits for the answer."""
        if self._box is not None:
            return
        box = QMessageBox(self.window)
        box.setWindowTitle("程序出了点问题")
        box.setText("程序出了点问题，刚才那一步没有做成。")
        box.setInformativeText(
            f"写到一半的内容已存成草稿，记录都在。可以接着用；再出现请重新打开程序。\n\n详细情况记在：{self._log}\n{type(error).__name__}: {error}"[
                :600
            ]
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        for label in box.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        box.finished.connect(self._closed)
        self._box = box
        box.open()

    def _closed(self) -> None:
        self._box = None
