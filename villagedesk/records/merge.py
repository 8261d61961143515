"""The state of one record: a pure function of the set of its entries.

Order of arrival, batching, doubling and clocks cannot matter: parents decide what is kept (stick.md A3, A5).  Two entries
made from the same one are merged three ways against it: different fields silently, lines of a list by their `lid`, the same
field twice is a conflict that shows one value and keeps both.  What stands beside or after a seal is late: kept, not applied.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from villagedesk.records.entry import Entry
from villagedesk.records.values import BadJson, strict_json


@dataclass(frozen=True)
class Conflict:
    """One field changed on two sides: every value, and the entry it came from; the first one is shown."""

    field: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class State:
    """What a record is now.

    Attributes: `shown` the entry whose bytes are shown where nothing had to be merged; `values` the shown values; `heads` the
    entries a next change is made from; `edition` 第n版, 0 until first sealed; `late` entries kept and not applied.
    """

    shown: Entry
    values: dict[str, Any]
    heads: tuple[Entry, ...]
    stage: str
    edition: int = 0
    sealed: bool = False
    struck: bool = False
    conflicts: tuple[Conflict, ...] = ()
    late: tuple[Entry, ...] = field(default=())

    @property
    def merged(self) -> bool:
        """Whether the shown values are nobody's bytes but a merge."""
        return len(self.heads) > 1 and not self.sealed


FREE = ("move", "del", "revive", "erase")
"""What may follow a seal without being an amendment: none of them changes the content."""


_NONE: tuple[Conflict, ...] = ()


def values_of(entry: Entry) -> dict[str, Any]:
    """The values an entry carries; empty where they were withheld or erased, or are no sound object."""
    try:
        values = strict_json(entry.payload) if entry.payload is not None else {}
    except BadJson:
        return {}
    stage = values.get("_stage", "") if isinstance(values, dict) else None
    return values if isinstance(stage, str) and stage.isascii() else {}


def parents_in(entries: Iterable[Entry]) -> dict[tuple[str, int], tuple[tuple[str, int], ...]]:
    """The parents of each entry among the entries of one record; "my own previous one" is spelled out."""
    ordered = sorted(entries, key=lambda e: e.key)
    known = {e.key: e for e in ordered}
    last: dict[str, tuple[str, int]] = {}
    parents: dict[tuple[str, int], tuple[tuple[str, int], ...]] = {}
    for entry in ordered:
        if entry.env.par is None:
            parents[entry.key] = (last[entry.did],) if entry.did in last else ()
        else:
            parents[entry.key] = tuple(
                (_stream(p.did, p.seq, p.hash8, known), p.seq)
                for p in entry.env.par
                if _stream(p.did, p.seq, p.hash8, known)
            )
        last[entry.did] = entry.key
    return parents


def _stream(did: str, seq: int, hash8: str, known: dict[tuple[str, int], Entry]) -> str:
    """The stream that holds the named parent: the device's own, or a branch of it after a fork; "" when it is missing."""
    for key, entry in known.items():
        if key[1] == seq and key[0].partition(".")[0] == did.partition(".")[0] and entry.hash.hex().startswith(hash8):
            return key[0]
    return ""


def state_of(entries: Iterable[Entry]) -> State:
    """The state out of all entries of one record (at least one)."""
    known = {e.key: e for e in entries}
    parents = parents_in(known.values())
    order = _topological(known, parents)
    above: dict[tuple[str, int], set[tuple[str, int]]] = {}
    edition: dict[tuple[str, int], int] = {}
    struck: dict[tuple[str, int], bool] = {}
    for key in order:
        entry, ups = known[key], parents[key]
        above[key] = set(ups).union(*(above[p] for p in ups)) if ups else set()
        edition[key] = max((edition[p] for p in ups), default=0) + (entry.env.op == "seal")
        struck[key] = entry.env.op == "del" or (entry.env.op != "revive" and bool(ups) and all(struck[p] for p in ups))
    seals = [k for k in order if known[k].env.op == "seal"]
    if seals:
        return _sealed(known, parents, order, above, edition, struck, seals)
    heads = [k for k in order if not any(k in parents[c] for c in order)]
    tips = tuple(known[k] for k in sorted(heads, key=lambda k: known[k].order))
    shown = max(tips, key=lambda e: e.order)
    values, conflicts = values_of(shown), _NONE
    if len(tips) > 1:
        values, conflicts = _fold(tips, known, above)
    gone = all(struck[k] for k in heads)
    return State(shown, values, tips, values.get("_stage", ""), 0, False, gone, conflicts)


def _sealed(
    known: dict[tuple[str, int], Entry],
    parents: dict[tuple[str, int], tuple[tuple[str, int], ...]],
    order: list[tuple[str, int]],
    above: dict[tuple[str, int], set[tuple[str, int]]],
    edition: dict[tuple[str, int], int],
    struck: dict[tuple[str, int], bool],
    seals: list[tuple[str, int]],
) -> State:
    """The newest edition; of rivals the one first in order.  Free entries that follow it move its stage or strike it."""
    newest = max(edition[k] for k in seals)
    best = min((k for k in seals if edition[k] == newest), key=lambda k: known[k].order)
    applied = {best} | above[best]
    tip, shown = best, known[best]
    stage = values_of(shown).get("_stage", "")
    for key in sorted((k for k in order if best in above[k]), key=lambda k: (len(above[k]), known[k].order)):
        entry = known[key]
        if entry.env.op in (*FREE, "amend") and parents[key] == (tip,) and known[tip].env.op != "amend":
            applied.add(key)
            tip = key
            if entry.env.op == "move":
                stage = values_of(entry).get("_stage", stage)
    late = tuple(known[k] for k in sorted(known, key=lambda k: known[k].order) if k not in applied)
    values = {**values_of(shown), "_stage": stage}
    return State(shown, values, (known[tip],), stage, newest, True, struck[tip], (), late)


def _topological(
    known: dict[tuple[str, int], Entry], parents: dict[tuple[str, int], tuple[tuple[str, int], ...]]
) -> list[tuple[str, int]]:
    """Parents before children; hostile circles (parents that do not come before) are cut by leaving out what closes them."""
    done: dict[tuple[str, int], None] = {}
    waiting = sorted(known, key=lambda k: known[k].order)
    while waiting:
        ready = [k for k in waiting if all(p in done for p in parents[k])]
        if not ready:
            for key in waiting:
                parents[key] = tuple(p for p in parents[key] if p in done)
            ready = waiting
        done.update(dict.fromkeys(ready))
        waiting = [k for k in waiting if k not in done]
    return list(done)


def _fold(
    tips: tuple[Entry, ...], known: dict[tuple[str, int], Entry], above: dict[tuple[str, int], set[tuple[str, int]]]
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """All tips merged, one after the other in order, each pair against the newest entry both have seen."""
    seen = above[tips[0].key] | {tips[0].key}
    values = values_of(tips[0])
    clashes: dict[str, dict[str, str]] = {}
    for tip in tips[1:]:
        common = seen & (above[tip.key] | {tip.key})
        base = values_of(max((known[k] for k in common), key=lambda e: e.order)) if common else {}
        values, fields = merged(base, values, values_of(tip))
        for name in fields:
            clashes.setdefault(name, {})
        seen |= above[tip.key] | {tip.key}
    for name, options in clashes.items():
        for tip in reversed(tips):
            options.setdefault(json.dumps(values_of(tip).get(name), ensure_ascii=False, sort_keys=True), _name(tip))
    return values, tuple(
        Conflict(name, tuple((v, e) for v, e in options.items())) for name, options in sorted(clashes.items())
    )


def _name(entry: Entry) -> str:
    return f"{entry.did}:{entry.env.seq}"


def merged(base: dict[str, Any], left: dict[str, Any], right: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Three-way merge by field.  Returns the values and the names of fields changed on both sides; there the right one is shown."""
    out: dict[str, Any] = {}
    clashes: list[str] = []
    for name in dict.fromkeys([*left, *right]):
        if name in ("_s", "_r"):
            continue
        b, a, z = base.get(name), left.get(name), right.get(name)
        if z in (a, b):
            value = a
        elif a == b:
            value = z
        elif isinstance(a, list) and isinstance(z, list) and all(_lined(v) for v in (a, z, b or [])):
            value, inner = merged_lines(b or [], a, z)
            clashes += [name] if inner else []
        else:
            value = z
            clashes.append(name)
        if value is not None:
            out[name] = value
    return out, clashes


def _lined(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and v.get("lid") for v in value)


def merged_lines(base: list[Any], left: list[Any], right: list[Any]) -> tuple[list[Any], bool]:
    """Lines by `lid`: added on either side stays, removed and untouched goes, removed and changed stays."""
    b, a, z = ({line["lid"]: line for line in lines} for lines in (base, left, right))
    out, clash = [], False
    for lid in dict.fromkeys([*z, *a]):
        if lid in a and lid in z:
            line, inner = merged(b.get(lid, {}), a[lid], z[lid])
            out.append(line)
            clash = clash or bool(inner)
        elif lid in a or lid in z:
            line = a.get(lid) or z[lid]
            if lid not in b or line != b[lid]:
                out.append(line)
    return out, clash


def stepped(state: State | None, entry: Entry, parents: tuple[tuple[str, int], ...]) -> State | None:
    """The state after one more entry where that is plain: made from the only head, nothing late, nothing merged.

    None where all entries must be looked at.  Equals `state_of` of the same set (a property of the tests).
    """
    op = entry.env.op
    if state is None:
        if parents or op not in ("set", "seal"):
            return None
        values = values_of(entry)
        return State(entry, values, (entry,), values.get("_stage", ""), int(op == "seal"), op == "seal")
    if len(state.heads) != 1 or parents != (state.heads[0].key,) or state.late or state.conflicts:
        return None
    before = state.heads[0].env.op
    if op in ("set", "merge") and not state.sealed:
        values = values_of(entry)
        return State(entry, values, (entry,), values.get("_stage", ""), 0, False, state.struck)
    if op == "seal" and (not state.sealed or before == "amend"):
        values = values_of(entry)
        return State(entry, values, (entry,), values.get("_stage", ""), state.edition + 1, True, state.struck)
    if state.sealed and before != "amend" and op in ("move", "del", "revive", "amend"):
        stage = values_of(entry).get("_stage", state.stage) if op == "move" else state.stage
        struck = {"del": True, "revive": False}.get(op, state.struck)
        return State(state.shown, {**state.values, "_stage": stage}, (entry,), stage, state.edition, True, struck)
    if not state.sealed and op in ("del", "revive", "move"):
        values = values_of(entry)
        return State(
            entry, values, (entry,), values.get("_stage", ""), 0, False, op == "del" or (op == "move" and state.struck)
        )
    return None
