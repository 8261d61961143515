"""The recovery key: printed from memory, copied by hand where there is no printer, laid down as a file only on wish."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlmodel import select

from tests.pdf.reading import Code, codes
from villagedesk.actions.office import Office
from villagedesk.gui import printer
from villagedesk.gui.recovery import NO_PRINTER, RecoveryKey
from villagedesk.gui.screens.accounts import Accounts
from villagedesk.gui.worker import worker_of
from villagedesk.store.keys import recovery_key, recovery_words
from villagedesk.store.tables import Printed

SECRET = bytes(range(1, 33))
WORDS = recovery_words(SECRET)


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The printers of this computer."""
    names = ["HP M126a"]
    monkeypatch.setattr(printer, "printers", lambda: names)
    return names


@pytest.fixture
def key(qtbot: QtBot, village: Office, machines: list[str]) -> Iterator[RecoveryKey]:
    widget = RecoveryKey()
    qtbot.addWidget(widget)
    widget.show_key(WORDS, village)
    widget.show()
    yield widget
    qtbot.waitUntil(lambda: not worker_of(widget).busy, timeout=20_000)


def noted(office: Office) -> list[tuple[Any, ...]]:
    with office.desk.reading() as session:
        return [(r.kind, r.id, r.sheet, r.way, r.copies, r.place) for r in session.exec(select(Printed))]


def opened_by(page: list[Code]) -> bytes:
    """The key that the code on a page is."""
    rows = [page[0].text[n : n + 22] for n in range(0, 88, 22)]
    return recovery_key("".join(name + row for name, row in zip("甲乙丙丁", rows, strict=True)))


def out_of_the_printer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """A printer that prints into a file, and a person who says yes."""

    def yes(machine: QPrinter, _: object) -> bool:
        machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        machine.setOutputFileName(str(path))
        return True

    monkeypatch.setattr(printer, "asked", yes)


def test_it_is_printed_twice_from_memory_and_the_printed_code_opens(
    key: RecoveryKey, village: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(tmp_path.rglob("*"))
    sheet = tmp_path / "printed.pdf"
    out_of_the_printer(monkeypatch, sheet)
    key.print.click()
    qtbot.waitUntil(lambda: "交给打印机了：恢复密钥2份" in key.said.text(), timeout=20_000)

    assert set(tmp_path.rglob("*")) - before == {sheet}
    assert {opened_by(page) for page in codes(sheet.read_bytes())} == {SECRET}
    assert noted(village) == [("recovery", "", "recovery", "printer", 2, "")]  # a printer into files has no name


def test_what_the_dialog_is_told_no_to_is_neither_printed_nor_noted(
    key: RecoveryKey, village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "asked", lambda *_: False)
    key.print.click()
    assert not worker_of(key).busy
    assert noted(village) == []


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_told(
    key: RecoveryKey, village: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of_the_printer(monkeypatch, tmp_path / "none" / "out.pdf")
    key.print.click()
    qtbot.waitUntil(lambda: key.said.text().startswith("打印机没有接。"), timeout=20_000)
    assert noted(village) == []


def test_without_a_printer_it_is_copied_by_hand(key: RecoveryKey, village: Office, machines: list[str]) -> None:
    machines.clear()
    key.show_key(WORDS, village)
    assert not key.print.isEnabled()
    assert key.words.text() == WORDS
    assert key.said.text() == NO_PRINTER


def test_a_file_of_it_lies_only_where_one_was_wished(
    key: RecoveryKey, village: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    wished = tmp_path / "stick" / "钥匙"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wished), ""))
    key.save.click()
    assert key.said.text() == "放好了：钥匙.pdf。谁拿到它就能打开数据，打完当场删掉。"
    assert [opened_by(page) for page in codes(wished.with_suffix(".pdf").read_bytes())] == [SECRET]
    assert noted(village) == [("recovery", "", "recovery", "folder", 1, str(tmp_path / "stick"))]

    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "file" / "k.pdf"), ""))
    key.save.click()
    assert "file" in key.said.text()


def test_a_new_one_is_shown_until_the_place_is_left(qtbot: QtBot, village: Office, machines: list[str]) -> None:
    screen = Accounts(village)
    qtbot.addWidget(screen)
    screen.show()
    screen.renew.click()
    assert screen.key.isVisible()
    assert [line.split()[0] for line in screen.key.words.text().splitlines()] == list("甲乙丙丁")
    screen.leave()
    assert not screen.key.isVisible()
    assert screen.key.words.text() == ""
