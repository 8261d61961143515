"""Quorum and majority for every shipped body, by examples (domain.md §1.2), in whole numbers."""

import tomllib
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base.paths import resource
from villagedesk.records import law
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.records.kinds.councils.meeting import Item, Meeting
from villagedesk.records.law import Share
from villagedesk.records.values import checked

SET = law.rule_set(tomllib.loads(resource("law", "village_organic_law_2026.toml").read_text("utf-8")))


def sitting(
    body: str, base: int | None, came: int, *, yes: int | None = None, counting: str = "member", more: Any = ()
) -> Meeting:
    """A sitting of one body: `came` of `base`, one item with `yes` votes."""
    return checked(Meeting, {
        "bodies": [{"body": body, "base": base, "counting": counting}, *more], "subject": "x", "held_from": "2026-11-18T14:30",
        "present": [f"甲{i}" for i in range(came)], "agenda": [{"title": "x", "yes": yes}],
    })  # fmt: skip


def enough(body: str, base: int, came: int, counting: str = "member") -> bool:
    (found,) = law.quorum(sitting(body, base, came, counting=counting), SET)
    return found.enough


def carried(body: str, base: int, came: int, yes: int, counting: str = "member") -> bool:
    meeting = sitting(body, base, came, yes=yes, counting=counting)
    return law.carried(meeting.agenda[0], meeting, SET)


# --- shares -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "base", "needed"),
    [
        (Share("gt", 1, 2), 1, 1), (Share("gt", 1, 2), 2, 2), (Share("gt", 1, 2), 46, 24), (Share("gt", 1, 2), 47, 24),
        (Share("ge", 2, 3), 1, 1), (Share("ge", 2, 3), 3, 2), (Share("ge", 2, 3), 47, 32), (Share("ge", 2, 3), 48, 32),
        (Share("ge", 2, 3), 49, 33), (Share("gt", 2, 3), 48, 33), (Share("ge", 1, 3), 10, 4), (Share("ge", 1, 10), 999_999, 100_000),
    ],
)  # fmt: skip
def test_the_smallest_count_that_is_enough(share: Share, base: int, needed: int) -> None:
    assert share.needed(base) == needed
    assert share.reached(needed, base)
    assert not share.reached(needed - 1, base)


@given(
    st.sampled_from(["gt", "ge"]), st.integers(1, 9), st.integers(2, 10), st.integers(0, 10**6), st.integers(0, 10**6)
)
def test_a_share_is_reached_as_fractions_say(op: str, num: int, den: int, count: int, base: int) -> None:
    share, part = Share(op, num, den), Fraction(num, den) * base

    assert share.reached(count, base) == (base > 0 and (count > part if op == "gt" else count >= part))
    assert base == 0 or share.reached(share.needed(base), base)
    assert not share.reached(share.needed(base) - 1, base)


def test_nothing_is_enough_of_nothing() -> None:
    assert not Share("ge", 2, 3).reached(0, 0)
    assert not Share("ge", 2, 3).reached(1, 0)


def test_shares_are_named_as_the_law_names_them() -> None:
    shares = (
        Share("gt", 1, 2),
        Share("ge", 1, 2),
        Share("ge", 2, 3),
        Share("gt", 2, 3),
        Share("ge", 1, 3),
        Share("ge", 4, 5),
    )

    assert [str(s) for s in shares] == [
        "过半数",
        "二分之一以上",
        "三分之二以上",
        "超过三分之二",
        "三分之一以上",
        "5分之4以上",
    ]


# --- every shipped body -----------------------------------------------------------------------------

QUORUM = [
    ("villagers", "person", 1000, 501), ("villagers", "person", 1001, 501), ("villagers", "household", 312, 208),
    ("villagers", "household", 313, 209), ("representatives", "member", 47, 32), ("representatives", "member", 48, 32),
    ("representatives", "member", 49, 33), ("group", "person", 90, 60), ("group", "household", 40, 27), ("committee", "member", 5, 3),
    ("committee", "member", 6, 4), ("party_members", "member", 47, 32), ("party_branch", "member", 5, 3), ("two_committees", "member", 9, 5),
    ("supervision", "member", 3, 2), ("coop_members", "member", 1200, 800), ("coop_members", "member", 1201, 801),
    ("coop_board", "member", 5, 4), ("coop_board", "member", 3, 2), *((council, "member", 7, 4) for council in (*SIX, "mine")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "counting", "base", "needed"), QUORUM)
def test_a_body_can_decide_from_this_many_on(body: str, counting: str, base: int, needed: int) -> None:
    assert enough(body, base, needed, counting)
    assert not enough(body, base, needed - 1, counting)


MAJORITY = [
    ("villagers", "person", 1000, 600, 301), ("villagers", "household", 312, 208, 105), ("representatives", "member", 47, 32, 17),
    ("representatives", "member", 47, 33, 17), ("group", "person", 90, 60, 31), ("committee", "member", 5, 4, 3),
    ("party_members", "member", 47, 32, 24), ("party_branch", "member", 5, 4, 3), ("two_committees", "member", 9, 8, 5),
    ("supervision", "member", 3, 3, 2), ("coop_members", "member", 120, 90, 80), ("coop_members", "member", 121, 90, 81),
    ("coop_representatives", "member", 30, 20, 20), ("coop_representatives", "member", 31, 31, 21), ("coop_board", "member", 5, 4, 3),
    *((council, "member", 7, 4, 3) for council in (*SIX, "mine")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "counting", "base", "came", "needed"), MAJORITY)
def test_a_body_has_decided_from_this_many_votes_on(
    body: str, counting: str, base: int, came: int, needed: int
) -> None:
    assert carried(body, base, came, needed, counting)
    assert not carried(body, base, came, needed - 1, counting)


def test_every_shipped_body_has_its_examples() -> None:
    shipped = set(SET.bodies) - {"*"}

    assert {row[0] for row in QUORUM} == (shipped - {"coop_representatives"}) | set(SIX) | {"mine"}
    assert {row[0] for row in MAJORITY} == shipped | set(SIX) | {"mine"}
    assert {(row[0], row[1]) for row in QUORUM} >= {
        (b.key, m) for b in SET.bodies.values() for m in b.quorum if b.key != "*"
    }


def test_a_body_without_a_quorum_of_its_own_may_always_decide() -> None:
    (found,) = law.quorum(sitting("coop_representatives", 30, 1), SET)

    assert (found.enough, found.text) == (True, "集体经济组织成员代表大会：应到30人，实到1人")


def test_the_finding_is_a_sentence_with_the_numbers() -> None:
    texts = [law.quorum(sitting("representatives", 47, came), SET)[0].text for came in (32, 31)]

    assert texts == [
        "村民代表会议：应到47人，实到32人，已达三分之二以上（32人）",
        "村民代表会议：应到47人，实到31人，没有达到三分之二以上（32人）",
    ]


def test_a_body_counted_in_a_way_the_law_does_not_know_cannot_decide() -> None:
    (found,) = law.quorum(sitting("villagers", 10, 10), SET)

    assert (found.enough, found.text) == (False, "村民会议应当按人数、按户代表计数，请改“计数方式”。")
    assert not carried("villagers", 10, 10, 10)


def test_law_binds_and_custom_advises() -> None:
    assert {b.key for b in SET.bodies.values() if b.law} == {
        "villagers", "representatives", "group", "coop_members", "coop_representatives", "coop_board",
    }  # fmt: skip


def test_without_a_base_those_on_the_list_should_come() -> None:
    meeting = checked(Meeting, {
        "bodies": ["representatives"], "subject": "x", "held_from": "2026-11-18T14:30",
        "present": ["甲", "乙", {"name": "丙", "state": "leave"}],
    })  # fmt: skip

    assert (law.invited(meeting, meeting.bodies[0]), law.attended(meeting, meeting.bodies[0])) == (3, 2)
    assert law.quorum(meeting, SET)[0].enough


def test_nobody_invited_is_nobody_able_to_decide() -> None:
    assert not law.quorum(sitting("representatives", None, 0), SET)[0].enough


def test_a_sitting_of_two_bodies_counts_for_each_those_who_stand_for_it() -> None:
    meeting = checked(Meeting, {
        "bodies": [{"body": "committee", "base": 3}, {"body": "party_branch", "base": 5}], "subject": "x", "held_from": "2026-11-18T14:30",
        "present": [
            "甲", {"name": "乙", "bodies": ["committee"]}, {"name": "丙", "bodies": ["party_branch"]},
            {"name": "丁", "state": "absent", "bodies": ["party_branch"]},
        ],
        "agenda": [{"title": "x", "yes": 3}],
    })  # fmt: skip

    assert [law.attended(meeting, b) for b in meeting.bodies] == [2, 2]
    assert [f.enough for f in law.quorum(meeting, SET)] == [True, False]
    assert not law.carried(meeting.agenda[0], meeting, SET)


def test_an_item_without_votes_is_not_carried() -> None:
    meeting = sitting("committee", 5, 5)

    assert not law.carried(meeting.agenda[0], meeting, SET)


@pytest.mark.parametrize(
    ("votes", "came", "sound"),
    [((32, 0, 0, 0), 32, True), ((20, 8, 4, None), 32, True), ((20, None, None, None), 32, False), ((20, 8, 3, 2), 32, False),
     ((0, 0, 0, 0), 0, True)],
)  # fmt: skip
def test_votes_must_add_up_to_those_who_came(votes: tuple[int | None, ...], came: int, sound: bool) -> None:
    item = Item(title="硬化", **dict(zip(("yes", "no", "abstain", "silent"), votes, strict=True)))

    assert (law.votes_problem(item, came) == "") == sound


# --- which set holds --------------------------------------------------------------------------------


def test_the_set_that_holds_is_that_of_the_day() -> None:
    old, new = (law.RuleSet(k, k, d, {}) for k, d in (("old", date(2018, 12, 29)), ("new", date(2026, 1, 1))))

    found = [
        law.holding((new, old), d).key
        for d in (date(2010, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2030, 1, 1))
    ]
    assert found == ["old", "old", "new", "new"]


def test_a_malformed_set_is_an_error() -> None:
    with pytest.raises(KeyError):
        law.rule_set({"key": "x", "name": "x", "from": date(2026, 1, 1), "body": [{"key": "*"}]})


def test_an_unknown_body_is_judged_as_a_council() -> None:
    assert SET.of("hongbai") is SET.of("whatever") is SET.bodies["*"]
