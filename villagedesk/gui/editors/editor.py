"""What every editor promises: its value as typed, filling, the cursor, and pointing out what is wrong."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from villagedesk.base.errors import Problem


class Editor:
    """A widget that holds one value.  Raw values are what a draft keeps: as typed, unchecked, never with what an input
    method is still composing.  An editor of several parts has no focus proxy: Tab would pass by what stands before it, and
    stay where it is hidden.

    Signals: `typed` a person changed the value; filling does not.
    """

    typed: Any  # a Signal of the widget it becomes
    prose: bool = False
    """Whether sentences go into it."""

    @property
    def widget(self) -> QWidget:
        """The editor as Qt knows it."""
        assert isinstance(self, QWidget)  # noqa: S101 -- every editor is one
        return self

    def value(self) -> Any:
        """The value as typed; what was filled in and not touched comes back as it was."""
        raise NotImplementedError

    def fill(self, raw: Any) -> None:
        """Show a value, of a record or of a draft."""
        raise NotImplementedError

    def settle(self) -> None:
        """Tidy what was typed, as on leaving."""

    def where(self) -> tuple[str, int]:
        """Where the cursor is: the place inside this editor, "" for the whole, and the character."""
        return "", 0

    def go(self, place: str = "", caret: int = -1) -> None:
        """Take the focus, at a place and character if those are there."""
        self.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, forward: bool) -> bool:
        """Move the focus on inside; False when there is nowhere further in that direction."""
        return False

    def insert_words(self, words: str) -> None:
        """Put words in at the cursor, as if typed; only where sentences go into it."""
        raise NotImplementedError

    def freeze(self, frozen: bool) -> None:
        """Let the value be read only."""
        self.widget.setEnabled(not frozen)

    def point_out(self, problems: Sequence[Problem]) -> None:
        """Show inside what is wrong; places start from this editor.  What can be said in one line stands under the field."""


def blank(words: str) -> tuple[int, int]:
    """Where the first ＿＿ of a sentence is to be filled in, as Qt counts characters: its place and length; else its end."""
    found = re.search("＿+", words)
    before, gap = (words[: found.start()], found[0]) if found else (words, "")
    return len(before.encode("utf-16-le")) // 2, len(gap)


def undoes(event: QEvent) -> bool:
    """Whether a key asks to take back or do again: the form does that, by the visit of a field, not the widget by the letter."""
    kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    return (
        event.type() in kinds
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
    )
