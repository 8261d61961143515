"""The form of any kind: values there and back, Enter and its order, drafts at every pause, problems, undo by visits."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.gui.test_gallery import cut
from tests.making import random_values
from tests.unit.store.filling import CASE
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid, Problem
from villagedesk.gui import theme
from villagedesk.gui.form import PAUSE, Form, begun
from villagedesk.gui.register import Register
from villagedesk.records.kind import Record, Shape, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import dumped
from villagedesk.store import queries

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot: QtBot, village: Office) -> Any:
    """Make a form of a kind and show it."""

    def make(kind: str, **values: Any) -> Form:
        form = Form(KINDS[kind], Register(village))
        qtbot.addWidget(form)
        form.resize(1200, 600)
        form.fill(values or begun(KINDS[kind]))
        with qtbot.waitExposed(form):
            form.show()
        form.activateWindow()
        form.go()
        return form

    return make


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def keys(text: str) -> None:
    for char in text:
        if char.isascii():
            QTest.keyClicks(QApplication.focusWidget(), char)
        else:
            event = QInputMethodEvent()
            event.setCommitString(char)
            QApplication.sendEvent(QApplication.focusWidget(), event)


# --- values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_a_form_asks_what_is_typed_in_the_order_of_its_groups(qtbot: QtBot, village: Office, cls: type[Record]) -> None:
    form = Form(cls, Register(village))
    qtbot.addWidget(form)
    groups = [a.ask.group or cls.kind.groups[0] for a in fields(cls) if not a.ask.auto]
    asked = [a.name for a in fields(cls) if not a.ask.auto]
    wanted = [
        name for _, name in sorted(zip(map(cls.kind.groups.index, groups), asked, strict=True), key=lambda p: p[0])
    ]
    assert list(form.editors) == wanted
    assert form.changes() == {}


TYPED = [cls for cls in KINDS.values() if not cls.kind.made and "village" in cls.kind.levels]


@pytest.mark.parametrize("cls", TYPED, ids=[cls.kind.key for cls in TYPED])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_saved_from_a_form_is_what_the_command_line_saves(
    qtbot: QtBot, village: Office, cls: type[Record], data: st.DataObject
) -> None:
    auto = {a.name for a in fields(cls) if a.ask.auto}
    values = {k: v for k, v in data.draw(random_values(cls)).items() if k not in auto}
    form = Form(cls, Register(village))
    qtbot.addWidget(form)
    form.fill(begun(cls))
    form.restore(values)
    form.settle()
    assert saved(village, cls, form.values()) == saved(village, cls, values)


def saved(office: Office, cls: type[Record], values: dict[str, Any]) -> Any:
    """The record without the ids of its lines and its number, or what is wrong with it."""
    try:
        (identifier,) = records.save(office, cls, [values]).ids
    except NotValid as error:
        return error.problems
    with office.desk.reading() as session:
        values = dumped(queries.one(session, office.by, cls, identifier).record)
    return _without_lids({k: v for k, v in values.items() if k != cls.kind.number})


def _without_lids(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_lids(v) for k, v in value.items() if k != "lid"}
    return [_without_lids(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_shown_and_not_touched_has_no_changes(
    qtbot: QtBot, village: Office, cls: type[Record], data: st.DataObject
) -> None:
    form = Form(cls, Register(village))
    qtbot.addWidget(form)
    form.fill(data.draw(random_values(cls)))
    form.settle()
    assert form.changes() == {}


# --- Enter ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cls", [cls for cls in KINDS.values() if cls.kind.key != "case_summary"], ids=lambda c: c.kind.key
)
def test_enter_runs_through_every_field_and_shift_enter_back(form: Any, qtbot: QtBot, cls: type[Record]) -> None:
    page = form(cls.kind.key)
    names = list(page.editors)

    def way(modifier: Qt.KeyboardModifier) -> list[str]:
        """The fields Enter leads through from here; text of several lines is left with Ctrl."""
        seen = [page.where()[0]]
        while True:
            prose = isinstance(QApplication.focusWidget(), QPlainTextEdit)
            press(Qt.Key.Key_Return, CONTROL if prose and modifier != SHIFT else modifier)
            if page.where()[0] == seen[-1]:
                return seen
            seen.append(page.where()[0])

    with qtbot.waitSignal(page.finished):
        assert way(Qt.KeyboardModifier.NoModifier) == names
    assert way(SHIFT) == names[::-1]


def test_enter_in_prose_is_a_new_line_and_with_control_leaves(form: Any) -> None:
    case = form("case")
    case.go("facts")
    keys("a")
    press(Qt.Key.Key_Return)
    keys("b")
    assert (case.values()["facts"], case.where()[0]) == ("a\nb", "facts")
    press(Qt.Key.Key_Return, CONTROL)
    assert case.where()[0] == "wants"
    press(Qt.Key.Key_Return, SHIFT)
    assert case.where()[0] == "facts"


def test_the_page_follows_the_cursor(form: Any) -> None:
    case = form("case")
    case.resize(1200, 300)
    case.go("agreed_on")
    box = case.editors["agreed_on"].widget
    top = box.mapTo(case, box.rect().topLeft()).y()
    assert top >= 0
    assert top + box.height() <= case.height()


# --- drafts ---------------------------------------------------------------------------------------------


def test_the_form_says_typed_after_the_pause_however_fast_one_types(form: Any) -> None:
    group = form("group")
    heard: list[dict[str, Any]] = []
    group.typed.connect(lambda: heard.append(group.changes()))
    timer = group._timer  # noqa: SLF001 -- that it is not begun again is the point
    assert timer.interval() == PAUSE == 600
    timer.setInterval(3_600_000)  # the test's machine may be slower than any pause
    keys("h")
    begun = timer.timerId()
    keys("h")
    assert (timer.timerId(), heard) == (begun, [])
    timer.setInterval(0)
    QApplication.processEvents()
    assert heard == [{"name": "hh"}]


def test_a_draft_is_put_on_top_with_the_cursor_where_it_was(form: Any) -> None:
    person = form("person", name="岑兴富", phone="139")
    person.restore({"phone": "13985", "nation": "布依族"}, "nation", 2)
    assert person.changes() == {"phone": "13985", "nation": "布依族"}
    assert person.where() == ("nation", 2)


def test_leaving_says_typed_at_once(form: Any) -> None:
    group = form("group")
    heard: list[int] = []
    group.typed.connect(lambda: heard.append(1))
    group.flush()
    keys("h")
    group.flush()
    group.flush()
    assert heard == [1]


# --- problems -------------------------------------------------------------------------------------------


def test_problems_stand_beside_their_fields_and_f8_walks_them(form: Any) -> None:
    case = form("case", parties=[{"name": "wei"}, {"name": "mo"}])
    counted: list[tuple[int, int]] = []
    case.counted.connect(lambda *n: counted.append(n))
    case.point_out(
        [
            Problem("accepted_on", "这一项必须填写。"),
            Problem("parties.1.phone", "太长了。"),
            Problem("amount", "先看看。", True),
        ]
    )
    assert counted == [(2, 1)]
    states = {
        n: f.editor.property("state") for g in case.groups for n, f in g.fields.items() if f.editor.property("state")
    }
    assert states == {"accepted_on": "bad", "parties": "bad", "amount": "warn"}

    case.go("subject")
    walked = []
    for _ in range(4):
        press(Qt.Key.Key_F8)
        walked.append(case.where()[0])
    assert walked == ["accepted_on", "parties.1.phone", "amount", "accepted_on"]

    keys("11")
    assert counted[-1] == (1, 1)
    assert case.editors["accepted_on"].property("state") is None


# --- undo -----------------------------------------------------------------------------------------------


def test_undo_takes_back_one_visit_of_a_field_at_a_time_and_redo_does_it_again(form: Any) -> None:
    person = form("person", name="岑")
    person.go("former")
    keys("abc")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    keys("miao")
    assert person.changes() == {"former": "abc", "nation": "miao"}

    press(Qt.Key.Key_Z, CONTROL)
    assert (person.changes(), person.where()[0]) == ({"former": "abc"}, "nation")
    press(Qt.Key.Key_Z, CONTROL)
    assert (person.changes(), person.where()[0]) == ({}, "former")
    press(Qt.Key.Key_Z, CONTROL)
    press(Qt.Key.Key_Y, CONTROL)
    assert person.changes() == {"former": "abc"}
    keys("d")
    press(Qt.Key.Key_Y, CONTROL)
    assert person.changes() == {"former": "abcd"}


def test_undo_brings_a_dropped_line_back(form: Any) -> None:
    case = form("case", parties=[{"name": "wei"}, {"name": "mo"}])
    case.go("parties")
    press(Qt.Key.Key_Delete)
    assert case.changes() == {"parties": [{"name": "mo"}]}
    press(Qt.Key.Key_Z, CONTROL)
    assert case.changes() == {}


def test_undo_in_prose_is_the_forms(form: Any) -> None:
    case = form("case", **CASE)
    case.go("facts")
    keys("xy")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    press(Qt.Key.Key_Z, CONTROL)
    assert case.changes() == {}


def test_a_frozen_form_takes_no_keys(form: Any) -> None:
    case = form("case", **CASE)
    case.freeze(True)
    for name in ("subject", "facts"):
        case.go(name)
        keys("x")
    assert case.changes() == {}


# --- how it looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", theme.SIZES.values())
@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_nothing_is_cut_in_a_form_of_any_size_of_type(
    qtbot: QtBot, qapp: QApplication, village: Office, cls: type[Record], size: int
) -> None:
    theme.apply(qapp, size=size)
    page = Form(cls, Register(village))
    qtbot.addWidget(page)
    page.resize(1210, 612)
    page.fill(begun(cls) | {a.name: [{}] for a in fields(cls) if a.shape is Shape.LINES and not a.ask.auto})
    page.point_out([Problem(name, "这一项必须填写。") for name in page.editors])
    page.show()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: cut(page) == [])  # layouts settle in a few passes
