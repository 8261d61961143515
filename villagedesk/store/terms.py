"""Terms and holidays a village's due dates are reckoned by: the shipped ones, and its own in their place."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeVar

from sqlmodel import Session

from villagedesk.base.paths import resource
from villagedesk.records.due import Calendar, Rules, Term, Unit, term
from villagedesk.records.kinds.almanac import Holidays, OwnTerm, Rest
from villagedesk.records.kinds.people.village import Unit as Place
from villagedesk.records.kinds.people.village import Village
from villagedesk.records.recurring import Recurring
from villagedesk.records.values import parsed
from villagedesk.records.words import spoken
from villagedesk.store.desk import run

R = TypeVar("R", Term, Recurring)

RULING = frozenset({"term", "holidays", "village"})
"""Kinds whose records change the due dates of others."""


@cache
def shipped() -> Rules:
    """Terms of law and habit, and the official holidays as far as they have been published."""
    terms = tomllib.loads(resource("terms", "terms.toml").read_text("utf-8"))["term"]
    off, work = set[date](), set[date]()
    for path in sorted(resource("calendar").glob("holidays_*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                (off if row["kind"] == "off" else work).add(date.fromisoformat(row["date"]))
    return Rules({one.key: one for one in map(term, terms)}, Calendar(frozenset(off), frozenset(work)))


def rules_of(session: Session, org: str) -> Rules:
    """What holds in a village.  Its table of a year takes the place of the shipped one; of terms it may change those that are
    no law.  In a community of residents none of the villages' terms is law."""
    rules = shipped()
    terms, calendar = dict(rules.terms), rules.calendar
    if in_community(session, org):
        terms = {key: residents(one) for key, one in terms.items()}
    for own, basis in own_terms(session, org):
        known = terms.get(own.term)
        if known is not None and not known.law:
            terms[own.term] = replace(known, count=own.count, unit=Unit(own.unit.value), off=own.off, basis=basis)
    for doc in docs(session, "holidays", org):
        calendar = _with(calendar, parsed(Holidays, doc))
    return Rules(terms, calendar)


def own_terms(session: Session, org: str) -> Iterator[tuple[OwnTerm, str]]:
    """What a village has set for itself, and on whose word."""
    for doc in docs(session, "term", org):
        own = parsed(OwnTerm, doc)
        yield own, f"本村自定（{own.basis}）" if own.basis else "本村自定"


def residents(one: R) -> R:
    """What is asked for, as a community goes by it: other words, and no law."""
    return replace(one, what=spoken(one.what, Place.COMMUNITY), basis=spoken(one.basis, Place.COMMUNITY), law=False)


def in_community(session: Session, org: str) -> bool:
    """Whether a unit is a community of residents."""
    return any(parsed(Village, doc).unit is Place.COMMUNITY for doc in docs(session, "village", org))


def docs(session: Session, kind: str, org: str) -> list[str]:
    """The records of a kind a unit has, as they lie there."""
    rows = run(session, f"SELECT doc FROM kind_{kind} WHERE org = ? AND struck = 0 ORDER BY id", (org,))
    return [row[0] for row in rows]


def _with(calendar: Calendar, own: Holidays) -> Calendar:
    """The calendar with the years of a table as the village has them."""
    years = {one.on.year for one in own.days}

    def others(days: frozenset[date]) -> set[date]:
        return {day for day in days if day.year not in years}

    off = others(calendar.off) | {one.on for one in own.days if one.rest is Rest.OFF}
    work = others(calendar.work) | {one.on for one in own.days if one.rest is Rest.WORK}
    return Calendar(frozenset(off), frozenset(work))
