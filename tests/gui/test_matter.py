"""A matter of weight: opened, gone through step by step and closed with real keys."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import Clock
from tests.unit.store.filling import final, save
from villagedesk.actions.office import Office
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.screen import Place
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.affairs.matter import Matter
from villagedesk.store import queries


@pytest.fixture
def matter(on_display: Callable[..., Any], village: Office, clock: Clock) -> Any:
    """The screen of a matter opened on 2026-11-20; today is 2026-12-01."""
    kept = save(village, "matter", subject="通组路硬化", opened_on="2026-11-20", cause="people")
    screen = on_display(screen_of(village, Place("matter", kept)))
    screen.form.go()  # a window of its own has given the keys away before it is shown
    return screen


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def stored(village: Office, screen: Any) -> Matter:
    with village.desk.reading() as session:
        record = queries.one(session, village.by, KINDS["matter"], screen.place.id).record
    assert isinstance(record, Matter)
    return record


def link(screen: Any, name: str, kept: str, title: str) -> None:
    """As a choice from what is offered while one types."""
    editor = screen.form.steps.panel.editors[name]
    editor.fill({"id": kept, "name": title})
    editor.typed.emit()


def test_a_new_matter_asks_what_it_is_about_and_has_its_steps_once_it_is_saved(
    on_display: Callable[..., Any], village: Office, clock: Clock
) -> None:
    screen = on_display(screen_of(village, Place("matter")))
    form = screen.form
    assert (form.steps_card.isVisible(), form.next.isVisible(), form.where()[0]) == (False, False, "subject")
    QTest.keyClicks(QApplication.focusWidget(), "road")
    form.restore({"opened_on": "2026-11-20", "cause": "people", "variant": "audited"})
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert [step.name for step in stored(village, screen).steps] == [
        "党组织会议提议", "村“两委”会议商议", "党员大会审议", "乡镇审核", "村民代表会议或村民会议决议", "决议公开", "实施结果公开",
    ]  # fmt: skip
    assert (form.steps_card.isVisible(), form.next.isVisible()) == (True, True)
    assert form.stepper.accessibleName() == "共7步，现在第1步：提议"


def test_a_step_takes_over_its_meeting_and_is_closed_by_one_key(matter: Any, village: Office) -> None:
    meeting = final(village, bodies=["村党组织会议"], subject="支部会", held_from="2026-11-22T09:00")
    form = matter.form
    assert (form.what.text(), form.said.text()) == ("党组织会议提议", "先选是哪次会议，或者填日期。")
    link(matter, "meeting", meeting, "支部会")
    line = form.steps.value()[0]
    assert (line["on"], line["form"], line["came"]) == ("2026-11-22", "村党组织会议", "2")
    press(Qt.Key.Key_F2)

    first = stored(village, matter).steps[0]
    assert (str(first.on), str(first.done_on), first.meeting.name if first.meeting else "") == (
        "2026-11-22", "2026-11-22", "支部会",
    )  # fmt: skip
    assert (form.what.text(), form.where()[0]) == ("村“两委”会议商议", "steps.1.meeting")


def test_a_step_that_lacks_its_day_is_not_closed_and_says_so(matter: Any, village: Office) -> None:
    press(Qt.Key.Key_F2)
    assert (matter.form.said.text(), matter.form.where()[0]) == ("先选是哪次会议，或者填日期。", "steps.0.meeting")
    assert [step.done_on for step in stored(village, matter).steps] == [None] * 6


@pytest.mark.parametrize(
    ("since", "said", "done"),
    [
        ("2026-11-17", "公开要满15日，到12月2日才满，还有1\xa0天。", None),
        ("2026-11-16", "办完了按F2，轮到下一步。", "2026-12-01"),
    ],
)
def test_what_is_posted_is_closed_after_fifteen_days(
    on_display: Callable[..., Any], village: Office, clock: Clock, since: str, said: str, done: str | None
) -> None:
    kept = save(
        village, "matter", subject="通组路硬化", opened_on="2026-11-10", cause="people", variant="own",
        steps=[{"name": "决议公开", "step": "post", "posted_from": since}],
    )  # fmt: skip
    screen = on_display(screen_of(village, Place("matter", kept)))
    screen.form.go()
    assert screen.form.said.text().replace("\xa0", "") == said.replace("\xa0", "")
    press(Qt.Key.Key_F2)
    assert [str(step.done_on or "") or None for step in stored(village, screen).steps] == [done]


def test_a_step_shows_what_it_asks_for(matter: Any) -> None:
    steps = matter.form.steps

    def seen() -> list[str]:
        return [name for name in steps.panel.editors if steps.panel.fields[name].isVisibleTo(matter)]

    assert seen() == ["name", "step", "meeting", "on", "due_on", "form", "expected", "came", "text", "town", "done_on"]
    steps.go("4")
    assert seen() == ["name", "step", "publication", "due_on", "text", "posted_from", "posted_to", "done_on"]


def test_steps_are_added_renamed_moved_and_taken_off(matter: Any, village: Office) -> None:
    matter.form.go("steps.0.name")
    press(Qt.Key.Key_Insert)
    QTest.keyClicks(QApplication.focusWidget(), "audit")
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    matter.form.go("steps.5")
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [step.name for step in stored(village, matter).steps] == [
        "audit", "党组织会议提议", "村“两委”会议商议", "党员大会审议", "村民代表会议或村民会议决议", "实施结果公开",
    ]  # fmt: skip


def test_the_meeting_of_the_next_step_is_begun_from_here(matter: Any) -> None:
    matter.form.begin_it.click()
    assert matter.places == [
        Place("meeting", begin={"subject": "通组路硬化", "agenda": [{"title": "通组路硬化"}]}),
    ]  # fmt: skip
