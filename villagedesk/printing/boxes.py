"""What forms draw beside text: boxes to tick, groups of digits in cells, words wherever a form wants them (papers.md §5.6)."""

from collections.abc import Sequence
from itertools import pairwise

from villagedesk.printing.faces import advance
from villagedesk.printing.paper import Ink, Mark
from villagedesk.printing.pen import CELL, MM, Pen, Style
from villagedesk.printing.setting import Line, Role, Run, one_line

_INDEX = Style(7.0, 7.0, 10.0)
_GREY = 0.45
_TICK = ((0.16, 0.5), (0.42, 0.82), (1.02, -0.12))
"""The mark in a box, in parts of its side."""
SIDE = 3.4


def words(text: str, style: Style = CELL, role: Role = "fang") -> Line:
    """Text on one line."""
    return one_line([Run(text, role)], advance)


def at(text: str, x: float, y: float, style: Style = CELL, *, role: Role = "fang", align: str = "left") -> Ink:
    """Text at a place of its strip; `x` is its left edge, its middle (centre) or its right edge (right)."""
    line = words(text, style, role)
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * style.width(line.end)
    return Ink(line, x - shift, y, style)


def box(x: float, y: float, *, ticked: bool = False, side: float = SIDE) -> Mark:
    """A square to tick, never a glyph."""

    def draw(pen: Pen, left: float, top: float) -> None:
        x0, y0 = left + x, top + y
        pen.frame(x0, y0, x0 + side, y0 + side, 0.25)
        if ticked:
            points = [(x0 + dx * side, y0 + dy * side) for dx, dy in _TICK]
            for (ax, ay), (bx, by) in pairwise(points):
                pen.rule(ax, ay, bx, by, 0.5)

    return draw


def under(start: float, end: float, y: float) -> Mark:
    """A rule to write on."""
    return lambda pen, left, top: pen.rule(left + start, top + y, left + end, top + y, 0.18)


def framed(x: float, y: float, width: float, height: float, line: float = 0.25) -> Mark:
    """A rectangle."""
    return lambda pen, left, top: pen.frame(left + x, top + y, left + x + width, top + y + height, line)


def code(text: str, x: float, y: float, side: float, *, level: str = "M") -> Mark:
    """A QR code."""
    return lambda pen, left, top: pen.code(text, left + x, top + y, side, level=level)


def index(number: int, x: float, y: float) -> Mark:
    """The small grey number of a group of digits, in the corner of its cell."""
    line = words(str(number), _INDEX, "song")
    return lambda pen, left, top: pen.set(line, left + x + 0.9, top + y + 0.9, _INDEX, grey=_GREY)


def group(text: str, x: float, y: float, width: float, height: float, size: float) -> Ink:
    """A group of digits large in the middle of its cell."""
    style = Style(size, size, size)
    return at(text, x + width / 2, y + (height - style.glyph) / 2, style, role="hei", align="centre")


def ticks(
    choices: Sequence[tuple[str, bool]], x: float, y: float, style: Style = CELL, *, air: float = 6.0
) -> tuple[list[Ink], list[Mark]]:
    """Boxes with their words, one beside the other."""
    inks: list[Ink] = []
    marks: list[Mark] = []
    for text, ticked in choices:
        marks.append(box(x, y + (style.size / MM - SIDE) / 2, ticked=ticked))
        inks.append(at(text, x + SIDE + 1.0, y, style))
        x += SIDE + 1.0 + style.width(inks[-1].line.end) + air
    return inks, marks
