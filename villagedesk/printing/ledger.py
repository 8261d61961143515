"""Lists and tables of numbers on a sheet turned on its side (papers.md §6.17, §6.18): the head again on every page."""

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
from villagedesk.printing.tables import Cell, fitted, row, value
from villagedesk.printing.titles import title

_ORDER, _ROW, _HEAD = 12.0, 7.6, 8.5
_LEAST, _PEN, _MOST = 3.2, 10.0, 26.0
"""Cells of a column at the least, of one for the pen, and at the most, before what is left is shared out."""
_TITLE, _BETWEEN, _TITLE_CELLS = 15.0, 4.6, 32.0


@dataclass(frozen=True)
class Listed:
    """A list as it is printed: its columns by name, rows of texts, what is `said` under it.

    Attributes: `names` the columns set as names are, `figures` as numbers are, `pen` those that are filled in by hand; `ordered`
    each row has its number before it, `total` the last row is a sum.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    on: str
    said: str = ""
    names: frozenset[int] = frozenset()
    figures: frozenset[int] = frozenset()
    pen: frozenset[int] = frozenset()
    ordered: bool = True
    total: bool = False


def ledger(listed: Listed, about: About) -> Pdf:
    """The list as a PDF."""
    order = [_ORDER] * listed.ordered
    widths = _widths(listed)
    table = Table(width=LEDGER.measure)
    words = zip((*["序号"] * listed.ordered, *listed.heads), (*order, *widths), strict=True)
    heads = row(table, [fitted(word, width, CELL, role="hei", centred=True) for word, width in words], least=_HEAD)
    table.head.extend(glued(heads))
    table.again.extend([_line(f"{listed.title}（续）", listed.on, NOTE), *table.head])
    rows = []
    for n, texts in enumerate(listed.rows, 1):
        bold = listed.total and n == len(listed.rows)
        cells = [_cell(str(n), width, "song") for width in order]
        cells += [_text(listed, k, text, widths[k], bold=bold) for k, text in enumerate(texts)]
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
        named = _wide(head.partition("（")[0] if k in listed.figures else head)  # a unit may stand below
        wants.append(min(max(longest * 0.875, named, _PEN if k in listed.pen else _LEAST), _MOST) + 0.6)
    room = LEDGER.measure - _ORDER * listed.ordered
    return [room * want / sum(wants) for want in wants]


def _wide(text: str) -> float:
    return one_line([Run(text)], advance).end if text else 0.0


def _text(listed: Listed, column: int, text: str, width: float, *, bold: bool) -> Cell:
    if column in listed.figures or bold:
        return _cell(text, width, "hei" if bold else "song")
    if column in listed.names:
        return fitted(f"{text[0]}　{text[1]}" if len(text) == 2 else text, width, CELL, centred=True)
    if _wide(text) > 2 * _MOST:  # in two lines it would be too small to be read
        return value([text], width, NOTE)
    return fitted(text, width, NOTE, centred=len(text) <= 8)


def _cell(text: str, width: float, role: Role) -> Cell:
    return fitted(text, width, NOTE, role=role, centred=True)


def _line(left: str, right: str, style: Style) -> Strip:
    """A line over the table."""
    inks = (at(left, 0.0, 0.0, style), at(right, LEDGER.measure, 0.0, style, align="right"))
    return Strip(style.size / MM + 1.4, inks, glue=True)


def _foot(listed: Listed) -> Strip:
    """How many, and who filled it in and looked it over."""
    told = [f"合计：{len(listed.rows)}条"] * listed.ordered + [listed.said] * bool(listed.said)
    marks, x = list[Mark](), LEDGER.measure - 92.0
    lines = set_paragraph([Run("。".join(told))], NOTE.cells(x - 4.0), advance=advance, justify=False)
    inks = [Ink(line, 0.0, 2.4 + n * NOTE.step, NOTE) for n, line in enumerate(lines)]
    for word in ("填表人：", "审核人："):
        ink = at(word, x, 2.4, NOTE)
        end = x + NOTE.width(ink.line.end)
        inks.append(ink)
        marks.append(under(end, end + 30.0, 6.6))
        x = end + 32.0
    return Strip(8.0 + (len(lines) - 1) * NOTE.step, tuple(inks), marks=tuple(marks))
