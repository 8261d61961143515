"""Periods counted day by day give the same last day as the engine, whatever day they run from and whatever days are off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.records.due import Calendar, Rules, Term, Unit, months_after
from villagedesk.store.terms import shipped

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(0, 120)
NEAR = st.sets(st.integers(-200, 200), max_size=60)
ONE = timedelta(days=1)


def calendar(day: date, off: set[int], work: set[int]) -> Calendar:
    return Calendar(
        frozenset(day + n * ONE for n in off - work),
        frozenset(day + n * ONE for n in work if (day + n * ONE).weekday() >= 5),
    )


def works(day: date, one: Calendar) -> bool:
    """Whether somebody works that day, as a person reads the table."""
    if day in one.off:
        return False
    return day in one.work or day.weekday() not in (5, 6)


@given(DAYS, COUNTS, NEAR, NEAR)
def test_a_period_of_days_ends_on_the_first_working_day_from_its_last_on(
    day: date, count: int, off: set[int], work: set[int]
) -> None:
    table = calendar(day, off, work)
    ends = Rules(calendar=table).ends(Term("x", "x", count), day)
    full = day + count * ONE
    assert ends >= full
    assert works(ends, table)
    assert not any(works(full + n * ONE, table) for n in range((ends - full).days))


@given(DAYS, st.integers(1, 60), NEAR, NEAR, st.booleans())
def test_of_a_period_of_working_days_so_many_lie_in_it_the_first_day_not_counted(
    day: date, count: int, off: set[int], work: set[int], before: bool
) -> None:
    table = calendar(day, off, work)
    ends = Rules(calendar=table).ends(Term("x", "x", count, Unit.WORKDAY, before=before), day)
    assert works(ends, table)
    first, last = (ends, day - ONE) if before else (day + ONE, ends)
    assert sum(works(first + n * ONE, table) for n in range((last - first).days + 1)) == count


@given(DAYS, st.integers(-60, 60))
def test_a_month_on_is_the_day_of_the_same_number_or_the_last_one(day: date, count: int) -> None:
    on = months_after(day, count)
    assert (on.year * 12 + on.month) - (day.year * 12 + day.month) == count
    assert on.day == day.day or (on.day < day.day and (on + ONE).day == 1)


@given(DAYS, COUNTS, NEAR)
def test_what_is_to_be_done_so_long_before_a_day_does_not_move(day: date, count: int, off: set[int]) -> None:
    assert Rules(calendar=calendar(day, off, set())).ends(Term("x", "x", count, before=True), day) == day - count * ONE


def test_cases_worked_out_by_hand() -> None:
    rules = shipped()
    cases = [  # from, count, unit, before → last day
        ("2026-01-30", 15, Unit.DAY, False, "2026-02-14"),  # a Saturday worked in exchange
        ("2026-01-31", 15, Unit.DAY, False, "2026-02-24"),  # 15 February is in the Spring Festival
        ("2026-02-13", 3, Unit.WORKDAY, False, "2026-02-25"),  # Sat 14 works, then 9 days off
        ("2026-02-27", 1, Unit.WORKDAY, False, "2026-02-28"),  # a Saturday worked in exchange
        ("2026-09-30", 3, Unit.WORKDAY, False, "2026-10-10"),
        ("2026-10-10", 3, Unit.WORKDAY, True, "2026-09-30"),
        ("2026-12-22", 10, Unit.DAY, False, "2027-01-01"),  # 2027 has no table yet: a Friday
        ("2026-12-28", 5, Unit.WORKDAY, False, "2027-01-04"),
        ("2026-01-31", 1, Unit.MONTH, False, "2026-02-28"),  # worked in exchange
        ("2028-01-31", 1, Unit.MONTH, False, "2028-02-29"),
        ("2027-12-31", 2, Unit.MONTH, False, "2028-02-29"),
        ("2026-08-31", 1, Unit.MONTH, False, "2026-09-30"),
        ("2026-09-07", 1, Unit.MONTH, False, "2026-10-08"),  # the last day of the National Day holidays
        ("2028-02-29", 12, Unit.MONTH, False, "2029-02-28"),
        ("2026-03-08", 10, Unit.DAY, True, "2026-02-26"),
        ("2028-03-05", 5, Unit.DAY, True, "2028-02-29"),
    ]
    for begun, count, unit, before, last in cases:
        ends = rules.ends(Term("x", "x", count, unit, before=before), date.fromisoformat(begun))
        assert (begun, count, str(ends)) == (begun, count, last)
