"""Figures → SQL: sums by village, body and month, and the records behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, text
from sqlmodel import Session

from villagedesk.base.codes import within
from villagedesk.records.figures import MEETINGS, Figure
from villagedesk.records.kinds import KINDS
from villagedesk.store.tables import TABLES, leading


@dataclass(frozen=True)
class Cell:
    """Which number: a village, a body, a month."""

    village: str
    body: str
    month: str


def rollup(
    session: Session, *, since: str = "", until: str = "", figures: Sequence[Figure] = MEETINGS
) -> list[dict[str, Any]]:
    """Rows ``{village, body, month, …one count a figure}``, in order; a sitting of several bodies counts under each.

    `since` and `until` are event days, both included; struck records do not count, unfinished ones do and are told apart.
    """
    sums: dict[Cell, dict[str, int]] = {}
    for kind in dict.fromkeys(f.kind for f in figures):
        own = [f for f in figures if f.kind == kind]
        counts = ", ".join(f"sum({f.sql}) AS {f.key}" for f in own)
        rows = session.connection().execute(text(_from(own[0], counts) + " GROUP BY 1, 2, 3"), _days(since, until))
        for row in rows.mappings():
            cell = Cell(row["village"], row["body"], row["month"])
            sums.setdefault(cell, {}).update({f.key: int(row[f.key]) for f in own})
    ordered = sorted(sums, key=lambda c: (c.village, c.month, c.body))
    return [
        {"village": c.village, "body": c.body, "month": c.month, **{f.key: sums[c].get(f.key, 0) for f in figures}}
        for c in ordered
    ]


def behind(session: Session, figure: Figure, cell: Cell, *, since: str = "", until: str = "") -> list[tuple[str, str]]:
    """The records (org, id) a number stands on, of the same days as the number: those that add something to it."""
    sql = _from(figure, "r.id AS id")
    where = f" AND ({figure.sql}) > 0 AND r.org = :village AND body = :body AND substr(r.{figure.day}, 1, 7) = :month ORDER BY r.id"
    values = {**_days(since, until), "village": cell.village, "body": cell.body, "month": cell.month}
    return [(row.village, row.id) for row in session.connection().execute(text(sql + where), values)]


def standing(session: Session, kind: str, when: str = "") -> list[tuple[str, str, str, int]]:
    """(org, id, leading day, edition) of every record of a kind, of the days that begin with `when`."""
    table, lead = TABLES[kind], leading(KINDS[kind])
    day = table.c[lead] if lead else literal("")
    wanted = select(table.c.org, table.c.id, day, table.c.edition).where(table.c.struck == 0)
    rows = session.connection().execute(wanted.where(day.startswith(when)) if when else wanted)
    return [(org, identifier, str(on), edition) for org, identifier, on, edition in rows]


def verdicts(session: Session) -> dict[tuple[str, str, str], tuple[str, int]]:
    """(kind, org, id) → the newest verdict of a unit above on it, and on which edition."""
    rows = session.connection().execute(
        text(
            "SELECT json_extract(doc, '$.about_kind'), about_org, json_extract(doc, '$.about.id'), json_extract(doc, '$.verdict'),"
            " coalesce(json_extract(doc, '$.edition'), 0), org FROM kind_review WHERE struck = 0 ORDER BY org, seq"
        )
    )
    return {
        (kind, about, identifier): (verdict, int(edition))
        for kind, about, identifier, verdict, edition, org in rows
        if about != org and within(about, org)
    }


def _days(since: str, until: str) -> dict[str, str]:
    return {"since": since or "0000", "until": (until or "9999") + "~"}


def _from(figure: Figure, counts: str) -> str:
    """The records a figure counts, once for each of their bodies; a body is a code, or a line that holds one."""
    return (
        "SELECT r.org AS village, CASE b.type WHEN 'object' THEN json_extract(b.value, '$.body') ELSE b.value END AS body,"
        f" substr(r.{figure.day}, 1, 7) AS month, {counts}"
        f" FROM kind_{figure.kind} r, json_each(r.doc, '{figure.bodies}') b"
        f" WHERE r.struck = 0 AND r.{figure.day} >= :since AND r.{figure.day} <= :until"
    )
