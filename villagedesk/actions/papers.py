"""Records onto paper: a paper made of a record, put into a folder, and the note that it left the desk."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlmodel import Session

from villagedesk.actions import meetings
from villagedesk.actions.enrol import own_card
from villagedesk.actions.intake import Report
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.clock import Stamp
from villagedesk.base.errors import Refused
from villagedesk.base.files import write_whole
from villagedesk.base.text import file_name
from villagedesk.printing.about import About
from villagedesk.records.entry import fingerprint
from villagedesk.records.kind import Asked, Record, fields
from villagedesk.records.kind import shown as said
from villagedesk.records.kinds import KINDS
from villagedesk.records.public import masked
from villagedesk.store import overview, queries
from villagedesk.store.queries import Kept, Wanted

LISTED = 9
"""Columns of a printed list at the most, beside number, unit and state."""
from villagedesk.records.kind import Record
from villagedesk.records.values import dumped
from villagedesk.store import queries
from villagedesk.store.queries import Kept
from villagedesk.store.tables import Printed

Way = Literal["printer", "folder"]


@dataclass(frozen=True)
class Made:
    """A paper as it will leave the desk.

    Attributes: `sheet` which paper it is, `called` its name; `missing` where characters stand on it as 〓, each with
    its neighbours.
    """

    cls: type[Record]
    kept: Kept
    about: About
    sheet: str
    called: str
    missing: list[str]
    data: bytes

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{file_name(f'{self.called}-{self.kept.record.title}')[:40]}-{self.kept.id}.pdf"


def called(cls: type[Record]) -> dict[str, str]:
    """The papers of a kind, the one that is meant first: key → name."""
    from villagedesk.printing.roll import PLAIN, papers_of

    return {key: f"{cls.kind.name}{name}" if key == PLAIN else name for key, name in papers_of(cls.kind.key).items()}


def make(office: Office, cls: type[Record], identifier: str, org: str = "", *, sheet: str = "") -> Made:
    """A paper of a record as PDF; the same record, edition and paper give the same bytes."""
    from villagedesk.printing.roll import key_of, sheet_of

    with office.desk.reading() as session:
        kept = queries.one(session, office.by, cls, identifier, org)
        if kept.behind:
            raise Refused(
                "这条记录最新一次改动的内容不在本机，看到的是较早的内容，不能打印。请等内容补来，或核对后重新写一次。"
            )
        key = key_of(cls.kind.key, sheet)
        told = about(session, office, cls, kept)
        data = sheet_of(cls.kind.key, key)(kept.record, told)
    return Made(cls, kept, told, key, called(cls)[key], _missing(told.org_name, *_texts(dumped(kept.record))), data)


def put(office: Office, made: Made, path: Path) -> Path:
    """Write a paper as a whole file, and note it; return its path."""
    write_whole(path, made.data)
    noted(office, made, "folder", place=str(path.parent))
    return path


def noted(office: Office, made: Made, way: Way, *, place: str, pages: str = "", copies: int = 1) -> None:
    """Note that a paper went to a printer or into a folder; `pages` "" is all of them."""
    kept = made.kept
    with office.desk.writing() as session:
        session.add(
            Printed(
                at=clock.now().isoformat(timespec="seconds"), account=office.by.account, org=kept.org, kind=made.cls.kind.key, id=kept.id,
                edition=kept.edition, draft=made.about.draft, sheet=made.sheet, way=way, pages=pages, copies=copies, place=place,
            )
        )  # fmt: skip


def print_to(office: Office, cls: type[Record], identifier: str, folder: Path, *, sheet: str = "") -> Path:
    """Write a paper of a record as PDF into a folder; return its path."""
    made = make(office, cls, identifier, sheet=sheet)
    return put(office, made, folder / made.name)


def _missing(*texts: str) -> list[str]:
    """Where a character no face has stands first, each with its neighbours: it cannot be shown, so they say which it is."""
    from villagedesk.printing.faces import uncovered

    found: dict[str, str] = {}
    for text in texts:
        for char in uncovered(text):
            at = text.index(char)
            found.setdefault(char, text[max(0, at - 2) : at] + "〓" + text[at + 1 : at + 3])
    return list(found.values())


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a value as JSON has it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


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


def blank_to(office: Office, cls: type[Record], folder: Path, *, sheet: str = "") -> Path:
    """Write the blank form of a kind, or of one of its papers, as PDF into a folder; return its path."""
    path = folder / f"{file_name(f'{cls.kind.name}-空白表-{sheet}'.removesuffix('-'))}.pdf"
    write_whole(path, blank_form(office, cls, sheet=sheet))
    return path


def blank_form(office: Office, cls: type[Record], *, sheet: str = "") -> bytes:
    """The form of a kind for the pen."""
    from villagedesk.printing.roll import blank_of

    return blank_of(cls, sheet)(_of_the_desk(office))


def list_to(office: Office, cls: type[Record], folder: Path) -> Path:
    """Write the list of all records of a kind as PDF into a folder; return its path."""
    path = folder / f"{file_name(f'{office.desk.me.name}{_called(cls)}')}.pdf"
    write_whole(path, list_paper(office, cls))
    return path


def list_paper(office: Office, cls: type[Record], wanted: Wanted | None = None) -> bytes:
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
    about = _of_the_desk(office)
    return ledger(
        Listed(
            f"{about.org_name}{_called(cls)}", heads, rows, said(date.fromisoformat(clock.today())),
            f"{'、'.join(hidden)}已遮盖" if hidden else "", people,
        ),
        about,
    )  # fmt: skip


def _called(cls: type[Record]) -> str:
    return {"person": "村民花名册", "household": "户册"}.get(cls.kind.key, f"{cls.kind.name}登记册")


def _cell(asked: Asked, content: Any) -> str:
    if isinstance(content, list):
        return "、".join(getattr(one, "name", "") or said(one) for one in content)
    return masked(asked.ask.personal if asked.ask.personal > 1 else 0, content).replace("\n", " ")


def recovery_to(office: Office, words: str, folder: Path) -> Path:
    """Write the recovery key as a paper into a folder; return its path.  It stands nowhere else."""
    from villagedesk.printing.keypaper import recovery_paper

    path = folder / file_name(f"恢复密钥-{office.desk.me.name}.pdf")
    write_whole(path, recovery_paper(words, _of_the_desk(office), said(date.fromisoformat(clock.today()))))
    return path


def card(office: Office) -> bytes:
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
    return card_paper(text.decode(), own.digits, facts, _of_the_desk(office), halves)


def receipt(office: Office, report: Report) -> bytes:
    """What was taken in of a bundle, as a paper for whoever brought it; what was sent back and is not mended is told again."""
    from villagedesk.printing.receiptpaper import Receipt, receipt_paper

    with office.desk.reading() as session:
        sender = next(d for d in queries.devices(session) if d.did == report.sender)
        back = overview.returned(session, office.by, sender.org)
    at = clock.now() + timedelta(hours=8)
    counts = {KINDS[key].kind.name if key in KINDS else key: count for key, count in sorted(report.counts.items())}
    one = Receipt(
        giver=report.name, taker=office.desk.me.name, device=report.sender, number=report.no, on=f"{said(at.date())}{at:%H:%M}",
        counts=counts, withheld=report.withheld, findings=report.findings, code=report.receipt,
        returned=[(line.title, line.what) for line in back],
    )  # fmt: skip
    return receipt_paper(one, _of_the_desk(office))


def _of_the_desk(office: Office) -> About:
    """A paper of the desk itself, not of a record."""
    return About(org=office.desk.me.org, org_name=office.desk.me.name, record="")
