"""Saving, changing, striking and bringing back records."""

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session

from villagedesk.actions import drafts, holidays, matters, meetings, periods
from villagedesk.actions.changed import Changed
from villagedesk.actions.numbering import numbered
from villagedesk.actions.office import Office
from villagedesk.actions.write import derived, must, put
from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.records.kind import Record, Shape, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed
from villagedesk.records.values import checked, dumped
from villagedesk.store import blobs, queries
from villagedesk.store.queries import Kept

PREPARED: dict[str, Callable[[Session, dict[str, Any]], dict[str, Any]]] = {
    "meeting": meetings.prepared, "campaign": meetings.prepared, "matter": matters.prepared, "term": periods.prepared,
    "holidays": holidays.prepared,
}  # fmt: skip
"""Kinds whose typed values are spelled out before they are checked."""

MAX_FILE = 64 << 20
"""Bytes of one attachment at the most."""


def save(
    office: Office,
    cls: type[Record],
    many: Sequence[Mapping[str, Any]],
    *,
    folder: Path | None = None,
    draft: str = "",
) -> Changed:
    """New records of one kind, all or none; attachments named by path are read from `folder`.  Problems of every one are told together.

    The one record typed in a `draft` takes its id, and the draft ends with it.
    """
    must(office, Deed.WRITE, cls)
    if cls.kind.made:
        raise Refused(f"“{cls.kind.name}”由程序写，不能自己添加。")
    with office.desk.writing() as session:
        ready, problems = [], []
        for i, values in enumerate(many):
            try:
                ready.append(checked(cls, _typed(session, office, cls, values, folder)))
            except NotValid as error:
                if len(many) == 1:
                    raise
                problems.append(Problem("", f"第{i + 1}条 {error}"))
        if problems:
            raise NotValid(problems)
        done = [(draft or ids.new(), numbered(session, office, record)) for record in ready]
        for identifier, record in done:
            put(session, office, record, identifier, "set")
        drafts.end(session, office, cls, draft)
    remarks = tuple(p for _, record in done for p in record.problems() if p.warn)
    return Changed(frozenset({cls.kind.key}), tuple(i for i, _ in done), remarks)


def edit(
    office: Office,
    cls: type[Record],
    identifier: str,
    values: Mapping[str, Any],
    *,
    folder: Path | None = None,
    draft: str = "",
) -> Changed:
    """Change the named fields of a record; `None` empties one.  A finalised record does not change, it is amended."""
    must(office, Deed.WRITE, cls)
    with office.desk.writing() as session:
        kept = own(session, office, cls, identifier)
        if kept.edition:
            raise Refused(f"这条记录{kept.state}，内容不再改动。要更正请用 amend 并写明原因。")
        if kept.struck:
            raise Refused("这条记录已作废。要改请先恢复。", command="revive")
        record = changed(session, office, cls, kept, values, folder)
        op = "merge" if any(k == (kept.org, kept.id) for k in _clashing(session, office, cls)) else "set"
        put(session, office, record, kept.id, op)
        drafts.end(session, office, cls, draft)
    return Changed(frozenset({cls.kind.key}), (kept.id,), tuple(p for p in record.problems() if p.warn))


def _clashing(session: Session, office: Office, cls: type[Record]) -> list[tuple[str, str]]:
    return [
        (office.desk.me.org, identifier)
        for kind, identifier, _, _ in queries.clashes(session, office.by)
        if kind == cls.kind.key
    ]


def strike(office: Office, cls: type[Record], identifier: str, *, reason: str) -> Changed:
    """Mark a record as void, with a reason; nothing is deleted."""
    return _turn(office, cls, identifier, "del", reason)


def revive(office: Office, cls: type[Record], identifier: str, *, reason: str) -> Changed:
    """Bring a struck record back."""
    return _turn(office, cls, identifier, "revive", reason)


def _turn(office: Office, cls: type[Record], identifier: str, op: str, reason: str) -> Changed:
    must(office, Deed.WRITE, cls)
    if not reason.strip():
        raise NotValid([Problem("", "请写明原因。")], command="--reason")
    with office.desk.writing() as session:
        kept = own(session, office, cls, identifier)
        if kept.struck == (op == "del"):
            raise Refused("这条记录已经作废了。" if kept.struck else "这条记录没有作废，不用恢复。")
        put(session, office, kept.record, kept.id, op, reason=reason)
        followers = [
            (KINDS["resolution"], derived(office, "meeting", kept.id, item.lid))
            for item in getattr(kept.record, "agenda", [])
            if item.passed
        ]
        for follower_cls, follower in followers:
            try:
                other = queries.one(session, office.by, follower_cls, follower, kept.org)
            except NotValid:
                continue
            if other.struck != (op == "del"):
                put(session, office, other.record, other.id, op, reason=reason)
                turned = meetings.stand_again if op == "del" else meetings.replace
                turned(session, office, other.record, other.id)
    return Changed(frozenset({cls.kind.key}), (kept.id,))


def own(session: Session, office: Office, cls: type[Record], identifier: str) -> Kept:
    """A record of this desk's own org; others' records are only read here."""
    kept = queries.one(session, office.by, cls, identifier)
    if kept.org != office.desk.me.org:
        raise Refused("这是别的单位的记录，这里只能看。要退回或说明请用 review。")
    return kept


def changed(
    session: Session, office: Office, cls: type[Record], kept: Kept, values: Mapping[str, Any], folder: Path | None
) -> Record:
    """A kept record with the named fields replaced, checked anew."""
    named = {asked.name for asked in fields(cls)}
    before = {k: v for k, v in dumped(kept.record).items() if k in named}
    return checked(cls, {**before, **_typed(session, office, cls, values, folder)}, before=kept.record)


def _typed(
    session: Session, office: Office, cls: type[Record], values: Mapping[str, Any], folder: Path | None
) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise NotValid([Problem("", "每条记录应当是一个 {…} 对象。")])
    typed = dict(values)
    for asked in fields(cls):
        if asked.shape is Shape.FILES and isinstance(typed.get(asked.name), list):
            typed[asked.name] = [_attached(session, office, f, folder) for f in typed[asked.name]]
    prepare = PREPARED.get(cls.kind.key)
    return prepare(session, typed) if prepare else typed


def _attached(session: Session, office: Office, one: Any, folder: Path | None) -> Any:
    """A file named by its path, stored and described; what is described already stays as it is."""
    path = one if isinstance(one, str) else one.get("path") if isinstance(one, dict) else None
    if not isinstance(path, str):
        return one
    source = (folder or Path()) / path
    try:
        if source.stat().st_size > MAX_FILE:
            raise NotValid([Problem("files", f"附件“{source.name}”超过{MAX_FILE >> 20}MB，请压缩后再加。")])
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "文件名不对"
        raise NotValid([Problem("files", f"附件“{path}”读不到：{why}。")]) from None
    kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    extra = {k: v for k, v in one.items() if k in ("name", "travels", "lid")} if isinstance(one, dict) else {}
    sha = blobs.keep(session, office.desk.places, data, kind)
    return {"sha256": sha, "size": len(data), "type": kind, "name": source.name[:120], **extra}
