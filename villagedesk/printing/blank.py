"""Blank forms for the pen (papers.md §5.9): the same sheet without values; no number, no code: both come when it is entered."""

from collections.abc import Sequence
from dataclasses import replace

from villagedesk.printing.about import About
from villagedesk.printing.boxes import SIDE, at, ticks, under
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, gap, glued, heading, kept, printed, titled
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, DENSE, NOTE, TEXT
from villagedesk.printing.setting import spread
from villagedesk.printing.tables import Cell, label, row
from villagedesk.printing.titles import title
from villagedesk.records.kind import Asked, Record, Shape, told

_LABEL, _ROW, _LINE = 38.0, 9.5, 8.6
_PROSE, _LINES = 6, 6
"""Ruled lines of a text, and empty rows of a list."""
_ORDER = 12.0
_DAY = "　　　　年　　月　　日"
_MOMENT = "　　　　年　　月　　日　　时　　分"


def blank(cls: type[Record], about: About) -> Pdf:
    """The form of a kind, to be filled in by hand."""
    kind = cls.kind
    lines = title(kind.name) if len(kind.name) > 3 else [spread(kind.name, len(kind.name) * 2.0 - 1.0, "biao", advance)]
    strips = titled(lines, about.org_name)
    home = kind.groups[0]
    asked = [one for one in told(cls) if not one.ask.auto and one.shape is not Shape.FILES]
    for group in dict.fromkeys([*kind.groups, *(one.ask.group or home for one in asked)]):
        members = [one for one in asked if (one.ask.group or home) == group]
        strips += _group(group if len(kind.groups) > 1 else "", members)
    return printed(strips, about, title=f"{kind.name}（空白表）", number="", seals=False)


def _group(name: str, asked: Sequence[Asked]) -> list[Strip]:
    strips = [gap(4.5), *heading(name, indent=0.0)] if name and asked else []
    table = Table()
    long = [one for one in asked if one.shape in (Shape.PROSE, Shape.LINES)]
    rows = [strip for one in asked if one not in long for strip in _field(table, one)]
    strips += kept(rows) if 0 < len(rows) <= 6 else rows
    for one in long:
        strips += [gap(3.0), *heading(one.label, DENSE, indent=0.0)]
        strips += _table(told(one.part)) if one.part else _ruled(_PROSE)
    return strips


def _field(table: Table, asked: Asked) -> list[Strip]:
    """One row: a label and room to write, the choices to tick, or the words of a date with blanks between."""
    room = WIDTH - _LABEL
    rows = _choices(asked, room)
    height = max(_ROW, len(rows) * 7.0 + 2.5)
    (line,) = row(table, [label(asked.label, _LABEL), Cell(room)], least=height)
    inks, marks = list[Ink](), list[Mark]()
    for n, choices in enumerate(rows):
        some, more = ticks(
            [(word, False) for word in choices], _LABEL + 2.0, (height - len(rows) * 7.0) / 2 + n * 7.0 + 1.4, air=5.0
        )
        inks += some
        marks += more
    if words := {Shape.DATE: _DAY, Shape.MOMENT: _MOMENT}.get(asked.shape, ""):
        inks.append(at(words, _LABEL + 2.0, (height - CELL.glyph) / 2, CELL))
    return [replace(line, inks=(*line.inks, *inks), marks=tuple(marks))]


def _choices(asked: Asked, room: float) -> list[list[str]]:
    """The choices of a field in rows that fit; none where there is nothing to choose from."""
    words = ["是", "否"] if asked.shape is Shape.YES else [option.label for option in asked.options]
    rows: list[list[str]] = []
    used = room
    for word in words:
        wide = SIDE + 6.0 + CELL.width(float(len(word)))
        if used + wide > room - 4.0:
            rows.append([])
            used = 0.0
        rows[-1].append(word)
        used += wide
    return rows


def _table(asked: Sequence[Asked]) -> list[Strip]:
    """Empty rows under the names of their columns."""
    used = [one for one in asked if one.shape not in (Shape.LINES, Shape.FILES) and not one.ask.auto][:7]
    needs = [max(len(one.label), 4) + 1.0 for one in used]
    widths = [(WIDTH - _ORDER) * need / sum(needs) for need in needs]
    table = Table()
    heads = [
        label("序号", _ORDER, NOTE),
        *(label(one.label, width, NOTE) for one, width in zip(used, widths, strict=True)),
    ]
    table.head.extend(glued(row(table, heads)))
    rows = [
        strip
        for _ in range(_LINES)
        for strip in row(table, [Cell(_ORDER), *(Cell(width) for width in widths)], least=_ROW)
    ]
    return [*table.head, *kept(rows)]


def _ruled(count: int) -> list[Strip]:
    """Lines to write on."""
    line = Strip(_LINE, marks=(under(0.0, WIDTH, TEXT.glyph + 2.6),))
    return kept([line] * count)
