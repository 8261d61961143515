"""A meeting at a glance: when, where, who led it, whether enough came, and what became of what it decided."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions.office import Office
from villagedesk.actions.outlook import attendance
from villagedesk.actions.standing import Standings
from villagedesk.base.text import ordinal
from villagedesk.gui.columns import WEEK, state
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.progress import Bar
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds.councils.meeting import Item, Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.rights import Deed
from villagedesk.store import queries
from villagedesk.store.queries import Kept

LONG = 60
"""Characters of one resolution shown at the most."""


class Glance(QWidget):
    """What the side panel shows of a meeting instead of its fields."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self.bar = Bar("good", 0.625)
        self.came = Words("", "lead", weight=600)
        self.needed = Words("", "small", tone="ink2")
        self._attended = QHBoxLayout()
        self._attended.addWidget(self.bar, 1)
        self._attended.addWidget(self.came)
        self.head = Words("", "small", weight=600)
        self._decided = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._facts)
        self._column.addLayout(self._attended)
        self._column.addWidget(self.needed)
        self._column.addWidget(self.head)
        self._column.addLayout(self._decided)
        self._column.addStretch()
        changed.connect(self._space)
        self._space()

    @staticmethod
    def takes(kept: Kept | None) -> bool:
        """Whether it is a meeting."""
        return kept is not None and isinstance(kept.record, Meeting)

    def show_kept(self, kept: Kept | None, now: Standings) -> None:
        """Another meeting, and how records stand; nothing but a meeting is taken."""
        if kept is None or not isinstance(kept.record, Meeting):
            return
        meeting = kept.record
        emptied(self._facts)
        facts = [("时间", _when(meeting)), ("地点", meeting.place), ("主持", meeting.chair.name if meeting.chair else ""),
                 ("记录", meeting.recorder.name if meeting.recorder else "")]  # fmt: skip
        for row, (label, text) in enumerate((label, text) for label, text in facts if text):
            self._facts.addWidget(Words(label, "small", tone="ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Words(seamed(text), wrap=True), row, 1)
        came, base, needed = attendance(meeting)
        enough = came >= needed
        self.bar.show_share(came, base, tone="good" if enough else "accl", tick=needed)
        said = f"到会{came}人，应到{base}人" + (f"，要{needed}人，{'够了' if enough else '不够'}" if needed else "")
        self.bar.setAccessibleName(said)
        self.came.setText(f"{came}/{base}")
        self.came.set_tone("good" if enough else "warn")
        self.needed.setText(seamed(said))
        for widget in (self.bar, self.came, self.needed):
            widget.setVisible(base > 0)
        self._show_decided(kept, meeting, now)

    def _show_decided(self, kept: Kept, meeting: Meeting, now: Standings) -> None:
        emptied(self._decided)
        resolved = self._resolved(kept)
        found = [item for item in meeting.agenda if item.lid in resolved]
        self.head.setText(seamed(f"决议{len(found)}项" if found else f"议题{len(meeting.agenda)}项"))
        self.head.setVisible(bool(meeting.agenda))
        for number, item in enumerate(found or meeting.agenda, 1):
            self._decided.addWidget(
                Words(seamed(f"{ordinal(number)}、{_short(item, bool(found))}"), song=True, wrap=True)
            )
            if found:
                self._decided.addLayout(_followed(resolved[item.lid], now))

    def _resolved(self, kept: Kept) -> dict[str, Kept]:
        """The lines of the agenda that became resolutions, and those."""
        if not self._office.by.may(Deed.READ, Resolution.kind):
            return {}
        with self._office.desk.reading() as session:
            written = queries.resolutions(session, kept.org, kept.id)
        return {one.record.item: one for one in written if isinstance(one.record, Resolution)}

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.375))
        self._facts.setHorizontalSpacing(em(0.75))
        self._facts.setVerticalSpacing(em(0.25))
        self._facts.setColumnMinimumWidth(0, em(2))
        self._attended.setSpacing(em(0.75))
        self._decided.setSpacing(em(0.25))


def _followed(kept: Kept, now: Standings) -> QHBoxLayout:
    resolution, row = kept.record, QHBoxLayout()
    assert isinstance(resolution, Resolution)  # noqa: S101 -- asked for as such
    due = f"{resolution.due_on.month}月{resolution.due_on.day}日前" if resolution.due_on else ""
    row.addWidget(Words(seamed("，".join(part for part in (resolution.owner, due) if part)), "small", tone="ink2"), 1)
    row.addWidget(Chip(*state(kept, now.of(kept))))
    return row


def _when(meeting: Meeting) -> str:
    start, end = meeting.held_from, meeting.held_to
    to = f"–{end:%H:%M}" if end and end.date() == start.date() else ""
    return f"{start.year}年{start.month}月{start.day}日 星期{WEEK[start.weekday()]} {start:%H:%M}{to}"


def _short(item: Item, decided: bool) -> str:
    text = (item.resolution if decided else "") or item.title
    return text if len(text) <= LONG else text[:LONG] + "……"
