"""The form of any kind: built from its description, driven by Enter, undone by visits, its problems beside its fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui.editors.editor import Editor, undoes
from villagedesk.gui.editors.fields import Fields
from villagedesk.gui.editors.files import Files
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.card import Card
from villagedesk.gui.phrases import PhraseBox
from villagedesk.gui.register import Register
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import Asked, Record, fields
from villagedesk.store.queries import Kept

PAUSE = 600
"""Milliseconds from a key to its draft, at the latest."""


class Form(QWidget):
    """Every field that is typed, in groups; `fill` shows a record, `restore` puts a draft on top of it.

    Signals: `typed` at most 0.6 s after a key, when the draft is to be kept; `counted` how much is to mend and to look at;
    `finished` Enter after the last field; `asked` an attachment is to be seen, by its hash; `led` another place is to be shown;
    `saving` what was just done is to be saved at once.
    """

    typed = Signal()
    counted = Signal(int, int)
    finished = Signal()
    asked = Signal(str)
    led = Signal(object)
    saving = Signal()

    def __init__(self, cls: type[Record], register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._looks_up = cls.kind.key, register
        self._base: dict[str, Any] = {}
        self._last: dict[str, Any] = {}
        self._undone: list[tuple[str, dict[str, Any]]] = []
        self._done: list[tuple[str, dict[str, Any]]] = []
        self._problems: list[Problem] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.typed)
        self.groups = self.make_groups(cls, register)
        self.editors = {name: editor for group in self.groups for name, editor in group.editors.items()}
        self._page, self._area = QWidget(), QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for group in self.groups:
            group.typed.connect(self._note)
        self.lay_out(cls)
        for editor in self.editors.values():
            if isinstance(editor, Files):
                editor.asked.connect(self.asked)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 -- there is no widget without one
        application.focusChanged.connect(self._follow)
        bind(self, "next_problem", self.walk)
        bind(self, "phrases", self.offer_phrases)
        changed.connect(self.dress)
        self.dress()
        self.fill({})

    def make_groups(self, cls: type[Record], register: Register) -> list[Fields]:
        """The fields, by groups, in the order Enter runs through them.  A form made by hand brings editors of its own."""
        made = self.made(register)
        return [Fields(asked, register, made) for _, asked in _groups(cls)]

    def made(self, register: Register) -> dict[str, Editor]:
        """Editors of its own for some fields, by name."""
        return {}

    def lay_out(self, cls: type[Record]) -> None:
        """Put the groups on the page: each in a card, one under the other.  From the outermost in, since whatever is put into
        something else is dressed anew with all that is in it.
        """
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._area.setWidget(self._page)
        self._column = QVBoxLayout(self._page)
        for (title, _), group in zip(_groups(cls), self.groups, strict=True):
            card = Card(title if len(cls.kind.groups) > 1 else None)
            self._column.addWidget(card)
            card.body.addWidget(group)
        self._column.addStretch()

    # --- values -------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """Every value as it stands in its editor."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def changes(self) -> dict[str, Any]:
        """The values that are no longer what was filled in: what a draft keeps, and what saving sends."""
        return {name: value for name, value in self.values().items() if value != self._base[name]}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show a record, or nothing but what a new one begins with."""
        self._timer.stop()
        for group in self.groups:
            group.fill(values)
        self._base = self._last = self.values()
        self._done, self._undone = [], []
        self.point_out([])

    def about(self, kept: Kept | None) -> None:
        """Which record is shown, before it is filled in; none while it was never saved."""

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        """What else can be done with the record that is shown, beside what can be with any."""
        return []

    def restore(self, typed: Mapping[str, Any], place: str = "", caret: int = -1) -> None:
        """Put what was typed on top of what was filled in, and the cursor where it was."""
        for name, value in typed.items():
            if name in self.editors:
                self.editors[name].fill(value)
        self._last = self.values()
        self.go(place, caret)

    def settle(self) -> None:
        """Before saving: what is being composed is finished, what was typed is tidied."""
        QGuiApplication.inputMethod().commit()
        for group in self.groups:
            group.settle()

    def touch(self) -> None:
        """Something is to be kept: say so after the pause.  A running timer goes on, so that typing without a pause is kept too."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Say now what the running timer would say."""
        if self._timer.isActive():
            self._timer.stop()
            self.typed.emit()

    def freeze(self, frozen: bool) -> None:
        """Let everything be read only."""
        for group in self.groups:
            group.freeze(frozen)

    def _note(self, name: str) -> None:
        left = [p for p in self._problems if p.field.partition(".")[0] != name]
        if len(left) != len(self._problems):
            self.point_out(left)
        self.touch()

    # --- the cursor -----------------------------------------------------------------------------------

    def where(self) -> tuple[str, int]:
        """The dotted place of the cursor, and the character."""
        now = QApplication.focusWidget()
        return next((at for group in self.groups if (at := group.where(now))[0]), ("", 0))

    def go(self, place: str = "", caret: int = -1) -> None:
        """Put the cursor at a place; at the first field when there is none such."""
        if not any(group.go(place, caret) for group in self.groups) and self.editors:
            next(iter(self.editors.values())).go()

    def advance(self, *, forward: bool) -> None:
        """To the next field or the one before, through lists line by line."""
        name = self.where()[0].partition(".")[0]
        if name and self.editors[name].step(forward):
            return
        names = [n for n in self.editors if self.editors[n].widget.isEnabled()]
        at = (names.index(name) if name in names else -1 if forward else len(names)) + (1 if forward else -1)
        if 0 <= at < len(names):
            self.editors[names[at]].go()
        elif forward:
            self.finished.emit()

    def offer_phrases(self) -> None:
        """The sentences for the field the cursor is in, to be put in there."""
        editor = QApplication.focusWidget()
        if isinstance(editor, Editor) and editor.prose and not editor.isReadOnly():
            field = ".".join(part for part in self.where()[0].split(".") if not part.isdigit())
            PhraseBox(editor, self._looks_up, self._kind, field)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the focus in sight; leaving a field ends its visit."""
        if old is not None and self.isAncestorOf(old):
            self._visit()
        if now is not None and self.isAncestorOf(now):
            self._show_focus()
            QTimer.singleShot(0, self, self._show_focus)  # what has just come is laid out at the next turn

    def _show_focus(self) -> None:
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            return
        for area in self.findChildren(QScrollArea):
            page = area.widget()
            if page is not None and page.isAncestorOf(now):
                area.ensureWidgetVisible(now, em(1), em(3))  # below, room for what is said and for an input method

    # --- undo -----------------------------------------------------------------------------------------

    def _visit(self) -> None:
        """One step for what changed since the last one."""
        now = self.values()
        before = {name: value for name, value in self._last.items() if value != now[name]}
        if before:
            self._done.append((next(iter(before)), before))
            self._undone.clear()
        self._last = now

    def undo(self) -> None:
        """Take back the last visit of a field."""
        self._visit()
        self._turn(self._done, self._undone)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self._undone, self._done)

    def _turn(self, taken: list[tuple[str, dict[str, Any]]], given: list[tuple[str, dict[str, Any]]]) -> None:
        if not taken:
            return
        name, values = taken.pop()
        given.append((name, {n: self._last[n] for n in values}))
        for changed_name, value in values.items():
            self.editors[changed_name].fill(value)
        self._last = self.values()
        self.editors[name].go()
        self._note(name)

    # --- problems -------------------------------------------------------------------------------------

    def point_out(self, problems: Sequence[Problem]) -> None:
        """Say each problem beside its field; those that name none of them stay to be told by the screen."""
        self._problems = [p for p in problems if p.field.partition(".")[0] in self.editors]
        for group in self.groups:
            group.point_out(self._problems)
        warned = sum(p.warn for p in self._problems)
        self.counted.emit(len(self._problems) - warned, warned)

    def walk(self) -> None:
        """To the next problem after the cursor, in the order of the form, round and round."""
        names = list(self.editors)
        places = sorted((names.index(p.field.partition(".")[0]), *_rows(p.field), p.field) for p in self._problems)
        if not places:
            return
        here = self.where()[0]
        at = next((i for i, found in enumerate(places) if found[-1] == here), -1)
        if at < 0 and here:
            order = names.index(here.partition(".")[0])
            at = sum(1 for found in places if found[0] < order) - 1
        self.go(str(places[(at + 1) % len(places)][-1]))

    # --- keys and measures ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """While there is something to take back here, Ctrl+Z belongs to the form."""
        if event.type() == QEvent.Type.ShortcutOverride and undoes(event):
            self._visit()
            if self._done or self._undone:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.advance(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def dress(self) -> None:
        """Take the measures of the theme."""
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(3))
        self._column.setSpacing(em(0.75))


def begun(cls: type[Record]) -> dict[str, Any]:
    """What a new record begins with: the values its description gives when nothing is typed."""
    return {a.name: getattr(a.default, "value", a.default) for a in fields(cls) if a.default not in (None, "", [])}


def _groups(cls: type[Record]) -> list[tuple[str, list[Asked]]]:
    """The typed fields of each group; what is in no group named stands in the first."""
    found: dict[str, list[Asked]] = {group: [] for group in cls.kind.groups}
    for asked in fields(cls):
        if not asked.ask.auto:
            found[asked.ask.group or cls.kind.groups[0]].append(asked)
    return [(title, some) for title, some in found.items() if some]


def _rows(field: str) -> tuple[int]:
    part = field.split(".")[1:2]
    return (int(part[0]) if part and part[0].isdigit() else -1,)
