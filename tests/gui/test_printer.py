"""Onto a printer: at true size, each page the right way round, the pages and copies that were asked for."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from villagedesk.base.errors import Surroundings
from villagedesk.gui import pages as pages_module
from villagedesk.gui import printer
from villagedesk.gui.pages import Pages
from villagedesk.gui.worker import Steps, Stopped

A4 = 210.0, 297.0

Paper = Callable[..., QPrinter]


def paper(*sizes: tuple[float, float]) -> bytes:
    """Pages with one black box: 20 mm from the left, 30 from the top, 100 wide, 50 high."""
    out = BytesIO()
    canvas = Canvas(out)
    for width, height in sizes:
        canvas.setPageSize((width * mm, height * mm))
        canvas.rect(20 * mm, (height - 80) * mm, 100 * mm, 50 * mm, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ink(picture: QImage) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    size, line = (grey.width(), grey.height()), grey.bytesPerLine()
    box = Image.frombuffer("L", size, bytes(grey.constBits()), "raw", "L", line, 1).point(lambda v: v < 128).getbbox()
    assert box is not None
    return box


@pytest.fixture
def to_file(qapp: object, tmp_path: Path) -> Paper:
    """A printer that prints into `out.pdf`."""

    def made(copies: int = 1) -> QPrinter:
        machine = printer.prepared("", copies, list(printer.SIDES)[1])
        assert machine.copyCount() == copies
        machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        machine.setOutputFileName(str(tmp_path / "out.pdf"))
        return machine

    return made


@pytest.mark.parametrize("resolution", [300, 600, 1200])
def test_what_is_printed_is_as_large_as_it_was_drawn_and_the_right_way_round(
    to_file: Paper, tmp_path: Path, resolution: int
) -> None:
    machine = to_file()
    machine.setResolution(resolution)
    printer.send(Pages(paper(A4, A4[::-1])), [0, 1], machine, Steps())

    printed = Pages((tmp_path / "out.pdf").read_bytes())
    for n, (width, height) in enumerate((A4, A4[::-1])):
        assert printed.sizes[n] == pytest.approx((width * mm, height * mm), abs=0.5 * mm)
        picture = printed.picture(n, round(width * 4))
        assert [side / 4 for side in ink(picture)] == pytest.approx([20, 30, 120, 80], abs=0.5)


def test_pages_are_printed_in_strips_that_meet(to_file: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "BAND", 2481 * 100)  # at 300 dpi the box lies in seven strips
    machine = to_file()
    machine.setResolution(300)
    pages = Pages(paper(A4))
    strips = list(pages.bands(0, 300))
    printer.send(pages, [0], machine, Steps())

    assert [top for top, _ in strips] == list(range(0, 3508, 100))
    assert sum(band.height() for _, band in strips) == 3508
    picture = Pages((tmp_path / "out.pdf").read_bytes()).picture(0, 2481)
    down = [picture.pixelColor(800, y).lightness() for y in range(360, 940)]
    assert max(down) == 0  # no pale line runs through the box


@pytest.mark.parametrize(("wanted", "copies", "count"), [([0, 2], 1, 2), ([1], 3, 3)])
def test_chosen_pages_and_copies(to_file: Paper, tmp_path: Path, wanted: list[int], copies: int, count: int) -> None:
    printer.send(Pages(paper(A4, A4[::-1], A4)), wanted, to_file(copies), Steps())

    printed = Pages((tmp_path / "out.pdf").read_bytes())
    assert len(printed) == count
    assert {width > height for width, height in printed.sizes} == {wanted == [1]}


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_it_is_said_so(qapp: object, tmp_path: Path) -> None:
    machine = printer.prepared("", 1, "单面")
    machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    machine.setOutputFileName(str(tmp_path / "none" / "out.pdf"))
    with pytest.raises(Surroundings, match="打印机没有接"):
        printer.send(Pages(paper(A4)), [0], machine, Steps())


def test_stopping_ends_it_at_the_next_page(to_file: Paper) -> None:
    steps = Steps()
    steps.stop()
    with pytest.raises(Stopped):
        printer.send(Pages(paper(A4)), [0], to_file(), steps)


def test_the_systems_dialog_asks_neither_for_pages_nor_for_a_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    left: list[QPrintDialog.PrintDialogOption] = []

    def answered(dialog: QPrintDialog) -> int:
        left.extend(option for option in QPrintDialog.PrintDialogOption if dialog.testOption(option))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", answered)
    assert printer.asked(printer.prepared("", 2, "单面"), parent)
    wrong = {QPrintDialog.PrintDialogOption.PrintToFile, QPrintDialog.PrintDialogOption.PrintPageRange}
    assert wrong.isdisjoint(left)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        (" 全部 ", [0, 1, 2, 3, 4, 5]),
        ("2-4", [1, 2, 3]),
        ("第2至4页", [1, 2, 3]),
        ("1，3、5", [0, 2, 4]),
        ("6 1", [0, 5]),
        ("3-2", None),
        ("0", None),
        ("7", None),
        ("2-", [1]),
        ("二", None),
        ("，", None),
    ],
)
def test_pages_as_people_write_them(text: str, pages: list[int] | None) -> None:
    assert printer.chosen(text, 6) == pages
