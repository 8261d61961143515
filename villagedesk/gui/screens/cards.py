"""Device cards: our own onto the stick, others' from it, their digits compared with paper by two people."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagedesk.actions import enrol, parcels, prints
from villagedesk.actions.office import Office
from villagedesk.base.errors import DeskError
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import changed, em

MOST = 8
"""Card files of a stick looked at."""


class Cards(Card):
    """Who is known, and how another one gets to be.  Signals: `told` what has happened; `enrolled` somebody is known now; `asked` a paper is
    to be shown."""

    told = Signal(str)
    enrolled = Signal()
    asked = Signal(object)

    def __init__(self, office: Office, folder: Callable[[], Path | None]) -> None:
        super().__init__("设备卡")
        self._office, self._folder = office, folder
        self._known, self._found = QVBoxLayout(), QVBoxLayout()
        self.write = Button("把本机的卡写到U盘", kind="link")
        self.load = Button("取U盘上对方的卡", kind="link")
        self.paper = Button("打印指纹卡", kind="link")
        self.paper.clicked.connect(lambda: self.asked.emit(Place(GIVEN, begin={"made": [prints.card(self._office)]})))
        self.write.clicked.connect(self.write_own)
        self.load.clicked.connect(self.look)
        low = QVBoxLayout()
        for button in (self.write, self.paper, self.load):
            low.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._known)
        self.body.addLayout(low)
        self.body.addLayout(self._found)
        changed.connect(self._part)
        self._part()
        self.reload()

    def reload(self) -> None:
        """Who is known now."""
        emptied(self._known)
        with self._office.desk.reading() as session:
            known = parcels.partners(session, self._office)
        for one in known:
            more = f"{one.devices}台电脑" if one.devices > 1 else "1台电脑"
            said, tone = ("核对过", "ink2") if one.compared else ("还没核对数字", "warn")
            self._known.addWidget(Words(seamed(f"{one.name}，{more}，{said}"), "small", tone=tone, wrap=True))
        if not known:
            words = "还没有登记对方的电脑。两边把设备卡写到U盘换一换，对照纸上的数字，才知道东西该交给谁。"
            self._known.addWidget(Words(words, "small", tone="warn", wrap=True))

    def write_own(self) -> None:
        """Our card onto the stick; its digits are to be put on paper."""
        folder = self._stick()
        if folder is None:
            return
        try:
            path, card = enrol.write_card(self._office, folder)
        except DeskError as error:
            self.told.emit(str(error))
            return
        emptied(self._found)
        self._digits("本机的核对数字。请打印指纹卡，或抄在纸上，和U盘分开交给对方。", card.digits)
        self.told.emit(f"本机的设备卡写好了：{path.name}")

    def look(self) -> None:
        """The cards of others on the stick, each with its digits."""
        folder = self._stick()
        if folder is None:
            return
        emptied(self._found)
        found = 0
        for path in sorted(folder.glob("vd1-card-*.txt"))[:MOST]:
            try:
                card = enrol.load_card(path)
            except DeskError as error:
                self._found.addWidget(Words(f"{path.name}：{error}", "small", tone="bad", wrap=True))
                continue
            if card.did != self._office.desk.me.did:
                found += 1
                self._digits(f"{card.name}（{card.org}）的数字，和对方纸上的一样吗？", card.digits)
                self._answers(path, card.digits)
        if not found:
            words = "U盘上没有对方的设备卡。请对方先把卡写到这个U盘。"
            self._found.addWidget(Words(words, "small", tone="ink2", wrap=True))

    def _stick(self) -> Path | None:
        folder = self._folder()
        if folder is None:
            self.told.emit("先插上U盘，或者选一个文件夹。")
        return folder

    def _digits(self, words: str, digits: str) -> None:
        groups = digits.split()
        self._found.addWidget(Words(seamed(words), "small", tone="ink2", wrap=True))
        for row in (groups[:4], groups[4:]):
            self._found.addWidget(Words("  ".join(row), "lead", weight=600))

    def _answers(self, path: Path, digits: str) -> None:
        same, other, later = Button("一样，登记"), Button("不一样", kind="bad"), Button("以后再核对", kind="link")
        same.clicked.connect(lambda: self._enrol(path, digits))
        other.clicked.connect(self._differs)
        later.clicked.connect(lambda: self._enrol(path, ""))
        for buttons in ((same, other), (later,)):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            self._found.addLayout(row)

    def _enrol(self, path: Path, digits: str) -> None:
        try:
            done = enrol.enrol(self._office, path, digits=digits)
        except DeskError as error:
            self.told.emit(str(error))
            return
        emptied(self._found)
        self.reload()
        checked = "数字核对过" if done.compared else "数字还没核对，请尽快补上"
        self.told.emit(f"登记好了：{done.card.name}，{checked}。")
        self.enrolled.emit()

    def _differs(self) -> None:
        self.load.setFocus()
        emptied(self._found)
        self.told.emit("没有登记。数字不一样，这张卡可能不是对方的：请不要用这个U盘，当面问清后再换卡。")

    def _part(self) -> None:
        self._known.setSpacing(em(0.25))
        self._found.setSpacing(em(0.375))
