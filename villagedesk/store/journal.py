"""Reading and appending entries: the only log there is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select, text, update
from sqlmodel import Session, col

from villagedesk.base.clock import Stamp, tick
from villagedesk.records.entry import MAY_COME, START, Entry, Envelope, Parent, written
from villagedesk.records.kinds import KINDS
from villagedesk.store.desk import Me
from villagedesk.store.tables import Device, Head, Journal, Meta, Touch, put_rows, stored


@dataclass(frozen=True)
class Stream:
    """One chain as the store knows it: its device row, whose it is, and how far it reaches."""

    dev: int
    did: str
    org: str
    role: str
    seq: int = 0
    head: bytes = START


def streams(session: Session) -> dict[str, Stream]:
    """Every chain we know, by did, with its end."""
    ends = select(col(Journal.dev), func.max(col(Journal.seq)).label("seq")).group_by(col(Journal.dev)).subquery()
    rows = session.connection().execute(
        select(col(Device.dev), col(Device.did), col(Device.org), col(Device.role), col(Journal.seq), col(Journal.hash))
        .join(ends, ends.c.dev == col(Device.dev), isouter=True)
        .join(Journal, (col(Journal.dev) == ends.c.dev) & (col(Journal.seq) == ends.c.seq), isouter=True)
    )
    return {did: Stream(dev or 0, did, org, role, seq or 0, head or START) for dev, did, org, role, seq, head in rows}


def devices(session: Session) -> dict[str, int]:
    """Every chain we know, by did, as its device row alone: what a save needs, whatever the length of the journal."""
    return {str(did): int(dev) for did, dev in session.connection().exec_driver_sql("SELECT did, dev FROM device")}


def hash_at(session: Session, dev: int, seq: int) -> bytes | None:
    """The hash of one entry; START for 0; None when we do not hold it."""
    if seq == 0:
        return START
    row = (
        session.connection()
        .execute(select(col(Journal.hash)).where(col(Journal.dev) == dev, col(Journal.seq) == seq))
        .first()
    )
    return bytes(row[0]) if row else None


def _entry(did: str, raw: bytes, payload: bytes | None, phash: bytes | None, digest: bytes) -> Entry:
    return Entry(did, Envelope.parse(raw), raw, payload, phash or sha256(payload or b"").digest(), digest)


_COLUMNS = (col(Journal.env), col(Journal.payload), col(Journal.phash), col(Journal.hash))


def between(session: Session, stream: Stream, first: int, last: int) -> Iterator[Entry]:
    """The entries `first` … `last` of a chain, in order, a few at a time."""
    rows = session.connection().execute(
        select(*_COLUMNS)
        .where(col(Journal.dev) == stream.dev, col(Journal.seq).between(first, last))
        .order_by(col(Journal.seq)),
        execution_options={"yield_per": 500},
    )
    for row in rows:
        yield _entry(stream.did, *row)


def as_written(session: Session, stream: Stream) -> Iterator[tuple[int, bytes, bytes, bytes]]:
    """Place, envelope, hash of the payload, and hash of each entry of a chain, as they stand, whatever was done to them."""
    rows = session.connection().execute(
        select(col(Journal.seq), *_COLUMNS).where(col(Journal.dev) == stream.dev).order_by(col(Journal.seq)),
        execution_options={"yield_per": 500},
    )
    for seq, env, payload, phash, digest in rows:
        yield seq, bytes(env), sha256(payload).digest() if payload is not None else bytes(phash or b""), bytes(digest)


def of_records(session: Session, kind: str, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Entry]]:
    """All entries that speak of the records of one kind named by (org, id)."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for start in range(0, len(keys), 400):
        part = keys[start : start + 400]
        wanted = ",".join(f"(:o{i},:i{i})" for i in range(len(part)))
        values: dict[str, Any] = {"kind": kind}
        for i, (org, identifier) in enumerate(part):
            values |= {f"o{i}": org, f"i{i}": identifier}
        rows = session.connection().execute(
            text(
                "SELECT t.org, t.id, d.did, j.env, j.payload, j.phash, j.hash FROM touch t"
                " JOIN journal j ON j.dev = t.dev AND j.seq = t.seq JOIN device d ON d.dev = t.dev"
                f" WHERE t.kind = :kind AND (t.org, t.id) IN (VALUES {wanted}) ORDER BY t.dev, t.seq"
            ),
            values,
        )
        for org, identifier, did, *row in rows:
            found.setdefault((org, identifier), []).append(_entry(did, *row))
    return found


def stubs(session: Session, dev: int, first: int) -> set[int]:
    """The places of a chain, from `first` on, whose content is not here."""
    wanted = select(col(Journal.seq)).where(
        col(Journal.dev) == dev, col(Journal.seq) >= first, col(Journal.payload).is_(None)
    )
    return set(session.connection().execute(wanted).scalars())


def lacking(session: Session, dev: int) -> int:
    """The first place of a chain whose content is not here and may yet come; 0 when there is none."""
    wanted = select(func.min(col(Journal.seq))).where(
        col(Journal.dev) == dev,
        col(Journal.payload).is_(None),
        func.substr(col(Journal.env), -len(MAY_COME)) == MAY_COME,
    )
    return session.connection().execute(wanted).scalar_one() or 0


def fill(session: Session, dev: int, entry: Entry) -> None:
    """Put the content into an entry that was kept without it."""
    session.connection().execute(
        update(Journal)
        .where(col(Journal.dev) == dev, col(Journal.seq) == entry.env.seq, col(Journal.payload).is_(None))
        .where(col(Journal.hash) == entry.hash, col(Journal.phash) == entry.phash)
        .values(payload=entry.payload, phash=None)
    )


def append(
    session: Session, me: Me, kind: str, identifier: str, op: str, payload: bytes, *, account: str, version: int
) -> Entry:
    """Write the next entry of this laptop's own chain, made from the record's heads as they are now."""
    connection = session.connection()
    last = connection.execute(
        select(col(Journal.seq), col(Journal.hash), col(Journal.env))
        .where(col(Journal.dev) == me.dev)
        .order_by(col(Journal.seq).desc())
        .limit(1)
    ).first()
    seq, previous, before = (
        (last[0], bytes(last[1]), Stamp.parse(Envelope.parse(last[2]).hlc)) if last else (0, START, None)
    )
    stamp, quality = tick(before, trusted(session))
    parents, cls = _parents(session, me, kind, identifier), KINDS.get(kind)
    withheld = cls.kind.withheld if cls else ""
    env = Envelope(seq + 1, str(stamp), quality, kind, identifier, op, parents, account, version, withheld)
    entry = written(me.did, env, payload, previous)
    insert_many(session, Stream(me.dev, me.did, me.org, me.role), [entry])
    return entry


def trusted(session: Session) -> datetime | None:
    """A time that has passed for certain: that of the newest receipt we hold."""
    row = session.get(Meta, "trusted")
    return datetime.fromisoformat(row.value) if row else None


def _parents(session: Session, me: Me, kind: str, identifier: str) -> tuple[Parent, ...] | None:
    """The heads of the record; None when that is just our own previous entry on it (or when there is none at all)."""
    connection = session.connection()
    of_record = (
        col(Touch.org) == me.org,
        col(Touch.kind) == kind,
        col(Touch.id) == identifier,
        col(Touch.dev) == me.dev,
    )
    own = connection.execute(select(func.max(col(Touch.seq))).where(*of_record)).scalar_one()
    heads = connection.execute(
        select(col(Head.dev), col(Head.seq), col(Device.did), col(Journal.hash))
        .join(Device, col(Device.dev) == col(Head.dev))
        .join(Journal, (col(Journal.dev) == col(Head.dev)) & (col(Journal.seq) == col(Head.seq)))
        .where(col(Head.org) == me.org, col(Head.kind) == kind, col(Head.id) == identifier)
        .order_by(col(Head.dev), col(Head.seq))
    ).all()
    if [(dev, seq) for dev, seq, _, _ in heads] == ([(me.dev, own)] if own else []):
        return None
    return tuple(Parent(did, seq, bytes(digest).hex()[:8]) for _, seq, did, digest in heads)


def insert_many(session: Session, stream: Stream, entries: Iterable[Entry], bundle: int | None = None) -> None:
    """Put entries of one chain into the journal, and note which records they touch."""
    rows, touched = [], []
    for e in entries:
        rows.append({
            "dev": stream.dev, "seq": e.env.seq, "hash": e.hash, "env": e.raw, "payload": e.payload,
            "phash": None if e.payload is not None else e.phash, "bundle": bundle,
        })  # fmt: skip
        touched.append({"org": stream.org, "kind": e.env.t, "id": e.env.id, "dev": stream.dev, "seq": e.env.seq})
    put_rows(session, stored(Journal), rows)
    put_rows(session, stored(Touch), touched)
