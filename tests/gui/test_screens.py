"""The generic screens: ledger, record, history, bin, with real keys on an open desk."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import Desks
from tests.unit.store.filling import CASE, final, meeting, save
from villagedesk.actions import drafts, flow, records
from villagedesk.actions.office import Office
from villagedesk.base.paths import Places
from villagedesk.gui.bus import bus
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.screens import record as record_module
from villagedesk.gui.screens.bin import Bin
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty
from villagedesk.records.values import dumped
from villagedesk.store import opening, queries
from villagedesk.store.queries import Kept

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(on_display: Callable[..., Any]) -> Callable[..., Any]:
    return lambda screen: on_display(screen, 1200, 600)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def keys(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def kept(office: Office, kind: str, identifier: str) -> Kept:
    with office.desk.reading() as session:
        return queries.one(session, office.by, KINDS[kind], identifier)


def banner(screen: RecordScreen) -> str:
    QApplication.processEvents()  # a layout shows what was put into it at the next turn
    return "".join(b.accessibleName() for b in screen.findChildren(Banner) if b.isVisibleTo(screen))


def acts(screen: RecordScreen) -> list[str]:
    return [b.accessibleName() for b in screen.acts.findChildren(QPushButton) if b.isVisibleTo(screen.acts)]


def heading(screen: Screen) -> tuple[str, str, list[str]]:
    said = screen.heading()
    assert said.chip is not None
    return said.title, said.chip[0], [b.accessibleName() for b in said.buttons]


# --- the record -----------------------------------------------------------------------------------------


def test_a_new_record_is_typed_saved_and_known_by_its_draft(shown: Any, village: Office) -> None:
    screen = shown(RecordScreen(village, KINDS["group"]))
    assert heading(screen) == ("新村民小组", "没存过", ["保存"])
    keys("huiyou")
    screen.leave()
    with village.desk.reading() as session:
        (offer,) = drafts.waiting(session, village)
    assert (offer.typed, offer.place, offer.caret, offer.new) == ({"name": "huiyou"}, "name", 6, True)

    press(Qt.Key.Key_S, CONTROL)
    assert dumped(kept(village, "group", offer.id).record)["name"] == "huiyou"
    assert heading(screen) == ("huiyou", "在册", ["保存"])
    with village.desk.reading() as session:
        assert drafts.waiting(session, village) == []


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(shown: Any, village: Office) -> None:
    screen = shown(RecordScreen(village, KINDS["group"]))
    counted: list[tuple[int, int]] = []
    screen.counted.connect(lambda *n: counted.append(n))
    screen.form.go("number")
    keys("x")
    assert not screen.save()
    assert counted[-1] == (2, 0)
    assert screen.form.where()[0] == "name"
    keys("a")
    press(Qt.Key.Key_F8)
    assert screen.form.where()[0] == "number"
    press(Qt.Key.Key_Backspace)
    assert screen.save()
    assert counted[-1] == (0, 0)


def test_a_warning_does_not_keep_it_from_being_saved(shown: Any, village: Office) -> None:
    screen = shown(RecordScreen(village, KINDS["person"]))
    counted: list[tuple[int, int]] = []
    screen.counted.connect(lambda *n: counted.append(n))
    keys("luo")
    screen.form.go("id_number")
    keys("123")
    assert screen.save()
    assert counted[-1] == (0, 1)
    assert screen.form.editors["id_number"].property("state") == "warn"


def test_only_what_was_changed_is_saved_over_what_was_changed_elsewhere(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富", phone="1")
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    screen.form.go("phone")
    keys("39")
    bus.tell(records.edit(village, KINDS["person"], identifier, {"nation": "布依族"}))
    assert banner(screen) == "这条记录刚在别处改过。保存时只存您改的这几项，别的留着。"
    assert screen.save()
    values = dumped(kept(village, "person", identifier).record)
    assert (values["phone"], values["nation"]) == ("139", "布依族")


def test_a_record_changed_elsewhere_and_not_here_is_shown_anew(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    bus.tell(records.edit(village, KINDS["person"], identifier, {"name": "岑富"}))
    assert screen.heading().title == "岑富"
    assert screen.form.values()["name"] == "岑富"


def test_a_draft_left_behind_is_put_back_with_the_cursor_and_may_be_thrown_away(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    drafts.keep(village, KINDS["person"], identifier, {"phone": "139"}, place="phone", caret=2)
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    assert screen.form.where() == ("phone", 2)
    assert banner(screen) == "上次没存完的还在，接着写。"
    screen.discard()
    assert (screen.form.changes(), banner(screen)) == ({}, "")
    with village.desk.reading() as session:
        assert drafts.waiting(session, village) == []


def test_who_begins_again_goes_on_with_the_record_that_was_left_and_another_one_begins_anew(
    shown: Any, village: Office
) -> None:
    first = shown(RecordScreen(village, KINDS["group"]))
    first.form.editors["name"].go()
    keys("abc")
    press(Qt.Key.Key_Escape)

    again = shown(RecordScreen(village, KINDS["group"]))
    assert again.form.values()["name"] == "abc"
    assert "上次没存完的还在" in banner(again)
    assert again.place.id == first.place.id
    again.discard()
    assert shown(RecordScreen(village, KINDS["group"])).form.values()["name"] == ""

    begun = {"name": "辉油组"}
    other = shown(RecordScreen(village, KINDS["group"], begin=begun))
    other.leave()
    assert shown(RecordScreen(village, KINDS["group"], begin={"name": "岩脚组"})).place.id != other.place.id


def test_stages_are_entered_after_saving_and_told_when_something_is_missing(shown: Any, village: Office) -> None:
    identifier = save(village, "case", **CASE)
    screen = shown(RecordScreen(village, KINDS["case"], identifier))
    ways = ["转为“已受理”", "转为“调查中”", "转为“调解中”", "转为“达成协议”", "转为“调解不成”"]
    assert acts(screen) == [*ways, "打印  F9", "历史", "作废"]
    screen.form.go("subject")
    keys("x")
    screen.advance("settled")
    assert {n for n, e in screen.form.editors.items() if e.property("state") == "bad"} == {
        "parties", "mediator", "agreed_on",
    }  # fmt: skip
    assert (kept(village, "case", identifier).stage, kept(village, "case", identifier).record.title[-1]) == (
        "registered",
        "x",
    )
    screen.advance("mediating")
    assert heading(screen)[1] == "调解中"


def test_a_finalised_record_is_read_until_it_is_corrected_with_a_reason(shown: Any, village: Office) -> None:
    identifier = final(village)
    screen = shown(RecordScreen(village, KINDS["meeting"], identifier))
    assert heading(screen)[1:] == ("已定稿", ["改错"])
    screen.form.go("place")
    keys("x")
    assert screen.form.changes() == {}

    press(Qt.Key.Key_F4)
    assert heading(screen)[1:] == ("已定稿", ["更正"])
    screen.form.go("place")
    keys("cunkou")
    assert not screen.save()
    assert screen.reason.hasFocus()
    keys("xiecuo")
    screen.leave()
    again = shown(RecordScreen(village, KINDS["meeting"], identifier))
    assert (again.reason.text(), again.form.changes()) == ("xiecuo", {"place": "cunkou"})
    assert again.save()
    screen.load()
    after = kept(village, "meeting", identifier)
    assert (after.edition, dumped(after.record)["place"]) == (2, "cunkou")
    assert heading(screen)[1:] == ("已定稿（第2版）", ["改错"])


def test_who_may_not_write_reads(shown: Any, village: Office) -> None:
    identifier = meeting(village)
    reader = replace(village, by=replace(village.by, duties=frozenset({Duty.READER})))
    screen = shown(RecordScreen(reader, KINDS["meeting"], identifier))
    screen.form.go("place")
    keys("x")
    assert (screen.form.changes(), heading(screen)[2], acts(screen)) == ({}, [], ["打印  F9", "历史"])
    assert not screen.save()


def test_what_is_struck_can_be_taken_back(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    screen.strike()
    assert heading(screen) == ("岑兴富", "已作废，在册", [])
    (words, back) = screen.said[-1]
    assert words == "“岑兴富”移到了回收站。"
    back()
    assert heading(screen) == ("岑兴富", "在册", ["保存"])


def test_escape_keeps_the_draft_and_says_it_is_left(shown: Any, village: Office, qtbot: QtBot) -> None:
    screen = shown(RecordScreen(village, KINDS["group"]))
    keys("hui")
    with qtbot.waitSignal(screen.left):
        press(Qt.Key.Key_Escape)
    with village.desk.reading() as session:
        assert [o.title for o in drafts.waiting(session, village)] == ["hui"]


def test_enter_after_the_last_field_leads_to_saving(shown: Any, village: Office) -> None:
    screen = shown(RecordScreen(village, KINDS["group"]))
    buttons = screen.heading().buttons
    buttons[-1].setParent(screen)
    buttons[-1].show()
    screen.form.go("population")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is buttons[-1]


def test_attachments_are_laid_where_the_clerk_says(
    shown: Any, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(record_module.QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    (tmp_path / "out").mkdir()
    (tmp_path / "a.jpg").write_bytes(b"picture")
    (tmp_path / "b.exe").write_bytes(b"program")
    paths = [str(tmp_path / name) for name in ("a.jpg", "b.exe")]
    identifier = save(
        village, "meeting", bodies=["村民代表会议"], subject="会", held_from="2026-11-18T14:30", files=paths
    )
    screen = shown(RecordScreen(village, KINDS["meeting"], identifier))
    files = screen.form.editors["files"]
    for row in (0, 1):
        files.list.setCurrentRow(row)
        files.look.click()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.jpg", "b.exe"]
    assert (tmp_path / "out" / "a.jpg").read_bytes() == b"picture"
    assert opened == ["a.jpg"]  # what came from elsewhere is never started


def test_f9_saves_what_was_typed_and_asks_for_the_papers(shown: Any, village: Office) -> None:
    identifier = save(village, "group", name="辉油")
    screen = shown(RecordScreen(village, KINDS["group"], identifier))
    places: list[Place] = []
    screen.asked.connect(places.append)
    keys("zu")
    press(Qt.Key.Key_F9)
    assert dumped(kept(village, "group", identifier).record)["name"] == "辉油zu"
    screen.form.go("name")
    for _ in range(4):
        press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_F9)  # what is to be mended keeps it here
    assert places == [Place("group", identifier, village.desk.me.org, act="print")]


def test_a_list_without_records_can_still_be_printed(shown: Any, village: Office) -> None:
    screen = shown(Ledger(village, KINDS["award"]))
    places: list[Place] = []
    screen.asked.connect(places.append)
    screen.open()
    screen.open("print")
    assert places == [Place("award", act="print")]


# --- the past -------------------------------------------------------------------------------------------


def test_an_old_version_is_read_and_brought_back_as_a_new_entry(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富", phone="1")
    records.edit(village, KINDS["person"], identifier, {"phone": "2", "nation": "布依族"})
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    screen.show_history()
    lines = [screen.history.list.item(n).text().split("　", 1)[1] for n in range(2)]
    assert lines == ["罗倩　存", "罗倩　新建"]
    screen.history.list.setCurrentRow(1)
    screen.history.back.click()
    assert screen.form.changes() == {"phone": "1", "nation": ""}
    assert screen.save()
    values = dumped(kept(village, "person", identifier).record)
    assert (values["phone"], values.get("nation")) == ("1", None)
    screen.show_history()
    assert screen.history.list.count() == 3


def test_escape_leads_from_the_past_to_the_form(shown: Any, village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    screen = shown(RecordScreen(village, KINDS["person"], identifier))
    left: list[int] = []
    screen.left.connect(lambda: left.append(1))
    screen.show_history()
    press(Qt.Key.Key_Escape)
    assert (screen.history, screen.form.isVisible(), left) == (None, True, [])


# --- the ledger -----------------------------------------------------------------------------------------


def rows(screen: Ledger, column: int = 0) -> list[str]:
    return [screen.model.data(screen.model.index(row, column)) for row in range(screen.model.rowCount())]


def test_a_ledger_lists_narrows_and_opens(shown: Any, village: Office) -> None:
    for day, subject in (("2026-11-02", "竹林"), ("2025-03-01", "水源"), ("2026-01-05", "水沟")):
        save(village, "case", **{**CASE, "accepted_on": day, "subject": subject})
    screen = shown(Ledger(village, KINDS["case"]))
    assert rows(screen) == ["2026-11-02 一", "2026-01-05 一", "2025-03-01 六"]
    assert rows(screen, 1) == ["竹林", "水沟", "水源"]
    assert screen.side.title.text() == "竹林"

    press(Qt.Key.Key_Down)
    assert screen.side.title.text() == "水沟"
    asked: list[Place] = []
    screen.asked.connect(asked.append)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F2)
    assert [(p.kind, bool(p.id)) for p in asked] == [("case", True), ("case", False)]

    press(Qt.Key.Key_Slash)
    screen.words.setText("水")
    press(Qt.Key.Key_Return)
    assert rows(screen, 1) == ["水沟", "水源"]
    assert screen.table.hasFocus()
    screen.year.setCurrentIndex(screen.year.findText("2025年"))
    screen.year.activated.emit(screen.year.currentIndex())
    assert rows(screen, 1) == ["水源"]
    screen.stage.setCurrentIndex(screen.stage.findText("已结案"))
    screen.stage.activated.emit(0)
    assert (rows(screen, 1), screen.stack.currentWidget()) == ([], screen.empty)


def test_an_open_list_follows_what_is_done_elsewhere_and_keeps_its_row(shown: Any, village: Office) -> None:
    for name in ("岑", "罗", "韦"):
        save(village, "person", name=name)
    screen = shown(Ledger(village, KINDS["person"]))
    screen.table.selectRow(1)
    before = screen.current.id
    bus.tell(records.save(village, KINDS["person"], [{"name": "安"}]))
    assert len(rows(screen)) == 4
    assert screen.current.id == before
    bus.tell(records.save(village, KINDS["group"], [{"name": "组"}]))
    assert len(rows(screen)) == 4


def test_delete_moves_a_record_to_the_bin_and_the_note_has_the_way_back(shown: Any, village: Office) -> None:
    save(village, "person", name="岑兴富")
    screen = shown(Ledger(village, KINDS["person"]))
    press(Qt.Key.Key_Delete)
    assert rows(screen) == []
    words, back = screen.said[-1]
    assert words == "“岑兴富”移到了回收站。"
    back()
    assert rows(screen) == ["岑兴富"]


def test_who_may_not_write_has_no_new_and_no_bin(shown: Any, village: Office) -> None:
    save(village, "award", household="王庆芬", year=2026)
    reader = replace(village, by=replace(village.by, duties=frozenset({Duty.READER})))
    screen = shown(Ledger(reader, KINDS["award"]))
    asked: list[Place] = []
    screen.asked.connect(asked.append)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Delete)
    assert (asked, len(rows(screen)), screen.new.isVisible()) == ([], 1, False)


def test_a_town_sees_whose_a_record_is_and_narrows_to_one_unit(shown: Any, town: Office) -> None:
    with town.desk.reading() as session:
        assert queries.org_names(session) == {"522731102": "好花红镇"}
    screen = shown(Ledger(town, KINDS["meeting"]))
    heads = [screen.model.headerData(n, Qt.Orientation.Horizontal) for n in range(screen.model.columnCount())]
    assert heads[-2:] == ["单位", "状态"]
    assert [screen.org.itemText(n) for n in range(screen.org.count())] == ["全部单位", "好花红镇"]


# --- the bin --------------------------------------------------------------------------------------------


def test_struck_records_of_every_kind_come_back_from_the_bin(shown: Any, village: Office) -> None:
    person, group = save(village, "person", name="岑兴富"), save(village, "group", name="辉油组")
    records.strike(village, KINDS["person"], person, reason="写重了")
    records.strike(village, KINDS["group"], group, reason="并组")
    screen = shown(Bin(village))
    assert [screen.list.item(n).text() for n in range(2)] == ["村民小组　辉油组", "村民　岑兴富"]
    press(Qt.Key.Key_Down)
    assert screen.why.text().endswith("罗倩作废：写重了")
    press(Qt.Key.Key_Return)
    assert not kept(village, "person", person).struck
    assert screen.list.count() == 1
    assert screen.side.isVisible()
    press(Qt.Key.Key_Return)
    assert screen.stack.currentIndex() == 1
    assert not screen.side.isVisible()


# --- after a crash --------------------------------------------------------------------------------------

TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from villagedesk.actions.office import Office
from villagedesk.base.paths import Places
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import opening
app = QApplication(["typing"])
desk = opening.unlock(Places(Path(sys.argv[1])), bytes.fromhex(sys.argv[2]))
office = Office(desk, Viewer(sys.argv[3], "x", frozenset(Duty), "village"))
screen = RecordScreen(office, KINDS["meeting"])
screen.kept.connect(lambda when: print("kept" if when else "lost", flush=True))
screen.show()
screen.activateWindow()
app.processEvents()
screen.form.go("minutes")
while True:
    QTest.keyClicks(QApplication.focusWidget(), "typing without a pause ", delay=5)
"""


@pytest.mark.slow
def test_typing_survives_a_kill_and_is_there_at_the_same_place(shown: Any, desks: Desks, tmp_path: Path) -> None:
    with desks.opened("village", tmp_path / "d"):
        pass
    running = subprocess.Popen(
        [sys.executable, "-P", "-c", TYPING, tmp_path / "d", desks.keys["village"].hex(), desks.viewers["village"].account],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )  # fmt: skip
    with running:
        assert running.stdout is not None
        assert [running.stdout.readline() for _ in range(2)] == [b"kept\n", b"kept\n"]
        running.send_signal(signal.SIGKILL)

    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"])
    try:
        office = Office(desk, desks.viewers["village"])
        with desk.reading() as session:
            (offer,) = drafts.waiting(session, office)
        screen = shown(RecordScreen(office, KINDS[offer.kind], offer.id))
        typed = screen.form.values()["minutes"]
        assert "typing without a pause ".startswith(typed[:23])
        assert len(typed) > 23
        assert screen.form.where() == ("minutes", len(typed))
        assert heading(screen)[1] == "没存过"
    finally:
        desk.close()


def test_a_record_advanced_under_an_open_form_is_read_only_at_once(shown: Any, village: Office) -> None:
    identifier = meeting(village)
    screen = shown(RecordScreen(village, KINDS["meeting"], identifier))
    bus.tell(flow.advance(village, KINDS["meeting"], identifier, "finalise"))
    assert heading(screen)[1:] == ("已定稿", ["改错"])


def test_a_list_that_has_nothing_yet_says_how_to_begin_and_one_that_found_nothing_how_to_find(
    shown: Any, village: Office
) -> None:
    ledger = shown(Ledger(village, KINDS["group"]))
    assert ledger.stack.currentWidget() is ledger.none
    save(village, "group", name="辉油组")
    ledger.words.setText("岩脚组")
    ledger.reload()
    assert ledger.stack.currentWidget() is ledger.empty
    ledger.words.clear()
    ledger.reload()
    assert ledger.stack.currentWidget() is ledger.table
