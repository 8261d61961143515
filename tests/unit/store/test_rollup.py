"""The town's sum, by hand and against its own records."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from tests.conftest import VILLAGE, Desks
from tests.unit.store.filling import final, meeting, raw
from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.records.figures import MEETINGS, Figure
from villagedesk.records.kind import columns
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import queries
from villagedesk.store.rollup import Scope, behind, rollup

EVERYTHING = Viewer("", "", frozenset(Duty), "village")
MEETING = KINDS["meeting"]


def rows(office: Office, **days: str) -> list[tuple[Any, ...]]:
    with office.desk.reading() as session:
        found = rollup(session, office.by, Scope(**days))
    assert all(set(r) == {"village", "body", "month", *(f.key for f in MEETINGS)} for r in found)
    return [tuple(r.values())[1:] for r in found if r["village"] == VILLAGE]


def added(session: Session, figure: Figure, key: tuple[str, str, str]) -> int:
    """What one record adds to a figure, worked out of the record itself."""
    kind, org, identifier = key
    kept = queries.one(session, EVERYTHING, KINDS[kind], identifier, org)
    column = figure.parts[kind]
    return columns(KINDS[kind])[column].count(kept.record) if column else 1


def test_an_empty_desk_has_no_rows(village: Office) -> None:
    assert rows(village) == []


def test_a_quarter_added_up_by_hand(village: Office) -> None:
    final(village)  # 2 came, one resolution
    final(village, held_from="2026-11-30T23:59", agenda=["听取报告"])  # 2 came, nothing decided
    meeting(village, held_from="2026-11-01T00:00", present=["甲"])  # unfinished: counts, and is told apart
    final(village, held_from="2026-12-01T00:00", bodies=["红白理事会", "道德评议会"], present=["甲", "乙", "丙"],
          agenda=[{"title": "x", "resolution": "x", "yes": 3}])  # fmt: skip
    struck = final(village)
    records.strike(village, MEETING, struck, reason="重复")

    assert rows(village) == [
        ("representatives", "2026-11", 3, 2, 5, 1, 0, 0),
        ("hongbai", "2026-12", 1, 1, 3, 1, 0, 0),
        ("pingyi", "2026-12", 1, 1, 3, 1, 0, 0),
    ]


def test_a_resolution_carried_out_is_counted_in_the_month_it_was_passed(village: Office) -> None:
    final(village)
    with raw(village) as cursor:
        (identifier,) = cursor.execute("SELECT id FROM kind_resolution").fetchone()
    flow.advance(village, KINDS["resolution"], identifier, "doing")
    assert rows(village) == [("representatives", "2026-11", 1, 1, 2, 1, 0, 0)]
    flow.advance(village, KINDS["resolution"], identifier, "done")
    assert rows(village) == [("representatives", "2026-11", 1, 1, 2, 1, 1, 0)]


def test_an_amended_meeting_counts_once_by_its_newest_edition(village: Office) -> None:
    identifier = final(village)
    flow.amend(
        village,
        MEETING,
        identifier,
        {"present": ["甲", "乙", "丙"], "agenda": [{"title": "x", "yes": 3}]},
        reason="漏记",
    )

    assert rows(village) == [("representatives", "2026-11", 1, 1, 3, 0, 0, 0)]


@pytest.mark.parametrize(
    ("days", "meetings"),
    [
        ({"since": "2026-11-18"}, 2), ({"since": "2026-11-19"}, 1), ({"until": "2026-11-18"}, 2), ({"until": "2026-11-17"}, 1),
        ({"since": "2026-11-18", "until": "2026-11-18"}, 1), ({"since": "2026-11"}, 3), ({"until": "2026-11"}, 3), ({"until": "2025"}, 0),
    ],
)  # fmt: skip
def test_days_are_counted_with_the_first_and_the_last(village: Office, days: dict[str, str], meetings: int) -> None:
    for moment in ("2026-11-01T00:00", "2026-11-18T23:59", "2026-11-30T08:00"):
        meeting(village, held_from=moment)

    assert sum(r[2] for r in rows(village, **days)) == meetings


_SITTING = st.fixed_dictionaries({
    "held_from": st.sampled_from(["2026-10-31T23:59", "2026-11-01T00:00", "2026-11-18T09:00", "2027-01-01T00:00"]),
    "bodies": st.lists(st.sampled_from(["hongbai", "pingyi", "committee"]), min_size=1, max_size=3, unique=True),
    "present": st.integers(1, 4).map(lambda n: [f"甲{i}" for i in range(n)]),
})  # fmt: skip


@pytest.mark.slow
@given(
    st.lists(st.tuples(_SITTING, st.sampled_from(["draft", "final", "struck", "amended"])), min_size=1, max_size=5),
    st.sampled_from(
        [{}, {"since": "2026-11-01"}, {"until": "2026-11-17"}, {"since": "2026-11-02", "until": "2026-12-31"}]
    ),
)
def test_every_number_is_the_sum_of_the_records_behind_it(
    desks: Desks,
    tmp_path_factory: pytest.TempPathFactory,
    sittings: list[tuple[dict[str, Any], str]],
    days: dict[str, str],
) -> None:
    with desks.opened("village", tmp_path_factory.mktemp("rollup") / "d") as office:
        for values, fate in sittings:
            came = len(values["present"])
            more = {**values, "agenda": [{"title": "x", "resolution": "x", "yes": came}]}
            identifier = meeting(office, **more) if fate == "draft" else final(office, **more)
            if fate == "struck":
                records.strike(office, MEETING, identifier, reason="x")
            if fate == "amended":
                flow.amend(office, MEETING, identifier, {"place": "x"}, reason="x")
        with office.desk.reading() as session:
            for row in rollup(session, office.by, Scope(**days)):
                month = row["month"]
                since, until = max(days.get("since", ""), month), min(days.get("until", "9999"), f"{month}-31")
                scope = Scope(since, until, row["village"], (row["body"],))
                for figure in MEETINGS:
                    keys = behind(session, office.by, figure, scope)
                    assert len(set(keys)) == len(keys)
                    assert sum(added(session, figure, key) for key in keys) == row[figure.key]
