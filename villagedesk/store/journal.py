"""Reading and appending entries: the only log there is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from villagedesk.base.clock import Stamp, tick
from villagedesk.records.entry import MAY_COME, START, Entry, Envelope, Parent, written
from villagedesk.records.kinds import KINDS
from villagedesk.store.desk import Me, run
from villagedesk.store.tables import Device, Journal, Touch, put_rows, stored


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
    return dict(run(session, "SELECT did, dev FROM device"))


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
        wanted = ",".join(["(?,?)"] * len(part))
        rows = run(
            session,
            "SELECT t.org, t.id, d.did, j.env, j.payload, j.phash, j.hash FROM touch t"
            " JOIN journal j ON j.dev = t.dev AND j.seq = t.seq JOIN device d ON d.dev = t.dev"
            f" WHERE t.kind = ? AND (t.org, t.id) IN (VALUES {wanted}) ORDER BY t.dev, t.seq",
            [kind, *chain.from_iterable(part)],
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
) -> list[Entry]:
    """Write the next entry of this laptop's own chain, made from the record's heads as they are now.

    Returns every entry of the record, the new one last.
    """
    entries = of_records(session, kind, [(me.org, identifier)]).get((me.org, identifier), [])
    last = run(
        session, "SELECT seq, hash, env FROM journal WHERE dev = ? ORDER BY seq DESC LIMIT 1", (me.dev,)
    ).fetchone()
    seq, previous, before = (
        (last[0], bytes(last[1]), Stamp.parse(Envelope.parse(last[2]).hlc)) if last else (0, START, None)
    )
    stamp, quality = tick(before, trusted(session))
    parents, cls = _parents(session, me, kind, identifier, entries), KINDS.get(kind)
    withheld = cls.kind.withheld if cls else ""
    env = Envelope(seq + 1, str(stamp), quality, kind, identifier, op, parents, account, version, withheld)
    entry = written(me.did, env, payload, previous)
    insert_many(session, Stream(me.dev, me.did, me.org, me.role), [entry])
    return [*entries, entry]


def trusted(session: Session) -> datetime | None:
    """A time that has passed for certain: that of the newest receipt we hold."""
    row = run(session, "SELECT value FROM meta WHERE key = 'trusted'").fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _parents(
    session: Session, me: Me, kind: str, identifier: str, entries: Sequence[Entry]
) -> tuple[Parent, ...] | None:
    """The heads of the record; None when that is just our own previous entry on it (or when there is none at all)."""
    if not entries:
        return None
    names = {entry.key: entry.name for entry in entries}
    heads: list[tuple[str, int]] = run(
        session,
        "SELECT d.did, h.seq FROM head h JOIN device d ON d.dev = h.dev"
        " WHERE h.org = ? AND h.kind = ? AND h.id = ? ORDER BY h.dev, h.seq",
        (me.org, kind, identifier),
    ).fetchall()
    own = max((place for place in names if place[0] == me.did), default=None)
    return None if heads == ([own] if own else []) else tuple(names[head] for head in heads)


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
