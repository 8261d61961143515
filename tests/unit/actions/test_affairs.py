"""Decisions changed by decisions, what was authorised, periods of a village's own, councils that wear several hats."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Desks
from villagedesk.actions import flow, meetings, records, roster, seats
from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid, Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.store import queries
from villagedesk.store.tables import DueRow

PRESENT = [{"name": f"村民{n}"} for n in range(9)]


@pytest.fixture
def office(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as one:
        yield one


def add(office: Office, kind: str, **values: Any) -> str:
    [identifier] = records.save(office, KINDS[kind], [values]).ids
    return identifier


def decided(
    office: Office, body: dict[str, Any] | str, day: str = "2026-11-18", **item: Any
) -> tuple[str, tuple[str, ...]]:
    """A meeting of nine that carried one item: the resolution's id, and what was noted."""
    meeting = add(
        office, "meeting", bodies=[body], subject="例会", held_from=f"{day}T09:00", chair="罗正华", recorder="罗倩", present=PRESENT,
        studied_on=day, agenda=[{"title": "通组路", "resolution": "同意", "yes": 9, "method": "hands", **item}],
    )  # fmt: skip
    done = flow.advance(office, KINDS["meeting"], meeting, "final")
    return next(iter(done.ids[1:]), ""), done.notes


def resolution(office: Office, identifier: str) -> Resolution:
    with office.desk.reading() as session:
        found = queries.one(session, office.by, Resolution, identifier).record
    assert isinstance(found, Resolution)
    return found


def due(office: Office, kind: str) -> list[tuple[str, str, bool]]:
    with office.desk.reading() as session:
        rows = session.connection().execute(DueRow.__table__.select().where(DueRow.__table__.c.kind == kind))  # type: ignore[attr-defined]
        return sorted((row.on, row.basis, bool(row.law)) for row in rows)


# --- a decision changed by a decision -------------------------------------------------------------------


def test_a_new_decision_of_the_same_body_ends_the_old_one_and_each_points_at_the_other(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    new, _ = decided(office, "hongbai", "2026-11-20", title="通组路（改）", replaces={"id": old, "name": "通组路"})
    before, after = resolution(office, old), resolution(office, new)
    assert before.stage == "replaced"
    assert before.replaced_by is not None
    assert before.replaced_by.id == new
    assert after.replaces is not None
    assert after.replaces.id == old
    assert after.stage == "passed"


def test_another_body_changes_nothing_and_its_meeting_stays_a_draft(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    with pytest.raises(NotValid, match="只能由红白理事会再开会来改变"):
        decided(office, "huzhu", "2026-11-20", replaces={"id": old, "name": "通组路"})
    assert resolution(office, old).stage == "passed"
    with office.desk.reading() as session:
        stages = [kept.stage for kept in queries.listed(session, office.by, KINDS["meeting"])]
    assert sorted(stages) == ["draft", "final"]


def test_nobody_ends_a_decision_by_hand(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    with pytest.raises(Refused, match="由程序来转"):
        flow.advance(office, KINDS["resolution"], old, "replaced")


def test_what_was_carried_out_may_be_changed_too(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    flow.advance(office, KINDS["resolution"], old, "done")
    decided(office, "hongbai", "2026-11-20", replaces={"id": old, "name": "通组路"})
    assert resolution(office, old).stage == "replaced"


# --- what the representatives may decide ------------------------------------------------------------------


def authorised(office: Office, *scopes: str, until: str | None = None) -> None:
    one = add(
        office, "authorisation", subject="授权", on="2026-03-08", scopes=list(scopes), meeting="村民会议", until=until
    )
    flow.advance(office, KINDS["authorisation"], one, "given")


@pytest.mark.parametrize(
    ("scopes", "until", "noted"),
    [((), None, True), (("m1",), None, True), (("m4",), None, False), (("m1", "m4"), "2026-11-18", False), (("m4",), "2026-11-17", True)],
)  # fmt: skip
def test_a_matter_nobody_authorised_is_noted_and_stands_all_the_same(
    office: Office, scopes: tuple[str, ...], until: str | None, noted: bool
) -> None:
    if scopes:
        authorised(office, *scopes, until=until)
    passed, notes = decided(office, "representatives", scope="m4")
    assert any("没有找到这一天有效的村民会议授权" in note for note in notes) is noted
    assert passed


@pytest.mark.parametrize("body", ["representatives", "hongbai", "two_committees"])
def test_village_rules_are_made_by_the_villagers_meeting_only(office: Office, body: str) -> None:
    with pytest.raises(NotValid, match="只能由村民会议制定"):
        decided(office, body, scope="m8")


def test_the_villagers_meeting_makes_them(office: Office) -> None:
    passed, notes = decided(office, {"body": "villagers", "counting": "household"}, scope="m8")
    assert passed
    assert not any("授权" in note for note in notes)


def test_a_matter_of_the_villagers_is_first_studied_by_the_party(office: Office) -> None:
    with pytest.raises(NotValid, match="先经村党组织研究"):
        add_final(office, studied_on=None)
    assert add_final(office, studied_on="2026-11-09")


def add_final(office: Office, studied_on: str | None) -> str:
    meeting = add(
        office, "meeting", bodies=["representatives"], subject="例会", held_from="2026-11-18T09:00", chair="罗正华", recorder="罗倩",
        present=PRESENT, studied_on=studied_on, agenda=[{"title": "通组路", "resolution": "同意", "yes": 9, "scope": "m4"}],
    )  # fmt: skip
    flow.advance(office, KINDS["meeting"], meeting, "final")
    return meeting


# --- periods of a village's own ---------------------------------------------------------------------------


def test_a_village_sets_a_period_of_its_own_and_what_waits_is_reckoned_anew(office: Office) -> None:
    add(office, "proposal", on="2026-11-02", by="罗天祥", subject="地磅")
    assert [on for on, _, _ in due(office, "proposal")] == ["2026-12-02"]
    own = add(office, "term", what="答复乡贤建议", count=10, unit="workday", basis="2026年3月8日村民会议")
    assert due(office, "proposal") == [("2026-11-16", "本村自定（2026年3月8日村民会议），10个工作日内", False)]
    records.strike(office, KINDS["term"], own, reason="改回")
    assert [on for on, _, _ in due(office, "proposal")] == ["2026-12-02"]
    add(office, "term", what="答复乡贤建议", count=0, off=True)
    assert due(office, "proposal") == []


def test_what_a_statute_says_no_village_changes(office: Office) -> None:
    with pytest.raises(NotValid, match="是法律定的"):
        add(office, "term", term="publication.posted", what="", count=7)
    with pytest.raises(NotValid, match="没有“随便”这个期限"):
        add(office, "term", what="随便", count=7)


def test_holidays_of_a_village_move_what_ends_on_them(office: Office) -> None:
    add(office, "objection", publication="三季度公开", on="2026-11-24", text="没有分组列出")
    assert [on for on, _, _ in due(office, "objection")] == ["2026-11-27"]
    add(office, "holidays", name="2026年放假", year=2026, days=[{"on": "2026-11-27", "name": "地方节日"}])
    assert [on for on, _, _ in due(office, "objection")] == ["2026-11-30"]


# --- six councils, one list of members ----------------------------------------------------------------------


def test_a_council_with_several_hats_sits_in_all_of_them(office: Office) -> None:
    for key in ("hongbai", "huzhu"):
        add(office, "council", key=key, name=SIX[key])
    united = add(office, "council", key="liuhui", name="六会合一理事会", covers=["huzhu", "jindu"])
    add(office, "post", person="莫玉珍", body={"id": united, "name": "六会合一理事会"}, position="会长")
    add(office, "post", person="吴昌平", body="互帮互助会", position="成员")
    with office.desk.reading() as session:
        seated = {
            body: [seat.name for seat in roster.entitled(session, office.by, [body], date(2026, 11, 18))]
            for body in ("hongbai", "huzhu", "liuhui")
        }
    assert seated == {"hongbai": [], "huzhu": ["莫玉珍", "吴昌平"], "liuhui": ["莫玉珍"]}
    counts = {body.code: body.count for body in seats.bodies(office, date(2026, 11, 18))}
    assert (counts["hongbai"], counts["huzhu"], counts["liuhui"]) == (0, 2, 1)


def test_a_council_that_has_stopped_wears_no_hats(office: Office) -> None:
    united = add(office, "council", key="liuhui", name="六会合一理事会", covers=["huzhu"])
    add(office, "post", person="莫玉珍", body={"id": united, "name": "六会合一理事会"}, position="会长")
    flow.advance(office, KINDS["council"], united, "stopped")
    with office.desk.reading() as session:
        assert roster.entitled(session, office.by, ["huzhu"], date(2026, 11, 18)) == []


# --- numbers and stages ------------------------------------------------------------------------------------


def test_a_ledger_gives_its_numbers_when_something_is_written_down(office: Office) -> None:
    feast = {"occasion": "wedding", "host": "韦国强", "registered_on": "2026-02-02"}
    one, two = (add(office, "feast", **feast, begins_on=day) for day in ("2026-02-20", "2026-03-01"))
    with office.desk.reading() as session:
        numbers = [getattr(queries.one(session, office.by, KINDS["feast"], i).record, "number") for i in (one, two)]  # noqa: B009
    assert [n[n.index("红白") :] for n in numbers] == ["红白〔2026〕1号", "红白〔2026〕2号"]


def test_a_side_exit_is_taken_with_a_reason(office: Office) -> None:
    one = add(office, "matter", subject="通组路", opened_on="2026-10-09", cause="people")
    with pytest.raises(NotValid, match="要写明原因"):
        flow.advance(office, KINDS["matter"], one, "withdrawn")
    flow.advance(office, KINDS["matter"], one, "withdrawn", reason="资金没有落实")


@pytest.mark.parametrize(("variant", "count"), [("four", 6), ("audited", 7), ("five", 10), ("own", 0)])
def test_a_matter_begins_with_the_steps_of_its_variant(office: Office, variant: str, count: int) -> None:
    one = add(office, "matter", subject="通组路", opened_on="2026-10-09", cause="people", variant=variant)
    with office.desk.reading() as session:
        steps = getattr(queries.one(session, office.by, KINDS["matter"], one).record, "steps")  # noqa: B009
    assert len(steps) == count


def test_a_community_calls_its_bodies_by_its_own_words(office: Office) -> None:
    add(office, "village", name="幸福社区", unit="community")
    with office.desk.reading() as session:
        names = meetings.bodies(session)
    assert (names["villagers"], names["representatives"]) == ("居民会议", "居民代表会议")
    add(office, "objection", publication="三季度公开", on="2026-11-24", text="没有分组列出")
    assert all(not law for _, _, law in due(office, "objection"))
