"""The recovery key on the screen and its ways onto paper: printed from memory, copied by hand, a file only where one is wished."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions import prints
from villagedesk.actions.office import Office
from villagedesk.actions.prints import Made
from villagedesk.base.errors import DeskError
from villagedesk.gui import printer
from villagedesk.gui.pages import Pages
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import changed, em
from villagedesk.gui.worker import Steps, worker_of

COPIES = 2
"""One for the head of the village, one for the town (papers.md §6.21)."""
NO_PRINTER = "这台电脑没有装打印机：请把四行数字一个不落地抄在纸上，抄两份。"


class RecoveryKey(QWidget):
    """Four rows of digits, and what can be done with them."""

    def __init__(self) -> None:
        super().__init__()
        self._office: Office | None = None
        self.words = Words("", "lead", weight=600)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.print = Button("打印两份", icon="printer")
        self.print.clicked.connect(self.to_printer)
        self.save = Button("存成PDF，拿到别处打", kind="link")
        self.save.clicked.connect(self.to_file)
        self.said = Words("", "small", tone="ink2", wrap=True)
        ways = QHBoxLayout()
        ways.addWidget(self.print)
        ways.addWidget(self.save)
        ways.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.words)
        self._column.addLayout(ways)
        self._column.addWidget(self.said)
        changed.connect(self._space)
        self._space()

    def show_key(self, words: str, office: Office) -> None:
        """A key that was just made."""
        self._office = office
        self.words.setText(words)
        there = bool(printer.printers())
        self.print.setEnabled(there)
        self.said.setText("" if there else NO_PRINTER)

    def forget(self) -> None:
        """Show it no more."""
        self.words.clear()
        self.said.clear()

    def to_printer(self) -> None:
        """Ask the system's dialog, and print without a file on any disk of ours."""
        office, words = self._office, self.words.text()
        if office is None:
            return
        machine = printer.prepared(printer.printers()[0], COPIES, next(iter(printer.SIDES)))
        if not printer.asked(machine, self):
            return

        def work(steps: Steps) -> Made:
            made = prints.recovery(office, words)
            printer.send(Pages(made.data), [0], machine, steps)
            return made

        def done(made: Made) -> None:
            prints.noted(office, made, "printer", place=machine.printerName(), copies=machine.copyCount())
            self.said.setText(f"交给打印机了：恢复密钥{machine.copyCount()}份。请看看数字都清楚，再锁起来。")

        worker_of(self).do("正在打印恢复密钥", work, done=done, failed=self._failed)

    def to_file(self) -> None:
        """As a PDF, where the person says."""
        if self._office is None:
            return
        made = prints.recovery(self._office, self.words.text())
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        asked, _ = QFileDialog.getSaveFileName(
            self, "存成PDF（打完请删掉）", str(Path(folder, made.file)), "PDF (*.pdf)"
        )
        if not asked:
            return
        try:
            path = prints.put(self._office, made, Path(asked).with_suffix(".pdf"))
        except DeskError as error:
            self._failed(error)
        else:
            self.said.setText(f"放好了：{path.name}。谁拿到它就能打开数据，打完当场删掉。")

    def _failed(self, error: DeskError) -> None:
        self.said.setText(str(error))

    def _space(self) -> None:
        self._column.setSpacing(em(0.5))
