"""Spans of the calendar that numbers are told for: a month, a quarter, half a year, a year, or any days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = {1: "月", 3: "季度", 6: "半年", 12: "年"}
"""Months of a span → what spans of that length are called."""

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

    @property
    def months(self) -> list["Span"]:
        """Its months, the first and the last as far as they belong to it."""
        found, day = [], self.first
        while day <= self.last:
            whole = Span.holding(day, 1)
            found.append(Span(day, min(whole.last, self.last)))
            if whole.last == date.max:
                break
            day = whole.last + timedelta(days=1)
        return found


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
