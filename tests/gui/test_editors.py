"""Each editor: typing with real keys, what is tidied on leaving, what is given back untouched."""

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import Field
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from tests.unit.store.filling import save
from villagedesk.actions.office import Office
from villagedesk.base.errors import Problem
from villagedesk.gui.editors.choices import YES_NO, Few, Many, Ticks, Yes
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.files import Files
from villagedesk.gui.editors.line import Day, Line, Moment, Money, Number, Several
from villagedesk.gui.editors.lines import Lines
from villagedesk.gui.editors.prose import Prose
from villagedesk.gui.editors.reference import Reference
from villagedesk.gui.register import Register
from villagedesk.records import kind
from villagedesk.records.kind import Ask
from villagedesk.records.kinds.councils.meeting import Attendee, BodyRef, Item


class Who(kind.Line):
    """A person with numbers, as lines of several kinds have them."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=60)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    id_number: Annotated[str, Ask("身份证号", personal=2)] = Field(default="", max_length=18)
    phone: Annotated[str, Ask("联系方式", personal=2)] = Field(default="", max_length=30)
    address: Annotated[str, Ask("住址", personal=2)] = Field(default="", max_length=120)


OPTIONS = (("d01", "婚姻家庭纠纷"), ("d02", "邻里纠纷"), ("d07", "山林土地纠纷"))
Show = Callable[[Editor], Editor]


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Any], Any]:
    """Put an editor on a page with another widget to leave it for, and give it the focus."""

    def show(editor: Any) -> Any:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(editor)
        column.addWidget(Line())
        page.resize(900, 600)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        editor.heard, editor.page = [], page  # Python lets go of a page nobody names
        editor.typed.connect(lambda: editor.heard.append(editor.value()))
        editor.go()
        return editor

    return show


def leave(editor: Editor) -> None:
    offered = QApplication.activePopupWidget()
    if offered is not None:
        offered.hide()
    lines = [line for line in editor.widget.parentWidget().findChildren(Line) if line is not editor]
    lines[-1].setFocus()


def keys(text: str) -> None:
    """Type it: letters and digits by keys, the rest as an input method gives it."""
    for char in text:
        if char.isascii():
            QTest.keyClicks(QApplication.focusWidget(), char)
        else:
            compose("", char)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def compose(preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)


# --- lines of text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "typed", "tidy"),
    [
        (Line, " luo ", "luo"), (Number, "1,200", "1200"), (Number, "３", "3"), (Number, "3x", "3x"), (Money, "3,200.5", "3200.5"),
        (Money, "1.2万", "12000"), (Money, "0.00015万", "0.00015万"), (Money, "￥300元", "300"), (Money, "about 3", "about 3"),
        (Day, "11.24", "2026-11-24"), (Day, "20251124", "2025-11-24"), (Day, "32.13", "32.13"),
        (Moment, "202611241430", "2026-11-24 14:30"), (Moment, "11.24 9:05", "2026-11-24 09:05"), (Moment, "soon", "soon"),
    ],
)  # fmt: skip
def test_what_is_typed_is_tidied_on_leaving(shown: Any, clock: Clock, made: Any, typed: str, tidy: str) -> None:
    editor = shown(made())
    keys(typed)
    assert editor.value() == typed
    leave(editor)
    assert editor.value() == tidy
    assert editor.heard[-1] == tidy


@pytest.mark.parametrize(
    ("made", "raw", "text"),
    [
        (Line, "罗正华", "罗正华"), (Number, 12, "12"), (Money, "68.40", "68.40"), (Day, "1962-03-15", "1962-03-15"),
        (Moment, "2026-11-18T14:30:00", "2026-11-18 14:30"), (Moment, "2026-11-18T14:30:05", "2026-11-18T14:30:05"),
        (Several, ["a、b", "c"], "a、b、c"), (Line, None, ""),
    ],
)  # fmt: skip
def test_what_was_filled_in_and_not_touched_comes_back_as_it_was(shown: Any, made: Any, raw: Any, text: str) -> None:
    editor = shown(made())
    editor.fill(raw)
    leave(editor)
    assert (editor.text(), editor.value(), editor.heard) == (text, "" if raw is None else raw, [])


def test_several_short_texts_stand_in_one_line(shown: Any) -> None:
    editor = shown(Several())
    keys("hong,zhu、")
    assert editor.value() == ["hong", "zhu"]


@pytest.mark.parametrize("made", [Line, Day, Prose])
def test_what_an_input_method_composes_is_in_no_value(shown: Any, made: Any) -> None:
    editor = shown(made())
    compose("huishuixian")
    assert (editor.value(), editor.heard) == ("", [])
    compose("", "惠水县")
    assert (editor.value(), editor.heard) == ("惠水县", ["惠水县"])


def test_a_personal_number_is_masked_while_the_cursor_is_elsewhere(shown: Any) -> None:
    editor = shown(Line(personal=True))
    leave(editor)
    editor.fill("13985412345")
    assert (editor.text(), editor.value()) == ("139******45", "13985412345")
    editor.go()
    assert editor.text() == "13985412345"
    press(Qt.Key.Key_Backspace)
    leave(editor)
    assert (editor.text(), editor.value()) == ("139*****34", "1398541234")
    assert editor.heard == ["1398541234"]


def test_the_cursor_is_told_and_put_back(shown: Any) -> None:
    for editor in (shown(Line()), shown(Prose())):
        editor.fill("罗正华")
        editor.go("", 2)
        assert editor.where() == ("", 2)


def test_enter_stays_in_a_text_that_is_begun_and_leaves_an_empty_one(shown: Any) -> None:
    editor = shown(Prose())
    left = []
    editor.window().keyPressEvent = lambda event: left.append(event.key())
    press(Qt.Key.Key_Return)
    assert (editor.value(), left) == ("", [Qt.Key.Key_Return])
    keys("a")
    press(Qt.Key.Key_Return)
    assert (editor.value(), len(left)) == ("a\n", 1)


# --- choices ------------------------------------------------------------------------------------------


def test_one_of_a_few_is_chosen_by_arrows_and_taken_back(shown: Any) -> None:
    editor = shown(Few(OPTIONS, needed=False))
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    assert editor.heard == ["d01", "d02"]
    press(Qt.Key.Key_Backspace)
    assert (editor.value(), editor.heard[-1]) == ("", "")


def test_tab_comes_to_what_is_chosen_and_else_to_the_first(shown: Any) -> None:
    def seats() -> list[bool]:
        return [bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus) for button in editor.buttons]

    editor = shown(Few(YES_NO, needed=False))
    assert seats() == [True, False]
    editor.fill(False)
    assert seats() == [False, True]
    editor.fill("")
    assert seats() == [True, False]


def test_the_line_of_a_box_is_called_as_the_box_is(shown: Any) -> None:
    editor = shown(Many(OPTIONS, needed=False))
    editor.setAccessibleName("纠纷种类")
    assert editor.lineEdit().accessibleName() == "纠纷种类"


def test_a_needed_choice_is_not_taken_back(shown: Any) -> None:
    editor = shown(Few(OPTIONS, needed=True))
    editor.fill("d02")
    press(Qt.Key.Key_Backspace)
    assert (editor.value(), editor.heard) == ("d02", [])


def test_no_answer_is_neither_yes_nor_no(shown: Any) -> None:
    editor = shown(Few(YES_NO, needed=False))
    editor.fill(None)
    assert editor.value() == ""
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert editor.heard == [True, False]


def test_one_of_many_is_found_by_a_part_of_its_word(shown: Any) -> None:
    editor = shown(Many(OPTIONS, needed=False))
    compose("", "山林")
    assert editor.value() == "山林"
    leave(editor)
    assert (editor.value(), editor.currentText()) == ("d07", "山林土地纠纷")
    editor.fill("d02")
    assert (editor.value(), editor.currentText()) == ("d02", "邻里纠纷")
    editor.fill("")
    assert editor.value() == ""


def test_a_word_that_is_no_choice_stays_to_be_told(shown: Any) -> None:
    editor = shown(Many(OPTIONS, needed=True))
    compose("", "纠纷")
    leave(editor)
    assert editor.value() == "纠纷"


def test_ticks_keep_the_order_they_were_in(shown: Any) -> None:
    editor = shown(Ticks(OPTIONS))
    editor.fill(["d07", "d01"])
    editor.buttons[1].click()
    editor.buttons[2].click()
    assert editor.heard == [["d07", "d01", "d02"], ["d01", "d02"]]


def test_a_tick_says_yes(shown: Any) -> None:
    editor = shown(Yes())
    press(Qt.Key.Key_Space)
    assert (editor.value(), editor.heard) == (True, [True])


# --- references ---------------------------------------------------------------------------------------


def test_a_name_typed_finds_those_of_the_register_and_links_the_one_picked(shown: Any, village: Office) -> None:
    ids = {
        name: save(village, "person", name=name, nation=nation)
        for name, nation in (("罗正华", "布依族"), ("罗倩", "汉族"))
    }
    editor = shown(Reference(Register(village), "person"))
    compose("", "罗")
    assert editor.offered() == ["罗倩　汉族", "罗正华　布依族"]
    assert (editor.value(), editor.linked) == ("罗", False)

    popup = editor.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() == {"id": ids["罗正华"], "name": "罗正华"}
    assert editor.linked

    press(Qt.Key.Key_Backspace)
    assert (editor.value(), editor.linked) == ("罗正", False)


def test_a_name_in_no_register_may_stand(shown: Any, village: Office) -> None:
    editor = shown(Reference(Register(village), "person"))
    compose("", "外村人")
    leave(editor)
    assert (editor.value(), editor.offered()) == ("外村人", [])


# --- lines of a list ----------------------------------------------------------------------------------


@pytest.fixture
def parties(shown: Any, village: Office) -> Lines:
    return shown(Lines(Who, Register(village), "当事人"))  # type: ignore[no-any-return]


def test_lines_are_added_filled_moved_and_dropped_by_keys(parties: Lines) -> None:
    press(Qt.Key.Key_Insert)
    keys("wei")
    assert parties.step(forward=True)
    keys("5227")
    press(Qt.Key.Key_Insert)
    keys("mo")
    assert parties.value() == [{"name": "wei", "id_number": "5227"}, {"name": "mo"}]

    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [line["name"] for line in parties.value()] == ["mo", "wei"]
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert [line["name"] for line in parties.value()] == ["wei"]
    assert parties.heard[-1] == parties.value()  # type: ignore[attr-defined]


def test_enter_past_the_last_field_begins_a_line_and_an_empty_line_ends_the_list(parties: Lines) -> None:
    press(Qt.Key.Key_Insert)
    keys("wei")
    for _ in range(4):
        assert parties.step(forward=True)
    assert parties.row == 1
    assert not parties.step(forward=True)
    assert parties.value() == [{"name": "wei"}]


def test_steps_go_back_to_the_table(parties: Lines) -> None:
    parties.fill([{"lid": "A", "name": "wei"}])
    parties.go("0.phone")
    assert parties.where() == ("0.phone", 0)
    assert [parties.step(forward=False) for _ in range(4)] == [True, True, True, False]
    assert parties.table.hasFocus()
    assert parties.step(forward=True)
    assert parties.where() == ("0.name", 3)


def test_a_line_keeps_what_is_not_shown_until_its_name_changes(shown: Any, village: Office) -> None:
    lines = shown(Lines(BodyRef, Register(village), "会议类型"))
    whole = {"lid": "A", "body": "daibiao", "name": "daibiao", "rule_set": "2018", "base": 3}
    lines.fill([whole])
    lines.go("0.base")
    keys("1")
    assert lines.value() == [{**whole, "base": "31"}]
    lines.go("0.name")
    keys("x")
    assert lines.value() == [{**whole, "body": "", "name": "daibiaox", "rule_set": "", "base": "31"}]


def test_a_person_picked_in_a_line_is_linked_and_a_name_typed_over_it_is_not(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    lines = shown(Lines(Attendee, Register(village), "应到人员"))
    press(Qt.Key.Key_Insert)
    compose("", "岑")
    popup = lines.panel.editors["name"].completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert lines.value() == [{"name": "岑兴富", "person": identifier}]
    keys("x")
    assert lines.value() == [{"name": "岑兴富x", "person": ""}]


def test_lines_inside_lines(shown: Any, village: Office) -> None:
    lines = shown(Lines(Item, Register(village), "议题"))
    lines.fill([{"title": "硬化", "speeches": [{"text": "同意"}]}])
    inner = lines.panel.editors["speeches"]
    inner.go("0.text")
    assert lines.where() == ("0.speeches.0.text", 2)
    compose("", "。")
    assert lines.value() == [{"title": "硬化", "speeches": [{"text": "同意。"}]}]


def test_a_problem_marks_its_line_and_stands_under_its_field(parties: Lines) -> None:
    parties.fill([{"name": "wei"}, {"name": "mo"}])
    parties.point_out([Problem("1.phone", "太长了，最多30个字。")])
    heads = [parties.model.headerData(n, Qt.Orientation.Vertical) for n in (0, 1)]
    assert heads == ["1", "2⊘"]
    parties.go("1.phone")
    assert parties.panel.fields["phone"].editor.property("state") == "bad"
    parties.go("0.phone")
    assert parties.panel.fields["phone"].editor.property("state") is None


def test_five_thousand_lines_are_no_more_widgets_than_one(parties: Lines) -> None:
    parties.fill([{"name": "wei"}])
    few = len(parties.findChildren(QWidget))
    parties.fill([{"name": f"wei{n}"} for n in range(5_000)])
    assert len(parties.findChildren(QWidget)) <= few + 2  # scroll bars of the table
    assert len(parties.value()) == 5_000


def test_personal_numbers_are_masked_in_the_table(parties: Lines) -> None:
    parties.fill([{"name": "wei", "phone": "13985412345", "id_number": "522731196203151234"}])
    row = [parties.model.data(parties.model.index(0, column)) for column in range(3)]
    assert row == ["wei", "522731**********34", "139******45"]


# --- files --------------------------------------------------------------------------------------------


def test_files_are_attached_listed_asked_for_and_taken_off(shown: Any) -> None:
    editor = shown(Files())
    stored = {"lid": "A", "sha256": "0" * 64, "size": 2048, "name": "签到.jpg", "type": "image/jpeg"}
    editor.fill([stored])
    editor.attach(["/tmp/b.pdf", "/tmp/b.pdf"][:1])
    assert editor.value() == [stored, "/tmp/b.pdf"]
    assert [editor.list.item(n).text() for n in range(2)] == ["签到.jpg　2KB", "b.pdf　还没存"]

    asked: list[str] = []
    editor.asked.connect(asked.append)
    editor.list.setCurrentRow(0)
    editor.look.click()
    editor.list.setCurrentRow(1)
    editor.look.click()
    assert asked == ["0" * 64]

    editor.list.setFocus()
    press(Qt.Key.Key_Delete)
    assert (editor.value(), editor.heard[-1]) == ([stored], [stored])


def test_a_frozen_editor_is_read_only(shown: Any, village: Office) -> None:
    party = shown(Lines(Who, Register(village), "当事人"))
    party.fill([{"name": "wei"}])
    party.freeze(True)
    party.go("0.name")
    keys("x")
    party.drop()
    party.add()
    assert party.value() == [{"name": "wei"}]
