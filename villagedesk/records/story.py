"""The story of one record: which entry was made from which, in what order, and what each has seen."""

from collections.abc import Iterable

from villagedesk.records.entry import Entry, Parent

Key = tuple[str, int]
"""An entry by its stream and its place in it."""


def parents_in(entries: Iterable[Entry]) -> dict[Key, tuple[Key, ...]]:
    """The parents of each entry among the entries of one record; "my own previous one" is spelled out, missing ones are left out.

    A parent is named by its device; it lies in the device's own stream, or in a branch of it after a fork.
    """
    by_place = sorted(entries, key=lambda e: e.key)
    if len(by_place) == 1:
        return {by_place[0].key: ()}
    named: dict[Parent, Key] = {}
    for entry in by_place:
        named.setdefault(_unbranched(entry.name), entry.key)
    last: dict[str, Key] = {}
    parents: dict[Key, tuple[Key, ...]] = {}
    for entry in by_place:
        if entry.env.par is None:
            parents[entry.key] = (last[entry.did],) if entry.did in last else ()
        else:
            wanted = (named.get(_unbranched(p)) for p in entry.env.par)
            parents[entry.key] = tuple(key for key in wanted if key)
        last[entry.did] = entry.key
    return parents


def _unbranched(name: Parent) -> Parent:
    return name._replace(did=name.did.partition(".")[0])


def seen_by(parents: dict[Key, tuple[Key, ...]], key: Key) -> set[Key]:
    """An entry and all that stand above it."""
    seen, waiting = {key}, [key]
    while waiting:
        fresh = [p for p in parents[waiting.pop()] if p not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen


def whole(known: dict[Key, Entry], parents: dict[Key, tuple[Key, ...]], entry: Entry) -> Entry:
    """The entry whose content stands for this one: itself, or where that is withheld the last one above it that we hold whole.

    `known` has parents before children.
    """
    if entry.payload is not None:
        return entry
    seen = seen_by(parents, entry.key)
    return next((e for e in reversed(known.values()) if e.key in seen and e.payload is not None), entry)


def ordered(known: dict[Key, Entry], parents: dict[Key, tuple[Key, ...]]) -> list[Key]:
    """Parents before children; hostile circles (parents that do not come before) are cut by leaving out what closes them."""
    missing = {key: len(set(parents[key])) for key in known}
    below: dict[Key, list[Key]] = {}
    for key in known:
        for parent in set(parents[key]):
            below.setdefault(parent, []).append(key)
    done: dict[Key, None] = {}
    ready = [key for key in known if not missing[key]]
    while len(done) < len(known):
        if not ready:
            ready = [key for key in known if key not in done]
            for key in ready:
                parents[key] = tuple(p for p in parents[key] if p in done)
        done.update(dict.fromkeys(sorted(ready, key=lambda k: known[k].order)))
        freed = []
        for key in ready:
            for child in below.get(key, ()):
                missing[child] -= 1
                freed += [child] if not missing[child] and child not in done else []
        ready = freed
    return list(done)
