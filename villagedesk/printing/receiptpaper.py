"""数据包接收回执 (papers.md §6.23): what was taken in, what was found, and the short code to compare by eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from villagedesk.printing.about import About
from villagedesk.printing.boxes import at, framed, group, ticks, under
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.letter import seal
from villagedesk.printing.paper import Ink, Mark, Strip, Table, gap, glued, printed, titled
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, TEXT, Style
from villagedesk.printing.setting import Run, set_paragraph
from villagedesk.printing.tables import Cell, label, row, value
from villagedesk.printing.titles import title

_SHEET = replace(FORM, top=26.0, number=0.0)
_HEAD = (26.0, 60.0, 22.0, 48.0)
_COUNTS = (60.0, 40.0, 56.0)
_FOUND = (12.0, 144.0)
_DAY = Style(12.0, 12.0, 17.0)


@dataclass(frozen=True)
class Receipt:
    """What a receipt says.

    Attributes: `giver` and `taker` the units; `unit` the code of the giver, `number` which bundle of theirs; `on` the moment;
    `counts` kind in words → entries; `findings` sentences; `code` twelve digits, "" while it waits for an earlier one;
    `returned` records sent back, each with what is to be done.
    """

    giver: str
    taker: str
    unit: str
    number: int
    on: str
    counts: Mapping[str, int]
    withheld: int
    findings: Sequence[str]
    code: str
    returned: Sequence[tuple[str, str]] = ()


def receipt_paper(one: Receipt, about: About) -> Pdf:
    """The receipt as a PDF."""
    strips = [*titled(title("数据包接收回执"), f"{one.giver}第{one.number}号数据包"), *_head(one), gap(5.0)]
    if one.counts:
        strips += [*_named("一、接收情况"), *_counts(one), gap(5.0)]
    if one.returned:
        strips += [
            *_named("二、退回事项（改好后随下一个数据包再送）"),
            *_listed([f"{name}：{remark}" for name, remark in one.returned]),
            gap(5.0),
        ]
    if one.findings:
        strips += [
            *_named("三、收的时候发现" if one.returned else "二、收的时候发现"),
            *_listed(one.findings),
            gap(5.0),
        ]
    strips += [*_code(one), *_signed(one)]
    return printed(
        strips, about, title="数据包接收回执", number="", seals=False, frame=_SHEET, note=f"{one.taker}　{one.on}"
    )


def _named(text: str) -> list[Strip]:
    return [Strip(7.0, (at(text, 0.0, 0.0, TEXT, role="hei"),), glue=True)]


def _head(one: Receipt) -> list[Strip]:
    table = Table()
    rows = []
    for left, right in (
        (("接收单位", one.taker), ("接收时间", one.on)),
        (("送交单位", one.giver), ("数据包", f"第{one.number}号")),
    ):
        cells = [
            label(left[0], _HEAD[0]),
            value([left[1]], _HEAD[1]),
            label(right[0], _HEAD[2]),
            value([right[1]], _HEAD[3]),
        ]
        rows += row(table, cells, least=9.0)
    rows += row(table, [label("区划代码", _HEAD[0]), value([one.unit], WIDTH - _HEAD[0])], least=9.0)
    taken, back = bool(one.code), bool(one.returned)
    state = (("全部接收", taken and not back), ("接收，有退回", taken and back), ("未接收，等前面的包", not taken))
    inks, marks = ticks(state, _HEAD[0] + 2.4, 2.4)
    (line,) = row(table, [label("接收结果", _HEAD[0]), Cell(WIDTH - _HEAD[0])], least=9.0)
    return glued([*rows, replace(line, inks=(*line.inks, *inks), marks=tuple(marks))])


def _counts(one: Receipt) -> list[Strip]:
    table = Table()
    heads = row(
        table,
        [label(word, width) for word, width in zip(("类　别", "收下（条）", "说　明"), _COUNTS, strict=True)],
        least=7.6,
    )
    table.head.extend(glued(heads))
    rows = []
    for name, count in one.counts.items():
        cells = [
            value([name], _COUNTS[0], centred=True),
            value([str(count)], _COUNTS[1], role="song", centred=True),
            Cell(_COUNTS[2]),
        ]
        rows += row(table, cells, least=7.6)
    said = f"其中{one.withheld}条只带统计" if one.withheld else ""
    total = [
        label("合　计", _COUNTS[0]), value([str(sum(one.counts.values()))], _COUNTS[1], role="hei", centred=True),
        value([said], _COUNTS[2], NOTE, centred=True),
    ]  # fmt: skip
    return [*table.head, *rows[:-1], *glued(rows[-1:]), *row(table, total, least=7.6)]


def _listed(texts: Sequence[str]) -> list[Strip]:
    table, rows = Table(), list[Strip]()
    for n, text in enumerate(texts, 1):
        rows += row(
            table,
            [value([str(n)], _FOUND[0], role="song", centred=True), value([text], _FOUND[1], justify=True)],
            least=9.0,
        )
    return rows


def _code(one: Receipt) -> list[Strip]:
    if not one.code:
        return []
    inks: list[Ink] = [at("回执短码（和送交单位电脑上显示的对一对，一样就是同一份回执）", 0.0, 0.0, CELL)]
    marks: list[Mark] = []
    for n in range(3):
        x = n * 34.0
        inks.append(group(one.code[n * 4 : n * 4 + 4], x, 7.0, 30.0, 14.0, 24.0))
        marks.append(framed(x, 7.0, 30.0, 14.0, 0.35))
    return [Strip(26.0, tuple(inks), glue=True, marks=tuple(marks))]


def _signed(one: Receipt) -> list[Strip]:
    sign = at("接收人（签名）：", 0.0, 4.0, TEXT)
    start = TEXT.width(sign.line.end)
    unit = set_paragraph([Run(one.taker)], TEXT.cells(WIDTH - start - 40.0), advance=advance, justify=False)
    middle = min([WIDTH - 28.0, *(WIDTH - TEXT.width(line.end) / 2 for line in unit)])
    inks = [Ink(line, middle - TEXT.width(line.end) / 2, n * TEXT.step, TEXT) for n, line in enumerate(unit)]
    below = len(unit) * TEXT.step
    day = at(one.on[: one.on.index("日") + 1], middle, below, _DAY, align="centre")
    marks = (under(start, start + 36.0, 10.2), seal(middle, below - 2.47))
    return [Strip(21.53 + below, (sign, *inks, day), tail=12.0, marks=marks)]
