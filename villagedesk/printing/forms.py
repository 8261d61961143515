"""Tables of forms: rows whose cells hold words, boxes to tick, or rules to sign on (papers.md §5.6, §6.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from villagedesk.printing.boxes import at, ticks, under
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, centred
from villagedesk.printing.pen import CELL, NOTE, Style
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph
from villagedesk.printing.tables import Cell

PAD = 2.6
_SIZES = (20.0, 18.0, 16.0)
KAI = Style(15.0, 15.0, 22.0)


@dataclass(frozen=True)
class Box:
    """A cell that is drawn: told its left edge and its height, in mm."""

    width: float
    draw: Callable[[float, float], tuple[Sequence[Ink], Sequence[Mark]]]


def form_row(table: Table, cells: Sequence[Cell | Box], height: float) -> Strip:
    """One row of exactly that height, or of what its words need."""
    height = max(height, *(cell.height + 3.0 for cell in cells if isinstance(cell, Cell)))
    edges = [0.0, *accumulate(cell.width for cell in cells)]
    inks, marks = list[Ink](), list[Mark]()
    for cell, left in zip(cells, edges, strict=False):
        if isinstance(cell, Cell):
            inks += cell.inks(left, (height - cell.height) / 2)
        else:
            some, more = cell.draw(left, height)
            inks += some
            marks += more
    rules = tuple(edge for edge in edges[1:-1] if edge < table.width)
    return Strip(height, tuple(inks), table=table, rules=rules, marks=tuple(marks))


def ticked(rows: Sequence[Sequence[tuple[str, bool]]], width: float, *, air: float = 6.0, style: Style = CELL) -> Box:
    """Choices to tick, in rows one under the other."""

    def draw(left: float, height: float) -> tuple[list[Ink], list[Mark]]:
        step = height / len(rows)
        inks, marks = list[Ink](), list[Mark]()
        for n, choices in enumerate(rows):
            some, more = ticks(choices, left + PAD, n * step + (step - style.glyph) / 2, style, air=air)
            inks += some
            marks += more
        return inks, marks

    return Box(width, draw)


def to_sign(lines: Sequence[Sequence[tuple[str, float, float]]], width: float, *, note: str = "") -> Box:
    """Words with rules after them to sign on: for each line (word, where it begins, where its rule ends, 0 for none) from the
    cell's left edge; a note above them."""

    def draw(left: float, height: float) -> tuple[list[Ink], list[Mark]]:
        inks, marks = list[Ink](), list[Mark]()
        top = 0.0
        if note:
            inks.append(at(note, left + PAD, 2.2, NOTE))
            top = 6.4
        step = (height - top) / len(lines)
        for n, words in enumerate(lines):
            y = top + n * step + (step - CELL.glyph) / 2
            for word, begin, end in words:
                ink = at(word, left + begin, y, CELL)
                inks.append(ink)
                start = begin + CELL.width(ink.line.end) + 0.6
                marks += [under(left + start, left + end, y + CELL.glyph + 0.9)] if end > start else []
        return inks, marks

    return Box(width, draw)


def prose(lines: Sequence[Line], width: float, style: Style, *boxes: Box) -> Box:
    """Set lines from the top of the cell; other boxes drawn into the same cell."""

    def draw(left: float, height: float) -> tuple[list[Ink], list[Mark]]:
        inks = [Ink(line, left + PAD, PAD + n * style.step, style) for n, line in enumerate(lines)]
        marks = list[Mark]()
        for box in boxes:
            some, more = box.draw(left, height)
            inks += some
            marks += more
        return inks, marks

    return Box(width, draw)


def set_in(text: str, width: float, style: Style, *, indent: float = 2.0) -> list[Line]:
    """The lines of a text of some paragraphs in a cell of that width."""
    measure = style.cells(width - 2 * PAD)
    return [
        line
        for words in text.split("\n")
        if words.strip()
        for line in set_paragraph([Run(words.strip(), "fang")], measure, advance=advance, first_indent=indent)
    ]


def upright(text: str, width: float, style: Style = CELL) -> Cell:
    """The label of a tall row, one character a line."""
    return Cell(width, tuple(one_line([Run(char, "hei")], advance) for char in text), style, centred=True)


def headed(title: str, name: str = "", number: str = "") -> list[Strip]:
    """The head of a form: its title on one line where it can be, the name of the sheet, its number at the right."""
    strips = _title(title)
    if name:
        line = one_line([Run(name, "kai")], advance)
        strips.append(Strip(8.4, (Ink(line, (WIDTH - KAI.width(line.end)) / 2, 0.0, KAI),), glue=True))
    line = one_line([Run(number or "编号：　　　　　　　　　　", "fang")], advance)
    strips.append(Strip(6.4, (Ink(line, WIDTH - CELL.width(line.end), 0.6, CELL),), glue=True))
    return strips


def _title(text: str) -> list[Strip]:
    line = one_line([Run(text, "biao")], advance)
    for size in _SIZES:
        style = Style(size, size, size * 1.5)
        if style.width(line.end) <= WIDTH:
            return [Strip(10.0, (Ink(line, (WIDTH - style.width(line.end)) / 2, 0.0, style),), glue=True)]
    from villagedesk.printing.titles import title

    return [replace(strip, glue=True) for strip in centred(title(text))]
