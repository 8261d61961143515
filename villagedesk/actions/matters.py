"""Matters of weight: the steps of 四议两公开 and its variants, laid out when a matter is opened, filled from what they point at."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.actions.outlook import attendance
from villagedesk.base.errors import DeskError
from villagedesk.base.paths import resource
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.affairs.matter import POSTED, StepKind
from villagedesk.records.kinds.affairs.publication import Publication
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.store import queries


@cache
def templates() -> dict[str, list[dict[str, str]]]:
    """Variant → its steps in order."""
    data = tomllib.loads(resource("affairs", "steps.toml").read_text("utf-8"))
    return {key: one["steps"] for key, one in data.items()}


def prepared(_: Session, values: dict[str, Any]) -> dict[str, Any]:
    """A matter whose steps nobody has written yet gets those of its variant; a village's own are written by hand."""
    variant = str(values.get("variant") or "four")
    if values.get("steps") or variant not in templates():
        return values
    return {**values, "steps": [dict(one) for one in templates()[variant]]}


def facts(office: Office, kind: str, identifier: str) -> dict[str, Any]:
    """What a step takes over from the meeting or the publication it points at, as typed; nothing where that cannot be read."""
    try:
        with office.desk.reading() as session:
            record = queries.one(session, office.by, KINDS[kind], identifier).record
    except DeskError:
        return {}
    found: dict[str, Any] = {}
    if isinstance(record, Meeting):
        came, base, _ = attendance(record) if record.bodies else (0, 0, 0)
        decided = [item.resolution.strip() or item.title for item in record.agenda if item.passed]
        found = {
            "on": str(record.held_from.date()), "form": "、".join(one.name for one in record.bodies)[:40],
            "expected": str(base or ""), "came": str(came or ""), "text": "\n".join(decided),
        }  # fmt: skip
    elif isinstance(record, Publication):
        found = {"posted_from": str(record.posted_from or ""), "posted_to": str(record.posted_to or "")}
    return {name: value for name, value in found.items() if value}


def waits(step: Mapping[str, Any], today: date) -> str:
    """What keeps a step, as typed, from being closed today, as a sentence; "" when nothing does."""
    if step.get("step") == StepKind.POST:
        since = _day(step.get("posted_from"))
        if since is None:
            return "先选是哪次公开，或者填公开起。"
        full = since + timedelta(days=POSTED)
        return (
            f"公开要满{POSTED}日，到{full.month}月{full.day}日才满，还有{(full - today).days}天。"
            if full > today
            else ""
        )
    if step.get("step") in (StepKind.AUDIT, StepKind.OTHER):
        return ""
    return "" if _day(step.get("on")) else "先选是哪次会议，或者填日期。"


def closed(step: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The step as typed, closed: on the day it was held or its time on the board was over, else today."""
    days = [_day(step.get(name)) for name in ("posted_to", "on")]
    day = next((one for one in days if one and one <= today), today)
    if step.get("step") == StepKind.POST and (since := _day(step.get("posted_from"))):
        day = max(day, since + timedelta(days=POSTED))
    return {**step, "done_on": str(day)}


def _day(typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None
