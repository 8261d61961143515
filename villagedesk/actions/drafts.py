"""Drafts: what is being typed, kept as typed at every pause, offered again after a crash, ended by saving."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from villagedesk.actions.office import Office
from villagedesk.actions.write import must
from villagedesk.base import clock
from villagedesk.base.errors import NotValid
from villagedesk.records.kind import Record, fields, labels, shown
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed
from villagedesk.records.upgrades import upgraded
from villagedesk.records.values import dumped
from villagedesk.store import queries
from villagedesk.store.desk import run
from villagedesk.store.queries import Kept
from villagedesk.store.tables import Draft


@dataclass(frozen=True)
class Offer:
    """A draft as it is offered: whose record, what was typed, where the cursor was, and what became of the record since.

    Attributes: `new` no record of that id has been saved yet; `note` a sentence when the record is no longer what the
    typing began with, "" otherwise.
    """

    kind: str
    id: str
    title: str
    at: str
    typed: dict[str, Any]
    place: str
    caret: int
    new: bool
    note: str


def keep(
    office: Office, cls: type[Record], identifier: str, typed: Mapping[str, Any], *, place: str = "", caret: int = 0
) -> None:
    """Keep the changed fields of a record as they were typed, unchecked; nothing typed ends the draft.

    What the record was when the typing began is noted once.
    """
    must(office, Deed.WRITE, cls)
    with office.desk.writing() as session:
        if not typed:
            end(session, office, cls, identifier)
            return
        kept = _record(session, office, cls, identifier)
        row = {
            "typed": json.dumps(typed, ensure_ascii=False), "version": cls.kind.version, "place": place, "caret": caret,
            "at": clock.now().isoformat(timespec="seconds"),
        }  # fmt: skip
        first = {
            "kind": cls.kind.key, "id": identifier, "account": office.by.account,
            "base": json.dumps(dumped(kept.record), ensure_ascii=False) if kept else "", **row,
        }  # fmt: skip
        session.connection().execute(
            insert(Draft).values(first).on_conflict_do_update(index_elements=["kind", "id", "account"], set_=row)
        )


def end(session: Session, office: Office, cls: type[Record], identifier: str) -> None:
    """Let a draft go, in the transaction that saves what was typed in it."""
    ended = "DELETE FROM draft WHERE kind = ? AND id = ? AND account = ?"
    run(session, ended, (cls.kind.key, identifier, office.by.account))


def discard(office: Office, cls: type[Record], identifier: str) -> None:
    """Throw a draft away; the record stays as it is."""
    with office.desk.writing() as session:
        end(session, office, cls, identifier)


def offered(session: Session, office: Office, cls: type[Record], identifier: str) -> Offer | None:
    """The draft of one record, if this person has one; also of what is typed as one form and saved as several records."""
    row = next((row for row in _rows(session, office) if (row.kind, row.id) == (cls.kind.key, identifier)), None)
    return _offer(session, office, cls, row) if row is not None and office.by.may(Deed.WRITE, cls.kind) else None


def waiting(session: Session, office: Office) -> list[Offer]:
    """Every draft of this person at this desk, the newest first; of kinds a duty taken away no longer lets them write, none."""
    return [
        _offer(session, office, KINDS[row.kind], row)
        for row in _rows(session, office)
        if row.kind in KINDS and office.by.may(Deed.WRITE, KINDS[row.kind].kind)
    ]


def _rows(session: Session, office: Office) -> Sequence[Any]:
    wanted = select(Draft.__table__).where(col(Draft.account) == office.by.account)  # type: ignore[attr-defined]
    return session.connection().execute(wanted.order_by(col(Draft.at).desc(), col(Draft.id))).all()


def _offer(session: Session, office: Office, cls: type[Record], row: Any) -> Offer:
    typed = upgraded(row.kind, row.version, json.loads(row.typed))
    kept = _record(session, office, cls, row.id)
    base = upgraded(row.kind, row.version, json.loads(row.base)) if row.base else {}
    title = kept.record.title if kept else _title(cls, typed)
    return Offer(
        row.kind, row.id, title, row.at, typed, row.place, row.caret, kept is None, _since(cls, kept, base, typed)
    )


def _record(session: Session, office: Office, cls: type[Record], identifier: str) -> Kept | None:
    if cls.kind.key not in KINDS:
        return None
    try:
        return queries.one(session, office.by, cls, identifier, office.desk.me.org)
    except NotValid:
        return None


def _title(cls: type[Record], typed: Mapping[str, Any]) -> str:
    """What a record not saved yet is called."""
    value = typed.get(cls.kind.title)
    name = value.get("name", "") if isinstance(value, dict) else value
    options = next((a.options for a in fields(cls) if a.name == cls.kind.title), ())
    return next((o.label for o in options if o == name), shown(name)) or f"新{cls.kind.name}"


def _since(cls: type[Record], kept: Kept | None, base: Mapping[str, Any], typed: Mapping[str, Any]) -> str:
    """What happened to the record since the typing began, told truthfully."""
    if kept is None:
        return "这条记录现在看不到了，草稿还在。" if base else ""
    if kept.struck:
        return "写这份草稿之后，记录作废了。要保存请先恢复那条记录。"
    now = dumped(kept.record)
    if kept.edition and now.get("_stage") != base.get("_stage"):
        return f"写这份草稿之后，记录{kept.state}。草稿里的改动要用更正来存。"
    names = labels(cls)
    other = [name for name in names if now.get(name) != base.get(name)]
    if not other:
        return ""
    both = [names[name] for name in other if name in typed]
    told = f"写这份草稿之后，记录在别处改过：{'、'.join(names[name] for name in other)}。"
    return told + (f"草稿里也改了{'、'.join(both)}，保存时以草稿为准。" if both else "草稿没动这些，两边都会留下。")
