"""The store's own tables, step by step: each step named, one way, in one transaction with the note that it ran.

Kinds' tables are no matter of steps: when a description changes they are dropped and projected again.
"""

import string
from collections.abc import Callable

from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from villagedesk.base.errors import Refused
from villagedesk.store import tables

_GUARDS = (
    """CREATE TRIGGER journal_update BEFORE UPDATE ON journal
       WHEN NOT (NEW.dev IS OLD.dev AND NEW.seq IS OLD.seq AND NEW.env IS OLD.env AND NEW.hash IS OLD.hash
                 AND (NEW.phash = sha256(OLD.payload) OR OLD.phash = sha256(NEW.payload)) IS TRUE)
       BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END""",
    "CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END",
)

_ROW_GUARDS = (
    """CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} WHEN NEW.made_from IS OLD.made_from AND ({changed})
       BEGIN SELECT RAISE(ABORT, 'row changed without an entry'); END""",
    """CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}
       WHEN NOT EXISTS (SELECT 1 FROM unread u WHERE u.org = OLD.org AND u.id = OLD.id AND 'kind_' || u.kind = '{table}')
       BEGIN SELECT RAISE(ABORT, 'row removed without an entry'); END""",
)

_MARKS = "".join(mark for mark in string.punctuation if mark not in "'\"")
WORDS = f"""CREATE VIRTUAL TABLE words USING fts5(grams, content='', contentless_delete=1, detail='none',
             tokenize="ascii tokenchars '{_MARKS}''""'")"""
"""Terms are cut at spaces and nowhere else: beyond ASCII every character is a token character, and the marks of ASCII are told to be."""


def _first(connection: Connection) -> None:
    own = [t for t in SQLModel.metadata.sorted_tables if not t.name.startswith("kind_")]
    SQLModel.metadata.create_all(connection, tables=own)
    for guard in _GUARDS:
        connection.exec_driver_sql(guard)
    connection.exec_driver_sql(WORDS)


def _table(name: str) -> Callable[[Connection], None]:
    """A step that brings one more table; a new file has it from the first step, which makes every table of today."""
    return lambda connection: SQLModel.metadata.create_all(connection, tables=[SQLModel.metadata.tables[name]])


def _anew(name: str) -> Callable[[Connection], None]:
    """A step that makes a projected table again, as it is described today; its rows come back with the next projection."""

    def step(connection: Connection) -> None:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        SQLModel.metadata.create_all(connection, tables=[SQLModel.metadata.tables[name]])

    return step


STEPS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("the first tables", _first),
    ("drafts", _table("draft")),
    ("what was printed", _table("printed")),
    ("until when something can be done", _anew("due")),
)
"""Step n brings a file from version n-1 to n."""


def version(connection: Connection) -> int:
    """The version a file stands at; 0 for an empty one."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def refuse_newer(connection: Connection, steps: int = len(STEPS)) -> None:
    """A file written by a newer program is left alone."""
    if version(connection) > steps:
        raise Refused("这份数据是新版村务台写的，这个版本打不开。请先升级程序，数据没有动。")


def step_up(connection: Connection, number: int) -> None:
    """Run one step and note it; the caller holds the transaction."""
    STEPS[number - 1][1](connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def make_kind_tables(connection: Connection) -> None:
    """Drop and make the kinds' tables and their guards, empty."""
    for table in tables.TABLES.values():
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table.name}")
        table.create(connection)
        changed = " OR ".join(f'NEW."{c.name}" IS NOT OLD."{c.name}"' for c in table.columns)
        for guard in _ROW_GUARDS:
            connection.execute(text(guard.format(table=table.name, changed=changed)))
