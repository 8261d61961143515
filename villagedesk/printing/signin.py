"""会议签到表 (papers.md §6.3): two blocks of 24 lines a page to sign in; who sits in without a vote signs on a page of their own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from villagedesk.printing import sitting
from villagedesk.printing.about import About
from villagedesk.printing.boxes import under
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.paper import Ink, Mark, Strip, Table, centred, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, Style
from villagedesk.printing.setting import Run, one_line, spread
from villagedesk.printing.tables import Cell, fitted, row
from villagedesk.records.kinds.councils.meeting import Attendee, Guest, Meeting

SHEET = replace(FORM, top=24.0, follow=24.0, bottom=269.0, number=0.0)
_LINES, _ROW = 24, 8.0
_BLOCK = (9.0, 19.0, 24.0, 26.0)
_GUESTS = (12.0, 30.0, 68.0, 46.0)
_NOTE = "说明：由本人签名，不得代签；不会写字的按指印，由记录人在旁注明。列席人员另页签到。"
_HEAVY = 0.5
_RULE = CELL.glyph + 0.9
"""Where one writes, below the top of a line."""


def signin(meeting: Meeting, about: About) -> Pdf:
    """The sign-in sheet as a PDF.  It is printed before the meeting and is no draft; 48 empty lines where nobody is entered."""
    strips = _filled(len(meeting.present), 2, _head("会议签到表", meeting), partial(_blocks, meeting.present))
    if meeting.guests:
        strips += _filled(len(meeting.guests), 1, _head("列席人员签到表", meeting), partial(_guests, meeting.guests))
    return printed(strips, about, title="会议签到表", number=meeting.number, seals=False, frame=SHEET)


def blank_signin(about: About) -> Pdf:
    """The same with 48 numbered lines, everything left to the pen."""
    return printed(
        _filled(0, 2, _head("会议签到表", None), partial(_blocks, [])),
        about,
        title="会议签到表（空白表）",
        number="",
        frame=SHEET,
    )


def _filled(count: int, beside: int, head: list[Strip], block: Callable[[int, int], list[Strip]]) -> list[Strip]:
    """Pages for `count` people, `beside` of them in a line, each of up to 24 lines: as many as it has room for.

    `block` makes lines, told who is the first on them and how many they are.
    """
    strips, start = list[Strip](), 0
    while not strips or start < count:
        for lines in range(_LINES, 0, -1):
            page = [*head, *block(start, lines), *_foot()]
            if sum(strip.height for strip in page) <= SHEET.bottom - SHEET.top + 1e-6:
                break
        strips += page
        start += beside * lines
    return strips


def _head(name: str, meeting: Meeting | None) -> list[Strip]:
    (title,) = centred([spread(name, 2.0 * len(name) - 1.0, "biao", advance)])
    subject = when = invited = ""
    if meeting is not None:
        at = meeting.held_from
        subject, when = meeting.subject, f"{at.year}年{at.month}月{at.day}日{at:%H:%M}　{meeting.place}"
        count = (meeting.bodies[0].base if meeting.bodies else None) or len(meeting.present)
        invited = f"{count}人" if count else ""
    return [
        replace(title, height=13.27),
        _line(("会议名称：", subject, 94.0), ("应到：", invited, 22.0), 8.4),
        _line(("时间地点：", when, 94.0), ("实到：", "", 22.0), 8.93),
    ]


def _line(one: tuple[str, str, float], two: tuple[str, str, float], height: float) -> Strip:
    """Two labels in 黑体, each with its value on a rule."""
    inks: list[Ink] = []
    rules: list[Mark] = []
    deep = 0.0
    for (name, text, length), at in ((one, 0.0), (two, 118.5)):
        word = one_line([Run(name, "hei")], advance)
        start = at + CELL.width(word.end)
        cell = fitted(text, length, CELL)
        inks += [Ink(word, at, 0.0, CELL), *cell.inks(start, 0.2)]
        places = [k * cell.style.step for k in range(max(len(cell.lines), 1))]
        rules += [under(start, start + length, _RULE + place) for place in places]
        deep = max(deep, places[-1])
    return Strip(height + deep, tuple(inks), glue=True, marks=tuple(rules))


def _blocks(present: Sequence[Attendee], first: int, lines: int) -> list[Strip]:
    table = Table()
    heads = [
        _label(word, width) for word, width in zip(("序号", "姓　名", "组别（职务）", "本人签名"), _BLOCK, strict=True)
    ]
    rows = row(table, heads * 2, least=_ROW)
    for at in range(first, first + lines):
        cells = [*_person(present, at), *_person(present, at + lines)]
        rows += row(table, cells, least=_ROW)
    return glued([replace(strip, marks=(_heavy(strip.height),)) for strip in rows])


def _heavy(height: float) -> Mark:
    """The line between the two blocks."""
    return lambda pen, left, top: pen.rule(left + WIDTH / 2, top, left + WIDTH / 2, top + height, _HEAVY)


def _person(present: Sequence[Attendee], at: int) -> list[Cell]:
    """The four cells of one who should come; the number alone where nobody is entered at all."""
    if at >= len(present):
        number = str(at + 1) if not present else ""
        return [_number(number, _BLOCK[0]), *(Cell(width) for width in _BLOCK[1:])]
    one = present[at]
    return [
        _number(str(at + 1), _BLOCK[0]),
        fitted(sitting.padded(one.name), _BLOCK[1], CELL, centred=True),
        fitted(one.group, _BLOCK[2], NOTE, centred=True),
        Cell(_BLOCK[3]),
    ]


def _guests(guests: Sequence[Guest], first: int, lines: int) -> list[Strip]:
    table = Table()
    heads = [
        _label(word, width) for word, width in zip(("序号", "姓　名", "单位职务", "本人签名"), _GUESTS, strict=True)
    ]
    rows = row(table, heads, least=_ROW)
    for at in range(first, first + lines):
        name, post = (guests[at].name, guests[at].post) if at < len(guests) else ("", "")
        number = str(at + 1) if name else ""
        rows += row(
            table,
            [
                _number(number, _GUESTS[0]),
                fitted(sitting.padded(name), _GUESTS[1], CELL, centred=True),
                fitted(post, _GUESTS[2], CELL),
                Cell(_GUESTS[3]),
            ],
            least=_ROW,
        )
    return glued(rows)


def _foot() -> list[Strip]:
    note = one_line([Run(_NOTE)], advance)
    inks: list[Ink] = []
    rules: list[Mark] = []
    for word, at, end in (("会议主持人（签名）：", 0.0, 70.0), ("记录人（签名）：", 80.0, 142.0)):
        line = one_line([Run(word, "hei")], advance)
        inks.append(Ink(line, at, 0.0, CELL))
        rules.append(under(at + CELL.width(line.end), end, _RULE))
    return [
        Strip(1.74, glue=True),
        Strip(7.03, (Ink(note, 0.0, 0.0, NOTE),), glue=True),
        Strip(5.3, tuple(inks), marks=tuple(rules)),
    ]


def _label(word: str, width: float, style: Style = CELL) -> Cell:
    return fitted(word, width, style, role="hei", centred=True)


def _number(word: str, width: float) -> Cell:
    return fitted(word, width, NOTE, role="song", centred=True)
