"""What recurs in a village, by its own councils and catalogue; and what of it was done: one query by index for each source."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlmodel import Session

from villagedesk.base.paths import resource
from villagedesk.records.due import Calendar
from villagedesk.records.recurring import Fact, Recurring, own, recurring
from villagedesk.store.desk import run
from villagedesk.store.terms import in_community, own_terms, residents

MEETING = "meeting."
"""What the keys of meetings begin with; a council's own key after it."""


@cache
def shipped() -> dict[str, Recurring]:
    """What recurs by law and by habit."""
    read = tomllib.loads(resource("terms", "recurring.toml").read_text("utf-8"))["recurring"]
    return {one.key: one for one in map(recurring, read)}


@dataclass(frozen=True)
class Sitter:
    """A council that has not stopped: its code and name, and the codes of the councils whose work it does as well."""

    key: str
    name: str
    covers: tuple[str, ...]


def sitters(session: Session, org: str) -> list[Sitter]:
    """The councils of a village that may meet."""
    rows = run(
        session,
        "SELECT json_extract(doc, '$.key'), title, coalesce(json_extract(doc, '$.covers'), '[]') FROM kind_council"
        " WHERE org = ? AND struck = 0 AND stage <> 'stopped' ORDER BY id",
        (org,),
    )
    return [Sitter(key, name, tuple(json.loads(covers))) for key, name, covers in rows]


def rules(session: Session, org: str) -> dict[str, Recurring]:
    """What recurs, as the village has it: it may change what is no law.  In a community of residents none of it is law."""
    found = dict(shipped())
    if in_community(session, org):
        found = {key: residents(one) for key, one in found.items()}
    for term, basis in own_terms(session, org):
        known = found.get(term.term)
        if known is not None and not known.law:
            found[known.key] = own(known, count=term.count, unit=term.unit.value, off=term.off, basis=basis)
    return found


def of_council(found: dict[str, Recurring], council: Sitter) -> Recurring:
    """How often a council meets: as it is said of it, else as of all."""
    one = found.get(MEETING + council.key) or found[f"{MEETING}council"]
    name = council.name
    return replace(
        one, what=f"{name}例会", bodies=(council.key,),
        begin={"bodies": [{"body": council.key, "name": name}], "subject": f"{name}例会"},
    )  # fmt: skip


def asked(session: Session, org: str, names: dict[str, str]) -> list[Recurring]:
    """Everything that recurs in a village: as shipped, for each council, for each item it publishes.  `names` of bodies by code."""
    found = rules(session, org)
    councils = sitters(session, org)
    covered = {code for one in councils for code in one.covers if code != one.key}
    plain = [_begun(one, names) for one in found.values() if not one.each]
    return [
        *plain,
        *(of_council(found, one) for one in councils if one.key not in covered),
        *_published(session, org, found),
    ]


def _begun(one: Recurring, names: dict[str, str]) -> Recurring:
    """The same with what its record begins with."""
    if one.kind == "meeting":
        body = one.bodies[-1]
        return replace(one, begin={"bodies": [{"body": body, "name": names.get(body, body)}], "subject": one.what})
    return replace(one, begin={"subject": one.what}) if one.kind == "campaign" else one


def _published(session: Session, org: str, found: dict[str, Recurring]) -> Iterator[Recurring]:
    rows = run(
        session,
        "SELECT id, title, json_extract(doc, '$.every'), json_extract(doc, '$.sort') FROM kind_catalogue"
        ' WHERE org = ? AND struck = 0 ORDER BY "order", id',
        (org,),
    )
    for identifier, name, every, sort in rows:
        one = found.get(f"publish.{every or 'quarter'}")
        if one is not None:
            begin = {
                "item": {"id": identifier, "name": name}, "subject": name, "every": every or "quarter", "sort": sort or "village",
            }  # fmt: skip
            yield replace(one, what=f"公布“{name}”", bodies=(identifier,), begin=begin)


# --- what was done ----------------------------------------------------------------------------------------


def done(session: Session, org: str, first: date, calendar: Calendar) -> list[Fact]:
    """What a village did from a day on, planned meetings as well."""
    covers = {one.key: one.covers for one in sitters(session, org)}
    found: list[Fact] = []
    for kind, statement in _SOURCES.items():
        for at, of, text, ready, identifier in run(session, statement, (org, str(first))):
            codes = {code for code in json.loads(of) if code}
            codes |= {code for one in codes for code in covers.get(one, ())}
            found.append(Fact(kind, date.fromisoformat(at[:10]), frozenset(codes), text or "", bool(ready), identifier))
    for (at,) in run(session, "SELECT made FROM bundle WHERE way = 'out' AND made >= ?", (str(first),)):
        found.append(Fact("carry", date.fromisoformat(at[:10])))
    return [*found, *(Fact("holidays", _before(year)) for year in {day.year for day in calendar.off})]


def _before(year: int) -> date:
    """What is for a year is there before it begins."""
    return date(year - 1, 12, 31)


_SOURCES: dict[str, str] = {
    "meeting": "SELECT held_from, (SELECT json_group_array(json_extract(b.value, '$.body')) FROM json_each(r.doc, '$.bodies') b),"
    " title || coalesce((SELECT group_concat(json_extract(i.value, '$.title'), ' ') FROM json_each(r.doc, '$.agenda') i), ''), 1, id"
    " FROM kind_meeting r WHERE org = ? AND struck = 0 AND held_from >= ?",
    "publication": "SELECT coalesce(json_extract(doc, '$.posted_from'), \"on\"), json_array(json_extract(doc, '$.item.id')), title,"
    " stage IN ('posted', 'over', 'filed'), id FROM kind_publication"
    " WHERE org = ? AND struck = 0 AND stage <> 'dropped' AND \"on\" >= ?",
    "campaign": "SELECT \"on\", (SELECT json_group_array(json_extract(b.value, '$.body')) FROM json_each(r.doc, '$.bodies') b), title, 1, id"
    ' FROM kind_campaign r WHERE org = ? AND struck = 0 AND "on" >= ?',
    "sweep": 'SELECT "on", \'[]\', title, 1, id FROM kind_sweep WHERE org = ? AND struck = 0 AND "on" >= ?',
    "award": "SELECT (year || '-12-31'), '[]', title, 1, id FROM kind_award WHERE org = ? AND struck = 0"
    " AND year >= CAST(substr(?, 1, 4) AS INTEGER)",
    "plan": "SELECT ((year - 1) || '-12-31'), '[]', title, 1, id FROM kind_plan WHERE org = ? AND struck = 0"
    " AND year > CAST(substr(?, 1, 4) AS INTEGER)",
}
"""Kind → when, whose, which words, whether it is ready, and the record; from a unit and a day on."""


def first_sitting(session: Session, org: str) -> date:
    """The day of the first meeting that was written down; far ahead where there is none."""
    row = run(session, "SELECT min(held_from) FROM kind_meeting WHERE org = ? AND struck = 0", (org,)).fetchone()
    return date.fromisoformat(row[0][:10]) if row[0] else date.max
