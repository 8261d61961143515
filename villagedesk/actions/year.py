"""A year of the village of the demonstration: what its councils did besides meeting, entry by entry, stage by stage."""

import tomllib
from collections import Counter
from typing import Any

from sqlmodel import Session

from villagedesk.actions import charters, flow, records
from villagedesk.actions.office import Office
from villagedesk.base.paths import resource
from villagedesk.records.kind import Part, Record, Shape, named
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.file import Charter
from villagedesk.records.values import dumped
from villagedesk.store import queries


def live(office: Office) -> dict[str, int]:
    """Play the year; how many records of which kind, by its name, came of it."""
    lived: Counter[str] = Counter()
    for one in tomllib.loads(resource("demo", "year.toml").read_text("utf-8"))["record"]:
        cls = KINDS[one["kind"]]
        identifier = records.save(office, cls, [_linked(office, cls, one["values"])]).ids[0]
        for line, typed in enumerate(one.get("steps", ())):
            _step(office, cls, identifier, line, typed)
        for stage in one.get("then", ()):
            typed = {k: v for k, v in stage.items() if k not in ("stage", "reason")}
            if typed:
                records.edit(office, cls, identifier, _linked(office, cls, typed))
            flow.advance(office, cls, identifier, stage["stage"], reason=stage.get("reason", ""))
        lived[cls.kind.name] += 1
    return dict(lived) | {Charter.kind.name: _charter(office)}


def _charter(office: Office) -> int:
    """The charter of the council of weddings and funerals, adopted at its first meeting of the year."""
    with office.desk.reading() as session:
        [council] = [
            k for k in queries.listed(session, office.by, Council) if isinstance(k.record, Council) and k.record.key == "hongbai"
        ]  # fmt: skip
        assert isinstance(council.record, Council)  # noqa: S101 -- councils were asked for
        meeting = _found(session, office, "meeting", "红白理事会第一季度例会")
    values = {
        "name": f"{council.record.name}章程", "council": {"id": council.id, "name": council.record.name}, "drafted_on": "2026-01-28",
        "text": charters.starting(council.record, office.desk.me.name), "tables": 20, "per_table": 320, "gift": 100, "cars": 6,
        "adopted_on": "2026-02-05", "meeting": meeting,
    }  # fmt: skip
    identifier = records.save(office, Charter, [values]).ids[0]
    flow.advance(office, Charter, identifier, "adopted")
    return 1


def _step(office: Office, cls: type[Record], identifier: str, line: int, typed: dict[str, Any]) -> None:
    """One step of a matter, written into its line."""
    with office.desk.reading() as session:
        steps = dumped(queries.one(session, office.by, cls, identifier).record)["steps"]
    part = named(cls)["steps"].part
    assert part is not None  # noqa: S101 -- steps are lines
    steps[line] |= _linked(office, part, typed)
    records.edit(office, cls, identifier, {"steps": steps})


def _linked(office: Office, cls: type[Record] | type[Part], values: dict[str, Any]) -> dict[str, Any]:
    """Names that stand for records, with the ids of those that are there."""
    asked = named(cls)
    with office.desk.reading() as session:
        return {
            key: _found(session, office, asked[key].ask.refers, value)
            if asked[key].shape is Shape.REF and isinstance(value, str)
            else value
            for key, value in values.items()
        }


def _found(session: Session, office: Office, kind: str, name: str) -> dict[str, str]:
    exact = [k for k in queries.named(session, office.by, KINDS[kind], name) if k.record.title == name] if kind else []
    return {"id": exact[0].id, "name": name} if len(exact) == 1 else {"name": name}
