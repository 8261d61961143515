"""四议两公开决策实施登记表 (papers.md §6.5): a sheet for each step of a matter, the same 动议事由 on all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from villagedesk.base.text import ordinal
from villagedesk.printing.about import About
from villagedesk.printing.forms import Box, form_row, headed, prose, set_in, ticked, to_sign, upright
from villagedesk.printing.frame import FORM, WIDTH
from villagedesk.printing.paper import Strip, Table, gap, glued, paragraph, printed
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.pen import CELL, NOTE, Style
from villagedesk.printing.setting import Line, Run
from villagedesk.printing.tables import Cell, fitted, label, value
from villagedesk.records.kind import shown
from villagedesk.records.kinds.affairs.matter import Cause, Matter, MatterStep, StepKind, Variant

SHEET = replace(FORM, top=28.0, follow=28.0)
_LABEL = 28.0
_VALUE = WIDTH - _LABEL
_ROW = 11.0
_TALL, _TALLER = 94.0, 120.0
"""The cell of what was decided; where it is not enough, and the signatures go to a sheet of their own."""
_POSTED, _WATCHED = 70.0, 60.0
_BODY = Style(12.0, 12.0, 20.0)
_FINE = Style(9.5, 9.5, 14.0)
_WORDS = {
    StepKind.PROPOSE: "提议", StepKind.CONSULT: "商议", StepKind.EXAMINE: "审议", StepKind.AUDIT: "审核", StepKind.DECIDE: "决议",
    StepKind.POST: "公开", StepKind.OTHER: "办理",
}  # fmt: skip
_FORMS = {StepKind.EXAMINE: ("党员大会", "党员议事会"), StepKind.DECIDE: ("村民代表会议", "村民会议")}
_NOTE = (
    "填表说明：动议事由在相应栏内打“√”，同一事项各表应一致；应到人数按规定的参会对象计算，实到人数须达到规定的比例。"
)


def matter_book(matter: Matter, about: About) -> Pdf:
    """Every step on its sheet."""
    strips = [strip for n, step in enumerate(matter.steps, 1) for strip in _sheet(matter, about, n, step)]
    return printed(
        strips or _none(matter, about),
        about,
        title=_title(matter.variant, about),
        number=matter.number,
        seals=False,
        frame=SHEET,
    )


def blank_matter(about: About) -> Pdf:
    """The six sheets of the usual way for the pen."""
    names = (
        ("党组织会议提议", StepKind.PROPOSE), ("村“两委”会议商议", StepKind.CONSULT), ("党员大会审议", StepKind.EXAMINE),
        ("村民代表会议或村民会议决议", StepKind.DECIDE), ("决议公开", StepKind.POST), ("实施结果公开", StepKind.POST),
    )  # fmt: skip
    steps = [MatterStep.model_construct(name=name, step=step) for name, step in names]
    strips = [strip for n, step in enumerate(steps, 1) for strip in _sheet(None, about, n, step)]
    title = _title(Variant.FOUR, about)
    return printed(strips, about, title=f"{title}（空白表）", number="", seals=False, frame=SHEET)


def _title(variant: Variant, about: About) -> str:
    way = Variant.FOUR.label if variant is Variant.OWN else variant.label
    return f"{about.org_name}重大事务“{way}”决策实施登记表"


def _none(matter: Matter, about: About) -> list[Strip]:
    return [*headed(_title(matter.variant, about)), *paragraph([Run("这件事还没有写步骤。")])]


def share(came: int | None, expected: int | None) -> str:
    """How many of those who should came, in hundredths with one decimal, never rounded up: 66.66 is no two thirds."""
    if came is None or not expected:
        return ""
    tenths = came * 1000 // expected
    return f"{tenths // 10}.{tenths % 10}%"


def _sheet(matter: Matter | None, about: About, n: int, step: MatterStep) -> Iterator[Strip]:
    """The sheet of one step, and a second one where what was decided is long."""
    number = f"编号：{matter.number}" if matter and matter.number else ""
    name = f"（{ordinal(n)}）{step.name}"
    title = _title(matter.variant if matter else Variant.FOUR, about)
    posted = step.step is StepKind.POST
    lines = set_in(step.text, _VALUE, _BODY)
    tall = _POSTED if posted else _TALL
    room = _holds(tall)
    parts = [lines] if len(lines) <= room else _chunks(lines, _holds(_TALLER))
    for k, part in enumerate(parts):
        first, last = k == 0, k == len(parts) - 1
        table = Table()
        rows = [_cause(table, matter), *(_facts(table, matter, step) if first else [])]
        height = tall if last and first else _TALLER if not last else max(_POSTED, len(part) * _BODY.step + 8.0)
        rows.append(_content(table, step, part, height))
        if last:
            rows += _after(table, step)
        sheet = [*headed(title, name if first else f"{name}（续页）", number), *rows]
        if last:
            sheet += [gap(2.0), *paragraph([Run(_NOTE)], _FINE, indent=0.0)]
        yield from [*glued(sheet[:-1]), replace(sheet[-1], glue=False)]


def _holds(height: float) -> int:
    return int((height - 4.0) / _BODY.step)


def _chunks(lines: Sequence[Line], room: int) -> list[list[Line]]:
    return [list(lines[at : at + room]) for at in range(0, len(lines), room)]


def _cause(table: Table, matter: Matter | None) -> Strip:
    choices = [(one.label, matter is not None and matter.cause is one) for one in Cause]
    return form_row(table, [label("动议事由", _LABEL), ticked([choices], _VALUE)], _ROW)


def _facts(table: Table, matter: Matter | None, step: MatterStep) -> list[Strip]:
    word = _WORDS[step.step]
    subject = value([matter.subject if matter else ""], _VALUE)
    rows = [
        form_row(table, [label("公开事项" if step.step is StepKind.POST else f"{word}事项", _LABEL), subject], _ROW)
    ]
    if step.step is StepKind.POST:
        since, until = shown(step.posted_from), shown(step.posted_to)
        days = f"{since}至{until}" if since or until else "　　　　年　　月　　日至　　　　年　　月　　日"
        return [*rows, form_row(table, [label("公开时间", _LABEL), value([days], _VALUE)], _ROW)]
    when = value([shown(step.on or step.done_on)], 50.0)
    cells: list[Cell | Box] = [label(f"{word}时间", _LABEL), when, label("会议形式", 24.0)]
    known = _FORMS.get(step.step)
    if known:
        cells.append(ticked([[(one, step.form == one) for one in known]], 54.0, air=1.6, style=NOTE))
    else:
        cells.append(fitted(step.form, 54.0, CELL))
    rows.append(form_row(table, cells, _ROW))
    counts = (
        ("应到", "" if step.expected is None else f"{step.expected}人"), ("实到", "" if step.came is None else f"{step.came}人"),
        ("比例", share(step.came, step.expected)),
    )  # fmt: skip
    parts: list[Cell | Box] = [label("参会人员", _LABEL)]
    for column, (title, count) in enumerate(counts):
        wide = 26.6 if column < 2 else _VALUE - 2 * 42.6 - 16.0
        parts += [label(title, 16.0), fitted(count, wide, CELL, role="song", centred=True)]
    return [*rows, form_row(table, parts, _ROW)]


def _content(table: Table, step: MatterStep, lines: Sequence[Line], height: float) -> Strip:
    name = "公开情况" if step.step is StepKind.POST else f"{_WORDS[step.step]}内容"
    return form_row(table, [upright(name, _LABEL), prose(lines, _VALUE, _BODY)], height)


def _after(table: Table, step: MatterStep) -> list[Strip]:
    if step.step is StepKind.POST:
        watched = set_in(step.opinion, _VALUE, _BODY)
        signed = to_sign([[], [("村务监督委员会主任（签名）：", 40.0, 122.0)]], _VALUE)
        return [form_row(table, [upright("监督意见", _LABEL), prose(watched, _VALUE, _BODY, signed)], _WATCHED)]
    note = f"（{step.came}人签名见所附签到表；下列为主持人、记录人、监票人、计票人签名）" if step.came else ""
    lines = [[("主持人：", 4.0, 58.0), ("记录人：", 66.0, 120.0)], [("监票人：", 4.0, 58.0), ("计票人：", 66.0, 120.0)]]
    rows = [form_row(table, [label("参会人员签字", _LABEL), to_sign(lines, _VALUE, note=note)], 34.0)]
    if step.step in _FORMS:
        there = value([step.town], _VALUE) if step.town else None
        sign = to_sign([[("职务：", 4.0, 58.0), ("签名：", 66.0, 120.0)]], _VALUE, note="")
        cell: Cell | Box = prose(list(there.lines), _VALUE, CELL, sign) if there else sign
        rows.append(form_row(table, [label("乡镇参会人员签字（含职务）", _LABEL), cell], 22.0))
    return rows
