"""What official letters share (papers.md §3, §5.4): title, numbered matters, lists of names, signature with its seal, 版记."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagedesk.base.text import ordinal
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, centred, glued, paragraph
from villagedesk.printing.pen import LETTER, MM, TEXT, TITLE, Pen, Style
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph
from villagedesk.records.kind import shown

_SEAL = 42.0
_HINT = Style(9.0, 9.0, 13.0)
_GREY = 0.62
_OPEN_DATE = "　　　　年　　月　　日"


def headed(lines: Sequence[Line], *, empty: int = 1) -> list[Strip]:
    """The title, and so many empty lines under it."""
    strips = centred(lines)
    below = TITLE.glyph - LETTER.glyph + (empty + 1) * LETTER.step
    return [*strips[:-1], replace(strips[-1], height=below)]


def said(text: str, *before: Run, indent: float = 2.0) -> list[Strip]:
    """Typed paragraphs on the grid of letters; `before` opens the first one."""
    strips: list[Strip] = []
    for words in filter(None, (line.strip() for line in text.split("\n"))):
        strips += paragraph([*before, Run(words)], LETTER, indent=indent)
        before = ()
    return strips


def matter(number: int, name: str, text: str = "") -> list[Strip]:
    """一、会议时间：… the heading in 黑体, the rest runs on; alone it stands over what follows."""
    head = Run(f"{ordinal(number)}、{name}{'：' if text else ''}", "hei")
    return said(text, head) if text else glued(paragraph([head], LETTER))


def counted(texts: Sequence[str]) -> list[Strip]:
    """Items 1. 2. each on lines of its own, ending in ； and the last one in 。"""
    strips: list[Strip] = []
    for n, text in enumerate(texts, 1):
        end = "。" if n == len(texts) else "；"
        strips += paragraph([Run(f"{n}.", kern=0.2), Run(text.rstrip("；。") + end)], LETTER)
    return strips


def people(word: str, names: Sequence[str]) -> list[Strip]:
    """出席：and the names, hanging behind the word; a line is cut between names only."""
    if not names:
        return []
    runs = [Run(f"{word}：", "hei"), Run("、".join(names))]
    return paragraph(runs, LETTER, indent=2.0, hanging=3.0 + len(word), justify=False)


def blank(lines: int = 1) -> Strip:
    """Empty lines; none at the top of a page."""
    return Strip(lines * LETTER.step, blank=True, glue=True)


def signed(name: str, on: date | None) -> list[Strip]:
    """Name and date with the place of the seal: the date ends four cells from the right edge, the name is centred on it."""
    day = one_line([Run(shown(on) if on else _OPEN_DATE)], advance)
    who = set_paragraph([Run(name)], LETTER.cells(WIDTH), advance=advance, justify=False)
    right = WIDTH - 4 * LETTER.width(1.0)
    middle = min([right - LETTER.width(day.end) / 2, *(WIDTH - LETTER.width(line.end) / 2 for line in who)])
    inks = [Ink(line, middle - LETTER.width(line.end) / 2, 0.0, LETTER) for line in (*who, day)]
    tail = LETTER.step - LETTER.glyph
    return [
        *[Strip(LETTER.step, (ink,), glue=True) for ink in inks[:-1]],
        Strip(LETTER.step, (inks[-1],), tail=tail, marks=(seal(middle, 4.0 - LETTER.step),)),
    ]


def within(line: Line, style: Style, width: float) -> Style:
    """The style, or as much smaller as a line must be to stand in so many mm."""
    part = min(1.0, width / max(style.width(line.end), 1e-6))
    return Style(style.size * part, style.cell * part, style.pitch * part)


def seal(x: float, y: float) -> Mark:
    """The dotted place of a seal around a point of its strip."""
    hint = one_line([Run("（盖章）", "song")], advance)

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.circle(left + x, top + y, _SEAL, 0.2, dash=(0.6, 1.0), grey=_GREY)
        pen.set(hint, left + x - _HINT.width(hint.end) / 2, top + y + 16.5 - _HINT.glyph / 2, _HINT, grey=_GREY)

    return draw


def colophon(unit: str, on: date | None) -> Strip:
    """版记 at the foot of the last page: who printed it and when, between two rules (GB/T 9704 7.4)."""
    right = one_line([Run(f"{shown(on) if on else _OPEN_DATE}印发")], advance)
    inset, end = TEXT.width(1.0), WIDTH - TEXT.width(right.end + 1.0)
    lines = set_paragraph([Run(unit)], TEXT.cells(end - inset) - 1.0, advance=advance, justify=False)
    last = max(len(lines) - 1, 0) * TEXT.step
    height, top = 8.4 + last, 8.4 - 2.6 - 0.88 * TEXT.size / MM
    inks = [Ink(line, inset, top + n * TEXT.step, TEXT) for n, line in enumerate(lines)]

    def rules(pen: Pen, edge: float, y: float) -> None:
        for at in (y, y + height):
            pen.rule(edge, at, edge + WIDTH, at, 0.35)

    return Strip(height, (*inks, Ink(right, end, top + last, TEXT)), marks=(rules,), low=True)
