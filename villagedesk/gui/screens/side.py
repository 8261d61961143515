"""The selected record of a list, at its side: how it stands, what it says, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions.office import Office
from villagedesk.actions.standing import standings
from villagedesk.gui import paint
from villagedesk.gui.columns import state
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.words import Elided, Words, seamed
from villagedesk.gui.screens.glance import Glance
from villagedesk.gui.screens.summary import Rolled, Summary
from villagedesk.gui.theme import changed, em, theme
from villagedesk.records.rights import Deed
from villagedesk.store.queries import Kept


class Side(QWidget):
    """Signals: `asked` the record is to be opened, and what is to be done there at once ("", print, history, amend)."""

    asked = Signal(str)

    def __init__(self, office: Office, *, acts: bool = True) -> None:
        super().__init__()
        self._office, self._shows_acts = office, acts
        self._kept: Kept | None = None
        self.state = Chip("", "plain")
        self.number = Elided("", "small", tone="ink2")
        self.title = Words("", "sub", song=True, weight=600, wrap=True)
        self.summary, self.glance = Summary(), Glance(office)
        self.open = Button("打开", "Enter", bound=False)
        self.print = Button("打印", KEYS["list_print"].shown, icon="printer", bound=False)
        self.mend = Button("改错（写明原因）", kind="link", icon="pencil")
        self.past = Button("历史", kind="link", icon="history")
        for button, act in ((self.open, ""), (self.print, "print"), (self.mend, "amend"), (self.past, "history")):
            button.clicked.connect(lambda _=False, act=act: self.asked.emit(act))
        self._top, self._acts, self._more = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (self._top, (self.state, self.number)),
            (self._acts, (self.open, self.print)),
            (self._more, (self.mend, self.past)),
        ):
            for part in parts:
                row.addWidget(part, int(row is self._acts or part is self.number))
        self._more.insertStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.title)
        self._rolled = [Rolled(self.summary), Rolled(self.glance)]
        for rolled in self._rolled:
            self._column.addWidget(rolled, 1)
        self._column.addLayout(self._acts)
        self._column.addLayout(self._more)
        changed.connect(self._space)
        self._space()

    def show_kept(self, kept: Kept | None) -> None:
        """Another record, or none."""
        self._kept = kept
        kind = kept.record.kind if kept else None
        with self._office.desk.reading() as session:
            now = standings(session, self._office)
        word, tone, icon = state(kept, now.of(kept)) if kept else ("", "plain", None)
        self.state.say(word, tone, icon)
        self.state.setVisible(bool(word))
        number = str(getattr(kept.record, kind.number)) if kept and kind and kind.number else ""
        edition = f"第{kept.edition}版" if kept and kept.edition > 1 else ""
        self.number.setText("　".join(part for part in (number, edition) if part))
        self.title.setText(seamed(kept.record.title) if kept else "")
        of_meeting = self.glance.takes(kept)
        self._rolled[0].setVisible(not of_meeting)
        self._rolled[1].setVisible(of_meeting)
        if of_meeting:
            self.glance.show_kept(kept, now)
        else:
            self.summary.show_record(kept.record if kept else None)
        for button in (self.open, self.print, self.past):
            button.setVisible(kept is not None and self._shows_acts)
        self.mend.setVisible(self._may_mend(kept) and self._shows_acts)

    def _may_mend(self, kept: Kept | None) -> bool:
        if kept is None or kept.struck or not kept.edition or kept.org != self._office.desk.me.org:
            return False
        return all(self._office.by.may(deed, kept.record.kind) for deed in (Deed.WRITE, Deed.SEAL))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.125), em(0.75), em(1.25), em(0.5))
        self._column.setSpacing(em(0.5))
        for row in (self._top, self._acts, self._more):
            row.setSpacing(em(0.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().paper)
        paint.hairline(painter, self.rect().topLeft(), self.rect().bottomLeft())
