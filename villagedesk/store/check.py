"""`verify`: cipher, SQLite, chains, rows equal entries, attachments.  Nothing is mended here; everything is named."""

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from villagedesk.base.errors import Surroundings
from villagedesk.records.entry import START, chained
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import BadJson
from villagedesk.store import blobs, journal
from villagedesk.store.desk import Desk
from villagedesk.store.projection import CHAIN_ONLY, NotShown, Projection, state
from villagedesk.store.tables import TABLES, BlobRow, Head, Touch, Unread


def verify(desk: Desk) -> Iterator[str]:
    """One sentence for each fault; nothing when all is well."""
    with desk.reading() as session:
        run = session.connection().execute
        yield from (f"加密页损坏：{row[0]}" for row in run(text("PRAGMA cipher_integrity_check")))
        yield from (f"数据库结构损坏：{row[0]}" for row in run(text("PRAGMA quick_check")) if row[0] != "ok")
        yield from (f"引用缺失：{row[0]}" for row in run(text("PRAGMA foreign_key_check")))
        yield from _chains(session)
        try:
            yield from _rows(session)
        except BadJson:
            yield "有的条目看不懂，后面的表行没有核对。请从备份恢复。"
        for sha in session.connection().execute(select(col(BlobRow.sha)).where(col(BlobRow.state) == "have")).scalars():
            try:
                blobs.fetch(session, desk.places, sha)
            except (Surroundings, InvalidTag) as error:
                yield str(error)


def _chains(session: Session) -> Iterator[str]:
    for stream in journal.streams(session).values():
        previous, expected = _before(session, stream)
        for seq, env, phash, digest in journal.as_written(session, stream):
            if seq != expected:
                yield f"设备 {stream.did} 的记录缺第{expected}条。"
            if chained(previous, phash, env) != digest:
                yield f"第{seq}条（设备 {stream.did}）与前一条接不上，可能被改动过。"
            previous, expected = digest, seq + 1


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
    """Every record projected again in memory and compared with its row and its heads."""
    run = session.connection().execute
    projection = Projection(session, {s.did: s.dev for s in journal.streams(session).values()})
    keys = run(select(col(Touch.kind), col(Touch.org), col(Touch.id)).distinct()).all()
    for kind in dict.fromkeys(k[0] for k in keys):
        if kind in CHAIN_ONLY or kind not in KINDS:
            continue
        name, table = KINDS[kind].kind.name, TABLES[kind]
        own = [(org, identifier) for k, org, identifier in keys if k == kind]
        for start in range(0, len(own), 2_000):
            part = own[start : start + 2_000]
            for (org, identifier), entries in journal.of_records(session, kind, part).items():
                now = state(entries)
                try:
                    wanted: dict[str, Any] | None = projection.row(org, kind, identifier, entries, now)[0]
                except NotShown:
                    wanted = None
                row = run(table.select().where(table.c.org == org, table.c.id == identifier)).mappings().one_or_none()
                if row is None and wanted is not None:
                    yield f"{name} {identifier} 的表行缺失。"
                elif (dict(row) if row is not None else None) != wanted:
                    yield f"{name} {identifier} 的表行与记录本不一致。"
                at = (col(Head.org) == org, col(Head.kind) == kind, col(Head.id) == identifier)
                marks = run(select(func.count()).select_from(Unread).where(
                    col(Unread.org) == org, col(Unread.kind) == kind, col(Unread.id) == identifier
                )).scalar_one()  # fmt: skip
                if marks != (wanted is None):
                    yield f"{name} {identifier} 的未显示标记与记录本不一致。"
                heads = run(select(col(Head.dev), col(Head.seq)).where(*at)).all()
                if {tuple(h) for h in heads} != {(projection.devs[e.did], e.env.seq) for e in now.heads}:
                    yield f"{name} {identifier} 的最新条目与记录本不一致。"
        extra = run(text(
            f"SELECT id FROM {table.name} r WHERE NOT EXISTS"
            " (SELECT 1 FROM touch t WHERE t.org = r.org AND t.kind = :k AND t.id = r.id)"
        ), {"k": kind})  # fmt: skip
        yield from (f"{name} {row[0]} 的表行没有来历。" for row in extra)
