"""Every read of records.  Each takes the viewer: what a duty may not read is not found, not listed, not counted in words."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, Table, func, literal, literal_column, or_, select, text, tuple_
from sqlmodel import Session, col

from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.records.entry import Entry
from villagedesk.records.kind import Record
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed, Viewer, who_may
from villagedesk.store import journal
from villagedesk.store.projection import record_in
from villagedesk.store.search import holding
from villagedesk.store.tables import TABLES, Clash, Device, Late, Printed, Unread, leading


@dataclass(frozen=True)
class Kept:
    """A record as it stands in the data file; `behind` where its newest content is not here and an older one is shown."""

    org: str
    id: str
    record: Record
    stage: str
    edition: int
    struck: bool
    dev: int
    seq: int
    behind: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in words: stage, edition, struck, and whether this is the newest content."""
        name = self.record.kind.flow[self.stage].name
        edition = f"（第{self.edition}版）" if self.edition > 1 else ""
        behind = "，较早的内容，最新一次改动的内容不在本机" if self.behind else ""
        return ("已作废，" if self.struck else "") + name + edition + behind


def stop(session: Session) -> None:
    """End what a session is asking, from another thread: its question comes back with an error of the driver."""
    session.info["driver"].interrupt()


def kind_of(word: str) -> type[Record]:
    """The kind named by key or by its Chinese name; `NotValid` when there is none."""
    found = KINDS.get(word) or next((cls for cls in KINDS.values() if cls.kind.name == word), None)
    if found is None:
        raise NotValid([Problem("", f"没有“{word}”这种记录。")], command="kinds")
    return found


def must_read(viewer: Viewer, cls: type[Record]) -> None:
    """`Refused` when the viewer may not read that kind."""
    if not viewer.may(Deed.READ, cls.kind):
        raise Refused(f"“{cls.kind.name}”只有{who_may(Deed.READ, cls.kind)}能看。")


def _kept(cls: type[Record], row: Row[Any]) -> Kept:
    record = record_in(cls, row.doc, row.sv, row.stage)
    return Kept(row.org, row.id, record, row.stage, row.edition, bool(row.struck), row.dev, row.seq, bool(row.behind))


def one(session: Session, viewer: Viewer, cls: type[Record], identifier: str, org: str = "") -> Kept:
    """One record; an id may be shortened as long as it is the only one.  `NotValid` when it is not there."""
    must_read(viewer, cls)
    table = TABLES[cls.kind.key]
    name = identifier.upper()
    wanted = select(table).where(_orgs(table, org), table.c.id.between(name, f"{name}~")).limit(3)
    rows = session.connection().execute(wanted).all()
    exact = [r for r in rows if r.id == name] or rows
    if len(exact) != 1 or not identifier:
        why = "有不止一条记录是这样开头，请把编号写全" if len(exact) > 1 else "没有这条记录"
        raise NotValid([Problem("", f"{cls.kind.name} {identifier}：{why}。")])
    return _kept(cls, exact[0])


def _orgs(table: Table, org: str = "") -> Any:
    """Whose records: the unit is the first half of the key, so it is always named; else a table is read from end to end."""
    return table.c.org == org if org else table.c.org.in_(select(col(Device.org)))


def listed_rows(session: Session, cls: type[Record], wanted: Any) -> list[Kept]:
    """The records in the rows of a question over a kind's table; who asks has made sure that the viewer may read it."""
    return [_kept(cls, row) for row in session.connection().execute(wanted)]


def some(session: Session, viewer: Viewer, cls: type[Record], identifiers: Sequence[str]) -> Iterator[Kept]:
    """The records of these ids, in no order; those that are not there are left out."""
    must_read(viewer, cls)
    table = TABLES[cls.kind.key]
    for start in range(0, len(identifiers), 400):
        part = identifiers[start : start + 400]
        for row in session.connection().execute(select(table).where(_orgs(table), table.c.id.in_(part))):
            yield _kept(cls, row)


@dataclass(frozen=True)
class Wanted:
    """Which records of a kind a list shows.

    Attributes: `words` all of them stand in the record, one of the newest `MANY` that hold them; `year` of its leading day;
    `stage` it stands at; `org` whose it is; `body` one of those it is of, where the kind has `bodies`.
    """

    words: str = ""
    year: int = 0
    stage: str = ""
    org: str = ""
    struck: bool = False
    body: str = ""


MANY = 2_000
"""A list narrowed by words holds that many at most, those written last: all that hold one letter are no answer, and take minutes."""


def _where(cls: type[Record], wanted: Wanted) -> list[Any]:
    table, lead = TABLES[cls.kind.key], leading(cls)

    def cell(name: str) -> Any:
        """Words choose the rows: an index on what else is asked for would have all rows held against them (SQLite's unary +)."""
        return literal_column(f'+{table.name}."{name}"', table.c[name].type) if wanted.words.strip() else table.c[name]

    found = [cell("struck") == int(wanted.struck)]
    if wanted.year and lead:
        day, year = cell(lead), wanted.year
        found.append(day == year if isinstance(day.type, Integer) else day.between(f"{year}-", f"{year}-~"))
    if wanted.stage:
        found.append(table.c.stage == wanted.stage)
    if wanted.org:
        found.append(table.c.org == wanted.org)
    if wanted.body:
        found.append(of_body(table, wanted.body))
    if wanted.words.strip():
        found.append(tuple_(table.c.org, table.c.id).in_(holding(cls.kind.key, wanted.words, MANY)))
    return found


def of_body(table: Table, body: str) -> Any:
    """That a meeting or a resolution is of a body: codes stand in its list, or lines that hold one each."""
    return text(
        f"EXISTS (SELECT 1 FROM json_each({table.name}.doc, '$.bodies') WHERE"
        " CASE type WHEN 'object' THEN json_extract(value, '$.body') ELSE value END = :body)"
    ).bindparams(body=body)


def listed(
    session: Session,
    viewer: Viewer,
    cls: type[Record],
    *,
    limit: int = -1,
    offset: int = 0,
    struck: bool = False,
    by_id: bool = False,
    wanted: Wanted | None = None,
) -> Iterator[Kept]:
    """The records of a kind, page by page; by its leading day where it has one, or by id for output that must be stable."""
    must_read(viewer, cls)
    table = TABLES[cls.kind.key]
    lead = leading(cls)
    first = table.c.org if by_id else table.c[lead].desc() if lead else table.c.title
    where = _where(cls, wanted or Wanted(struck=struck))
    for row in session.connection().execute(
        select(table).where(*where).order_by(first, table.c.id).limit(limit).offset(offset)
    ):
        yield _kept(cls, row)


def counted(
    session: Session, viewer: Viewer, cls: type[Record], wanted: Wanted | None = None, *, most: int = -1
) -> int:
    """How many records of a kind are kept and not struck, or are wanted; no further than to `most`."""
    must_read(viewer, cls)
    rows = select(literal(1)).select_from(TABLES[cls.kind.key]).where(*_where(cls, wanted or Wanted())).limit(most)
    return int(session.connection().execute(select(func.count()).select_from(rows.subquery())).scalar_one())


def too_many(session: Session, viewer: Viewer, cls: type[Record], words: str) -> bool:
    """Whether more records of a kind hold the words than a list narrowed by them shows."""
    must_read(viewer, cls)
    held = holding(cls.kind.key, words, MANY + 1).subquery()
    return int(session.connection().execute(select(func.count()).select_from(held)).scalar_one()) > MANY


def years(session: Session, viewer: Viewer, cls: type[Record]) -> list[int]:
    """The years a list of this kind can be narrowed to, newest first; none where it has no leading day."""
    must_read(viewer, cls)
    table, lead = TABLES[cls.kind.key], leading(cls)
    if not lead:
        return []
    found = [
        session.connection().execute(select(edge(table.c[lead])).where(table.c.struck == 0)).scalar_one()
        for edge in (func.min, func.max)
    ]
    first, last = (int(str(day)[:4]) if day else 0 for day in found)
    return list(range(last, first - 1, -1)) if last else []


def named(session: Session, viewer: Viewer, cls: type[Record], words: str, *, limit: int = 12) -> list[Kept]:
    """Records whose title holds the words, those that begin with them first: what a reference may point at.  Letters also find
    the names that may be typed so.

    Of a kind the viewer may not read there is none to choose from.
    """
    if not viewer.may(Deed.READ, cls.kind) or not words.strip():
        return []
    table = TABLES[cls.kind.key]
    at = func.instr(table.c.title, words.strip())
    found = at > 0
    if (letters := "".join(words.split())).isascii() and letters.isalpha():
        found = or_(found, tuple_(table.c.org, table.c.id).in_(holding(cls.kind.key, words)))
    wanted = select(table).where(table.c.struck == 0, found).order_by(at, table.c.title, table.c.id).limit(limit)
    return [_kept(cls, row) for row in session.connection().execute(wanted)]


def resolutions(session: Session, org: str, meeting: str) -> list[Kept]:
    """What a meeting decided, as far as it stands; who asks has made sure that the viewer may read resolutions."""
    cls, table = KINDS["resolution"], TABLES["resolution"]
    return listed_rows(
        session, cls, select(table).where(table.c.meeting == meeting, table.c.org == org, table.c.struck == 0)
    )


def history(session: Session, viewer: Viewer, cls: type[Record], kept: Kept) -> list[Entry]:
    """Every entry that speaks of a record, in order."""
    must_read(viewer, cls)
    found = journal.of_records(session, cls.kind.key, [(kept.org, kept.id)])
    return sorted(found[kept.org, kept.id], key=lambda e: e.order)


def printed(session: Session, viewer: Viewer, cls: type[Record], kept: Kept) -> Sequence[Printed]:
    """What of a record was printed or saved as a paper at this desk, the newest first."""
    must_read(viewer, cls)
    about = (col(Printed.org) == kept.org, col(Printed.kind) == cls.kind.key, col(Printed.id) == kept.id)
    return session.scalars(select(Printed).where(*about).order_by(col(Printed.n).desc())).all()


def clashes(session: Session, viewer: Viewer) -> list[tuple[str, str, str, list[Any]]]:
    """Fields changed on two laptops, still to be chosen: (kind, id, field, options)."""
    readable = viewer.readable(cls.kind for cls in KINDS.values())
    rows = session.connection().execute(
        select(col(Clash.kind), col(Clash.id), col(Clash.field), col(Clash.options)).order_by(col(Clash.id))
    )
    return [
        (kind, identifier, name, json.loads(options)) for kind, identifier, name, options in rows if kind in readable
    ]


@dataclass(frozen=True)
class Worries:
    """What lies in the journal and is not shown as it should be: entries late, records unread, fields in conflict."""

    late: int
    newer: int
    shape: int
    clashes: int


def worries(session: Session) -> Worries:
    """How much of each."""
    run = session.connection().execute

    def count(model: Any, *where: Any) -> int:
        return int(run(select(func.count()).select_from(model).where(*where)).scalar_one())

    return Worries(
        count(Late), count(Unread, col(Unread.why) == "newer"), count(Unread, col(Unread.why) == "shape"), count(Clash)
    )


def devices(session: Session) -> Sequence[Device]:
    """The desks we know, ours first."""
    return session.connection().execute(select(Device.__table__).order_by(Device.__table__.c.dev)).all()  # type: ignore[attr-defined,return-value]


def org_names(session: Session) -> dict[str, str]:
    """Division code → name of every unit we know, our own included."""
    return {d.org: d.name for d in devices(session)}
