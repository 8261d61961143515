"""会议纪要 (papers.md §6.2): what was decided, without who said what; out of the minutes, nothing is typed again."""

from collections.abc import Sequence

from villagedesk.printing import sitting
from villagedesk.printing.about import About
from villagedesk.printing.faces import advance
from villagedesk.printing.frame import LETTER as FRAME
from villagedesk.printing.frame import WIDTH
from villagedesk.printing.letter import blank, colophon, headed, matter, people, said, within
from villagedesk.printing.marks import bonded
from villagedesk.printing.paper import Ink, Strip, glued, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import LETTER, TITLE, Pen, Style
from villagedesk.printing.setting import Run, one_line, set_paragraph
from villagedesk.printing.titles import title
from villagedesk.records.kind import shown
from villagedesk.records.kinds.councils.meeting import Item, Meeting, Presence

_MARK, _WIDEST = 30.0, 150.0
_MARK_TOP, _LINE_TOP, _TITLE_TOP = 35.0, 64.5, 101.4
"""Below the top of the type area: the mark, the line of number, the title."""


def digest(meeting: Meeting, about: About) -> Pdf:
    """The digest as a PDF."""
    topics = [item.title for item in meeting.agenda]
    whole = sitting.whole(meeting, about)
    body = _body(meeting, about)
    strips = [
        _mark(meeting, about),
        *headed(title(_about(topics) if topics else f"{sitting.called(meeting, about)}纪要", whole)),
        *body,
        blank(),
        *glued(_came(meeting)),
        colophon(about.org_name, about.sealed_on),
    ]
    name = f"{sitting.bodies(meeting, about).removesuffix('会议')}会议纪要"
    return printed(strips, about, title=name, number=meeting.number, frame=FRAME)


def _mark(meeting: Meeting, about: About) -> Strip:
    """The name of the paper large, its number, who issues it and when, over a heavy rule."""
    name = [Run(f"{sitting.bodies(meeting, about).removesuffix('会议')}会议纪要", "biao")]
    style = within(one_line(name, advance), Style(_MARK, _MARK, _MARK), _WIDEST)
    style = style if style.size >= TITLE.size else TITLE
    on = one_line([Run(shown(about.sealed_on or meeting.held_from.date()))], advance)
    inset = LETTER.width(1.0)

    inks, down = _centred(name, style, _MARK_TOP)
    numbers, more = _centred([Run(meeting.number)], LETTER, _LINE_TOP + down)
    low = _LINE_TOP + LETTER.step + down + more
    room = LETTER.cells(WIDTH) - on.end - 3.0
    unit = set_paragraph([Run(about.org_name)], room, advance=advance, justify=False)
    inks += [*numbers, *(Ink(line, inset, low + n * LETTER.step, LETTER) for n, line in enumerate(unit))]
    down += more + max(len(unit) - 1, 0) * LETTER.step
    low = _LINE_TOP + LETTER.step + down
    inks.append(Ink(on, WIDTH - inset - LETTER.width(on.end), low, LETTER))

    def rule(pen: Pen, left: float, top: float) -> None:
        at = top + low + LETTER.glyph + 4.0
        pen.rule(left, at, left + WIDTH, at, 0.7)

    return Strip(_TITLE_TOP + down, tuple(inks), marks=(rule,), glue=True)


def _centred(runs: Sequence[Run], style: Style, top: float) -> tuple[list[Ink], float]:
    """Text in the middle of the sheet, and how much deeper it is than one line."""
    lines = set_paragraph(runs, style.cells(WIDTH) + 0.01, advance=advance, justify=False)
    inks = [Ink(line, (WIDTH - style.width(line.end)) / 2, top + n * style.step, style) for n, line in enumerate(lines)]
    return inks, max(len(lines) - 1, 0) * style.step


def _about(topics: list[str]) -> str:
    named = "和".join(topics) if len(topics) <= 2 and len("".join(topics)) <= 30 else f"{topics[0]}等事项"
    return f"关于{named}的会议纪要"


def _body(meeting: Meeting, about: About) -> list[Strip]:
    held = meeting.held_from
    topics = "、".join(item.title for item in meeting.agenda)
    who = f"{meeting.chair.name}" if meeting.chair and meeting.chair.name else ""
    where = f"在{meeting.place}" if meeting.place else ""
    led = f"{who}{where}主持召开" if who else f"{where}召开"
    studied = f"，研究{topics}" if topics else ""
    begin = f"{held.year}年{held.month}月{held.day}日，{led}{sitting.called(meeting, about)}{studied}。"
    strips = said(begin + ("现将议定事项纪要如下：" if topics else ""))
    for n, item in enumerate(meeting.agenda, 1):
        strips += [*matter(n, item.title), *_item(item)]
    return strips


def _item(item: Item) -> list[Strip]:
    """What was decided, with who sees to it; what was not carried or only heard is said as such."""
    if item.passed is False:
        return said("会议未通过这一事项。")
    strips = said(item.resolution or item.report or "会议听取了有关情况。")
    if not item.resolution:
        return strips
    who = f"由{item.owner}负责落实" if item.owner else ""
    until = f"{shown(item.due_on)}前完成" if item.due_on else ""
    seen = "，".join(part for part in (who, until) if part)
    return strips + (said(f"{seen}。") if seen else [])


def _came(meeting: Meeting) -> list[Strip]:
    guests = [bonded(sitting.noted(guest.name, guest.post)) for guest in meeting.guests]
    strips = people("出席", sitting.names(meeting.present, Presence.PRESENT))
    for state, word in sitting.ABSENT:
        strips += people(word, sitting.names(meeting.present, state))
    return strips + people("列席", guests)
