"""The register by households: groups with their households, who lives in one, and which posts they hold; all by index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, and_, func, or_, select, tuple_, union
from sqlmodel import Session

from villagedesk.base.text import fold
from villagedesk.records.kinds.people.people import Group, Household, Person, Post
from villagedesk.records.rights import Viewer
from villagedesk.store.queries import Kept, listed_rows, must_read, some
from villagedesk.store.search import holding
from villagedesk.store.tables import TABLES

MOST = 200
"""People without a household shown at the most; the rest are found by their names."""

_HOME, _PERSON, _POST = TABLES["household"], TABLES["person"], TABLES["post"]


@dataclass(frozen=True)
class Section:
    """The households of one group: its id (or its name, where it is in no register), what it is called, how many."""

    org: str
    group: str
    name: str
    count: int


@dataclass(frozen=True)
class Home:
    """A household, and how many live in it now."""

    kept: Kept
    people: int

    @property
    def household(self) -> Household:
        assert isinstance(self.kept.record, Household)  # noqa: S101 -- it came out of that table
        return self.kept.record


@dataclass(frozen=True)
class Member:
    """A person of a household, and the posts held today."""

    kept: Kept
    posts: tuple[Post, ...]

    @property
    def person(self) -> Person:
        assert isinstance(self.kept.record, Person)  # noqa: S101 -- it came out of that table
        return self.kept.record


def _live(table: Table, org: str = "") -> ColumnElement[bool]:
    """What was not struck, of one unit where one is meant; said so that no index of all of these is taken for a narrow one."""
    standing = (table.c.struck + 0) == 0
    return and_(standing, table.c.org.concat("") == org) if org else standing


def sections(session: Session, viewer: Viewer, words: str = "") -> list[Section]:
    """The groups that have households with these words – of the household or of who lives in it – in their order."""
    must_read(viewer, Household)
    org, group = _HOME.c.org, func.coalesce(_HOME.c.group, "")
    counted = select(org, group, func.count()).where(_live(_HOME), *_found(words)).group_by(org, group)
    rows = session.connection().execute(counted).all()
    groups = {kept.id: kept.record for kept in some(session, viewer, Group, [key for _, key, _ in rows])}
    orders: list[tuple[Any, Section]] = []
    for unit, key, count in rows:
        known = groups.get(key)
        number = known.number if isinstance(known, Group) else None
        section = Section(unit, key, known.title if known else key, count)
        orders.append(((unit, not key, number is None, number or 0, section.name), section))
    return [section for _, section in sorted(orders, key=lambda one: one[0])]


def homes(session: Session, viewer: Viewer, section: Section, words: str = "") -> list[Home]:
    """The households of a group, by number, then by name."""
    must_read(viewer, Household)
    group = _HOME.c.group == section.group if section.group else _HOME.c.group.is_(None)
    where = (group, _live(_HOME, section.org), *_found(words))
    found = listed_rows(session, Household, select(_HOME).where(*where))
    living = _living(session, section.org, [kept.id for kept in found])
    made = [Home(kept, living.get(kept.id, 0)) for kept in found]
    return sorted(made, key=lambda one: (_natural(one.household.number), one.household.head.name, one.kept.id))


def members(session: Session, viewer: Viewer, home: Kept, today: str) -> list[Member]:
    """Who belongs to a household: its head first, then the old before the young; who died or moved away last."""
    must_read(viewer, Person)
    assert isinstance(home.record, Household)  # noqa: S101 -- only households have members
    head = home.record.head
    here = or_(_PERSON.c.household == home.id, and_(_PERSON.c.org == home.org, _PERSON.c.id == head.id))
    found = listed_rows(session, Person, select(_PERSON).where(here, _live(_PERSON, home.org)))
    held = posts(session, viewer, [kept.id for kept in found], today)
    made = [Member(kept, tuple(held.get(kept.id, ()))) for kept in found]

    def order(one: Member) -> Any:
        first = one.kept.id == head.id if head.id else one.person.name == head.name
        return one.person.ended_on is not None, not first, one.person.born is None, str(one.person.born), one.kept.id

    return sorted(made, key=order)


def posts(session: Session, viewer: Viewer, persons: Sequence[str], today: str) -> dict[str, list[Post]]:
    """The posts these persons hold today, by person."""
    must_read(viewer, Post)
    wanted = select(_POST).where(_POST.c.person.in_(persons), _live(_POST)).order_by(_POST.c.since, _POST.c.id)
    held: dict[str, list[Post]] = {}
    for kept in listed_rows(session, Post, wanted):
        post = kept.record
        if isinstance(post, Post) and (post.until is None or post.until.isoformat() >= today):
            held.setdefault(post.person.id, []).append(post)
    return held


def lone(session: Session, viewer: Viewer, words: str = "") -> list[Member]:
    """People who are in no household and head none, by name."""
    must_read(viewer, Person)
    heads = select(_HOME.c.id).where(_HOME.c.head == _PERSON.c.id, _HOME.c.org == _PERSON.c.org, _live(_HOME))
    where = [_live(_PERSON), _PERSON.c.household.is_(None), ~heads.exists()]
    if fold(words):
        where.append(_someone(words))
    wanted = select(_PERSON).where(*where).order_by(_PERSON.c.title, _PERSON.c.id).limit(MOST)
    return [Member(kept, ()) for kept in listed_rows(session, Person, wanted)]


def _someone(words: str) -> ColumnElement[bool]:
    """Persons with these words, or with this identity number."""
    called = tuple_(_PERSON.c.org, _PERSON.c.id).in_(holding("person", words))
    return or_(called, _PERSON.c.id_number == words.strip().upper())


def _found(words: str) -> list[ColumnElement[bool]]:
    """What narrows households to those with these words; nothing when none are asked for."""
    if not fold(words):
        return []
    wanted = select(_PERSON.c.org, _PERSON.c.id, _PERSON.c.household).where(_live(_PERSON), _someone(words))
    people, own = wanted.subquery(), holding("household", words).subquery()
    headed = and_(_HOME.c.head == people.c.id, _HOME.c.org == people.c.org)
    either = union(
        select(own.c.org, own.c.id),
        select(people.c.org, people.c.household).where(people.c.household.is_not(None)),
        select(_HOME.c.org, _HOME.c.id).select_from(people.join(_HOME, headed)),
    )
    return [tuple_(_HOME.c.org, _HOME.c.id).in_(either)]


def _living(session: Session, org: str, homes_: Sequence[str]) -> dict[str, int]:
    """How many live in each household: who names it as theirs, and its head; not who died or moved away."""
    where = (_live(_PERSON, org), func.json_extract(_PERSON.c.doc, "$.ended_on").is_(None))
    own = select(_PERSON.c.id, _PERSON.c.household.label("home")).where(_PERSON.c.household.in_(homes_), *where)
    headed = and_(_HOME.c.head == _PERSON.c.id, _HOME.c.org == _PERSON.c.org, _PERSON.c.household.is_(None))
    heads = (
        select(_PERSON.c.id, _HOME.c.id).join(_HOME, headed).where(_HOME.c.org == org, _HOME.c.id.in_(homes_), *where)
    )
    both = union(own, heads).subquery()
    counted = select(both.c.home, func.count()).group_by(both.c.home)
    return {row[0]: row[1] for row in session.connection().execute(counted)}


def _natural(number: str) -> list[tuple[int, int, str]]:
    """2 before 10, in whatever words the number is written."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", number) if part]


class KnownPerson(NamedTuple):
    """What the columns of a person's row say."""

    id: str
    name: str
    id_number: str
    home: str


class KnownHome(NamedTuple):
    """What the columns of a household's row say; `name` and `head` are its head's name and id."""

    id: str
    name: str
    number: str
    group: str
    head: str


class Known(NamedTuple):
    """What the register has of the people and households of a sheet."""

    persons: list[KnownPerson]
    homes: list[KnownHome]


def known(
    session: Session, viewer: Viewer, org: str, *, names: Sequence[str], ids: Sequence[str], numbers: Sequence[str]
) -> Known:
    """Persons of these names or identity numbers; households of these heads or numbers, and those the persons are in."""
    must_read(viewer, Person)
    p, h = _PERSON.c, _HOME.c
    wanted = select(p.id, p.title, func.coalesce(p.id_number, ""), func.coalesce(p.household, ""))
    where = wanted.where(_live(_PERSON, org))
    persons = [KnownPerson(*row) for row in _among(session, where, ((p.title, names), (p.id_number, ids)))]
    found = select(h.id, h.title, func.coalesce(h.number, ""), func.coalesce(h.group, ""), func.coalesce(h.head, ""))
    lived = [person.home for person in persons]
    among = ((h.title, names), (h.number, numbers), (h.id, lived), (h.head, [person.id for person in persons]))
    rows = _among(session, found.where(_live(_HOME, org)), among)
    return Known(persons, [KnownHome(*row) for row in rows])


def _among(session: Session, wanted: Any, among: Sequence[tuple[Any, Sequence[str]]]) -> list[Any]:
    """The rows of a question whose columns have one of these values, each row once."""
    found: dict[str, Any] = {}
    for column, values in among:
        sought = sorted({value for value in values if value})
        for start in range(0, len(sought), 400):
            rows = session.connection().execute(wanted.where(column.in_(sought[start : start + 400])))
            found |= {row[0]: tuple(row) for row in rows}
    return list(found.values())
