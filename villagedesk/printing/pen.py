"""The pen: places set lines and rules on a page of the PDF, in millimetres from its upper left corner."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode import qrencoder
from reportlab.pdfbase import pdfmetrics

from villagedesk.printing.embed import Book
from villagedesk.printing.faces import drawn, ink_width, uncovered
from villagedesk.printing.setting import Line

MM = 72 / 25.4
"""Points in a millimetre."""
_ASCENT = 0.88
"""The baseline below the top of the em box, in em: the same in all our faces."""


@dataclass(frozen=True)
class Style:
    """A size of type on its grid, in points: the glyphs, the cell they stand in, from line to line."""

    size: float
    cell: float
    pitch: float

    def cells(self, width: float) -> float:
        """How many cells stand in `width` mm."""
        return width * MM / self.cell

    def width(self, cells: float) -> float:
        """Cells in mm."""
        return cells * self.cell / MM

    @property
    def glyph(self) -> float:
        """The height of a glyph in mm."""
        return self.size / MM

    @property
    def step(self) -> float:
        """From line to line in mm."""
        return self.pitch / MM


LETTER = Style(156 * MM / 28, 156 * MM / 28, 29.60)
"""G3: the text of official letters, 28 cells and 22 lines (GB/T 9704: a line is a glyph and 7/8 of one)."""
TEXT = Style(14.0, 156 * MM / 31, 24.0)
"""G4: the text of minutes, 31 cells."""
DENSE = Style(12.0, 156 * MM / 36, 20.2)
"""G5: long texts, 36 cells."""
CELL = Style(12.0, 12.0, 17.0)
SMALL = Style(11.0, 11.0, 15.6)
NOTE = Style(10.5, 10.5, 15.0)
FINE = Style(6.5, 6.5, 10.2)
TITLE = Style(22.0, 22.0, 33.0)


class Pen:
    """Writes on the current page of a canvas, a sheet `height` mm high."""

    def __init__(self, canvas: Book, height: float = 297.0) -> None:
        self._canvas, self._height = canvas, height

    def set(self, line: Line, x: float, top: float, style: Style, *, grey: float = 0.0) -> None:
        """Draw a line with its left edge at `x` and the top of its em box at `top`."""
        text = line.text.replace("\u3000", "")
        for char in uncovered(text):
            at = text.index(char)
            self._canvas.missing.setdefault(char, f"{text[max(0, at - 2) : at]}〓{text[at + 1 : at + 3]}")
        document = self._canvas.document
        y = (self._height - top) * MM - _ASCENT * style.size
        said = [f"BT {grey:g} g"]
        for name, start, words, tracking in _pieces(line, x * MM, style):
            font: Any = pdfmetrics.getFont(name)
            said.append(f"1 0 0 1 {start:.3f} {y:.3f} Tm {tracking:.3f} Tc")
            for subset, codes in font.splitString(words, document):
                said.append(f"{font.getSubsetInternalName(subset, document)} {style.size:g} Tf <{codes.hex()}> Tj")
        self._canvas.addLiteral(" ".join([*said, "ET"]))

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """Draw a black rule `width` mm wide."""
        self._canvas.setLineWidth(width * MM)
        self._canvas.line(x0 * MM, (self._height - y0) * MM, x1 * MM, (self._height - y1) * MM)

    def frame(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """Draw a rectangle of rules."""
        self._canvas.setLineWidth(width * MM)
        self._canvas.rect(x0 * MM, (self._height - y1) * MM, (x1 - x0) * MM, (y1 - y0) * MM)

    def circle(
        self, x: float, y: float, diameter: float, width: float, *, dash: tuple[float, float], grey: float
    ) -> None:
        """Draw a dotted circle around a point."""
        self._canvas.saveState()
        self._canvas.setLineWidth(width * MM)
        self._canvas.setDash(dash[0] * MM, dash[1] * MM)
        self._canvas.setStrokeGray(grey)
        self._canvas.circle(x * MM, (self._height - y) * MM, diameter / 2 * MM)
        self._canvas.restoreState()

    def code(self, words: str, x: float, y: float, side: float, *, level: str = "M") -> None:
        """Draw a QR code with its upper left corner at (x, y): runs of dark modules as rectangles."""
        drawn, count = _modules(words, level)
        self._canvas.saveState()
        self._canvas.translate(x * MM, (self._height - y - side) * MM)
        self._canvas.scale(side * MM / count, side * MM / count)
        self._canvas.setFillGray(0)
        self._canvas.addLiteral(drawn)
        self._canvas.restoreState()


@lru_cache(maxsize=256)
def _modules(words: str, level: str) -> tuple[str, int]:
    """The dark modules of a code as rectangles in the language of pages, each a run of a row; and how many make a row."""
    code: Any = qrencoder.QRCode(None, getattr(qrencoder.QRErrorCorrectLevel, level))
    code.addData(words)
    code.make()
    count, runs = code.getModuleCount(), list[str]()
    for row in range(count):
        start = 0
        while start < count:
            length = 0
            while start + length < count and code.isDark(row, start + length):
                length += 1
            if length:
                runs.append(f"{start} {count - 1 - row} {length} 1 re")
            start += length + 1
    return " ".join([*runs, "f"]), count


def _pieces(line: Line, left: float, style: Style) -> list[tuple[str, float, str, float]]:
    """Runs of one font and one tracking: as few pieces as can be, each with its own origin, in points."""
    pieces: list[tuple[str, float, str, float]] = []
    before = 0.0
    for glyph in line.glyphs:
        font, char = drawn(glyph.role, glyph.char, half=glyph.half)
        ink = 0.5 if glyph.half else ink_width(glyph.role, glyph.char)
        x = left + glyph.x * style.cell
        if glyph.char == "·":
            x += (0.5 * style.cell - ink * style.size) / 2  # its ink stands in the middle of half a cell
        if pieces and pieces[-1][0] == font:
            _, start, words, tracking = pieces[-1]
            needed = x - before
            if len(words) == 1 or abs(needed - tracking) < 0.01:
                pieces[-1] = font, start, words + char, needed if len(words) == 1 else tracking
                before = x + ink * style.size
                continue
        pieces.append((font, x, char, 0.0))
        before = x + ink * style.size
    return pieces
