"""The store's own tables, and one table for each kind made from its description.

The journal is the only log; `touch`, `head`, `found`, `due`, the kinds' tables and the lists of conflicts and late entries are
projections of it and can be dropped and made again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlmodel import Field, Session, SQLModel

from villagedesk.records.kind import Record, Ref, Shape, columns, fields
from villagedesk.records.kinds import KINDS
from villagedesk.store.desk import run_each

_NO_ROWID = {"sqlite_with_rowid": False}


class Meta(SQLModel, table=True):
    """What this desk knows of itself: its org, its keys, its epoch."""

    __tablename__: ClassVar[str] = "meta"
    key: str = Field(primary_key=True)
    value: str


class Account(SQLModel, table=True):
    """Who may open this desk and what for; the key file beside it holds the slot of the same id."""

    __tablename__: ClassVar[str] = "account"
    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    duties: str
    active: bool = True


class Device(SQLModel, table=True):
    """A laptop whose chain we hold or expect.  A fork's stream is named `did.<8 hex of its first diverging hash>`.

    `status` active, or closed when another device goes on for it; `last` how much it was said to have written then.
    """

    __tablename__: ClassVar[str] = "device"
    dev: int | None = Field(default=None, primary_key=True)
    did: str = Field(unique=True)
    org: str
    role: str
    name: str
    sign_pk: bytes
    age_pk: str
    status: str = "active"
    compared: bool = False
    last: int | None = None
    branch_of: int | None = Field(default=None, foreign_key="device.dev")


class Journal(SQLModel, table=True):
    """The entries, one chain a device.  `env` and `payload` are exactly the bytes that were hashed.

    Rows stay as they are; only a payload may give way to its hash, and come back to it (see `migrations`).
    """

    __tablename__: ClassVar[str] = "journal"
    __table_args__ = (
        CheckConstraint("seq > 0"),
        CheckConstraint("length(hash) = 32"),
        CheckConstraint("(payload IS NULL) = (phash IS NOT NULL)"),
        Index("journal_stub", "dev", "seq", sqlite_where=text("payload IS NULL")),
        _NO_ROWID,
    )
    dev: int = Field(primary_key=True, foreign_key="device.dev")
    seq: int = Field(primary_key=True)
    hash: bytes = Field(sa_type=LargeBinary)
    env: bytes = Field(sa_type=LargeBinary)
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    phash: bytes | None = Field(default=None, sa_type=LargeBinary)
    bundle: int | None = None


class Touch(SQLModel, table=True):
    """Which entries speak of a record."""

    __tablename__: ClassVar[str] = "touch"
    __table_args__ = (_NO_ROWID,)
    org: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    dev: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)


class Head(SQLModel, table=True):
    """The entries the next change of a record is made from."""

    __tablename__: ClassVar[str] = "head"
    __table_args__ = (_NO_ROWID,)
    org: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    dev: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)


class Clash(SQLModel, table=True):
    """A field changed on two laptops: every value as JSON, to be chosen from."""

    __tablename__: ClassVar[str] = "clash"
    __table_args__ = (_NO_ROWID,)
    org: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    options: str


class Late(SQLModel, table=True):
    """An entry beside or after a seal: kept, not applied."""

    __tablename__: ClassVar[str] = "late"
    __table_args__ = (_NO_ROWID,)
    org: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    dev: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)


class Unread(SQLModel, table=True):
    """A record that is kept in the journal but cannot be shown here, and why: `newer` kind, bad `shape`, content `withheld`,
    or written by a level of desk that does not write this kind (`foreign`)."""

    __tablename__: ClassVar[str] = "unread"
    __table_args__ = (_NO_ROWID,)
    org: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    why: str


class Found(SQLModel, table=True):
    """What search knows of a record: its words as searched, its title as shown."""

    __tablename__: ClassVar[str] = "found"
    __table_args__ = (Index("found_record", "org", "kind", "id", unique=True),)
    row: int | None = Field(default=None, primary_key=True)
    org: str
    kind: str
    id: str
    text: str


class DueRow(SQLModel, table=True):
    """Something to be done by a day; `moot` the last day on which it still can be, "" where it always can."""

    __tablename__: ClassVar[str] = "due"
    __table_args__ = (Index("due_record", "org", "kind", "id"),)
    due: int | None = Field(default=None, primary_key=True)
    org: str
    kind: str
    id: str
    on: str = Field(index=True)
    what: str
    basis: str
    law: bool
    moot: str = ""


class Number(SQLModel, table=True):
    """The last number given in a series and year; numbers are never given twice."""

    __tablename__: ClassVar[str] = "number"
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class BlobRow(SQLModel, table=True):
    """A file kept beside the data: `have` or still `wanted`; `key` locks just this file, so a new data key leaves files alone."""

    __tablename__: ClassVar[str] = "blob"
    __table_args__ = (_NO_ROWID,)
    sha: str = Field(primary_key=True)
    size: int
    type: str
    state: str
    key: str = ""


class Link(SQLModel, table=True):
    """What a peer has told it holds (its acknowledgement) and lacks the content of, and the numbers of the bundles between us."""

    __tablename__: ClassVar[str] = "link"
    peer: str = Field(primary_key=True)
    epoch: str = ""
    got_no: int = 0
    acked: str = "{}"
    lacks: str = "{}"
    sent_no: int = 0
    sent_tag: str = ""


class BundleRow(SQLModel, table=True):
    """A bundle that went out or came in, and what became of it: `sent`, `held`, `applied`, `refused`."""

    __tablename__: ClassVar[str] = "bundle"
    id: int | None = Field(default=None, primary_key=True)
    sha: str = Field(unique=True)
    way: str
    peer: str
    no: int
    state: str
    made: str
    head: str
    report: str = "{}"


class Draft(SQLModel, table=True):
    """What somebody is typing: the changed fields of one record, as typed and unchecked, and where the cursor was.

    `base` is the record as it stood when the typing began, "" for one that is new; a draft's id becomes its record's.
    """

    __tablename__: ClassVar[str] = "draft"
    __table_args__ = (_NO_ROWID,)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    typed: str
    base: str
    version: int
    place: str
    caret: int
    at: str


class Printed(SQLModel, table=True):
    """A paper that left the desk: which record in which edition, as what, where to, how often, when, by whom.

    It stays on this laptop; `n` keeps the order.  `edition` is 0 for a draft, whose `draft` is the n of 第n稿.
    """

    __tablename__: ClassVar[str] = "printed"
    __table_args__ = (Index("printed_record", "org", "kind", "id"),)
    n: int | None = Field(default=None, primary_key=True)
    at: str
    account: str
    org: str
    kind: str
    id: str
    edition: int
    draft: int
    sheet: str
    way: str
    pages: str = ""
    copies: int = 1
    place: str = ""


PROJECTED = ("touch", "head", "clash", "late", "unread", "found", "due")
"""The store's own tables that are made from the journal, beside the kinds' tables."""

_TYPES = {Shape.NUMBER: Integer, Shape.YES: Integer}


@cache
def table_of(cls: type[Record]) -> Table:
    """The table of a kind: what every row has, the indexed fields, the derived counts, and `doc`, the bytes of its entry.

    The row names its entry by a deferred foreign key, and of how much it was made: of so many entries, and contents of entries;
    triggers (see `migrations`) abort a change without a new one.
    """
    name = f"kind_{cls.kind.key}"
    indexed = [asked for asked in fields(cls) if asked.ask.indexed]
    table = Table(
        name,
        SQLModel.metadata,
        Column("org", Text, nullable=False),
        Column("id", Text, nullable=False),
        Column("dev", Integer, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("made_from", Integer, nullable=False),
        Column("stage", Text, nullable=False),
        Column("edition", Integer, nullable=False),
        Column("struck", Integer, nullable=False),
        Column("behind", Integer, nullable=False),
        Column("sv", Integer, nullable=False),
        Column("title", Text, nullable=False),
        *(Column(asked.name, _TYPES.get(asked.shape, Text)) for asked in indexed),
        *(Column(key, Integer, nullable=False) for key in columns(cls)),
        Column("doc", Text, nullable=False),
        PrimaryKeyConstraint("org", "id"),
        ForeignKeyConstraint(["dev", "seq"], ["journal.dev", "journal.seq"], deferrable=True, initially="DEFERRED"),
    )
    for asked in indexed:
        Index(f"{name}_{asked.name}", table.c[asked.name], table.c.id)
    lead = leading(cls)
    Index(f"{name}_list", table.c.struck, table.c[lead].desc() if lead else table.c.title, table.c.id, table.c.stage)
    return table


def leading(cls: type[Record]) -> str:
    """The field a list is ordered by, newest first: the first indexed day, moment or year; "" when there is none."""
    days = (Shape.DATE, Shape.MOMENT, Shape.NUMBER)
    return next((asked.name for asked in fields(cls) if asked.ask.indexed and asked.shape in days), "")


def cell(value: Any) -> Any:
    """An indexed value as its column holds it; times and dates as ISO text, a record pointed at by its id, or by its name
    where it is in no register."""
    if isinstance(value, Ref):
        return value.id or value.name
    return value.isoformat() if isinstance(value, datetime | date) else value


def put_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows (column → value, all alike); a row of a kind takes the place of its older one."""
    if rows:
        names = tuple(rows[0])
        run_each(session, _insert(table, names), map(itemgetter(*names), rows))


@cache
def _insert(table: Table, names: tuple[str, ...]) -> str:
    columns_, values = ", ".join(f'"{n}"' for n in names), ", ".join("?" for _ in names)
    statement = f"INSERT INTO {table.name} ({columns_}) VALUES ({values})"
    if table.name.startswith("kind_"):
        changed = ", ".join(f'"{n}" = excluded."{n}"' for n in names if n not in ("org", "id"))
        statement += f" ON CONFLICT (org, id) DO UPDATE SET {changed}"
    return statement


def stored(model: type[SQLModel]) -> Table:
    """The table of one of the store's own models."""
    made: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel makes it and does not declare it
    return made


TABLES = {key: table_of(cls) for key, cls in KINDS.items()}
"""Kind → table."""
