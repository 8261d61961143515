"""A plain sheet of any record, from the description of its kind alone: every field with its label, nothing cut off."""

from collections.abc import Sequence
from typing import Any

from villagedesk.printing.about import About
from villagedesk.printing.faces import advance
from villagedesk.printing.marks import bonded
from villagedesk.printing.paper import WIDTH, Strip, Table, gap, glued, heading, kept, paragraph, printed, titled
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, DENSE, NOTE
from villagedesk.printing.setting import Run, spread
from villagedesk.printing.tables import label, row, value
from villagedesk.printing.titles import title
from villagedesk.records.kind import Asked, Part, Record, Shape, told

_LABEL = 38.0
_ORDER = 12.0
_ROW = 7.6
_SHORT, _LONG = 12, 24
"""Cells of a text that stands beside others in a paragraph, and that a column of a table is made for."""
_DEEP = 4
"""Lines in a cell of a table; where a text needs more, the list is numbered instead."""


def plain_sheet(record: Record, about: About) -> Pdf:
    """The record as a PDF."""
    kind = type(record).kind
    number = str(getattr(record, kind.number)) if kind.number else ""
    named = f"编号：{number}" if number else f"记录号：{about.record}"
    lines = title(kind.name) if len(kind.name) > 3 else [spread(kind.name, len(kind.name) * 2.0 - 1.0, "biao", advance)]
    strips = titled(lines, "　".join(filter(None, (about.org_name, about.stage, named))))
    asked = [one for one in told(type(record)) if one.name != kind.number or not number]
    home = kind.groups[0]
    for group in dict.fromkeys([*kind.groups, *(one.ask.group or home for one in asked)]):
        members = [one for one in asked if (one.ask.group or home) == group]
        strips += _group(group if len(kind.groups) > 1 else "", members, record)
    return printed(strips, about, title=kind.name, number=number, seals=bool(kind.flow.sealing))


def _group(name: str, asked: Sequence[Asked], record: Record) -> list[Strip]:
    """Short values and empty fields in a table of two columns; then long ones and lists over the whole width."""
    strips = [gap(4.5), *heading(name, indent=0.0)] if name and asked else []
    long = [one for one in asked if one.shape in (Shape.PROSE, Shape.LINES) and getattr(record, one.name)]
    table, rows = Table(), list[Strip]()
    for one in asked:
        if one not in long:
            content = value(_paragraphs(one, getattr(record, one.name)), WIDTH - _LABEL, justify=True)
            rows += row(table, [label(one.label, _LABEL), content], least=_ROW)
    strips += _tied(rows)
    for one in long:
        content = getattr(record, one.name)
        strips += [gap(3.0)] if rows or one is not long[0] else []
        strips += heading(one.label, DENSE, indent=0.0) if one.label != name else []
        strips += _lines(told(one.part), content) if one.part else _prose(content, 2.0)
    return strips


def _tied(rows: list[Strip]) -> list[Strip]:
    """Rows of a table with its first two together; a short table whole."""
    return kept(rows) if len(rows) <= 6 else [*glued(rows[:1]), *rows[1:]]


def _paragraphs(asked: Asked, content: Any) -> list[str | Sequence[Run]]:
    if asked.shape is Shape.FILES:
        return [[Run(f"{n}.", kern=0.2), Run(file.name)] for n, file in enumerate(content, 1)]
    return list(asked.shown(content).split("\n"))


def _prose(text: str, indent: float, *before: Run) -> list[Strip]:
    strips: list[Strip] = []
    for words in filter(None, (line.strip() for line in text.split("\n"))):
        strips += paragraph([*before, Run(words)], DENSE, indent=indent)
        before = ()
    return strips


# --- lists -------------------------------------------------------------------------------------


def _lines(asked: Sequence[Asked], lines: Sequence[Part]) -> list[Strip]:
    """A table where the texts are short; else each line numbered, its fields one after the other."""
    used = [one for one in asked if any(_shown(one, line) for line in lines)]
    widest = [max(_wide(_shown(one, line)) for line in lines) for one in used]
    needs = [max(min(wide, _LONG), len(one.label), 4) + 1.0 for one, wide in zip(used, widest, strict=True)]
    widths = [(WIDTH - _ORDER) * need / sum(needs) for need in needs]
    fits = all(wide <= _DEEP * (CELL.cells(width) - 1.5) for wide, width in zip(widest, widths, strict=True))
    if fits and not any(one.shape is Shape.LINES for one in used):
        return _table(used, widths, lines)
    return [strip for n, line in enumerate(lines, 1) for strip in _numbered(f"{n}.", used, line, 2.0)]


def _shown(asked: Asked, line: Part) -> str:
    return asked.shown(getattr(line, asked.name))


def _wide(text: str) -> float:
    """The width of a text in cells, near enough."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _table(used: Sequence[Asked], widths: Sequence[float], lines: Sequence[Part]) -> list[Strip]:
    table, rows = Table(), list[Strip]()
    labels = [
        label("序号", _ORDER, NOTE),
        *(label(one.label, width, NOTE) for one, width in zip(used, widths, strict=True)),
    ]
    table.head.extend(glued(row(table, labels)))
    for n, line in enumerate(lines, 1):
        values = [
            value(_shown(one, line).split("\n"), width, justify=True) for one, width in zip(used, widths, strict=True)
        ]
        rows += row(table, [value([str(n)], _ORDER, NOTE, role="song", centred=True), *values], least=_ROW)
    return [*table.head, *_tied(rows)]


def _numbered(number: str, used: Sequence[Asked], line: Part, indent: float) -> list[Strip]:
    """One line of a list: short fields side by side, long ones by themselves, lists inside it one step further in."""
    strips: list[Strip] = []
    begin, side = [Run(number, kern=0.2)], list[Run]()
    for one in used:
        text, name = _shown(one, line), Run(bonded(f"{one.label}："), "hei")
        listed = one.part if one.shape is Shape.LINES else None
        if not listed and "\n" not in text and _wide(text) <= _SHORT:
            side += [name, Run(f"{bonded(text)}　")] if text else []
            continue
        if side:
            strips += paragraph([*begin, *side], DENSE, indent=indent)
            begin, side = [], []
        if not listed:
            strips += _prose(text, indent, *begin, name)
        elif text:
            strips += glued(paragraph([*begin, name], DENSE, indent=indent))
            for n, inner in enumerate(getattr(line, one.name), 1):
                strips += _numbered(f"（{n}）", told(listed), inner, indent + 2.0)
        begin = begin if listed and not text else []
    return strips + (paragraph([*begin, *side], DENSE, indent=indent) if side else [])
