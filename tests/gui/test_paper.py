"""The papers of a record as they will be printed, with real keys on an open desk: seen, printed, kept, noted."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.unit.store.filling import final, meeting, raw, save
from villagedesk.actions import drafts, listing, prints
from villagedesk.actions.office import Office
from villagedesk.gui import printer
from villagedesk.gui.pages import Pages
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.screens import sticks
from villagedesk.gui.screens.help import Help
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.paper import PaperScreen
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.screens.sticks import Stick
from villagedesk.gui.window import Window
from villagedesk.gui.worker import worker_of
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries

CONTROL = Qt.KeyboardModifier.ControlModifier
MINUTES = [{"title": f"第{n}件事", "report": "大家都说要修，路不好走，雨天更难。" * 30} for n in range(1, 7)]
Show = Callable[..., PaperScreen]


@pytest.fixture
def shown(qtbot: QtBot, village: Office, monkeypatch: pytest.MonkeyPatch) -> Show:
    """The papers of a record, on a computer with one printer, or without."""

    def show(kind: str, identifier: str, *, printers: tuple[str, ...] = ("HP M126a",)) -> PaperScreen:
        monkeypatch.setattr(printer, "printers", lambda: list(printers))
        screen: Any = PaperScreen(village, KINDS[kind], identifier)
        screen.said = []
        screen.told.connect(lambda words, _: screen.said.append(words))
        screen.resize(1200, 600)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        screen.list.setFocus()
        settled(screen)
        return screen

    return show


def settled(screen: PaperScreen) -> None:
    """Every picture in sight is drawn."""
    for _ in range(20):
        QApplication.processEvents()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def banner(screen: PaperScreen) -> str:
    QApplication.processEvents()
    return "".join(b.accessibleName() for b in screen.findChildren(Banner) if b.isVisibleTo(screen))


def noted(office: Office, kind: str, identifier: str) -> list[tuple[Any, ...]]:
    with office.desk.reading() as session:
        kept = queries.one(session, office.by, KINDS[kind], identifier)
        rows = queries.printed(session, office.by, KINDS[kind], kept)
        return [(r.sheet, r.edition, r.draft, r.way, r.pages, r.copies, r.place) for r in rows]


def buttons(screen: PaperScreen) -> list[tuple[str, str]]:
    return [(b.accessibleName(), b.property("kind")) for b in screen.heading().buttons]


def dark(screen: PaperScreen, box: QRect) -> int:
    """How many pixels of a part of the viewport are ink."""
    picture = screen.view.viewport().grab(box).toImage()
    return sum(
        picture.pixelColor(x, y).lightness() < 100 for x in range(picture.width()) for y in range(picture.height())
    )


# --- what is seen ---------------------------------------------------------------------------------------


def test_the_pages_stand_in_the_window_as_they_will_be_printed(shown: Show, village: Office) -> None:
    screen = shown("meeting", final(village))
    assert screen.made is not None
    with pdfplumber.open(BytesIO(screen.made.data)) as paper:
        page = paper.pages[0]
        words = [word for word in page.extract_words() if "会议记录" in word["text"]]
        scale = screen.view._boxes[0].width() / float(page.width)  # noqa: SLF001 -- where the page stands
        sides = [round(float(words[0][side]) * scale) for side in ("x0", "top", "x1", "bottom")]
    corner = screen.view._boxes[0].topLeft()  # noqa: SLF001
    title = QRect(sides[0], sides[1], sides[2] - sides[0], sides[3] - sides[1]).translated(corner)

    assert dark(screen, title) > title.width() * title.height() * 0.1
    assert dark(screen, title.translated(0, -title.height() * 2)) == 0  # above it the paper is white
    assert buttons(screen) == [("存成PDF", "plain"), ("打印", "filled")]
    assert banner(screen) == ""


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_paper_stays_white_in_a_dark_window(shown: Show, village: Office, qapp: Any, scheme: Any) -> None:
    from villagedesk.gui import theme

    theme.apply(qapp, scheme=scheme)
    screen = shown("meeting", meeting(village))
    corner = screen.view._boxes[0].topLeft()  # noqa: SLF001
    picture = screen.view.viewport().grab().toImage()
    assert picture.pixelColor(corner.x() + 5, corner.y() + 5).lightness() == 255
    assert picture.pixelColor(2, corner.y() + 5).lightness() < 60


def test_up_and_down_choose_the_paper(shown: Show, village: Office) -> None:
    screen = shown("meeting", meeting(village))
    called = [screen.list.item(n).text() for n in range(screen.list.count())]
    assert called == [
        "会议记录", "会议通知", "会议签到表", "会议纪要", "会议登记表", "会议登记册", "空白会议记录", "空白会议签到表",
    ]  # fmt: skip
    seen: list[Any] = [screen.made]
    for _ in called[1:]:
        press(Qt.Key.Key_Down)
        seen.append(screen.made)
    assert [made.name for made in seen] == called
    assert len({made.data for made in seen}) == len(called)
    assert [screen.heading().title, screen.heading().chip] == ["打印：空白会议签到表", None]


def test_a_list_and_a_form_for_the_pen_are_printed_without_a_record(
    shown: Show, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = shown("person", "")
    assert [screen.list.item(n).text() for n in range(screen.list.count())] == ["村民花名册", "空白村民登记表"]
    width, height = Pages(screen.made.data).sizes[0] if screen.made else (0, 0)
    assert width > height  # a list lies on its side
    assert banner(screen) == ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _p, _t, path, _f: (str(tmp_path / Path(path).name), ""))
    screen.save()
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["好花红村村民花名册.pdf"]
    with raw(village) as cursor:
        assert cursor.execute("SELECT kind, id, sheet, way FROM printed").fetchall() == [
            ("person", "", "list", "folder")
        ]


def test_keys_turn_and_magnify_the_pages(shown: Show, village: Office) -> None:
    screen = shown("meeting", meeting(village, agenda=MINUTES))
    view = screen.view
    assert (view.page, view.count > 2) == (1, True)
    assert view.accessibleName() == f"纸面，第1页，共{view.count}页"
    press(Qt.Key.Key_End)
    assert view.page == view.count
    assert f"共{view.count}页" in screen.at.text().replace("\u00a0", "")
    press(Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() < view.verticalScrollBar().maximum()
    press(Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() == 0
    press(Qt.Key.Key_PageDown)
    assert 0 < view.verticalScrollBar().value() < view.viewport().height()
    press(Qt.Key.Key_Plus)
    assert view.zoom == 1.25
    for _ in range(9):
        press(Qt.Key.Key_Minus)
    settled(screen)
    assert view.zoom == 0.5
    assert len(view._pictures) >= 2  # noqa: SLF001 -- smaller pages are in sight together, and drawn


def test_pictures_of_pages_far_away_are_let_go(shown: Show, village: Office) -> None:
    screen = shown("meeting", meeting(village, agenda=MINUTES * 4))
    view = screen.view
    assert view.count > 10
    for _ in range(4 * view.count):
        view.turn(1)
        settled(screen)
    assert len(view._pictures) <= 8  # noqa: SLF001
    assert view.count - 1 in view._pictures  # noqa: SLF001


def test_characters_no_face_has_are_named(shown: Show, village: Office) -> None:
    screen = shown("meeting", final(village, recorder="罗\U000323b0", chair="韦\ue863林", place="\ue863家"))
    assert banner(screen) == "有字打不出来，纸上印成〓：〓家、罗〓。请手写补上。"
    assert screen.made is not None
    with pdfplumber.open(BytesIO(screen.made.data)) as paper:
        assert "罗〓" in "".join(page.extract_text() for page in paper.pages)
    screen.list.setCurrentRow(list(screen._called).index("signin"))  # noqa: SLF001 -- who wrote it does not stand there
    assert banner(screen) == "有字打不出来，纸上印成〓：30〓家。请手写补上。"


def test_they_are_named_on_a_list_too(shown: Show, village: Office) -> None:
    save(village, "person", name="罗\ue863")
    screen = shown("person", "")
    assert banner(screen) == "有字打不出来，纸上印成〓：罗〓。请手写补上。"


def test_a_draft_says_so_and_what_is_not_saved_too(shown: Show, village: Office) -> None:
    identifier = meeting(village)
    screen = shown("meeting", identifier)
    assert banner(screen) == "还没定稿，纸上印着“草稿　第1稿”。"
    drafts.keep(village, KINDS["meeting"], identifier, {"place": "院坝"})
    screen.show_paper()
    assert banner(screen).startswith("还有写了没保存的，纸上是上次保存的样子。")


def test_a_record_that_is_not_there_is_said_so(shown: Show, village: Office) -> None:
    screen = shown("meeting", "0123456789AB")
    assert "0123456789AB" in banner(screen)
    assert (buttons(screen), screen.view.count, screen.at.text()) == ([], 0, "")
    for deed in (screen.print, screen.save, screen.put_on_stick):
        deed()  # there is nothing to be done, and nothing breaks
    assert not screen.to_stick.isEnabled()


# --- what is done ---------------------------------------------------------------------------------------


def to_file(monkeypatch: pytest.MonkeyPatch, path: Path, copies: int = 1) -> None:
    """The system's dialog says yes, and the printer prints into a file."""

    def asked(machine: QPrinter, _: object) -> bool:
        machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        machine.setOutputFileName(str(path))
        machine.setResolution(150)
        machine.setCopyCount(copies)
        return True

    monkeypatch.setattr(printer, "asked", asked)


def test_ctrl_p_prints_the_chosen_pages_and_notes_it(
    shown: Show, village: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = meeting(village, agenda=MINUTES)
    screen = shown("meeting", identifier)
    to_file(monkeypatch, tmp_path / "out.pdf", copies=2)
    screen.part.setFocus()
    QTest.keyClicks(screen.part, "9")
    press(Qt.Key.Key_P, CONTROL)
    assert screen.part.property("state") == "bad"
    assert noted(village, "meeting", identifier) == []

    screen.part.clear()
    QTest.keyClicks(screen.part, "1-2")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: not worker_of(screen).busy, timeout=20000)

    assert len(Pages((tmp_path / "out.pdf").read_bytes())) == 4
    (row,) = noted(village, "meeting", identifier)
    assert row[:6] == ("minutes", 0, 1, "printer", "1-2", 2)
    assert screen.said == ["交给打印机了：会议记录2份。"]  # type: ignore[attr-defined]


def test_what_the_dialog_is_told_no_to_is_not_printed_or_noted(
    shown: Show, village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = meeting(village)
    screen = shown("meeting", identifier)
    monkeypatch.setattr(printer, "asked", lambda *_: False)
    press(Qt.Key.Key_F9)
    assert not worker_of(screen).busy
    assert noted(village, "meeting", identifier) == []


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_told_and_nothing_is_noted(
    shown: Show, village: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = meeting(village)
    screen = shown("meeting", identifier)
    to_file(monkeypatch, tmp_path / "none" / "out.pdf")
    screen.print()
    qtbot.waitUntil(lambda: not worker_of(screen).busy, timeout=20000)
    assert banner(screen).startswith("打印机没有接。")
    assert noted(village, "meeting", identifier) == []


def test_without_a_printer_it_is_kept_as_pdf(
    shown: Show, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = final(village)
    screen = shown("meeting", identifier, printers=())
    assert buttons(screen) == [("存成PDF", "filled")]
    assert not screen.printer.isEnabled()
    press(Qt.Key.Key_P, CONTROL)
    assert screen.said == ["这台电脑没有装打印机。按Ctrl+S存成PDF。"]  # type: ignore[attr-defined]

    offered: list[str] = []

    def chosen(_parent: object, _title: str, path: str, _filter: str) -> tuple[str, str]:
        offered.append(Path(path).name)
        return str(tmp_path / "会"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    assert not screen.open.isVisible()
    press(Qt.Key.Key_S, CONTROL)
    assert offered == [f"会议记录-第3次村民代表会议-{identifier}.pdf"]
    assert screen.made is not None
    assert (tmp_path / "会.pdf").read_bytes() == screen.made.data
    assert screen.open.isVisible()
    assert noted(village, "meeting", identifier) == [("minutes", 1, screen.made.draft, "folder", "", 1, str(tmp_path))]


def test_ctrl_u_puts_it_on_the_stick(
    shown: Show, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = meeting(village)
    plugged: list[Stick] = []
    monkeypatch.setattr(sticks, "plugged", lambda: plugged)
    screen = shown("meeting", identifier)
    press(Qt.Key.Key_U, CONTROL)
    assert screen.said == ["还没有插U盘。插上再按一次。"]  # type: ignore[attr-defined]
    (tmp_path / "stick").mkdir()
    plugged.append(Stick(tmp_path / "stick", "KINGSTON", 3 << 30))
    screen.sticks.look()
    assert screen.to_stick.isEnabled()
    press(Qt.Key.Key_U, CONTROL)
    (laid,) = (tmp_path / "stick").iterdir()
    assert screen.made is not None
    assert laid.read_bytes() == screen.made.data
    assert noted(village, "meeting", identifier)[0][-1] == str(tmp_path / "stick")


def test_a_place_that_cannot_be_written_is_told(
    shown: Show, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = meeting(village)
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "file" / "a.pdf"), ""))
    screen = shown("meeting", identifier)
    screen.save()
    assert banner(screen)
    assert noted(village, "meeting", identifier) == []


# --- the way there and back -----------------------------------------------------------------------------


def test_f9_leads_from_a_list_and_from_a_record_and_escape_back(
    qtbot: QtBot, village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "printers", list)
    identifier = meeting(village)
    window = Window(village)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.to_place("meeting")
    now: Any = window.screen_now
    assert isinstance(now, Ledger)
    now.table.setFocus()
    press(Qt.Key.Key_F9)
    assert isinstance(window.screen_now, PaperScreen)
    assert window.where()[1] == Place("meeting", identifier, village.desk.me.org, act="print")
    assert [b.accessibleName() for b in window.header.findChildren(QPushButton) if b.isVisible()] == ["存成PDF"]
    press(Qt.Key.Key_F1)
    assert isinstance(window.screen_now, Help)
    assert window.screen_now.list.currentItem().text() == "打印"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert window.screen_now is now

    window.to_record(Place("meeting", identifier))
    record = window.screen_now
    assert isinstance(record, RecordScreen)
    record.form.go("place")
    QTest.keyClicks(QApplication.focusWidget(), "yuan")
    press(Qt.Key.Key_F9)
    paper = window.screen_now
    assert isinstance(paper, PaperScreen)
    assert paper.made is not None
    assert paper.made.kept.record.model_dump()["place"] == "yuan"  # saved on the way
    press(Qt.Key.Key_Escape)
    assert window.screen_now is record


def test_f6_goes_from_the_papers_to_the_pages_to_what_is_to_be_done(shown: Show, village: Office) -> None:
    screen = shown("meeting", meeting(village))
    seen = []
    for _ in range(3):
        press(Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [screen.view, screen.copies, screen.list]


def test_the_past_of_a_record_lists_what_was_printed(qtbot: QtBot, village: Office, tmp_path: Path) -> None:
    identifier = save(village, "person", name="岑兴富")
    made = prints.make(village, KINDS["person"], identifier)
    prints.put(village, made, tmp_path / "a.pdf")
    prints.noted(village, made, "printer", place="HP", pages="2-4", copies=3)
    screen = RecordScreen(village, KINDS["person"], identifier)
    qtbot.addWidget(screen)
    screen.show_history()
    assert screen.history is not None
    lines = [screen.history.printed.item(n).text().split("　", 1)[1] for n in range(2)]
    assert lines == [
        "罗倩　村民登记表第1稿，打印第2-4页3份：HP",
        f"罗倩　村民登记表第1稿，存成PDF：{tmp_path}",
    ]
    with village.desk.reading() as session:
        other = queries.one(session, village.by, KINDS["person"], save(village, "person", name="岑兴贵"))
        assert listing.printed(session, village.by, KINDS["person"], other) == []
