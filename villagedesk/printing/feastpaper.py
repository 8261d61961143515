"""红白事报备表 (domain §6.1): what a family tells, what it was told, what was said to it, and what was counted on the day.

The form registers and recommends; nobody approves anything on it.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from villagedesk.printing.about import About
from villagedesk.printing.boxes import at
from villagedesk.printing.forms import Box, form_row, headed, prose, set_in, ticked, to_sign
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, gap, glued, paragraph, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, Style
from villagedesk.printing.setting import Run
from villagedesk.printing.tables import Cell, fitted, label
from villagedesk.records.kind import Choice, shown
from villagedesk.records.kinds.ledgers.feast import Feast, Occasion, Shown, Standing, Told

SHEET = replace(FORM, top=26.0, follow=26.0)
_LABEL, _HALF = 26.0, 52.0
_WIDE = WIDTH - _LABEL
_ROW, _LOW = 8.2, 15.0
_BODY = Style(11.5, 11.5, 16.5)
_FINE = Style(9.5, 9.5, 13.5)
_PLEDGE = "我自愿按照本村章程提倡的标准从简办理，做好食品、交通、消防安全，不铺张、不攀比。"
_NOTE = "说明：本表用于报备，不是审批。桌数、标准是本村提倡的，由事主自愿遵守；看过的证件不留复印件。集体聚餐50人以上或5桌以上的另行登记。"


def feast_form(feast: Feast, about: About) -> Pdf:
    """The form as far as it is filled in."""
    number = f"编号：{feast.number}" if feast.number else ""
    return printed(
        _strips(feast, about, number), about, title="红白事报备表", number=feast.number, seals=False, frame=SHEET
    )


def blank_feast(about: About) -> Pdf:
    """The form for the pen."""
    return printed(_strips(None, about, ""), about, title="红白事报备表（空白表）", number="", seals=False, frame=SHEET)


def _strips(feast: Feast | None, about: About, number: str) -> list[Strip]:
    table = Table()
    rows = [
        *_who(table, feast),
        *_plan(table, feast),
        *_told(table, feast),
        *_said(table, feast),
        *_after(table, feast),
    ]
    head = headed(f"{about.org_name}红白事报备表", "", number)
    return [*glued([*head, *rows]), gap(1.6), *paragraph([Run(_NOTE)], _FINE, indent=0.0)]


def _two(table: Table, one: tuple[str, str | Box], two: tuple[str, str | Box]) -> Strip:
    """Two labels with their values side by side."""
    cells: list[Cell | Box] = []
    for name, told in (one, two):
        cells += [label(name, _LABEL), told if isinstance(told, Box) else fitted(told, _HALF, CELL)]
    return form_row(table, cells, _ROW)


def _one(table: Table, name: str, box: Box, height: float = _ROW) -> Strip:
    return form_row(table, [label(name, _LABEL), box], height)


def _choices(options: Sequence[Choice], chosen: Sequence[Choice]) -> list[tuple[str, bool]]:
    return [(one.label, one in chosen) for one in options]


def _who(table: Table, feast: Feast | None) -> list[Strip]:
    occasions = _choices(list(Occasion), [feast.occasion] if feast else [])
    standing = _choices(list(Standing), feast.standing if feast else [])
    group = feast.group.name if feast and feast.group else ""
    return [
        _two(table, ("事主姓名", feast.host.name if feast else ""), ("组　　别", group)),
        _two(
            table, ("电　　话", feast.phone if feast else ""), ("报备日期", shown(feast.registered_on) if feast else "")
        ),
        _one(table, "事　　项", ticked([occasions], _WIDE)),
        _one(table, "身　　份", ticked([standing], _WIDE)),
        _one(table, "看过的证件", ticked([_choices(list(Shown), feast.shown if feast else [])], _WIDE)),
    ]


def _plan(table: Table, feast: Feast | None) -> list[Strip]:
    when = shown(feast.begins_on) if feast else ""
    if feast and feast.ends_on and feast.ends_on != feast.begins_on:
        when = f"{when}至{feast.ends_on.month}月{feast.ends_on.day}日"
    tables = _count(feast.tables if feast else None, "桌")
    limit = f"（提倡不超过{feast.limit}桌）" if feast and feast.limit else ""
    return [
        _two(table, ("拟办日期", when), ("地　　点", feast.place if feast else "")),
        _two(
            table,
            ("宴请人数", _count(feast.guests if feast else None, "人")),
            ("桌　　数", tables + (limit if tables else "")),
        ),
        _two(
            table,
            ("餐　　次", _count(feast.meals if feast else None, "餐")),
            ("每桌标准", _money(feast.per_table if feast else None)),
        ),
        _two(table, ("菜　　单", feast.menu if feast else ""), ("烟酒标准", feast.drink if feast else "")),
        _two(
            table,
            ("随礼上限", _money(feast.gift if feast else None)),
            ("车　　辆", _count(feast.cars if feast else None, "辆")),
        ),
    ]


def _told(table: Table, feast: Feast | None) -> list[Strip]:
    told = _choices(list(Told), feast.told if feast else [])
    lines = set_in(_PLEDGE, _WIDE, _BODY)
    day = _day(feast.pledged_on if feast else None)
    signed = to_sign([[], [("事主（签名）：", 26.0, 78.0), (day, 82.0, 0.0)]], _WIDE)
    return [
        _one(table, "告知和手续", ticked([told[:3], told[3:]], _WIDE, air=4.0), 14.0),
        _one(table, "承　　诺", prose(lines, _WIDE, _BODY, signed), 26.0),
    ]


def _said(table: Table, feast: Feast | None) -> list[Strip]:
    parts = (
        ("包片理事意见", feast.advice if feast else "", "包片理事（签名）："), ("理事会意见", feast.council if feast else "", "会长（签名）："),
        ("村委会意见", feast.committee if feast else "", "负责人（签名）："),
    )  # fmt: skip
    return [_opinion(table, name, text, sign) for name, text, sign in parts]


def _opinion(table: Table, name: str, text: str, sign: str) -> Strip:
    lines = set_in(text, _WIDE, _BODY)
    deep = len(lines) * _BODY.step
    signed = to_sign([[(sign, 18.0, 78.0), (_day(None), 82.0, 0.0)]], _WIDE)

    def low(left: float, height: float) -> tuple[Sequence[Ink], Sequence[Mark]]:
        inks, marks = signed.draw(left, 9.0)
        shift = height - 9.0
        return [replace(ink, y=ink.y + shift) for ink in inks], [_lower(mark, shift) for mark in marks]

    return _one(table, name, prose(lines, _WIDE, _BODY, Box(_WIDE, low)), max(_LOW + 3.0, deep + 13.0))


def _lower(mark: Mark, shift: float) -> Mark:
    return lambda pen, left, top: mark(pen, left, top + shift)


def _after(table: Table, feast: Feast | None) -> list[Strip]:
    counted = [
        ("实际桌数：", 2.6, 34.0, _count(feast.real_tables if feast else None, "桌")),
        ("实际人数：", 42.0, 74.0, _count(feast.real_guests if feast else None, "人")),
        ("礼金标准：", 82.0, 124.0, _money(feast.real_gift if feast else None)),
    ]  # fmt: skip
    signed = [("核实人（签名）：", 2.6, 62.0, ""), (_day(feast.checked_on if feast else None), 70.0, 0.0, "")]
    until = _span(feast)
    saved = _money(feast.saved if feast else None)
    return [
        _one(table, "现场核实", _blanks([counted, signed]), 17.0),
        _two(table, ("事后公示", until), ("估算节约", saved)),
    ]


def _blanks(lines: Sequence[Sequence[tuple[str, float, float, str]]]) -> Box:
    """Words with rules, and what is written on them."""
    bare = to_sign([[(word, begin, end) for word, begin, end, _ in line] for line in lines], _WIDE)

    def draw(left: float, height: float) -> tuple[Sequence[Ink], Sequence[Mark]]:
        inks, marks = bare.draw(left, height)
        step = height / len(lines)
        written = [
            at(text, left + begin + CELL.width(len(word)) + 2.0, n * step + (step - CELL.glyph) / 2, CELL)
            for n, line in enumerate(lines)
            for word, begin, _, text in line
            if text
        ]
        return [*inks, *written], marks

    return Box(_WIDE, draw)


def _count(count: int | None, unit: str) -> str:
    return "" if count is None else f"{count}{unit}"


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}元".replace(".00元", "元")


def _day(day: object) -> str:
    return shown(day) if day else "　　　　年　　月　　日"


def _span(feast: Feast | None) -> str:
    if feast is None or feast.posted_from is None:
        return ""
    until = feast.posted_to
    return f"{shown(feast.posted_from)[5:]}至{shown(until)[5:]}" if until else shown(feast.posted_from)
