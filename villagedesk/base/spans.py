"""Spans of the calendar that numbers are told for: a month, a quarter, half a year, a year, or any days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = {1: "月", 3: "季度", 6: "半年", 12: "年"}
"""Months of a span → what spans of that length are called."""

_MOST = 6
"""Columns of months, or of quarters, at the most."""
_WITHIN = {3: ("第一季度", "第二季度", "第三季度", "第四季度"), 6: ("上半年", "下半年")}


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def holding(cls, day: date, length: int) -> "Span":
        """The month, quarter, half-year or year that holds a day."""
        return cls._from(day.year * 12 + (day.month - 1) // length * length, length)

    @classmethod
    def _from(cls, month: int, length: int) -> "Span":
        """So many months from the one of this number on."""
        end = month + length - 1
        last = date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
        return cls(date(month // 12, month % 12 + 1, 1), last)

    @property
    def length(self) -> int:
        """Its months, where it is a span of the calendar; 0 where it is just some days."""
        fit = (n for n in LENGTHS if Span.holding(self.first, n) == self)
        return next(fit, 0)

    @property
    def name(self) -> str:
        """As it is written in a title."""
        year, month, length = self.first.year, self.first.month, self.length
        match length:
            case 12:
                return f"{year}年"
            case 3 | 6:
                return f"{year}年{_WITHIN[length][(month - 1) // length]}"
            case 1:
                return f"{year}年{month}月"
        return f"{_said(self.first)}至{_said(self.last)}"

    def turned(self, count: int) -> "Span":
        """The span of the same length so many before or after; itself at the ends of the calendar."""
        month = self.first.year * 12 + self.first.month - 1 + count * self.length
        return Span._from(month, self.length) if self.length and 12 <= month < 9999 * 12 else self

    def cut(self, length: int) -> list["Span"]:
        """Its months, quarters, … as far as they belong to it."""
        found, day = list["Span"](), self.first
        while day <= self.last:
            last = min(Span.holding(day, length).last, self.last)
            found.append(Span(day, last))
            if last == date.max:
                break
            day = last + timedelta(days=1)
        return found

    @property
    def columns(self) -> dict[str, "Span"]:
        """What it is told in beside the whole, by name: months, or where these would be many, quarters or years; none of one."""
        length = next((n for n in (1, 3, 12) if len(self.cut(n)) <= _MOST), 0)
        parts = self.cut(length) if length else []
        year = self.first.year != self.last.year
        return {_short(one, length, year=year): one for one in parts} if len(parts) > 1 else {}


def _short(span: Span, length: int, *, year: bool) -> str:
    """A column's name, of the whole month or quarter also where only a part of it is meant."""
    month = span.first.month
    word = f"{month}月" if length == 1 else _WITHIN[3][(month - 1) // 3].removeprefix("第") if length == 3 else ""
    return f"{span.first.year}年{word}" if year or not word else word


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
