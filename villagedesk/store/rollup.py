"""Figures → SQL: sums by village, body and month, and the records behind each number.

Each takes the viewer: a number that a record stands behind which a duty may not read is not told.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, text
from sqlmodel import Session

from villagedesk.base.codes import within
from villagedesk.records.figures import MEETINGS, Figure, bodies_of
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed, Viewer
from villagedesk.store.tables import TABLES, leading

_BODY = "CASE b.type WHEN 'object' THEN json_extract(b.value, '$.body') ELSE b.value END"
"""A body stands in its list as a code, or as a line that holds one."""


@dataclass(frozen=True)
class Scope:
    """Which records: of a village, of some bodies, of event days, the first and the last included; "" and () are any."""

    since: str = ""
    until: str = ""
    village: str = ""
    bodies: tuple[str, ...] = ()


def rollup(
    session: Session,
    viewer: Viewer,
    scope: Scope = Scope(),
    *,
    figures: Sequence[Figure] = MEETINGS,
    by: Sequence[str] = ("village", "body", "month"),
) -> list[dict[str, Any]]:
    """Rows ``{village, body, month, …one sum a figure}``, in order; what they are not told apart `by` is "".

    A sitting of several bodies counts under each, and once where bodies are not told apart.  Struck records do not count,
    unfinished ones do and are told apart.  A sum is None where the viewer may not read what stands behind it.
    """
    sums: dict[tuple[str, str, str], Counter[str]] = {}
    for source, own in _sources(figures).items():
        if viewer.may(Deed.READ, KINDS[source.kind].kind):
            counts = ", ".join(f"sum({adds}) AS {key}" for key, adds in own.items())
            sql = f"SELECT {source.dimensions(by)}, {counts} {source.records(scope, joined='body' in by)} GROUP BY 1, 2, 3"
            for row in session.connection().execute(text(sql), _bound(scope)).mappings():
                found = sums.setdefault((row["village"], row["month"], row["body"]), Counter())
                found.update({key: int(row[key]) for key in own})
    return [
        {"village": village, "body": body, "month": month}
        | {f.key: counts[f.key] if told(viewer, f, (body,) if body else scope.bodies) else None for f in figures}
        for (village, month, body), counts in sorted(sums.items())
    ]


def told(viewer: Viewer, figure: Figure, bodies: Sequence[str] = ()) -> bool:
    """Whether the viewer may read every record that can stand behind a figure of these bodies."""
    return all(
        viewer.may(Deed.READ, KINDS[kind].kind)
        for kind in figure.parts
        if not (bodies and bodies_of(kind)) or set(bodies) & set(bodies_of(kind))
    )


def behind(session: Session, viewer: Viewer, figure: Figure, scope: Scope) -> list[tuple[str, str, str]]:
    """The records (kind, org, id) a number stands on: those that add something to it."""
    found: list[tuple[str, str, str]] = []
    for source, own in _sources([figure]).items() if told(viewer, figure, scope.bodies) else ():
        sql = f"SELECT r.org, r.id {source.records(scope)} AND ({own[figure.key]}) > 0 ORDER BY r.{source.day}, r.org, r.id"
        found += [(source.kind, row.org, row.id) for row in session.connection().execute(text(sql), _bound(scope))]
    return found


@dataclass(frozen=True)
class _Source:
    """The records of one kind that figures are added up from."""

    kind: str
    stands: bool
    newest: str

    @property
    def day(self) -> str:
        return f'"{leading(KINDS[self.kind])}"'

    @property
    def bodies(self) -> str:
        """The bodies of a record, one a row: those of its kind, or those it names."""
        own = bodies_of(self.kind)
        return f"json_each('{json.dumps(own)}') b" if own else "json_each(r.doc, '$.bodies') b"

    def dimensions(self, by: Sequence[str]) -> str:
        month = "substr(:until, 1, 7)" if self.stands else f"substr(r.{self.day}, 1, 7)"
        known = {"village": "r.org", "body": _BODY, "month": month}
        return ", ".join(f"{sql if name in by else repr('')} AS {name}" for name, sql in known.items())

    def records(self, scope: Scope, *, joined: bool = False) -> str:
        """Each record of the scope once, or `joined` with each of its bodies."""
        wanted = f"{_BODY} IN (SELECT value FROM json_each(:bodies))"
        among = wanted if joined else f"EXISTS (SELECT 1 FROM {self.bodies} WHERE {wanted})"
        tests = [
            "r.struck = 0",
            f"r.{self.day} <= :until",
            *([] if self.stands else [f"r.{self.day} >= :since"]),
            *(["r.org = :village"] if scope.village else []),
            *([among] if scope.bodies else []),
            *([self._last()] if self.newest else []),
        ]
        return f"FROM kind_{self.kind} r{f', {self.bodies}' if joined else ''} WHERE {' AND '.join(tests)}"

    def _last(self) -> str:
        """That no later record takes the place of this one."""
        same = f'n.struck = 0 AND n.org = r.org AND n."{self.newest}" = r."{self.newest}"'
        later = f"n.{self.day} <= :until AND (n.{self.day}, n.id) > (r.{self.day}, r.id)"
        return f"NOT EXISTS (SELECT 1 FROM kind_{self.kind} n WHERE {same} AND {later})"


def _sources(figures: Iterable[Figure]) -> dict[_Source, dict[str, str]]:
    """Where figures are added up from: source → figure → what one record adds."""
    found: dict[_Source, dict[str, str]] = {}
    for figure in figures:
        for kind, column in figure.parts.items():
            source = _Source(kind, figure.stands, figure.newest)
            found.setdefault(source, {})[figure.key] = f"r.{column}" if column else "1"
    return found


def _bound(scope: Scope) -> dict[str, str]:
    return {
        "since": scope.since or "0000", "until": (scope.until or "9999") + "~", "village": scope.village,
        "bodies": json.dumps(scope.bodies),
    }  # fmt: skip


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
