"""The state of one record: a pure function of the set of its entries.

Order of arrival, batching, doubling and clocks cannot matter: parents decide what is kept (stick.md A3, A5).  Two entries
made from the same one are merged three ways against it: different fields silently, lines of a list by their `lid`, the same
field twice is a conflict that shows one value and keeps both.  What stands beside or after a seal is late: kept, not applied.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from villagedesk.records.entry import Entry
from villagedesk.records.story import Key, ordered, parents_in, seen_by, whole
from villagedesk.records.values import BadJson, strict_json


@dataclass(frozen=True)
class Conflict:
    """One field changed on two sides: every value, and the entry it came from; the first one is shown."""

    field: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class State:
    """What a record is now.

    Attributes: `shown` the entry whose bytes are shown where nothing had to be merged; `given` the shown values where they are
    not just those of that entry; `heads` the entries a next change is made from; `edition` 第n版, 0 until first sealed; `late`
    entries kept and not applied; `behind` whether the newest content is withheld from us, so that an older one is shown, or none.
    """

    shown: Entry
    given: dict[str, Any] | None
    heads: tuple[Entry, ...]
    edition: int = 0
    sealed: bool = False
    struck: bool = False
    conflicts: tuple[Conflict, ...] = ()
    late: tuple[Entry, ...] = field(default=())
    behind: bool = False

    def __eq__(self, other: object) -> bool:
        alike = ("shown", "values", "heads", "edition", "sealed", "struck", "conflicts", "late", "behind")
        return isinstance(other, State) and all(getattr(self, name) == getattr(other, name) for name in alike)

    __hash__ = None  # type: ignore[assignment]  # values have none

    @cached_property
    def values(self) -> dict[str, Any]:
        """The shown values; they are read when somebody asks for them, which most records of a bundle are spared."""
        return values_of(self.shown) if self.given is None else self.given

    @property
    def stage(self) -> str:
        """Where the record stands."""
        stage: str = self.values.get("_stage", "")
        return stage

    @property
    def merged(self) -> bool:
        """Whether the shown values are nobody's bytes but a merge."""
        return len(self.heads) > 1 and not self.sealed


FREE = ("move", "del", "revive", "erase")
"""What may follow a seal without being an amendment: none of them changes the content."""


_UNKNOWN = object()
"""What a field was where those that two sides started from do not agree: equal to no value."""


def values_of(entry: Entry) -> dict[str, Any]:
    """The values an entry carries; empty where they were withheld or erased, or are no sound object."""
    try:
        values = strict_json(entry.payload) if entry.payload is not None else {}
    except BadJson:
        return {}
    stage = values.get("_stage", "") if isinstance(values, dict) else None
    return values if isinstance(stage, str) and stage.isascii() else {}


def state_of(entries: Iterable[Entry]) -> State:
    """The state out of all entries of one record (at least one)."""
    known = {e.key: e for e in entries}
    parents = parents_in(known.values())
    known = {key: known[key] for key in ordered(known, parents)}
    edition: dict[Key, int] = {}
    struck: dict[Key, bool] = {}
    seals: list[Key] = []
    for key, entry in known.items():
        ups = parents[key]
        edition[key] = max((edition[p] for p in ups), default=0)
        if entry.env.op == "seal" and (not edition[key] or [known[p].env.op for p in ups] == ["amend"]):
            edition[key] += 1
            seals.append(key)
        struck[key] = entry.env.op == "del" or (entry.env.op != "revive" and bool(ups) and all(struck[p] for p in ups))
    if seals:
        return _sealed(known, parents, edition, struck, seals)
    inner = {p for ups in parents.values() for p in ups}
    tips = tuple(sorted((e for k, e in known.items() if k not in inner), key=lambda e: e.order))
    values, clashes = _Story(known, parents).shown(tips)
    told = [whole(known, parents, tip) for tip in tips]
    conflicts = tuple(Conflict(name, _options(name, told, values)) for name in clashes)
    gone = all(struck[tip.key] for tip in tips)
    behind = any(tip.payload is None for tip in tips)
    return State(told[-1], values, tips, 0, False, gone, conflicts, (), behind)


def _sealed(
    known: dict[Key, Entry],
    parents: dict[Key, tuple[Key, ...]],
    edition: dict[Key, int],
    struck: dict[Key, bool],
    seals: list[Key],
) -> State:
    """The newest edition; of rivals the one first in order.  Free entries that follow it move its stage or strike it."""
    newest = max(edition[k] for k in seals)
    best = min((k for k in seals if edition[k] == newest), key=lambda k: known[k].order)
    applied = seen_by(parents, best)
    tip, shown = best, whole(known, parents, known[best])
    stage = values_of(shown).get("_stage", "")
    after: dict[Key, list[Key]] = {}
    for key, ups in parents.items():
        if len(ups) == 1 and known[key].env.op in (*FREE, "amend"):
            after.setdefault(ups[0], []).append(key)
    while tip in after and known[tip].env.op != "amend":
        tip = min(after[tip], key=lambda k: known[k].order)
        applied.add(tip)
        if known[tip].env.op == "move":
            stage = values_of(known[tip]).get("_stage", stage)
    late = tuple(known[k] for k in sorted(known, key=lambda k: known[k].order) if k not in applied)
    values = {**values_of(shown), "_stage": stage}
    behind = any(known[k].payload is None for k in (best, tip))
    return State(shown, values, (known[tip],), newest, True, struck[tip], (), late, behind)


_DEPTH = 16
"""How often those that two sides started from may have to be merged themselves; further back they count as unknown."""


@dataclass
class _Story:
    """The entries of one record, parents before children, the parents of each, and the bases worked out before."""

    known: dict[Key, Entry]
    parents: dict[Key, tuple[Key, ...]]
    bases: dict[frozenset[Key], dict[str, Any]] = field(default_factory=dict)

    def shown(self, tips: Sequence[Entry]) -> tuple[dict[str, Any], list[str]]:
        """The tips, oldest first, merged, and the fields that clash: only there the clocks say which value is shown."""
        values, clashes = self.folded(sorted(tips, key=lambda e: e.key))
        if clashes:
            newest, _ = self.folded(tips)
            values = {n: v for n, v in values.items() if n not in clashes}
            values |= {n: newest[n] for n in clashes if n in newest}
        return values, clashes

    def folded(self, tips: Sequence[Entry], depth: int = 0) -> tuple[dict[str, Any], list[str]]:
        """The tips merged one after the other, each against what it has seen in common with those before; and what clashes."""
        values, clashes = self._content(tips[0]), set()
        seen = seen_by(self.parents, tips[0].key)
        for tip in tips[1:]:
            own = seen_by(self.parents, tip.key)
            values, names = merged(self._base(seen & own, depth), values, self._content(tip))
            clashes.update(names)
            seen |= own
        return values, sorted(clashes)

    def _content(self, entry: Entry) -> dict[str, Any]:
        return values_of(whole(self.known, self.parents, entry))

    def _base(self, common: set[Key], depth: int) -> dict[str, Any]:
        """The last entry both sides have seen, by parents and not by clocks.  Where there are several, it is their own
        merge, in which what clashes is unknown."""
        last = frozenset(common.difference(*(self.parents[k] for k in common)))
        if not last or depth > _DEPTH:
            return {}
        if last not in self.bases:
            values, clashes = self.folded([self.known[k] for k in sorted(last)], depth + 1)
            self.bases[last] = {**values, **dict.fromkeys(clashes, _UNKNOWN)}
        return self.bases[last]


def _options(name: str, tips: Sequence[Entry], shown: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Every value of a field as JSON, each once, the shown one first, with the last entry that holds it."""
    options: dict[str, str] = {}
    for tip in reversed(tips):
        options.setdefault(_spelled(values_of(tip).get(name)), f"{tip.did}:{tip.env.seq}")
    first = _spelled(shown.get(name))
    return tuple(sorted(options.items(), key=lambda option: option[0] != first))


def _spelled(value: Any) -> str:
    """A value as JSON that can be kept: hostile halves of characters stay escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return text.encode("utf-8", "backslashreplace").decode()


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
    """Whether a value is a list of lines, each with a `lid` of its own."""
    if not isinstance(value, list) or not all(isinstance(line, dict) for line in value):
        return False
    lids = [line.get("lid") for line in value]
    return all(isinstance(lid, str) and lid for lid in lids) and len(set(lids)) == len(lids)


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


def _sealing(entry: Entry) -> dict[str, Any]:
    values = values_of(entry)
    return {**values, "_stage": values.get("_stage", "")}


def stepped(state: State | None, entry: Entry, parents: tuple[Key, ...]) -> State | None:
    """The state after one more entry where that is plain: made from the only head, nothing late, nothing merged.

    None where all entries must be looked at.  Equals `state_of` of the same set (a property of the tests).
    """
    op, behind = entry.env.op, entry.payload is None
    if state is None:
        if not parents and op == "set":
            return State(entry, None, (entry,), behind=behind)
        if not parents and op == "seal":
            return State(entry, _sealing(entry), (entry,), 1, True, behind=behind)
        return None
    if behind != (state.shown.payload is None) or state.behind != behind:
        return None
    if len(state.heads) != 1 or parents != (state.heads[0].key,) or state.late or state.conflicts:
        return None
    before = state.heads[0].env.op
    if op in ("set", "merge") and not state.sealed:
        return State(entry, None, (entry,), 0, False, state.struck, behind=behind)
    if op == "seal" and (not state.sealed or before == "amend"):
        return State(entry, _sealing(entry), (entry,), state.edition + 1, True, state.struck, behind=behind)
    if state.sealed and before != "amend" and op in ("move", "del", "revive", "amend"):
        stage = values_of(entry).get("_stage", state.stage) if op == "move" else state.stage
        struck = {"del": True, "revive": False}.get(op, state.struck)
        values = {**state.values, "_stage": stage}
        return State(state.shown, values, (entry,), state.edition, True, struck, behind=behind)
    if not state.sealed and op in ("del", "revive", "move"):
        struck = op == "del" or (op == "move" and state.struck)
        return State(entry, None, (entry,), 0, False, struck, behind=behind)
    return None
