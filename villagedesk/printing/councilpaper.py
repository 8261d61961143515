"""A council's file on paper (domain §6.0): its members, the record of its year, and a year's summary drawn from that record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.base.text import ordinal
from villagedesk.printing.about import About
from villagedesk.printing.boxes import under
from villagedesk.printing.frame import WIDTH
from villagedesk.printing.letter import signed
from villagedesk.printing.paper import Strip, Table, gap, glued, heading, kept, paragraph, printed, titled
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, TEXT
from villagedesk.printing.setting import Run
from villagedesk.printing.tables import fitted, row, value
from villagedesk.printing.titles import title
from villagedesk.records.kind import shown
from villagedesk.records.kinds.councils.council import Council

_ORDER, _ROW = 12.0, 8.2
_LINES = 7


@dataclass(frozen=True)
class Section:
    """A list of one sort: what it is called, its columns with how wide they are (in parts), its rows as texts."""

    name: str
    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "没有。"


@dataclass(frozen=True)
class CouncilFile:
    """What is known of a council's year; gathered elsewhere, with the rights of who prints it."""

    year: int
    on: date
    facts: tuple[tuple[str, str], ...]
    members: Section
    sections: tuple[Section, ...]
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]


def roster(council: Council, about: About) -> Pdf:
    """成员名册: who sits in it on the day of printing."""
    file = _file(about)
    strips = titled(title(f"{council.name}成员名册"), f"{about.org_name}　{shown(file.on)}")
    return _done(f"{council.name}成员名册", [*strips, *_listed(file.members)], about)


def handbook(council: Council, about: About) -> Pdf:
    """年度工作台账: everything of a year, list by list."""
    file = _file(about)
    name = f"{council.name}{file.year}年工作台账"
    strips = titled(title(name), f"{about.org_name}　{shown(file.on)}")
    strips += [*heading("一、基本情况", indent=0.0), *_facts(file)]
    for n, section in enumerate((file.members, *file.sections), 2):
        strips += [gap(4.0), *heading(f"{ordinal(n)}、{section.name}", indent=0.0), *_listed(section)]
    return _done(name, strips, about)


def summary(council: Council, about: About) -> Pdf:
    """年度工作总结: what the record says, in sentences and numbers, and lines for the council's own words."""
    file = _file(about)
    name = f"{council.name}{file.year}年工作总结"
    strips = titled(title(name), about.org_name)
    strips += heading("一、工作情况")
    for sentence in file.sentences:
        strips += paragraph([Run(sentence)], TEXT)
    if file.figures:
        numbers = Section("数字", (("指标", 1.4), ("数", 4.0)), file.figures)
        strips += [gap(3.0), *heading("二、数字"), *_listed(numbers)]
    strips += [gap(4.0), *heading("三、存在的问题和下一步打算"), *glued(_ruled()), gap(16.0)]
    return _done(name, [*strips, *signed(council.name, None)], about)


def _file(about: About) -> CouncilFile:
    assert isinstance(about.more, CouncilFile)  # noqa: S101 -- who makes a council's paper gathers it first
    return about.more


def _done(name: str, strips: Sequence[Strip], about: About) -> Pdf:
    return printed(strips, about, title=name, number="", seals=False)


def _facts(file: CouncilFile) -> list[Strip]:
    table, rows = Table(), list[Strip]()
    for name, said in file.facts:
        rows += row(
            table, [fitted(name, 38.0, CELL, role="hei", centred=True), value([said], WIDTH - 38.0)], least=_ROW
        )
    return kept(rows) if rows else []


def _listed(section: Section) -> list[Strip]:
    if not section.rows:
        return paragraph([Run(section.empty)], CELL)
    whole = sum(part for _, part in section.heads)
    widths = [(WIDTH - _ORDER) * part / whole for _, part in section.heads]
    table = Table()
    heads = [fitted("序号", _ORDER, NOTE, role="hei", centred=True)]
    heads += [
        fitted(name, width, NOTE, role="hei", centred=True)
        for (name, _), width in zip(section.heads, widths, strict=True)
    ]
    table.head.extend(glued(row(table, heads, least=_ROW)))
    strips: list[Strip] = [*table.head]
    for n, texts in enumerate(section.rows, 1):
        cells = [fitted(str(n), _ORDER, NOTE, role="song", centred=True)]
        cells += [value([text], width, NOTE) for text, width in zip(texts, widths, strict=True)]
        strips += row(table, cells, least=_ROW)
    return strips


def _ruled() -> list[Strip]:
    return [Strip(TEXT.step + 1.0, marks=(under(0.0, WIDTH, TEXT.step),)) for _ in range(_LINES)]
