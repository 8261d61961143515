"""Two-page minutes against the same words through bare ReportLab: what Chinese setting costs.

The floor draws each line of the finished minutes with one `drawString`, in one face: no breaking, no grid, no tables.
"""

from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.pdf.reading import raw
from tests.pdf.samples import SEALED, meeting
from villagedesk.base.paths import resource
from villagedesk.printing.minutes import minutes

_ROUNDS = 15


def _floor(pages: list[list[str]]) -> bytes:
    out = BytesIO()
    bare: Any = "bare"  # types-reportlab calls it a number
    canvas = Canvas(out, invariant=1, initialFontName=bare)
    for rows in pages:
        canvas.setFont("bare", 14)
        for n, row in enumerate(rows):
            canvas.drawString(79, 757 - 24 * n, row)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def milliseconds(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The median of some runs; fonts are loaded before."""
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    font: Any = TTFont("bare", str(resource("fonts", "Song.ttf")))
    font.face.name = b"Bare"  # ReportLab keeps one font for each name of a face, and ours has this one too
    pdfmetrics.registerFont(font)
    record = meeting()
    paper = minutes(record, SEALED)
    pages = [page.splitlines() for page in raw(paper).split("\f")[:-1]]
    bare = _floor(pages)
    ours, floor = milliseconds(lambda: minutes(record, SEALED)), milliseconds(lambda: _floor(pages))
    print(
        f"paper: two-page minutes {ours:.0f} ms, same words through bare ReportLab {floor:.0f} ms, ratio {ours / floor:.2f}"
    )
    print(f"paper: {len(paper) // 1024} KB and {len(bare) // 1024} KB, ratio {len(paper) / len(bare):.2f}")


if __name__ == "__main__":
    main()
