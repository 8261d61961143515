"""Merging, by its properties (stick.md A9 P1, P2, P4–P6), and seeded defects that each of them must catch."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.property.dags import Story, ancestors, drafts, pieces, restamped, rude, skewed, stories, values, withheld
from villagedesk.base.clock import Stamp
from villagedesk.records import merge
from villagedesk.records.entry import Entry
from villagedesk.records.merge import State, state_of, stepped
from villagedesk.records.story import parents_in
from villagedesk.store.projection import state

any_story = st.one_of(drafts, stories, rude)


def subsets(story: Story) -> list[list[Entry]]:
    """What each laptop holds, and all there is."""
    return [*(list(laptop.held.values()) for laptop in story.laptops if laptop.held), story.entries]


# --- P1, P2: order, batching and doubling do not matter --------------------------------------------


def order_is_irrelevant(story: Story, shuffled: Callable[[list[Entry]], list[Entry]]) -> None:
    for entries in subsets(story):
        assert merge.state_of(shuffled(entries + entries)) == merge.state_of(entries)


@given(any_story, st.randoms())
def test_p1_p2_the_state_is_a_function_of_the_set_of_entries(story: Story, random: Any) -> None:
    order_is_irrelevant(story, lambda entries: random.sample(entries, len(entries)))


@given(any_story, st.randoms())
def test_p2_a_step_equals_the_whole_in_any_order_of_arrival(story: Story, random: Any) -> None:
    waiting = {laptop.did: list(laptop.chain) for laptop in story.laptops if laptop.chain}
    held: list[Entry] = []
    now: State | None = None
    while waiting:
        did = random.choice(sorted(waiting))
        held.append(waiting[did].pop(0))
        if not waiting[did]:
            del waiting[did]
        step = stepped(now, held[-1], parents_in(held)[held[-1].key])
        now = state_of(held)
        assert step in (None, now)


@given(any_story, st.randoms())
def test_p2_also_where_some_contents_are_withheld(story: Story, random: Any) -> None:
    for entries in subsets(story):
        held = [e if random.random() < 0.5 else withheld(e) for e in entries]
        now = state_of(held)
        assert state_of(random.sample(held, len(held))) == now == state(sorted(held, key=lambda e: e.key))
        full = state_of(entries)
        assert [(e.key, now.edition, now.struck) for e in now.heads] == [
            (e.key, full.edition, full.struck) for e in full.heads
        ]
        assert now.shown.payload is not None or not any(e.payload for e in held if e.key in _with_heads(now, held))
        assert now.behind or now.values == full.values or len(now.heads) > 1 or now.sealed


def _with_heads(now: State, entries: list[Entry]) -> set[Any]:
    """The shown entry and all it has seen."""
    return ancestors(entries)[now.shown.key] | {now.shown.key}


@given(any_story)
def test_p2_the_state_in_the_order_of_the_journal_equals_the_whole(story: Story) -> None:
    for entries in subsets(story):
        assert state(sorted(entries, key=lambda e: e.key)) == state_of(entries)


# --- P4: no value is lost --------------------------------------------------------------------------


def nothing_is_lost(story: Story) -> None:
    """Every value is shown, an option, late, or was replaced by somebody who had seen it."""
    for entries in subsets(story):
        seen, now = ancestors(entries), merge.state_of(entries)
        shown = pieces(now.values)
        options = {c.field: " ".join(value for value, _ in c.options) for c in now.conflicts}
        late = {e.key for e in now.late}
        for one in entries:
            before = {token for e in entries if e.key in seen[one.key] for token in pieces(values(e)).values()}
            for place, token in pieces(values(one)).items():
                if token in before:
                    continue  # carried along, not written
                kept = (
                    shown.get(place) == token
                    or json.dumps(token) in options.get(place.partition("/")[0], "")
                    or one.key in late
                    or any(one.key in seen[e.key] and pieces(values(e)).get(place) != token for e in entries)
                )
                assert kept, f"{token} of {one.key} in {place} is neither shown nor kept: {now}"


@given(any_story)
def test_p4_no_value_is_lost(story: Story) -> None:
    nothing_is_lost(story)


def nothing_is_made_up(story: Story) -> None:
    for entries in subsets(story):
        written = {piece for e in entries for piece in pieces(values(e)).items()}
        assert set(pieces(merge.state_of(entries).values).items()) <= written


@given(any_story)
def test_nothing_is_shown_that_nobody_wrote(story: Story) -> None:
    nothing_is_made_up(story)


def one_side_alone_wins(story: Story) -> None:
    """A piece only one of two heads has changed is shown as that one has it, without a question."""
    for entries in subsets(story):
        now, seen = merge.state_of(entries), ancestors(entries)
        if now.sealed or len(now.heads) != 2:
            continue
        one, other = now.heads
        common = (seen[one.key] | {one.key}) & (seen[other.key] | {other.key})
        last = common.difference(*(seen[k] for k in common))
        if len(last) != 1:
            continue
        base = pieces(values(next(e for e in entries if e.key in last)))
        left, right = pieces(values(one)), pieces(values(other))
        clashing = {c.field for c in now.conflicts}
        for place in {*base, *left, *right}:
            b, a, z = base.get(place), left.get(place), right.get(place)
            if b in (a, z):
                assert pieces(now.values).get(place) == (z if a == b else a)
            elif a != z and None not in (a, z):
                assert place.partition("/")[0] in clashing


@given(drafts)
def test_what_one_side_alone_changed_is_merged_without_a_question(story: Story) -> None:
    one_side_alone_wins(story)


# --- P5: sealed content never changes --------------------------------------------------------------


def seals_hold(story: Story) -> None:
    """Sealed content is that of a seal, of the newest edition: one that was amended to, or the first."""
    for entries in subsets(story):
        now, seen = merge.state_of(entries), ancestors(entries)
        ops = {e.key: e.env.op for e in entries}
        sealed = {k for k in ops if ops[k] == "seal"}
        assert now.sealed == bool(sealed)
        if not sealed:
            continue
        assert now.conflicts == ()
        assert now.shown.env.op == "seal"
        assert {k: v for k, v in now.values.items() if k != "_stage"} == {
            k: v for k, v in values(now.shown).items() if k != "_stage"
        }
        amended = {k for k in seen[now.shown.key] if ops[k] == "amend"}
        assert now.edition <= 1 + len(amended)
        rivals = [k for k in sealed if not any(k in seen[o] for o in sealed)]
        assert now.shown.key in rivals or any(ops[k] == "seal" and ops[p] != "amend" for k, p in _over(entries))


def _over(entries: Iterable[Entry]) -> list[tuple[Any, Any]]:
    parents = parents_in(entries)
    return [(k, p) for k, ups in parents.items() for p in ups]


@given(stories)
def test_p5_sealed_content_is_that_of_a_seal(story: Story) -> None:
    seals_hold(story)


@given(rude)
def test_p5_also_where_somebody_writes_after_a_seal(story: Story) -> None:
    seals_hold(story)


@given(st.one_of(stories, rude))
def test_p5_what_a_laptop_sees_sealed_changes_only_by_an_edition_or_a_rival(story: Story) -> None:
    for entries in subsets(story):
        ordered = sorted(entries, key=lambda e: len(ancestors(entries)[e.key]))
        before: State | None = None
        for i in range(1, len(ordered) + 1):
            now = state_of(ordered[:i])
            if before and before.sealed and now.shown != before.shown:
                assert now.edition >= before.edition
                assert now.edition > before.edition or now.shown.order < before.shown.order
            before = now


# --- P6: the clock never decides what is kept ------------------------------------------------------


def clocks_are_irrelevant(story: Story, offsets: list[int]) -> None:
    """The same story under other clocks keeps the same: heads, editions, conflicts and their options, all other values."""
    by_did = dict(zip(sorted({e.did for e in story.entries}), offsets, strict=False))
    other = restamped(story, lambda e: Stamp(1_900_000_000_000 + by_did[e.did] + e.env.seq * 1000))
    one, two = merge.state_of(story.entries), merge.state_of(other)

    assert [one.sealed, one.edition] == [two.sealed, two.edition]
    if one.sealed:
        if _rivals(story.entries) == 1:
            assert (one.shown.key, one.struck, one.values, {e.key for e in one.late}) == (
                two.shown.key, two.struck, two.values, {e.key for e in two.late},
            )  # fmt: skip
        return
    assert {e.key for e in one.heads} == {e.key for e in two.heads}
    assert one.struck == two.struck
    assert {c.field: {v for v, _ in c.options} for c in one.conflicts} == {
        c.field: {v for v, _ in c.options} for c in two.conflicts
    }
    clashing = {c.field for c in one.conflicts}
    assert _apart(one, clashing) == _apart(two, clashing)


def _rivals(entries: list[Entry]) -> int:
    """In how many ways a story after a seal can be read: one where nobody wrote beside anybody."""
    seen = ancestors(entries)
    return 1 if all(a.key in seen[b.key] or b.key in seen[a.key] or a == b for a in entries for b in entries) else 2


def _apart(now: State, clashing: set[str]) -> dict[str, Any]:
    """The values nobody disputes; lists without their order."""
    return {
        k: sorted(v, key=lambda line: str(line["lid"])) if isinstance(v, list) else v
        for k, v in now.values.items()
        if k not in clashing
    }


@given(any_story, st.lists(st.integers(-(10**10), 10**10), min_size=3, max_size=3))
def test_p6_the_clock_never_decides_what_is_kept(story: Story, offsets: list[int]) -> None:
    clocks_are_irrelevant(story, offsets)


# --- what breaks the rules is caught ---------------------------------------------------------------


def caught(check: Callable[[Story], None], told: st.SearchStrategy[Story]) -> None:
    """The property finds what was broken."""

    @settings(max_examples=1500, phases=[Phase.generate], database=None, report_multiple_bugs=False, derandomize=True)
    @given(told)
    def search(story: Story) -> None:
        check(story)

    with pytest.raises(AssertionError):
        search()


def _last_arrived(entries: Iterable[Entry]) -> State:
    """Seeded: what arrived last is shown."""
    last = list(entries)[-1]
    return State(last, values(last), (last,))


def _last_written(entries: Iterable[Entry]) -> State:
    """Seeded: last writer wins, by the clock."""
    last = max(entries, key=lambda e: e.order)
    return State(last, values(last), (last,), struck=last.env.op == "del")


def _clock_base(self: Any, common: set[Any], depth: int) -> dict[str, Any]:
    """Seeded: of what both have seen, the entry with the latest time is the base."""
    return values(max((self.known[k] for k in common), key=lambda e: e.order)) if common else {}


def _newest_seal(known: dict[Any, Entry], *_: Any) -> State:
    """Seeded: a seal is an entry like any other."""
    return _last_written(known.values())


def test_seeded_arrival_order_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "state_of", _last_arrived)

    caught(lambda story: order_is_irrelevant(story, lambda entries: entries[::-1]), stories)


def test_seeded_last_writer_wins_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "state_of", _last_written)

    caught(nothing_is_lost, drafts)
    caught(lambda story: clocks_are_irrelevant(story, [-2 * 10**9, 0, 10**9]), drafts)


def test_seeded_silent_winner_of_a_field_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    merged = merge.merged
    monkeypatch.setattr(merge, "merged", lambda base, left, right: (merged(base, left, right)[0], []))

    caught(nothing_is_lost, drafts)


def test_seeded_union_of_two_sides_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "merged", lambda base, left, right: ({**right, **left}, []))

    caught(one_side_alone_wins, drafts)


@pytest.mark.slow
def test_seeded_base_by_the_clock_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villagedesk.records.merge._Story._base", _clock_base)

    caught(one_side_alone_wins, skewed)
    caught(lambda story: clocks_are_irrelevant(story, [-2 * 10**9, 0, 10**9]), skewed)


def test_seeded_change_after_a_seal_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "_sealed", _newest_seal)

    caught(seals_hold, rude)


def test_seeded_lines_merged_by_place_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_place(base: list[Any], left: list[Any], right: list[Any]) -> tuple[list[Any], bool]:
        return [*right, *left[len(right) :]], False

    monkeypatch.setattr(merge, "merged_lines", by_place)

    caught(nothing_is_lost, drafts)
