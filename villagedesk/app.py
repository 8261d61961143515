"""The order of starting: arguments → paths → log → excepthook → frame → what is slow, aside → first start or unlock → window."""

import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from villagedesk.base.log import open_log
from villagedesk.base.paths import APP, Places, default_data
from villagedesk.gui import ears, settings
from villagedesk.gui.crash import Crash
from villagedesk.gui.first import Frame
from villagedesk.gui.focus import FocusRing

SLOW = ("villagedesk.gui.window", "villagedesk.gui.begin", "villagedesk.actions.papers")
"""What takes most of a second to import: not before the frame is on the screen."""
_TYPING = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


def start(data: str | None) -> int:
    """Open the desk and stay until it is closed; return the exit status."""
    places = Places(Path(data) if data else default_data())
    open_log(places.log)
    _hear_input_method()
    application = QApplication.instance() or QApplication([APP])
    assert isinstance(application, QApplication)  # noqa: S101 -- nothing else makes one here
    translator = QTranslator(application)
    if translator.load(
        QLocale(QLocale.Language.Chinese), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    ears.listen()
    settings.wear(settings.load())
    ring = FocusRing(application)
    desk = Start(application, places)
    try:
        return application.exec()
    finally:
        desk.finish()
        # windows before the application: one that outlived it crashed the end of the program, with a screen reader about
        for widget in (ring, desk.window, desk.frame):
            if widget is not None and isValid(widget):
                widget.deleteLater()
        desk.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Start(QObject):
    """From the frame to the window, and back to the frame when the desk is locked."""

    came = Signal(object)
    """What was done aside is to be gone on with on the window's thread."""

    def __init__(self, application: QApplication, places: Places) -> None:
        super().__init__(application)
        self._application, self._places = application, places
        self._open = ExitStack()
        self._back: tuple[str, str, Any] | None = None
        self._ready = False
        self._waiting: tuple[str, str] | None = None
        self._begun: tuple[Any, ExitStack] | None = None
        self._threads: list[threading.Thread] = []
        self._over = False
        self.window: Any = None
        self.frame = Frame()
        self.crash = Crash(self.frame, places.log)
        sys.excepthook = self._noted
        self.came.connect(lambda go_on: go_on())
        self.frame.unlock.opening.connect(self.open)
        self.frame.unlock.recovering.connect(self.recover)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        application.focusWindowChanged.connect(self._watch)
        if not places.keys.exists():
            self.frame.unlock.hide()
        self.frame.show()
        QTimer.singleShot(0, lambda: self._aside(_load, self._loaded))

    # --- before the window ----------------------------------------------------------------------------

    def _loaded(self, _: object) -> None:
        self._ready = True
        if self._places.keys.exists():
            self._show_unlock()
            if self._waiting:
                self.open(*self._waiting)
            return
        begin = importlib.import_module("villagedesk.gui.begin").Begin()
        begin.wished.connect(self._found)
        begin.written.connect(self._enter)
        self.begin = begin
        self.frame.show_page(begin)
        begin.to(0)
        self._thread(importlib.import_module("villagedesk.base.divisions").load)

    def _show_unlock(self) -> None:
        office = importlib.import_module("villagedesk.actions.office")
        place, people = office.on_the_door(self._places)
        self.frame.unlock.say("")
        self.frame.unlock.show_desk(place, "", people, settings.load().last)
        self.frame.unlock.show()
        self.frame.show_page(self.frame.unlock)

    def _found(self, wish: Any) -> None:
        founding = importlib.import_module("villagedesk.actions.founding")

        def make() -> tuple[Any, str]:
            office, words = founding.found(
                self._places, wish.role, wish.code, wish.name, wish.user, wish.passphrase, recovery=True
            )
            return office, str(words)

        def made(result: tuple[Any, str]) -> None:
            office, words = result
            kept = ExitStack()
            kept.callback(office.desk.close)
            kept.callback(importlib.import_module("villagedesk.actions.office").leave, office.desk)
            self._begun = office, kept
            self.begin.show_key(words, office)

        self._aside(make, made, lambda error: self.begin.say(str(error)))

    def _enter(self) -> None:
        if self._begun:
            office, self._open = self._begun
            self._begun = None
            self._show_window(office)

    def open(self, user: str, passphrase: str) -> None:
        """Open the desk for a person; what was typed before everything was loaded waits for that."""
        if not self._ready:
            self._waiting = user, passphrase
            self.frame.unlock.remark("正在准备，马上打开……")
            return
        self._waiting = None
        office = importlib.import_module("villagedesk.actions.office")
        self.frame.unlock.wait(True)
        self.frame.unlock.remark("正在打开……")

        def opening() -> Any:
            kept = ExitStack()
            sitting = kept.enter_context(office.at_desk(self._places, user, passphrase))
            self._open = kept  # here already: whoever closes the frame meanwhile leaves the desk in order too
            return sitting

        def opened(sitting: Any) -> None:
            settings.save(last=user)
            self._show_window(sitting)

        self._aside(opening, opened, self._refused)

    def recover(self, user: str, words: str, fresh: str) -> None:
        """A new passphrase by the recovery key; then the desk is opened with it."""
        accounts = importlib.import_module("villagedesk.actions.accounts")
        self.frame.unlock.wait(True)
        self._aside(
            lambda: accounts.recover(self._places, words, user, fresh),
            lambda name: self.open(str(name), fresh),
            self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        self.frame.unlock.wait(False)
        self.frame.unlock.remark("")
        self.frame.unlock.say(str(error))

    # --- the window ------------------------------------------------------------------------------------

    def _show_window(self, office: Any) -> None:
        window = importlib.import_module("villagedesk.gui.window").Window(office)
        self.window = window
        window.lock_asked.connect(self.lock)
        window.closed.connect(self._application.quit)
        user, name, place = self._back or ("", "", None)
        same = user == office.by.account
        window.to_place(name if same and name in window.names else window.names[0])
        if same and place is not None:
            window.to_record(place)
        for note in office.notes:
            window.notes.say(note)
        self._back = None
        self.frame.unlock.wait(False)
        self.frame.unlock.remark("")
        window.resize(self.frame.size())
        window.show()
        self.frame.hide()
        self.crash.window = window
        self._stir()

    def lock(self) -> None:
        """Seal what is being typed, close the desk, and ask for the passphrase; the same person comes back to the same place."""
        window, self.window = self.window, None
        if window is None:
            return
        window.leave()
        self._back = (window.office.by.account, *window.where())
        half = self._back[2] is not None
        window.closed.disconnect()
        self.frame.resize(window.size())
        self._show_unlock()
        self.frame.unlock.remark("写到一半的已封存。打开后回到原来那一格。" if half else "")
        self.frame.show()
        window.hide()
        window.deleteLater()
        self.crash.window = self.frame
        self._idle.stop()
        self.end()

    def end(self) -> None:
        """Leave the desk in order."""
        kept, self._open = self._open, ExitStack()
        kept.close()

    def finish(self) -> None:
        """The program ends: what is under way aside comes to its end first, and nothing is heard of it any more."""
        self._over = True
        for thread in self._threads:
            thread.join()
        if self._begun:
            self._begun[1].close()
            self._begun = None
        self.end()

    def _stir(self) -> None:
        if self.window is not None:
            self._idle.start(settings.load().minutes * 60_000)

    def _watch(self, window: QWindow | None) -> None:
        """What is typed and clicked comes to the window first: heard there, it costs nothing in each of its widgets."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever types or clicks is there; a second's grain is fine enough."""
        if (
            event.type() in _TYPING
            and self._idle.isActive()
            and self._idle.remainingTime() < self._idle.interval() - 1_000
        ):
            self._stir()
        return False

    # --- aside, and faults -------------------------------------------------------------------------------

    def _aside(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Do something on a thread, and go on here; what people can mend goes to `failed`, a fault to the log."""
        from villagedesk.base.errors import DeskError

        def go_on(deed: Callable[[], Any]) -> None:
            if not self._over:
                self.came.emit(deed)

        def run() -> None:
            try:
                result = work()
            except DeskError as error:
                told = error
                go_on(lambda: failed(told) if failed else self.crash.say(told))
            except BaseException as fault:
                found = fault
                go_on(lambda: sys.excepthook(type(found), found, found.__traceback__))
            else:
                go_on(lambda: done(result))

        self._thread(run)

    def _thread(self, work: Callable[[], object]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=work, name="start"))
        self._threads[-1].start()

    def _noted(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A fault in a slot: it goes into the log, the person is told calmly, and the program goes on."""
        logging.getLogger("villagedesk").critical("fault", exc_info=(kind, error, trace))
        self.crash.say(error)


def _hear_input_method() -> None:
    """Qt's packages bring no plugin for fcitx, the input method of most Chinese desktops; it is heard as ibus, through the portal."""
    said = " ".join(os.environ.get(name, "") for name in ("QT_IM_MODULES", "QT_IM_MODULE", "XMODIFIERS"))
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforminputcontexts")
    if "fcitx" in said and not any(plugins.glob("*fcitx*")):
        os.environ.pop("QT_IM_MODULES", None)
        os.environ |= {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


def _load() -> None:
    for name in SLOW:
        importlib.import_module(name)
