"""The holidays of a year out of the notice that tells them: pasted as it stands, or as lines of a table."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.kinds.almanac import Rest

_ROW = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[\s,，]+(off|work|放假|上班)[\s,，]*(.*)")
_ASIDE = re.compile(r"[（(][^）)]*[）)]")
_NAME = re.compile(r"(?:[一二三四五六七八九十]+、)?\s*([^：:，。]{1,20})[：:]")
_DAYS = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*(?:至|到|—|-|~)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_LONGEST = 31
"""Days one holiday lasts at the most: more is a misreading."""


def prepared(_: Session, values: dict[str, Any]) -> dict[str, Any]:
    """A table without days takes them out of the text of the notice; `NotValid` where there are none to be found in it."""
    text = str(values.get("text") or "").strip()
    if not text or values.get("days"):
        return values
    year = str(values.get("year") or "").strip() or next(iter(re.findall(r"\d{4}", text)), "")
    try:
        days = read(text, int(year)) if year.isdecimal() else []
    except ValueError:
        days = []
    if not days:
        fault = "没有认出放假的日期。把通知原文整段粘贴进来，或者一行一天：2027-02-05,放假,春节；年份也要填上。"
        raise NotValid([Problem("text", fault)])
    return {**values, "year": year, "name": values.get("name") or f"{year}年放假安排", "days": days}


def read(text: str, year: int) -> list[dict[str, Any]]:
    """The days off, and those worked in exchange, in the order of the year; ValueError on a day there is not."""
    found: dict[date, tuple[Rest, str]] = {}
    name = ""
    for line in text.splitlines():
        row = _ROW.fullmatch(line.strip())
        if row:
            rest = Rest.OFF if row[2] in ("off", "放假") else Rest.WORK
            found[date(*map(int, row[1].split("-")))] = rest, row[3].strip()
            continue
        plain = _ASIDE.sub("", line)
        called = _NAME.match(plain.strip())
        name = called[1].strip() if called else name
        for clause in re.split(r"[，。；;]", plain):
            if "上班" in clause or "放假" in clause:
                rest = Rest.WORK if "上班" in clause else Rest.OFF
                found |= dict.fromkeys(_days(clause, year), (rest, name))
    return [{"on": str(day), "rest": rest.value, "name": called} for day, (rest, called) in sorted(found.items())]


def _days(clause: str, year: int) -> Iterator[date]:
    """2月15日至23日; 2月14日、28日: the month is said once."""
    month = 0
    for begin_year, begin_month, begin_day, end_year, end_month, end_day in _DAYS.findall(clause):
        month = int(begin_month or month)
        if not month:
            continue
        first = last = date(int(begin_year or year), month, int(begin_day))
        if end_day:
            month = int(end_month or month)
            last = date(int(end_year or begin_year or year), month, int(end_day))
        if not 0 <= (last - first).days < _LONGEST:
            raise ValueError(clause)
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
