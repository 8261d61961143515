"""Records onto paper."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from villagedesk.actions import meetings
from villagedesk.actions.office import Office
from villagedesk.base.clock import Stamp
from villagedesk.base.errors import Refused
from villagedesk.base.files import write_whole
from villagedesk.base.text import file_name
from villagedesk.printing.about import About
from villagedesk.records.entry import fingerprint
from villagedesk.records.kind import Record
from villagedesk.store import queries
from villagedesk.store.queries import Kept


def print_to(office: Office, cls: type[Record], identifier: str, folder: Path, *, sheet: str = "") -> Path:
    """Write a paper of a record as PDF into a folder; return its path.

    The same record, edition and settings give the same bytes.
    """
    from villagedesk.printing.roll import sheet_of

    with office.desk.reading() as session:
        kept = queries.one(session, office.by, cls, identifier)
        if kept.behind:
            raise Refused(
                "这条记录最新一次改动的内容不在本机，看到的是较早的内容，不能打印。请等内容补来，或核对后重新写一次。"
            )
        made = sheet_of(cls.kind.key, sheet)
        data = made(kept.record, about(session, office, cls, kept))
    name = file_name(f"{cls.kind.name}-{kept.record.title}")[:40]
    path = folder / f"{name}-{kept.id}.pdf"
    write_whole(path, data)
    return path


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


def recovery_to(office: Office, words: str, folder: Path) -> Path:
    """Write the recovery key as a paper into a folder; return its path.  It stands nowhere else."""
    from villagedesk.printing.keypaper import recovery_paper

    me = office.desk.me
    paper = About(
        org=me.org,
        org_name=me.name,
        record="",
        edition=0,
        draft=0,
        sealed_on=None,
        fingerprint="",
        stage="",
        body_names={},
    )
    path = folder / file_name(f"恢复密钥-{me.name}.pdf")
    write_whole(path, recovery_paper(words, paper))
    return path
