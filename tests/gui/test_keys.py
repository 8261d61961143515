"""The table of shortcuts: one deed a key in every place, and none that needs Fn."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.gui.keys import KEYS, bind, cap, twins

PLACES = sorted({key.place for key in KEYS.values()} - {"everywhere"})


@pytest.mark.parametrize("place", PLACES)
def test_a_key_does_one_thing_in_a_place(place: str) -> None:
    held = Counter(
        sequence.toString() for key in KEYS.values() if key.place in (place, "everywhere") for sequence in key.sequences
    )

    assert {key: count for key, count in held.items() if count > 1} == {}


def test_every_key_is_one_qt_knows() -> None:
    assert [key.word for key in KEYS.values() if any(s.isEmpty() or not s.toString() for s in key.sequences)] == []


def test_every_function_key_has_a_twin_with_ctrl() -> None:
    alone = [
        key.word
        for key in KEYS.values()
        if QKeySequence(key.shown).toString().startswith("F") and not any(k.startswith("Ctrl+") for k in key.keys)
    ]

    assert alone == []


def test_keycaps_are_written_as_on_the_keyboard() -> None:
    assert [cap(key) for key in ("Return", "Space", "Del", "F2")] == ["Enter", "空格", "Delete", "F2"]
    assert twins("F2") == ("F2", "Ctrl+N")
    assert twins("Ctrl+9") == ("Ctrl+9",)


def test_bound_keys_work_while_the_focus_is_inside(qtbot: QtBot) -> None:
    page, done = QWidget(), list[str]()
    qtbot.addWidget(page)
    inner, outer = QLineEdit(), QLineEdit()
    box = QWidget()
    QVBoxLayout(box).addWidget(inner)
    column = QVBoxLayout(page)
    column.addWidget(box)
    column.addWidget(outer)
    bind(box, "print", lambda: done.append("print"))
    with qtbot.waitExposed(page):
        page.show()

    inner.setFocus()
    QTest.keyClick(inner, Qt.Key.Key_F9)
    QTest.keyClick(inner, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    outer.setFocus()
    QTest.keyClick(outer, Qt.Key.Key_F9)

    assert done == ["print", "print"]
