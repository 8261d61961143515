"""What every screen tells the window it stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from villagedesk.actions.changed import Changed
from villagedesk.base import clock
from villagedesk.base.errors import DeskError
from villagedesk.gui.bus import bus
from villagedesk.gui.parts.frame import Heading


@dataclass(frozen=True)
class Place:
    """Where a screen asks to go: a record of a kind, a new one when there is no id, filled in with what it begins with.

    `act` is what is to be done there at once: print, history, amend.
    """

    kind: str
    id: str = ""
    org: str = ""
    act: str = ""
    begin: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Screen(QWidget):
    """A place on the desk.

    Signals: `renamed` the heading is another one; `counted` problems and warnings; `kept` the moment of the last keeping,
    or None when it failed; `told` what has happened, and a way back or None; `asked` another `Place` is to be shown;
    `left` the person is done here.
    """

    keys: Sequence[str | tuple[str, str]] = ()
    help_page = ""
    """The page of help about it, where it is not that of its place."""
    renamed = Signal()
    counted = Signal(int, int)
    kept = Signal(object)
    told = Signal(str, object)
    asked = Signal(object)
    left = Signal()

    def heading(self) -> Heading:
        """What the header says."""
        return Heading(self.windowTitle())

    def leave(self) -> None:
        """Keep what is not kept yet; the window calls it before another place is shown, and before it locks."""

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Let the window note what has happened."""
        self.told.emit(words, undo)

    def attempt(self, deed: Callable[[], Changed]) -> Changed | None:
        """Do it and let every list know; what keeps it from being done is said, and None given."""
        try:
            return bus.tell(deed())
        except DeskError as error:
            self.say(str(error))
            return None


def now() -> datetime:
    """This moment on the village's clock."""
    return (clock.now() + timedelta(hours=8)).replace(tzinfo=None)
