"""Pages onto a printer, at the size they were made for: nothing is fitted to what a printer can reach."""

import re
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from villagedesk.base.errors import Surroundings
from villagedesk.gui.pages import Pages
from villagedesk.gui.worker import Steps

FINEST = 600
"""Dots per inch a page is drawn with at the most; a finer printer gets each of them several times."""
SIDES = {
    "单面": QPrinter.DuplexMode.DuplexNone,
    "双面，从长边翻": QPrinter.DuplexMode.DuplexLongSide,
    "双面，从短边翻": QPrinter.DuplexMode.DuplexShortSide,
}
_TO = re.compile(r"\s*[-－—–~～至到]+\s*")
_AND = re.compile(r"[,，、;；\s]+")


def printers() -> list[str]:
    """The printers of this computer, its own choice first."""
    names, first = QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != first)


def chosen(text: str, count: int) -> list[int] | None:
    """The pages, counted from 0, that a text like `1,3-5` names; all where it is empty; None where it cannot be meant."""
    text = _TO.sub("-", text.strip().removeprefix("第").removesuffix("页"))
    if text in ("", "全部"):
        return list(range(count))
    pages: set[int] = set()
    for part in filter(None, _AND.split(text)):
        first, _, last = part.partition("-")
        ends = [int(end) for end in (first, last or first) if re.fullmatch(r"\d{1,4}", end)]
        if len(ends) < 2 or not 1 <= ends[0] <= ends[1] <= count:
            return None
        pages.update(range(ends[0] - 1, ends[1]))
    return sorted(pages) or None


def prepared(name: str, copies: int, sides: str) -> QPrinter:
    """A printer as it was asked for on the screen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setCopyCount(copies)
    printer.setDuplex(SIDES[sides])
    printer.setResolution(FINEST)
    printer.setCreator("村务台")
    return printer


def asked(printer: QPrinter, parent: QWidget) -> bool:
    """The system's own dialog; which pages was said before."""
    dialog = QPrintDialog(printer, parent)
    for option in (
        QPrintDialog.PrintDialogOption.PrintToFile,
        QPrintDialog.PrintDialogOption.PrintPageRange,
        QPrintDialog.PrintDialogOption.PrintSelection,
        QPrintDialog.PrintDialogOption.PrintCurrentPage,
    ):
        dialog.setOption(option, False)
    return bool(dialog.exec())


def send(pages: Pages, wanted: Sequence[int], printer: QPrinter, steps: Steps) -> None:
    """Draw pages on a printer, each at its own size and the right way round; `Surroundings` where the printer refuses."""
    times = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    order = list(wanted) * times
    painter = QPainter()
    try:
        for at, n in enumerate(order):
            steps.at(f"正在打印第{at + 1}页，共{len(order)}页", at, len(order))
            printer.setPageLayout(_layout(*pages.sizes[n]))
            if not (printer.newPage() if at else painter.begin(printer)):
                raise Surroundings("打印机没有接。请看看它开了没有、有没有纸，再打印一次。")
            _put(painter, pages, n, printer.resolution())
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()


def _layout(width: float, height: float) -> QPageLayout:
    way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    size = QPageSize(QSizeF(*sorted((width, height))), QPageSize.Unit.Point)
    layout = QPageLayout(size, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _put(painter: QPainter, pages: Pages, n: int, resolution: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    each = ceil(resolution / FINEST)  # whole dots of the printer to one of ours: strips meet without a seam
    for top, band in pages.bands(n, resolution / each):
        painter.drawImage(QRectF(0, top * each, band.width() * each, band.height() * each), band)
