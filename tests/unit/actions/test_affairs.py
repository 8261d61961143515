"""Decisions changed by decisions, what was authorised, periods of a village's own, councils that wear several hats."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.conftest import Clock, Desks
from villagedesk.actions import flow, meetings, records, roster, seats, todo
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


def meeting_of(office: Office, identifier: str) -> str:
    return resolution(office, identifier).meeting.id


def test_a_decision_holds_again_when_the_one_that_changed_it_is_struck_and_ends_again_with_its_return(
    office: Office,
) -> None:
    old, _ = decided(office, "hongbai")
    flow.advance(office, KINDS["resolution"], old, "doing")
    records.edit(office, KINDS["resolution"], old, {"progress": "已开工"})
    new, _ = decided(office, "hongbai", "2026-11-20", replaces={"id": old, "name": "通组路"})
    records.strike(office, KINDS["meeting"], meeting_of(office, new), reason="记错了")
    again = resolution(office, old)
    assert (again.stage, again.replaced_by) == ("doing", None)
    records.revive(office, KINDS["meeting"], meeting_of(office, new), reason="没有记错")
    assert resolution(office, old).stage == "replaced"


def test_a_correction_that_no_longer_changes_it_lets_it_hold_again(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    new, _ = decided(office, "hongbai", "2026-11-20", replaces={"id": old, "name": "通组路"})
    plain = {"title": "通组路", "resolution": "同意", "yes": 9, "method": "hands"}
    flow.amend(office, KINDS["meeting"], meeting_of(office, new), {"agenda": [plain]}, reason="不是改变原来的决议")
    assert resolution(office, old).stage == "passed"
    flow.amend(
        office,
        KINDS["meeting"],
        meeting_of(office, new),
        {"agenda": [plain | {"yes": 0, "no": 9}]},
        reason="票数记反了",
    )
    assert resolution(office, old).stage == "passed"


def test_a_correction_that_no_longer_passes_lets_it_hold_again(office: Office) -> None:
    old, _ = decided(office, "hongbai")
    new, _ = decided(office, "hongbai", "2026-11-20", replaces={"id": old, "name": "通组路"})
    lost = {"title": "通组路", "resolution": "同意", "yes": 0, "no": 9, "replaces": {"id": old, "name": "通组路"}}
    flow.amend(office, KINDS["meeting"], meeting_of(office, new), {"agenda": [lost]}, reason="票数记反了")
    assert resolution(office, old).stage == "passed"


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


@pytest.mark.parametrize(
    ("what", "values", "fault"),
    [
        ("各会例会", {"count": 6, "unit": "month"}, ""),
        ("各会例会", {"count": 2, "unit": "month"}, "填1、3、6或12。"),
        ("各会例会", {"count": 20, "unit": "day"}, "填1、3、6或12。"),
        ("按季度公开", {"count": 20}, ""),
        ("按季度公开", {"count": 29}, "1到28"),
        ("排查铲除罂粟", {"count": 1, "unit": "month"}, "只能勾上"),
        ("排查铲除罂粟", {"count": 0, "off": True}, ""),
        ("村民会议", {"count": 0, "off": True}, "是法律定的"),
    ],
)
def test_a_village_says_how_often_something_recurs_where_no_statute_does(
    office: Office, what: str, values: dict[str, Any], fault: str
) -> None:
    if fault:
        with pytest.raises(NotValid, match=fault):
            add(office, "term", what=what, **values)
    else:
        assert add(office, "term", what=what, **values)


def test_what_a_village_does_without_is_asked_for_no_more_and_the_law_stands(office: Office, clock: Clock) -> None:
    def titles() -> set[str]:
        with office.desk.reading() as session:
            return {line.title for line in todo.lines(session, office, date(2027, 12, 31))}

    add(office, "council", key="hongbai", name="红事理事会")
    before = titles()
    assert {"红事理事会例会", "村民会议", "国家宪法日法治宣传"} <= before
    own = add(office, "term", what="各会例会", count=0, off=True)
    add(office, "term", what="国家宪法日法治宣传", count=0, off=True)
    assert before - titles() == {"红事理事会例会", "国家宪法日法治宣传"}
    records.strike(office, KINDS["term"], own, reason="改回")
    assert "红事理事会例会" in titles()


def met_in(session: Session, office: Office, today: date) -> list[todo.Sittings]:
    return todo.sittings(session, office, today, todo.done(session, office, today))


def test_a_council_that_wears_several_hats_meets_for_all_of_them(office: Office, clock: Clock) -> None:
    for key in ("hongbai", "huzhu"):
        add(office, "council", key=key, name=SIX[key])
    add(office, "council", key="liuhui", name="六会合一理事会", covers=["hongbai", "huzhu"])
    with office.desk.reading() as session:
        asked = [line.title for line in todo.lines(session, office, date(2026, 12, 31)) if "例会" in line.title]
    assert asked == ["六会合一理事会例会"]
    add(office, "meeting", bodies=["liuhui"], subject="例会", held_from="2026-11-20T09:00")
    with office.desk.reading() as session:
        assert [line for line in todo.lines(session, office, date(2026, 12, 31)) if "例会" in line.title] == []
        met = {one.name: one.quarters[3] for one in met_in(session, office, date(2026, 12, 1))}
    assert met == {"红白理事会": (1, ""), "互帮互助会": (1, ""), "六会合一理事会": (1, "")}


def test_an_item_of_the_catalogue_is_asked_for_until_it_is_put_up_and_its_draft_is_opened(
    office: Office, clock: Clock
) -> None:
    item = add(office, "catalogue", name="财务收支", every="month", sort="money")

    def asked() -> list[tuple[str, str, str, Any]]:
        with office.desk.reading() as session:
            found = todo.lines(session, office, date(2026, 12, 31))
        return [(line.at, line.what, line.id, dict(line.begin)) for line in found if line.kind == "publication"]

    ref = {"id": item, "name": "财务收支"}
    assert asked() == [
        ("2026-12-15", "11月", "", {"item": ref, "subject": "财务收支", "every": "month", "sort": "money"})
    ]
    posted = {"posted_from": "2026-12-01", "posted_to": "2026-12-16", "places": ["board"]}
    one = add(office, "publication", subject="十一月财务", on="2026-12-01", item=ref, **posted)
    assert asked() == [("2026-12-15", "11月", one, {})]
    flow.advance(office, KINDS["publication"], one, "posted")
    assert [(line[0], line[2]) for line in asked()] == [("2026-12-16", one)], "what is up comes down"


def test_the_holidays_of_the_next_year_are_asked_for_in_december_once(office: Office, clock: Clock) -> None:
    def asked() -> list[tuple[str, str, Any]]:
        with office.desk.reading() as session:
            found = todo.lines(session, office, date(2026, 12, 31))
        return [(line.at, line.title, dict(line.begin)) for line in found if line.kind == "holidays"]

    clock.set("2026-11-30T08:00")
    add(office, "group", name="一组")
    assert asked() == []
    clock.set("2026-12-01T08:00")
    assert asked() == [("2026-12-31", "填明年的放假安排", {"year": 2027})]
    add(office, "holidays", year=2027, text="元旦：1月1日放假。")
    assert asked() == []


# --- told in time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told", "noted"),
    [
        ("villagers", "2026-11-08", ""),
        (
            "villagers",
            "2026-11-09",
            "村民会议提前10日通知，最晚11月8日；这次11月9日通知，晚了1天。村民委员会组织法第二十五条",
        ),
        ("representatives", "2026-11-15", ""),
        ("representatives", "2026-11-16", "晚了1天。各地做法"),
        ("hongbai", "2026-11-18", ""),
    ],
)
def test_a_meeting_that_was_told_late_stands_and_the_rule_is_named(
    office: Office, body: str, told: str, noted: str
) -> None:
    one = add(
        office, "meeting", bodies=[{"body": body, "counting": "person" if body == "villagers" else "member"}], subject="例会",
        held_from="2026-11-18T09:00", notice_on=told, chair="罗正华", recorder="罗倩", present=PRESENT,
    )  # fmt: skip
    notes = flow.advance(office, KINDS["meeting"], one, "final").notes
    assert [note for note in notes if "晚了" in note] == ([note for note in notes if noted in note] if noted else [])
    assert any(noted in note for note in notes) or not noted


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
