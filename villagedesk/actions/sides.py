"""What two laptops of one village wrote differently: each field with every value, and who wrote it when."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from villagedesk.actions.listing import local
from villagedesk.records.entry import Entry
from villagedesk.records.kind import Asked, fields, told
from villagedesk.records.merge import values_of
from villagedesk.records.public import masked
from villagedesk.records.rights import Viewer
from villagedesk.records.values import BadJson, parsed, strict_json
from villagedesk.store import queries
from villagedesk.store.queries import Kept
from villagedesk.store.tables import Account


@dataclass(frozen=True)
class Option:
    """One value as JSON and as it is read, and who wrote it when."""

    value: str
    text: str
    who: str
    at: str


@dataclass(frozen=True)
class Question:
    """One field with its values, the one shown now first."""

    field: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Open:
    """One record that waits for a choice; `same` are fields that do not differ, label and text."""

    kind: str
    id: str
    title: str
    questions: tuple[Question, ...]
    same: tuple[tuple[str, str], ...]


def questions(session: Session, viewer: Viewer) -> list[Open]:
    """Every record that waits, with the fields a person fills in; what the program fills stays as it is shown."""
    found: dict[tuple[str, str], dict[str, list[list[str]]]] = {}
    for kind, identifier, name, options in queries.clashes(session, viewer):
        found.setdefault((kind, identifier), {})[name] = options
    return [
        one
        for (kind, identifier), clashes in found.items()
        if (one := _open(session, viewer, kind, identifier, clashes)).questions
    ]


def _open(session: Session, viewer: Viewer, kind: str, identifier: str, clashes: dict[str, list[list[str]]]) -> Open:
    cls = queries.kind_of(kind)
    kept = queries.one(session, viewer, cls, identifier)
    entries = {f"{e.did}:{e.env.seq}": e for e in queries.history(session, viewer, cls, kept)}
    names = {row[0]: row[1] for row in session.connection().execute(select(col(Account.id), col(Account.name)))}
    asked = [a for a in fields(cls) if a.name in clashes and not a.ask.auto]
    same = tuple(
        (a.label, text)
        for a in told(cls)
        if a.name not in clashes and a.part is None and (text := masked(_hidden(a), getattr(kept.record, a.name)))
    )
    return Open(
        kind, identifier, kept.record.title,
        tuple(Question(a.name, a.label, tuple(_options(kept, a, clashes[a.name], entries, names))) for a in asked), same[:4],
    )  # fmt: skip


def _options(
    kept: Kept, asked: Asked, options: list[list[str]], entries: dict[str, Entry], names: dict[str, str]
) -> Iterable[Option]:
    for value, source in options:
        entry = entries.get(source)
        who = names.get(entry.env.a, "另一台电脑") if entry else "合在一起"
        yield Option(value, _read(kept, asked, value, entry), who, local(entry)[5:16] if entry else "")


def _read(kept: Kept, asked: Asked, value: str, entry: Entry | None) -> str:
    """The value as a reader of the record would see it; where it has no sound shape, as it was written."""
    try:
        plain: Any = strict_json(value.encode())
        whole = {**(values_of(entry) if entry else {}), asked.name: plain}
        read = getattr(parsed(type(kept.record), json.dumps(whole, ensure_ascii=False, default=str)), asked.name)
    except (BadJson, ValueError):
        return value[:200]
    if isinstance(read, list) and asked.part is not None:
        return f"{len(read)}条：" + "、".join(masked(_hidden(asked), v) for v in read[:12])
    return masked(_hidden(asked), read)[:600] or "（空）"


def _hidden(asked: Asked) -> int:
    return asked.ask.personal if asked.ask.personal > 1 else 0
