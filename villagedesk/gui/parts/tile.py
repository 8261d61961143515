"""A tile (字牌): the one character that says what kind a record is, faster read than a picture."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em

TILES = {
    "meeting": "会", "resolution": "会", "council": "会", "case": "调", "case_summary": "调", "village_rule": "约", "award": "誉",
    "feast": "喜", "help": "会", "patrol": "会", "hazard": "会", "worthy": "会", "proposal": "会", "donation": "会", "project": "会",
    "campaign": "会", "sweep": "会", "pledge": "会", "dissuasion": "会", "appraisal": "会", "charter": "会", "plan": "会",
    "authorisation": "会", "review": "镇", "carry": "镇", "person": "户", "household": "户", "group": "户", "post": "户", "identity_scan": "户",
}  # fmt: skip
"""Kind → its character."""


def character(kind: str) -> str:
    """The character of a kind; what is in no list is public business."""
    return TILES.get(kind, "公")


class Tile(QWidget):
    """A character on the ground of its tone; the tone is itself a character of the theme, by itself the same one."""

    def __init__(self, char: str, tone: str | None = None) -> None:
        super().__init__()
        self._char, self._tone = char, tone or char
        self.setAccessibleName(char)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(em(1.5), em(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.tile(QPainter(self), self.rect(), self._char, self._tone)
