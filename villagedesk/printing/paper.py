"""A4 pages: strips of set lines flow over them, tables are ruled, the foot says which record and edition this is.

A strip is a slice of paper that is never cut: a line of text or a row of a table.  `glue` ties it to the next one.
All lengths in mm from the upper left corner (papers.md, frame F).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from villagedesk.printing.about import About
from villagedesk.printing.faces import advance, drawn
from villagedesk.printing.pen import CELL, FINE, MM, NOTE, TEXT, TITLE, Pen, Style
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph
from villagedesk.records.kind import shown

WIDTH = 156.0
TOP, BOTTOM = 30.0, 262.0
_ODD, _EVEN = 28.0, 26.0
"""The left edge: the binding of a sheet printed on both sides is always 28 wide."""
_FRAME, _INNER = 0.35, 0.18
_FOOT = 30
"""Characters of a number that the foot has room for; a longer one gives way to the id."""


@dataclass(frozen=True)
class Ink:
    """A set line and where it stands in its strip."""

    line: Line
    x: float
    y: float
    style: Style


@dataclass(frozen=True, eq=False)
class Table:
    """What rows have in common: the strips repeated at the head of each page."""

    head: list["Strip"] = field(default_factory=list)


@dataclass(frozen=True)
class Strip:
    """A slice of paper.

    Attributes: `tail` blank at its foot that may hang below the type area; `blank` dropped at the top of a page; `glue`
    the next strip stays on this page; `table`, `rules`, `opens` for a row: its table, where its inner rules stand, and
    whether it begins here; `again` drawn instead of nothing when a cut row goes on at the top of a page.
    """

    height: float
    inks: tuple[Ink, ...] = ()
    tail: float = 0.0
    blank: bool = False
    glue: bool = False
    table: Table | None = None
    rules: tuple[float, ...] = ()
    opens: bool = True
    again: tuple[Ink, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A strip on its page."""

    strip: Strip
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.strip.height


# --- making strips -----------------------------------------------------------------------------


def gap(height: float) -> Strip:
    """Blank between two things; nothing at the top of a page."""
    return Strip(height, blank=True, glue=True)


def paragraph(runs: Sequence[Run], style: Style = TEXT, *, indent: float = 2.0, hanging: float = 0.0) -> list[Strip]:
    """A paragraph over the whole width; at least two of its lines stay together on either page."""
    lines = set_paragraph(runs, style.cells(WIDTH), advance=advance, first_indent=indent, hanging=hanging)
    last = len(lines) - 1
    tied = range(last) if last < 3 else (0, last - 1)
    tail = style.step - style.glyph
    return [Strip(style.step, (Ink(line, 0.0, 0.0, style),), tail=tail, glue=i in tied) for i, line in enumerate(lines)]


def heading(text: str, style: Style = TEXT, *, indent: float = 2.0) -> list[Strip]:
    """A heading in 黑体, tied to what follows."""
    return glued(paragraph([Run(text, "hei")], style, indent=indent))


def glued(strips: list[Strip]) -> list[Strip]:
    """The same strips, tied to each other and to the next one."""
    return [replace(strip, glue=True) for strip in strips]


def kept(strips: list[Strip]) -> list[Strip]:
    """The same strips on one page."""
    return [*glued(strips[:-1]), *strips[-1:]]


def titled(lines: Sequence[Line], note: str) -> list[Strip]:
    """The title of a paper, centred from y 30 on, and a note under it at the right."""
    strips = [
        Strip(TITLE.step, (Ink(line, (WIDTH - TITLE.width(line.end)) / 2, 0.0, TITLE),), glue=True) for line in lines
    ]
    strips[-1] = replace(strips[-1], height=11.87)
    for line in set_paragraph([Run(note)], CELL.cells(WIDTH), advance=advance, justify=False):
        strips.append(Strip(CELL.step, (Ink(line, WIDTH - CELL.width(line.end), 0.0, CELL),), glue=True))
    strips[-1] = replace(strips[-1], height=6.13)
    return strips


# --- over pages --------------------------------------------------------------------------------


def paged(strips: Sequence[Strip]) -> list[list[Placed]]:
    """Fill pages from the top; what is glued moves to the next page together, if a page can hold it at all."""
    pages: list[list[Placed]] = [[]]
    start = 0
    while start < len(strips):
        end = start
        while end < len(strips) - 1 and strips[end].glue:
            end += 1
        group = strips[start : end + 1]
        if pages[-1] and not _fits(pages[-1], group) and _fits([], group):
            pages.append([])
        for strip in group:
            _place(pages, strip)
        start = end + 1
    return pages


def _fits(page: list[Placed], group: Sequence[Strip]) -> bool:
    at = page[-1].bottom if page else TOP
    return at + sum(strip.height for strip in group) - group[-1].tail <= BOTTOM + 1e-6


def _place(pages: list[list[Placed]], strip: Strip) -> None:
    before = pages[-1][-1].strip if pages[-1] else pages[-2][-1].strip if len(pages) > 1 else None
    if pages[-1] and not _fits(pages[-1], [strip]):
        pages.append([])
    page = pages[-1]
    if not page and strip.table and before and before.table is strip.table:
        for head in strip.table.head:
            page.append(Placed(head, page[-1].bottom if page else TOP))
    if page or not strip.blank:
        page.append(Placed(strip, page[-1].bottom if page else TOP))


# --- on paper ----------------------------------------------------------------------------------


def printed(strips: Sequence[Strip], about: About, *, title: str, number: str, seals: bool = True) -> bytes:
    """The PDF.  The same strips and the same `about` give the same bytes.

    `seals` whether records of this kind are finalised at all; others are never called a draft.
    """
    pages = paged(strips)
    out = BytesIO()
    # initialFontName: without it an unembedded Helvetica stands in every file (types-reportlab calls it a number)
    song: Any = drawn("song", "一")[0]
    canvas = Canvas(out, pagesize=(210 * MM, 297 * MM), invariant=1, initialFontName=song)
    canvas.setTitle(title)
    canvas.setAuthor(about.org_name)
    canvas.setSubject(number or about.record)
    canvas.setCreator("村务台")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setCatalogEntry("Lang", "zh-CN")
    draft = f"草稿　第{about.draft}稿" if seals and about.sealed_on is None else ""
    for n, page in enumerate(pages, 1):
        pen = Pen(canvas)
        left = _ODD if n % 2 else _EVEN
        _foot(pen, left, n, [_standing(about, number, draft) + f"　第{n}页，共{len(pages)}页", about.fingerprint])
        if draft:
            line = one_line([Run(draft, "song")], advance)
            pen.set(line, left + WIDTH - NOTE.width(line.end), 20.0, NOTE)
        _draw(pen, left, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _standing(about: About, number: str, draft: str) -> str:
    """Which record and edition: never the moment of printing, so that a second print is the same."""
    if about.sealed_on is not None:
        edition = f"第{about.edition}版（定稿）　{shown(about.sealed_on)}定稿"
    else:
        edition = draft or f"{about.stage}　第{about.draft}稿"
    return f"{number if 0 < len(number) <= _FOOT else about.record}　{edition}"


def _foot(pen: Pen, left: float, n: int, rows: list[str]) -> None:
    line = one_line([Run(f"— {n} —", "song")], advance)
    width = TEXT.width(line.end)
    pen.set(line, left + WIDTH - 4.94 - width if n % 2 else left + 4.94, 270.4 - 0.88 * TEXT.glyph, TEXT)
    for row, base in zip(rows, (278.6, 282.2), strict=True):
        if row:
            words = row if base < 280 else f"校验指纹　{row}"
            pen.set(one_line([Run(words, "song")], advance), left, base - 0.88 * FINE.glyph, FINE, grey=0.35)


def _draw(pen: Pen, left: float, page: list[Placed]) -> None:
    start = 0
    for i, placed in enumerate(page):
        strip, first = placed.strip, i == start
        table = strip.table
        inks = strip.inks if strip.opens or not first else strip.again + strip.inks
        for ink in inks:
            pen.set(ink.line, left + ink.x, placed.top + ink.y, ink.style)
        for x in strip.rules:
            pen.rule(left + x, placed.top, left + x, placed.bottom, _INNER)
        if table and strip.opens and not first:
            pen.rule(left, placed.top, left + WIDTH, placed.top, _INNER)
        if table and (i + 1 == len(page) or page[i + 1].strip.table is not table):
            pen.frame(left, page[start].top, left + WIDTH, placed.bottom, _FRAME)
        if i + 1 < len(page) and page[i + 1].strip.table is not table:
            start = i + 1
