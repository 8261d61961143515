"""What the home page and a council's page show: sums and short lists over many kinds, worked out in the data file.

Each read takes the viewer: of a kind that a duty may not read nothing is listed, counted or marked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, text, tuple_
from sqlmodel import Session, col

from villagedesk.base.clock import Stamp
from villagedesk.base.codes import within
from villagedesk.records.entry import Envelope
from villagedesk.records.flow import PLAIN
from villagedesk.records.kind import Record, Shape, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Viewer
from villagedesk.store.queries import of_body
from villagedesk.store.tables import TABLES, Device, DueRow, Journal, Touch, leading

LOOKED, PAGE = 3_000, 250
"""Entries of the journal looked through for what was done lately, at the most, and read at a time."""
TOGETHER = timedelta(minutes=1)
"""The same done to several records of one kind within so short a time was done in one go."""


@dataclass(frozen=True)
class Line:
    """One record as a line of a list.

    Attributes: `at` its day or moment in ISO form, of what is due the day by which; `what` is to be done about it or, of
    what this desk did lately, the deed of the journal; `count` how many records one line stands for; `basis` the rule by
    which it is due, `law` whether that is a statute.  What is due because there is no record has no id: one begins with `begin`.
    """

    kind: str
    org: str
    id: str
    title: str
    stage: str
    edition: int
    at: str
    what: str = ""
    count: int = 1
    basis: str = ""
    law: bool = False
    begin: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def rule(self) -> str:
        """By which rule it is due, and whether that is law."""
        return f"法律规定：{self.basis}" if self.law else self.basis


def matters(viewer: Viewer) -> list[type[Record]]:
    """The kinds whose records happen on a day and pass through stages, as far as the viewer may read them."""
    readable = viewer.readable(cls.kind for cls in KINDS.values())
    return [
        cls
        for key, cls in KINDS.items()
        if key in readable and cls.kind.flow is not PLAIN and not cls.kind.made and _day(cls)
    ]


def _day(cls: type[Record]) -> str:
    lead = leading(cls)
    shape = next((asked.shape for asked in fields(cls) if asked.name == lead), None)
    return lead if shape in (Shape.DATE, Shape.MOMENT) else ""


def happened(session: Session, viewer: Viewer, first: date, last: date, *, limit: int) -> list[Line]:
    """Matters of these days, both included, newest first."""
    found: list[Line] = []
    for cls in matters(viewer):
        table, day = TABLES[cls.kind.key], TABLES[cls.kind.key].c[_day(cls)]
        wanted = _lines(table, day).where(*_between(table, day, first, last)).order_by(day.desc(), table.c.id)
        found += [Line(cls.kind.key, *row) for row in session.connection().execute(wanted.limit(limit))]
    return sorted(found, key=lambda line: line.at, reverse=True)[:limit]


def marks(session: Session, viewer: Viewer, first: date, last: date) -> dict[str, dict[str, int]]:
    """For each of these days on which something happened or is due: how many records of which kind."""
    found: dict[str, dict[str, int]] = {}
    for cls in matters(viewer):
        table, day = TABLES[cls.kind.key], func.substr(TABLES[cls.kind.key].c[_day(cls)], 1, 10)
        among = _between(table, table.c[_day(cls)], first, last)
        for on, count in session.connection().execute(select(day, func.count()).where(*among).group_by(day)):
            found.setdefault(on, {})[cls.kind.key] = count
    for kind, on, count in _due(session, viewer, first, last, col(DueRow.kind), col(DueRow.on)):
        of_day = found.setdefault(on, {})
        of_day[kind] = of_day.get(kind, 0) + count
    return found


def by_month(session: Session, viewer: Viewer, year: int) -> list[int]:
    """How many matters each month of a year has."""
    sums = [0] * 12
    for cls in matters(viewer):
        table, month = TABLES[cls.kind.key], func.substr(TABLES[cls.kind.key].c[_day(cls)], 6, 2)
        among = _between(table, table.c[_day(cls)], date(year, 1, 1), date(year, 12, 31))
        for number, count in session.connection().execute(select(month, func.count()).where(*among).group_by(month)):
            sums[int(number) - 1] += count
    return sums


def due(session: Session, viewer: Viewer, first: date, last: date, *, today: date, limit: int) -> list[Line]:
    """What is due on these days, both included, oldest first, and can still be done."""
    rows = (
        session.connection()
        .execute(
            select(
                col(DueRow.kind), col(DueRow.org), col(DueRow.id), col(DueRow.on), col(DueRow.what), col(DueRow.basis), col(DueRow.law)
            )
            .where(col(DueRow.kind).in_(_readable(viewer)), col(DueRow.on).between(str(first), str(last)))
            .where(or_(col(DueRow.moot) == "", col(DueRow.moot) >= str(today)))
            .order_by(col(DueRow.on), col(DueRow.id))
            .limit(limit)
        )
        .all()
    )  # fmt: skip
    known = _known(session, ((row.kind, row.org, row.id) for row in rows))
    return [
        Line(row.kind, row.org, row.id, *known[row.kind, row.org, row.id], row.on, row.what, basis=row.basis, law=bool(row.law))
        for row in rows
    ]  # fmt: skip


def sittings(session: Session, viewer: Viewer, first: date, last: date, *, body: str = "", limit: int) -> list[Line]:
    """Meetings held or to be held on these days, newest first; of one body where it is named."""
    if "meeting" not in _readable(viewer):
        return []
    table = TABLES["meeting"]
    wanted = _lines(table, table.c.held_from).where(*_between(table, table.c.held_from, first, last))
    if body:
        wanted = wanted.where(of_body(table, body))
    newest = wanted.order_by(table.c.held_from.desc(), table.c.id).limit(limit)
    return [Line("meeting", *row) for row in session.connection().execute(newest)]


def last_held(session: Session, viewer: Viewer, until: date) -> dict[str, str]:
    """Body → the moment of its last meeting up to a day, in ISO form."""
    if "meeting" not in _readable(viewer):
        return {}
    rows = session.connection().execute(
        text(
            "SELECT json_extract(b.value, '$.body'), max(r.held_from) FROM kind_meeting r, json_each(r.doc, '$.bodies') b"
            " WHERE r.struck = 0 AND r.held_from <= :until GROUP BY 1"
        ),
        {"until": f"{until}~"},
    )
    return {row[0]: row[1] for row in rows}


def open_resolutions(session: Session, viewer: Viewer, body: str, *, limit: int) -> list[Line]:
    """Resolutions of a body that are not carried out yet, newest first."""
    if "resolution" not in _readable(viewer):
        return []
    table, flow = TABLES["resolution"], KINDS["resolution"].kind.flow
    wanted = (
        _lines(table, table.c.passed_on)
        .where(table.c.struck == 0, table.c.stage.not_in([stage.key for stage in flow.stages if stage.done]))
        .where(of_body(table, body))
        .order_by(table.c.passed_on.desc(), table.c.id)
        .limit(limit)
    )
    return [Line("resolution", *row) for row in session.connection().execute(wanted)]


def returned(session: Session, viewer: Viewer, org: str) -> list[Line]:
    """Records of ours that a unit above has sent back and that were not corrected since; `what` is its remark."""
    rows = session.connection().execute(
        text(
            "SELECT kind, id, edition, org, remark FROM (SELECT org, json_extract(doc, '$.about_kind') AS kind,"
            " json_extract(doc, '$.about.id') AS id, coalesce(json_extract(doc, '$.edition'), 0) AS edition,"
            " json_extract(doc, '$.verdict') AS verdict, json_extract(doc, '$.remark') AS remark, row_number() OVER"
            " (PARTITION BY json_extract(doc, '$.about_kind'), json_extract(doc, '$.about.id') ORDER BY"
            " coalesce(json_extract(doc, '$.edition'), 0) DESC, seq DESC) AS place"
            " FROM kind_review WHERE about_org = :org AND struck = 0) WHERE place = 1 AND verdict = 'return'"
        ),
        {"org": org},
    )
    readable = _readable(viewer)
    open_ = [row for row in rows if row.kind in readable and row.org != org and within(org, row.org)]
    known = _known(session, ((row.kind, org, row.id) for row in open_))
    found = [(row, known.get((row.kind, org, row.id))) for row in open_]
    return [
        Line(row.kind, org, row.id, *about, "", row.remark or "")
        for row, about in found
        if about is not None and about[2] <= row.edition
    ]


def lately(session: Session, viewer: Viewer, dev: int, *, limit: int) -> list[Line]:
    """What was done on this device, newest first: each record once, the same to many of a kind in one go as one line.

    What the program wrote by itself (a summary, a resolution of a meeting) is left out.
    """
    found: list[tuple[Line, datetime]] = []
    seen: set[tuple[str, str]] = set()
    readable = _readable(viewer) - {cls.kind.summary for cls in KINDS.values()}
    for env, new in _newest(session, dev):
        if (env.t, env.id) in seen or env.t not in readable or (new and KINDS[env.t].kind.made):
            continue
        seen.add((env.t, env.id))
        at, what = _local(env), "new" if new and env.op == "set" else env.op
        last, before = found[-1] if found else (None, at)
        if last and (last.kind, last.what) == (env.t, what) and before - at <= TOGETHER:
            found[-1] = (replace(last, count=last.count + 1), at)
        elif len(found) == limit:
            break
        else:
            found.append((Line(env.t, "", env.id, "", "", 0, at.isoformat(timespec="minutes"), what), at))
    org = session.connection().execute(select(col(Device.org)).where(col(Device.dev) == dev)).scalar_one()
    known = _known(session, ((line.kind, org, line.id) for line, _ in found))
    return [
        Line(line.kind, org, line.id, *known[line.kind, org, line.id], line.at, line.what, line.count)
        for line, _ in found
        if (line.kind, org, line.id) in known
    ]


def began(session: Session, org: str) -> date:
    """The day this unit's desk wrote its first entry; far ahead when it has written none."""
    firsts = session.connection().execute(
        select(col(Journal.env)).join(Device, col(Device.dev) == col(Journal.dev)).where(col(Device.org) == org, col(Journal.seq) == 1)
    )  # fmt: skip
    return min((_local(Envelope.parse(env)).date() for (env,) in firsts), default=date.max)


def _newest(session: Session, dev: int) -> Iterator[tuple[Envelope, bool]]:
    """What a device wrote, newest first, and whether each was the first entry of its record."""
    connection, before = session.connection(), 1 << 62
    for _ in range(LOOKED // PAGE):
        rows = connection.execute(
            select(col(Journal.seq), col(Journal.env))
            .where(col(Journal.dev) == dev, col(Journal.seq) < before)
            .order_by(col(Journal.seq).desc())
            .limit(PAGE)
        ).all()
        if not rows:
            return
        before = rows[-1].seq
        read = [Envelope.parse(row.env) for row in rows]
        firsts = connection.execute(
            select(col(Touch.kind), col(Touch.id), func.min(col(Touch.seq)))
            .where(col(Touch.org).in_(select(col(Device.org)).where(col(Device.dev) == dev)))
            .where(tuple_(col(Touch.kind), col(Touch.id)).in_({(env.t, env.id) for env in read}))
            .group_by(col(Touch.kind), col(Touch.id))
        )
        first = {(kind, identifier): seq for kind, identifier, seq in firsts}
        for env in read:
            yield env, first[env.t, env.id] == env.seq


def _local(env: Envelope) -> datetime:
    moment = datetime.fromtimestamp(Stamp.parse(env.hlc).ms / 1000, UTC) + timedelta(hours=8)
    return moment.replace(tzinfo=None)


def _readable(viewer: Viewer) -> frozenset[str]:
    return viewer.readable(cls.kind for cls in KINDS.values())


def _lines(table: Any, day: Any) -> Select[Any]:
    return select(table.c.org, table.c.id, table.c.title, table.c.stage, table.c.edition, day)


def _between(table: Any, day: Any, first: date, last: date) -> Sequence[Any]:
    """Not struck, and on one of these days; a moment is later than the bare day."""
    return table.c.struck == 0, day >= str(first), day <= f"{last}~"


def _due(session: Session, viewer: Viewer, first: date, last: date, *by: Any) -> Sequence[Any]:
    """How much is due on these days, by kind or by day."""
    return (
        session.connection()
        .execute(
            select(*by, func.count())
            .where(col(DueRow.kind).in_(_readable(viewer)), col(DueRow.on).between(str(first), str(last)))
            .group_by(*by)
        )
        .all()
    )


def _known(session: Session, keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], tuple[str, str, int]]:
    """(kind, org, id) → title, stage and edition, of records that are not struck."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for kind, org, identifier in keys:
        wanted.setdefault((kind, org), set()).add(identifier)
    found: dict[tuple[str, str, str], tuple[str, str, int]] = {}
    for (kind, org), ids in wanted.items():
        rows = TABLES[kind].c  # by the key alone: an index on `struck` would be read from end to end
        of_kind = select(rows.id, rows.title, rows.stage, rows.edition, rows.struck).where(
            rows.org == org, rows.id.in_(ids)
        )
        for identifier, title, stage, edition, struck in session.connection().execute(of_kind):
            if not struck:
                found[kind, org, identifier] = (title, stage, edition)
    return found
