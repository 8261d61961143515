"""Pages: strips of set lines flow over them, tables are ruled, the foot says which record and edition this is.

A strip is a slice of paper that is never cut: a line of text or a row of a table.  `glue` ties it to the next one.
All lengths in mm from the upper left corner.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from villagedesk.printing.about import About
from villagedesk.printing.embed import Book
from villagedesk.printing.faces import advance, drawn
from villagedesk.printing.frame import FORM, WIDTH, Frame
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, FINE, MM, NOTE, TEXT, TITLE, Pen, Style
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph
from villagedesk.records.kind import shown

__all__ = [
    "WIDTH",
    "Ink",
    "Mark",
    "Strip",
    "Table",
    "gap",
    "glued",
    "heading",
    "kept",
    "paged",
    "paragraph",
    "printed",
    "titled",
]

_FRAME, _INNER = 0.35, 0.18
_FOOT = 30
"""Characters of a number that the foot has room for; a longer one gives way to the id."""

Mark = Callable[[Pen, float, float], None]
"""What is drawn beside text, told the left edge and the top of its strip: rules, boxes to tick, circles, codes."""


@dataclass(frozen=True)
class Ink:
    """A set line and where it stands in its strip."""

    line: Line
    x: float
    y: float
    style: Style


@dataclass(frozen=True, eq=False)
class Table:
    """What rows have in common: the strips repeated at the head of each page, others at the head of pages after the first
    where there are any, and how wide they are."""

    head: list["Strip"] = field(default_factory=list)
    again: list["Strip"] = field(default_factory=list)
    width: float = WIDTH


@dataclass(frozen=True)
class Strip:
    """A slice of paper.

    Attributes: `tail` blank at its foot that may hang below the type area; `blank` dropped at the top of a page; `glue`
    the next strip stays on this page; `table`, `rules`, `opens` for a row: its table, where its inner rules stand, and
    whether it begins here; `again` drawn instead of nothing when a cut row goes on at the top of a page; `marks` what is
    drawn beside the text; `low` it stands at the foot of its page.
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
    marks: tuple[Mark, ...] = ()
    low: bool = False


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


def paragraph(
    runs: Sequence[Run], style: Style = TEXT, *, indent: float = 2.0, hanging: float = 0.0, justify: bool = True
) -> list[Strip]:
    """A paragraph over the whole width; at least two of its lines stay together on either page."""
    lines = set_paragraph(
        runs, style.cells(WIDTH), advance=advance, first_indent=indent, hanging=hanging, justify=justify
    )
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


def centred(lines: Sequence[Line], style: Style = TITLE, *, measure: float = WIDTH) -> list[Strip]:
    """Lines in the middle of the measure."""
    return [
        Strip(style.step, (Ink(line, (measure - style.width(line.end)) / 2, 0.0, style),), glue=True) for line in lines
    ]


def titled(lines: Sequence[Line], note: str) -> list[Strip]:
    """The title of a paper, and a note under it at the right."""
    strips = centred(lines)
    strips[-1] = replace(strips[-1], height=11.87)
    for line in set_paragraph([Run(note)], CELL.cells(WIDTH), advance=advance, justify=False):
        strips.append(Strip(CELL.step, (Ink(line, WIDTH - CELL.width(line.end), 0.0, CELL),), glue=True))
    strips[-1] = replace(strips[-1], height=6.13)
    return strips


# --- over pages --------------------------------------------------------------------------------


def paged(strips: Sequence[Strip], frame: Frame = FORM) -> list[list[Placed]]:
    """Fill pages from the top; what is glued moves to the next page together, if a page can hold it at all."""
    pages: list[list[Placed]] = [[]]
    start = 0
    while start < len(strips):
        end = start
        while end < len(strips) - 1 and strips[end].glue:
            end += 1
        group = strips[start : end + 1]
        if pages[-1] and not _fits(pages, group, frame) and _fits([*pages, []], group, frame):
            pages.append([])
        for strip in group:
            _place(pages, strip, frame)
        start = end + 1
    return pages


def _end(pages: list[list[Placed]], frame: Frame) -> float:
    """Where the next strip would stand on the last page."""
    return pages[-1][-1].bottom if pages[-1] else frame.begin(len(pages))


def _fits(pages: list[list[Placed]], group: Sequence[Strip], frame: Frame) -> bool:
    return _end(pages, frame) + sum(strip.height for strip in group) - group[-1].tail <= frame.bottom + 1e-6


def _place(pages: list[list[Placed]], strip: Strip, frame: Frame) -> None:
    before = pages[-1][-1].strip if pages[-1] else pages[-2][-1].strip if len(pages) > 1 else None
    if pages[-1] and not _fits(pages, [strip], frame):
        pages.append([])
    page = pages[-1]
    if not page and strip.table and before and before.table is strip.table:
        for head in strip.table.again or strip.table.head:
            page.append(Placed(head, _end(pages, frame)))
    if page or not strip.blank:
        page.append(Placed(strip, frame.bottom - strip.height if strip.low else _end(pages, frame)))


# --- on paper ----------------------------------------------------------------------------------


def printed(
    strips: Sequence[Strip],
    about: About,
    *,
    title: str,
    number: str,
    seals: bool = True,
    frame: Frame = FORM,
    note: str = "",
) -> Pdf:
    """The PDF.  The same strips and the same `about` give the same bytes.

    `seals` whether this paper is finalised with its record; others are never called a draft.  `note` is all that stands in
    the foot of a paper of no record.
    """
    pages = paged(strips, frame)
    out = BytesIO()
    canvas = Book(out, (frame.width * MM, frame.height * MM), drawn("song", "一")[0])
    canvas.setTitle(title)
    canvas.setAuthor(about.org_name)
    canvas.setSubject(number or about.record)
    canvas.setCreator("村务台")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setCatalogEntry("Lang", "zh-CN")
    draft = f"草稿　第{about.draft}稿" if seals and about.record and about.sealed_on is None else ""
    for n, page in enumerate(pages, 1):
        pen = Pen(canvas, frame.height)
        left = frame.edge(n)
        standing = note or f"{_standing(about, number, draft) or title}　第{n}页，共{len(pages)}页"
        _foot(pen, frame, n, len(pages), about, standing)
        if draft:
            line = one_line([Run(draft, "song")], advance)
            pen.set(line, left + frame.measure - NOTE.width(line.end), frame.begin(1) - 10.0, NOTE)
        _draw(pen, left, page)
        canvas.showPage()
    canvas.save()
    done = Pdf(out.getvalue())
    done.missing = list(canvas.missing.values())
    return done


def _standing(about: About, number: str, draft: str) -> str:
    """Which record and edition: never the moment of printing, so that a second print is the same; "" on a blank form."""
    if not about.record:
        return ""
    if about.sealed_on is not None:
        edition = f"第{about.edition}版（定稿）　{shown(about.sealed_on)}定稿"
    else:
        edition = draft or "　".join(part for part in (about.stage, f"第{about.draft}稿") if part)
    return f"{number if 0 < len(number) <= _FOOT else about.record}　{edition}"


def _foot(pen: Pen, frame: Frame, n: int, count: int, about: About, standing: str) -> None:
    left, measure = frame.edge(n), frame.measure
    line = one_line([Run(f"— {n} —", "song")], advance)
    width = TEXT.width(line.end)
    inset = (measure - width) / 2 if frame.centred else measure - 4.94 - width if n % 2 else 4.94
    if frame.number:
        pen.set(line, left + inset, frame.number - 0.88 * TEXT.glyph, TEXT)
    said = (standing, f"校验指纹　{about.fingerprint}" if about.fingerprint else "")
    for words, base in zip(said, frame.foot, strict=True):
        if words:
            pen.set(one_line([Run(words, "song")], advance), left, base - 0.88 * FINE.glyph, FINE, grey=0.35)
    if about.record:
        side, top = frame.code
        pen.code(f"VD1/{about.org}/{about.record}/{about.edition}/{n}-{count}", left + measure - side, top, side)


def _draw(pen: Pen, left: float, page: list[Placed]) -> None:
    start = 0
    for i, placed in enumerate(page):
        strip, first = placed.strip, i == start
        table = strip.table
        inks = strip.inks if strip.opens or not first else strip.again + strip.inks
        for ink in inks:
            pen.set(ink.line, left + ink.x, placed.top + ink.y, ink.style)
        for mark in strip.marks:
            mark(pen, left, placed.top)
        for x in strip.rules:
            pen.rule(left + x, placed.top, left + x, placed.bottom, _INNER)
        if table and strip.opens and not first:
            pen.rule(left, placed.top, left + table.width, placed.top, _INNER)
        if table and (i + 1 == len(page) or page[i + 1].strip.table is not table):
            pen.frame(left, page[start].top, left + table.width, placed.bottom, _FRAME)
        if i + 1 < len(page) and page[i + 1].strip.table is not table:
            start = i + 1
