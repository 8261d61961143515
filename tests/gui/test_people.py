"""The register: found, walked through, added to with real keys; numbers masked until asked for."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from tests.unit.store.filling import save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.gui.bus import bus
from villagedesk.gui.screens.people import People
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import households

NUMBER = "522731196903045218"


@pytest.fixture
def ids(village: Office) -> dict[str, str]:
    """Two households: 罗正华 with his wife, and 岑兴富 who is in no register yet."""
    group = save(village, "group", name="辉油组", number=1)
    ref = {"id": group, "name": "辉油组"}
    head = save(village, "person", name="罗正华", id_number=NUMBER, phone="13985401234", relation="户主", group=ref)
    first = save(
        village, "household", head={"id": head, "name": "罗正华"}, number="001", group=ref, address="大树脚12号"
    )
    wife = save(village, "person", name="王庆芬", relation="妻", household={"id": first, "name": "罗正华"}, group=ref)
    second = save(village, "household", head="岑兴富", number="002", group=ref)
    return {"group": group, "head": head, "first": first, "wife": wife, "second": second}


@pytest.fixture
def shown(on_display: Callable[..., Any], village: Office, ids: dict[str, str]) -> Callable[..., Any]:
    return lambda screen=None, width=1210: on_display(screen or People(village), width)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def rows(screen: Any) -> list[str]:
    return [screen.model.index(row, 0).data() for row in range(screen.model.rowCount())]


def people(screen: Any) -> list[list[str]]:
    model = screen.view.model
    return [[model.index(row, column).data() for column in (0, 1, 5, 6)] for row in range(model.rowCount())]


def seen_by(village: Office, duty: Duty) -> People:
    return People(Office(village.desk, Viewer("A", "甲", frozenset({duty}), "village")))


def test_households_stand_under_their_group_and_the_arrows_pass_over_headings(shown: Any, village: Office) -> None:
    save(village, "person", name="查独明")
    screen = shown()
    QAbstractItemModelTester(screen.model)
    assert rows(screen) == ["辉油组，2户", "罗正华，001，2人", "岑兴富，002，0人", "没有写户的人，1人", "查独明"]
    assert screen.view.title.text() == "罗正华户"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert (screen.view.title.text(), screen.view.home) == ("查独明", None)
    press(Qt.Key.Key_Up)
    assert screen.view.title.text() == "岑兴富户"
    assert screen.view.none.text() == "户主岑兴富还没有登记成村民，按F3登记。"


def test_enter_opens_the_household_and_in_the_other_pane_the_person(
    shown: Any, village: Office, ids: dict[str, str]
) -> None:
    screen = shown()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    org = village.desk.me.org
    assert screen.places == [Place("household", ids["first"], org), Place("person", ids["wife"], org)]
    press(Qt.Key.Key_F6)
    assert screen.list.hasFocus()


def test_f9_leads_to_the_papers_of_what_is_selected(shown: Any, village: Office, ids: dict[str, str]) -> None:
    screen = shown()
    org = village.desk.me.org
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F9)
    assert screen.places == [
        Place("household", ids["first"], org, act="print"), Place("person", ids["wife"], org, act="print"),
    ]  # fmt: skip
    screen.words.setText("没有这个人")
    screen.reload()
    screen.print()
    assert screen.places[-1] == Place("household", act="print")


def test_numbers_are_masked_until_asked_for_and_again_for_who_comes_back(shown: Any) -> None:
    screen = shown()
    masked = [["罗正华", "户主", "522731**********18", "139******34"], ["王庆芬", "妻", "", ""]]
    assert (people(screen), screen.view.values["address"].text()) == (masked, "******")
    assert screen.keys[-1] == "reveal"
    press(Qt.Key.Key_F7)
    assert people(screen)[0] == ["罗正华", "户主", NUMBER, "13985401234"]
    assert (screen.view.values["address"].text(), screen.keys[-1]) == ("大树脚12号", ("F7", "遮住号码"))
    screen.hide()
    assert people(screen) == masked


@pytest.mark.parametrize(
    ("words", "found"), [("lzh", "罗正华"), ("wqf", "罗正华"), ("002", "岑兴富"), (NUMBER, "罗正华")]
)
def test_search_narrows_the_list_and_escape_widens_it(shown: Any, words: str, found: str) -> None:
    screen = shown()
    press(Qt.Key.Key_Slash)
    QTest.keyClicks(QApplication.focusWidget(), words)
    press(Qt.Key.Key_Return)
    assert screen.list.hasFocus()
    assert (screen.count.text(), screen.view.title.text()) == ("共\u00a01\u00a0户", f"{found}户")
    press(Qt.Key.Key_Escape)
    assert (screen.count.text(), screen.view.title.text()) == ("共\u00a02\u00a0户", f"{found}户")


def test_new_ones_begin_where_one_is(shown: Any, ids: dict[str, str]) -> None:
    screen = shown()
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    group = {"id": ids["group"], "name": "辉油组"}
    first, second = {"id": ids["first"], "name": "罗正华"}, {"id": ids["second"], "name": "岑兴富"}
    assert screen.places == [
        Place("household", begin={"group": group}),
        Place("person", begin={"household": first, "group": group}),
        Place("person", begin={"household": second, "group": group, "name": "岑兴富", "relation": "户主"}),
        Place("paste"),
    ]


def test_what_a_new_record_begins_with_is_kept_in_its_draft_and_saved(
    shown: Any, village: Office, ids: dict[str, str]
) -> None:
    home = {"id": ids["first"], "name": "罗正华"}
    screen = shown(RecordScreen(village, KINDS["person"], begin={"household": home}))
    assert screen.form.changes() == {"household": home}
    screen.form.go("name")
    QTest.keyClicks(QApplication.focusWidget(), "luo")
    assert screen.save()
    with village.desk.reading() as session:
        (section,) = households.sections(session, village.by)
        assert [h.people for h in households.homes(session, village.by, section)] == [3, 0]


def test_another_head_is_made_and_taken_back(shown: Any, ids: dict[str, str]) -> None:
    screen = shown()
    assert not screen.view.lead.isVisibleTo(screen)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    screen.view.lead.setFocus()
    press(Qt.Key.Key_Space)
    assert screen.view.title.text() == "王庆芬户"
    (said, undo) = screen.said[-1]
    assert said == "户主由罗正华改为王庆芬。"
    undo()
    assert screen.view.title.text() == "罗正华户"


def test_what_is_changed_elsewhere_is_read_again_and_the_same_household_stays(
    shown: Any, village: Office, ids: dict[str, str]
) -> None:
    screen = shown()
    press(Qt.Key.Key_Down)
    bus.tell(records.edit(village, KINDS["household"], ids["first"], {"number": "009"}))
    assert rows(screen)[1:] == ["岑兴富，002，0人", "罗正华，009，2人"]
    assert screen.view.title.text() == "岑兴富户"
    bus.tell(records.edit(village, KINDS["household"], ids["second"], {"group": "寨上组"}))
    assert rows(screen)[2:] == ["寨上组，1户", "岑兴富，002，0人"]
    assert screen.view.title.text() == "岑兴富户"
    screen.hide()
    bus.tell(records.edit(village, KINDS["household"], ids["second"], {"number": "010"}))
    screen.show()
    assert rows(screen)[1:] == ["罗正华，009，2人", "寨上组，1户", "岑兴富，010，0人"]


def test_who_may_not_write_is_offered_nothing_and_who_may_not_read_sees_nothing(shown: Any, village: Office) -> None:
    chair = shown(seen_by(village, Duty.CHAIR))
    assert [b.isVisibleTo(chair) for b in (chair.new, chair.paste, chair.view.add)] == [False, False, False]
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F3)
    assert chair.places == []
    reader = shown(seen_by(village, Duty.READER))
    reader.print()
    assert reader.places == []
    assert (rows(reader), reader.panes.isVisibleTo(reader)) == ([], False)


def test_in_a_narrow_window_one_pane_is_seen_at_a_time(shown: Any) -> None:
    screen = shown(width=em(50))
    panes = (screen.list, screen.view)
    assert [pane.isVisible() for pane in panes] == [True, False]
    press(Qt.Key.Key_F6)
    assert [pane.isVisible() for pane in panes] == [False, True]
    assert screen.view.table.hasFocus()
    press(Qt.Key.Key_Slash)
    assert [pane.isVisible() for pane in panes] == [True, False]
