"""The encrypted data file, open: SQLCipher by raw key, WAL, every commit on the disk before it is said to be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as cipher  # type: ignore[import-untyped]  # ships no types
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from villagedesk.base.errors import Surroundings
from villagedesk.base.paths import Places

WAIT = 5.0
"""Seconds a command waits for another one to leave the desk."""


@dataclass(frozen=True)
class Me:
    """This laptop: its device row and chain, its org, and what its papers need."""

    dev: int
    did: str
    org: str
    role: str
    name: str
    prefix: str
    laptop: int
    epoch: str


class Desk:
    """One open data file.  `writing()` is one transaction; `reading()` sees one state."""

    def __init__(self, places: Places, key: bytes, lock: FileLock) -> None:
        self.places = places
        self.key = key
        self._lock = lock
        self.engine = connect(places.desk, key)
        self._me: Me | None = None

    @property
    def me(self) -> Me:
        """This laptop; known once the desk has been set up."""
        if self._me is None:
            raise RuntimeError("the desk has no identity yet")
        return self._me

    @me.setter
    def me(self, me: Me) -> None:
        self._me = me

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; nothing it does is kept."""
        with told(), Session(self.engine) as session:
            _hold(session, session.connection())
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is one transaction: all of it is kept, or nothing."""
        with told(), Session(self.engine, expire_on_commit=False) as session:
            _hold(session, session.connection(execution_options={"immediate": True}))
            yield session
            session.commit()

    def rekey(self, key: bytes) -> None:
        """Lock the data file with a new key; every page is written anew in one transaction."""
        self.engine.dispose()
        engine = connect(self.places.desk, self.key)
        with told():
            raw = engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                cursor.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
                cursor.close()
            finally:
                raw.close()
        engine.dispose()
        self.key = key
        self.engine = connect(self.places.desk, key)

    def close(self) -> None:
        """Let go of the file and of the desk."""
        self.engine.dispose()
        self._lock.release()


def run(session: Session, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
    """One statement written out, asked of the driver itself in the session's own transaction; its rows come back.

    SQLAlchemy's way costs more than most statements of a save do.
    """
    return session.info["driver"].execute(statement, values)


def run_each(session: Session, statement: str, many: Iterable[Sequence[Any]]) -> None:
    """One statement for each of many values."""
    session.info["driver"].executemany(statement, many)


def _hold(session: Session, connection: Connection) -> None:
    session.info["driver"] = connection.connection.driver_connection


def lock(places: Places) -> FileLock:
    """Take the desk for this process, or say that another one has it."""
    places.root.mkdir(parents=True, exist_ok=True)
    taken = FileLock(places.lock, timeout=WAIT, thread_local=False)  # taken aside, let go of by the window
    try:
        taken.acquire()
    except Timeout:
        raise Surroundings("这份数据正在被另一个村务台窗口或命令使用。请先关掉那一个，再试。") from None
    except OSError as error:
        raise Surroundings(f"“{places.root}”不能写入：{error.strerror}。请换一个位置，或检查权限。") from None
    return taken


def connect(path: Path, key: bytes, *, uri: str = "") -> Engine:
    """An engine over one encrypted file.  The raw key costs 0.3 ms a connection; the passphrase was paid for once."""

    def creator() -> Any:
        raw = cipher.connect(uri or str(path), uri=bool(uri), check_same_thread=False, isolation_level=None)
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -32768",
            "busy_timeout = 5000",
        ):
            raw.execute(f"PRAGMA {pragma}")
        raw.create_function(
            "sha256", 1, lambda data: None if data is None else sha256(data).digest(), deterministic=True
        )
        return raw

    engine = create_engine(
        "sqlite://", module=cipher, creator=creator, poolclass=QueuePool, pool_size=4, pool_use_lifo=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def fits(path: Path, key: bytes) -> bool:
    """Whether a key opens the data file at all."""
    if not path.exists():
        raise Surroundings(f"“{path.parent}”里的数据文件不见了。请从最近的备份恢复。", command="restore")
    engine = connect(path, key)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except (DatabaseError, cipher.DatabaseError):
        return False
    finally:
        engine.dispose()
    return True


@contextmanager
def told() -> Iterator[None]:
    """Turn the machine's faults into sentences; bugs of ours pass through as they are."""
    try:
        yield
    except DatabaseError as error:
        sentence = _sentence(str(error.orig), isinstance(error, OperationalError))
        if not sentence:
            raise
        raise Surroundings(sentence) from error
    except cipher.DatabaseError as error:
        sentence = _sentence(str(error), isinstance(error, cipher.OperationalError))
        if not sentence:
            raise
        raise Surroundings(sentence) from error


def _sentence(message: str, operational: bool) -> str:
    if "full" in message:
        return "硬盘满了，这次没有存上，原来的记录都在。请清出一些空间再试。"
    if "locked" in message:
        return "数据正在被另一个程序占用。请稍等再试。"
    if "readonly" in message or "read-only" in message:
        return "数据文件不能写入（只读）。请检查权限后再试。"
    if "not a database" in message or "malformed" in message:
        return "数据文件打不开或已损坏。请从最近的备份恢复，再检查一遍。"
    if operational and ("disk I/O" in message or "unable to open" in message):
        return "硬盘读写出错。请换一个位置或检查硬盘，原来的记录都在。"
    return ""
