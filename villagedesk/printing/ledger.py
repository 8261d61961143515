"""Lists on a sheet turned on its side (papers.md §6.17): the head again on every page, numbers that go on, one line a record."""

from collections.abc import Sequence
from dataclasses import dataclass

from villagedesk.printing.about import About
from villagedesk.printing.boxes import at, under
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import LEDGER
from villagedesk.printing.paper import Ink, Mark, Strip, Table, centred, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, MM, NOTE, SMALL, Style
from villagedesk.printing.setting import Role, Run, one_line, set_paragraph
from villagedesk.printing.tables import Cell, fitted, row
from villagedesk.printing.titles import title

_ORDER, _ROW, _HEAD = 12.0, 7.6, 8.5
_LEAST, _MOST = 3.2, 26.0
"""Cells of a column at the least and at the most, before what is left is shared out."""
_TITLE, _BETWEEN, _TITLE_CELLS = 15.0, 4.6, 32.0


@dataclass(frozen=True)
class Listed:
    """A list as it is printed: its columns by name, rows of texts, what stands under it; `names` the columns set as names are."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    on: str
    said: str = ""
    names: frozenset[int] = frozenset()


def ledger(listed: Listed, about: About) -> Pdf:
    """The list as a PDF."""
    widths = [_ORDER, *_widths(listed)]
    table = Table(width=LEDGER.measure)
    heads = row(table, [fitted(word, width, CELL, role="hei", centred=True) for word, width in zip(("序号", *listed.heads), widths, strict=True)],
                least=_HEAD)  # fmt: skip
    table.head.extend(glued(heads))
    table.again.extend([_line(f"{listed.title}（续）", listed.on, NOTE), *table.head])
    rows = []
    for n, texts in enumerate(listed.rows, 1):
        cells = [
            _cell(str(n), _ORDER, "song"),
            *(_text(listed, k, text, widths[k + 1]) for k, text in enumerate(texts)),
        ]
        rows += row(table, cells, least=_ROW)
    strips = centred(title(listed.title, most=_TITLE_CELLS), measure=LEDGER.measure)
    strips[-1] = Strip(_TITLE - _BETWEEN, strips[-1].inks, glue=True)
    strips += [
        _line(f"填报单位：{about.org_name}", listed.on, SMALL),
        *table.head,
        *rows[:-1],
        *glued(rows[-1:]),
        _foot(listed),
    ]
    return printed(strips, about, title=listed.title, number="", seals=False, frame=LEDGER)


def _widths(listed: Listed) -> list[float]:
    """Each column by its longest text, all together as wide as the sheet."""
    wants = []
    for k, head in enumerate(listed.heads):
        longest = max(map(_wide, {texts[k] for texts in listed.rows}), default=0.0)
        wants.append(min(max(longest * 0.875, _wide(head), _LEAST), _MOST) + 0.6)
    room = LEDGER.measure - _ORDER
    return [room * want / sum(wants) for want in wants]


def _wide(text: str) -> float:
    return one_line([Run(text)], advance).end if text else 0.0


def _text(listed: Listed, column: int, text: str, width: float) -> Cell:
    if column in listed.names:
        return fitted(f"{text[0]}　{text[1]}" if len(text) == 2 else text, width, CELL, centred=True)
    return fitted(text, width, NOTE, centred=len(text) <= 8)


def _cell(text: str, width: float, role: Role) -> Cell:
    return fitted(text, width, NOTE, role=role, centred=True)


def _line(left: str, right: str, style: Style) -> Strip:
    """A line over the table."""
    inks = (at(left, 0.0, 0.0, style), at(right, LEDGER.measure, 0.0, style, align="right"))
    return Strip(style.size / MM + 1.4, inks, glue=True)


def _foot(listed: Listed) -> Strip:
    """How many, and who filled it in and looked it over."""
    total = f"合计：{len(listed.rows)}条" + (f"。{listed.said}" if listed.said else "")
    marks, x = list[Mark](), LEDGER.measure - 92.0
    lines = set_paragraph([Run(total)], NOTE.cells(x - 4.0), advance=advance, justify=False)
    inks = [Ink(line, 0.0, 2.4 + n * NOTE.step, NOTE) for n, line in enumerate(lines)]
    for word in ("填表人：", "审核人："):
        ink = at(word, x, 2.4, NOTE)
        end = x + NOTE.width(ink.line.end)
        inks.append(ink)
        marks.append(under(end, end + 30.0, 6.6))
        x = end + 32.0
    return Strip(8.0 + (len(lines) - 1) * NOTE.step, tuple(inks), marks=tuple(marks))
