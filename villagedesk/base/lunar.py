"""The count of the moon (农历) and the 24 solar terms, for the years a village's desk looks at."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

# First day; one figure a month, 1 for 30 days and 0 for 29; the month that comes twice, 0 for none.
_YEARS: dict[int, tuple[date, str, int]] = {
    2020: (date(2020, 1, 25), "0111010010101", 4),
    2021: (date(2021, 2, 12), "011010101010", 0),
    2022: (date(2022, 2, 1), "101011010101", 0),
    2023: (date(2023, 1, 22), "0100110110101", 2),
    2024: (date(2024, 2, 10), "010010110110", 0),
    2025: (date(2025, 1, 29), "1010010101110", 6),
    2026: (date(2026, 2, 17), "101001001110", 0),
    2027: (date(2027, 2, 6), "110100100110", 0),
    2028: (date(2028, 1, 26), "1110100100110", 5),
    2029: (date(2029, 2, 13), "110101010011", 0),
    2030: (date(2030, 2, 3), "010110101010", 0),
    2031: (date(2031, 1, 23), "0110101101010", 3),
    2032: (date(2032, 2, 11), "100101101101", 0),
    2033: (date(2033, 1, 31), "0100101011101", 11),
    2034: (date(2034, 2, 19), "010010101101", 0),
    2035: (date(2035, 2, 8), "101001001101", 0),
}
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = "一二三四五六七八九十"
_TERMS = (
    "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑", "白露",
    "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒", "立春", "雨水", "惊蛰",
)  # fmt: skip


@dataclass(frozen=True)
class Lunar:
    """A day of the moon: the second of two months of the same number is `leap`."""

    year: int
    month: int
    day: int
    leap: bool = False

    @property
    def month_name(self) -> str:
        """正月, 闰六月, 腊月."""
        return f"{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}月"

    @property
    def day_name(self) -> str:
        """初一, 十六, 廿三."""
        tens = {10: "初十", 20: "二十", 30: "三十"}
        return tens.get(self.day) or "初十廿"[self.day // 10] + _DIGITS[self.day % 10 - 1]

    @property
    def name(self) -> str:
        """Month and day: 十月十六."""
        return self.month_name + self.day_name

    @property
    def short(self) -> str:
        """What stands in a calendar's cell: the day, and on the first one the month."""
        return self.month_name if self.day == 1 else self.day_name


def lunar(day: date) -> Lunar | None:
    """The moon's day of a day; None before 2020-01-25 and after the moon's year 2035."""
    year = day.year if day.year in _YEARS and _YEARS[day.year][0] <= day else day.year - 1
    if year not in _YEARS:
        return None
    first, lengths, twice = _YEARS[year]
    past = (day - first).days
    for place, end in enumerate(accumulate(29 + int(long) for long in lengths)):
        if past < end:
            month = place + 1 if not twice or place < twice else place
            return Lunar(year, month, past - end + 30 + int(lengths[place]), twice > 0 and place == twice)
    return None


def term(day: date) -> str:
    """The solar term that begins on a day, "" when none does."""
    before, after = (_sun(day + timedelta(days=n)) // 15 for n in (0, 1))
    return _TERMS[int(after)] if before != after else ""


def last_term(day: date) -> tuple[str, int]:
    """The solar term a day lies in, and how many days ago it began."""
    past = next(n for n in range(17) if term(day - timedelta(days=n)))
    return term(day - timedelta(days=past)), past


def _sun(day: date) -> float:
    """Degrees of the sun when a day begins in China: to a hundredth, which is right for each term of 2020 to 2035.

    The mean sun, the equation of its centre, aberration and the first member of nutation.
    """
    century = (day.toordinal() - date(2000, 1, 1).toordinal() - 0.5 - 8 / 24 + 70 / 86_400) / 36_525
    mean = 280.46646 + 36_000.76983 * century
    anomaly = math.radians(357.52911 + 35_999.05029 * century)
    centre = 1.9146 * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly)
    node = math.radians(125.04 - 1_934.136 * century)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360
