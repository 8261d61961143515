"""`verify`: cipher, SQLite, chains, rows equal entries, attachments.  Nothing is mended here; everything is named."""

import hashlib
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from sqlalchemy import text
from sqlmodel import Session, col, select

from villagedesk.base.errors import Surroundings
from villagedesk.records.entry import START, chained
from villagedesk.records.kinds import KINDS
from villagedesk.store import blobs, journal
from villagedesk.store.desk import Desk
from villagedesk.store.projection import CHAIN_ONLY, state
from villagedesk.store.tables import TABLES, BlobRow, Touch


def verify(desk: Desk) -> Iterator[str]:
    """One sentence for each fault; nothing when all is well."""
    with desk.reading() as session:
        run = session.connection().execute
        yield from (f"加密页损坏：{row[0]}" for row in run(text("PRAGMA cipher_integrity_check")))
        yield from (f"数据库结构损坏：{row[0]}" for row in run(text("PRAGMA quick_check")) if row[0] != "ok")
        yield from (f"引用缺失：{row[0]}" for row in run(text("PRAGMA foreign_key_check")))
        yield from _chains(session)
        yield from _rows(session)
        for sha in session.connection().execute(select(col(BlobRow.sha)).where(col(BlobRow.state) == "have")).scalars():
            try:
                blobs.fetch(session, desk.places, sha)
            except (Surroundings, InvalidTag) as error:
                yield str(error)


def _chains(session: Session) -> Iterator[str]:
    for stream in journal.streams(session).values():
        previous, expected = _before(session, stream)
        for entry in journal.between(session, stream, 1, stream.seq):
            if entry.payload is not None and hashlib.sha256(entry.payload).digest() != entry.phash:
                yield f"第{entry.env.seq}条（设备 {stream.did}）的内容被改动过。"
            if entry.env.seq != expected:
                yield f"设备 {stream.did} 的记录缺第{expected}条。"
            if chained(previous, entry.phash, entry.raw) != entry.hash:
                yield f"第{entry.env.seq}条（设备 {stream.did}）与前一条接不上，可能被改动过。"
            previous, expected = entry.hash, entry.env.seq + 1


def _before(session: Session, stream: journal.Stream) -> tuple[bytes, int]:
    """What stands before the first entry of a chain we hold: nothing, or for a fork's stream the entry it leaves."""
    row = (
        session.connection()
        .execute(
            text(
                "SELECT min(j.seq), d.branch_of FROM journal j JOIN device d ON d.dev = j.dev WHERE j.dev = :dev GROUP BY j.dev"
            ),
            {"dev": stream.dev},
        )
        .first()
    )
    if row is None or row[1] is None:
        return START, 1
    return journal.hash_at(session, row[1], row[0] - 1) or START, row[0]


def _rows(session: Session) -> Iterator[str]:
    """Every record projected again in memory and compared with its row."""
    run = session.connection().execute
    keys = run(select(col(Touch.kind), col(Touch.org), col(Touch.id)).distinct()).all()
    for kind in dict.fromkeys(k[0] for k in keys):
        if kind in CHAIN_ONLY or kind not in KINDS:
            continue
        table = TABLES[kind]
        own = [(org, identifier) for k, org, identifier in keys if k == kind]
        for start in range(0, len(own), 2_000):
            part = own[start : start + 2_000]
            for (org, identifier), entries in journal.of_records(session, kind, part).items():
                now = state(entries)
                row = run(table.select().where(table.c.org == org, table.c.id == identifier)).one_or_none()
                heads = " ".join(f"{e.did}:{e.env.seq}" for e in now.heads)
                if row is None:
                    unread = run(
                        text("SELECT 1 FROM unread WHERE org=:o AND kind=:k AND id=:i"),
                        {"o": org, "k": kind, "i": identifier},
                    )
                    if unread.scalar() is None:
                        yield f"{KINDS[kind].kind.name} {identifier} 的表行缺失。"
                elif (row.heads, row.stage, row.edition, bool(row.struck)) != (
                    heads,
                    now.stage,
                    now.edition,
                    now.struck,
                ) or (not now.merged and now.shown.payload is not None and row.doc != now.shown.payload.decode()):
                    yield f"{KINDS[kind].kind.name} {identifier} 的表行与记录本不一致。"
        extra = run(text(
            f"SELECT id FROM {table.name} r WHERE NOT EXISTS"
            " (SELECT 1 FROM touch t WHERE t.org = r.org AND t.kind = :k AND t.id = r.id)"
        ), {"k": kind})  # fmt: skip
        yield from (f"{KINDS[kind].kind.name} {row[0]} 的表行没有来历。" for row in extra)
