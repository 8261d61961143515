"""A council's file of a year, gathered from its records with the rights of who asks."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from villagedesk.actions import figures, roster
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.spans import Span
from villagedesk.printing.councilpaper import CouncilFile, Section
from villagedesk.records.kind import Record, fields, shown
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.file import Charter, YearPlan
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.rights import Deed
from villagedesk.store import queries
from villagedesk.store.queries import Kept, Wanted
from villagedesk.store.tables import leading

MOST = 400
"""Lines of one list at the most."""


def gathered(session: Session, office: Office, kept: Kept) -> CouncilFile:
    """What there is of this year, up to today."""
    council = kept.record
    assert isinstance(council, Council)  # noqa: S101 -- only councils have such a file
    today = date.fromisoformat(clock.today())
    meetings = [
        one for one in _of(session, office, Meeting, today.year, council.key) if isinstance(one.record, Meeting)
    ]
    decided = [
        one for one in _of(session, office, Resolution, today.year, council.key) if isinstance(one.record, Resolution)
    ]
    ledgers = list(_ledgers(session, office, council, today.year))
    members = _members(session, office, council, today)
    plans = [one.record for one in _of(session, office, YearPlan, today.year) if _is(one, council, kept.id)]
    sections = (
        Section("会议", (("日期", 1.9), ("会议名称", 4.0), ("应到", 0.8), ("实到", 0.8)), tuple(_sittings(meetings))),
        Section(
            "决议和落实", (("通过日期", 1.9), ("决议", 4.0), ("责任人", 1.2), ("状态", 1.2)), tuple(_decisions(decided))
        ),
        *ledgers,
        Section(
            "年度计划", (("什么时候", 1.9), ("做什么", 4.0), ("谁负责", 1.2), ("办好日期", 1.9)), tuple(_plans(plans))
        ),
    )
    done = sum(one.stage == "done" for one in decided)
    came = sum(Meeting.came.count(one.record) for one in meetings)
    sentences = (
        f"本年度（截至{shown(today)}）{council.name}有成员{len(members.rows)}人，开会{len(meetings)}次，到会{came}人次。",
        f"通过决议{len(decided)}项，已落实{done}项。" if decided else "没有通过决议。",
        *(f"{one.name}{len(one.rows)}件。" for one in ledgers if one.rows),
    )
    return CouncilFile(
        today.year, today, tuple(_facts(session, office, council, kept.id)), members, sections, sentences,
        tuple(_figures(office, council, today.year)),
    )  # fmt: skip


def _of(session: Session, office: Office, cls: type[Record], year: int, body: str = "") -> list[Kept]:
    if not office.by.may(Deed.READ, cls.kind):
        return []
    found = queries.listed(session, office.by, cls, wanted=Wanted(year=year, body=body), limit=MOST)
    return [one for one in found if one.org == office.desk.me.org][::-1]


def _is(one: Kept, council: Council, identifier: str) -> bool:
    ref = getattr(one.record, "council", None)
    return ref is not None and (ref.id == identifier or (not ref.id and ref.name == council.name))


def _facts(session: Session, office: Office, council: Council, identifier: str) -> Iterator[tuple[str, str]]:
    known = (
        ("成立日期", shown(council.founded_on)), ("会长", council.chair), ("每届年数", shown(council.years)),
        ("一并承担的会", shown(council.covers)),
    )  # fmt: skip
    yield from ((name, text) for name, text in known if text)
    charters = [
        one
        for one in queries.listed(session, office.by, Charter)
        if _is(one, council, identifier) and one.stage == "adopted"
    ]
    if charters and isinstance(charters[0].record, Charter):
        yield "现行章程", f"{charters[0].record.name}，{shown(charters[0].record.adopted_on)}通过"


def _members(session: Session, office: Office, council: Council, day: date) -> Section:
    posts = [post for post, _ in roster.sitting(session, office.by, council.key, day)]
    groups = {seat.person: seat.group for seat in roster.entitled(session, office.by, [council.key], day)}
    rows = tuple((post.person.name, post.position, groups.get(post.person.id, ""), shown(post.since)) for post in posts)
    return Section("成员名册", (("姓名", 1.4), ("职务", 1.6), ("组别", 1.6), ("任职起", 1.6)), rows)


def _sittings(meetings: list[Kept]) -> Iterator[tuple[str, ...]]:
    for one in meetings:
        record = one.record
        assert isinstance(record, Meeting)  # noqa: S101 -- the caller has looked
        day = shown(record.held_from.date())
        yield day, record.subject, f"{Meeting.expected.count(record)}人", f"{Meeting.came.count(record)}人"


def _decisions(decided: list[Kept]) -> Iterator[tuple[str, ...]]:
    for one in decided:
        record = one.record
        assert isinstance(record, Resolution)  # noqa: S101 -- the caller has looked
        yield shown(record.passed_on), record.subject, record.owner, record.kind.flow[one.stage].name


def _ledgers(session: Session, office: Office, council: Council, year: int) -> Iterator[Section]:
    """The council's own ledgers, and what it did with people."""
    codes = {council.key, *(one.value for one in council.covers)}
    for cls in KINDS.values():
        if codes & set(cls.kind.bodies):
            found = _of(session, office, cls, year)
        elif cls.kind.key == "campaign":
            found = _of(session, office, cls, year, council.key)
        else:
            continue
        lead = leading(cls)
        labels = {a.name: a.label for a in fields(cls)}
        rows = tuple((shown(getattr(one.record, lead)), one.record.title, one.state) for one in found)
        heads = ((labels.get(lead, "日期"), 1.9), (labels[cls.kind.title], 4.0), ("状态", 1.6))
        yield Section(cls.kind.name, heads, rows)


def _plans(plans: list[Record]) -> Iterator[tuple[str, ...]]:
    for plan in plans:
        assert isinstance(plan, YearPlan)  # noqa: S101 -- the caller has asked for plans
        for one in plan.items:
            yield shown(one.due_on), one.text, one.owner, shown(one.done_on)


def _figures(office: Office, council: Council, year: int) -> Iterator[tuple[str, str]]:
    """The year's numbers of the council, as its line of the councils' table has them."""
    table = figures.running(office, Span.holding(date(year, 1, 1), 12))
    for line in table.lines:
        if line.words[0] == council.name:
            yield from (
                (name, text) for name, text in zip(table.heads[1:], table.texts(line)[1:], strict=False) if text
            )
