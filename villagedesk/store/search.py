"""Search over all kinds by pairs of characters, through the viewer's rights."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import column, func, select, table, text, tuple_
from sqlmodel import Session

from villagedesk.base.text import fold, query_grams
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Viewer
from villagedesk.store.tables import TABLES, Found, stored

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
    folded = fold(words)
    wanted, asked = query_grams(folded), folded.split()
    kinds = sorted(viewer.readable(cls.kind for cls in KINDS.values()))
    if not wanted or not kinds:
        return []
    values: dict[str, Any] = {"match": " AND ".join(_quoted(g) for g in wanted), "limit": limit}
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
    shown = {
        kind: _shown(session, kind, [(o, i) for k, o, i in rows if k == kind]) for kind in {row[0] for row in rows}
    }
    return [Hit(kind, org, identifier, *shown[kind][org, identifier]) for kind, org, identifier in rows]


def holding(kind: str, words: str) -> Any:
    """The (org, id) of every record of a kind that holds every word of `words`: a part of a larger question."""
    found, folded = stored(Found), fold(words)
    index = table("words", column("rowid"), column("words"))
    match = " AND ".join(_quoted(g) for g in query_grams(folded))
    return (
        select(found.c.org, found.c.id)
        .select_from(index.join(found, found.c.row == index.c.rowid))
        .where(
            index.c.words.op("MATCH")(match),
            found.c.kind == kind,
            *(func.instr(found.c.text, word) > 0 for word in folded.split()),
        )
    )


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _shown(session: Session, kind: str, keys: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and stage of records, by org and id."""
    rows = TABLES[kind].c
    wanted = select(rows.org, rows.id, rows.title, rows.stage).where(tuple_(rows.org, rows.id).in_(keys))
    return {(org, identifier): (title, stage) for org, identifier, title, stage in session.connection().execute(wanted)}
