"""Stories of one record: two or three laptops that write, carry each other's entries, and have clocks of their own."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from villagedesk.base.clock import Stamp
from villagedesk.records.entry import START, Entry, Envelope, Parent, payload_of, written
from villagedesk.records.merge import State, state_of

DIDS = ("AAAAAAAAAAAAAAA1", "BBBBBBBBBBBBBBB2", "CCCCCCCCCCCCCCC3")
RECORD = "0123456789AB"
NOON = 1_800_000_000_000
DAY = 86_400_000

Key = tuple[str, int]
Step = tuple[int, str, int]

ACTIONS = (
    "x", "y", "drop", "line+", "line~", "line-", "seal", "amend", "move", "del", "revive", "take", "take own", "clock",
)  # fmt: skip

_WHO, _WHICH = st.integers(0, 2), st.integers(0, 5)
STEPS = st.lists(st.tuples(_WHO, st.sampled_from(ACTIONS), _WHICH), min_size=2, max_size=24)
DRAFTS = st.lists(
    st.tuples(_WHO, st.sampled_from(("x", "y", "drop", "line+", "line~", "line-", "take", "take", "take")), _WHICH),
    min_size=4,
    max_size=24,
)
"""Stories in which nothing is sealed or struck, so that there is much to merge."""


def entry(
    did: str, seq: int, op: str, payload: bytes, previous: bytes, par: Iterable[Parent] | None, stamp: Stamp
) -> Entry:
    """One entry of the record."""
    parents = None if par is None else tuple(par)
    return written(
        did, Envelope(seq, str(stamp), "ok", "meeting", RECORD, op, parents, "K7Q2M9XA", 1), payload, previous
    )


@dataclass
class Laptop:
    """One device: its chain and clock, and all entries it holds."""

    did: str
    ms: int = NOON
    chain: list[Entry] = field(default_factory=list)
    held: dict[Key, Entry] = field(default_factory=dict)

    @property
    def state(self) -> State | None:
        return state_of(self.held.values()) if self.held else None

    def write(self, op: str, values: dict[str, Any]) -> Entry:
        """The next entry, made from the heads as this laptop knows them; the rule of `journal.append`."""
        heads = sorted(self.state.heads, key=lambda e: e.key) if self.state else []
        own = self.chain[-1:]
        par = None if heads == own else [e.name for e in heads]
        self.ms += 1
        previous = self.chain[-1].hash if self.chain else START
        one = entry(self.did, len(self.chain) + 1, op, payload_of(values), previous, par, Stamp(self.ms))
        self.chain.append(one)
        self.held[one.key] = one
        return one

    def take(self, entries: Iterable[Entry]) -> None:
        self.held |= {e.key: e for e in entries}


@dataclass
class Story:
    """What the laptops did.  `polite`: they keep to the rules the program keeps."""

    laptops: list[Laptop]
    polite: bool
    count: int = 0

    @property
    def entries(self) -> list[Entry]:
        """All there are, by device."""
        return [e for laptop in self.laptops for e in laptop.chain]

    def token(self) -> str:
        """A value nobody has written yet."""
        self.count += 1
        return f"v{self.count}"

    def step(self, who: int, action: str, number: int) -> None:  # noqa: PLR0912 -- a table of what may happen
        laptop = self.laptops[who % len(self.laptops)]
        other = self.laptops[(who + 1 + number) % len(self.laptops)]
        state = laptop.state
        values = {k: v for k, v in (state.values if state else {"_stage": "draft"}).items() if k not in ("_s", "_r")}
        lines = list(values.get("lines", []))
        open_ = state is None or not state.sealed or not self.polite
        match action:
            case "take":
                laptop.take(other.held.values())
            case "take own":
                laptop.take(other.chain)
            case "clock":
                laptop.ms += (number + 1) * DAY
            case "x" | "y" if open_:
                self._set(laptop, {**values, action: self.token()})
            case "drop" if open_ and "y" in values:
                self._set(laptop, {k: v for k, v in values.items() if k != "y"})
            case "line+" if open_:
                token = self.token()
                self._set(laptop, {**values, "lines": [*lines, {"lid": f"L{token}", "n": token}]})
            case "line~" if open_ and lines:
                lines[number % len(lines)] = {**lines[number % len(lines)], "n": self.token()}
                self._set(laptop, {**values, "lines": lines})
            case "line-" if open_ and lines:
                del lines[number % len(lines)]
                self._set(laptop, {**values, "lines": lines})
            case "seal" if open_:
                laptop.write("seal", {**values, "_stage": "final"})
            case "amend" if state is not None and state.sealed:
                amended = {**values, "x": self.token()}
                laptop.write("amend", amended)
                laptop.write("seal", amended)
            case "move" if state is not None:
                laptop.write("move", {**values, "_stage": f"s{number}"})
            case "del" if state is not None and not state.struck:
                laptop.write("del", values)
            case "revive" if state is not None and state.struck:
                laptop.write("revive", values)

    def _set(self, laptop: Laptop, values: dict[str, Any]) -> None:
        laptop.write("merge" if laptop.state and laptop.state.conflicts else "set", values)


def told(steps: list[Step], *, laptops: int = 3, polite: bool = True) -> Story:
    """Play a story.  No two clocks agree: each laptop's is a day behind the one before."""
    story = Story([Laptop(did, NOON - i * DAY) for i, did in enumerate(DIDS[:laptops])], polite)
    for step in steps:
        story.step(*step)
    return story


_SKEWED = st.lists(st.tuples(_WHO, st.sampled_from(("x", "y", "take", "take")), st.just(0)), min_size=6, max_size=12)
skewed = st.builds(told, _SKEWED, laptops=st.just(2)).filter(lambda s: len(s.entries) > 3)
"""Two laptops whose clocks differ and who take each other's entries often."""
stories = st.builds(told, STEPS, laptops=st.integers(2, 3)).filter(lambda s: len(s.entries) > 1)
drafts = st.builds(told, DRAFTS, laptops=st.integers(2, 3)).filter(lambda s: len(s.entries) > 2)
rude = st.builds(told, STEPS, laptops=st.integers(2, 3), polite=st.just(False)).filter(lambda s: len(s.entries) > 1)


def restamped(story: Story, stamp: Callable[[Entry], Stamp]) -> list[Entry]:
    """The same entries as other clocks would have stamped them: other times and hashes, the same values and parents."""
    known = {e.key: e for e in story.entries}
    done: dict[Key, Entry] = {}

    def place(key: Key) -> Entry:
        if key not in done:
            old = known[key]
            previous = place((key[0], key[1] - 1)).hash if key[1] > 1 else START
            par = None if old.env.par is None else [place((p.did, p.seq)).name for p in old.env.par]
            assert old.payload is not None
            done[key] = entry(key[0], key[1], old.env.op, old.payload, previous, par, stamp(old))
        return done[key]

    return [place(e.key) for e in story.entries]


def ancestors(entries: Iterable[Entry]) -> dict[Key, set[Key]]:
    """What each entry has seen, worked out apart from the code under test."""
    known = {e.key: e for e in entries}
    seen: dict[Key, set[Key]] = {}

    def of(key: Key) -> set[Key]:
        if key not in seen:
            one = known[key]
            if one.env.par is None:
                before = [k for k in known if k[0] == key[0] and k[1] < key[1]]
                ups = [max(before, key=lambda k: k[1])] if before else []
            else:
                ups = [(p.did, p.seq) for p in one.env.par if (p.did, p.seq) in known]
            seen[key] = set(ups).union(*(of(up) for up in ups))
        return seen[key]

    return {key: of(key) for key in known}


def values(one: Entry) -> dict[str, Any]:
    assert one.payload is not None
    found: dict[str, Any] = json.loads(one.payload)
    return found


def pieces(content: dict[str, Any]) -> dict[str, str]:
    """The content in its smallest parts that are merged: x, y, and each line by its lid."""
    lines = {f"lines/{line['lid']}": line["n"] for line in content.get("lines", [])}
    return {k: content[k] for k in ("x", "y") if k in content} | lines


def withheld(one: Entry) -> Entry:
    """The entry as a stub."""
    return replace(one, payload=None)
