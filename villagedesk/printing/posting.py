"""公示 (papers.md §6.14): what is put up for everybody, in its public version: names masked, numbers gone, how long, and whom to tell."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from villagedesk.printing.about import About
from villagedesk.printing.frame import LETTER
from villagedesk.printing.letter import blank, headed, said, signed
from villagedesk.printing.paper import Strip, Table, gap, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL
from villagedesk.printing.setting import Run
from villagedesk.printing.tables import Cell, fitted, label, row
from villagedesk.printing.titles import title
from villagedesk.records.kinds.affairs.publication import Publication
from villagedesk.records.numbers import committee_of
from villagedesk.records.public import on_wall

_NAMES = (13.0, 20.0, 19.0)
_TABLE = (13.0, 31.0, 26.0, 56.0, 30.0)
_WORDS = ("组别", "事项", "金额（元）")
_ROW = 9.0
_BLOCKS = 3


def posting(publication: Publication, about: About) -> Pdf:
    """The notice as a PDF."""
    told = on_wall(publication)
    name = str(told["标题"])
    strips = [*headed(title(name)), *said(str(told.get("公开内容", "")))]
    rows = told.get("名单或明细", [])
    if rows:
        strips += [
            gap(3.0),
            *(_names(rows) if _alike(rows, f"{name}{told.get('公开内容', '')}") else _table(rows, publication)),
            gap(4.0),
        ]
    strips += _ending(publication, told)
    who = committee_of(about.org_name)
    strips = [*strips[:-1], *glued(strips[-1:]), blank(2), *signed(who, publication.posted_from)]
    return printed(strips, about, title=name, number=publication.number, seals=False, frame=LETTER)


def _alike(rows: Sequence[dict[str, Any]], above: str) -> bool:
    """Whether the lines are names and groups only, and all about the same thing, which is said `above`."""
    about = {str(line.get("事项", "")) for line in rows}
    return (
        len(about) == 1
        and about.pop() in above
        and all("姓名或户主" in one and "金额（元）" not in one for one in rows)
    )


def _names(rows: Sequence[dict[str, Any]]) -> list[Strip]:
    """Names in three blocks, filled down the columns."""
    table = Table()
    words = zip(("序号", "姓　名", "组　别"), _NAMES, strict=True)
    heads = [fitted(word, width, CELL, role="hei", centred=True) for word, width in words] * _BLOCKS
    table.head.extend(glued(row(table, heads, least=_ROW)))
    deep = -(-len(rows) // _BLOCKS)
    strips: list[Strip] = [*table.head]
    for n in range(deep):
        cells: list[Cell] = []
        for block in range(_BLOCKS):
            at = block * deep + n
            cells += _person(rows[at], at) if at < len(rows) else [Cell(width) for width in _NAMES]
        strips += row(table, cells, least=_ROW)
    return strips


def _person(line: dict[str, Any], at: int) -> list[Cell]:
    return [
        fitted(str(at + 1), _NAMES[0], CELL, role="song", centred=True),
        fitted(str(line.get("姓名或户主", "")), _NAMES[1], CELL, centred=True),
        fitted(str(line.get("组别", "")), _NAMES[2], CELL, centred=True),
    ]


def _table(rows: Sequence[dict[str, Any]], publication: Publication) -> list[Strip]:
    """One line each, with what it is about and how much; sums are added up."""
    amounts = [line.amount for line in publication.rows]
    table = Table()
    heads = [label(word, width) for word, width in zip(("序号", "姓名", *_WORDS), _TABLE, strict=True)]
    table.head.extend(glued(row(table, heads, least=_ROW)))
    strips: list[Strip] = [*table.head]
    for n, (line, amount) in enumerate(zip(rows, amounts, strict=True), 1):
        texts = [str(line.get(word, "")) for word in ("姓名或户主", *_WORDS[:-1])]
        strips += _line(table, str(n), texts, amount)
    if any(amount is not None for amount in amounts):
        total = sum((amount for amount in amounts if amount is not None), Decimal())
        strips += _line(table, "", ["合计", "", ""], total)
    return strips


def _line(table: Table, number: str, texts: Sequence[str], amount: Decimal | None) -> list[Strip]:
    cells = [fitted(number, _TABLE[0], CELL, role="song", centred=True)]
    cells += [
        fitted(text, width, CELL, centred=at != 2)
        for at, (text, width) in enumerate(zip(texts, _TABLE[1:-1], strict=True))
    ]
    money = "" if amount is None else f"{amount:,.2f}"
    return row(table, [*cells, fitted(money, _TABLE[-1], CELL, role="song", centred=True)], least=_ROW)


def _ending(publication: Publication, told: dict[str, Any]) -> list[Strip]:
    strips: list[Strip] = []
    if told.get("依据的决议或文件"):
        strips += said(f"{told['依据的决议或文件']}。", Run("依据：", "hei"))
    since, until = publication.posted_from, publication.posted_to
    if since and until:
        days = (until - since).days
        strips += said(f"{told['公布起']}至{told['公布止']}（{days}日）。", Run("公示期：", "hei"))
    contact = told.get("有意见找谁", "")
    how = f"可以向{contact}反映，也可以向村务监督委员会反映" if contact else "可以向我们或村务监督委员会反映"
    return [*strips, *said(f"对公开的内容有不同意见的，公示期内{how}，我们会及时答复。")]
