"""Periods a village sets for itself."""

from typing import Any

from sqlmodel import Session

from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.due import Term
from villagedesk.records.kinds.almanac import Counted
from villagedesk.records.recurring import EACH_MONTHS, Recurring
from villagedesk.store import recurring, terms


def prepared(_: Session, values: dict[str, Any]) -> dict[str, Any]:
    """A period, or how often something recurs, named by its code or by its words is spelled out as both; `NotValid` where there is
    none such, where a statute sets it, or where it cannot be counted that way."""
    if "term" not in values and "what" not in values:
        return values
    known: dict[str, Term | Recurring] = {**terms.shipped().terms, **recurring.shipped()}
    word = str(values.get("term") or values.get("what") or "")
    found = known.get(word) or next((one for one in known.values() if one.what == word), None)
    open_ = [one for one in known.values() if not one.law]
    if found is None:
        raise NotValid([Problem("what", f"没有“{word}”这个期限，可以填：{'、'.join(one.what for one in open_)}。")])
    if found.law:
        raise NotValid([Problem("what", f"“{found.what}”是法律定的（{found.basis}），村里不能改。")])
    if isinstance(found, Recurring) and (fault := _unfit(found, values)):
        raise NotValid([Problem("count", fault)])
    return {**values, "term": found.key, "what": found.what}


def _unfit(one: Recurring, values: dict[str, Any]) -> str:
    """Why it cannot recur like that; "" where it can, or is not to be asked for at all."""
    count, unit = str(values.get("count", "")).strip(), str(values.get("unit") or Counted.DAY.value)
    if str(values.get("off") or "否").lower() not in ("否", "false", "0") or not count.isdecimal():
        return ""
    if one.months and unit in (Counted.MONTH.value, Counted.MONTH.label) and int(count) in EACH_MONTHS:
        return ""
    if one.day and unit in (Counted.DAY.value, Counted.DAY.label) and 1 <= int(count) <= 28:
        return ""
    by = "；或者填次月几日前，按“日”算，1到28" if one.day else ""
    if one.months:
        return f"“{one.what}”多久一次，按“月”算，填1、3、6或12{by}。"
    return f"“{one.what}”是时令的事，只能勾上“本村不用这一条”。"
