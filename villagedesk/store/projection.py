"""The only code that turns entries into rows, search, heads and due rows: for saving, taking in, merging and rebuilding alike."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, SQLModel

from villagedesk.base.codes import level_of
from villagedesk.base.pinyin import spelled
from villagedesk.base.text import fold, grams
from villagedesk.records import upgrades
from villagedesk.records.due import Rules, dues
from villagedesk.records.entry import Entry
from villagedesk.records.kind import Choice, Part, Record, Shape, columns, fields, told
from villagedesk.records.kinds import KINDS
from villagedesk.records.merge import State, state_of, stepped
from villagedesk.records.story import parents_in
from villagedesk.records.values import parsed
from villagedesk.store import journal
from villagedesk.store.desk import run, run_each
from villagedesk.store.tables import TABLES, Clash, DueRow, Found, Head, Late, Unread, cell, put_rows, stored
from villagedesk.store.terms import RULING, rules_of

CHAIN_ONLY = frozenset({"cert", "device", "receipt"})
"""Entries that concern desks, not records: they have no row."""

SOUND = "\ufdd0"
"""What stands before a spelled name in the index: a character that no text holds."""


def record_in(cls: type[Record], doc: str | bytes, version: int, stage: str = "") -> Record:
    """The record in a payload of any version, standing at `stage` where that is not its own; ValueError when it has no sound shape."""
    if upgrades.needed(cls.kind.key, version):
        doc = json.dumps(upgrades.upgraded(cls.kind.key, version, json.loads(doc)), ensure_ascii=False)
    record = parsed(cls, doc)
    return record.model_copy(update={"stage": stage}) if stage and stage != record.stage else record


def state(entries: Sequence[Entry]) -> State:
    """The state of one record; step by step where its story is plain."""
    parents = parents_in(entries)
    one: State | None = None
    for entry in entries:
        one = stepped(one, entry, parents[entry.key])
        if one is None:
            return state_of(entries)
    assert one is not None  # noqa: S101 -- a record has at least one entry
    return one


class NotShown(Exception):
    """Why a record has no row: its kind is `newer` than this program, not for a desk of its level (`foreign`), its content is
    `withheld`, or has no sound `shape`."""


@dataclass
class _Batch:
    """Rows gathered for one executemany each."""

    gone: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)
    clashes: list[dict[str, Any]] = field(default_factory=list)
    late: list[dict[str, Any]] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    bare: list[dict[str, Any]] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)
    due: list[dict[str, Any]] = field(default_factory=list)


class Projection:
    """Projects records of one session.  `devs` maps did → device row."""

    def __init__(self, session: Session, devs: dict[str, int]) -> None:
        self.session = session
        self.devs = devs
        self._rules: dict[str, Rules] = {}

    def put(self, kind: str, touched: Iterable[tuple[str, str]], *, fresh: bool = False) -> None:
        """Project the records (org, id) of one kind anew from all their entries, which are in the journal already.

        `fresh` says that none of them has been projected before, so that nothing needs to be cleared away.
        """
        keys = list(dict.fromkeys(touched))
        for start in range(0, len(keys), 2_000):
            part = keys[start : start + 2_000]
            self.place(kind, journal.of_records(self.session, kind, part), fresh=fresh)

    def place(self, kind: str, records: dict[tuple[str, str], list[Entry]], *, fresh: bool) -> None:
        """Project records whose entries are all at hand."""
        if kind in CHAIN_ONLY:
            return
        batch = _Batch()
        for (org, identifier), entries in records.items():
            self._project(batch, org, kind, identifier, entries)
        self._write(batch, fresh=fresh)
        if kind in RULING:
            for org in dict.fromkeys(org for org, _ in records):
                self._reckon(org)

    def _reckon(self, org: str) -> None:
        """Due dates of every record of a unit anew: what they are reckoned by has changed."""
        self._rules.pop(org, None)
        for kind, cls in KINDS.items():
            if cls.dues is Record.dues:
                continue
            run(self.session, "DELETE FROM due WHERE org = ? AND kind = ?", (org, kind))
            rows = run(self.session, f"SELECT id, doc, sv, stage FROM kind_{kind} WHERE org = ? AND struck = 0", (org,))
            found = [
                one
                for identifier, doc, sv, stage in rows.fetchall()
                for one in self._due({"org": org, "kind": kind, "id": identifier}, record_in(cls, doc, sv, stage))
            ]
            put_rows(self.session, stored(DueRow), found)

    def _due(self, key: dict[str, Any], record: Record) -> list[dict[str, Any]]:
        """The due rows of a record; the rules are read when the first one asks for something."""
        if not record.dues():
            return []
        if key["org"] not in self._rules:
            self._rules[key["org"]] = rules_of(self.session, key["org"])
        return [
            {
                **key, "on": d.on.isoformat(), "what": d.what, "basis": d.basis, "law": d.law,
                "moot": d.moot.isoformat() if d.moot else "",
            }
            for d in dues(record, self._rules[key["org"]])
        ]  # fmt: skip

    def row(
        self, org: str, kind: str, identifier: str, entries: Sequence[Entry], now: State
    ) -> tuple[dict[str, Any], Record]:
        """The row of a record and what stands in it; `NotShown` says why there is none."""
        cls = KINDS.get(kind)
        if cls is None:
            raise NotShown("newer")
        if level_of(org) not in cls.kind.levels:
            raise NotShown("foreign")
        if now.shown.payload is None:
            raise NotShown("withheld")
        try:
            doc = (
                json.dumps(now.values, ensure_ascii=False, separators=(",", ":"))
                if now.merged
                else now.shown.payload.decode()
            )
            stage = ""  # that of the content
            if now.sealed:
                stage = cls.kind.flow.sealing if now.behind else now.stage
            record = record_in(cls, doc, now.shown.env.sv, stage)
        except (ValidationError, ValueError, TypeError):
            raise NotShown("shape") from None
        made_from = len(entries) + sum(e.payload is not None for e in entries)
        row = {
            "org": org, "id": identifier, "dev": self.devs[now.shown.did], "seq": now.shown.env.seq, "made_from": made_from,
            "stage": record.stage, "edition": now.edition, "struck": int(now.struck), "behind": int(now.behind), "sv": now.shown.env.sv,
            "title": record.title, "doc": doc, **_cells(record),
        }  # fmt: skip
        return row, record

    def _project(self, batch: _Batch, org: str, kind: str, identifier: str, entries: Sequence[Entry]) -> None:
        key, now = {"org": org, "kind": kind, "id": identifier}, state(entries)
        batch.gone.append(key)
        batch.heads += [{**key, "dev": self.devs[e.did], "seq": e.env.seq} for e in now.heads]
        batch.late += [{**key, "dev": self.devs[e.did], "seq": e.env.seq} for e in now.late]
        batch.clashes += [
            {**key, "field": c.field, "options": json.dumps(c.options, ensure_ascii=False)} for c in now.conflicts
        ]
        try:
            row, record = self.row(org, kind, identifier, entries, now)
        except NotShown as why:
            batch.unread.append({**key, "why": str(why)})
            batch.bare.append(key)
            return
        batch.rows.setdefault(kind, []).append(row)
        if not now.struck:
            batch.found.append({**key, "text": searched(record)})
            batch.names.append(names(record))
            batch.due += self._due(key, record)

    def _write(self, batch: _Batch, *, fresh: bool) -> None:
        if not fresh:
            keys = [(k["org"], k["kind"], k["id"]) for k in batch.gone]
            for clearing in _CLEARING:
                run_each(self.session, clearing, keys)
        models: tuple[tuple[type[SQLModel], list[dict[str, Any]]], ...] = (
            (Head, batch.heads), (Clash, batch.clashes), (Late, batch.late), (Unread, batch.unread), (DueRow, batch.due),
        )  # fmt: skip
        for model, rows in models:
            put_rows(self.session, stored(model), rows)
        if not fresh:
            for key in batch.bare:
                if key["kind"] in TABLES:
                    gone = f"DELETE FROM {TABLES[key['kind']].name} WHERE org = ? AND id = ?"
                    run(self.session, gone, (key["org"], key["id"]))
        for kind, rows in batch.rows.items():
            put_rows(self.session, TABLES[kind], rows)
        self._index(batch.found, batch.names)

    def _index(self, found: list[dict[str, Any]], called: list[list[str]]) -> None:
        if not found:
            return
        last = run(self.session, "SELECT max(row) FROM found").fetchone()[0] or 0
        for i, one in enumerate(found, last + 1):
            one["row"] = i
        put_rows(self.session, stored(Found), found)
        words = [
            (one["row"], " ".join([*grams(one["text"]), *map(_sounds, own)]))
            for one, own in zip(found, called, strict=True)
        ]
        run_each(self.session, "INSERT INTO words(rowid, grams) VALUES (?, ?)", words)


@lru_cache(4_096)
def _sounds(name: str) -> str:
    """The terms a name is found by when it is typed in letters."""
    return " ".join(SOUND + way for way in spelled(name))


_CLEARING = (
    "DELETE FROM words WHERE rowid IN (SELECT row FROM found WHERE org = ? AND kind = ? AND id = ?)",
    *(
        f"DELETE FROM {table.__tablename__} WHERE org = ? AND kind = ? AND id = ?"
        for table in (Head, Clash, Late, Unread, Found, DueRow)
    ),
)
"""What is known of a record beside its row is thrown away before it is projected anew."""


def _cells(record: Record) -> dict[str, Any]:
    cls = type(record)
    cells = {name: cell(getattr(record, name)) for name in _indexed(cls)}
    return cells | {name: int(one.count(record)) for name, one in columns(cls).items()}


@cache
def _indexed(cls: type[Record]) -> tuple[str, ...]:
    return tuple(asked.name for asked in fields(cls) if asked.ask.indexed)


def searched(record: Record) -> str:
    """The words a record is found by, folded."""
    said: list[str] = []
    for name in _sought(type(record)):
        _speak(getattr(record, name), said)
    return fold(" ".join(said))


def names(record: Record) -> list[str]:
    """The people a record is found by, who are found by the sound of their names too."""
    found = [called for name in _named(type(record)) for called in _called(getattr(record, name))]
    return list(dict.fromkeys(found))


@cache
def _named(cls: type[Record]) -> tuple[str, ...]:
    return tuple(
        asked.name
        for asked in fields(cls)
        if asked.ask.search and asked.ask.personal == 1 and asked.shape is not Shape.PROSE
    )


def _called(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Part):
        yield getattr(value, value.short)
    elif isinstance(value, list):
        for inner in value:
            yield from _called(inner)


@cache
def _sought(cls: type[Record]) -> tuple[str, ...]:
    return tuple(asked.name for asked in fields(cls) if asked.ask.search)


@cache
def _told(cls: type[Part]) -> tuple[str, ...]:
    return tuple(asked.name for asked in told(cls))


def _speak(value: Any, said: list[str]) -> None:
    """Add the words of a value, without its ids."""
    if type(value) is str:
        said.append(value)
    elif isinstance(value, Part):
        for name in _told(type(value)):
            if inner := getattr(value, name):
                _speak(inner, said)
    elif isinstance(value, list):
        for inner in value:
            _speak(inner, said)
    elif isinstance(value, Choice):
        said.append(value.label)
