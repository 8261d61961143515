"""Search over all kinds by pairs of characters, through the viewer's rights."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import column, func, select, table, text
from sqlmodel import Session

from villagedesk.base.text import fold, query_grams
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Viewer
from villagedesk.store.tables import TABLES, Found

LIMIT = 50


@dataclass(frozen=True)
class Hit:
    """A record that holds the words."""

    kind: str
    org: str
    id: str
    title: str
    stage: str


def search(session: Session, viewer: Viewer, words: str, *, limit: int = LIMIT) -> list[Hit]:
    """The newest records that hold every word of `words`, each in full.  Nothing asked, nothing found.

    The index finds candidates by pairs; the folded text decides, since two pairs may stand apart.
    """
    wanted, asked = query_grams(words), fold(words).split()
    kinds = sorted(viewer.readable(cls.kind for cls in KINDS.values()))
    if not wanted or not kinds:
        return []
    values = {"match": " AND ".join(f'"{g}"' for g in wanted), "limit": limit}
    values |= {f"w{i}": word for i, word in enumerate(asked)}
    held = " AND ".join(f"instr(f.text, :w{i})" for i in range(len(asked)))
    among = "" if len(kinds) == len(KINDS) else " AND f.kind IN (" + ",".join(f"'{k}'" for k in kinds) + ")"
    rows = (
        session.connection()
        .execute(
            text(
                "SELECT f.kind, f.org, f.id FROM words w JOIN found f ON f.row = w.rowid"
                f" WHERE w.words MATCH :match AND {held}{among} ORDER BY w.rowid DESC LIMIT :limit"
            ),
            values,
        )
        .all()
    )
    return [Hit(kind, org, identifier, *_shown(session, kind, org, identifier)) for kind, org, identifier in rows]


def holding(kind: str, words: str) -> Any:
    """The (org, id) of every record of a kind that holds every word of `words`: a part of a larger question."""
    found = Found.__table__  # type: ignore[attr-defined]
    index = table("words", column("rowid"), column("words"))
    match = " AND ".join(f'"{g}"' for g in query_grams(words))
    return (
        select(found.c.org, found.c.id)
        .select_from(index.join(found, found.c.row == index.c.rowid))
        .where(
            index.c.words.op("MATCH")(match),
            found.c.kind == kind,
            *(func.instr(found.c.text, word) > 0 for word in fold(words).split()),
        )
    )


def _shown(session: Session, kind: str, org: str, identifier: str) -> tuple[str, str]:
    rows = TABLES[kind]
    row = session.connection().execute(rows.select().where(rows.c.org == org, rows.c.id == identifier)).one()
    return row.title, row.stage
