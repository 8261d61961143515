"""设备指纹卡 (papers.md §6.22): two equal halves, one for each side; the digits are read out and ticked group by group."""

from dataclasses import replace
from itertools import chain

from villagedesk.printing.about import About
from villagedesk.printing.boxes import at, box, code, framed, group, index, ticks
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, gap, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, TEXT, Pen, Style
from villagedesk.printing.setting import spread
from villagedesk.printing.tables import Cell, fitted, label, row, value

_SHEET = replace(FORM, top=17.0, follow=17.0, bottom=290.0, number=0.0, foot=(289.0, 292.0))
_SIDE, _CELL, _HIGH, _LEFT = 50.0, 25.0, 19.0, 56.0
_TITLE = Style(20.0, 20.0, 30.0)
_RESULT = 39.0
_CUT = 148.5
NOTE_AT_FOOT = "设备指纹卡不含密钥和个人信息，可以存档。"


def card_paper(
    card: str, digits: str, facts: tuple[tuple[str, str], ...], about: About, halves: tuple[str, str]
) -> Pdf:
    """`card` the text of the card's file, `digits` 8 groups of 5, `facts` six labels with values, `halves` who keeps which."""
    strips = [
        *_half(card, digits, facts, f"第一联　{halves[0]}留存"),
        _cut(),
        *_half(card, digits, facts, f"第二联　{halves[1]}留存"),
    ]
    return printed(strips, about, title="设备指纹卡", number="", seals=False, frame=_SHEET, note=NOTE_AT_FOOT)


def _half(card: str, digits: str, facts: tuple[tuple[str, str], ...], keeper: str) -> list[Strip]:
    name = spread("设备指纹卡", 7.0, "biao", advance)
    head = (Ink(name, (WIDTH - _TITLE.width(name.end)) / 2, 0.0, _TITLE), at(keeper, WIDTH, 2.1, TEXT, align="right"))
    table = Table()
    rows = []
    for one, two in zip(facts[::2], facts[1::2], strict=True):
        cells = [label(one[0], 24.0), fitted(one[1], 58.0), label(two[0], 22.0), fitted(two[1], 52.0)]
        rows += row(table, cells, least=8.5)
    return [Strip(11.0, head, glue=True), *glued(rows), gap(4.5), _middle(card, digits), *_result()]


def _middle(card: str, digits: str) -> Strip:
    inks = [at("指纹（8组，每组5位；两边当面逐组念、逐组勾）", _LEFT, 0.6, CELL, role="hei")]
    marks: list[Mark] = [code(card, 0.0, 0.0, _SIDE, level="L")]
    for n, words in enumerate(digits.split()):
        x, y = _LEFT + n % 4 * _CELL, 6.0 + n // 4 * (_HIGH + 3.0)
        inks.append(group(words, x, y - 2.4, _CELL, _HIGH, 19.0))
        marks += [framed(x, y, _CELL, _HIGH), index(n + 1, x, y), box(x + _CELL / 2 - 1.8, y + 14.2, side=3.6)]
    use = "用途：登记本电脑。对方读U盘上的设备卡后，屏幕上出现同样8组数字，一致方可登记。"
    return Strip(61.0, (*inks, at(use, 0.0, 53.4, NOTE)), glue=True, marks=tuple(marks))


def _result() -> list[Strip]:
    table = Table()
    heads = row(
        table,
        [label(word, _RESULT) for word in ("核对结果", "本方经办人（签名）", "对方经办人（签名）", "日期")],
        least=8.0,
    )
    inks, marks = ticks((("一致", False), ("不一致", False)), 2.4, 4.4, CELL, air=2.4)
    cells = [Cell(_RESULT), Cell(_RESULT), Cell(_RESULT), value(["年　月　日"], _RESULT, centred=True)]
    (line,) = row(table, cells, least=13.0)
    return [*glued(heads), replace(line, inks=tuple(chain(line.inks, inks)), marks=tuple(marks))]


def _cut() -> Strip:
    """The line to cut along, in the middle of the sheet, whatever stands above it."""

    def draw(pen: Pen, left: float, top: float) -> None:
        for n in range(48):
            x = 8.0 + n * 4.1
            pen.rule(x, _CUT, x + 2.0, _CUT, 0.18)

    hint = at("（骑缝处盖章后沿虚线截开）", WIDTH / 2, 3.4, NOTE, align="centre")
    return Strip(18.6, (hint,), glue=True, marks=(draw,))
