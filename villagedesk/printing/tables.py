"""Rows of tables: cells of set lines, centred in their height; a row too tall for a page is cut between its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from villagedesk.printing.faces import advance
from villagedesk.printing.paper import Ink, Strip, Table
from villagedesk.printing.pen import CELL, Style
from villagedesk.printing.setting import Line, Role, Run, one_line, set_paragraph, spread

_PAD = 1.8
_CLOSE = 0.6
"""The blank on either side of what should stand on one line."""
_SMALLER, _LEAST = 0.85, 9.0
"""What a value that does not fit is reduced to before it takes a second line, and no size below (papers.md §5.10)."""
_TALL = 60.0
"""Above this a row may be cut, in mm."""
_NARROW = 20
"""Columns of fewer cells are set ragged: stretched, their lines would gape."""
_LABEL = 3
"""Cells of a cut row with no more lines than this are its labels."""


@dataclass(frozen=True)
class Cell:
    """Set lines in a column of `width` mm."""

    width: float
    lines: tuple[Line, ...] = ()
    style: Style = CELL
    centred: bool = False

    @property
    def height(self) -> float:
        return (len(self.lines) - 1) * self.style.step + self.style.glyph if self.lines else 0.0

    @property
    def air(self) -> float:
        """Half of the leading: the blank above a line of a cut row."""
        return (self.style.step - self.style.glyph) / 2

    def inks(self, left: float, top: float) -> list[Ink]:
        """Its lines with their places, the first one at `top`."""
        return [
            Ink(line, left + self._inset(line), top + k * self.style.step, self.style)
            for k, line in enumerate(self.lines)
        ]

    def _inset(self, line: Line) -> float:
        return (self.width - self.style.width(line.end)) / 2 if self.centred else _PAD


def label(text: str, width: float, style: Style = CELL) -> Cell:
    """A label in 黑体, centred; two or three characters are spread to four where there is room."""
    room = style.cells(width - 1.2)
    if len(text) < 4 <= room:
        return Cell(width, (spread(text, 4.0, "hei", advance),), style, centred=True)
    return Cell(
        width, tuple(set_paragraph([Run(text, "hei")], room, advance=advance, justify=False)), style, centred=True
    )


def value(
    paragraphs: Sequence[str | Sequence[Run]],
    width: float,
    style: Style = CELL,
    *,
    role: Role = "fang",
    centred: bool = False,
    justify: bool = False,
) -> Cell:
    """A value of some paragraphs; an empty one stays blank.  Narrow columns are never justified."""
    measure = style.cells(width - 2 * _PAD)
    justify = justify and measure >= _NARROW
    lines: list[Line] = []
    for words in paragraphs:
        runs = [Run(words, role)] if isinstance(words, str) else words
        lines += set_paragraph(runs, measure, advance=advance, justify=justify)
    return Cell(width, tuple(lines), style, centred)


@lru_cache(maxsize=2048)  # lists say the same in many rows
def fitted(text: str, width: float, style: Style = CELL, *, role: Role = "fang", centred: bool = False) -> Cell:
    """A value that should stand on one line: smaller where it must be, in two lines where even that is not enough."""
    line = one_line([Run(text, role)], advance)
    room = width - 2 * (_CLOSE if centred else _PAD)
    part = max(_SMALLER, _LEAST / style.size)
    small = Style(style.size * part, style.cell * part, style.pitch * part)
    for one in (style, small):
        if one.width(line.end) <= room:
            return Cell(width, (line,) if text else (), one, centred)
    return Cell(
        width,
        tuple(set_paragraph([Run(text, role)], small.cells(room), advance=advance, justify=False)),
        small,
        centred,
    )


def row(table: Table, cells: Sequence[Cell], *, least: float = 8.2) -> list[Strip]:
    """The strips of one row: one, or one for each line when it is too tall to stay whole."""
    height = max(least, max(cell.height for cell in cells) + 3.0)
    edges = [0.0, *accumulate(cell.width for cell in cells)]
    rules = tuple(edge for edge in edges[1:-1] if edge < table.width)
    if height <= _TALL:
        inks = [
            ink for cell, left in zip(cells, edges, strict=False) for ink in cell.inks(left, (height - cell.height) / 2)
        ]
        return [Strip(height, tuple(inks), table=table, rules=rules)]
    return _cut(table, cells, edges, rules)


def _cut(table: Table, cells: Sequence[Cell], edges: list[float], rules: tuple[float, ...]) -> list[Strip]:
    """A strip for each line of the tallest cell; labels stand at the top, and again at the top of a page."""
    step = max(cell.style.step for cell in cells)
    count = max(len(cell.lines) for cell in cells)
    columns = list(zip(cells, edges, strict=False))
    again = [ink for cell, left in columns if len(cell.lines) <= _LABEL for ink in cell.inks(left, cell.air)]
    strips = []
    for k in range(count):
        lines = [(replace(cell, lines=cell.lines[k : k + 1]), left) for cell, left in columns]
        inks = [ink for cell, left in lines for ink in cell.inks(left, cell.air)]
        strip = Strip(step, tuple(inks), glue=k in (0, count - 2), table=table, rules=rules, opens=k == 0)
        strips.append(replace(strip, again=tuple(again)) if k >= _LABEL else strip)
    return strips
