"""Making a data file, and opening one: migrations, projections that fit the descriptions, and who this laptop is."""

import hashlib
import secrets
from collections.abc import Callable

from sqlalchemy import text
from sqlmodel import Session, col, select

from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.paths import Places
from villagedesk.records.kind import fields
from villagedesk.records.kinds import KINDS
from villagedesk.store import journal, migrations, numbers, sentinel
from villagedesk.store.desk import Desk, Me, lock, told
from villagedesk.store.projection import CHAIN_ONLY, Projection
from villagedesk.store.tables import PROJECTED, TABLES, Device, Meta, Touch


def get(session: Session, key: str, default: str = "") -> str:
    """One thing the desk knows of itself."""
    row = session.get(Meta, key)
    return row.value if row else default


def put(session: Session, key: str, value: str) -> None:
    """Remember one thing."""
    session.merge(Meta(key=key, value=value))
    session.flush()


def create(places: Places, key: bytes) -> Desk:
    """A new, empty data file under that key, locked for this process; nothing is overwritten."""
    held = lock(places)
    try:
        if places.desk.exists() or places.keys.exists():
            raise Refused(
                f"“{places.root}”里已经有一份村务台数据。请换一个文件夹，原来的数据没有动。", command="--data"
            )
        desk = Desk(places, key, held)
        try:
            _bring_up(desk)
        except BaseException:
            desk.engine.dispose()
            for half in places.root.glob("desk.db*"):
                half.unlink()
            raise
    except BaseException:
        held.release()
        raise
    return desk


def unlock(places: Places, key: bytes, *, before_step: Callable[[Desk], None] | None = None) -> Desk:
    """Open a data file: bring it up to this program, project anew what is described anew, and find out who we are."""
    held = lock(places)
    try:
        desk = Desk(places, key, held)
        with told(), desk.engine.connect() as connection:
            if not migrations.version(connection):
                raise Surroundings("数据文件是空的或没有建完。请从最近的备份恢复。", command="restore")
            migrations.refuse_newer(connection)
            behind = migrations.version(connection) < len(migrations.STEPS)
        if behind and before_step:
            before_step(desk)
        _bring_up(desk)
        with desk.reading() as session:
            desk.me = me(session)
    except BaseException:
        held.release()
        raise
    return desk


def _bring_up(desk: Desk) -> None:
    with told(), desk.engine.connect() as connection:
        at = migrations.version(connection)
    for number in range(at + 1, len(migrations.STEPS) + 1):
        with desk.writing() as session:
            migrations.step_up(session.connection(), number)
    with desk.reading() as session:
        same = get(session, "described") == described()
    if not same:
        with desk.writing() as session:
            rebuild(session)


def described() -> str:
    """A hash of what the projections are made from: the descriptions of all kinds, and how rows are made of them."""
    parts = ["rows 8"]
    for key, cls in KINDS.items():
        asked = [(a.name, a.shape, a.ask.indexed, a.ask.search, a.ask.personal) for a in fields(cls)]
        parts.append(repr((key, cls.kind.version, asked, [column.name for column in TABLES[key].columns])))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def rebuild(session: Session) -> None:
    """Throw away every projection and make it again from the journal."""
    connection = session.connection()
    migrations.make_kind_tables(connection)
    for name in PROJECTED:
        if name != "touch":
            connection.execute(text(f"DELETE FROM {name}"))
    connection.execute(text("INSERT INTO words(words) VALUES ('delete-all')"))
    devs = {s.did: s.dev for s in journal.streams(session).values()}
    projection = Projection(session, devs)
    records = connection.execute(select(col(Touch.kind), col(Touch.org), col(Touch.id)).distinct()).all()
    for kind in dict.fromkeys(r[0] for r in records):
        if kind not in CHAIN_ONLY:
            projection.put(kind, [(org, identifier) for k, org, identifier in records if k == kind], fresh=True)
    put(session, "described", described())


def me(session: Session) -> Me:
    """Who this laptop is."""
    dev = int(get(session, "me"))
    row = session.connection().execute(select(col(Device.did), col(Device.org)).where(col(Device.dev) == dev)).one()
    return Me(
        dev,
        row[0],
        row[1],
        get(session, "role"),
        get(session, "name"),
        get(session, "prefix"),
        int(get(session, "laptop", "1")),
        get(session, "epoch"),
    )


def new_epoch(session: Session) -> str:
    """A fresh random epoch: trust in what was told about the old one ends."""
    epoch = secrets.token_hex(8)
    put(session, "epoch", epoch)
    return epoch


def noticed(desk: Desk) -> sentinel.Mark | None:
    """What the sentinel knows when this data file is behind it: a backup was put back, or the folder was copied."""
    mark = sentinel.seen(desk.me.did)
    if mark is None:
        return None
    with desk.reading() as session:
        own = journal.streams(session)[desk.me.did]
        held = journal.hash_at(session, own.dev, mark.seq)
    return mark if held is None or held.hex() != mark.hash else None


def remember(desk: Desk) -> None:
    """Tell the sentinel how far we have come."""
    with desk.reading() as session:
        own = journal.streams(session)[desk.me.did]
        given = numbers.given(session)
    known = sentinel.seen(desk.me.did)
    mark = sentinel.Mark(desk.me.epoch, own.seq, own.head.hex(), given)
    if mark != known:
        sentinel.remember(desk.me.did, mark)
