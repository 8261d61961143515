"""常用语 with real keys: found by sound, put in at the cursor, kept from a selection, let go and brought back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.unit.store.filling import meeting
from villagedesk.actions import drafts, phrases
from villagedesk.actions.office import Office
from villagedesk.gui.editors.editor import blank
from villagedesk.gui.phrases import PhraseBox
from villagedesk.gui.screens.meeting import MeetingForm
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.records.kinds import KINDS

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def record(on_display: Callable[..., Any], village: Office) -> Callable[..., Any]:
    return lambda identifier, height=612: on_display(
        RecordScreen(village, KINDS["meeting"], identifier, form=MeetingForm), height=height
    )


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def box(screen: RecordScreen) -> PhraseBox:
    [found] = [one for one in screen.findChildren(PhraseBox) if one.isVisible()]
    return found


def closed(screen: RecordScreen) -> bool:
    return not any(one.isVisible() for one in screen.findChildren(PhraseBox))


def rows(screen: RecordScreen) -> list[str]:
    listed = box(screen).list
    return [listed.item(row).text() for row in range(listed.count())]


def test_a_sentence_is_found_by_its_sound_and_put_in_at_the_cursor(record: Any, village: Office) -> None:
    identifier = meeting(village)
    screen = record(identifier)
    screen.form.go("agenda.0.resolution", 2)
    press(Qt.Key.Key_F5)
    assert rows(screen) == list(phrases.shipped("meeting")["agenda.resolution"])
    QTest.keyClicks(QApplication.focusWidget(), "zanhuan")
    assert rows(screen) == ["会议决定本议题暂缓，补充材料后下次会议再议。"]
    press(Qt.Key.Key_Return)
    assert closed(screen)
    editor = QApplication.focusWidget()
    assert editor.value() == "同意会议决定本议题暂缓，补充材料后下次会议再议。实施方案。"
    screen.leave()
    with village.desk.reading() as session:
        offer = drafts.offered(session, village, KINDS["meeting"], identifier)
    assert offer is not None
    assert offer.typed["agenda"][0]["resolution"] == editor.value()
    press(Qt.Key.Key_Z, CONTROL)
    assert screen.form.values()["agenda"][0]["resolution"] == "同意实施方案。"


def test_the_first_blank_of_a_sentence_is_ready_to_be_filled_in(record: Any, village: Office) -> None:
    screen = record(meeting(village))
    screen.form.go("opening")
    press(Qt.Key.Key_Semicolon, CONTROL)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "43")
    assert editor.value() == "会前清点人数，应到43人，实到＿＿人，符合法定人数，可以开会。"


def test_in_one_line_too_and_as_if_typed(record: Any, village: Office) -> None:
    screen = record(meeting(village))
    screen.form.go("agenda.0.speeches")
    QTest.keyClicks(QApplication.focusWidget(), "A:")
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert screen.form.values()["agenda"][0]["speeches"][0]["text"] == "同意这个方案。"


def test_what_is_selected_becomes_a_sentence_of_ones_own(record: Any, village: Office) -> None:
    screen = record(meeting(village))
    screen.form.go("agenda.0.resolution")
    editor = QApplication.focusWidget()
    editor.selectAll()
    press(Qt.Key.Key_F5)
    assert rows(screen)[0] == "把选中的存为常用语：同意实施方案。"
    press(Qt.Key.Key_Return)
    assert rows(screen)[0] == "同意实施方案。"
    assert box(screen).hint.text() == "存好了，以后在这里就能找到。Esc 回去接着写"
    press(Qt.Key.Key_Escape)
    assert (closed(screen), editor.hasFocus(), editor.value()) == (True, True, "同意实施方案。")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    press(Qt.Key.Key_F5)
    QTest.keyClicks(QApplication.focusWidget(), "tyss")
    press(Qt.Key.Key_Return)
    assert editor.value() == "同意实施方案。同意实施方案。"


def test_ones_own_is_let_go_and_brought_back_a_shipped_one_stays(record: Any, village: Office) -> None:
    phrases.keep(village, "meeting", "opening", "先由老人讲话。")
    screen = record(meeting(village))
    screen.form.go("opening")
    press(Qt.Key.Key_F5)
    whole = rows(screen)
    press(Qt.Key.Key_Delete)
    assert rows(screen) == whole[1:]
    press(Qt.Key.Key_Delete)
    assert rows(screen) == whole[1:]
    press(Qt.Key.Key_Z, CONTROL)
    assert rows(screen) == whole


def test_a_field_for_days_or_numbers_and_one_that_is_read_offers_none(record: Any, village: Office) -> None:
    screen = record(meeting(village))
    for place in ("agenda.0.due_on", "agenda.0.yes", "chair", "held_from"):
        screen.form.go(place)
        press(Qt.Key.Key_F5)
        assert closed(screen)
    screen.form.go("minutes")
    screen.form.freeze(True)
    press(Qt.Key.Key_F5)
    assert closed(screen)


def test_what_is_not_there_says_how_to_keep_it_and_the_box_goes_with_the_keys(record: Any, village: Office) -> None:
    screen = record(meeting(village))
    screen.form.go("minutes")
    press(Qt.Key.Key_F5)
    QTest.keyClicks(QApplication.focusWidget(), "xyzxyz")
    assert box(screen).hint.text().startswith("没有这样的常用语。")
    press(Qt.Key.Key_Return)
    assert not closed(screen)
    screen.form.go("place")
    assert closed(screen)


@pytest.mark.parametrize("height", [612, 330])
def test_the_box_lies_on_the_window_whole(record: Any, village: Office, height: int) -> None:
    screen = record(meeting(village), height)
    screen.form.go("minutes")
    press(Qt.Key.Key_F5)
    assert screen.window().rect().contains(box(screen).geometry())


@pytest.mark.parametrize(("words", "found"), [("同意＿＿，好", (2, 2)), ("𬭎＿＿＿", (2, 3)), ("好。", (2, 0)), ("", (0, 0))])  # fmt: skip
def test_the_blank_of_a_sentence(words: str, found: tuple[int, int]) -> None:
    assert blank(words) == found
