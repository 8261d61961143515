"""Due dates, and old shapes brought up."""

from datetime import date
from typing import Any

import pytest

from villagedesk.records import upgrades
from villagedesk.records.due import Calendar, Rules, Term, dues
from villagedesk.records.kind import Due
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.mediation.case import Case
from villagedesk.records.values import checked

CALENDAR = Calendar(
    off=frozenset({date(2026, 10, d) for d in range(1, 8)}), work=frozenset({date(2026, 10, 10), date(2026, 12, 19)})
)
RULES = Rules({"case.settled": Term("case.settled", "调解期限", 30, basis="某规定")}, CALENDAR)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-12-18", "2026-12-18"), ("2026-12-19", "2026-12-19"), ("2026-12-20", "2026-12-21"), ("2026-12-26", "2026-12-28"),
        ("2026-10-01", "2026-10-08"), ("2026-10-07", "2026-10-08"), ("2026-10-10", "2026-10-10"), ("2026-10-11", "2026-10-12"),
    ],
)  # fmt: skip
def test_a_last_day_of_rest_moves_to_the_next_working_day(day: str, moved: str) -> None:
    assert CALENDAR.moved(date.fromisoformat(day)) == date.fromisoformat(moved)


def case(accepted: str, stage: str = "registered") -> Case:
    return checked(Case, {"subject": "x", "dispute": "d07", "accepted_on": accepted}, stage=stage)


def test_a_case_is_due_thirty_days_after_it_was_accepted_the_first_day_not_counted() -> None:
    assert dues(case("2026-11-02"), RULES) == [Due(date(2026, 12, 2), "调解期限", "某规定，30日内")]


def test_a_term_that_ends_on_a_sunday_moves_to_monday() -> None:
    assert [d.on for d in dues(case("2026-11-20"), RULES)] == [date(2026, 12, 21)]


@pytest.mark.parametrize("stage", ["settled", "closed", "filed"])
def test_a_case_that_is_settled_asks_for_nothing(stage: str) -> None:
    assert dues(case("2026-11-02", stage), RULES) == []


@pytest.mark.parametrize("accepted", ["9999-12-31", "9999-12-15"])
def test_a_term_after_the_end_of_the_calendar_is_no_term(accepted: str) -> None:
    assert dues(case(accepted), RULES) == []


def resolution(due: str | None, stage: str = "passed") -> Resolution:
    values: dict[str, Any] = {
        "subject": "x",
        "meeting": {"name": "x"},
        "item": "AAAAAA",
        "passed_on": "2026-11-18",
        "due_on": due,
    }
    return checked(Resolution, values, stage=stage, program=True)


def test_a_term_the_meeting_set_itself_does_not_move() -> None:
    assert dues(resolution("2026-12-20"), RULES) == [Due(date(2026, 12, 20), "决议到期落实", "会议自己定的期限")]


@pytest.mark.parametrize(("due", "stage"), [(None, "passed"), ("2026-12-20", "done"), ("2026-12-20", "replaced")])
def test_a_resolution_without_a_term_or_carried_out_asks_for_nothing(due: str | None, stage: str) -> None:
    assert dues(resolution(due, stage), RULES) == []


def test_a_resolution_at_a_stage_of_a_newer_program_still_asks() -> None:
    assert len(dues(resolution("2026-12-20", "paused"), RULES)) == 1


# --- upgrades ---------------------------------------------------------------------------------------

STEPS: dict[tuple[str, int], upgrades.Step] = {
    ("award", 1): lambda v: {**v, "one": True},
    ("award", 2): lambda v: {k: w for k, w in v.items() if k != "old"} | {"two": v["one"]},
    ("other", 1): lambda v: {},
}


@pytest.mark.parametrize(
    ("version", "values"),
    [(1, {"old": 1, "one": True, "two": True}), (2, None), (3, {"old": 1}), (4, {"old": 1})],
)  # fmt: skip
def test_an_old_shape_is_brought_up_step_by_step(version: int, values: dict[str, Any] | None) -> None:
    if values is None:
        with pytest.raises(KeyError):
            upgrades.upgraded("award", version, {"old": 1}, steps=STEPS)
    else:
        wanted = {k: v for k, v in values.items() if not (version == 1 and k == "old")}
        assert upgrades.upgraded("award", version, {"old": 1}, steps=STEPS) == wanted


def test_what_has_no_step_is_read_as_it_is() -> None:
    assert upgrades.upgraded("meeting", 1, {"a": 1}, steps=STEPS) == {"a": 1}
    assert upgrades.upgraded("meeting", 1, {"a": 1}) == {"a": 1}


def test_only_versions_with_a_step_need_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrades, "STEPS", STEPS)

    assert [upgrades.needed("award", v) for v in (1, 2, 3)] == [True, True, False]
