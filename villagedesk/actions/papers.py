"""Papers as PDF: of a record, of a kind, of the desk itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from villagedesk.actions import meetings
from villagedesk.actions.enrol import own_card
from villagedesk.actions.intake import Report
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.clock import Stamp
from villagedesk.base.errors import Refused
from villagedesk.printing.about import About
from villagedesk.printing.pdf import Pdf
from villagedesk.records.entry import fingerprint
from villagedesk.records.kind import Asked, Record, fields
from villagedesk.records.kind import shown as said
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.public import masked
from villagedesk.store import overview, queries
from villagedesk.store.overview import Line
from villagedesk.store.queries import Kept, Wanted

LISTED = 9
"""Columns of a printed list at the most, beside number, unit and state."""


def record_paper(
    office: Office, cls: type[Record], identifier: str, org: str = "", *, sheet: str = ""
) -> tuple[Kept, About, Pdf]:
    """A paper of a record, and what it says of it; the same record, edition and paper give the same bytes."""
    from villagedesk.printing.roll import sheet_of

    with office.desk.reading() as session:
        kept = queries.one(session, office.by, cls, identifier, org)
        if kept.behind:
            raise Refused(
                "这条记录最新一次改动的内容不在本机，看到的是较早的内容，不能打印。请等内容补来，或核对后重新写一次。"
            )
        told = about(session, office, cls, kept)
        if cls is Council:
            from villagedesk.actions.councilfile import gathered

            told = replace(told, more=gathered(session, office, kept))
        return kept, told, sheet_of(cls.kind.key, sheet)(kept.record, told)


def about(session: Session, office: Office, cls: type[Record], kept: Kept) -> About:
    """What a paper says of the record it prints: whose it is, which edition, which entry made it."""
    entries = queries.history(session, office.by, cls, kept)
    shown = next(e for e in entries if e.env.seq == kept.seq and e.did == _did(session, kept.dev))
    stage = cls.kind.flow[kept.stage].name if kept.stage in cls.kind.flow else ""
    sealed = datetime.fromtimestamp(Stamp.parse(shown.env.hlc).ms / 1000, UTC) + timedelta(hours=8)
    return About(
        org=kept.org, org_name=queries.org_names(session).get(kept.org, kept.org), record=kept.id, edition=kept.edition, draft=len(entries),
        sealed_on=sealed.date() if kept.edition else None, fingerprint=fingerprint(shown.hash) if kept.edition else "", stage=stage,
        body_names=meetings.bodies(session),
    )  # fmt: skip


def _did(session: Session, dev: int) -> str:
    return next(d.did for d in queries.devices(session) if d.dev == dev)


def blank_form(office: Office, cls: type[Record], *, sheet: str = "") -> Pdf:
    """The form of a kind for the pen."""
    from villagedesk.printing.roll import blank_of

    return blank_of(cls, sheet)(of_the_desk(office))


def list_paper(office: Office, cls: type[Record], wanted: Wanted | None = None) -> Pdf:
    """The records of a kind as a list on a sheet turned on its side, personal numbers masked."""
    from villagedesk.printing.ledger import Listed, ledger

    listed = [a for a in fields(cls) if a.ask.listed][:LISTED]
    with office.desk.reading() as session:
        found = list(queries.listed(session, office.by, cls, wanted=wanted))
        names = queries.org_names(session) if office.by.level != "village" else {}
    rows = [
        [
            *([names.get(kept.org, kept.org)] if names else []),
            *(_cell(a, getattr(kept.record, a.name)) for a in listed),
            kept.state,
        ]
        for kept in found
    ]
    heads = [*(["单位"] if names else []), *(a.label for a in listed), "状态"]
    hidden = [a.label for a in listed if a.ask.personal > 1]
    people = frozenset(
        heads.index(a.label) for a in listed if a.ask.personal == 1 or a.ask.refers in ("person", "household")
    )
    about = of_the_desk(office)
    return ledger(
        Listed(
            f"{about.org_name}{list_called(cls)}", heads, rows, said(date.fromisoformat(clock.today())),
            f"{'、'.join(hidden)}已遮盖" if hidden else "", people,
        ),
        about,
    )  # fmt: skip


def todo_list(office: Office, lines: Sequence[Line]) -> Pdf:
    """What there is to do as a list on a sheet turned on its side; what is done is ticked with the pen."""
    from villagedesk.printing.ledger import Listed, ledger

    about, today = of_the_desk(office), clock.today()
    year = f"{today[:4]}年"
    rows = [
        [said(date.fromisoformat(line.at[:10])).removeprefix(year), line.title, line.what, line.rule, ""]
        for line in lines
    ]
    late = sum(line.at < today for line in lines)
    heads = ["哪天前办", "什么事", "办什么", "依据", "办好了"]
    title, told = f"{about.org_name}要办的事", f"已过期{late}件" if late else ""
    return ledger(Listed(title, heads, rows, said(date.fromisoformat(today)), told), about)


def list_called(cls: type[Record]) -> str:
    """What the list of a kind is called."""
    return {"person": "村民花名册", "household": "户册"}.get(cls.kind.key, f"{cls.kind.name}登记册")


def _cell(asked: Asked, content: Any) -> str:
    if isinstance(content, list):
        return "、".join(getattr(one, "name", "") or said(one) for one in content)
    return masked(asked.ask.personal if asked.ask.personal > 1 else 0, content).replace("\n", " ")


def recovery(office: Office, words: str) -> Pdf:
    """The recovery key as a paper."""
    from villagedesk.printing.keypaper import recovery_paper

    return recovery_paper(words, of_the_desk(office), said(date.fromisoformat(clock.today())))


def card(office: Office) -> Pdf:
    """This laptop's card as a paper of two halves: its digits, to be compared with those on the other one's screen."""
    from villagedesk.printing.cardpaper import card_paper

    text, own = own_card(office)
    me = office.desk.me
    unit = {"village": "村（社区）", "town": "乡镇", "county": "县"}[me.role]
    facts = (
        (unit, me.name), ("区划代码", me.org), ("设备号", me.did), ("程序版本", own.app),
        ("制卡日期", said(date.fromisoformat(clock.today()))), ("制卡人", office.by.name),
    )  # fmt: skip
    halves = {"village": ("村", "镇"), "town": ("镇", "对方"), "county": ("县", "镇")}[me.role]
    return card_paper(text.decode(), own.digits, facts, of_the_desk(office), halves)


def receipt(office: Office, report: Report) -> Pdf:
    """What was taken in of a bundle, as a paper for whoever brought it; what was sent back and is not mended is told again."""
    from villagedesk.printing.receiptpaper import Receipt, receipt_paper

    with office.desk.reading() as session:
        back = overview.returned(session, office.by, report.sender)
    at = clock.now() + timedelta(hours=8)
    counts = {KINDS[key].kind.name if key in KINDS else key: count for key, count in sorted(report.counts.items())}
    one = Receipt(
        giver=report.name, taker=office.desk.me.name, unit=report.sender, number=report.no, on=f"{said(at.date())}{at:%H:%M}",
        counts=counts, withheld=report.withheld, findings=report.findings, code=report.receipt,
        returned=[(line.title, line.what) for line in back],
    )  # fmt: skip
    return receipt_paper(one, of_the_desk(office))


def of_the_desk(office: Office) -> About:
    """A paper of the desk itself, not of a record."""
    return About(org=office.desk.me.org, org_name=office.desk.me.name, record="")
