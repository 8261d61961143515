"""Long work: one thing at a time on one thread, with how far it is and a way to stop; nothing else can be done meanwhile."""

import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QThread, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from villagedesk.base.errors import DeskError
from villagedesk.gui.parts.progress import Progress
from villagedesk.gui.theme import em, theme

PAUSE = 0.1
"""Seconds between two sentences on how far it is: the window has more to do than to listen."""


class Stopped(DeskError):
    """The person asked to stop; what was begun is taken back by its transaction."""


class Steps(QObject):
    """What the work says of itself, from its own thread.  Signals: `moved` a sentence, done, whole."""

    moved = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = False
        self._said = 0.0

    def at(self, sentence: str, done: int, whole: int) -> None:
        """Say how far it is, as often as an eye follows; `Stopped` when the person asked for that."""
        if self._stop:
            raise Stopped("已停下，没有做完的都没有记。")
        if time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            self.moved.emit(sentence, done, whole)

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop = True


class _Thread(QThread):
    def __init__(self, work: Callable[[Steps], Any], steps: Steps) -> None:
        super().__init__()
        self.setObjectName("work")
        self._work, self._steps = work, steps
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._work(self._steps)
        except BaseException as error:
            self.error = error


def _nothing(_: object) -> None:
    """What follows where nobody asked for anything."""


class Worker(QWidget):
    """Lies over its window while there is work.  A `DeskError` goes to `failed`; anything else is a fault, told as one
    on the window's thread.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies below is not painted while the work runs
        self._window = window
        self._thread: _Thread | None = None
        self._steps: Steps | None = None
        self._before: QWidget | None = None
        self._then: tuple[Callable[[Any], object], Callable[[DeskError], object]] = (_nothing, _nothing)
        self._card = Progress()
        self._card.stop_asked.connect(self.stop)
        column = QVBoxLayout(self)
        column.addStretch()
        row = QHBoxLayout()  # not an alignment: that one reckons heights from the width of the window
        row.addStretch()
        row.addWidget(self._card)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        window.installEventFilter(self)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None

    def do(
        self,
        sentence: str,
        work: Callable[[Steps], Any],
        *,
        done: Callable[[Any], object],
        failed: Callable[[DeskError], object],
    ) -> None:
        """Run `work` aside; then `done` with what it gave, or `failed` with the sentence of what went wrong."""
        if self.busy:
            raise RuntimeError("one piece of work at a time")
        steps = self._steps = Steps()
        steps.moved.connect(self._card.show_done)
        thread = self._thread = _Thread(work, steps)
        self._then = done, failed
        thread.finished.connect(self._end)  # a method of a widget, so that it runs on the window's thread
        self._card.show_done(sentence, 0, 1)
        self._card.setFixedWidth(em(36))
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._before = self._window.focusWidget()
        self._card.stop.setFocus()
        thread.start()

    def stop(self) -> None:
        """Ask the work to end."""
        if self._steps is not None:
            self._steps.stop()

    def _end(self) -> None:
        thread, (done, failed) = self._thread, self._then
        if thread is None:
            return
        thread.wait()
        self._thread = self._steps = None
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        if thread.error is None:
            done(thread.result)
        elif isinstance(thread.error, DeskError):
            failed(thread.error)
        else:
            sys.excepthook(type(thread.error), thread.error, thread.error.__traceback__)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops; no other key reaches the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().ground)


def worker_of(widget: QWidget) -> Worker:
    """The one worker of the window that `widget` stands in."""
    window = widget.window()
    found = window.findChild(Worker)
    return found if isinstance(found, Worker) else Worker(window)
