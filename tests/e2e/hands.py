"""The program as a person has it before her: a screen, a window manager, keys that are pressed, and what a screen reader reads.

Nothing waits a fixed time: every wait looks again until what is waited for is there.
"""

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

LONG = 40.0
"""Seconds after which something that did not come is a failure."""
SHOTS = os.environ.get("TEST_SHOTS", "")
"""A folder where pictures of the screen are laid down, step by step."""
PYTHON = "/usr/bin/python3"
"""The system's own: it has the bindings to the accessibility bus."""
ROOT = Path(__file__).parents[2]
_XF86 = 0x10080000

ITEMS = ("list item", "table cell", "tree item")

Thing = dict[str, Any]


class Seat:
    """A screen of its own with nobody else at it.  `letters` are the characters its keyboard has beside the usual ones."""

    def __init__(self, home: Path, letters: str = "") -> None:
        self._home, self._letters = home, letters
        self._kept = ExitStack()
        self.environment = {
            "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "PATH": f"{home}/bin:/usr/bin:/bin", "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }  # fmt: skip

    def __enter__(self) -> "Seat":
        (self._home / "run").mkdir(parents=True, mode=0o700)
        opener = self._home / "bin" / "xdg-open"
        opener.parent.mkdir()
        opener.write_text('#!/bin/sh\necho "$1" >>"$HOME/opened"\n', "utf-8")
        opener.chmod(0o755)
        read, write = os.pipe()
        self.run(
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            "-noreset",
            pass_fds=(write,),
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.environment["DISPLAY"] = f":{pipe.readline().strip()}"
        _learn(self.environment["DISPLAY"], self._letters)
        bus = self.run("dbus-daemon", "--session", "--nofork", "--print-address=1", stdout=subprocess.PIPE)
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.run("openbox")
        self._eyes = self.run(
            PYTHON,
            "-W",
            "ignore",
            str(Path(__file__).with_name("eyes.py")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def run(self, *words: str, **how: Any) -> "subprocess.Popen[bytes]":
        """A process that lives as long as the seat."""
        log = self._kept.enter_context((self._home / f"{words[0].rpartition('/')[2]}.log").open("ab"))
        process = subprocess.Popen(words, **{"env": self.environment, "stdout": log, "stderr": log, **how})
        self._kept.callback(_ended, process)
        return process

    @property
    def opened(self) -> list[str]:
        """What was given to the desktop to be opened."""
        path = self._home / "opened"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def ask(self, question: str) -> Any:
        """What a screen reader reads."""
        assert self._eyes.stdin is not None
        assert self._eyes.stdout is not None
        self._eyes.stdin.write(f"{question}\n".encode())
        self._eyes.stdin.flush()
        return json.loads(self._eyes.stdout.readline())

    def x(self, *words: str, given: bytes | None = None) -> str:
        """One command of X, to its end."""
        done = subprocess.run(words, env=self.environment, input=given, capture_output=True, check=True)
        return done.stdout.decode()


class Program:
    """The program on this screen, and the person before it."""

    def __init__(self, seat: Seat, process: "subprocess.Popen[bytes]", name: str) -> None:
        self._seat, self._process, self._name = seat, process, name
        self._shot = 0

    # --- hands ----------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Keys, one after the other, as X calls them: `Return`, `ctrl+s`."""
        self._seat.x("xdotool", "key", "--delay", "6", *keys)

    def type(self, words: str) -> None:
        """Characters, one after the other, into whatever has the keys."""
        self._seat.x("xdotool", "type", "--delay", "6", "--", words)

    def fill(self, name: str, words: str, *, then: str = "Return") -> None:
        """Type into the field of this name, which has the keys, see the words there, and go on."""
        self.at(name)
        self.type(words)
        self.until(lambda: (self.keys().get("text") or "").endswith(words) or None, f"{words} in {name}")
        if then:
            self.press(then)

    def to(self, name: str) -> None:
        """Tab on until a thing of this name has the keys."""
        for _ in range(40):
            now = self.keys()
            if now["name"].startswith(name):
                return
            self.press("Tab")
            self.until(lambda now=now: self.keys() != now or None, f"on from {now}")
        raise AssertionError(f"Tab does not come to {name}\n{listed(self.all())}")

    def do(self, name: str) -> None:
        """Tab on to a button and press it."""
        self.to(name)
        self.press("space")

    def front(self) -> None:
        """Change to this window, from the other one."""
        self.press("alt+Tab")
        self.until(lambda: any("active" in thing["is"] for thing in self.all()[:1]) or None, f"{self._name} in front")

    @property
    def opened(self) -> list[str]:
        """What was given to the desktop to be opened."""
        return self._seat.opened

    # --- eyes -----------------------------------------------------------------------------------------

    def keys(self) -> Thing:
        """What has the keys."""
        return self._seat.ask(f"keys {self._process.pid}") or {"role": "", "name": "", "text": "", "is": []}

    def all(self) -> list[Thing]:
        """Everything that is shown."""
        found: list[Thing] = self._seat.ask(f"all {self._process.pid}")
        return found

    def at(self, name: str, row: str = "") -> Thing:
        """Wait until a thing whose name begins so has the keys, and if asked, its list stands at such a row."""

        def there() -> Thing | None:
            now = self.keys()
            return now if now["name"].startswith(name) and row in now.get("row", "") else None

        return self.until(there, f"keys at {name} {row}".rstrip())

    def see(self, words: str) -> Thing:
        """Wait until these words are shown."""
        return self.until(lambda: next((t for t in self.all() if words in plain(t)), None), words)

    def until(self, found: Callable[[], Any], what: str) -> Any:
        """Wait for something, and give it."""
        end = time.monotonic() + LONG
        while not (answer := found()):
            if self._process.poll() is not None:
                raise AssertionError(f"the program ended with {self._process.poll()} while waiting for: {what}")
            if time.monotonic() > end:
                raise AssertionError(f"not seen: {what}\nkeys at: {self.keys()}\n{listed(self.all())}")
            time.sleep(0.02)
        return answer

    def look(self, name: str) -> None:
        """What can have the keys has a name to be read out; and a picture of the screen, where pictures are wanted."""
        things = self.all()
        nameless = [
            thing for thing in things if "focusable" in thing["is"] and not thing["name"] and thing["role"] not in ITEMS
        ]
        assert not nameless, f"{name}: {nameless}\n{listed(things)}"
        self._shot += 1
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self._seat.x("import", "-window", "root", f"{SHOTS}/{self._name}-{self._shot:02}-{name}.png")

    def close(self) -> None:
        """Close the window with its own key; the program ends in order."""
        self.press("alt+F4")
        assert self._process.wait(LONG) == 0


@contextmanager
def started(seat: Seat, data: Path, around: dict[str, str]) -> Iterator[Program]:
    """The program on a data folder; whatever it says on stderr fails."""
    said = data.parent / "stderr"
    with said.open("wb") as log:
        words = (sys.executable, "-P", "-m", "villagedesk", "--data", str(data))
        process = subprocess.Popen(
            words, env={**seat.environment, **around, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}, stderr=log
        )
        try:
            yield Program(seat, process, data.parent.name)
        finally:
            _ended(process)
    lines = [line for line in said.read_text("utf-8").splitlines() if line.strip() and line.strip() != "[]"]
    assert all(line.startswith("qt.accessibility.atspi:") for line in lines), (
        lines
    )  # Qt does not know some of the questions


def plain(thing: Thing) -> str:
    """What a thing says, without the thin spaces at the seams."""
    return f"{thing['name']} {thing['text']}".replace("\u00a0", "")


def listed(things: Sequence[Thing]) -> str:
    """Things as lines, for a failure to be read."""
    return "\n".join(
        f"{'  ' * t['depth']}{t['role']} {plain(t)} {' '.join(t['is'])}" for t in things if plain(t).strip()
    )


def _ended(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _learn(display: str, letters: str) -> None:
    """Give characters keys of their own, two a key; mapped one by one while typing they arrive as others."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
    held = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
    low, high, wide = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    x.XDisplayKeycodes(held, ctypes.byref(low), ctypes.byref(high))
    count = high.value - low.value + 1
    table = x.XGetKeyboardMapping(held, ctypes.c_ubyte(low.value), count, ctypes.byref(wide))

    def unused(row: int) -> bool:
        symbols = {int(table[row * wide.value + column]) for column in range(wide.value)} - {0}
        return all(symbol & 0xFFFF0000 == _XF86 for symbol in symbols)

    free = [low.value + row for row in range(count) if unused(row)]
    wanted = [0x01000000 | ord(letter) for letter in sorted(set(letters)) if not letter.isascii()]
    pairs = [(*wanted[i : i + 2], 0)[:2] for i in range(0, len(wanted), 2)]
    assert len(pairs) <= len(free), f"{len(wanted)} characters, room for {2 * len(free)}"
    for code, pair in zip(free, pairs, strict=False):
        x.XChangeKeyboardMapping(held, code, 2, (ctypes.c_ulong * 2)(*pair), 1)
    x.XSync(held, 0)
    x.XCloseDisplay(held)
