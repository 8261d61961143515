"""Every screen of the program, one after the other, as a person comes to it: for the crawler, and to be looked at.

PYTHONPATH=. QT_QPA_PLATFORM=offscreen python -P -m tests.gui.tour FOLDER [SIZE [SCHEME]]    writes a picture of each
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.stage import LONG, Stage, build, first_of
from villagedesk.actions.office import Office
from villagedesk.base.cells import text_of
from villagedesk.gui import theme
from villagedesk.gui.begin import Begin
from villagedesk.gui.crash import Crash
from villagedesk.gui.first import Frame
from villagedesk.gui.focus import FocusRing
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.screens import sticks
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.ledgers import Ledgers
from villagedesk.gui.screens.people import PASTE
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.sticks import Stick
from villagedesk.gui.window import Window
from villagedesk.gui.worker import worker_of
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed

SCREEN = (1366, 696)  # a village's laptop without title bar and task bar
ROLL = [
    ["姓名", "与户主关系", "身份证号码", "组别", "序号"], ["罗正华", "户主", "522731196903045212", "一组", "1"],
    ["王庆芬", "妻", "", "", "2"], ["岑兴富", "户主", "5.22731E+17", "二组", "3"], ["岑小明", "子", "", "", "4"],
    ["欧阳珍秀", "户主", "522731690304521", "幸福移民社区安置点二组", "5"],
]  # fmt: skip
SECRETS = "天 12345 67890 12345 67890 12345\n地 12345 67890 12345 67890 12345\n人 12345 67890 12345 67890 12345\n和 12345 67890 12345 67890 12345"
MOST_VIEWS = 4
"""Of a switch with more of a kind, so many are looked at."""

Stop = tuple[str, QWidget]


def settle(until: Callable[[], bool] = lambda: True) -> None:
    """Let the window draw, and what runs aside come to its end."""
    while True:
        for _ in range(6):  # what a layout asks for is done at the next turn, and what that asks for at the one after
            QApplication.processEvents()
        if until():
            return
        time.sleep(0.005)


def gone(widget: QWidget) -> None:
    """Close a window for good."""
    widget.blockSignals(True)
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def shown(widget: Any) -> Iterator[Any]:
    """A window of the size of the screen."""
    widget.resize(*SCREEN)
    widget.show()
    widget.activateWindow()
    settle()
    try:
        yield widget
    finally:
        gone(widget)


# --- an open desk ---------------------------------------------------------------------------------------


def desk(office: Office, *, kinds: bool = True) -> Iterator[Stop]:
    """Every place of the rail, and every record of every kind there is."""
    with shown(Window(office)) as window:
        for name in window.names:
            window.to_place(name)
            yield from _views(name, window)
            if name == "clash" and kinds:
                assert window.screen_now.open, "two laptops that wrote otherwise"
        window.to_place(window.names[0])
        if kinds:
            for kind in KINDS:
                yield from _kind(window, kind)
        window.look_for("罗")
        yield "find", window
        window.help()
        yield "help", window
        window.screen_now.list.setCurrentRow(window.screen_now.list.count() - 1)
        yield "help-keys", window
        window.back()
        window.look_for("没有这样的事")
        settle(lambda: not window.screen_now.list.isVisible())
        yield "find-nothing", window


def _views(name: str, window: Any) -> Iterator[Stop]:
    """A place, and what its switch turns to."""
    settle()
    yield name, window
    screen = window.screen_now
    for switch in screen.findChildren(Switch):
        if switch.isVisibleTo(screen):
            for at in range(1, min(len(switch.findChildren(QWidget)), MOST_VIEWS)):
                switch.choose(at)
                settle()
                yield f"{name}-view{at}", window
            switch.choose(0)
    if isinstance(screen, Ledgers):
        for kind in (one.cls.kind.key for shelf in screen.shelves for one in shelf.books):
            screen.choose(kind)
            settle()
            yield f"{name}-{kind}", window


def _kind(window: Any, kind: str) -> Iterator[Stop]:
    """A new record, one with all its problems told, an old one, its past, its correction, and its papers."""
    office, cls = window.office, KINDS[kind]
    if not office.by.may(Deed.READ, cls.kind):
        return
    if office.by.may(Deed.WRITE, cls.kind) and not cls.kind.made:
        window.to_record(Place(kind))
        yield from _views(f"{kind}-new", window)
        window.screen_now.form.touch()
        window.screen_now.save()
        settle()
        yield f"{kind}-problems", window
        window.back()
    for final in (False, True):
        at = first_of(office, kind, final=final)
        if at is None:
            continue
        window.to_record(Place(kind, *at))
        named = f"{kind}-{'final' if final else 'open'}"
        yield from _views(named, window)
        window.screen_now.show_history()
        settle()
        yield f"{named}-history", window
        window.screen_now.out()
        if final:
            window.screen_now.amend()
            settle()
            yield f"{named}-amend", window
        window.to_record(Place(kind, *at, act="print"))
        settle()
        yield f"{named}-paper", window
        window.back()
        window.back()


def told(office: Office) -> Iterator[Stop]:
    """What has happened, with its way back; and work that is under way."""
    with shown(Window(office)) as window:
        window.to_place("meeting")
        screen = window.screen_now
        assert isinstance(screen, Ledger)
        screen.say("“关于辉油组至岩脚组通组路硬化工程的实施方案”移到了回收站。", lambda: None)
        screen.say("已放好：会议-好花红村第十二届村民代表会议第3次会议-5ZRQ27F3PX0G.pdf")
        settle()
        yield "notes", window
        go = False

        def work(steps: Any) -> None:
            while not go:
                steps.at("正在写到U盘，1200/3000步，先不要拔。停下也不要紧：U盘上不会留下半个文件。", 1200, 3000)
                time.sleep(0.01)

        worker_of(window).do("正在打包，先不要拔U盘", work, done=lambda _: None, failed=lambda _: None)
        time.sleep(0.15)
        settle()
        yield "work", window
        go = True
        settle(lambda: not worker_of(window).busy)


def pasted(office: Office) -> Iterator[Stop]:
    """Rows of a spreadsheet, none yet and some."""
    with shown(Window(office)) as window:
        QGuiApplication.clipboard().setText("")
        window.to_place("people")
        window.to_record(Place(PASTE))
        settle()
        yield "paste-empty", window
        QGuiApplication.clipboard().setText(text_of(ROLL))
        window.screen_now.paste()
        yield from _views("paste", window)


def carried(office: Office) -> Iterator[Stop]:
    """Records onto a stick, from the look to the end."""
    with shown(Window(office)) as window:
        window.to_place("carry")
        settle()
        yield "carry-stick", window
        window.screen_now.full.setChecked(True)
        settle()
        yield "carry-full", window
        window.screen_now.full.setChecked(False)
        window.screen_now.begin()
        settle(lambda: not worker_of(window).busy)
        yield "carry-done", window
        window.screen_now.cards.write.click()
        window.screen_now.cards.load.click()
        window.screen_now.reload()
        settle()
        yield "carry-cards", window


def taken(office: Office) -> Iterator[Stop]:
    """A bundle looked at and taken in."""
    with shown(Window(office)) as window:
        window.to_place("takein")
        settle()
        yield "takein-stick", window
        screen = window.screen_now
        names = [screen.list.item(row).text() for row in range(screen.list.count())]
        screen.list.setCurrentRow(next(row for row, name in enumerate(names) if "第3号" in name.replace("\u00a0", "")))
        screen.begin()
        settle(lambda: not worker_of(window).busy)
        assert screen.stack.currentWidget() is screen.preview, screen.warning
        yield from _views("takein-preview", window)
        screen.take()
        settle(lambda: not worker_of(window).busy)
        assert screen.stack.currentWidget() is screen.receipt, screen.warning
        yield "takein-receipt", window


# --- before a desk is open --------------------------------------------------------------------------------


def door(log: Path) -> Iterator[Stop]:
    """Unlocking, the recovery key, the pages of the first start, and a fault told."""
    with shown(Frame()) as frame:
        frame.unlock.show_desk(LONG, "惠水县好花红镇", ["罗倩", "欧阳珍秀"], "罗倩")
        frame.unlock.remark("写到一半的已封存。打开后回到原来那一格。")
        frame.unlock.say("口令不对。大写锁定开着没有？再试一次；实在想不起来，用恢复密钥。")
        yield "unlock", frame
        frame.unlock.recover.click()
        yield "unlock-recover", frame
        begin = Begin()
        frame.show_page(begin)
        begin.to(0)
        settle()
        yield "begin-place", frame
        begin.words.setText("hhh")
        settle(lambda: begin.list.count() > 0)
        yield "begin-place-found", frame
        begin.to(1)
        settle()
        yield "begin-user", frame
        begin.next()
        begin.say("这个文件夹里已经有一个村的数据，没有动它。请换一个文件夹，或者直接打开。")
        yield "begin-user-problems", frame
        nobody: Any = None  # who prints it
        begin.show_key(SECRETS, nobody)
        yield "begin-key", frame
        begin.next()
        yield "begin-key-problems", frame
        crash = Crash(frame, log)
        crash.say(RuntimeError("no such table: found"))
        settle()
        yield "crash", crash._box  # noqa: SLF001 -- it is a window of its own
        crash._box.close()  # noqa: SLF001


ROUTES: dict[str, tuple[str, Callable[[Office], Iterator[Stop]]]] = {
    "village": ("village", desk),
    "town": ("town", desk),
    "county": ("county", lambda office: desk(office, kinds=False)),
    "fresh": ("fresh", lambda office: desk(office, kinds=False)),
    "told": ("village", told),
    "pasted": ("village", pasted),
    "carried": ("village", carried),
    "taken": ("town", taken),
}
"""Where one can go: on which desk, and by which way; `door` needs none."""


def stops(stage: Stage, route: str, folder: Path, monkeypatch: Any) -> Iterator[Stop]:
    """The screens of a way, each when it stands."""
    if route == "door":
        yield from door(folder / "villagedesk.log")
        return
    name, way = ROUTES[route]
    stick = stage.sticks(folder / "stick")
    found = [Stick(stick, "KINGSTON", 3 << 30)] if route in ("carried", "taken") else []
    monkeypatch.setattr(sticks, "plugged", lambda: found)
    with stage.opened(name, folder / "desk") as office:
        yield from way(office)


def main(folder: Path, size: int = 12, scheme: str = "light", *routes: str) -> None:
    """A picture of every screen."""
    import pytest

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    ring = FocusRing(app)
    theme.apply(app, scheme=scheme, size=size)  # type: ignore[arg-type]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        kept = Path(os.environ.get("TOUR_STAGE", Path(name) / "stage"))
        patch.setenv("XDG_STATE_HOME", str(kept.parent / "state"))
        patch.setenv("XDG_CONFIG_HOME", str(kept.parent / "config"))
        from villagedesk.store import keys

        patch.setattr(keys, "COST", keys.Cost(64, 1, 1))
        stage = build(kept)
        for route in routes or (*ROUTES, "door"):
            start = time.monotonic()
            for at, (stop, window) in enumerate(stops(stage, route, Path(name) / route, patch)):
                settle()
                window.grab().save(str(folder / f"{route}-{at:02}-{stop}-{scheme}-{size}.png"))
            print(f"{route}: {time.monotonic() - start:.1f} s")
    ring.setWidget(None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 12, *sys.argv[3:])
