"""The moon's days and the solar terms, by dates that are known."""

from datetime import date, timedelta

import pytest

from villagedesk.base.lunar import Lunar, last_term, lunar, term


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 24), "十月十六"),
        (date(2026, 11, 9), "十月初一"),
        (date(2026, 9, 25), "八月十五"),
        (date(2026, 6, 19), "五月初五"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2033, 12, 22), "闰冬月初一"),
        (date(2034, 1, 20), "腊月初一"),
        (date(2027, 2, 5), "腊月廿九"),
        (date(2024, 2, 9), "腊月三十"),
        (date(2020, 1, 25), "正月初一"),
        (date(2026, 1, 8), "冬月二十"),
    ],
)
def test_a_day_has_its_name_in_the_count_of_the_moon(day: date, name: str) -> None:
    found = lunar(day)
    assert found is not None
    assert found.name == name


def test_the_first_day_of_a_month_is_called_by_its_month_in_a_calendar() -> None:
    assert [
        found.short for n in range(3) if (found := lunar(date(2026, 11, 8) + timedelta(days=n))) is not None
    ] == ["三十", "十月", "初二"]  # fmt: skip


SPRING = (
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 "
    "2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08"
)


def test_spring_festivals() -> None:
    for text in SPRING.split():
        day = date.fromisoformat(text)
        assert lunar(day) == Lunar(day.year, 1, 1)


def test_every_day_follows_the_one_before_and_none_is_left_out() -> None:
    day, last, months = date(2020, 1, 25), None, 0
    while (found := lunar(day)) is not None:
        if found.day == 1:
            assert last is None or last.day in (29, 30)
            months += 1
        else:
            assert last is not None
            assert (found.year, found.month, found.leap, found.day) == (last.year, last.month, last.leap, last.day + 1)
        last, day = found, day + timedelta(days=1)
    assert (last, day, months) == (Lunar(2035, 12, 30), date(2036, 1, 28), 198)
    assert lunar(date(2020, 1, 24)) is None


def test_solar_terms() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [f"{term(day)}{day.month}.{day.day}" for day in days if term(day)] == [
        "小寒1.5", "大寒1.20", "立春2.4", "雨水2.18", "惊蛰3.5", "春分3.20", "清明4.5", "谷雨4.20", "立夏5.5", "小满5.21",
        "芒种6.5", "夏至6.21", "小暑7.7", "大暑7.23", "立秋8.7", "处暑8.23", "白露9.7", "秋分9.23", "寒露10.8", "霜降10.23",
        "立冬11.7", "小雪11.22", "大雪12.7", "冬至12.22",
    ]  # fmt: skip
    assert last_term(date(2026, 11, 24)) == ("小雪", 2)
    assert last_term(date(2026, 11, 22)) == ("小雪", 0)


# The day of the month of 清明, 夏至, 立秋, 冬至: they wander, and some begin a few minutes from midnight.
WANDERING = {
    2020: (4, 21, 7, 21), 2021: (4, 21, 7, 21), 2022: (5, 21, 7, 22), 2023: (5, 21, 8, 22), 2024: (4, 21, 7, 21), 2025: (4, 21, 7, 21),
    2026: (5, 21, 7, 22), 2027: (5, 21, 8, 22), 2028: (4, 21, 7, 21), 2029: (4, 21, 7, 21), 2030: (5, 21, 7, 22), 2031: (5, 21, 8, 22),
    2032: (4, 21, 7, 21), 2033: (4, 21, 7, 21), 2034: (5, 21, 7, 22), 2035: (5, 21, 7, 22),
}  # fmt: skip


def test_terms_that_wander() -> None:
    for year, days in WANDERING.items():
        months = zip((4, 6, 8, 12), days, ("清明", "夏至", "立秋", "冬至"), strict=True)
        assert [term(date(year, month, day)) for month, day, _ in months] == ["清明", "夏至", "立秋", "冬至"]
