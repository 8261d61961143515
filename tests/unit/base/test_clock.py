"""How far the clock can be trusted (stick.md B 1–3)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock
from villagedesk.base import clock as real
from villagedesk.base.clock import BUILD_DATE, Stamp, tick, today

RECEIPT = datetime(2027, 3, 1, 8, tzinfo=UTC)


def _stamp(text: str) -> Stamp:
    return Stamp.parse(text)


def test_a_clock_that_is_right_gives_its_own_time(clock: Clock) -> None:
    assert tick(None) == (_stamp("2026-12-01T08:00:00.000Z/0"), "ok")


def test_what_is_written_in_one_millisecond_is_told_apart_by_a_counter(clock: Clock) -> None:
    first, _ = tick(None)
    second, _ = tick(first)
    clock.move(milliseconds=1)
    third, _ = tick(second)

    assert [str(s)[-6:] for s in (first, second, third)] == [".000Z/0"[1:], ".000Z/1"[1:], ".001Z/0"[1:]]


def test_a_dead_clock_of_2010_is_low_and_stands_at_the_build_date(clock: Clock) -> None:
    clock.set("2010-01-01T00:00:00")
    stamps, last = [], None
    for _ in range(50):
        last, quality = tick(last)
        stamps.append(last)
        assert quality == "low"

    assert stamps == [Stamp(int(BUILD_DATE.timestamp() * 1000), i) for i in range(50)]


def test_a_receipt_lifts_the_floor_of_a_dead_clock(clock: Clock) -> None:
    clock.set("2010-01-01T00:00:00")

    assert tick(None, RECEIPT) == (Stamp(int(RECEIPT.timestamp() * 1000)), "low")


def test_a_clock_of_2099_is_high_and_capped_at_a_day_after_what_is_trusted(clock: Clock) -> None:
    clock.set("2099-01-01T00:00:00")

    stamp, quality = tick(None, RECEIPT)

    assert (stamp, quality) == (Stamp(int((RECEIPT + timedelta(days=1)).timestamp() * 1000)), "high")


def test_many_entries_under_a_clock_of_2099_do_not_creep_ahead(clock: Clock) -> None:
    clock.set("2099-01-01T00:00:00")
    last = None
    for _ in range(1_000):
        clock.move(days=1)
        last, _quality = tick(last)

    assert last == Stamp(int((BUILD_DATE + timedelta(days=1)).timestamp() * 1000), 999)


def test_a_clock_repaired_after_2099_is_not_stuck_in_the_future(clock: Clock) -> None:
    clock.set("2099-01-01T00:00:00")
    ahead, _ = tick(None)
    clock.set("2026-12-01T08:00:00")

    assert tick(ahead) == (_stamp("2026-12-01T08:00:00.000Z/0"), "ok")


def test_a_program_in_use_for_years_without_a_receipt_is_believed(clock: Clock) -> None:
    last, qualities = None, set()
    for _ in range(10):
        last, quality = tick(last)
        qualities.add(quality)
        clock.move(days=300)

    assert qualities == {"ok"}
    assert str(last) == "2034-04-23T08:00:00.000Z/0"


def test_a_clock_that_jumps_back_in_a_session_keeps_the_order_and_is_told(clock: Clock) -> None:
    clock.set("2027-01-10T08:00:00")
    first, _ = tick(None)
    clock.move(hours=-2)
    second, mild = tick(first)
    clock.move(days=-3)
    third, jumped = tick(second)
    clock.set("2027-01-10T08:00:01")
    fourth, ok = tick(third)

    assert (mild, jumped, ok) == ("ok", "jump", "ok")
    assert [s.count for s in (first, second, third, fourth)] == [0, 1, 2, 0]
    assert first < second < third < fourth


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2105, 1, 1)), min_size=1, max_size=30))
def test_stamps_of_one_device_only_rise_whatever_its_clock_does(times: list[datetime]) -> None:
    last = None
    with pytest.MonkeyPatch.context() as patch:
        for moment in times:
            patch.setattr(real, "now", lambda m=moment: m.replace(tzinfo=UTC))
            stamp, quality = tick(last)
            assert last is None or stamp > last
            assert quality in {"ok", "low", "high", "jump"}
            assert stamp.ms >= BUILD_DATE.timestamp() * 1000 - 86_400_000
            last = stamp


@given(st.integers(0, 4_000_000_000_000), st.integers(0, 10**9))
def test_a_stamp_is_read_back_as_it_was_written(ms: int, count: int) -> None:
    assert Stamp.parse(str(Stamp(ms, count))) == Stamp(ms, count)


@given(st.integers(10**12, 4 * 10**12), st.integers(0, 9), st.integers(10**12, 4 * 10**12), st.integers(0, 9))
def test_stamps_written_at_the_same_count_width_order_as_text_does(a: int, i: int, b: int, j: int) -> None:
    one, other = Stamp(a, i), Stamp(b, j)

    assert (one < other) == (str(one) < str(other))


@pytest.mark.parametrize(
    "text",
    ["", "2026-12-01T08:00:00.000Z", "2026-12-01T08:00:00.000Z/", "2026-12-01T08:00:00.0Z/0", "2026-12-01T08:00:00.000Z/01",
     "2026-12-01T08:00:00.000+01:00/0", "2026-13-01T08:00:00.000Z/0"],
)  # fmt: skip
def test_what_is_no_stamp_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whichever part is wrong
        Stamp.parse(text)


def test_today_is_the_day_in_the_village(clock: Clock) -> None:
    clock.set("2026-12-01T15:59:59")
    before = today()
    clock.move(seconds=1)

    assert (before, today()) == ("2026-12-01", "2026-12-02")
