"""What a mediation case asks for: what the law forbids blocks, the rest is said; its clocks."""

from datetime import date
from typing import Any

import pytest

from villagedesk.base.errors import NotValid
from villagedesk.records.due import Rules, Term, dues
from villagedesk.records.kinds.mediation.case import CASE_FLOW, Case
from villagedesk.records.values import checked

RULES = Rules(
    {"case.settled": Term("case.settled", "调解期限", 30), "case.revisit": Term("case.revisit", "回访当事人", 30)}
)
CASE: dict[str, Any] = {
    "subject": "罗正明与王朝贵排水沟纠纷", "dispute": "d02", "accepted_on": "2026-11-05", "mediator": "石明英",
    "parties": ["罗正明", "王朝贵"],
}  # fmt: skip
AGREED = CASE | {"agreed_on": "2026-11-19", "form": "written"}


def case(values: dict[str, Any], stage: str = "registered") -> Case:
    return checked(Case, values, stage=stage)


def refused(values: dict[str, Any]) -> list[str]:
    with pytest.raises(NotValid) as caught:
        checked(Case, values)
    return [p.field for p in caught.value.problems]


def asked(values: dict[str, Any], stage: str) -> list[tuple[str, str, bool]]:
    return [(d.on.isoformat(), d.what, d.law) for d in dues(case(values, stage), RULES)]


# --- what the law forbids -------------------------------------------------------------------------------


@pytest.mark.parametrize("lacks", ["parties", "mediator", "agreed_on"])
def test_an_agreement_has_parties_a_mediator_and_a_day(lacks: str) -> None:
    record = case({k: v for k, v in AGREED.items() if k != lacks}, "settled")
    assert [p.field for p in record.problems("settled") if not p.warn] == [lacks]
    assert [p for p in case(AGREED, "settled").problems("settled") if not p.warn] == []


@pytest.mark.parametrize(
    ("applied", "ok"), [("2026-11-20", True), ("2026-12-19", True), ("2026-12-20", False), ("2027-01-03", False)]
)
def test_the_court_is_asked_within_thirty_days_from_the_day_after_effect(applied: str, ok: bool) -> None:
    values = AGREED | {"confirmation": "applied", "applied_on": applied}
    assert (refused(values) == ["applied_on"]) if not ok else case(values)


def test_marriage_adoption_and_identity_are_not_confirmed() -> None:
    assert refused(AGREED | {"status": True, "confirmation": "wanted"}) == ["confirmation"]
    assert case(AGREED | {"status": True})


def test_parties_are_told_where_else_they_may_go() -> None:
    assert [p.field for p in case(CASE, "told").problems("told") if not p.warn] == ["routes"]
    assert not case(CASE | {"routes": ["court"]}, "told").problems("told")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"language": "buyi"}, "interpreter"), ({"risk": "high"}, "risk"),
        ({"parties": [{"name": f"户{n}", "represents": True} for n in range(6)]}, "parties"),
    ],
)  # fmt: skip
def test_the_rest_is_said_and_keeps_nothing_back(more: dict[str, Any], field: str) -> None:
    assert [(p.field, p.warn) for p in case(CASE | more).problems()] == [(field, True)]


def test_an_oral_agreement_that_is_not_carried_out_at_once_is_better_written() -> None:
    oral = AGREED | {"form": "oral", "promises": [{"text": "赔两只鸡"}]}
    assert [p.field for p in case(oral, "settled").problems("settled")] == ["form"]
    done = AGREED | {"form": "oral", "promises": [{"text": "赔两只鸡", "done_on": "2026-11-19"}]}
    assert case(done, "settled").problems("settled") == []


# --- clocks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["registered", "accepted", "inquiring", "mediating"])
def test_a_case_is_settled_in_a_month_or_by_the_day_both_agreed_to(stage: str) -> None:
    assert asked(CASE, stage) == [("2026-12-07", "调解期限", False)]  # 5 December is a Saturday
    assert asked(CASE | {"extended_to": "2026-12-31"}, stage) == [("2026-12-31", "调解期限（已延长）", False)]


def test_an_agreement_has_three_clocks() -> None:
    values = AGREED | {
        "promises": [{"text": "挖好排水沟", "due_on": "2026-11-27"}, {"text": "出水泥管", "done_on": "2026-11-20"}]
    }
    assert asked(values, "performing") == [
        ("2026-11-27", "履行：挖好排水沟", False), ("2026-12-19", "司法确认申请截止", True), ("2026-12-28", "回访当事人", False),
    ]  # fmt: skip


@pytest.mark.parametrize("more", [{"status": True}, {"confirmation": "applied", "applied_on": "2026-11-25"}])
def test_the_clock_of_the_court_stops(more: dict[str, Any]) -> None:
    assert [what for _, what, _ in asked(AGREED | more, "performed")] == ["回访当事人"]


@pytest.mark.parametrize("stage", ["closed", "filed", "ended", "told"])
def test_a_case_that_is_over_asks_for_nothing(stage: str) -> None:
    assert asked(AGREED, stage) == []


def test_a_revisit_ends_the_asking() -> None:
    values = AGREED | {"status": True, "revisits": [{"text": "管用", "on": "2026-12-20"}]}
    assert asked(values, "performed") == []


# --- its way ------------------------------------------------------------------------------------------


def test_what_is_settled_on_the_spot_goes_in_one_step_and_the_whole_way_has_nine() -> None:
    assert {s.key for s in CASE_FLOW.next("registered")} >= {"settled", "ended"}
    way, whole = "registered", []
    for key in (
        "accepted",
        "inquiring",
        "mediating",
        "settled",
        "performing",
        "performed",
        "revisited",
        "closed",
        "filed",
    ):
        assert key in {s.key for s in CASE_FLOW.next(way)}
        whole.append(way := key)
    assert len(whole) == 9


def test_what_the_town_counts_holds_no_word_that_was_said() -> None:
    values = AGREED | {
        "facts": "沟走谁家地边", "terms": "改道", "topic": "相邻排水", "performance": "done", "amount": "860", "grade": "hard",
        "revisits": [{"text": "管用"}],
    }  # fmt: skip
    said = case(values, "revisited").summarise()
    assert said["revisited"] is True
    assert said["accepted_on"] == date(2026, 11, 5)
    assert not any(
        isinstance(v, str) and any(w in v for w in ("沟", "改道", "排水", "罗", "王")) for v in said.values()
    )
