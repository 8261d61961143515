"""Where ink stands on each paper, as one would measure it with a ruler on a print: kept in looks.txt, held by test_looks.py.

    make looks

writes it anew; read the difference before it is committed.  `across` and `down` are rules: where they begin and end, then
where each of them stands; `ink` is a block of what is left: left, top, right, bottom.  All in mm.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageDraw
from PIL.Image import Transpose

from tests.pdf.samples import DESK, DIGITS, DRAFT, FACTS, KEY, RECEIPT, SEALED, meeting
from villagedesk.printing.blank import blank
from villagedesk.printing.cardpaper import card_paper
from villagedesk.printing.digest import digest
from villagedesk.printing.keypaper import recovery_paper
from villagedesk.printing.ledger import Listed, ledger
from villagedesk.printing.minutes import blank_minutes, minutes
from villagedesk.printing.notice import notice
from villagedesk.printing.receiptpaper import receipt_paper
from villagedesk.printing.sheet import plain_sheet
from villagedesk.printing.signin import blank_signin, signin
from villagedesk.records.kinds import KINDS
from villagedesk.store.keys import recovery_words

FILE = Path(__file__).with_suffix(".txt")
NEAR = 1.0
"""Millimetres by which a thing may stand elsewhere before it is told."""
_DPI = 150
_MM = 25.4 / _DPI
_RULE, _APART = 15.0, 4.0
"""From this length a run of ink is a rule; blocks of text are this far from each other, in mm."""

_ROWS = [["罗云" if n % 2 else "欧阳德明", "辉油组", "131****977*", ""] for n in range(30)]
PAPERS: dict[str, Callable[[], bytes]] = {
    "会议记录": lambda: minutes(meeting(), SEALED),
    "会议记录草稿": lambda: minutes(meeting(), DRAFT),
    "会议记录空白表": lambda: blank_minutes(DESK),
    "会议通知": lambda: notice(meeting(), SEALED),
    "会议纪要": lambda: digest(meeting(), SEALED),
    "会议签到表": lambda: signin(meeting(), SEALED),
    "会议签到表空白表": lambda: blank_signin(DESK),
    "会议登记表": lambda: plain_sheet(meeting(), SEALED),
    "村民空白表": lambda: blank(KINDS["person"], DESK),
    "花名册": lambda: ledger(Listed("花名册", ["姓名", "村民小组", "联系电话", "备注"], _ROWS, "2026年11月20日"), DESK),
    "恢复密钥": lambda: recovery_paper(recovery_words(KEY), DESK, "2026年11月24日"),
    "设备指纹卡": lambda: card_paper("k3" * 150, DIGITS, FACTS, DESK, ("村", "镇")),
    "数据包接收回执": lambda: receipt_paper(RECEIPT, DESK),
}


class Thing(NamedTuple):
    """Rules of one length, their ends and where each of them stands, or a block of ink, its four sides; in mm."""

    what: str
    sides: tuple[float, ...]

    def __str__(self) -> str:
        return f"{self.what} {' '.join(map(str, self.sides))}"

    def near(self, other: "Thing") -> bool:
        """Whether it is the same thing where it was."""
        (what, sides), (kind, others) = self, other
        return what == kind and len(sides) == len(others) and all(map(_close, sides, others))


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR


def seen(pdf: bytes) -> list[list[Thing]]:
    """What stands on each page: rules, then blocks from its top down."""
    with pypdfium2.PdfDocument(pdf) as paper:
        return [_page(page.render(scale=_DPI / 72, grayscale=True).to_pil()) for page in paper]


def _page(grey: Image.Image) -> list[Thing]:
    ink = grey.point(lambda tone: 255 if tone < 200 else 0)
    across = list(_runs(ink))
    down = [(top, left, bottom, right) for left, top, right, bottom in _runs(ink.transpose(Transpose.TRANSPOSE))]
    draw = ImageDraw.Draw(ink)
    for left, top, right, bottom in [*across, *down]:
        draw.rectangle((left - 1, top - 1, right, bottom), fill=0)
    blocks = [Thing("ink", tuple(round(side * _MM, 1) for side in box)) for box in _blocks(ink)]
    turned = [(top, left, bottom, right) for left, top, right, bottom in down]
    return [*_rules("across", across), *_rules("down", turned), *blocks]


def _rules(what: str, runs: Sequence[tuple[int, int, int, int]]) -> Iterator[Thing]:
    """Those of one length and place together: their two ends, and how far from the edge of the sheet each stands."""
    found: dict[tuple[int, int], list[float]] = {}
    for start, top, end, bottom in runs:
        found.setdefault((round(start * _MM), round(end * _MM)), []).append(round((top + bottom) / 2 * _MM, 1))
    return (Thing(what, (*ends, *sorted(places))) for ends, places in found.items())


def _runs(ink: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Rules across: runs of ink, those that touch in neighbouring rows as one."""
    width, data = ink.width, ink.tobytes()
    long = re.compile(rb"\xff{%d,}" % round(_RULE / _MM))
    open_: list[tuple[int, int, int, int]] = []
    for y in range(ink.height + 1):
        still = []
        for run in long.finditer(data, y * width, (y + 1) * width):
            left, right = run.start() - y * width, run.end() - y * width
            top = y
            for one in [one for one in open_ if one[0] < right and left < one[2]]:
                open_.remove(one)
                left, top, right = min(left, one[0]), min(top, one[1]), max(right, one[2])
            still.append((left, top, right, y + 1))
        yield from open_
        open_ = still


def _blocks(ink: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Ink with no more than a little blank between its rows."""
    width, data = ink.width, ink.tobytes()
    rows = [y for y in range(ink.height) if b"\xff" in data[y * width : (y + 1) * width]]
    begins = [n for n, y in enumerate(rows) if n == 0 or y - rows[n - 1] > _APART / _MM]
    for start, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        top, bottom = rows[start], rows[end - 1] + 1
        box = ink.crop((0, top, width, bottom)).getbbox()
        assert box is not None
        yield box[0], top, box[2], bottom


def written(papers: dict[str, list[list[Thing]]]) -> str:
    """The measures as a text: a head for each page, a line for each thing."""
    rows = list[str]()
    for name, pages in papers.items():
        for n, page in enumerate(pages, 1):
            rows += [f"{name} {n}/{len(pages)}", *(f"  {thing}" for thing in page)]
    return "\n".join(rows) + "\n"


def kept() -> dict[str, list[list[Thing]]]:
    """The measures as they were written."""
    found: dict[str, list[list[Thing]]] = {}
    for row in FILE.read_text("utf-8").splitlines():
        if not row.startswith(" "):
            page: list[Thing] = []
            found.setdefault(row.split()[0], []).append(page)
            continue
        what, *sides = row.split()
        page.append(Thing(what, tuple(map(float, sides))))
    return found


if __name__ == "__main__":
    FILE.write_text(written({name: seen(paper()) for name, paper in PAPERS.items()}), "utf-8")
