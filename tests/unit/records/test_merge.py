"""The state of a record, by examples."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.property.dags import DAY, DIDS, NOON, RECORD, Laptop, entry, values, withheld
from villagedesk.base.clock import Stamp
from villagedesk.records.entry import START, Entry, Parent, payload_of
from villagedesk.records.merge import Conflict, merged, merged_lines, state_of, stepped, values_of
from villagedesk.records.story import parents_in

DRAFT: dict[str, Any] = {"_stage": "draft", "x": "1", "y": "1"}


@pytest.fixture
def a() -> Laptop:
    """A laptop that has written a draft."""
    laptop = Laptop(DIDS[0])
    laptop.write("set", DRAFT)
    return laptop


@pytest.fixture
def b(a: Laptop) -> Laptop:
    """A second one that has taken the draft in; its clock is a day behind."""
    laptop = Laptop(DIDS[1], NOON - DAY)
    laptop.take(a.chain)
    return laptop


def exchange(one: Laptop, other: Laptop) -> None:
    one.take(other.held.values())
    other.take(one.held.values())


def of(laptop: Laptop) -> Any:
    assert laptop.state is not None
    return laptop.state


def name(one: Entry) -> str:
    return f"{one.did}:{one.env.seq}"


# --- fields -----------------------------------------------------------------------------------------


def test_different_fields_changed_on_two_laptops_are_both_kept(a: Laptop, b: Laptop) -> None:
    left, right = a.write("set", {**DRAFT, "x": "2"}), b.write("set", {**DRAFT, "y": "2"})
    exchange(a, b)

    assert of(a) == of(b)
    assert (of(a).values, of(a).conflicts) == ({"_stage": "draft", "x": "2", "y": "2"}, ())
    assert {e.key for e in of(a).heads} == {left.key, right.key}
    assert of(a).merged


def test_the_same_field_changed_on_two_laptops_shows_the_newest_and_keeps_both(a: Laptop, b: Laptop) -> None:
    left, right = a.write("set", {**DRAFT, "x": "2"}), b.write("set", {**DRAFT, "x": "3"})
    exchange(a, b)

    assert of(a).values["x"] == "2"
    assert of(a).conflicts == (Conflict("x", (('"2"', name(left)), ('"3"', name(right)))),)


def test_the_same_change_on_two_laptops_is_no_conflict(a: Laptop, b: Laptop) -> None:
    a.write("set", {**DRAFT, "x": "2"})
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert (of(a).values["x"], of(a).conflicts) == ("2", ())


def test_a_field_emptied_on_one_laptop_and_untouched_on_the_other_is_empty(a: Laptop, b: Laptop) -> None:
    a.write("set", {"_stage": "draft", "x": "1"})
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert (of(a).values, of(a).conflicts) == ({"_stage": "draft", "x": "2"}, ())


def test_a_field_emptied_on_one_laptop_and_changed_on_the_other_is_a_conflict(a: Laptop, b: Laptop) -> None:
    a.write("set", {"_stage": "draft", "x": "1"})
    b.write("set", {**DRAFT, "y": "2"})
    exchange(a, b)

    assert [(c.field, [v for v, _ in c.options]) for c in of(a).conflicts] == [("y", ["null", '"2"'])]


def test_a_choice_between_two_values_ends_the_conflict(a: Laptop, b: Laptop) -> None:
    a.write("set", {**DRAFT, "x": "2"})
    b.write("set", {**DRAFT, "x": "3"})
    exchange(a, b)
    chosen = b.write("merge", {**DRAFT, "x": "3"})
    exchange(a, b)

    assert (of(a).values, of(a).conflicts, of(a).heads) == ({**DRAFT, "x": "3"}, (), (chosen,))


def test_a_change_taken_back_stays_taken_back_whatever_the_clocks_say(a: Laptop, b: Laptop) -> None:
    """b's clock is behind: by the clock the first draft would be newer than b's change, and the base of both."""
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)
    a.write("set", DRAFT)
    b.write("set", {**DRAFT, "x": "2", "y": "2"})
    exchange(a, b)

    assert (of(a).values, of(a).conflicts) == ({**DRAFT, "y": "2"}, ())


def test_two_who_both_merged_the_same_two_do_not_quarrel_over_it(a: Laptop, b: Laptop) -> None:
    """Criss-cross: what both have seen last are two entries; their merge is what both started from."""
    a.write("set", {**DRAFT, "x": "2"})
    b.write("set", {**DRAFT, "y": "2"})
    exchange(a, b)
    a.write("set", {"_stage": "draft", "x": "3", "y": "2"})
    b.write("set", {"_stage": "draft", "x": "2", "y": "2", "z": "2"})
    exchange(a, b)

    assert (of(a).values, of(a).conflicts) == ({"_stage": "draft", "x": "3", "y": "2", "z": "2"}, ())


def test_two_who_chose_differently_are_in_conflict_again(a: Laptop, b: Laptop) -> None:
    a.write("set", {**DRAFT, "x": "2"})
    b.write("set", {**DRAFT, "x": "3"})
    exchange(a, b)
    a.write("merge", {**DRAFT, "x": "2"})
    b.write("merge", {**DRAFT, "x": "3"})
    exchange(a, b)

    assert [(c.field, [v for v, _ in c.options]) for c in of(a).conflicts] == [("x", ['"2"', '"3"'])]


def test_stages_of_records_without_a_seal_merge_like_fields(a: Laptop, b: Laptop) -> None:
    a.write("move", {**DRAFT, "_stage": "doing"})
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert (of(a).stage, of(a).values["x"], of(a).conflicts) == ("doing", "2", ())


def test_salt_and_reason_never_clash_and_are_never_shown_merged() -> None:
    assert merged({}, {"_s": "1", "_r": "a", "x": "1"}, {"_s": "2", "x": "1"}) == ({"x": "1"}, [])


# --- lines ------------------------------------------------------------------------------------------


def line(lid: str, **parts: Any) -> dict[str, Any]:
    return {"lid": lid, **parts}


@pytest.mark.parametrize(
    ("base", "left", "right", "lines", "clash"),
    [
        ([], [line("A")], [line("B")], [line("B"), line("A")], False),
        ([line("A")], [], [line("A"), line("B")], [line("B")], False),
        ([line("A", n=1)], [], [line("A", n=2)], [line("A", n=2)], False),
        ([line("A", n=1)], [line("A", n=2)], [], [line("A", n=2)], False),
        ([line("A", n=1)], [], [], [], False),
        ([line("A", n=1, m=1)], [line("A", n=2, m=1)], [line("A", n=1, m=2)], [line("A", n=2, m=2)], False),
        ([line("A", n=1)], [line("A", n=2)], [line("A", n=3)], [line("A", n=3)], True),
        ([], [line("A", n=1)], [line("A", n=1)], [line("A", n=1)], False),
    ],
)  # fmt: skip
def test_lines_merge_by_their_lid(base: Any, left: Any, right: Any, lines: Any, clash: bool) -> None:
    assert merged_lines(base, left, right) == (lines, clash)


def test_attendance_ticked_on_two_laptops_is_united(a: Laptop, b: Laptop) -> None:
    a.write("set", {**DRAFT, "present": [line("P1", name="罗")]})
    b.write("set", {**DRAFT, "present": [line("P2", name="岑")]})
    exchange(a, b)

    assert {p["lid"] for p in of(a).values["present"]} == {"P1", "P2"}
    assert of(a).conflicts == ()


def test_lines_inside_lines_merge_too() -> None:
    base = {"agenda": [line("I", speeches=[line("S", text="1")])]}
    left = {"agenda": [line("I", speeches=[line("S", text="1"), line("T", text="2")])]}
    right = {"agenda": [line("I", speeches=[line("S", text="1")], yes=3)]}

    assert merged(base, left, right) == (
        {"agenda": [line("I", speeches=[line("S", text="1"), line("T", text="2")], yes=3)]},
        [],
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["a", "b"], [{"n": 1}], [line("")], [{"lid": 1}], [{"lid": ["A"]}], [line("A", n=1), line("A", n=2)], [line("A"), "b"],
        "text", {"lid": "A"},
    ],
)  # fmt: skip
def test_what_is_no_list_of_lines_is_one_value_and_nothing_in_it_is_lost(lines: Any) -> None:
    assert merged({}, {"f": [line("Z")]}, {"f": lines}) == ({"f": lines}, ["f"])


# --- seals, late entries, editions ------------------------------------------------------------------


def test_a_seal_makes_the_first_edition(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})

    now = of(a)
    assert (now.shown, now.edition, now.sealed, now.stage, now.late) == (seal, 1, True, "final", ())


def test_what_stands_beside_a_seal_is_late_and_not_applied(a: Laptop, b: Laptop) -> None:
    seal, beside = a.write("seal", {**DRAFT, "_stage": "final"}), b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert of(a) == of(b)
    assert (of(a).shown, of(a).late, of(a).heads) == (seal, (beside,), (seal,))


def test_what_is_written_after_a_seal_is_late_and_not_applied(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})
    after = a.write("set", {**DRAFT, "x": "2"})

    assert (of(a).shown, of(a).values["x"], of(a).late) == (seal, "1", (after,))


def test_a_second_seal_without_an_amendment_is_late(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})
    again = a.write("seal", {**DRAFT, "x": "2", "_stage": "final"})

    assert (of(a).shown, of(a).edition, of(a).late) == (seal, 1, (again,))


def test_a_change_sealed_after_a_seal_without_an_amendment_is_late(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})
    after = entry(a.did, 3, "set", payload_of({**DRAFT, "x": "2"}), seal.hash, [seal.name], Stamp(NOON + 10))
    again = entry(a.did, 4, "seal", payload_of({**DRAFT, "x": "2"}), after.hash, [after.name], Stamp(NOON + 11))

    now = state_of([*a.chain, after, again])
    assert (now.shown, now.edition, now.late) == (seal, 1, (after, again))


def test_of_rival_seals_the_same_one_is_shown_everywhere_and_the_other_is_late(a: Laptop, b: Laptop) -> None:
    one, other = a.write("seal", {**DRAFT, "_stage": "final"}), b.write("seal", {**DRAFT, "x": "2", "_stage": "final"})
    exchange(a, b)

    assert of(a) == of(b)
    assert (of(a).shown, of(a).edition, of(a).late) == (other, 1, (one,))


def test_amendments_make_editions_one_after_the_other(a: Laptop) -> None:
    a.write("seal", {**DRAFT, "_stage": "final"})
    for n in range(2, 5):
        a.write("amend", {**DRAFT, "x": str(n), "_stage": "final"})
        assert (of(a).edition, of(a).values["x"]) == (n - 1, str(n - 1))
        a.write("seal", {**DRAFT, "x": str(n), "_stage": "final"})
        assert (of(a).edition, of(a).values["x"], of(a).late) == (n, str(n), ())


def test_of_two_amendments_on_two_laptops_one_is_the_edition_and_the_other_late(a: Laptop, b: Laptop) -> None:
    a.write("seal", {**DRAFT, "_stage": "final"})
    exchange(a, b)
    for laptop, x in ((a, "2"), (b, "3")):
        laptop.write("amend", {**DRAFT, "x": x, "_stage": "final"})
        laptop.write("seal", {**DRAFT, "x": x, "_stage": "final"})
    exchange(a, b)

    assert of(a) == of(b)
    assert (of(a).edition, of(a).values["x"], of(a).late) == (2, "3", tuple(a.chain[-2:]))


def test_a_record_amended_and_not_sealed_shows_the_old_edition(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})
    amend = a.write("amend", {**DRAFT, "x": "2", "_stage": "final"})

    assert (of(a).shown, of(a).edition, of(a).heads, of(a).late) == (seal, 1, (amend,), ())


def test_a_sealed_record_moves_on_without_changing(a: Laptop) -> None:
    seal = a.write("seal", {**DRAFT, "_stage": "final"})
    moved = a.write("move", {**DRAFT, "x": "forged", "_stage": "filed"})

    now = of(a)
    assert (now.shown, now.stage, now.values, now.heads) == (seal, "filed", {**DRAFT, "_stage": "filed"}, (moved,))


# --- struck -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sealed", [False, True])
def test_a_struck_record_can_be_brought_back(a: Laptop, sealed: bool) -> None:
    if sealed:
        a.write("seal", DRAFT)
    seen = []
    for op in ("del", "revive", "del", "move"):
        a.write(op, DRAFT)
        seen.append(of(a).struck)

    assert seen == [True, False, True, True]


def test_a_record_struck_on_one_laptop_and_edited_on_the_other_stands(a: Laptop, b: Laptop) -> None:
    a.write("del", DRAFT)
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert (of(a).struck, of(a).values["x"]) == (False, "2")


def test_a_record_struck_on_both_laptops_is_struck(a: Laptop, b: Laptop) -> None:
    a.write("del", DRAFT)
    b.write("del", DRAFT)
    exchange(a, b)

    assert of(a).struck


def test_a_record_struck_after_the_edit_was_seen_is_struck(a: Laptop, b: Laptop) -> None:
    b.write("set", {**DRAFT, "x": "2"})
    exchange(a, b)
    a.write("del", {**DRAFT, "x": "2"})
    exchange(a, b)

    assert (of(b).struck, of(b).values["x"]) == (True, "2")


# --- what is missing or hostile ---------------------------------------------------------------------


def test_an_entry_whose_parent_has_not_arrived_stands_by_itself(a: Laptop, b: Laptop) -> None:
    child = b.write("set", {**DRAFT, "x": "2"})

    now = state_of([child])
    assert (now.values, now.heads) == ({**DRAFT, "x": "2"}, (child,))


def test_a_parent_that_arrives_later_takes_its_place(a: Laptop, b: Laptop) -> None:
    left, right = a.write("set", {**DRAFT, "x": "2"}), b.write("set", {**DRAFT, "y": "2"})

    assert {c.field for c in state_of([left, right]).conflicts} == {"x", "y"}
    assert state_of([left, right, a.chain[0]]).conflicts == ()


def test_a_parent_named_with_the_wrong_hash_is_missing(a: Laptop) -> None:
    one = a.chain[0]
    forged = entry(DIDS[1], 1, "set", payload_of(DRAFT), START, [one.name._replace(hash8="00000000")], Stamp(NOON))

    assert parents_in([one, forged]) == {one.key: (), forged.key: ()}


def test_a_parent_is_found_in_the_branch_of_a_forked_device(a: Laptop) -> None:
    own = a.write("set", {**DRAFT, "x": "2"})
    branch = entry(
        f"{a.did}.0a1b2c3d", 2, "set", payload_of({**DRAFT, "x": "3"}), a.chain[0].hash, None, Stamp(NOON + 2)
    )
    child = entry(DIDS[1], 1, "set", payload_of(DRAFT), START, [branch.name._replace(did=a.did)], Stamp(NOON + 9))

    assert parents_in([*a.chain, branch, child])[child.key] == (branch.key,)
    assert parents_in([*a.chain, branch, child])[own.key] == (a.chain[0].key,)


def circle(length: int) -> list[Entry]:
    """Entries that name each other as parents in a ring; the hashes are made up, which takes a second a piece."""
    names = [Parent(did, 1, f"{i:08x}") for i, did in enumerate(DIDS[:length])]
    ring = []
    for i, own in enumerate(names):
        one = entry(own.did, 1, "set", payload_of({**DRAFT, "x": str(i)}), START, [names[i - 1]], Stamp(NOON + i))
        ring.append(replace(one, hash=bytes.fromhex(own.hash8) + one.hash[4:]))
    return ring


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_parents_is_cut_the_same_way_in_any_order(length: int, a: Laptop) -> None:
    ring = circle(length)
    child = entry(DIDS[0], 2, "set", payload_of({**DRAFT, "y": "9"}), START, [ring[-1].name], Stamp(NOON + 9))

    now = state_of([*ring, child])
    assert now == state_of([child, *ring[::-1]])
    kept = json.dumps([now.values, [c.options for c in now.conflicts]])
    assert all(f"{i}" in kept for i in range(length))


def test_a_long_criss_cross_does_not_take_for_ever() -> None:
    """Three laptops that all merge at every turn: every pair has three last common entries, at every level."""
    laptops = [Laptop(did) for did in DIDS]
    for turn in range(40):
        for laptop in laptops:
            laptop.write("set", {"_stage": "draft", laptop.did: str(turn)})
        everything = [e for laptop in laptops for e in laptop.chain]
        for laptop in laptops:
            laptop.take(everything)

    assert of(laptops[0]) == of(laptops[1]) == of(laptops[2])


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"5", b'"x"', b"null", b"{", b"\xff\xfe", b'{"a":NaN}', b'{"a":1,"a":2}', b"[" * 100_000, b'{"_stage":5}',
     b'{"_stage":["x"]}', '{"x":"1"}'.encode("utf-16")],
)  # fmt: skip
def test_a_payload_that_is_no_sound_object_has_no_values(a: Laptop, payload: bytes) -> None:
    bad = entry(DIDS[1], 1, "set", payload, START, [a.chain[0].name], Stamp(NOON + 9))

    assert values_of(bad) == {}
    assert state_of([*a.chain, bad]).values == {}


def test_a_half_character_in_a_conflict_stays_escaped(a: Laptop, b: Laptop) -> None:
    a.write("set", {**DRAFT, "x": "2"})
    other = entry(
        b.did, 1, "set", b'{"_stage":"draft","x":"\\ud800","y":1.50}', START, [a.chain[0].name], Stamp(NOON - 1)
    )

    options = {c.field: [v for v, _ in c.options] for c in state_of([*a.chain, other]).conflicts}
    assert options["x"] == ['"2"', '"\\ud800"']
    assert all(v.encode() for found in options.values() for v in found)


def test_a_withheld_entry_keeps_its_place_and_the_content_before_it_is_shown(a: Laptop) -> None:
    a.write("set", {**DRAFT, "x": "2"})
    stub = withheld(a.chain[-1])

    now = state_of([a.chain[0], stub])
    assert (values_of(stub), now.values, now.shown, now.heads, now.behind) == ({}, DRAFT, a.chain[0], (stub,), True)
    assert not state_of(a.chain).behind


def test_a_record_of_which_nothing_is_here_shows_nothing(a: Laptop) -> None:
    stubs = [withheld(e) for e in (*a.chain, a.write("set", {**DRAFT, "x": "2"}))]

    now = state_of(stubs)
    assert (now.values, now.shown, now.heads, now.behind) == ({}, stubs[1], (stubs[1],), True)


def test_what_another_laptop_changed_is_merged_with_the_content_before_a_withheld_one(a: Laptop, b: Laptop) -> None:
    b.take(a.chain)
    a.write("set", {**DRAFT, "x": "2"})
    b.write("set", {**DRAFT, "y": "2"})

    now = state_of([a.chain[0], withheld(a.chain[1]), *b.chain])
    assert (now.values, now.conflicts, now.behind) == ({**DRAFT, "y": "2"}, (), True)


def test_a_withheld_seal_seals_the_content_before_it(a: Laptop) -> None:
    a.write("seal", {**DRAFT, "x": "2", "_stage": "final"})
    a.write("move", {**DRAFT, "x": "2", "_stage": "filed"})

    now = state_of([a.chain[0], withheld(a.chain[1]), a.chain[2]])
    assert (now.values, now.shown, now.edition, now.sealed) == ({**DRAFT, "_stage": "filed"}, a.chain[0], 1, True)
    assert (now.behind, now.late) == (True, ())


def test_entries_of_an_unknown_op_are_changes_like_others(a: Laptop) -> None:
    one = a.write("frobnicate", {**DRAFT, "x": "2"})

    assert of(a).shown == one
    assert stepped(state_of(a.chain[:1]), one, (a.chain[0].key,)) is None
    assert values(one)["x"] == "2"
    assert one.env.id == RECORD
