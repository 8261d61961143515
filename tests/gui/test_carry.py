"""The stick in the window: cards, away, looked at, taken in, answered, and back; with real keys on two open desks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import SECRET, VILLAGE, Clock
from tests.pdf.reading import page_words_of
from tests.unit.store.filling import CASE, final, meeting, save
from villagedesk.actions import enrol, flow, incoming, outgoing, parcels, records, reviews
from villagedesk.actions.office import Founding, Office, found
from villagedesk.actions.standing import Standing, standings
from villagedesk.base.paths import Places
from villagedesk.exchange.refusal import SENTENCES
from villagedesk.gui.parts.words import Words
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens import sticks
from villagedesk.gui.screens.carry import CarryScreen
from villagedesk.gui.screens.conflict import ConflictScreen
from villagedesk.gui.screens.overview import OverviewScreen
from villagedesk.gui.screens.preview import STATES
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.sticks import Stick
from villagedesk.gui.screens.takein import TakeInScreen
from villagedesk.gui.worker import Steps, Stopped, worker_of
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.town import Verdict
from villagedesk.store import journal, queries
from villagedesk.store.tables import Link

CONTROL = Qt.KeyboardModifier.ControlModifier
Show = Callable[[Any], Any]


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one stick that is plugged in, as long as its folder is there."""
    path = tmp_path / "stick"
    path.mkdir()
    monkeypatch.setattr(sticks, "plugged", lambda: [Stick(path, "KINGSTON", 3 << 30)] if path.is_dir() else [])
    return path


@pytest.fixture
def show(qtbot: QtBot, on_display: Callable[..., Any]) -> Show:
    """Put a screen on the display, and wait until it has the keys."""

    def shown(screen: Any) -> Any:
        on_display(screen)
        qtbot.waitUntil(lambda: screen.isAncestorOf(QApplication.focusWidget()))
        return screen

    return shown


def said(screen: Any) -> list[str]:
    """What a screen has said, without the ways back."""
    return [words for words, _ in screen.said]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def button(widget: QWidget, word: str) -> QPushButton:
    QApplication.processEvents()  # a layout shows what was put into it at the next turn
    (found,) = (b for b in widget.findChildren(QPushButton) if b.accessibleName() == word and b.isVisibleTo(widget))
    return found


def text(widget: QWidget) -> str:
    """Every word on it that can be seen."""
    QApplication.processEvents()
    return "\n".join(w.text() for w in widget.findChildren(Words) if w.isVisibleTo(widget)).replace("\u00a0", "")


def worked(screen: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not worker_of(screen).busy)


def known(one: Office, other: Office, stick: Path) -> None:
    for giver, taker in ((one, other), (other, one)):
        path, card = enrol.write_card(giver, stick)
        enrol.enrol(taker, path, digits=card.digits)


@pytest.fixture
def pair(village: Office, town: Office, stick: Path) -> tuple[Office, Office]:
    """A village's desk and a town's that know each other."""
    known(village, town, stick)
    return village, town


def twin(village: Office, tmp_path: Path) -> Office:
    """A second laptop of the same village, with keys of its own."""
    founding = Founding("village", village.desk.me.org, village.desk.me.name, "吴昌平", 2)
    office, _ = found(Places(tmp_path / "second"), founding, SECRET, recovery=False)
    return office


def test_cards_are_exchanged_with_their_digits_compared(village: Office, town: Office, stick: Path, show: Show) -> None:
    here, there = show(CarryScreen(village)), show(CarryScreen(town))
    assert "还不知道交给谁" in text(here)
    here.cards.write.click()
    _, card = enrol.write_card(village, stick)
    assert all(group in text(here.cards) for group in card.digits.split())

    there.cards.load.click()
    assert all(group in text(there.cards) for group in card.digits.split())
    button(there.cards, "一样，登记").click()

    with town.desk.reading() as session:
        assert parcels.partners(session, town) == [parcels.Partner(VILLAGE, "好花红村", 1, True)]
    assert said(there) == ["登记好了：好花红村，数字核对过。"]
    assert there.to.currentData() == [VILLAGE]


def test_the_digits_of_a_card_are_printed_apart_from_the_stick(village: Office, stick: Path, show: Show) -> None:
    here = show(CarryScreen(village))
    button(here.cards, "打印指纹卡").click()
    paper = show(screen_of(village, here.places[-1]))
    _, card = enrol.write_card(village, stick)
    (words,) = page_words_of(paper.made.data)
    assert all(words.count(group) >= 2 for group in card.digits.split())  # one half for either side
    assert [path.suffix for path in stick.iterdir()] == [".txt"]


def test_a_card_whose_digits_differ_is_not_noted(village: Office, town: Office, stick: Path, show: Show) -> None:
    enrol.write_card(village, stick)
    screen = show(CarryScreen(town))
    screen.cards.load.click()
    button(screen.cards, "不一样").click()

    with town.desk.reading() as session:
        assert parcels.partners(session, town) == []
    assert "没有登记" in said(screen)[0]


def test_a_file_that_only_bears_the_name_of_a_card_is_told_of(town: Office, stick: Path, show: Show) -> None:
    with (stick / "vd1-card-x.txt").open("wb") as file:
        file.truncate(1 << 33)
    screen = show(CarryScreen(town))
    screen.cards.load.click()
    assert "vd1-card-x.txt：" in text(screen.cards)


def test_records_go_up_are_looked_at_taken_in_answered_and_the_answer_comes_back(  # noqa: PLR0915 -- one story
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot
) -> None:
    village, town = pair
    identifier = final(village)
    save(village, "case", **CASE, mediator="罗倩")

    away = show(CarryScreen(village))
    assert "会议" in text(away.tallies)
    assert "只带统计数" in text(away.tallies)
    press(Qt.Key.Key_S, CONTROL)
    worked(away, qtbot)
    assert away.finish.title.text() == "写好了，可以拔U盘"
    assert "KINGSTON" in text(away.finish)
    assert [p.name.startswith("vd1-") for p in stick.glob("*.age")] == [True]

    here = show(TakeInScreen(town))
    assert (here.list.count(), here.list.hasFocus()) == (1, True)
    press(Qt.Key.Key_Return)
    worked(here, qtbot)
    assert here.heading().chip == ("先看后收，还没写进来", "acc", "eye")
    looks = [here.preview.list.item(i).data(Qt.ItemDataRole.UserRole) for i in range(here.preview.list.count())]
    assert [(x.kind, x.state) for x in looks if x.kind in ("meeting", "case", "case_summary")] == [
        ("meeting", "new"), ("case_summary", "new"), ("case", "withheld"),
    ]  # fmt: skip
    with town.desk.reading() as session:
        assert queries.counted(session, town.by, KINDS["meeting"]) == 0
    press(Qt.Key.Key_S, CONTROL)
    worked(here, qtbot)
    assert here.receipt.title.text() == "收下了"
    with town.desk.reading() as session:
        assert queries.counted(session, town.by, KINDS["meeting"]) == 1

    press(Qt.Key.Key_F9)
    paper = show(screen_of(town, here.places[-1]))
    words = "".join(page_words_of(paper.made.data))
    code = words[words.index("同一份回执）") + 6 :][:12]
    assert code.isdigit()
    assert code in here.receipt.said.replace(" ", "")

    over = show(OverviewScreen(town))
    assert over.model.state(0, 11) == "waiting"
    over.grid.setCurrentIndex(over.model.index(0, 11))
    over.grid.setFocus()
    press(Qt.Key.Key_Return)
    assert over.behind.list.hasFocus()
    press(Qt.Key.Key_Return)
    assert over.places == [Place("meeting", identifier, VILLAGE)]
    over.behind.send.click()
    assert "退回时请写明要补正什么" in text(over.behind)
    over.behind.remark.insert("请补写监票人。")
    over.behind.send.click()
    assert over.model.state(0, 11) == "returned"

    down = show(CarryScreen(town))
    press(Qt.Key.Key_S, CONTROL)
    worked(down, qtbot)
    back = show(TakeInScreen(village))
    press(Qt.Key.Key_Return)
    worked(back, qtbot)
    press(Qt.Key.Key_S, CONTROL)
    worked(back, qtbot)

    home = show(CarryScreen(village))
    code = here.receipt.said.replace(" ", "")
    with village.desk.reading() as session:
        (receipt,) = parcels.receipts(session, village)
    assert receipt.code in code
    assert receipt.code in back.receipt.said.replace(" ", "")
    assert f"好花红镇收到了本机的第{receipt.no}号包" in back.receipt.said.replace("\u00a0", "")
    assert receipt.code in text(home.receipts)
    assert "请补写监票人。" in text(home.receipts)
    button(home.receipts, "退回：第3次村民代表会议").click()
    assert home.places == [Place("meeting", identifier, VILLAGE)]
    assert "没有新的要带" in text(home)

    flow.amend(village, KINDS["meeting"], identifier, {"tellers": "岑兴富"}, reason="镇里退回补正")
    home.reload()
    assert "请补写监票人。" not in text(home.receipts)


def test_a_correction_shows_what_was_and_what_comes(
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot
) -> None:
    village, town = pair
    identifier = meeting(village)
    [first] = outgoing.export(village, stick)
    incoming.take_in(town, first.path)
    first.path.unlink()
    records.edit(village, KINDS["meeting"], identifier, {"place": "村委会三楼"})
    outgoing.export(village, stick)

    screen = show(TakeInScreen(town))
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    look = screen.preview.list.item(0).data(Qt.ItemDataRole.UserRole)
    assert (look.state, look.changes) == ("changed", (("地点", "（空）", "村委会三楼"),))
    assert "村委会三楼" in text(screen.preview.detail)
    assert STATES[look.state].word == "更正"
    press(Qt.Key.Key_Escape)
    with town.desk.reading() as session:
        assert queries.one(session, town.by, KINDS["meeting"], identifier).record.place == ""  # type: ignore[attr-defined]
    assert screen.list.hasFocus()


def test_a_bundle_whose_forerunner_is_missing_waits_and_says_so(
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot
) -> None:
    """As after a town's laptop was put back to before what it had acknowledged."""
    village, town = pair
    meeting(village)
    with village.desk.writing() as session:
        mine = journal.streams(session)[village.desk.me.did]
        acked = {mine.did: [mine.seq, mine.head.hex()]}
        session.merge(Link(peer=town.desk.me.did, acked=json.dumps(acked)))
    meeting(village)
    [sent] = outgoing.export(village, stick)

    screen = show(TakeInScreen(town))
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    assert "缺前面的记录" in text(screen.preview)
    press(Qt.Key.Key_S, CONTROL)
    worked(screen, qtbot)
    assert screen.receipt.title.text() == "先存在本机，等前面的包"
    assert [p.stat().st_size for p in town.desk.places.inbox.glob("*.age")] == [sent.size]


def test_a_strangers_bundle_is_refused_in_the_words_of_the_format(
    pair: tuple[Office, Office], tmp_path: Path, stick: Path, show: Show, qtbot: QtBot
) -> None:
    village, town = pair
    stranger = twin(village, tmp_path)
    path, card = enrol.write_card(town, stick)
    enrol.enrol(stranger, path, digits=card.digits)
    outgoing.export(stranger, stick)
    stranger.desk.close()
    screen = show(TakeInScreen(town))
    assert "没有登记的电脑" in screen.list.item(0).text()
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    assert screen.warning.startswith(SENTENCES["unknown_device"])
    assert list(town.desk.places.inbox.glob("*.age")) == []


def test_a_bundle_that_was_not_copied_whole_is_refused(
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot
) -> None:
    village, town = pair
    [sent] = outgoing.export(village, stick)
    sent.path.write_bytes(sent.path.read_bytes()[:-40])
    screen = show(TakeInScreen(town))
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    assert screen.warning.startswith(SENTENCES["truncated"])
    assert screen.list.hasFocus()


def test_a_stick_that_is_pulled_is_told_of(pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot) -> None:
    village, town = pair
    [sent] = outgoing.export(village, stick)
    screen = show(TakeInScreen(town))
    assert screen.list.count() == 1
    sent.path.rename(stick.parent / "away.age")
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    assert "读不到数据包" in screen.warning
    for path in stick.iterdir():
        path.unlink()
    stick.rmdir()
    screen.sticks.look()
    assert (screen.sticks.folder, screen.list.count()) == (None, 0)
    assert "还没有插U盘" in text(screen.sticks)

    away = show(CarryScreen(village))
    press(Qt.Key.Key_S, CONTROL)
    assert said(away) == ["先插上U盘，或者选一个文件夹。"]


def test_an_export_that_is_stopped_leaves_nothing(
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    village, _ = pair
    meeting(village)
    monkeypatch.setattr(Steps, "at", lambda self, *_: (_ for _ in ()).throw(Stopped("已停下，没有做完的都没有记。")))
    before = {p.name for p in stick.iterdir()}
    screen = show(CarryScreen(village))
    press(Qt.Key.Key_S, CONTROL)
    worked(screen, qtbot)
    assert said(screen) == ["已停下，没有做完的都没有记。"]
    assert {p.name for p in stick.iterdir()} == before
    monkeypatch.undo()
    [sent] = outgoing.export(village, stick)
    assert sent.no == 1


def test_taking_in_that_is_stopped_is_taken_back(pair: tuple[Office, Office], stick: Path) -> None:
    village, town = pair
    meeting(village)
    [sent] = outgoing.export(village, stick)

    def stopped(done: int, whole: int) -> None:
        raise Stopped(f"{done}/{whole}")

    with pytest.raises(Stopped, match=f"0/{sent.entries}"):
        incoming.take_in(town, sent.path, progress=stopped)
    with town.desk.reading() as session:
        assert queries.counted(session, town.by, KINDS["meeting"]) == 0
    assert list(town.desk.places.inbox.glob("*.age")) == []


def test_progress_counts_every_entry_twice_and_never_past_the_whole(pair: tuple[Office, Office], stick: Path) -> None:
    village, _ = pair
    records.save(village, KINDS["person"], [{"name": f"村民{n}"} for n in range(250)])
    told: list[tuple[int, int]] = []
    [sent] = outgoing.export(village, stick, progress=lambda *far: told.append(far))
    assert {whole for _, whole in told} == {2 * sent.entries}
    assert [done for done, _ in told] == list(range(0, 2 * sent.entries, 100))


def test_full_content_asks_for_its_reason(pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot) -> None:
    village, town = pair
    save(village, "case", **CASE, mediator="罗倩")
    screen = show(CarryScreen(village))
    screen.full.setChecked(True)
    assert "只带统计数" not in text(screen.tallies)
    press(Qt.Key.Key_S, CONTROL)
    assert "请写明为什么带完整内容" in text(screen.why)
    assert list(stick.glob("*.age")) == []
    screen.reason.insert("县级行政复议调阅")
    press(Qt.Key.Key_S, CONTROL)
    worked(screen, qtbot)
    [path] = stick.glob("*.age")
    incoming.take_in(town, path)
    with town.desk.reading() as session:
        assert queries.counted(session, town.by, KINDS["case"]) == 1


def test_a_village_is_never_behind_before_the_day(
    pair: tuple[Office, Office], stick: Path, show: Show, clock: Clock
) -> None:
    village, town = pair
    final(village, held_from="2026-09-18T14:30")
    [sent] = outgoing.export(village, stick)
    incoming.take_in(town, sent.path)
    for day, states in (
        ("2026-11-09T12:00", ["ahead", "waiting", "due", "due", "ahead"]),
        ("2026-11-10T20:00", ["ahead", "waiting", "missing", "due", "ahead"]),
    ):
        clock.set(day)
        screen = show(OverviewScreen(town))
        assert [screen.model.state(0, month) for month in (8, 9, 10, 11, 12)] == states


def test_in_a_narrow_window_the_records_take_the_boards_place_and_escape_brings_it_back(
    pair: tuple[Office, Office], stick: Path, show: Show
) -> None:
    village, town = pair
    final(village)
    incoming.take_in(town, outgoing.export(village, stick)[0].path)
    screen = show(OverviewScreen(town))
    screen.resize(700, 500)
    QApplication.processEvents()
    assert (screen.board.isVisible(), screen.side.isVisible()) == (True, False)
    screen.grid.setFocus()
    press(Qt.Key.Key_Return)
    assert (screen.board.isVisible(), screen.side.isVisible(), screen.behind.list.hasFocus()) == (False, True, True)
    press(Qt.Key.Key_Escape)
    assert (screen.board.isVisible(), screen.side.isVisible(), screen.grid.hasFocus()) == (True, False, True)


def test_a_sum_opens_the_records_it_stands_on(pair: tuple[Office, Office], stick: Path, show: Show) -> None:
    village, town = pair
    identifiers = {final(village), meeting(village, subject="没开完的会", held_from="2026-10-18T14:30")}
    [sent] = outgoing.export(village, stick)
    incoming.take_in(town, sent.path)
    screen = show(OverviewScreen(town))
    screen.switch.choose(1)
    (row,) = (r for r in range(screen.sums.rowCount()) if screen.sums.index(r, 1).data() == "村民代表会议")
    for column, count in ((2, "2"), (3, "1")):
        assert screen.sums.index(row, column).data() == count
        screen.table.setCurrentIndex(screen.sums.index(row, column))
        assert screen.behind.list.count() == int(count)
    screen.table.setCurrentIndex(screen.sums.index(row, 2))
    assert {k.id for k in screen.behind.shown} == identifiers


def test_a_field_changed_on_two_laptops_is_chosen_with_the_arrows(
    village: Office, tmp_path: Path, stick: Path, show: Show
) -> None:
    identifier = meeting(village)
    second = twin(village, tmp_path)
    known(village, second, stick)
    [sent] = outgoing.export(village, stick, to_org=VILLAGE)
    incoming.take_in(second, sent.path)
    records.edit(village, KINDS["meeting"], identifier, {"place": "村委会二楼"})
    records.edit(second, KINDS["meeting"], identifier, {"place": "鼓楼坪"})
    [sent] = outgoing.export(second, stick, to_org=VILLAGE)
    [report] = incoming.take_in(village, sent.path, preview=True)
    assert [(x.state, x.changes[0][0]) for x in report.looks if x.id == identifier] == [("clash", "地点")]
    incoming.take_in(village, sent.path)

    screen = show(ConflictScreen(village))
    (choice,) = screen.open
    assert {side.toolTip() for side in choice.sides} == {"村委会二楼", "鼓楼坪"}
    press(Qt.Key.Key_S, CONTROL)
    assert said(screen) == ["还有1处没选。"]
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Right)
    chosen = choice.sides[1].toolTip()
    press(Qt.Key.Key_S, CONTROL)
    assert said(screen)[1:] == ["定下来了：“第3次村民代表会议”。另一份在历史里。"]
    assert screen.empty.isVisibleTo(screen)
    with village.desk.reading() as session:
        kept = queries.one(session, village.by, KINDS["meeting"], identifier)
        last = queries.history(session, village.by, KINDS["meeting"], kept)[-1]
        assert queries.clashes(session, village.by) == []
    assert (kept.record.place, last.env.op, len(last.env.par or ())) == (chosen, "merge", 2)  # type: ignore[attr-defined]
    second.desk.close()


def test_the_words_of_a_case_are_not_in_the_towns_look(
    pair: tuple[Office, Office], stick: Path, show: Show, qtbot: QtBot
) -> None:
    village, town = pair
    save(village, "case", **CASE, mediator="罗倩")
    outgoing.export(village, stick)
    screen = show(TakeInScreen(town))
    press(Qt.Key.Key_Return)
    worked(screen, qtbot)
    said = text(screen) + "".join(screen.preview.list.item(i).text() for i in range(screen.preview.list.count()))
    assert [word for word in ("韦国珍", "竹林") if word in said] == []


def test_how_a_record_stands_is_told_from_written_to_finalised_to_there_to_returned(
    pair: tuple[Office, Office], stick: Path
) -> None:
    village, town = pair
    cls = KINDS["meeting"]

    def stands(identifier: str) -> Standing:
        with village.desk.reading() as session:
            return standings(session, village).of(queries.one(session, village.by, cls, identifier))

    def carried(giver: Office, taker: Office) -> None:
        (sent,) = outgoing.export(giver, stick)
        incoming.take_in(taker, sent.path)

    first, second = meeting(village), final(village)
    assert (stands(first), stands(second)) == (Standing.OPEN, Standing.SETTLED)
    carried(village, town)
    assert stands(second) is Standing.SETTLED  # on its way: the town has not answered
    carried(town, village)
    assert (stands(first), stands(second)) == (Standing.OPEN, Standing.THERE)
    reviews.review(town, cls, second, Verdict.RETURN, "缺签名页")
    carried(town, village)
    assert stands(second) is Standing.RETURNED
    flow.amend(village, cls, second, {"place": "村委会"}, reason="补签名页")
    assert stands(second) is Standing.SETTLED
    records.strike(village, cls, first, reason="记重了")
    assert stands(first) is Standing.STRUCK
