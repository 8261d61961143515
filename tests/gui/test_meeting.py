"""The screen of a meeting, with real keys: who should come, calling the roll, votes that must add up, finalising."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Desks
from tests.unit.store.filling import save
from villagedesk.actions import drafts, records
from villagedesk.actions.office import Office
from villagedesk.gui import theme
from villagedesk.gui.bus import bus
from villagedesk.gui.screens.meeting import MeetingForm
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.store import queries

MEMBERS = ["岑兴富", "石明英", "王廷舟", "陈𬭎", "单雄"]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """红白理事会 with five members; its last meeting was led by 岑兴富."""
    with desks.opened("village", tmp_path / "desk") as village:
        save(village, "council", name="红白理事会", key="hongbai")
        records.save(village, KINDS["post"], [
            {"person": {"name": name}, "body": "红白理事会", "position": "成员" if i else "会长"} for i, name in enumerate(MEMBERS)
        ])  # fmt: skip
        records.save(village, KINDS["meeting"], [{
            "bodies": ["hongbai"], "subject": "第二季度例会", "held_from": "2026-06-05T09:30", "place": "村委会二楼会议室",
            "chair": "岑兴富", "recorder": "石明英",
        }])  # fmt: skip
        yield village


@pytest.fixture
def show(qtbot: QtBot, office: Office) -> Iterator[Callable[..., RecordScreen]]:
    kept: list[RecordScreen] = []

    def shown(identifier: str = "", width: int = 1210) -> RecordScreen:
        screen = RecordScreen(office, Meeting, identifier, form=MeetingForm)
        screen.resize(width, 612)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        kept.append(screen)
        return screen

    yield shown
    for screen in kept:
        bus.changed.disconnect(screen._changed)  # noqa: SLF001 -- the bus outlives the test's window


def form_of(screen: RecordScreen) -> MeetingForm:
    assert isinstance(screen.form, MeetingForm)
    return screen.form


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_in(text: str) -> None:
    """ASCII goes by keys; Chinese is committed as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(QApplication.focusWidget(), text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)


def begin(screen: RecordScreen) -> MeetingForm:
    """A new meeting of 红白理事会 on 18 November, by keys."""
    form = form_of(screen)
    type_in("红白")
    press(Qt.Key.Key_Return)
    form.editors["subject"].go()
    type_in("第四季度例会")
    form.editors["held_from"].go()
    type_in("202611180930")
    press(Qt.Key.Key_Return)
    return form


def states(form: MeetingForm) -> dict[str, str]:
    return {line["name"]: line["state"] for line in form.roll.value()}


def counted(form: MeetingForm) -> dict[str, str]:
    return {state.label: words.text() for state, words in form.roll.counts.items()}


def test_choosing_the_body_lists_who_should_come_and_what_was_so_last_time(show: Any) -> None:
    form = begin(show())
    assert [line["name"] for line in form.roll.value()] == ["岑兴富", "单雄", "王廷舟", "石明英", "陈𬭎"]
    assert set(states(form).values()) == {"uncalled"}
    assert form.editors["place"].value() == "村委会二楼会议室"
    assert (form.editors["chair"].value(), form.editors["recorder"].value()) == ({"name": "岑兴富"}, {"name": "石明英"})


def test_the_roll_is_called_by_keys_and_judged_as_the_law_counts(show: Any) -> None:
    form = begin(show())
    form.go("present")
    press(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_2)
    assert counted(form) == {"到会": "2", "请假": "1", "缺席": "0", "未点": "2"}
    assert "实到2人，没有达到过半数（3人）" in form.roll.quorum.findChildren(type(form.roll.more))[0].text().replace(
        "\u00a0", ""
    )
    press(Qt.Key.Key_Space, Qt.Key.Key_3)
    assert "实到3人，已达过半数（3人）" in form.roll.quorum.findChildren(type(form.roll.more))[0].text().replace(
        "\u00a0", ""
    )
    assert list(states(form).values()) == ["present", "present", "leave", "present", "absent"]


@pytest.mark.parametrize(
    ("letters", "name"), [("s", "单雄"), ("sx", "单雄"), ("w", "王廷舟"), ("ch", "陈𬭎"), ("sm", "石明英")]
)
def test_letters_jump_to_a_name_by_its_sound(show: Any, letters: str, name: str) -> None:
    form = begin(show())
    form.go("present.0")
    for letter in letters:
        type_in(letter)
    assert form.roll.view.currentIndex().data() == name


def test_somebody_who_is_in_no_list_joins_by_name(show: Any) -> None:
    form = begin(show())
    form.roll.newcomer.setFocus()
    type_in("龙启明")
    press(Qt.Key.Key_Return)
    assert form.roll.value()[-1] == {"name": "龙启明", "state": "present"}
    assert form.roll.newcomer.text() == ""


def test_votes_must_add_up_to_those_who_came_and_one_key_mends_it(show: Any) -> None:
    form = begin(show())
    form.go("present")
    press(*[Qt.Key.Key_Space] * 5)
    form.go("agenda")
    card = form.agenda.cards[0]
    type_in("国庆前后红事报备")
    card.editors["yes"].go()
    type_in("3")
    press(Qt.Key.Key_Return)
    type_in("1")
    assert card.sum_words.text().replace("\u00a0", "") == "合计4人，到会5人，差1人。请再数一遍，或者"
    assert card.mend.isVisibleTo(card)
    card.mend.click()
    assert card.editors["silent"].value() == "1"
    assert not card.mend.isVisibleTo(card)
    assert card.result.text() == "通过 3人，过半数要3人"


def test_what_was_said_is_noted_line_by_line_with_its_speaker(show: Any) -> None:
    form = begin(show())
    form.go("agenda")
    speeches = form.agenda.cards[0].editors["speeches"]
    speeches.go()
    type_in("石明英：厨师健康证要提前看。")
    press(Qt.Key.Key_Return)
    type_in("大家同意")
    assert speeches.value() == [{"name": "石明英", "text": "厨师健康证要提前看。"}, {"text": "大家同意"}]


def test_a_meeting_is_typed_called_voted_and_finalised_into_its_resolution(show: Any, office: Office) -> None:
    screen = show()
    form = begin(screen)
    form.go("present")
    press(*[Qt.Key.Key_Space] * 5)
    form.go("agenda")
    type_in("国庆前后红事报备")
    card = form.agenda.cards[0]
    card.editors["yes"].go()
    type_in("5")
    card.editors["resolution"].go()
    type_in("婚事提前15日报备。")
    press(Qt.Key.Key_S, modifier=CONTROL)
    with office.desk.reading() as session:
        [newest, _] = queries.listed(session, office.by, Meeting)
        assert not drafts.waiting(session, office)
    assert newest.stage == "draft"

    screen.advance("final")
    with office.desk.reading() as session:
        [newest, _] = queries.listed(session, office.by, Meeting)
        [resolution] = queries.listed(session, office.by, KINDS["resolution"])
    assert (newest.stage, newest.record.number) == ("final", "好花红村会〔2026〕1号")  # type: ignore[attr-defined]
    assert resolution.record.title == "国庆前后红事报备"
    assert not form.roll.newcomer.isVisibleTo(form)  # read only now


def test_finalising_walks_to_the_roll_while_somebody_is_not_called(show: Any) -> None:
    screen = show()
    form = begin(screen)
    form.go("present")
    press(Qt.Key.Key_Space)
    screen.advance("final")
    assert QApplication.focusWidget() is form.roll.view
    assert form.groups[1].fields["present"].findChildren(type(form.roll.more))
    assert any(
        "还有人没有点名" in w.text() for w in form.groups[1].fields["present"].findChildren(type(form.roll.more))
    )


def test_a_draft_brings_back_roll_and_agenda_with_the_cursor(show: Any, office: Office, qtbot: QtBot) -> None:
    screen = show()
    form = begin(screen)
    form.go("present")
    press(Qt.Key.Key_Space, Qt.Key.Key_2)
    form.go("agenda")
    type_in("桌椅碗筷")
    screen.leave()
    identifier = screen._id  # noqa: SLF001 -- the draft of a new record is kept under it
    again = form_of(show(identifier))
    assert list(states(again).values())[:3] == ["present", "leave", "uncalled"]
    assert again.agenda.value() == [{"title": "桌椅碗筷"}]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is again.agenda.cards[0].editors["title"].widget)


def test_f6_goes_round_the_panes(show: Any) -> None:
    form = begin(show())
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        seen.append(next(i for i, group in enumerate(form.groups) if group.inside(QApplication.focusWidget())))
    assert seen == [1, 2, 3, 0]


@pytest.mark.parametrize("size", [12, 18])
def test_where_it_is_narrow_one_panel_stands_at_a_time(show: Any, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, size=size)
    form = form_of(show(width=1210))
    visible = [w.isVisibleTo(form) for w in (form.head_card, form.roll_card, form._area)]  # noqa: SLF001
    assert visible == ([True, True, True] if size == 12 else [True, False, False])
