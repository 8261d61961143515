"""The window beside a bare one, its lists as the desk grows, and how long it stands still while one works:
`python -m benchmarks.window [large]`.

A start is a process of its own, from its first instruction to the first paint; the floor is a QMainWindow with a line in it.
A stall is the longest time between two turns of the event loop while something is done by keys on a desk of 10,000 meetings.
Offscreen, so without what a display adds.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.desk import grown
from villagedesk.actions import demo
from villagedesk.actions.office import Office, at_desk
from villagedesk.base.paths import Places
from villagedesk.gui import theme
from villagedesk.gui.focus import FocusRing
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.window import Window
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries

ROUNDS = 7
DAILY = 10_000
CLERK = "罗倩"
_BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        print((time.monotonic_ns() - int(sys.argv[1])) / 1e6, flush=True)
        os._exit(0)
app = QApplication([])
window = Bare()
window.setCentralWidget(QLineEdit())
window.resize(1366, 696)
window.show()
app.exec()
"""
_FRAME = """
import os, sys, time
began, sys.argv = int(sys.argv[1]), ["villagedesk", "--data", sys.argv[2]]
from villagedesk.gui import first
def painted(self, event):
    print((time.monotonic_ns() - began) / 1e6, flush=True)
    os._exit(0)
first.Frame.paintEvent = painted
from villagedesk.__main__ import main
main()
"""
_OPENED = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from villagedesk import app
from villagedesk.base.paths import Places
from villagedesk.gui import theme
application = QApplication([])
theme.apply(application)
start = app.Start(application, Places(Path(sys.argv[2])))
began = 0
def ready():
    global began
    if not start._ready:
        QTimer.singleShot(5, ready)
        return
    began = time.monotonic()
    start.open(sys.argv[3], sys.argv[4])
    opened()
def opened():
    if start.window is None or not start.window.isVisible():
        QTimer.singleShot(1, opened)
        return
    QTimer.singleShot(0, lambda: print((time.monotonic() - began) * 1000))
    QTimer.singleShot(3000, idle)
def idle():
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmRSS:")[1].split()[0]) / 1024, flush=True)
    os._exit(0)
ready()
application.exec()
"""


def run(code: str, *given: str) -> list[float]:
    """What a process of its own prints, told when it began."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(time.monotonic_ns()), *given],
        check=True, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return [float(line) for line in done.stdout.split()]


def starts(roots: dict[str, Path]) -> None:
    """In turns, so that all meet the same machine."""
    took: dict[str, list[float]] = {name: [] for name in ("bare", *roots)}
    for _ in range(ROUNDS):
        took["bare"] += run(_BARE)
        for name, root in roots.items():
            took[name] += run(_FRAME, str(root))
    floor = median(took.pop("bare"))
    print(f"process to first paint, milliseconds, median of {ROUNDS}; bare window {floor:.0f}")
    for name, times in took.items():
        print(f"{name:　<12}{median(times):8.0f}  = {median(times) / floor:.2f} times")


def opened(roots: dict[str, Path]) -> None:
    """From the passphrase to the window, and what it holds in memory when nothing is done."""
    for name, root in roots.items():
        shown, resident = run(_OPENED, str(root), CLERK, demo.PASSPHRASE)
        print(f"{name:　<12}passphrase to window {shown:6.0f} ms; idle {resident:6.0f} MB resident")


# --- in this process --------------------------------------------------------------------------------------


@contextmanager
def shown(widget: QWidget) -> Iterator[QWidget]:
    """On the screen of an old laptop, with the keys."""
    widget.resize(1366, 696)
    widget.show()
    widget.activateWindow()
    for _ in range(3):
        QApplication.processEvents()
    yield widget
    if isinstance(widget, Screen | Window):
        widget.leave()
    widget.close()
    widget.deleteLater()


def ledger(office: Office) -> float:
    """Milliseconds from nothing to a painted ledger of meetings, the median of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with shown(Ledger(office, KINDS["meeting"])) as screen:
            screen.grab()
            times.append(time.perf_counter() - start)
    return median(times) * 1e3


def found(office: Office, typed: str = "lzh") -> tuple[float, float]:
    """Milliseconds from a key to what it finds: over everything, and in a ledger; the worst of the keys."""
    worst = []
    for place in ("find", "ledger"):
        with shown(Window(office)) as window:
            assert isinstance(window, Window)
            window.to_place("meeting")
            if place == "find":
                window.look_for("")
            screen: Any = window.screen_now
            screen.words.setFocus()
            times = []
            for key in typed:
                start = time.perf_counter()
                QTest.keyClicks(screen.words, key)
                while place == "ledger" and screen._pause.isActive():  # noqa: SLF001 -- until the desk was asked
                    QApplication.processEvents()
                while place == "find" and screen._aside.busy:  # noqa: SLF001 -- until it has answered
                    QApplication.processEvents()
                screen.grab()
                times.append(time.perf_counter() - start)
            worst.append(max(times) * 1e3)
    return worst[0], worst[1]


def seat() -> QWidget:
    """What has the keys."""
    found = QApplication.focusWidget()
    if found is None:
        raise RuntimeError("nothing has the keys")
    return found


class Watch:
    """Turns of the event loop while something is done."""

    def __init__(self) -> None:
        self._last, self.worst = (0.0, 0.0), (0.0, 0.0)
        self._clock = QTimer(interval=0)
        self._clock.timeout.connect(self._turn)

    def _turn(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.worst = max(self.worst, (now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def of(self, deed: Callable[[], object], seconds: float = 0.5) -> str:
        """The longest stall while the deed is done and what it has begun comes to its end, and what of it was our own work."""
        self.worst, self._last = (0.0, 0.0), (time.perf_counter(), time.thread_time())
        self._clock.start()
        QTimer.singleShot(0, deed)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
        self._clock.stop()
        return f"{self.worst[0] * 1e3:8.0f}{self.worst[1] * 1e3:8.0f}"


def day(office: Office) -> None:
    """A clerk's day by keys."""
    watch = Watch()

    def key(name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[], object]:
        return lambda: QTest.keyClick(seat(), name, modifier)

    def letters(text: str) -> Callable[[], object]:
        return lambda: QTest.keyClicks(seat(), text)

    control = Qt.KeyboardModifier.ControlModifier
    with office.desk.reading() as session:
        kept = list(queries.listed(session, office.by, KINDS["meeting"], limit=100))
    half = next(k for k in kept if not k.edition and k.record.present)  # type: ignore[attr-defined]  # a meeting
    with shown(Window(office)) as window:
        assert isinstance(window, Window)
        window.to_place("home")
        watch.of(lambda: None)

        def now() -> Any:
            return window.screen_now

        deeds: list[tuple[str, Callable[[], object]]] = [
            (f"to {name}, {turn} time", lambda name=name: window.to_place(name))  # type: ignore[misc]
            for turn in ("first", "second")
            for name in window.names
        ]
        deeds += [
            ("the ledger of meetings", lambda: window.to_place("meeting")), ("/ to its search", key(Qt.Key.Key_Slash)),
            ("a letter in its search", letters("t")), ("another letter", letters("o")), ("Esc", key(Qt.Key.Key_Escape)),
            ("down its rows", key(Qt.Key.Key_PageDown)), ("to the end", key(Qt.Key.Key_End, control)),
            ("search over everything", lambda: window.look_for("罗")), ("a letter in it", letters("z")),
            ("back", window.back), ("open a meeting", lambda: window.to_record(Place("meeting", half.id, half.org))),
            ("call one person", key(Qt.Key.Key_2)), ("next pane", key(Qt.Key.Key_F6)), ("type", letters("x")),
            ("the draft is kept", lambda: None), ("save", key(Qt.Key.Key_S, control)), ("F8", key(Qt.Key.Key_F8)),
            ("finalise", lambda: now().advance("final")), ("history", lambda: now().show_history()),
            ("out of it", key(Qt.Key.Key_Escape)),
            ("a new meeting", lambda: window.to_record(Place("meeting"))), ("a new case", lambda: window.to_record(Place("case"))),
            ("home again", lambda: window.to_place("home")),
        ]  # fmt: skip
        print(f"longest stall at {DAILY:,} meetings, milliseconds by the clock and of the processor")
        for name, deed in deeds:
            print(f"{name:<28}{watch.of(deed, 0.9 if 'draft' in name else 0.4)}")


def main(large: int = 1_000_000) -> None:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app)
    watching = FocusRing(app)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["XDG_STATE_HOME"], os.environ["XDG_CONFIG_HOME"] = str(home / "state"), str(home / "config")
        list(demo.play(home / "demo"))
        root = home / "demo" / "village"
        starts({"no desk yet": home / "none", "a small desk": root})
        opened({"a small desk": root})
        with at_desk(Places(root), CLERK, demo.PASSPHRASE) as office:
            grown(office, 1_000)
            few = ledger(office)
            grown(office, DAILY)
            day(office)
            grown(office, large)
            many = ledger(office)
            everything, one = found(office)
        print(f"ledger painted, milliseconds, at 1,000 {few:.0f} and at {large:,} {many:.0f}  = {many / few:.2f} times")
        print(f"a key to what it finds at {large:,}: over everything {everything:.0f} ms, in the ledger {one:.0f} ms")
        starts({"a large desk": root})
        opened({"a large desk": root})
    del watching


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
