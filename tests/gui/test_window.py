"""From the frame to the window and back: first start, unlocking, going about, locking with half a record typed."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import SECRET, Desks
from tests.unit.store.filling import meeting, save
from villagedesk import app
from villagedesk.actions import accounts
from villagedesk.base.paths import Places
from villagedesk.gui.parts.rail import DIGITS
from villagedesk.gui.places import PLACES
from villagedesk.gui.screens.find import Find
from villagedesk.gui.screens.home import Home
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place
from villagedesk.records.rights import Duty
from villagedesk.store import queries

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LONG = 30_000
"""Milliseconds a busy machine may take for what is done aside."""


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Any]]:
    """The program on a data folder, loaded; its faults go to the test."""
    begun: list[app.Start] = []
    hook = sys.excepthook

    def at(root: Path) -> app.Start:
        desk = app.Start(qapp, Places(root))
        monkeypatch.setattr(sys, "excepthook", hook)
        begun.append(desk)
        qtbot.waitUntil(lambda: desk._ready, timeout=LONG)  # noqa: SLF001
        return desk

    yield at
    for desk in begun:
        for window in (desk.window, desk.frame):
            if window is not None:
                window.blockSignals(True)
                window.close()
                window.deleteLater()
        desk.finish()
        desk.deleteLater()


@pytest.fixture
def root(desks: Desks, tmp_path: Path) -> Path:
    """A village's desk with one meeting, closed; 王调 may only mediate."""
    where = tmp_path / "data"
    with desks.opened("village", where) as office:
        save(office, "group", name="辉油组")
        meeting(office)
        accounts.add(office, "王调", frozenset({Duty.MEDIATOR}), SECRET)
    return where


def unlock(desk: app.Start, qtbot: QtBot, user: str = "罗倩", secret: str = SECRET) -> Any:
    desk.frame.unlock.person.setCurrentText(user)
    desk.frame.unlock.secret.setFocus()
    desk.frame.unlock.secret.setText(secret)
    QTest.keyClick(desk.frame.unlock.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window is not None, timeout=LONG)
    qtbot.waitExposed(desk.window)
    desk.window.activateWindow()
    return desk.window


def test_a_new_desk_is_founded_by_keys_and_its_recovery_key_typed_back(
    start: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = start(tmp_path / "new")
    page = desk.begin
    QTest.keyClicks(page.words, "hs hhh")
    QTest.keyClick(page.words, Qt.Key.Key_Return)  # quicker than the list
    assert page.pages.currentIndex() == 1
    assert page.name.text() == "好花红村村民委员会"
    page.user.setText("罗秀珍")
    QTest.keyClick(page.user, Qt.Key.Key_Return)
    assert page.user_field.editor.accessibleDescription() == "记在每条记录的经手人里。"
    assert QApplication.focusWidget() is page.first
    page.first.setText(SECRET)
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.second
    page.second.setText(SECRET + "x")
    QTest.keyClick(page.second, Qt.Key.Key_Return)
    assert page.second_field.editor.accessibleDescription() == "两遍不一样，请再输一遍。"
    page.second.setText(SECRET)
    QTest.keyClick(page.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.pages.currentIndex() == 2, timeout=LONG)
    name, group = page._asked  # noqa: SLF001 -- which group is asked back is drawn by lot
    page.back.setText("00000")
    QTest.keyClick(page.back, Qt.Key.Key_Return)
    assert "请照纸上抄的" in page.back.accessibleDescription()
    page.back.setText(page.key.words.text().splitlines()[name].split()[1:][group])
    QTest.keyClick(page.back, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window is not None, timeout=LONG)
    assert page.key.words.text() == ""
    assert desk.window.office.desk.me.org == "522731102213"
    assert isinstance(desk.window.screen_now, Home)


def test_arrows_choose_a_unit_while_its_name_is_typed(start: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page = start(tmp_path / "new").begin
    QTest.keyClicks(page.words, "hs hhh")
    qtbot.waitUntil(lambda: page.list.count() == 2, timeout=LONG)
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0)):
        QTest.keyClick(page.words, key)
        assert page.list.currentRow() == row
    QTest.keyClick(page.words, Qt.Key.Key_Down)
    assert page.name.text() == "后黄花松村委会"


def test_a_wrong_passphrase_is_said_beside_it_and_nothing_opens(start: Any, qtbot: QtBot, root: Path) -> None:
    desk = start(root)
    desk.frame.unlock.secret.setText("不是这一句口令")
    QTest.keyClick(desk.frame.unlock.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "口令不对" in desk.frame.unlock.secret.accessibleDescription(), timeout=LONG)
    assert desk.window is None
    assert desk.frame.unlock.secret.text() == ""


def test_every_place_opens_by_its_digit_and_back_leads_home(start: Any, qtbot: QtBot, root: Path) -> None:
    window = unlock(start(root), qtbot)
    seen = []
    for place in window.names:
        window.to_place(place)
        seen.append(window.screen_now.heading().title)
    assert len(set(seen)) == len(seen)
    window.back()
    assert window.where() == (window.names[0], None)


def test_a_place_has_the_keys_on_itself_and_keeps_them_when_what_had_them_goes(
    start: Any, qtbot: QtBot, root: Path
) -> None:
    window = unlock(start(root), qtbot)
    for place in window.names:
        window.to_place(place)
        screen = window.screen_now
        assert screen.isAncestorOf(window.focusWidget()) or not [
            w for w in screen.findChildren(QPushButton) if w.isVisible()
        ], place
    window.to_place("carry")
    gone = window.screen_now.cards.load
    gone.setFocus()
    gone.hide()
    qtbot.waitUntil(lambda: window.screen_now.isAncestorOf(window.focusWidget()), timeout=LONG)


@pytest.mark.parametrize(
    ("around", "heard"),
    [
        ({"QT_IM_MODULE": "fcitx"}, ("ibus", "1")),
        ({"QT_IM_MODULE": "fcitx5", "QT_IM_MODULES": "wayland;fcitx"}, ("ibus", "1")),
        ({"XMODIFIERS": "@im=fcitx"}, ("ibus", "1")),
        ({"QT_IM_MODULE": "ibus"}, ("ibus", None)),
        ({}, (None, None)),
    ],
)
def test_fcitx_is_heard_through_the_portal_of_ibus(
    around: dict[str, str], heard: tuple[str | None, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "IBUS_USE_PORTAL"):
        monkeypatch.setenv(name, "")  # so that it is as before when the test is over
        monkeypatch.delenv(name)
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    app._hear_input_method()  # noqa: SLF001 -- `start` does it before anything of Qt
    assert (os.environ.get("QT_IM_MODULE"), os.environ.get("IBUS_USE_PORTAL")) == heard


def test_the_views_of_one_errand_stand_side_by_side_and_one_key_goes_through_them(
    start: Any, qtbot: QtBot, root: Path
) -> None:
    window = unlock(start(root), qtbot)
    window.to_place("carry")
    shown = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, ALT)
        shown.append(window.where()[0])
    assert shown == ["takein", "clash", "carry", "takein"]
    window.header._views.choose(2)  # noqa: SLF001 -- the switch beside the title
    assert window.where()[0] == "clash"
    window.to_place("matter")
    assert window.header._views is None  # noqa: SLF001


def test_search_over_everything_opens_the_record_found(start: Any, qtbot: QtBot, root: Path) -> None:
    window = unlock(start(root), qtbot)
    window.header.searched.emit("辉油组")
    found = window.screen_now
    assert isinstance(found, Find)
    assert [found.list.item(i).text() for i in range(found.list.count())] == ["村民小组　辉油组"]
    QTest.keyClick(found.words, Qt.Key.Key_Return)
    QTest.keyClick(found.list, Qt.Key.Key_Return)
    assert isinstance(window.screen_now, RecordScreen)
    assert window.screen_now.heading().title == "辉油组"


def test_locking_seals_what_is_typed_and_the_same_person_comes_back_to_the_same_cursor(
    start: Any, qtbot: QtBot, root: Path
) -> None:
    desk = start(root)
    window = unlock(desk, qtbot)
    window.to_record(Place("household"))
    screen = window.screen_now
    screen.form.go("number")
    QTest.keyClicks(QApplication.focusWidget(), "HY007")
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: desk.window is None, timeout=LONG)
    assert desk.frame.isVisible()
    assert desk.frame.unlock.note.text() == "写到一半的已封存。打开后回到原来那一格。"

    window = unlock(desk, qtbot)
    screen = window.screen_now
    assert isinstance(screen, RecordScreen)
    assert screen.form.editors["number"].value() == "HY007"
    qtbot.waitUntil(lambda: screen.form.where() == ("number", 5), timeout=LONG)


def test_another_person_sees_what_their_duty_lets_them_see(start: Any, qtbot: QtBot, root: Path) -> None:
    desk = start(root)
    first = unlock(desk, qtbot)
    assert {"case", "people"} <= set(first.names)
    first.to_place("group" if "group" in first.names else "meeting")
    desk.lock()
    second = unlock(desk, qtbot, "王调")
    assert second.office.by.name == "王调"
    assert second.where() == (second.names[0], None)
    with second.office.desk.reading() as session, pytest.raises(Exception, match="没有"):
        queries.one(session, second.office.by, queries.kind_of("meeting"), "ZZZZZZZZZZZZ")


def test_a_fault_is_told_calmly_and_the_window_goes_on(
    start: Any, qtbot: QtBot, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = start(root)
    window = unlock(desk, qtbot)
    desk.crash.say(ValueError("坏了"))
    box = desk.crash._box  # noqa: SLF001
    assert box is not None
    assert "草稿" in box.informativeText()
    assert str(desk._places.log) in box.informativeText()  # noqa: SLF001
    box.close()
    window.to_place("bin")
    assert window.where() == ("bin", None)


@pytest.mark.parametrize("level", PLACES)
def test_every_place_of_a_level_has_a_digit(level: str) -> None:
    rail = [spot for spot in PLACES[level] if not spot.under]
    assert len(rail) <= len(DIGITS)
    assert len({spot.name for spot in PLACES[level]}) == len(PLACES[level])
    assert {spot.under for spot in PLACES[level]} <= {"", *(spot.name for spot in rail)}


@pytest.mark.slow
def test_whoever_types_in_any_window_is_there_and_is_not_locked_out(
    start: Any, root: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    desk = start(root)
    window = unlock(desk, qtbot)
    dialog = QDialog(window)
    dialog.show()
    left = []
    for typed_in in (window, dialog):
        typed_in.activateWindow()
        qtbot.waitUntil(lambda typed_in=typed_in: qapp.focusWindow() is typed_in.windowHandle())
        qtbot.wait(2_100)  # a second's grain, and what the timer itself rounds
        before = desk._idle.remainingTime()  # noqa: SLF001 -- how long until it locks is shown nowhere
        QTest.keyClick(typed_in.windowHandle(), Qt.Key.Key_Shift)
        left.append(desk._idle.remainingTime() - before > 1_000)  # noqa: SLF001
    assert left == [True, True]
