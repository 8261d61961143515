"""Records for the tests of the store, written through the actions as a clerk would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS
from villagedesk.store.tables import PROJECTED, TABLES

CASE = {"subject": "韦国珍莫家秀地界纠纷", "dispute": "d07", "accepted_on": "2026-11-02", "facts": "后山竹林地界"}


def save(office: Office, kind: str, **values: Any) -> str:
    """One new record; its id."""
    (identifier,) = records.save(office, KINDS[kind], [values]).ids
    return identifier


def meeting(office: Office, **changes: Any) -> str:
    """A sitting of the representatives that could decide and did."""
    plain = {
        "bodies": ["村民代表会议"], "subject": "第3次村民代表会议", "held_from": "2026-11-18T14:30", "chair": "罗正华", "recorder": "罗倩",
        "present": ["岑兴富", "陈世荣", {"name": "吴昌平", "state": "leave"}],
        "agenda": [{"title": "通组路硬化", "resolution": "同意实施方案。", "yes": 2, "no": 0, "due_on": "2026-12-01"}],
    }  # fmt: skip
    return save(office, "meeting", **{**plain, **changes})


def final(office: Office, **changes: Any) -> str:
    """The same, finalised."""
    identifier = meeting(office, **changes)
    flow.advance(office, KINDS["meeting"], identifier, "finalise")
    return identifier


@contextmanager
def raw(office: Office) -> Iterator[Any]:
    """A cursor on the data file that knows nothing of the program."""
    connection = office.desk.engine.raw_connection()
    try:
        yield connection.cursor()
    finally:
        connection.close()


def projected(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every projected table with its rows; of the search index, what it finds, not how it is laid out."""
    found = {}
    with raw(office) as cursor:
        for name in (*PROJECTED, *(table.name for table in TABLES.values())):
            rows = cursor.execute(f"SELECT * FROM {name}").fetchall()
            own = name in ("found", "due")  # numbered in the order of writing
            found[name] = sorted((tuple(row[own:]) for row in rows), key=repr)
        found["words"] = [cursor.execute("SELECT count(*) FROM words").fetchone()]
    return found
