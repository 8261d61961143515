"""papers.md §5.10: whatever is typed, nothing is clipped, runs over a rule, over its neighbour or off the sheet, or gets too small."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import takewhile
from typing import Any

import pdfplumber
import pytest

from tests.pdf.reading import MM, words
from tests.pdf.samples import DESK, RECEIPT, SEALED, VALUES, meeting
from villagedesk.printing.digest import digest
from villagedesk.printing.ledger import Listed, ledger
from villagedesk.printing.minutes import minutes
from villagedesk.printing.notice import notice
from villagedesk.printing.paper import Ink, Strip, Table, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL
from villagedesk.printing.receiptpaper import receipt_paper
from villagedesk.printing.setting import Run, one_line
from villagedesk.printing.sheet import plain_sheet
from villagedesk.printing.signin import signin
from villagedesk.printing.tables import row, value

FOOT, LEAST = 6.5, 9.0
"""The type of the machine's foot, and the smallest anybody has to read."""
NAME = "阿卜杜热合曼·吐尔逊江·买买提"
TOKEN = "A1b2" * 2000
SUBJECT = ("好花红村通组道路硬化工程及其附属设施建设实施方案征求意见和表决" * 4)[:120]
PLACE = ("好花红村辉油组寨中间老学校旁边新修的文化活动广场风雨棚下" * 3)[:60]
ITEM = {
    **VALUES["agenda"][0], "title": SUBJECT, "report": TOKEN, "resolution": TOKEN[:2000], "owner": NAME,
    "speeches": [{"name": NAME, "group": "岩脚上寨下院坝上组" * 4, "text": "大家都说要修路，" * 375}],
}  # fmt: skip
LONG: dict[str, Any] = {
    "number": "好花红村会〔2026〕23号" * 4, "subject": SUBJECT, "place": PLACE, "convener": PLACE, "notice_by": TOKEN[:60],
    "session": PLACE, "chair": {"name": NAME}, "recorder": {"name": TOKEN[:40]}, "studied_no": TOKEN[:60], "tellers": f"{NAME}、" * 7,
    "present": [
        *({"name": f"{NAME}{n}", "group": PLACE[:40]} for n in range(60)),
        *({"name": NAME, "state": "leave", "reason": PLACE} for _ in range(12)),
    ],
    "guests": [{"name": TOKEN[:40], "post": PLACE}] * 30, "opening": "说" * 3000, "agenda": [ITEM] * 3, "minutes": TOKEN,
}  # fmt: skip
PAPERS: dict[str, Callable[[Any, Any], Pdf]] = {
    "minutes": minutes, "notice": notice, "digest": digest, "signin": signin, "sheet": plain_sheet,
}  # fmt: skip


def troubles(pdf: bytes, left: float = 25.8, right: float = 184.2) -> list[tuple[str, str]]:
    """Characters that do not stand as they should, each with what is wrong; the foot of the pages is not looked at."""
    found: list[tuple[str, str]] = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            sides = [line for line in page.edges if line["orientation"] == "v"]
            rules = [line for line in page.edges if line["orientation"] == "h"]
            glyphs = []
            for char in page.chars:
                size = char["size"]
                if not char["text"].strip() or abs(size - FOOT) < 0.001:
                    continue
                base = page.height - char["matrix"][5]
                x0, x1, top = char["x0"] + 0.1 * size, char["x1"] - 0.1 * size, base - 0.75 * size
                if size < LEAST - 0.001:
                    found.append((char["text"], "small"))
                if char["x0"] < left * MM or char["x1"] > right * MM:
                    found.append((char["text"], "off the sheet"))
                if any(x0 < line["x0"] < x1 and line["top"] < base - 0.3 * size < line["bottom"] for line in sides):
                    found.append((char["text"], "over the side of its cell"))
                if any(top < line["top"] < base and line["x0"] < (x0 + x1) / 2 < line["x1"] for line in rules):
                    found.append((char["text"], "struck by a rule"))
                glyphs.append((top, base, x0, x1, char["text"]))
            glyphs.sort()
            for n, (_, base, x0, x1, char) in enumerate(glyphs, 1):
                beside = takewhile(lambda other, base=base: other[0] < base, glyphs[n:])
                found += [(char, "over another") for other in beside if x0 < other[3] and other[2] < x1]
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_the_longest_a_meeting_may_have_stands_where_it_should(name: str) -> None:
    assert troubles(PAPERS[name](meeting(**LONG), replace(SEALED, org_name=PLACE))) == []


def test_nothing_of_it_is_clipped_on_the_sheet_to_sign() -> None:
    text = words(signin(meeting(**LONG), SEALED))
    people = [f"{NAME}{n}" for n in range(60)]
    assert [name for name in people if text.count(name) == 0] == []
    assert SUBJECT in text
    assert PLACE in text


def test_a_sheet_to_sign_has_as_many_lines_as_it_has_room_for() -> None:
    def lines(**changes: Any) -> list[int]:
        with pdfplumber.open(BytesIO(signin(meeting(guests=[], **changes), SEALED))) as paper:
            return [sum("会议主持人" in line["text"] for line in page.extract_text_lines()) for page in paper.pages]

    assert lines() == [1]
    assert lines(subject=SUBJECT[:50]) == [1, 1]  # a second line of the subject takes the room of two people
    assert len(lines(present=LONG["present"])) == 6


@pytest.mark.parametrize("width", [1, 3, 9])
def test_lists_hold_what_is_long(width: int) -> None:
    rows = [[NAME, TOKEN[:90], "字" * 300][:width] + ["131****977*"] * (width - 3)] * 3
    listed = Listed("名" * 40, ["姓名"] * width, rows, "2026年11月20日", "联系电话、" * 12, frozenset({0}))
    assert troubles(ledger(listed, DESK), 19.8, 277.2) == []


def test_a_receipt_holds_what_is_long() -> None:
    one = RECEIPT.__class__(
        giver=PLACE, taker=PLACE, unit="522731102213", number=123456, on="2026年12月25日10:18", counts={"会" * 20: 999_999},
        withheld=3, findings=[TOKEN[:200], "话" * 300], code="482177360954", returned=[(TOKEN[:60], "缺" * 300)],
    )  # fmt: skip
    assert troubles(receipt_paper(one, DESK)) == []


def test_what_does_not_fit_is_seen() -> None:
    wide = partial(one_line, advance=lambda *_: 1.0)
    strips = [
        *row(Table(), [value(["短"], 20.0), value(["短"], 136.0)]),
        Strip(8.0, (Ink(wide([Run("出" * 40)]), 0.0, 0.0, CELL),)),
        Strip(8.0, (Ink(wide([Run("甲")]), 0.0, 0.0, CELL), Ink(wide([Run("乙")]), 1.0, 0.0, CELL))),
    ]
    told = {what for _, what in troubles(printed(strips, SEALED, title="", number="", seals=False))}
    assert told == {"off the sheet", "over another"}
    low = [*row(Table(), [value(["低"], 20.0), value([""], 136.0)])]
    (strip,) = low
    for y, x, what in ((-3.5, 0.0, "struck by a rule"), (0.0, 16.0, "over the side of its cell")):
        inks = tuple(Ink(ink.line, ink.x + x, ink.y + y, ink.style) for ink in strip.inks)
        moved = Strip(strip.height, inks, table=strip.table, rules=strip.rules)
        assert ("低", what) in troubles(printed([moved], SEALED, title="", number="", seals=False))
