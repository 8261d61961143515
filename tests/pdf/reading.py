"""Reading our own paper back: what a reader finds, what is embedded, where ink stands."""

import subprocess
from io import BytesIO
from typing import NamedTuple

import pdfplumber
import pypdfium2
import zxingcpp
from PIL.Image import Resampling

MM = 72 / 25.4


class Code(NamedTuple):
    """A code on a page: what it says, how much of it may be spoilt, and where it stands, in mm from the upper left corner."""

    text: str
    level: str
    left: float
    top: float
    width: float
    height: float


def words(pdf: bytes) -> str:
    """The text of all pages in the order it was written, without blanks and without the foot of each page."""
    return "".join(page_words(pdf))


def page_words(pdf: bytes) -> list[str]:
    """The text of each page, without blanks; head and foot taken away."""
    pages = []
    for page in raw(pdf).split("\f")[:-1]:
        rows = page.splitlines()
        start = next(i for i, row in enumerate(rows) if "页，共" in row) + 1
        while start < len(rows) and rows[start].startswith(("校验指纹", "草稿")):
            start += 1
        pages.append("".join("".join(rows[start:]).split()))
    return pages


def feet(pdf: bytes) -> list[str]:
    """The first line of the foot of each page."""
    return [row for row in raw(pdf).splitlines() if "页，共" in row]


def heads(pdf: bytes) -> list[str]:
    """The line that stands above the title of each page of a draft."""
    return [row for row in raw(pdf).splitlines() if row.startswith("草稿")]


def raw(pdf: bytes) -> str:
    """All text as poppler finds it, in the order it was written."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def fonts(pdf: bytes) -> list[tuple[str, str, str]]:
    """(embedded, subset, unicode) of every font, as pdffonts tells."""
    said = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rows = [row.split()[-5:-2] for row in said.splitlines()[2:]]
    return [(emb, sub, uni) for emb, sub, uni in rows]


def ink(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of all that is drawn on each page, in mm from the upper left corner."""
    found = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            things = [*page.chars, *page.rects, *page.lines]
            found.append(
                (
                    min(t["x0"] for t in things) / MM,
                    min(t["top"] for t in things) / MM,
                    max(t["x1"] for t in things) / MM,
                    max(t["bottom"] for t in things) / MM,
                )
            )
    return found


def glyph_tops(pdf: bytes, size: float) -> list[list[float]]:
    """For each page the tops of the em boxes of glyphs of one size, in mm, each once."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [
            sorted(
                {
                    round((297 * MM - c["matrix"][5] - 0.88 * size) / MM, 2)
                    for c in page.chars
                    if abs(c["size"] - size) < 0.01
                }
            )
            for page in document.pages
        ]


def in_order(text: str, values: list[str]) -> list[str]:
    """The values that do not stand in `text` unbroken, one after the other."""
    lost, at = [], 0
    for value in values:
        bare = "".join(value.split())
        found = text.find(bare, at)
        if found < 0:
            lost.append(value)
        else:
            at = found + len(bare)
    return lost


def ruled(pdf: bytes) -> list[list[float]]:
    """For each page the heights of its horizontal rules, in mm, each once."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [
            sorted({round(line["top"] / MM, 1) for line in page.lines if abs(line["top"] - line["bottom"]) < 0.01})
            for page in document.pages
        ]


def page_words_of(pdf: bytes) -> list[str]:
    """The text of each page, without blanks, of a paper of no record: its foot is a note."""
    return ["".join("".join(page.splitlines()[1:]).split()) for page in raw(pdf).split("\f")[:-1]]


def codes(pdf: bytes, *, dpi: int = 300, turned: float = 0.0) -> list[list[Code]]:
    """The codes of each page as a scanner finds them, which may have had the sheet `turned` by some degrees."""
    found = []
    with pypdfium2.PdfDocument(pdf) as paper:
        for page in paper:
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
            if turned:
                picture = picture.rotate(turned, Resampling.BICUBIC, fillcolor=255)
            found.append([_code(one, 25.4 / dpi) for one in zxingcpp.read_barcodes(picture)])
    return found


def _code(one: zxingcpp.Barcode, mm: float) -> Code:
    corner, other = one.position.top_left, one.position.bottom_right
    return Code(
        one.text, one.ec_level, corner.x * mm, corner.y * mm, (other.x - corner.x) * mm, (other.y - corner.y) * mm
    )
