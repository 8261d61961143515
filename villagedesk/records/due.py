"""Due dates: periods counted by rule, in days, working days or months (民法典 art. 200-203).

Nothing here opens a file or asks what day it is: terms and calendars are values, shipped ones lie in ``resources/terms`` and
``resources/calendar``, a village's own are records of the kinds `term` and `holidays`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from villagedesk.records.kind import Due, Record, Runs


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


UNITS = {Unit.DAY: "日", Unit.WORKDAY: "个工作日", Unit.MONTH: "个月"}


@dataclass(frozen=True)
class Term:
    """How long a period runs, and on whose word.

    Attributes: `before` it ends that long before the day it is counted from; `law` a statute says so, nobody may change it;
    `basis` the article, or that it is local habit; `off` a village does without it.
    """

    key: str
    what: str
    count: int
    unit: Unit = Unit.DAY
    before: bool = False
    law: bool = False
    basis: str = ""
    off: bool = False

    def __str__(self) -> str:
        return f"{'提前' if self.before else ''}{self.count}{UNITS[self.unit]}{'' if self.before else '内'}"


def term(data: Mapping[str, Any]) -> Term:
    """A term out of its TOML; KeyError on a malformed one."""
    return Term(
        data["key"], data["what"], data["count"], Unit(data.get("unit", "day")), data.get("before", False), data["law"], data["basis"]
    )  # fmt: skip


@dataclass(frozen=True)
class Calendar:
    """Days off and moved workdays, from official tables; weekends where a year has none."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def rest(self, day: date) -> bool:
        """Whether nobody works that day."""
        return day in self.off or (day.weekday() >= 5 and day not in self.work)

    def moved(self, day: date) -> date:
        """The day itself, or the next working day when it is a day of rest (民法典 art. 203)."""
        while self.rest(day) and day < date.max:
            day += timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day, which is not counted itself."""
        while count:
            day += timedelta(days=1)
            count -= not self.rest(day)
        return day

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before a day, which is not counted itself."""
        while count:
            day -= timedelta(days=1)
            count -= not self.rest(day)
        return day


@dataclass(frozen=True)
class Rules:
    """What due dates are reckoned by: the terms by key, and the calendar."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)

    def ends(self, one: Term, day: date) -> date:
        """The last day of a period that runs from `day`.

        The first day is not counted (art. 201); a month ends on the day of the same number, or on its last one (art. 202); a
        last day that is a day of rest moves on (art. 203).  What is to be done so long before a day does not move.
        """
        if one.unit is Unit.WORKDAY:
            return (self.calendar.before if one.before else self.calendar.after)(day, one.count)
        count = -one.count if one.before else one.count
        last = months_after(day, count) if one.unit is Unit.MONTH else day + timedelta(days=count)
        return last if one.before else self.calendar.moved(last)


def months_after(day: date, count: int) -> date:
    """The same day so many months on (or back), or the last one of that month."""
    month = day.year * 12 + day.month - 1 + count
    first = date(month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def dues(record: Record, rules: Rules) -> list[Due]:
    """What a record asks for, by day."""
    return list(_reckoned(record.dues(), rules))


def _reckoned(found: Iterable[Due | Runs], rules: Rules) -> Iterable[Due]:
    for one in found:
        if isinstance(one, Due):
            yield one
            continue
        known = rules.terms[one.term]
        if known.off:
            continue
        try:
            ends = rules.ends(known, one.day)
        except (OverflowError, ValueError):  # counted past the last day there is, or before the first
            continue
        yield Due(ends, one.what or known.what, f"{known.basis}，{known}", known.law, one.day if known.before else None)
