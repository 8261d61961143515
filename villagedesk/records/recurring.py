"""What comes again and again: how often, by when, on whose word; and what of it has not been done.

A due date (see `due`) hangs on a record; here something is due because there is none.  Nothing here opens a file or asks what day it
is: what recurs is a value (shipped ones lie in ``resources/terms/recurring.toml``), what was done is a list of facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from villagedesk.base.lunar import lunar
from villagedesk.records.due import Calendar, months_after

EACH_MONTHS = (1, 3, 6, 12)
"""How often something may come: each month, quarter, half-year, year."""
_PARTS = {1: "{}月", 3: "{}季度", 6: "{}半年"}
_NAMED = {3: "一二三四", 6: "上下"}

Point = tuple[int, int]
"""Month and day."""


@dataclass(frozen=True)
class Recurring:
    """One thing that recurs, and what counts as having done it.

    Attributes: `months` how often, 0 where it has its season: a `window` of the year, or so many days (`lead`) up to a day of the `moon`;
    `day` by which day of the next month, 0 within the time itself; `each` what it is asked for once each, "" just once; `bodies` of
    which one must have done it, none: anybody; `words` of which one must stand in it; `begin` what a record begun for it has.
    """

    key: str
    what: str
    kind: str
    basis: str
    months: int = 0
    window: tuple[Point, Point] | None = None
    moon: Point | None = None
    lead: int = 0
    day: int = 0
    each: str = ""
    bodies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    law: bool = False
    off: bool = False
    begin: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def done_by(self, fact: "Fact") -> bool:
        """Whether a fact is one that this asks for."""
        return (
            fact.kind == self.kind
            and (not self.bodies or not fact.of.isdisjoint(self.bodies))
            and (not self.words or any(word in fact.text for word in self.words))
        )


@dataclass(frozen=True)
class Fact:
    """Something that was done on a day, by or about whom, and its words; or, not `ready`, a record that is on the way to it."""

    kind: str
    on: date
    of: frozenset[str] = frozenset()
    text: str = ""
    ready: bool = True
    id: str = ""


@dataclass(frozen=True)
class Span:
    """A time in which something is to be done once: its first and last day, and what it is called."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Missing:
    """Something that was not done, and by when it is to be; `id` of the record that is on the way, "" where there is none."""

    one: Recurring
    span: Span
    on: date
    id: str = ""


def recurring(data: Mapping[str, Any]) -> Recurring:
    """What recurs out of its TOML; TypeError or ValueError on a malformed one."""
    made: dict[str, Any] = dict(data)
    made |= {key: tuple(data[key]) for key in ("bodies", "words") if key in data}
    if "window" in data:
        made["window"] = tuple(map(_point, data["window"]))
    if "moon" in data:
        made["moon"], made["lead"] = _point(data["moon"][0]), int(data["moon"][1])
    return Recurring(**made)


def _point(text: str) -> Point:
    month, day = text.split("-")
    return int(month), int(day)


def own(one: Recurring, *, count: int, unit: str, off: bool, basis: str) -> Recurring:
    """The same as a village has set it: `count` months (how often), or the day of the next month by which; what it cannot be stays."""
    if off:
        return replace(one, off=True)
    if unit == "month" and one.months and count in EACH_MONTHS:
        return replace(one, basis=basis, months=count)
    if unit == "day" and one.day and 1 <= count <= 28:
        return replace(one, basis=basis, day=count)
    return one


def spans(one: Recurring, today: date) -> list[Span]:
    """The time that runs today, after it the one before it where that may still be made up.  Newest first."""
    if one.months:
        begun = (_period(one, today, back) for back in range(3))
        return [span for span in begun if span.first <= today][: 2 if one.day else 1]
    season = _season(one, today.year)
    return [season] if season and season.first <= today <= season.last else []


def _period(one: Recurring, today: date, back: int) -> Span:
    """The period that holds today, or so many before it."""
    begins = months_after(
        today.replace(month=(today.month - 1) // one.months * one.months + 1, day=1), -back * one.months
    )
    after = months_after(begins, one.months)
    by = timedelta(days=one.day)
    last = after - timedelta(days=1) + by
    return Span(begins + by, last, _named(one.months, begins, last.year))


def _named(months: int, begins: date, year: int) -> str:
    if months == 12:
        return f"{begins.year}年"
    at = (begins.month - 1) // months
    name = _PARTS[months].format(_NAMED[months][at] if months in _NAMED else at + 1)
    return name if begins.year == year else f"{begins.year}年{name}"


def _season(one: Recurring, year: int) -> Span | None:
    if one.window:
        first, last = (date(year, *point) for point in one.window)
        return Span(first, last, f"{last.month}月{last.day}日前")
    for past in range(366):
        day = date(year, 1, 1) + timedelta(days=past)
        moon = lunar(day)
        if moon and (moon.month, moon.day) == one.moon and not moon.leap:
            return Span(day - timedelta(days=one.lead), day, f"{day.month}月{day.day}日前")
    return None


def missing(
    asked: Iterable[Recurring], facts: Sequence[Fact], calendar: Calendar, today: date, since: date
) -> list[Missing]:
    """What has not been done, oldest first.  Nothing is asked for a time that was over before `since`.

    What is asked by a day moves on from a day of rest, as periods of the law do (民法典 art. 203); what is to be done within a time
    does not leave it.
    """
    found = [
        Missing(one, span, calendar.moved(span.last) if one.day else span.last, on_the_way)
        for one in asked
        if not one.off
        for span, on_the_way in _open(one, facts, today, since)
    ]
    return sorted(found, key=lambda lack: (lack.on, lack.one.key, lack.one.what))


def _open(one: Recurring, facts: Sequence[Fact], today: date, since: date) -> Iterator[tuple[Span, str]]:
    """The times in which it was not done.  One deed stands for one time: a late one for the time it was late for."""
    deeds = sorted((fact for fact in facts if one.done_by(fact)), key=lambda fact: fact.on)
    ready, ways = [fact for fact in deeds if fact.ready], [fact.id for fact in deeds if not fact.ready]
    for span in reversed([span for span in spans(one, today) if span.last >= since]):
        deed = next((fact for fact in ready if fact.on >= span.first and (one.day or fact.on <= span.last)), None)
        if deed is None:
            yield span, ways.pop() if ways else ""
        else:
            ready = [fact for fact in ready if fact is not deed and fact.on > min(deed.on, span.last)]


# --- how often a council met ------------------------------------------------------------------------------


def quarters(one: Recurring, days: Iterable[date], year: int, today: date, since: date) -> list[tuple[int, str]]:
    """For each quarter of a year how often it was done, and what that means: `due` still to come, `missing` passed without, or "".

    Where it is asked less often than each quarter, the last quarter of a time stands for the whole.
    """
    counts = [0] * 4
    for day in days:
        if day.year == year:
            counts[(day.month - 1) // 3] += 1
    wide = max(one.months // 3, 1)
    found = []
    for quarter, count in enumerate(counts):
        state = ""
        begins = quarter // wide * wide
        if not one.off and not any(counts[begins : begins + wide]):
            first = date(year, begins * 3 + 1, 1)
            last = months_after(first, wide * 3) - timedelta(days=1)
            if first <= today <= last:
                state = "due" if quarter == (today.month - 1) // 3 else ""
            elif today > last >= since:
                state = "missing" if quarter == begins + wide - 1 else ""
        found.append((count, state))
    return found
