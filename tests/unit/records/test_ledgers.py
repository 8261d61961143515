"""What the ledgers of the six councils ask for, stage by stage."""

from datetime import date
from typing import Any

import pytest

from villagedesk.base.errors import NotValid
from villagedesk.records.kind import Record, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.affairs.authorisation import Authorisation
from villagedesk.records.kinds.ledgers.feast import Feast
from villagedesk.records.kinds.ledgers.jindu import Dissuasion, Pledge, Sweep
from villagedesk.records.values import checked

FEAST: dict[str, Any] = {
    "occasion": "wedding",
    "host": "韦国强",
    "registered_on": "2026-02-02",
    "begins_on": "2026-02-20",
}
MATTER: dict[str, Any] = {"subject": "通组路", "opened_on": "2026-10-09", "cause": "people"}
PUBLICATION: dict[str, Any] = {"subject": "三季度公开", "on": "2026-10-06"}


def told(kind: str, values: dict[str, Any], stage: str = "") -> list[tuple[str, bool]]:
    """What a record says is wrong at a stage: field, and whether it may be saved all the same."""
    record = checked(KINDS[kind], values, stage=stage)
    return [(p.field, p.warn) for p in record.problems(stage)]


def refused(kind: str, values: dict[str, Any]) -> list[str]:
    with pytest.raises(NotValid) as caught:
        checked(KINDS[kind], values)
    return [p.field for p in caught.value.problems]


# --- 红白事 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "meal"),
    [({"guests": 49}, False), ({"guests": 50}, True), ({"tables": 4}, False), ({"tables": 5}, True), ({}, False)],
)
def test_a_common_meal_from_fifty_people_or_five_tables_is_registered_on_its_own(
    more: dict[str, int], meal: bool
) -> None:
    assert (("told", True) in told("feast", FEAST | more)) is meal
    assert ("told", True) not in told("feast", FEAST | more | {"told": ["meal"]})


@pytest.mark.parametrize(
    ("tables", "real", "limit", "over"),
    [(28, None, 20, 1), (28, 20, 20, 0), (18, 21, 20, 1), (28, 28, None, 0), (None, None, 20, 0)],
)
def test_what_was_counted_on_the_spot_says_whether_it_was_more_than_recommended(
    tables: int | None, real: int | None, limit: int | None, over: int
) -> None:
    record = checked(Feast, FEAST | {"tables": tables, "real_tables": real, "limit": limit})
    assert Feast.over.count(record) == over


def test_more_tables_than_recommended_keep_nothing_from_going_on() -> None:
    many = FEAST | {"tables": 90, "limit": 20, "told": ["meal"], "real_tables": 90}
    for stage in ("registered", "suggested", "verified", "closed"):
        assert told("feast", many, stage) == []


def test_no_stage_of_a_feast_approves_or_forbids() -> None:
    names = "".join(stage.name for stage in Feast.kind.flow.stages)
    assert not any(word in names for word in ("批", "准", "罚", "禁"))


# --- 禁毒禁赌 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", [Sweep, Pledge, Dissuasion])
def test_no_field_of_these_ledgers_holds_a_name(cls: type[Record]) -> None:
    assert all((a.ask.personal == 0 and a.ask.refers != "person" and a.part is None) or a.shape == "files" or a.ask.refers == "group"
               for a in fields(cls))  # fmt: skip


def test_of_pledges_no_more_are_signed_than_there_are_households() -> None:
    pledge = {"on": "2026-09-30", "group": "辉油组", "households": 45}
    assert told("pledge", pledge | {"signed": 45}) == []
    assert refused("pledge", pledge | {"signed": 46}) == ["signed"]


def test_what_looks_like_poppy_is_for_the_police_at_once() -> None:
    sweep = {"on": "2026-04-18", "area": "撂荒地", "found": "suspected"}
    assert told("sweep", sweep) == [("handed_on", True)]
    assert told("sweep", sweep | {"handed_on": "2026-04-18", "handed_to": "派出所"}) == []


# --- 道德评议 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["elders", "neighbours", "clean", "gambling", "feasts"])
def test_blame_is_never_put_on_the_board(topic: str) -> None:
    one = {"on": "2026-06-10", "about": "石开元", "topic": topic}
    assert refused("appraisal", one | {"public": "village"}) == ["public"]
    assert told("appraisal", one | {"public": "group"}) == []


def test_praise_may_be() -> None:
    assert told("appraisal", {"on": "2026-06-10", "about": "莫玉珍", "topic": "good", "public": "village"}) == []


# --- 授权 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["m8", "election"])
def test_what_is_for_all_villagers_is_not_handed_on(scope: str) -> None:
    one = {"subject": "授权", "on": "2026-03-08", "scopes": ["m1", scope]}
    assert refused("authorisation", one) == ["scopes"]


@pytest.mark.parametrize("scope", ["body", "own"])
def test_what_some_provinces_keep_back_is_only_warned_of(scope: str) -> None:
    assert told("authorisation", {"subject": "授权", "on": "2026-03-08", "scopes": [scope]}) == [("scopes", True)]


@pytest.mark.parametrize(
    ("day", "scope", "holds"),
    [("2026-03-07", "m1", False), ("2026-03-08", "m1", True), ("2027-03-31", "m1", True), ("2027-04-01", "m1", False), ("2026-06-01", "m2", False)],
)  # fmt: skip
def test_an_authorisation_holds_from_its_day_to_its_end(day: str, scope: str, holds: bool) -> None:
    values = {"subject": "授权", "on": "2026-03-08", "until": "2027-03-31", "scopes": ["m1"], "meeting": "村民会议"}
    given = checked(Authorisation, values, stage="given")
    assert given.holds(scope, date.fromisoformat(day)) is holds
    assert not checked(Authorisation, values).holds(scope, date.fromisoformat(day))


# --- 四议两公开 ---------------------------------------------------------------------------------------


def steps(*days: str | None, kinds: str = "") -> list[dict[str, Any]]:
    return [
        {"name": f"第{n}步", "done_on": day, "step": "post" if "p" in kinds[n : n + 1] else "other"}
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "ok"),
    [
        ((None, None), True), (("2026-10-09", None), True), (("2026-10-09", "2026-10-09"), True), ((None, "2026-10-16"), False),
        (("2026-10-16", "2026-10-09"), False), (("2026-10-09", None, "2026-10-30"), False),
    ],
)  # fmt: skip
def test_no_step_is_closed_before_the_one_before_it(days: tuple[str | None, ...], ok: bool) -> None:
    values = MATTER | {"steps": steps(*days)}
    assert told("matter", values) == [] if ok else refused("matter", values)[0] == "steps"


@pytest.mark.parametrize(
    ("posted", "done", "ok"),
    [("2026-11-01", "2026-11-16", True), ("2026-11-01", "2026-11-15", False), (None, "2026-11-30", False), ("2026-12-20", "2027-01-04", True)],
)  # fmt: skip
def test_a_board_is_done_after_fifteen_days(posted: str | None, done: str, ok: bool) -> None:
    values = MATTER | {"steps": [{"name": "决议公开", "step": "post", "posted_from": posted, "done_on": done}]}
    assert told("matter", values) == [] if ok else refused("matter", values) == ["steps"]


def test_a_matter_ends_when_every_step_is_done() -> None:
    assert ("steps", False) in told("matter", MATTER | {"steps": steps("2026-10-09", None)}, "done")
    assert ("steps", False) in told("matter", MATTER, "done")
    assert told("matter", MATTER | {"steps": steps("2026-10-09", "2026-10-16")}, "done") == []


# --- 公开 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "ok"),
    [
        ("2026-10-10", "2026-10-25", True), ("2026-10-10", "2026-10-24", False), ("2026-01-01", "2026-01-15", False),
        ("2025-12-31", "2026-01-05", True), ("2026-02-20", "2026-03-07", True),
    ],
)  # fmt: skip
def test_from_2026_on_nothing_is_up_for_less_than_fifteen_days(since: str, until: str, ok: bool) -> None:
    values = PUBLICATION | {"posted_from": since, "posted_to": until}
    assert told("publication", values) == [] if ok else refused("publication", values) == ["posted_to"]
