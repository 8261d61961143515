"""What recurs: which time runs on a day, what of it is missing, and how a council's year looks; against cases worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.records.due import Calendar
from villagedesk.records.recurring import EACH_MONTHS, Fact, Recurring, Span, missing, own, quarters, spans
from villagedesk.store.recurring import shipped

LONG_AGO = date(2000, 1, 1)
SITTING = Recurring("meeting.hongbai", "红白理事会例会", "meeting", "各地做法", months=3, bodies=("hongbai",))
POSTING = Recurring("publish.month", "公布财务", "publication", "各地做法", months=1, day=15, bodies=("money",))
YEARLY = Recurring("meeting.villagers", "村民会议", "meeting", "第二十五条", months=12, law=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, last: str, name: str) -> Span:
    return Span(day(first), day(last), name)


def lacking(
    one: Recurring, today: str, *done: str, since: date = LONG_AGO, calendar: Calendar | None = None
) -> list[tuple[str, str]]:
    facts = [Fact(one.kind, day(on), frozenset(one.bodies)) for on in done]
    found = missing([one], facts, calendar or Calendar(), day(today), since)
    return [(str(lack.on), lack.span.name) for lack in found]


@pytest.mark.parametrize(
    ("months", "today", "wanted"),
    [
        (1, "2028-02-29", span("2028-02-01", "2028-02-29", "2月")),
        (1, "2027-02-28", span("2027-02-01", "2027-02-28", "2月")),
        (1, "2026-12-31", span("2026-12-01", "2026-12-31", "12月")),
        (3, "2026-03-31", span("2026-01-01", "2026-03-31", "一季度")),
        (3, "2026-04-01", span("2026-04-01", "2026-06-30", "二季度")),
        (6, "2026-06-30", span("2026-01-01", "2026-06-30", "上半年")),
        (6, "2026-07-01", span("2026-07-01", "2026-12-31", "下半年")),
        (12, "2026-01-01", span("2026-01-01", "2026-12-31", "2026年")),
    ],
)  # fmt: skip
def test_a_time_is_a_month_a_quarter_a_half_year_or_a_year(months: int, today: str, wanted: Span) -> None:
    assert spans(replace(SITTING, months=months), day(today)) == [wanted]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        ("2026-03-15", [span("2026-02-16", "2026-03-15", "2月"), span("2026-01-16", "2026-02-15", "1月")]),
        ("2026-03-16", [span("2026-03-16", "2026-04-15", "3月"), span("2026-02-16", "2026-03-15", "2月")]),
        ("2027-01-10", [span("2026-12-16", "2027-01-15", "2026年12月"), span("2026-11-16", "2026-12-15", "11月")]),
    ],
)
def test_what_is_asked_by_a_day_of_the_next_month_runs_from_day_to_day_and_may_be_made_up(
    today: str, wanted: list[Span]
) -> None:
    assert spans(POSTING, day(today)) == wanted


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(EACH_MONTHS), st.integers(0, 28))
def test_every_day_lies_in_exactly_one_time_and_times_follow_each_other_without_a_gap(
    today: date, months: int, by: int
) -> None:
    one = replace(SITTING, months=months, day=by)
    now = spans(one, today)[0]
    assert now.first <= today <= now.last
    assert spans(one, now.first)[0] == spans(one, now.last)[0] == now
    assert spans(one, now.last + timedelta(days=1))[0].first == now.last + timedelta(days=1)


# --- what is missing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        ((), [("2026-12-31", "四季度")]),
        (("2026-09-30",), [("2026-12-31", "四季度")]),
        (("2026-10-01",), []),
        (("2026-12-31",), []),
        (("2027-01-01",), [("2026-12-31", "四季度")]),
    ],
)
def test_a_council_is_asked_to_meet_until_it_has_met_in_its_quarter(
    done: tuple[str, ...], wanted: list[tuple[str, str]]
) -> None:
    assert lacking(SITTING, "2026-11-24", *done) == wanted


def test_a_quarter_that_is_over_cannot_be_made_up_and_is_asked_for_no_more() -> None:
    assert lacking(SITTING, "2027-01-01") == [("2027-03-31", "一季度")]


def test_another_council_or_another_kind_of_record_does_not_stand_for_it() -> None:
    facts = [
        Fact("meeting", day("2026-11-01"), frozenset({"huzhu"})),
        Fact("campaign", day("2026-11-01"), frozenset({"hongbai"})),
    ]
    assert len(missing([SITTING], facts, Calendar(), day("2026-11-24"), LONG_AGO)) == 1
    joint = [Fact("meeting", day("2026-11-01"), frozenset({"huzhu", "hongbai"}))]
    assert missing([SITTING], joint, Calendar(), day("2026-11-24"), LONG_AGO) == []


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        ((), [("2026-11-16", "10月"), ("2026-12-15", "11月")]),  # the 15th is a Sunday
        (("2026-11-15",), [("2026-12-15", "11月")]),
        (("2026-11-16",), [("2026-12-15", "11月")]),  # late, and it is the late one
        (("2026-10-20", "2026-11-02"), [("2026-12-15", "11月")]),  # twice for October is not once for November
        (("2026-11-16", "2026-11-20"), []),
        (("2026-11-01", "2026-11-16"), []),
        (("2026-10-15",), [("2026-11-16", "10月"), ("2026-12-15", "11月")]),
    ],
)
def test_a_late_posting_stands_for_what_it_was_late_for(done: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    assert lacking(POSTING, "2026-11-24", *done) == wanted


def test_what_is_asked_by_a_day_of_rest_moves_on_what_is_asked_within_a_time_does_not() -> None:
    spring = Calendar(
        frozenset(day("2026-02-15") + timedelta(days=n) for n in range(9)), frozenset({day("2026-02-14")})
    )
    assert lacking(POSTING, "2026-02-01", "2026-01-10", calendar=spring) == [("2026-02-24", "1月")]
    assert lacking(SITTING, "2027-10-01", calendar=Calendar(frozenset({day("2027-12-31")}))) == [
        ("2027-12-31", "四季度")
    ]


def test_nothing_is_asked_for_a_time_before_the_desk_was_there() -> None:
    assert lacking(POSTING, "2026-11-24", since=day("2026-11-16")) == [("2026-12-15", "11月")]
    assert lacking(POSTING, "2026-11-24", since=day("2026-11-15")) == [("2026-11-16", "10月"), ("2026-12-15", "11月")]


def test_a_record_that_is_on_the_way_is_named_and_does_not_count() -> None:
    draft = Fact("publication", day("2026-11-20"), frozenset({"money"}), ready=False, id="7K3M9QTXWA4E")
    found = missing([POSTING], [draft], Calendar(), day("2026-11-24"), LONG_AGO)
    assert [(str(lack.on), lack.id) for lack in found] == [("2026-11-16", "7K3M9QTXWA4E"), ("2026-12-15", "")]


# --- seasons ---------------------------------------------------------------------------------------------

LAW_DAY = Recurring("x", "宪法日", "campaign", "各地做法", window=((11, 20), (12, 4)), words=("宪法", "法治"))
ELDERS = Recurring("y", "重阳", "campaign", "各地做法", moon=(9, 9), lead=20)


@pytest.mark.parametrize(
    ("today", "asked"), [("2026-11-19", 0), ("2026-11-20", 1), ("2026-12-04", 1), ("2026-12-05", 0)]
)
def test_a_season_is_asked_for_while_it_lasts(today: str, asked: int) -> None:
    assert len(lacking(LAW_DAY, today)) == asked


def test_only_what_has_one_of_its_words_stands_for_a_season() -> None:
    for text, left in (("秋收后防火", 1), ("“12·4”法治宣传", 0)):
        facts = [Fact("campaign", day("2026-12-01"), text=text)]
        assert len(missing([LAW_DAY], facts, Calendar(), day("2026-12-02"), LONG_AGO)) == left


@pytest.mark.parametrize(
    ("today", "by"), [("2025-10-29", "2025-10-29"), ("2026-10-01", "2026-10-18"), ("2027-10-08", "2027-10-08")]
)
def test_a_day_of_the_moon_is_found_in_each_year(today: str, by: str) -> None:
    assert [on for on, _ in lacking(ELDERS, today)] == [by]


# --- a village's own, and what is shipped ----------------------------------------------------------------


def test_a_village_changes_how_often_by_which_day_or_does_without() -> None:
    half = own(SITTING, count=6, unit="month", off=False, basis="本村自定")
    assert lacking(half, "2026-11-24") == [("2026-12-31", "下半年")]
    assert lacking(own(POSTING, count=20, unit="day", off=False, basis="本村自定"), "2026-11-18") == [
        ("2026-11-20", "10月"), ("2026-10-20", "9月"),
    ][::-1]  # fmt: skip
    assert lacking(own(SITTING, count=0, unit="month", off=True, basis=""), "2026-11-24") == []


def test_what_is_shipped_is_law_only_where_the_statute_is_named() -> None:
    law = {key for key, one in shipped().items() if one.law}
    assert law == {"meeting.villagers", "meeting.representatives", "meeting.appraisal"}
    assert all("村民委员会组织法第" in shipped()[key].basis for key in law)
    assert all(
        "做法" in one.basis or "定的" in one.basis or "通知" in one.basis
        for key, one in shipped().items()
        if key not in law
    )


# --- a council's year ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "done", "today", "since", "wanted"),
    [
        (3, "02-03 07-08", "2026-11-24", "2026-01-01", [(1, ""), (0, "missing"), (1, ""), (0, "due")]),
        (3, "", "2026-11-24", "2026-08-20", [(0, ""), (0, ""), (0, "missing"), (0, "due")]),
        (3, "", "2026-03-31", "2026-01-01", [(0, "due"), (0, ""), (0, ""), (0, "")]),
        (3, "", "2026-04-01", "2026-01-01", [(0, "missing"), (0, "due"), (0, ""), (0, "")]),
        (6, "05-06", "2026-11-24", "2026-01-01", [(0, ""), (1, ""), (0, ""), (0, "due")]),
        (6, "08-01", "2026-11-24", "2026-01-01", [(0, ""), (0, "missing"), (1, ""), (0, "")]),
        (12, "", "2026-11-24", "2026-01-01", [(0, ""), (0, ""), (0, ""), (0, "due")]),
        (1, "01-05 01-20 04-01", "2026-05-01", "2026-01-01", [(2, ""), (1, ""), (0, ""), (0, "")]),
    ],
)  # fmt: skip
def test_the_year_of_a_council(months: int, done: str, today: str, since: str, wanted: list[tuple[int, str]]) -> None:
    days = [day(f"2026-{one}") for one in done.split()]
    assert quarters(replace(SITTING, months=months), days, 2026, day(today), day(since)) == wanted


def test_of_a_council_that_is_not_asked_only_what_it_did_is_shown() -> None:
    assert quarters(replace(SITTING, off=True), [day("2026-02-03")], 2026, day("2026-11-24"), LONG_AGO) == [
        (1, ""), (0, ""), (0, ""), (0, ""),
    ]  # fmt: skip
