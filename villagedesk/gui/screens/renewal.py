"""A new term of a body: the list of who sits there taken over, put right, and written in one go."""

from datetime import date

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from villagedesk.actions import drafts, seats, terms
from villagedesk.actions.office import Office
from villagedesk.actions.terms import Renewal, Renewed
from villagedesk.base.errors import DeskError, NotValid
from villagedesk.gui.bus import bus
from villagedesk.gui.form import Form
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.register import Register
from villagedesk.gui.screens.screen import Place, Screen, now
from villagedesk.gui.theme import changed, em

RENEWAL = "renewal"
"""The place where a new term is made of the old one: its id is the body's code, it begins with a day."""


class RenewalScreen(Screen):
    """Ctrl+S ends the old posts on the eve of the new term and writes the new ones; the note takes all of it back."""

    keys = ("next", "save", "next_problem", "undo", "out")

    def __init__(self, office: Office, code: str, day: str) -> None:
        super().__init__()
        self._office = office
        self._banner: Banner | None = None
        self._at = ("", -1)
        self._day = at = date.fromisoformat(day)
        self.body = next(one for one in seats.bodies(office, at) if one.code == code)
        self.setWindowTitle(f"{self.body.name}换届")
        self.form = Form(Renewal, Register(office))
        self._save = Button("换届", KEYS["save"].shown, filled=True, bound=False)
        self._above, self._column = QVBoxLayout(), QVBoxLayout(self)
        self._column.addLayout(self._above)
        self._column.addWidget(self.form, 1)
        self._save.clicked.connect(self.save)
        self.form.typed.connect(self.keep)
        self.form.counted.connect(self.counted)
        self.form.finished.connect(self._save.setFocus)
        for name, deed in (("save", self.save), ("out", self.out)):
            bind(self, name, deed)
        changed.connect(self._space)
        self._space()
        self.form.fill(terms.begun(office, self.body, at))
        self._say()
        self._restore()

    @property
    def place(self) -> Place:
        """Where this screen is, to come back to it."""
        return Place(RENEWAL, self.body.code, begin={"day": str(self._day)})

    def heading(self) -> Heading:
        return Heading(
            self.windowTitle(), short="换届", chip=("还没写", "warn", None), back=True, saves=True, search=False, buttons=[self._save]
        )  # fmt: skip

    def _say(self, words: str = "", tone: str = "acc") -> None:
        """What saving does, or what keeps it from being done."""
        plain = (
            "保存时，现任的任期到新一届前一天为止，新一届一次写齐；写完可以撤回。要改谁，改名字；不留任的删去那一行。"
        )
        self._show(Banner(tone, words or plain))  # type: ignore[arg-type]  # one of its tones

    def _show(self, banner: Banner) -> None:
        if self._banner is not None:
            self._above.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        self._above.addWidget(banner)

    # --- the draft ------------------------------------------------------------------------------------

    def _restore(self) -> None:
        with self._office.desk.reading() as session:
            offer = drafts.offered(session, self._office, Renewal, self.body.code)
        if offer is not None:
            self.form.restore(offer.typed, offer.place, offer.caret)
            self._at = offer.place, offer.caret
            drop = Button("不要这份草稿", kind="link")
            drop.clicked.connect(self.discard)
            self._show(Banner("acc", "上次没存完的还在，接着写。", drop))

    def keep(self) -> None:
        """Keep what was typed so far as a draft."""
        place, caret = self.form.where()
        try:
            drafts.keep(self._office, Renewal, self.body.code, self.form.changes(), place=place, caret=caret)
        except DeskError:
            self.kept.emit(None)
            self.form.touch()
        else:
            self.kept.emit(now())

    def discard(self) -> None:
        """Throw the draft away and begin again from those who sit."""
        drafts.discard(self._office, Renewal, self.body.code)
        self.form.fill(terms.begun(self._office, self.body, self._day))
        self._say()

    def leave(self) -> None:
        self.form.settle()
        self.form.flush()

    # --- how it ends ----------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the new term; what is to be mended first is said beside it."""
        self.leave()
        values = {name: value for name, value in self.form.values().items() if value not in ("", None, [])}
        try:
            done = terms.renew(self._office, self.body, values)
        except NotValid as error:
            self.form.point_out(error.problems)
            self.form.walk()
            return
        except DeskError as error:
            self._say(str(error), "bad")
            return
        bus.tell(done.changed)
        self.kept.emit(now())
        self.say(f"{self.body.name}换届写好了，{len(done.made)}席。", lambda: self._take_back(done))
        self.left.emit()

    def _take_back(self, done: Renewed) -> None:
        self.attempt(lambda: terms.take_back(self._office, done))

    def out(self) -> None:
        """Back; what was typed stays as a draft."""
        self.leave()
        self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.form.go(*self._at)

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._above.setContentsMargins(em(1.25), em(0.5), em(1.25), 0)
        self._above.setSpacing(em(0.5))
