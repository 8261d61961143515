"""What a bundle would change, record by record: for the look before it is taken in."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from villagedesk.records.kind import Record, shown, told
from villagedesk.records.kinds import KINDS
from villagedesk.records.merge import values_of
from villagedesk.records.public import masked
from villagedesk.records.rights import Deed, Viewer
from villagedesk.store import journal
from villagedesk.store.projection import record_in
from villagedesk.store.tables import TABLES, Clash, Late, Unread

MOST = 400
"""Records looked at one by one; of the rest only the numbers are told."""
LONG = 300
"""Characters of one value shown at the most."""

Key = tuple[str, str, str]
"""Kind, org, id."""
Change = tuple[str, str, str]
"""Label, what is here now, what would be."""


@dataclass(frozen=True)
class Look:
    """One record that a bundle brings.

    Attributes: `state` new, changed, clash (changed on two laptops), late (changed after it was finalised), withheld (without its
    content), unread (not to be shown here); `reason` the one written with the change.
    """

    kind: str
    org: str
    id: str
    title: str
    state: str
    changes: tuple[Change, ...] = ()
    same: int = 0
    reason: str = ""


WORRY = ("clash", "late", "unread", "changed", "new", "withheld")
"""What is looked at first."""


class Looker:
    """Remembers how records stood before a bundle changed them."""

    def __init__(self, session: Session, viewer: Viewer) -> None:
        self._session, self._viewer = session, viewer
        self._before: dict[Key, Record | None] = {}

    def note(self, kind: str, key: tuple[str, str]) -> None:
        """This record is about to be changed, or made."""
        if (kind, *key) not in self._before and len(self._before) < MOST:
            self._before[kind, *key] = self._record(kind, *key)

    def seen(self) -> list[Look]:
        """Every record noted, as it would be; what needs looking at comes first."""
        looks = [self._look(key, before) for key, before in self._before.items()]
        return sorted(looks, key=lambda look: WORRY.index(look.state))

    def _record(self, kind: str, org: str, identifier: str) -> Record | None:
        cls = KINDS.get(kind)
        if cls is None or not self._viewer.may(Deed.READ, cls.kind):
            return None
        table = TABLES[kind]
        wanted = select(table.c.doc, table.c.sv, table.c.stage).where(table.c.org == org, table.c.id == identifier)
        row = self._session.connection().execute(wanted).first()
        return record_in(cls, *row) if row else None

    def _has(self, model: Any, key: Key) -> bool:
        kind, org, identifier = key
        at = (col(model.kind) == kind, col(model.org) == org, col(model.id) == identifier)
        return self._session.connection().execute(select(col(model.kind)).where(*at)).first() is not None

    def _look(self, key: Key, before: Record | None) -> Look:
        kind = key[0]
        after = self._record(*key)
        cls = KINDS.get(kind)
        title = after.title if after else cls.kind.name if cls else "新版程序的记录"
        state = "new" if before is None else "changed"
        if self._has(Clash, key):
            state = "clash"
        elif self._has(Late, key):
            state = "late"
        elif after is None:
            state = "withheld" if self._whole(key) else "unread"
        changes, same = _changes(before, after) if before and after else ((), 0)
        if state == "clash" and after is not None:
            changes = self._sides(key, after)
        return Look(*key, title, state, changes, same, self._reason(key))

    def _whole(self, key: Key) -> bool:
        """Whether nothing is wrong with a record that has no row: its content is withheld, or is not for this person's eyes."""
        why = select(col(Unread.why)).where(
            col(Unread.kind) == key[0], col(Unread.org) == key[1], col(Unread.id) == key[2]
        )
        return self._session.connection().execute(why).scalar() in (None, "withheld")

    def _sides(self, key: Key, after: Record) -> tuple[Change, ...]:
        """The fields changed on two laptops: the value shown, and the others."""
        at = (col(Clash.kind) == key[0], col(Clash.org) == key[1], col(Clash.id) == key[2])
        rows = self._session.connection().execute(select(col(Clash.field), col(Clash.options)).where(*at)).all()
        asked = {a.name: a for a in told(type(after))}
        return tuple(
            (asked[name].label, read(asked[name].ask.personal, getattr(after, name)), _others(json.loads(options)))
            for name, options in rows
            if name in asked
        )

    def _reason(self, key: Key) -> str:
        kind, org, identifier = key
        cls = KINDS.get(kind)
        if cls is None or not self._viewer.may(Deed.READ, cls.kind):
            return ""
        last = journal.of_records(self._session, kind, [(org, identifier)])[org, identifier][-1]
        return str(values_of(last).get("_r", ""))[:LONG]


def _others(options: list[tuple[str, str]]) -> str:
    values = [json.loads(text) for text, _ in options[1:]]
    return "；".join(v if isinstance(v, str) else "另一种写法" for v in values)[:LONG]


def read(personal: int, value: Any) -> str:
    """A value on one line, numbers of people masked."""
    return masked(personal if personal > 1 else 0, value)[:LONG] if value not in (None, "", []) else "（空）"


def _changes(before: Record, after: Record) -> tuple[tuple[Change, ...], int]:
    """The fields that differ, old and new, and how many do not."""
    found, same = [], 0
    for asked in told(type(after)):
        was, now = getattr(before, asked.name), getattr(after, asked.name)
        if was == now:
            same += 1
        elif isinstance(was, list) and isinstance(now, list) and asked.part is not None:
            found.append((asked.label, *_lines(was, now)))
        else:
            found.append((asked.label, read(asked.ask.personal, was), read(asked.ask.personal, now)))
    if before.stage != after.stage:
        flow = after.kind.flow
        found.append(("状态", flow[before.stage].name, flow[after.stage].name))
    return tuple(found), same


def _lines(was: list[Any], now: list[Any]) -> tuple[str, str]:
    """Of two lists the lines the other one does not have, by their names."""

    def named(lines: list[Any]) -> str:
        names = [getattr(line, "name", "") or getattr(line, "title", "") or shown(line) for line in lines[:3]]
        return "、".join(n[:24] for n in names) + ("等" if len(lines) > 3 else "")

    gone, come = [v for v in was if v not in now], [v for v in now if v not in was]
    return (
        f"{len(was)}条" + (f"：{named(gone)}" if gone else ""),
        f"{len(now)}条" + (f"：{named(come)}" if come else ""),
    )
