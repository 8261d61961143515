"""Days and moments as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base.days import day_typed, moment_typed

TODAY = "2026-11-24"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261124", "2026-11-24"), ("2026-11-24", "2026-11-24"), ("2026.1.4", "2026-01-04"), ("2026/11/24", "2026-11-24"),
        ("2026年11月24日", "2026-11-24"), ("11.24", "2026-11-24"), ("11月24", "2026-11-24"), ("11。24", "2026-11-24"),
        ("1124", "2026-11-24"), ("２０２６１１２４", "2026-11-24"), (" 今天 ", "2026-11-24"), ("昨天", "2026-11-23"),
        ("前天", "2026-11-22"), ("后天", "2026-11-26"), ("620315", "1962-03-15"), ("26-3-15", "2026-03-15"), ("31.1.1", "2031-01-01"),
        ("32.1.1", "1932-01-01"), ("2024-2-29", "2024-02-29"),
        ("2026-2-29", ""), ("13.1", ""), ("2026", ""), ("去年", ""), ("", ""), ("11.24.", ""), ("0.5", ""),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_typed(typed: str, day: str) -> None:
    assert day_typed(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("202611241430", "2026-11-24 14:30"), ("20261124 1430", "2026-11-24 14:30"), ("2026-11-24T14:30", "2026-11-24 14:30"),
        ("2026-11-24 9:05", "2026-11-24 09:05"), ("11.24 14.30", "2026-11-24 14:30"), ("11.24 14：30", "2026-11-24 14:30"),
        ("今天下午2点半", "2026-11-24 14:30"), ("昨天 晚上8点", "2026-11-23 20:00"), ("9点", "2026-11-24 09:00"),
        ("14:30", "2026-11-24 14:30"), ("11月18日9时15分", "2026-11-18 09:15"), ("中午12点", "2026-11-24 12:00"),
        ("25:00", ""), ("11.24", ""), ("今天", ""), ("2026-11-24 24:00", ""), ("", ""), ("明年 9点", ""),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_it_is_typed(typed: str, moment: str) -> None:
    assert moment_typed(typed, TODAY) == moment


@given(st.dates())
def test_a_day_written_out_is_itself(day: object) -> None:
    assert day_typed(str(day), TODAY) == str(day)


@given(st.datetimes())
def test_a_moment_written_out_is_itself(moment: object) -> None:
    assert moment_typed(f"{moment:%Y-%m-%d %H:%M}".rjust(16, "0"), TODAY) == f"{moment:%Y-%m-%d %H:%M}".rjust(16, "0")
