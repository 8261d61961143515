"""Leaving a seat: its last day and why, typed beside the list; a draft of the post until it is written."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagedesk.actions import drafts, records
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.seats import Tenure
from villagedesk.base.errors import DeskError, NotValid, Problem
from villagedesk.gui.bus import bus
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.form import Form
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.words import Words
from villagedesk.gui.register import Register
from villagedesk.gui.screens.screen import now
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds.people.people import Post

LEAVING = ("until", "left")
"""What is asked of who leaves a seat."""


class _Row(Fields):
    """Both fields on one line, however narrow it is."""

    def breadth(self) -> int:
        return 1


class LeavingForm(Form):
    """The last day in a seat, and why."""

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        asked = {one.name: one for one in fields(cls)}
        return [_Row([asked[name] for name in LEAVING], register)]

    def lay_out(self, cls: type[Record]) -> None:
        self._area.setWidget(self._page)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.groups[0])

    def dress(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)


class Leaving(Card):
    """Whose seat is left, and the form of it.

    Signals: `written` the tenure, and what its post said before; `kept` the moment of the last keeping, None when it failed;
    `told` what keeps it from being written; `closed` the form is put away.
    """

    written = Signal(object, object)
    kept = Signal(object)
    told = Signal(str)
    closed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(tone="acc")
        self._office = office
        self.tenure: Tenure | None = None
        self.title = Words("", weight=600)
        self.form = LeavingForm(Post, Register(office))
        self.write_button = Button("记离任", KEYS["save"].shown, filled=True, bound=False)
        self.drop_button = Button("不记了", kind="link")
        self.write_button.clicked.connect(self.write)
        self.drop_button.clicked.connect(self.drop)
        self.form.typed.connect(self.keep)
        self.form.finished.connect(self.write_button.setFocus)
        self.head.addWidget(self.title)
        self.head.addStretch()
        self.head.addWidget(self.write_button)
        self.head.addWidget(self.drop_button)
        row = QHBoxLayout()
        row.addWidget(self.form, 1)
        self.body.addLayout(row)
        self.hide()

    def begin(self, tenure: Tenure, day: str) -> None:
        """Ask of a seat; what was typed of it before stands there again, else the day."""
        self.close_form()
        self.tenure, post = tenure, tenure.post
        self.title.setText(f"{post.person.name}不再任{post.position}")
        self.form.fill(self._before())
        offer = self._offer()
        typed = {name: offer.typed[name] for name in LEAVING if offer and name in offer.typed}
        self.form.restore(typed or ({} if post.until else {"until": day}))
        self.show()
        self.form.go("until")

    def _before(self) -> dict[str, str]:
        assert self.tenure is not None  # noqa: S101 -- asked only of a seat
        post = self.tenure.post
        return {"until": post.until.isoformat() if post.until else "", "left": post.left}

    def _offer(self) -> drafts.Offer | None:
        if self.tenure is None:
            return None
        with self._office.desk.reading() as session:
            return drafts.offered(session, self._office, Post, self.tenure.kept.id)

    def keep(self) -> None:
        """Keep what is typed as a draft of the post, beside what else was typed of it."""
        if self.tenure is None:
            return
        offer = self._offer()
        rest = {k: v for k, v in offer.typed.items() if k not in LEAVING} if offer else {}
        place, caret = self.form.where()
        try:
            drafts.keep(self._office, Post, self.tenure.kept.id, rest | self.form.changes(), place=place, caret=caret)
        except DeskError:
            self.kept.emit(None)
            self.form.touch()
        else:
            self.kept.emit(now())

    def write(self) -> None:
        """Write the last day and the reason."""
        one = self.tenure
        if one is None:
            return
        self.form.settle()
        self.form.flush()
        values, before = self.form.values(), self._before()
        try:
            if not str(values["until"]).strip():
                raise NotValid([Problem("until", "请写离任日期。")])
            done = put(self._office, one, values, draft=one.kept.id)
        except NotValid as error:
            self.form.point_out(error.problems)
            self.form.walk()
        except DeskError as error:
            self.told.emit(str(error))
        else:
            self.close_form()
            bus.tell(done)
            self.written.emit(one, before)

    def drop(self) -> None:
        """Throw away what was typed."""
        if self.tenure is not None:
            drafts.discard(self._office, Post, self.tenure.kept.id)
        self.form.fill({})
        self.close_form()

    def close_form(self) -> None:
        """Put the form away; what is typed in it stays as a draft."""
        self.form.flush()
        if self.tenure is not None:
            self.tenure = None
            self.hide()
            self.closed.emit()


def put(office: Office, tenure: Tenure, values: Mapping[str, Any], *, draft: str = "") -> Changed:
    """Write the end of a tenure, or that it has none."""
    return records.edit(office, Post, tenure.kept.id, {name: values[name] or None for name in LEAVING}, draft=draft)
