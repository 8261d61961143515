"""What is put up for everybody: how it will read on the wall while it is typed, and what villagers have said to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from villagedesk.actions.office import Office
from villagedesk.base.errors import DeskError, NotValid
from villagedesk.records.kinds.affairs.publication import LEAST, SINCE, Catalogue, Objection, Publication
from villagedesk.records.public import on_wall
from villagedesk.records.values import checked
from villagedesk.store import queries
from villagedesk.store.queries import Kept

_LABELS = ("公开内容", "名单或明细", "公布起", "公布止", "公布在哪里", "有意见找谁")
"""What of a publication stands on the wall below its title, in this order."""


@dataclass(frozen=True)
class Wall:
    """How it reads on the wall; `problem` why it cannot be put up like this yet, "" when it can."""

    title: str = ""
    lines: tuple[str, ...] = ()
    problem: str = ""


def wall(values: Mapping[str, Any]) -> Wall:
    """A publication as typed, as everybody will read it: the public version of the record, masked by its rule."""
    if not values.get("subject") or not values.get("on"):
        return Wall(problem="写上标题和起草日期，这里就是贴出去的样子。")
    try:
        record = checked(Publication, {k: v for k, v in values.items() if v not in ("", None, [])})
    except NotValid as error:
        return Wall(problem=error.problems[0].text)
    told = on_wall(record)
    lines: list[str] = []
    for label in _LABELS:
        said = told.get(label, "")
        if isinstance(said, list):
            lines += ["　".join(str(one) for one in line.values() if one) for line in said]
        elif said and label != "公开内容":
            lines.append(f"{label}：{said}")
        elif said:
            lines.append(str(said))
    return Wall(str(told.get("标题", "")), tuple(lines))


def until(since: str) -> str:
    """The first day on which something put up on that day may be taken down (村民委员会组织法 art. 35); "" for what is no day."""
    try:
        day = date.fromisoformat(since)
        return str(day + timedelta(days=LEAST)) if day >= SINCE else ""
    except (ValueError, OverflowError):
        return ""


def of_catalogue(office: Office, identifier: str) -> dict[str, Any]:
    """What a publication takes over from the item of the catalogue it belongs to, as typed."""
    try:
        with office.desk.reading() as session:
            record = queries.one(session, office.by, Catalogue, identifier).record
    except DeskError:
        return {}
    assert isinstance(record, Catalogue)  # noqa: S101 -- what was asked for
    return {
        "sort": record.sort.value,
        "every": record.every.value,
        "basis": record.basis,
        "places": [p.value for p in record.places],
    }


def objections(office: Office, publication: str) -> list[Kept]:
    """What was said to a publication, the newest first; nothing for who may not read it."""
    if "objection" not in office.by.readable([Objection.kind]):
        return []
    with office.desk.reading() as session:
        return [
            kept
            for kept in queries.listed(session, office.by, Objection)
            if isinstance(kept.record, Objection) and kept.record.publication.id == publication
        ]
