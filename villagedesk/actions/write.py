"""The one way an action writes a record: entry, row, and what must be written with it, in the transaction it is given."""

import hashlib
from typing import Any

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.records.entry import Entry, payload_of, salt
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed, who_may
from villagedesk.records.values import MAX_LINE, checked, dumped
from villagedesk.store import journal
from villagedesk.store.projection import Projection


def must(office: Office, deed: Deed, cls: type[Record]) -> None:
    """`Refused` unless this person may do that to records of this kind, at this level of desk."""
    kind = cls.kind
    if office.by.level not in kind.levels:
        raise Refused(f"“{kind.name}”不在这一级记录。")
    if not office.by.may(deed, kind):
        raise Refused(f"“{kind.name}”要由{who_may(deed, kind)}来做。请换账户再试。", command="--as")


def put(session: Session, office: Office, record: Record, identifier: str, op: str, *, reason: str = "") -> Entry:
    """Append one entry for `record` and project it; a confidential kind's summary is written in the same transaction."""
    kind = type(record).kind
    secret = salt() if kind.withheld or reason or any(asked.ask.personal for asked in fields(type(record))) else ""
    payload = payload_of(dumped(record), salt=secret, reason=reason)
    if len(payload) > MAX_LINE:  # what is typed grows a little; more than this no bundle carries
        raise NotValid(
            [Problem("", f"这条记录太长：{len(payload) >> 10}KB，最多{MAX_LINE >> 10}KB。请把长的内容改成附件。")]
        )
    entries = _appended(session, office, kind.key, identifier, op, payload, kind.version)
    of_record = {(office.desk.me.org, identifier): entries}
    Projection(session, journal.devices(session)).place(kind.key, of_record, fresh=len(entries) == 1)
    if kind.summary:
        cls = KINDS[kind.summary]
        follow = op if op in ("del", "revive") else "set"
        put(
            session,
            office,
            checked(cls, jsonable(record.summarise()), program=True),
            derived(office, kind.key, identifier),
            follow,
        )
    return entries[-1]


def raw(
    session: Session, office: Office, kind: str, identifier: str, op: str, payload: bytes, version: int = 1
) -> Entry:
    """Append one entry of any kind to this laptop's chain, without a row."""
    return _appended(session, office, kind, identifier, op, payload, version)[-1]


def _appended(
    session: Session, office: Office, kind: str, identifier: str, op: str, payload: bytes, version: int
) -> list[Entry]:
    return journal.append(
        session, office.desk.me, kind, identifier, op, payload, account=office.by.account, version=version
    )


def jsonable(values: dict[str, Any]) -> dict[str, Any]:
    """Values without what is empty, ready to be checked."""
    return {k: v for k, v in values.items() if v is not None}


def derived(office: Office, *parts: str) -> str:
    """The id of a record that follows from another one: the same on every laptop, so that two never write it twice."""
    return ids.encode(hashlib.sha256("/".join((office.desk.me.org, *parts)).encode()).digest(), ids.RECORD)
