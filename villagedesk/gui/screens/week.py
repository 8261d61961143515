"""What there is to do this week, as the week strip shows it: what is late, then day by day what is due and who meets."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from villagedesk.gui.parts.tile import character
from villagedesk.gui.parts.week import Column, Slip
from villagedesk.store.overview import Line

WEEK = "一二三四五六日"


def columns(due: Sequence[Line], back: Sequence[Line], sittings: Sequence[Line], now: datetime) -> list[Column]:
    """Seven days from Monday on, and what is late before them where there is any; what the town sent back stands at today."""
    today, monday = now.date(), now.date() - timedelta(days=now.weekday())
    late = [
        Slip(_tile(line), f"晚了{(today - _day(line)).days}天", line.title, line, "bad", what=line.what, rule=line.rule)
        for line in due
        if _day(line) < today
    ]
    found = [Column("已过期", "", late, "late")] if late else []
    for at in range(7):
        day = monday + timedelta(days=at)
        slips = [_meets(line, now) for line in sorted(sittings, key=lambda one: one.at) if _day(line) == day]
        if day >= today:
            slips += [
                Slip(_tile(line), line.what, line.title, line, rule=line.rule) for line in due if _day(line) == day
            ]
        if day == today:
            slips = [Slip(_tile(line), "镇里退回", line.title, line, "warn", what=line.what) for line in back] + slips
        state, note = ("today", "今天") if day == today else ("", f"{day.day}日")
        found.append(Column(f"周{WEEK[at]}", note, slips, state))
    return found


def _day(line: Line) -> date:
    return date.fromisoformat(line.at[:10])


def _tile(line: Line) -> str:
    return character(line.kind)


def _meets(line: Line, now: datetime) -> Slip:
    """A meeting: when it begins, or that it was held."""
    at = datetime.fromisoformat(line.at)
    held = at <= now
    return Slip(_tile(line), f"{at:%H:%M}", line.title, line, "ink2" if held else "acc", done=held)
