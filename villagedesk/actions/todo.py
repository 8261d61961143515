"""What there is to do: what records ask for by a day, and what is due because nothing was done; each with the rule it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from villagedesk.actions import meetings
from villagedesk.actions.office import Office
from villagedesk.base.clock import today as this_day
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.records.recurring import Fact, Missing, missing, quarters
from villagedesk.records.rights import Deed
from villagedesk.store import overview, recurring
from villagedesk.store.overview import Line
from villagedesk.store.terms import rules_of

LONG_AGO = date(2000, 1, 1)
MOST = 400
"""Things at the most: who is further behind has other worries than a longer list."""

OF_YEAR = {"award": 0, "plan": 1, "holidays": 1}
"""Kinds whose record is of a year: that year, or the next one."""


def done(session: Session, office: Office, today: date) -> list[Fact]:
    """What this village did, as far back as it is still asked for: read once for both of what follows."""
    if office.by.level != "village":
        return []
    org = office.desk.me.org
    return recurring.done(session, org, date(today.year - 1, 1, 1), rules_of(session, org).calendar)


def lines(
    session: Session, office: Office, until: date, today: date | None = None, facts: Sequence[Fact] | None = None
) -> list[Line]:
    """What is to be done up to a day, oldest first; what is late stands first."""
    today = today or date.fromisoformat(this_day())
    found = overview.due(session, office.by, LONG_AGO, until, today=today, limit=MOST)
    if office.by.level == "village":
        facts = done(session, office, today) if facts is None else facts
        found += [line for line in _missing(session, office, today, facts) if line.at <= str(until)]
    return sorted(found, key=lambda line: line.at)


def _missing(session: Session, office: Office, today: date, facts: Sequence[Fact]) -> list[Line]:
    org = office.desk.me.org
    calendar = rules_of(session, org).calendar
    asked = [
        one
        for one in recurring.asked(session, org, meetings.bodies(session))
        if one.kind not in KINDS or office.by.may(Deed.READ, KINDS[one.kind].kind)
    ]
    found = missing(asked, facts, calendar, today, overview.began(session, org))
    return [
        Line(
            lack.one.kind, org, lack.id, lack.one.what, "", 0, str(lack.on), lack.span.name, basis=lack.one.basis,
            law=lack.one.law, begin={} if lack.id else {**lack.one.begin, **_year(lack)},
        )
        for lack in found
    ]  # fmt: skip


def _year(lack: Missing) -> dict[str, int]:
    """The year a record that is of a year is begun for."""
    return {"year": lack.on.year + OF_YEAR[lack.one.kind]} if lack.one.kind in OF_YEAR else {}


@dataclass(frozen=True)
class Sittings:
    """A council, and for each quarter of a year how often it met and what that means (see `records.recurring.quarters`)."""

    name: str
    quarters: list[tuple[int, str]]


def sittings(session: Session, office: Office, today: date, facts: Sequence[Fact]) -> list[Sittings]:
    """The councils of this village through the year, by what was `done`."""
    org = office.desk.me.org
    found, councils = recurring.rules(session, org), recurring.sitters(session, org)
    since = min(overview.began(session, org), recurring.first_sitting(session, org))
    order = list(SIX)
    made = []
    for one in sorted(councils, key=lambda one: order.index(one.key) if one.key in order else len(order)):
        rule = recurring.of_council(found, one)
        days = [fact.on for fact in facts if rule.done_by(fact) and fact.on <= today]
        made.append(Sittings(one.name, quarters(rule, days, today.year, today, since)))
    return made
