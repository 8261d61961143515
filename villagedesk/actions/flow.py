"""Moving a record along its stages, finalising it, and correcting what was finalised."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from villagedesk.actions import drafts, meetings
from villagedesk.actions.changed import Changed
from villagedesk.actions.numbering import numbered
from villagedesk.actions.office import Office
from villagedesk.actions.records import changed, own
from villagedesk.actions.write import must, put
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.records.kind import Record, labels
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.rights import Deed
from villagedesk.store.queries import Kept


def advance(office: Office, cls: type[Record], identifier: str, stage: str, *, reason: str = "") -> Changed:
    """Enter a stage.  One that seals gives the number, freezes the content and makes the first edition."""
    with office.desk.writing() as session:
        return advance_in(session, office, cls, identifier, stage, reason=reason)


def advance_in(
    session: Session, office: Office, cls: type[Record], identifier: str, stage: str, *, reason: str = ""
) -> Changed:
    """`advance` inside a transaction of the caller's."""
    flow = cls.kind.flow
    key = flow.sealing if stage in ("finalise", "finalize") else flow.named(stage)
    if not key:
        names = "、".join(f"{s.key}（{s.name}）" for s in flow.stages)
        raise NotValid([Problem("", f"“{cls.kind.name}”没有“{stage}”这个阶段，有：{names}。")])
    target = flow[key]
    must(office, Deed.SEAL if target.seals else Deed.WRITE, cls)
    kept = own(session, office, cls, identifier)
    if kept.stage == key:
        return Changed(notes=(f"这条记录已经是“{kept.state}”，没有再改。",))
    if kept.struck:
        raise Refused("这条记录已作废，不能再往下办。请先恢复。", command="revive")
    if kept.behind:
        way = "amend 更正" if kept.edition else "edit 修改"
        raise Refused(f"这条记录最新一次改动的内容不在本机，看到的是较早的内容。请先核对，用 {way}一次，再往下办。")
    if target.made:
        raise Refused(f"“{target.name}”由程序来转，不能自己转。")
    if target.reasoned and not reason.strip():
        raise NotValid([Problem("", f"转为“{target.name}”要写明原因。")], command="--reason")
    if kept.stage not in target.after:
        allowed = "、".join(s.name for s in flow.next(kept.stage)) or "没有下一步"
        raise Refused(f"“{flow[kept.stage].name}”之后不能直接到“{target.name}”，可以到：{allowed}。")
    record, notes = _ready(office, kept.record.model_copy(update={"stage": key}))
    record = numbered(session, office, record)
    put(session, office, record, kept.id, "seal" if target.seals else "move", reason=reason)
    made: tuple[str, ...] = ()
    if target.seals and isinstance(record, Meeting):
        made = meetings.follow(session, office, record, kept.id)
        notes = [*notes, *meetings.unauthorised(session, office, record), *meetings.told_late(session, office, record)]
    return Changed(
        frozenset({cls.kind.key}), (kept.id, *made), tuple(p for p in record.problems(key) if p.warn), tuple(notes)
    )


def amend(
    office: Office,
    cls: type[Record],
    identifier: str,
    values: Mapping[str, Any],
    *,
    reason: str,
    folder: Path | None = None,
    draft: str = "",
) -> Changed:
    """Correct a finalised record: the same id, a new edition, with a reason; the old edition stays in the journal.

    Both entries, the amendment and its seal, are one transaction: there is never a record that is half corrected.
    """
    must(office, Deed.SEAL, cls)
    if not reason.strip():
        raise NotValid([Problem("", "更正要写明原因。")], command="--reason")
    with office.desk.writing() as session:
        kept = own(session, office, cls, identifier)
        if not kept.edition:
            raise Refused("这条记录还没有定稿，直接修改就可以。", command="edit")
        if kept.struck:
            raise Refused("这条记录已作废。要更正请先恢复。", command="revive")
        record, notes = _ready(office, changed(session, office, cls, _unjudged(kept), values, folder))
        put(session, office, record, kept.id, "amend", reason=reason)
        put(session, office, record, kept.id, "seal", reason=reason)
        drafts.end(session, office, cls, draft)
        former = getattr(kept.record, "agenda", ())
        made = meetings.follow(session, office, record, kept.id, former=former) if isinstance(record, Meeting) else ()
    return Changed(
        frozenset({cls.kind.key}), (kept.id, *made), tuple(p for p in record.problems() if p.warn), tuple(notes)
    )


def _unjudged(kept: Kept) -> Kept:
    """A meeting whose results are to be worked out again from the corrected votes; a result the chair set stays."""
    if not isinstance(kept.record, Meeting):
        return kept
    agenda = [i if i.override else i.model_copy(update={"passed": None}) for i in kept.record.agenda]
    record = kept.record.model_copy(update={"agenda": agenda})
    return Kept(kept.org, kept.id, record, kept.stage, kept.edition, kept.struck, kept.dev, kept.seq)


def _ready(office: Office, record: Record) -> tuple[Record, list[str]]:
    """A record that may stand at its stage, judged where there is something to judge."""
    problems = [p for p in record.problems(record.stage) if not p.warn]
    if problems:
        raise NotValid(problems, labels(type(record)))
    if isinstance(record, Meeting) and record.stage == record.kind.flow.sealing:
        return meetings.judged(office, record)
    return record, []
