"""One record of any kind: its form, its draft, saving, its stages, correcting, its past."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.actions import attachments, drafts, flow, records
from villagedesk.actions.changed import Changed
from villagedesk.actions.drafts import Offer
from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.base.errors import DeskError, NotValid, Problem
from villagedesk.gui.bus import bus
from villagedesk.gui.editors.line import Line
from villagedesk.gui.form import Form, begun
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.register import Register
from villagedesk.gui.screens.history import History
from villagedesk.gui.screens.screen import Place, Screen, now
from villagedesk.gui.screens.summary import Rolled, Summary
from villagedesk.gui.theme import changed, em
from villagedesk.records.flow import Stage
from villagedesk.records.kind import Record
from villagedesk.records.rights import Deed
from villagedesk.records.values import dumped
from villagedesk.store import queries
from villagedesk.store.queries import Kept

SHOWN = (".pdf", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff")
"""What is opened at once; anything else came from a stick and is only laid down."""


REASON = "_reason"
"""Under what name a draft keeps the reason of a correction."""


class RecordScreen(Screen):
    """A record to be read and typed in.  A finalised one is read; correcting it asks for the reason and makes an edition.

    `form` makes the form of a kind that has one of its own; `begin` is put into a new record as if it had been typed.
    A new record has its id from the first key: its draft is kept under it, and saving gives it to the record.
    """

    keys = ("next", "save", "phrases", "next_problem", "undo", "print", "out")

    def __init__(
        self,
        office: Office,
        cls: type[Record],
        identifier: str = "",
        org: str = "",
        *,
        form: Callable[[type[Record], Register, QWidget], Form] = Form,
        begin: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self._office, self._cls = office, cls
        self._id = identifier or self._unfinished(begin or {}) or ids.new()
        self._org = org or office.desk.me.org
        self._kept: Kept | None = None
        self._amending = False
        self._busy = False
        self._save: Button | None = None
        self._at = ("", -1)
        self._banner: Banner | None = None
        self.form = form(cls, Register(office), self)
        self.reason = Line()
        self.asking = Field("更正的原因", self.reason, hint="会写在历史里。", note="必填")
        self.history: History | None = None
        self.acts = QWidget()
        self._acts_row = QHBoxLayout(self.acts)
        self._above = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._above)
        self._above.addWidget(self.asking)
        self.summary = Summary()
        self.page: QWidget = self.form if self.form.editors else self._to_read()
        self._column.addWidget(self.page, 1)
        self._column.addWidget(self.acts)
        self.form.typed.connect(self.keep)
        self.reason.typed.connect(self.form.touch)
        self.form.counted.connect(self.counted)
        self.form.finished.connect(self._finish)
        self.form.asked.connect(self._lay_out)
        self.form.led.connect(self.asked)
        self.form.saving.connect(self.save)
        bind(self, "save", self.save)
        bind(self, "seal", self.finalise)
        bind(self, "amend", self.amend)
        bind(self, "print", self.print_sheet)
        bind(self, "out", self.out)
        bus.changed.connect(self._changed)
        changed.connect(self._space)
        self._space()
        self.load(restore=True)
        if begin and self._kept is None and not self.form.changes():
            self.form.restore(begin)

    def _to_read(self) -> QWidget:
        """A record of which nothing is typed: what the program wrote is read, like a version in the history."""
        self.form.setParent(self)
        self.form.hide()
        card, page = Card(), QWidget()
        card.body.addWidget(Rolled(self.summary), 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        column.addWidget(card)
        return page

    @property
    def place(self) -> Place:
        """Where this screen is, to come back to it."""
        return Place(self._cls.kind.key, self._id, self._org)

    # --- what is shown ------------------------------------------------------------------------------

    def heading(self) -> Heading:
        kept, kind = self._kept, self._cls.kind
        if self.history is not None and kept is not None:
            return Heading(f"{kept.record.title}：历史", short="历史", back=True, search=False)
        title = kept.record.title if kept else f"新{kind.name}"
        number = str(getattr(kept.record, kind.number)) if kept and kind.number else ""
        tone = "warn" if kept is None or kept.struck else "plain" if kept.edition else "acc"
        return Heading(
            title, short=kind.name, number=number, chip=(kept.state if kept else "没存过", tone, None), back=True, saves=self._may_type,
            search=False, buttons=self._main(),
        )  # fmt: skip

    def load(self, *, restore: bool = False) -> None:
        """Read the record, and put this person's draft on top of it."""
        with self._office.desk.reading() as session:
            try:
                self._kept = queries.one(session, self._office.by, self._cls, self._id, self._org)
            except NotValid:
                self._kept = None
            offer = drafts.offered(session, self._office, self._cls, self._id) if restore else None
        self._amending = False
        self.form.about(self._kept)
        self.form.fill(dumped(self._kept.record) if self._kept else begun(self._cls))
        if self.page is not self.form:
            self.summary.show_record(self._kept.record if self._kept else None)
        self._show_banner(None)
        if offer is not None:
            self._restore(offer)
        self._show()

    @property
    def _may_write(self) -> bool:
        own = self._kept is None or (self._kept.org == self._office.desk.me.org and not self._kept.struck)
        return own and bool(self.form.editors) and self._office.by.may(Deed.WRITE, self._cls.kind)

    @property
    def _sealed(self) -> bool:
        return self._kept is not None and self._kept.edition > 0

    @property
    def _may_type(self) -> bool:
        return (
            self._may_write
            and (self._amending or not self._sealed)
            and not (self._kept is None and self._cls.kind.made)
        )

    def _show(self) -> None:
        self.form.freeze(not self._may_type)
        self.asking.setVisible(self._amending)
        emptied(self._acts_row)
        for word, deed in self._side_acts():
            button = Button(word, kind="link")
            button.clicked.connect(lambda _=False, deed=deed: deed())
            self._acts_row.addWidget(button)
        self._acts_row.addStretch()
        self.acts.setVisible(self._kept is not None)
        self.renamed.emit()

    def _main(self) -> list[Button]:
        self._save = None
        if self._may_type:
            seal = None if self._amending else self._sealing()
            save = Button("更正" if self._amending else "保存", KEYS["save"].shown, filled=seal is None, bound=False)
            save.clicked.connect(self.save)
            self._save = save
            if seal is None:
                return [save]
            final = Button(seal.name.removeprefix("已"), KEYS["seal"].shown, filled=True, icon="stamp", bound=False)
            final.clicked.connect(self.finalise)
            return [save, final]
        if self._may_write and self._sealed and self._office.by.may(Deed.SEAL, self._cls.kind):
            mend = Button("改错", KEYS["amend"].shown, bound=False)
            mend.clicked.connect(self.amend)
            return [mend]
        return []

    def _sealing(self) -> Stage | None:
        """The stage that finalises the record, where that is the next one and this person may."""
        kind = self._cls.kind
        at = self._kept.stage if self._kept else kind.flow.first
        following = (stage for stage in kind.flow.next(at) if stage.seals and self._office.by.may(Deed.SEAL, kind))
        return next(following, None)

    def _side_acts(self) -> list[tuple[str, Callable[[], object]]]:
        kept, kind = self._kept, self._cls.kind
        if kept is None:
            return []
        acts = self.form.acts() if self._may_write else []
        if self._may_write and not self._amending:
            for stage in kind.flow.next(kept.stage):
                if stage != self._sealing() and self._office.by.may(Deed.SEAL if stage.seals else Deed.WRITE, kind):
                    acts.append((f"转为“{stage.name}”", partial(self.advance, stage.key)))
        acts += [(f"打印  {KEYS['print'].shown}", self.print_sheet), ("历史", self.show_history)]
        if self._may_write and not self._amending:
            acts.append(("作废", self.strike))
        return acts

    def act(self, name: str) -> None:
        """What this record was opened for: history, amend."""
        {"history": self.show_history, "amend": self.amend}[name]()

    # --- the draft ------------------------------------------------------------------------------------

    def _unfinished(self, begin: Mapping[str, Any]) -> str:
        """The newest draft of a record that was begun like this and never saved: who begins again goes on with it."""
        with self._office.desk.reading() as session:
            waiting = drafts.waiting(session, self._office)
        found = (one for one in waiting if one.new and one.kind == self._cls.kind.key)
        return next((one.id for one in found if all(one.typed.get(n) == v for n, v in begin.items())), "")

    def keep(self) -> None:
        """Keep what was typed so far as a draft."""
        if not self._may_type:
            return
        place, caret = self.form.where()
        try:
            drafts.keep(self._office, self._cls, self._id, self._typed(), place=place, caret=caret)
        except DeskError:
            self.kept.emit(None)
            self.form.touch()
        else:
            self.kept.emit(now())

    def _typed(self) -> dict[str, Any]:
        """What the draft keeps: the changes, and why a finalised record is corrected."""
        reason = self.reason.text() if self._amending else ""
        return self.form.changes() | ({REASON: reason} if reason else {})

    def leave(self) -> None:
        self.form.settle()
        self.form.flush()

    def _restore(self, offer: Offer) -> None:
        self._amending = self._sealed and self._may_write
        self.reason.fill(offer.typed.get(REASON, ""))
        self.form.restore(offer.typed, offer.place, offer.caret)
        self._at = offer.place, offer.caret
        drop = Button("不要这份草稿", kind="link")
        drop.clicked.connect(self.discard)
        self._show_banner(Banner("warn" if offer.note else "acc", offer.note or "上次没存完的还在，接着写。", drop))

    def discard(self) -> None:
        """Throw the draft away and show the record as it stands."""
        drafts.discard(self._office, self._cls, self._id)
        self.load()
        self.say("草稿已丢掉，记录没有动。")

    # --- what can be done -------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save what was typed; False when something is to be mended first."""
        if not self._may_type:
            return False
        self.form.settle()
        self.form.flush()
        if self._amending and not self.reason.text().strip():
            self.asking.say("请写明为什么更正。")
            self.reason.go()
            return False
        done = self._try(self._write)
        if done is None:
            return False
        self.load()
        self.form.point_out(done.remarks)
        self.kept.emit(now())
        for note in done.notes:
            self.say(note)
        return True

    def _write(self) -> Changed:
        if self._kept is None:
            return records.save(self._office, self._cls, [_filled(self.form.values())], draft=self._id)
        changes = self.form.changes()
        if self._amending:
            reason = self.reason.text().strip()
            return flow.amend(self._office, self._cls, self._id, changes, reason=reason, draft=self._id)
        if not changes:
            return Changed()
        return records.edit(self._office, self._cls, self._id, changes, draft=self._id)

    def advance(self, stage: str) -> None:
        """Save, and enter a stage."""
        if self._may_type and not self.save():
            return
        done = self._try(lambda: flow.advance(self._office, self._cls, self._id, stage))
        if done is not None:
            self.load()
            self.form.point_out(done.remarks)
            for note in done.notes:
                self.say(note)

    def finalise(self) -> None:
        """Save, and finalise where that is what comes next."""
        seal = self._sealing()
        if seal is not None and self._may_type and not self._amending:
            self.advance(seal.key)

    def amend(self) -> None:
        """Open a finalised record for correcting."""
        if self._sealed and self._may_write and not self._amending and self._office.by.may(Deed.SEAL, self._cls.kind):
            self._amending = True
            self.reason.clear()
            self.asking.say(None)
            self._show()
            self.form.go()

    def strike(self) -> None:
        """Move the record to the bin; the note has the way back."""
        title = self._kept.record.title if self._kept else ""
        if self._try(lambda: records.strike(self._office, self._cls, self._id, reason="移到回收站")) is not None:
            self.say(f"“{title}”移到了回收站。", self._revive)
            self.load()

    def _revive(self) -> None:
        self.attempt(lambda: records.revive(self._office, self._cls, self._id, reason="撤回"))

    def print_sheet(self) -> None:
        """Save what was typed, and show its papers."""
        if self._kept is not None and not (self._may_type and self.form.changes() and not self.save()):
            self.asked.emit(replace(self.place, act="print"))

    def _lay_out(self, sha: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, "把附件放到哪个文件夹")
        if not folder:
            return
        try:
            path = attachments.lay_out(self._office, self._cls, self._id, sha, Path(folder))
        except DeskError as error:
            self._show_banner(Banner("bad", str(error)))
        else:
            self.say(f"已放好：{path.name}")
            if path.suffix.lower() in SHOWN:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def show_history(self) -> None:
        """Every version, instead of the form."""
        if self._kept is None or self.history is not None:
            return
        self.leave()
        self.history = History(self._office, self._cls, self._kept)
        self.history.chosen.connect(self._bring_back)
        self.page.hide()
        self.acts.hide()
        self._column.insertWidget(1, self.history, 1)
        self.history.list.setFocus()
        self.renamed.emit()

    def _bring_back(self, values: Mapping[str, Any]) -> None:
        """Put an old version into the form, to be looked over and saved as a new entry."""
        self._close_history()
        if self._sealed:
            self.amend()
        if self._may_type:
            self.form.restore({name: values.get(name) for name in self.form.editors})
            self._show_banner(Banner("acc", "旧版已填进来，还没存。看过没错再保存，会记成新的一条。"))
            self.keep()

    def _close_history(self) -> None:
        if self.history is not None:
            self.history.hide()
            self.history.deleteLater()
            self.history = None
        self.page.show()
        self._show()

    def out(self) -> None:
        """Back: from the history to the form, from the form to where one came from; what was typed stays as a draft."""
        if self.history is not None:
            self._close_history()
            self._go()
        else:
            self.leave()
            self.left.emit()

    # --- how it ends ------------------------------------------------------------------------------------

    def _try(self, deed: Callable[[], Changed]) -> Changed | None:
        """Do it; what keeps it from being done is said where it belongs."""
        self._busy = True
        try:
            done = deed()
        except NotValid as error:
            self._say_problems(error.problems)
            return None
        except DeskError as error:
            self._show_banner(Banner("bad", str(error)))
            return None
        finally:
            self._busy = False
        bus.tell(done)
        return done

    def _say_problems(self, problems: list[Problem]) -> None:
        self.form.point_out(problems)
        whole = [p.text for p in problems if p.field.partition(".")[0] not in self.form.editors]
        self._show_banner(Banner("bad", "".join(whole)) if whole else None)
        self.form.walk()

    def _finish(self) -> None:
        """Enter after the last field: on to the main act."""
        if self._save is not None:
            self._save.setFocus()

    def _changed(self, done: Changed) -> None:
        if self._busy or self._id not in done.ids or self._kept is None:
            return
        if self.form.changes():
            self._show_banner(Banner("warn", "这条记录刚在别处改过。保存时只存您改的这几项，别的留着。"))
        else:
            self.load()

    def _show_banner(self, banner: Banner | None) -> None:
        if self._banner is not None:
            self._above.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._above.insertWidget(0, banner)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._go(*self._at)

    def _go(self, place: str = "", caret: int = -1) -> None:
        """The cursor into the form; where there is nothing to type, to the first thing that can be done."""
        if self.page is self.form:
            self.form.go(place, caret)
        elif buttons := self.acts.findChildren(Button):
            buttons[0].setFocus()

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._above.setContentsMargins(em(1.25), em(0.5), em(1.25), 0)
        self._above.setSpacing(em(0.5))
        self._acts_row.setContentsMargins(em(1.25), em(0.375), em(1.25), em(0.375))
        self._acts_row.setSpacing(em(0.375))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [])}
