"""Spans of the calendar: their ends, names, neighbours and parts."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base.spans import LENGTHS, Span

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
lengths = st.sampled_from(list(LENGTHS))


@pytest.mark.parametrize(
    ("day", "length", "first", "last", "name"),
    [
        ("2026-11-24", 1, "2026-11-01", "2026-11-30", "2026年11月"), ("2024-02-29", 1, "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-01-01", 3, "2026-01-01", "2026-03-31", "2026年第一季度"), ("2026-12-31", 3, "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026-06-30", 6, "2026-01-01", "2026-06-30", "2026年上半年"), ("2026-07-01", 6, "2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-07-01", 12, "2026-01-01", "2026-12-31", "2026年"),
    ],
)  # fmt: skip
def test_a_day_is_held_by_its_month_quarter_half_and_year(
    day: str, length: int, first: str, last: str, name: str
) -> None:
    span = Span.holding(date.fromisoformat(day), length)
    assert (str(span.first), str(span.last), span.length, span.name) == (first, last, length, name)


def test_any_days_are_named_by_their_ends_and_do_not_turn() -> None:
    span = Span(date(2026, 11, 3), date(2026, 11, 30))
    assert (span.name, span.length, span.turned(1)) == ("2026年11月3日至2026年11月30日", 0, span)


@given(days, lengths, st.integers(-40, 40))
def test_turning_on_and_back_leads_home_and_neighbours_touch(day: date, length: int, count: int) -> None:
    span = Span.holding(day, length)
    assert span.turned(count).turned(-count) == span
    assert span.turned(1).first.toordinal() == span.last.toordinal() + 1


@given(days, st.integers(0, 1500), lengths)
def test_what_is_cut_fits_together_again(day: date, more: int, length: int) -> None:
    span = Span(day, date.fromordinal(day.toordinal() + more))
    parts = span.cut(length)
    assert (parts[0].first, parts[-1].last) == (span.first, span.last)
    assert all(b.first.toordinal() == a.last.toordinal() + 1 for a, b in itertools.pairwise(parts))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-01", "2026-11-30", []),
        ("2026-10-01", "2026-12-31", ["10月", "11月", "12月"]),
        ("2026-01-01", "2026-06-30", ["1月", "2月", "3月", "4月", "5月", "6月"]),
        ("2026-01-01", "2026-12-31", ["一季度", "二季度", "三季度", "四季度"]),
        ("2026-12-15", "2027-01-10", ["2026年12月", "2027年1月"]),
        ("2025-01-01", "2026-12-31", ["2025年", "2026年"]),
        ("2000-01-01", "2026-12-31", []),
    ],
)
def test_columns_are_few_and_named_apart(first: str, last: str, words: list[str]) -> None:
    assert list(Span(date.fromisoformat(first), date.fromisoformat(last)).columns) == words


def test_the_last_days_of_the_calendar_are_not_run_past() -> None:
    last = Span.holding(date.max, 12)
    assert (last.turned(1), len(last.cut(1))) == (last, 12)
    assert Span.holding(date.min, 3).turned(-1) == Span.holding(date.min, 3)
