"""Who sits where: looked at by day, added to, left and renewed with real keys."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from tests.unit.store.filling import final, save
from villagedesk.actions import drafts, records, seats
from villagedesk.actions.office import Office
from villagedesk.actions.terms import Renewal
from villagedesk.gui.bus import bus
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.councils import Councils
from villagedesk.gui.screens.renewal import RenewalScreen
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.gui.window import Window
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.people.people import Post
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import queries

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(village: Office, clock: Clock) -> dict[str, str]:
    """红白理事会 with three who sit, one who left and one of the term before; 2026-12-01."""
    council = save(village, "council", key="hongbai", name="红白理事会", years=3)
    save(village, "council", key="huzhu", name="互帮互助会")
    found = {"council": council}
    body = {"id": council, "name": "红白理事会"}
    for name, position, since, until in (
        ("岑兴富", "会长", "2024-01-20", None),
        ("石明英", "成员", "2024-01-20", None),
        ("韦忠", "成员", "2024-01-20", "2026-10-31"),
        ("莫玉珍", "会长", "2021-01-20", "2024-01-19"),
    ):
        home = save(village, "household", head=name)
        found[name] = save(village, "person", name=name, phone="13985401234", household={"id": home, "name": name})
        values = {"person": {"id": found[name], "name": name}, "body": body, "position": position, "since": since}
        found[f"{name}的职务"] = save(village, "post", **values, **({"until": until} if until else {}))
    return found


@pytest.fixture
def shown(on_display: Callable[..., Any], village: Office, ids: dict[str, str]) -> Callable[..., Any]:
    return lambda screen=None, width=1210: on_display(screen or Councils(village), width)


def unheard(screen: Any) -> None:
    """Let a screen of this test not hear what the next one does."""
    if isinstance(screen, Councils):
        for slot in ("_changed",):
            bus.changed.disconnect(getattr(screen, slot))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_in(words: str) -> None:
    """Letters by their keys, characters as an input method commits them."""
    if words.isascii():
        QTest.keyClicks(QApplication.focusWidget(), words)
        return
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def rows(screen: Any) -> list[str]:
    return [screen.model.index(row, 0).data() for row in range(screen.model.rowCount())]


def lines(screen: Any) -> list[list[str]]:
    model = screen.view.model
    return [[model.index(row, column).data() for column in (0, 1, 5, 7)] for row in range(model.rowCount())]


def post(office: Office, identifier: str) -> Post:
    with office.desk.reading() as session:
        record = queries.one(session, office.by, KINDS["post"], identifier).record
    assert isinstance(record, Post)
    return record


def test_the_bodies_stand_on_the_left_and_who_sits_in_the_first_on_the_right(shown: Any, village: Office) -> None:
    final(village, bodies=["红白理事会"], held_from="2026-11-18T09:00")
    screen = shown()
    QAbstractItemModelTester(screen.model)
    QAbstractItemModelTester(screen.view.model)
    assert rows(screen)[:3] == [
        "议事组织",
        "红白理事会，筹建，2人，空1席，11月18日开会",
        "互帮互助会，筹建，0人，没开过会",
    ]
    assert rows(screen)[3:5] == ["村里的机构", "村民代表会议，0人，没开过会"]
    assert lines(screen) == [
        ["会长", "岑兴富", "岑兴富户", ""],
        ["成员", "石明英", "石明英户", ""],
        ["空缺　1席", "", "", ""],
        ["成员", "空缺", "", "上一任韦忠，到2026年10月31日"],
        ["以前的　1人", "", "", ""],
        ["会长", "莫玉珍", "莫玉珍户", ""],
    ]
    assert screen.view.said.text() == "2\u00a0人在任，空\u00a01\u00a0席，每届\u00a03年"
    assert [screen.view.meetings.item(0).text(), screen.view.resolutions.item(0).text()] == [
        "2026年11月18日　会议　第3次村民代表会议",
        "通过　决议　通组路硬化",
    ]


def test_another_day_is_typed_as_people_type_and_escape_comes_back_to_today(shown: Any) -> None:
    screen = shown()
    press(Qt.Key.Key_D, CONTROL)
    type_in("2023.5.1")
    press(Qt.Key.Key_Return)
    assert lines(screen)[0][:2] == ["会长", "莫玉珍"]
    assert (screen.view.day.text(), screen.view.day_said.text(), screen.view.table.hasFocus()) == ("2023-05-01", "周一", True)  # fmt: skip
    press(Qt.Key.Key_Escape)
    assert lines(screen)[0][:2] == ["会长", "岑兴富"]
    press(Qt.Key.Key_D, CONTROL)
    type_in("十三月")
    press(Qt.Key.Key_Return)
    assert screen.view.day_said.text() == "这不是日期，照 11.24 这样写"


def test_the_day_goes_with_the_clock_until_another_is_chosen(shown: Any, clock: Clock) -> None:
    screen = shown()
    screen.hide()
    clock.set("2027-02-01T04:00")
    screen.show()
    assert screen.view.day.text() == "2027-02-01"
    assert lines(screen)[0][3] == "任期2027年1月20日届满"


def test_enter_opens_what_has_the_keys(shown: Any, village: Office, ids: dict[str, str]) -> None:
    meeting = final(village, bodies=["红白理事会"], held_from="2026-11-18T09:00")
    screen = shown()
    org = village.desk.me.org
    for _ in range(4):
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_F6)
    assert screen.places[:3] == [
        Place("council", ids["council"], org), Place("post", ids["岑兴富的职务"], org), Place("meeting", meeting, org),
    ]  # fmt: skip
    assert [place.kind for place in screen.places[3:]] == ["resolution"]
    assert screen.list.hasFocus()


def test_numbers_are_masked_until_asked_for(shown: Any) -> None:
    screen = shown()
    phone = screen.view.model.index(0, 6)
    assert phone.data() == "139******34"
    press(Qt.Key.Key_F7)
    assert screen.view.model.index(0, 6).data() == "13985401234"
    screen.hide()
    assert screen.view.model.index(0, 6).data() == "139******34"


def test_a_member_is_added_with_what_is_known_of_the_seat(shown: Any, ids: dict[str, str]) -> None:
    screen = shown()
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F6)
    for _ in range(2):
        press(Qt.Key.Key_Down)  # over the heading, to the empty seat
    press(Qt.Key.Key_N, CONTROL | SHIFT)
    begin = {"body": {"id": ids["council"], "name": "红白理事会"}, "since": "2026-12-01"}
    assert [place.begin for place in screen.places] == [begin, begin | {"position": "成员"}]


def test_the_person_is_found_by_the_sound_of_the_name_and_sits_there_at_once(
    qtbot: QtBot, village: Office, ids: dict[str, str]
) -> None:
    window = Window(village)
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.to_place("council")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_F3)
    type_in("wz")
    record: Any = window.screen_now
    popup = record.form.editors["person"].completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert record.form.editors["person"].value() == {"id": ids["韦忠"], "name": "韦忠"}
    record.form.go("position")
    type_in("成员")
    press(Qt.Key.Key_S, CONTROL)
    press(Qt.Key.Key_Escape)
    assert isinstance(window.screen_now, Councils)
    assert [line[:2] for line in lines(window.screen_now)[:3]] == [
        ["会长", "岑兴富"],
        ["成员", "石明英"],
        ["成员", "韦忠"],
    ]
    unheard(window.screen_now)


def test_a_seat_is_left_with_day_and_reason_and_taken_again(shown: Any, village: Office, ids: dict[str, str]) -> None:
    screen = shown()
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F4)
    assert screen.view.leaving.title.text() == "石明英不再任成员"
    QApplication.focusWidget().selectAll()
    type_in("11.30")
    press(Qt.Key.Key_Return)
    type_in("辞职")
    press(Qt.Key.Key_S, CONTROL)
    left = post(village, ids["石明英的职务"])
    assert (str(left.until), left.left, screen.view.leaving.isHidden()) == ("2026-11-30", "辞职", True)
    assert ["成员", "空缺", "", "上一任石明英，到2026年11月30日，辞职"] in lines(screen)
    words, undo = screen.said[-1]
    assert words == "石明英不再任成员，记下了。"
    undo()
    back = post(village, ids["石明英的职务"])
    assert (back.until, back.left) == (None, "")
    with village.desk.reading() as session:
        assert drafts.waiting(session, village) == []


def test_what_is_typed_of_leaving_stays_as_a_draft_until_it_is_dropped(
    shown: Any, village: Office, ids: dict[str, str], qtbot: QtBot
) -> None:
    screen = shown()
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F4)
    press(Qt.Key.Key_Return)
    type_in("迁出")
    press(Qt.Key.Key_Escape)
    assert screen.view.leaving.isHidden()
    press(Qt.Key.Key_E, CONTROL)
    assert screen.view.leaving.form.values() == {"until": "2026-12-01", "left": "迁出"}
    screen.view.leaving.drop_button.click()
    press(Qt.Key.Key_F4)
    assert screen.view.leaving.form.values() == {"until": "2026-12-01", "left": ""}


def test_a_day_before_the_first_one_is_pointed_out(shown: Any, village: Office, ids: dict[str, str]) -> None:
    screen = shown()
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F4)
    for typed in ("2020.1.1", ""):
        editor = screen.view.leaving.form.editors["until"]
        editor.setFocus()
        editor.selectAll()
        press(Qt.Key.Key_Backspace)
        type_in(typed)
        press(Qt.Key.Key_S, CONTROL)
        assert editor.property("state") == "bad"
        assert editor.hasFocus()
    assert post(village, ids["岑兴富的职务"]).until is None


def test_a_new_term_takes_the_list_over_and_one_undo_takes_it_back(
    shown: Any, village: Office, ids: dict[str, str]
) -> None:
    screen = shown()
    before = lines(screen)
    press(Qt.Key.Key_R, CONTROL)
    [place] = screen.places
    renewal = screen_of(village, place)
    assert isinstance(renewal, RenewalScreen)
    assert renewal.place == place
    shown(renewal)
    left: list[bool] = []
    renewal.left.connect(lambda: left.append(True))
    assert [line["name"] for line in renewal.form.values()["seats"]] == ["岑兴富", "石明英"]
    renewal.form.go("term")
    type_in("第三届")
    press(Qt.Key.Key_Return)
    renewal.form.go("seats.1.name")
    QApplication.focusWidget().selectAll()
    type_in("韦忠")
    press(Qt.Key.Key_S, CONTROL)
    assert left == [True]
    screen.reload()
    assert [line[:2] for line in lines(screen)[:2]] == [["会长", "岑兴富"], ["成员", "韦忠"]]
    assert str(post(village, ids["石明英的职务"]).until) == "2026-11-30"
    words, undo = renewal.said[-1]
    assert words == "红白理事会换届写好了，2席。"
    undo()
    screen.reload()
    assert lines(screen) == before


def test_a_new_term_half_typed_is_offered_again_or_thrown_away(
    shown: Any, village: Office, ids: dict[str, str]
) -> None:
    first = shown(RenewalScreen(village, "hongbai", "2026-12-01"))
    first.form.go("term")
    type_in("第三届")
    press(Qt.Key.Key_Escape)
    again = shown(RenewalScreen(village, "hongbai", "2026-12-01"))
    assert again.form.values()["term"] == "第三届"
    again.discard()
    assert again.form.values()["term"] == ""
    with village.desk.reading() as session:
        assert drafts.offered(session, village, Renewal, "hongbai") is None


def test_what_keeps_a_new_term_from_being_written_is_said_beside_it(shown: Any, village: Office) -> None:
    screen = shown(RenewalScreen(village, "hongbai", "2026-12-01"))
    screen.form.go("since")
    QApplication.focusWidget().selectAll()
    type_in("2024.1.20")
    press(Qt.Key.Key_S, CONTROL)
    assert screen.form.editors["since"].property("state") == "bad"
    body = next(one for one in seats.bodies(village, date(2026, 12, 1)) if one.code == "hongbai")
    assert body.count == 2


def test_a_body_without_posts_of_its_own_says_where_to_go(shown: Any) -> None:
    screen = shown()
    screen.list.setCurrentIndex(screen.model.index(screen.model.row_of("two_committees"), 0))
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_R, CONTROL)
    assert screen.places == []
    assert {words for words, _ in screen.said} == {"村“两委”没有自己的职务，请到“村民委员会”或“村党组织”里改。"}


def test_who_sits_by_another_post_cannot_be_sent_away_here(shown: Any, village: Office) -> None:
    save(village, "post", person="罗正华", body="好花红村党总支", position="书记、村委会主任", since="2026-01-20")
    screen = shown()
    screen.list.setCurrentIndex(screen.model.index(screen.model.row_of("committee"), 0))
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F4)
    assert screen.view.leaving.isHidden()
    assert screen.said[-1][0] == "罗正华凭好花红村党总支的职务在这里，请到那里改。"


def test_somebody_struck_from_the_register_shows_in_the_seat(shown: Any, village: Office, ids: dict[str, str]) -> None:
    screen = shown()
    bus.tell(records.strike(village, KINDS["person"], ids["岑兴富"], reason="重复登记"))
    assert lines(screen)[0] == ["会长", "岑兴富", "岑兴富户", "村民登记里已作废"]
    press(Qt.Key.Key_F6)
    assert screen.view.line.text() == "岑兴富：村民登记里已作废"


def test_who_only_reads_sees_no_buttons_and_keys_do_nothing(shown: Any, village: Office) -> None:
    screen = shown(Councils(Office(village.desk, Viewer("A", "甲", frozenset({Duty.READER}), "village"))))
    assert lines(screen)[0] == ["会长", "岑兴富", "", ""]
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4):
        press(key)
    press(Qt.Key.Key_R, CONTROL)
    assert (screen.places, screen.view.add.isVisible(), screen.new.isVisible()) == ([], False, False)


def test_in_a_narrow_window_one_pane_is_seen_at_a_time(shown: Any) -> None:
    screen = shown(width=round(em(50)))
    panes = (screen.left_pane, screen.view.seats, screen.view.matters)
    seen = [[pane.isVisible() for pane in panes]]
    for _ in range(2):
        press(Qt.Key.Key_F6)
        seen.append([pane.isVisible() for pane in panes])
    assert seen == [[True, False, False], [False, True, False], [False, False, True]]
    press(Qt.Key.Key_F4)
    assert [one.isVisible() for one in (screen.view.leaving, screen.view.table, screen.view.matters)] == [
        True,
        False,
        False,
    ]
    press(Qt.Key.Key_Escape)
    assert screen.view.table.hasFocus()
