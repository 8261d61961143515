"""One question put to the desk aside: the window goes on meanwhile, the answer is shown at once where it comes at once."""

import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid
from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.store import queries

PATIENCE = 0.02
"""Seconds the window waits for an answer; one that takes longer is shown when it is there."""


class _Asked(threading.Thread):
    """A question on its way, and what became of it."""

    def __init__(self, office: Office, question: Callable[[Session], Any], done: Callable[[Any], object]) -> None:
        super().__init__(name="aside", daemon=True)
        self._office, self._question, self.done = office, question, done
        self._session: Session | None = None
        self.given_up = False
        self.answer: Any = None
        self.fault: BaseException | None = None
        self.then: Callable[[], object] = lambda: None

    def run(self) -> None:
        try:
            with self._office.desk.reading() as session:
                self._session = session
                if not self.given_up:
                    self.answer = self._question(session)
        except BaseException as fault:
            self.fault = fault
        if not self.given_up:
            self.then()

    def give_up(self) -> None:
        """Nobody waits for the answer any more; when this returns the desk is not read any more either."""
        self.given_up = True
        while self.is_alive():
            if self._session is not None:
                queries.stop(self._session)
            self.join(0.005)


class Aside(QObject):
    """Asks one thing at a time: a new question takes the place of the one before.  A fault is told on the window's thread."""

    _came = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._asked: _Asked | None = None
        self._came.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    def ask(self, question: Callable[[Session], Any], done: Callable[[Any], object]) -> None:
        """Ask; `done` gets the answer on the window's thread."""
        self.stop()
        asked = self._asked = _Asked(self._office, question, done)
        asked.then = lambda: self._came.emit(asked) if isValid(self) else None
        asked.start()

    def wait(self) -> None:
        """Wait a moment: an answer that comes in it is given to `done` before this returns."""
        if (asked := self._asked) is not None:
            asked.join(PATIENCE)
            if not asked.is_alive():
                self._end(asked)

    def stop(self) -> None:
        """What was asked is not wanted any more."""
        if self._asked is not None:
            self._asked.give_up()
            self._asked = None

    def _end(self, asked: _Asked) -> None:
        if asked is not self._asked:
            return
        self._asked = None
        if asked.fault is not None:
            sys.excepthook(type(asked.fault), asked.fault, asked.fault.__traceback__)
        else:
            asked.done(asked.answer)
