"""What the screens of the stick share: which sticks are plugged in, a folder in place of one, work aside, tiles of kinds."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
)

from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.theme import changed, em

OFTEN = 1500  # ms between two looks at what is plugged in
_UNDER = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True)
class Stick:
    """A medium that is plugged in, or a folder that was chosen."""

    path: Path
    name: str
    free: int

    @property
    def told(self) -> str:
        """Its name and the room on it."""
        return f"{self.name}　空余{size(self.free)}"


def size(number: int) -> str:
    """Bytes as people say them."""
    for unit, least in (("GB", 30), ("MB", 20)):
        if number >= 1 << least:
            return f"{number / (1 << least):.1f} {unit}"
    return f"{-(-number >> 10)} KB"


def plugged() -> list[Stick]:
    """The removable drives now."""
    return [
        Stick(Path(v.rootPath()), _called(v), v.bytesAvailable())
        for v in QStorageInfo.mountedVolumes()
        if v.isValid() and v.isReady() and _removable(v.rootPath())
    ]


def _removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == 2)  # DRIVE_REMOVABLE; Qt does not tell
    return root.startswith(_UNDER)


def _called(volume: QStorageInfo) -> str:
    drive = volume.rootPath()
    short = drive.rstrip("/") if sys.platform == "win32" else ""
    name = volume.name() or Path(drive).name or "U盘"
    return f"{name}（{short}）" if short else name


class Sticks(Card):
    """The sticks to choose from, looked for again and again while this is seen.

    Signals: `moved` another place was chosen, or the chosen one came or went.
    """

    moved = Signal()

    def __init__(self, look: Callable[[], Sequence[Stick]] | None = None) -> None:
        super().__init__("U盘")
        self._look = look or plugged
        self._sticks: list[Stick] = []
        self._folder: Stick | None = None
        self._chosen: Path | None = None
        self._none = Words("还没有插U盘。插上就会出现在这里。", "small", tone="ink2", wrap=True)
        self._list = QVBoxLayout()
        self.pick = Button("换成文件夹…", kind="link")
        self.pick.clicked.connect(self.choose_folder)
        low = QHBoxLayout()
        low.addWidget(self.pick)
        low.addStretch()
        self.body.addWidget(self._none)
        self.body.addLayout(self._list)
        self.body.addLayout(low)
        self._clock = QTimer(self, interval=OFTEN)
        self._clock.timeout.connect(self.look)
        changed.connect(self._part)
        self._part()
        self.look()

    @property
    def folder(self) -> Path | None:
        """Where to write or read; None when there is nothing."""
        return self._chosen

    @property
    def name(self) -> str:
        """What the chosen one is called."""
        return next((stick.name for stick in self._sticks if stick.path == self._chosen), "U盘")

    def look(self) -> None:
        """See what is plugged in now."""
        sticks = list(self._look()) + ([self._folder] if self._folder and self._folder.path.is_dir() else [])
        if sticks == self._sticks:
            return
        self._sticks = sticks
        paths = [stick.path for stick in sticks]
        if self._chosen not in paths:
            self._chosen = paths[0] if paths else None
        self._show()
        self.moved.emit()

    def choose_folder(self) -> None:
        """A folder in place of a stick."""
        if path := QFileDialog.getExistingDirectory(self, "选U盘上的文件夹"):
            self.use(Path(path))

    def use(self, path: Path) -> None:
        """This folder."""
        self._folder = Stick(path, f"文件夹 {path.name or path}", QStorageInfo(str(path)).bytesAvailable())
        self._chosen = path
        self.look()

    def _show(self) -> None:
        emptied(self._list)
        self._none.setVisible(not self._sticks)
        for stick in self._sticks:
            button = QRadioButton(seamed(stick.told))
            button.setToolTip(seamed(stick.told))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long name widens no column
            button.setChecked(stick.path == self._chosen)
            button.clicked.connect(lambda _=False, path=stick.path: self._choose(path))
            self._list.addWidget(button)

    def _choose(self, path: Path) -> None:
        self._chosen = path
        self.moved.emit()

    def _part(self) -> None:
        self._list.setSpacing(em(0.25))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
