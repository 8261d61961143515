"""Minutes of a meeting (会议记录): papers.md §6.1.  An unfinished meeting prints too; what is not known stays blank."""

from collections.abc import Sequence

from villagedesk.base.text import ordinal
from villagedesk.printing import sitting
from villagedesk.printing.about import About
from villagedesk.printing.boxes import under
from villagedesk.printing.faces import advance
from villagedesk.printing.marks import bonded
from villagedesk.printing.paper import WIDTH, Strip, Table, gap, glued, heading, kept, paragraph, printed, titled
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import SMALL, TEXT, TITLE
from villagedesk.printing.setting import Run, spread
from villagedesk.printing.tables import Cell, label, row, value
from villagedesk.printing.titles import title
from villagedesk.records.kind import Ref, shown
from villagedesk.records.kinds.councils.meeting import Attendee, BodyRef, Item, Meeting, Presence, Speech

_HEAD = (24.0, 56.0, 24.0, 52.0)
_SIGNS = (46.0, 34.0, 34.0, 42.0)
_BALLOT = (("议　题", 66.0), ("方式", 20.0), ("赞成", 15.0), ("反对", 15.0), ("弃权", 15.0), ("结果", 25.0))
_ROWS = (
    ("会议名称",), ("会议时间",), ("会议地点", "召集人"), ("主持人", "记录人"), ("通知",), ("到会人数",), ("请假缺席",), ("列席",), ("会议议题",),
)  # fmt: skip
_PEN, _RULES = 9.5, 7
"""Of the blank form: the height of a row to write in, and how many ruled lines it has."""


def minutes(meeting: Meeting, about: About) -> Pdf:
    """The minutes as a PDF."""
    name = _title(meeting, about)
    number = f"编号：{meeting.number}" if meeting.number else f"记录号：{about.record}"
    texts = _texts(meeting)
    strips = [
        *titled(title(name, sitting.whole(meeting, about)), number),
        *_head(meeting, about),
        gap(4.2),
        *texts[:-2],
        *glued(texts[-2:]),  # signatures never stand alone on a page
        gap(1.9),
        *_signs(meeting),
    ]
    return printed(strips, about, title=name, number=meeting.number)


def blank_minutes(about: About) -> Pdf:
    """The form for the pen: head, ruled lines, one table of votes, signatures; ruled sheets go on from it."""
    table = Table()
    strips = titled([spread("会议记录", 7.0, "biao", advance)], about.org_name)
    for names in _ROWS:
        edges = _HEAD if len(names) > 1 else (_HEAD[0], WIDTH - _HEAD[0])
        cells = [
            cell
            for name, one, two in zip(names, edges[::2], edges[1::2], strict=True)
            for cell in (label(name, one), Cell(two))
        ]
        strips += row(table, cells, least=_PEN)
    strips += [gap(1.0), *[Strip(TEXT.step, marks=(under(0.0, WIDTH, TEXT.glyph + 2.4),))] * _RULES, gap(4.0)]
    votes = Table()
    strips += glued(row(votes, [value([word], width, role="hei", centred=True) for word, width in _BALLOT]))
    strips += glued(
        [strip for _ in range(2) for strip in row(votes, [Cell(width) for _, width in _BALLOT], least=_PEN)]
    )
    return printed([*strips, gap(2.0), *_sign_rows()], about, title="会议记录（空白表）", number="")


def _title(meeting: Meeting, about: About) -> str:
    """The bodies' names, or the subject where they would not go into two lines."""
    named = sitting.bodies(meeting, about)
    text = named if TITLE.width(len(named)) < 2 * WIDTH - TITLE.width(6) else meeting.subject
    return text.removesuffix("会议") + "会议记录"


# --- the head ----------------------------------------------------------------------------------


def _head(meeting: Meeting, about: About) -> list[Strip]:
    table = Table()
    strips: list[Strip] = []

    def wide(name: str, *paragraphs: str) -> None:
        strips.extend(row(table, [label(name, _HEAD[0]), value(paragraphs, WIDTH - _HEAD[0])]))

    def pair(name: str, one: str, other: str, two: str) -> None:
        cells = [label(name, _HEAD[0]), value([one], _HEAD[1]), label(other, _HEAD[2]), value([two], _HEAD[3])]
        strips.extend(row(table, cells))

    wide("会议名称", meeting.subject + (f"（{meeting.session}）" if meeting.session else ""))
    wide("会议时间", sitting.span(meeting.held_from, meeting.held_to))
    pair("会议地点", meeting.place, "召集人", meeting.convener)
    pair("主持人", _name(meeting.chair), "记录人", _name(meeting.recorder))
    wide("通知", sitting.noted(f"{shown(meeting.notice_on)}送达" if meeting.notice_on else "", meeting.notice_by))
    if meeting.studied_on or meeting.studied_no:
        wide("党组织研究", sitting.noted(shown(meeting.studied_on), meeting.studied_no))
    wide("到会人数", *_counts(meeting, about))
    wide("请假缺席", *_missing(meeting.present))
    wide("列席", "、".join(bonded(sitting.noted(guest.name, guest.post)) for guest in meeting.guests))
    topics = [item.title for item in meeting.agenda]
    numbered = [[Run(f"{n}.", kern=0.2), Run(topic)] for n, topic in enumerate(topics, 1)]
    cell = value(numbered if len(topics) > 1 else topics, WIDTH - _HEAD[0])
    return [*strips, *row(table, [label("会议议题", _HEAD[0]), cell])]


def _name(person: Ref | None) -> str:
    return person.name if person else ""


def _counts(meeting: Meeting, about: About) -> list[str]:
    """How many should have come and came, for each body when there are several."""
    if not meeting.present:
        return []
    several = len(meeting.bodies) > 1
    return [(f"{sitting.body(b, about)}：" if several else "") + _count(meeting.present, b) for b in meeting.bodies]


def _count(present: Sequence[Attendee], body: BodyRef) -> str:
    states = [a.state for a in present if not a.bodies or body.body in a.bodies]
    counted = [f"{name}{n}人" for state, name in _STATES if (n := states.count(state)) or state is Presence.PRESENT]
    return "，".join([f"应到{body.base or len(states)}人", *counted])


_STATES = ((Presence.PRESENT, "实到"), *sitting.ABSENT)


def _missing(present: Sequence[Attendee]) -> list[str]:
    """Who did not come, with the reasons; 无 says that all came, blank that nobody is entered yet."""
    rows = []
    for state, word in sitting.ABSENT:
        names = sitting.names(present, state)
        if names:
            rows.append(f"{word}{len(names)}人：" + "、".join(names))
    return rows or (["无"] if present else [])


# --- the text ----------------------------------------------------------------------------------


def _texts(meeting: Meeting) -> list[Strip]:
    sections: list[tuple[str, list[Strip]]] = []
    if meeting.opening:
        sections.append(("会前通报", _prose(meeting.opening)))
    for n, item in enumerate(meeting.agenda, 1):
        topic = f"议题{ordinal(n)}" if len(meeting.agenda) > 1 else "议题"
        sections.append((f"{topic}：{item.title}", _item(item)))
    if meeting.minutes:
        sections.append(("其他记录", _prose(meeting.minutes)))
    if decided := [(n, item) for n, item in enumerate(meeting.agenda, 1) if _decided(item)]:
        sections.append(("表决情况", _votes(decided, meeting.tellers)))
    elif meeting.tellers:
        sections.append(("监票、计票人", _prose(meeting.tellers)))
    if resolutions := [item for item in meeting.agenda if item.resolution and item.passed is not False]:
        sections.append(("决议", _resolutions(resolutions)))
    strips: list[Strip] = []
    for n, (name, content) in enumerate(sections, 1):
        strips += [*heading(f"{ordinal(n)}、{name}"), *content]
    return strips + (paragraph([Run("散会。")]) if meeting.held_to else [])


def _prose(text: str, *before: Run) -> list[Strip]:
    """Typed paragraphs; `before` opens the first one."""
    strips: list[Strip] = []
    for words in filter(None, (line.strip() for line in text.split("\n"))):
        strips += paragraph([*before, Run(words)])
        before = ()
    return strips


def _item(item: Item) -> list[Strip]:
    strips = _prose(item.source, Run("提出人", "hei"), Run("：")) if item.source else []
    strips += _prose(item.report)
    for speech in item.speeches:
        strips += _prose(speech.text, *_speaker(speech))
    return strips


def _speaker(speech: Speech) -> list[Run]:
    group = f"（{speech.group}）" if speech.group else ""
    return [Run(bonded(speech.name), "hei"), Run(f"{group}：")] if speech.name or group else []


def _decided(item: Item) -> bool:
    return item.voted or item.passed is not None or bool(item.override)


def _votes(decided: Sequence[tuple[int, Item]], tellers: str) -> list[Strip]:
    silent = any(item.silent is not None for _, item in decided)
    widths = (48.0, 20.0, 15.0, 15.0, 15.0, 18.0, 25.0) if silent else tuple(width for _, width in _BALLOT)
    names = ("议　题", "方式", "赞成", "反对", "弃权", *(("未表决",) if silent else ()), "结果")
    table = Table()
    heads = [value([name], width, role="hei", centred=True) for name, width in zip(names, widths, strict=True)]
    table.head.extend(glued(row(table, heads)))
    rows = []
    for n, item in decided:
        topic = item.title if len(decided) == 1 else f"{ordinal(n)}、{item.title}"
        counts = [item.yes, item.no, item.abstain, *([item.silent] if silent else [])]
        words = [shown(item.method).removesuffix("表决"), *map(shown, counts), _result(item)]
        cells = [value([w], width, centred=True) for w, width in zip(words, widths[1:], strict=True)]
        rows += row(table, [value([topic], widths[0]), *cells])
        if item.override:
            rows = [*rows[:-1], *glued(rows[-1:]), *row(table, [value([f"主持人改判：{item.override}"], WIDTH)])]
    tied = table.head + (kept(rows) if len(rows) <= 6 else [*glued(rows[:2]), *rows[2:]])
    after = _prose(tellers, Run("监票、计票人", "hei"), Run("：")) if tellers else []
    return [gap(0.6), *tied, gap(3.0), *after]


def _result(item: Item) -> str:
    return {True: "通　过", False: "未通过", None: ""}[item.passed]


def _resolutions(items: Sequence[Item]) -> list[Strip]:
    strips: list[Strip] = []
    for n, item in enumerate(items, 1):
        number = [Run(f"{n}.", kern=0.2)] if len(items) > 1 else []
        strips += _prose(item.resolution + _charge(item), *number)
    return strips


def _charge(item: Item) -> str:
    """Who carries it out, until when."""
    said = (("责任人：", item.owner), ("完成期限：", shown(item.due_on)))
    told = "；".join(word + text for word, text in said if text)
    return f"（{told}）" if told else ""


# --- the foot ----------------------------------------------------------------------------------


def _signs(meeting: Meeting) -> list[Strip]:
    """Three rows to sign, and the attachments by name; all on one page."""
    rows = _sign_rows()
    if not meeting.files:
        return rows
    runs = [Run("附件：")]
    for n, file in enumerate(meeting.files, 1):
        runs += [Run(f"{n}.", kern=0.2)] if len(meeting.files) > 1 else []
        runs.append(Run(bonded(file.name) + ("　" if n < len(meeting.files) else "")))
    return [*glued(rows), gap(1.8), *paragraph(runs, SMALL, indent=0.0, hanging=3.0)]


def _sign_rows() -> list[Strip]:
    table = Table()
    rows = []
    for left, right in (("主持人", "记录人"), ("监票人", "计票人"), ("村务监督委员会", "")):
        date = value(["年　　月　　日"], _SIGNS[3], SMALL, centred=True) if not right else Cell(_SIGNS[3])
        second = label(f"{right}（签名）" if right else "日期", _SIGNS[2], SMALL)
        rows += row(table, [label(f"{left}（签名）", _SIGNS[0], SMALL), Cell(_SIGNS[1]), second, date], least=11.0)
    return kept(rows)
