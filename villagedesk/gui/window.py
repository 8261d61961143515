"""The window of an open desk: its places on the rail, the screen that is shown, and the way back from it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from villagedesk.actions import drafts
from villagedesk.actions.office import Office
from villagedesk.gui import settings, theme
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.frame import Item, Shell
from villagedesk.gui.places import PLACES, Spot, screen_of
from villagedesk.gui.screens.find import Find
from villagedesk.gui.screens.help import Help
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import NAMES
from villagedesk.store import queries


class Window(Shell):
    """Signals: `lock_asked` the person leaves the desk for a while; `closed` for good."""

    lock_asked = Signal()
    closed = Signal()

    def __init__(self, office: Office) -> None:
        self.office = office
        readable = office.by.readable(cls.kind for cls in KINDS.values())
        places = [p for p in PLACES[office.by.level] if not p.kinds or readable & set(p.kinds)]
        seen = {p.name for p in places}
        places = [p if p.under in seen else replace(p, under="") for p in places]
        super().__init__([Item(p.name, p.icon, p.word) for p in places if not p.under])
        self._places = {p.name: p for p in places}
        self._screens: dict[str, Screen] = {}
        self._trail: list[Screen] = []
        self._name = ""
        self._left: QWidget | None = None
        self.setWindowTitle(f"村务台 — {office.desk.me.name}")
        self.rail.set_desk(
            office.desk.me.name, office.by.name, "、".join(NAMES[d] for d in NAMES if d in office.by.duties)[:12]
        )
        self.rail.chosen.connect(self.to_place)
        self.rail.lock_asked.connect(self.lock_asked)
        self.header.back_asked.connect(self.back)
        self.header.searched.connect(self.look_for)
        self.header.viewed.connect(lambda at: self.to_place(self._views[at].name))
        self.strip.walk_asked.connect(self._walk)
        self._stray = QTimer(self, singleShot=True, interval=0)
        self._stray.timeout.connect(self._bring_back)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 -- there is no widget without one
        application.focusChanged.connect(self._follow)
        bind(self, "lock", self.lock_asked.emit)
        bind(self, "next_view", self.next_view)
        bind(self, "help", self.help)
        bind(self, "larger", self.larger)
        self._count()

    # --- going about ----------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The places of this desk that this person may see."""
        return list(self._places)

    @property
    def screen_now(self) -> Screen | None:
        """What is shown."""
        return self._trail[-1] if self._trail else None

    def to_place(self, name: str) -> None:
        """Go to a place on the rail; what is typed is kept on the way."""
        if name not in self._places:
            return
        self._leave()
        self.header.search.clear()
        for screen in self._trail[1:]:
            self._drop(screen)
        if name not in self._screens:
            self._screens[name] = self._wired(self._places[name].make(self.office))
        self._name, self._trail = name, [self._screens[name]]
        self.rail.set_current(self._places[name].under or name)
        self._show()

    def next_view(self) -> None:
        """The next view of the place that is shown."""
        views = self._views
        if len(views) > 1:
            self.to_place(views[(self._at(views) + 1) % len(views)].name)

    @property
    def _views(self) -> list[Spot]:
        """The views of the place that is shown; none over a record."""
        if len(self._trail) != 1:
            return []
        top = self._places[self._name].under or self._name
        return [spot for spot in self._places.values() if top in (spot.name, spot.under)]

    def _at(self, views: list[Spot]) -> int:
        return next((at for at, spot in enumerate(views) if spot.name == self._name), 0)

    def to_record(self, place: Place) -> None:
        """Open a record, or a new one, over what is shown; or a place of the rail."""
        if place.kind not in KINDS and place.kind in self._places:
            self.to_place(place.kind)
            return
        screen = screen_of(self.office, place)
        if screen is not None:
            self._push(screen)
            if place.act and isinstance(screen, RecordScreen):
                screen.act(place.act)

    def look_for(self, words: str) -> None:
        """Look for words in everything this person may read."""
        now = self.screen_now
        if isinstance(now, Find):
            now.look(words)
        else:
            self._push(Find(self.office, words))

    def larger(self) -> None:
        """The next size of type; after the largest the smallest again."""
        sizes = list(theme.SIZES.values())
        size = sizes[(sizes.index(settings.load().size) + 1) % len(sizes)]
        settings.wear(settings.save(size=size))
        self.notes.say(f"字号：{next(word for word, points in theme.SIZES.items() if points == size)}。")

    def help(self) -> None:
        """The page of help about what is shown."""
        now = self.screen_now
        if now is not None and not isinstance(now, Help):
            place = self.where()[1]
            self._push(Help(now.help_page or (place.kind if place else self._name)))

    def back(self) -> None:
        """To what was shown before."""
        if len(self._trail) > 1:
            self._leave()
            self._drop(self._trail.pop())
            self._show()
        elif self._name != next(iter(self._places)):
            self.to_place(next(iter(self._places)))

    def where(self) -> tuple[str, Place | None]:
        """The place, and the record that is open over it: to come back to after locking."""
        now = self.screen_now
        return self._name, getattr(now, "place", None)

    def leave(self) -> None:
        """Keep what is being typed."""
        self._leave()

    def _push(self, screen: Screen) -> None:
        self._leave()
        self._trail.append(self._wired(screen))
        self._show()

    def _leave(self) -> None:
        if self.screen_now is not None:
            self.screen_now.leave()

    def _drop(self, screen: Screen) -> None:
        self.stack.removeWidget(screen)
        screen.close()
        screen.deleteLater()

    def _show(self) -> None:
        screen = self._trail[-1]
        self.show_place(screen, screen.heading(), self._keys(screen))
        views = self._views
        self.header.show_views([spot.view or spot.word for spot in views], self._at(views))
        self._seat(screen)

    def _seat(self, screen: Screen) -> None:
        """The keys go where the screen put them when it was shown; where it put them nowhere, to the first thing on it."""
        now = QApplication.focusWidget() or self.focusWidget()
        if now is not None and screen.isAncestorOf(now) and now.isVisibleTo(self):
            return
        able = (
            one
            for one in screen.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
        )
        first = next((one for one in able if one.isVisibleTo(self)), screen)
        (screen if screen.focusProxy() else first).setFocus()

    def _keys(self, screen: Screen) -> list[str | tuple[str, str]]:
        return [*screen.keys, *(["next_view"] if len(self._views) > 1 else [])]

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """The keys left the screen: because a person went, or because what had them went away."""
        screen = self.screen_now
        if (
            old is None
            or screen is None
            or (now is not None and (screen.isAncestorOf(now) or not self.isAncestorOf(now)))
        ):
            return
        if screen.isAncestorOf(old) or self.notes.isAncestorOf(old):
            self._left = old
            self._stray.start()

    def _bring_back(self) -> None:
        """What had the keys is gone or asleep: they stay on the screen, where its own keys work."""
        old, screen = self._left, self.screen_now
        if screen is not None and not (old and isValid(old) and old.isVisible() and old.isEnabled()):
            self._seat(screen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._left = None
        self._stray.start()

    # --- what screens say -----------------------------------------------------------------------------

    def _wired(self, screen: Screen) -> Screen:
        screen.setProperty("ring", "own")  # where a screen itself has the keys, there is nothing to go round

        def mine(deed: Callable[..., object]) -> Callable[..., None]:
            def heard(*what: object) -> None:
                if self.screen_now is screen:
                    deed(*what)

            return heard

        screen.renamed.connect(mine(lambda: self._rename(screen)))
        screen.counted.connect(mine(self.strip.count))
        screen.kept.connect(mine(lambda at: self.header.mark.saved(at) if at else self.header.mark.failed()))
        screen.told.connect(self._told)
        screen.asked.connect(self.to_record)
        screen.left.connect(mine(self.back))
        return screen

    def _rename(self, screen: Screen) -> None:
        self.header.show_heading(screen.heading())
        self.strip.show_keys(self._keys(screen))

    def _told(self, words: str, undo: Callable[[], object] | None) -> None:
        self.notes.say(words, undo)
        self._count()

    def _walk(self) -> None:
        form = getattr(self.screen_now, "form", None)
        if form is not None:
            form.walk()

    def _count(self) -> None:
        """What waits at the places: drafts not saved yet, by the kind they belong to."""
        with self.office.desk.reading() as session:
            waiting = [offer.kind for offer in drafts.waiting(session, self.office)]
            clashes = {(kind, identifier) for kind, identifier, *_ in queries.clashes(session, self.office.by)}
        counts: Counter[str] = Counter()
        for place in self._places.values():
            own = (
                sum(kind in place.kinds for kind in waiting)
                if place.kinds
                else len(clashes)
                if place.name == "clash"
                else 0
            )
            counts[place.under or place.name] += own
        for name, count in counts.items():
            self.rail.set_waiting(name, count)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        super().closeEvent(event)
        self.closed.emit()
