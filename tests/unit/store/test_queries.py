"""Every read takes the viewer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.unit.store.filling import CASE, final, save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid, Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import overview, queries
from villagedesk.store.queries import Kept, Wanted

DAYS = date(2026, 1, 1), date(2026, 12, 31)

READS: dict[str, Callable[[Session, Viewer, Any], object]] = {
    "one": lambda s, v, cls: queries.one(s, v, cls, "0"),
    "listed": lambda s, v, cls: list(queries.listed(s, v, cls)),
    "counted": queries.counted,
    "years": queries.years,
    "history": lambda s, v, cls: queries.history(s, v, cls, Kept("", "", None, "", 0, False, 0, 0)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize(("kind", "may"), [("case", "调解主任"), ("person", "文书、支书/主任、调解主任")])
def test_a_kind_a_duty_may_not_read_is_refused_with_those_who_may(
    village: Office, read: str, kind: str, may: str
) -> None:
    reader = replace(village.by, duties=frozenset({Duty.READER}))
    with village.desk.reading() as session, pytest.raises(Refused, match=f"只有{may}能看"):
        READS[read](session, reader, KINDS[kind])


def test_what_is_due_or_in_conflict_behind_a_door_is_not_told(village: Office) -> None:
    save(village, "case", **CASE)
    clerk = replace(village.by, duties=frozenset({Duty.CLERK}))
    with village.desk.reading() as session:
        assert [d.kind for d in overview.due(session, village.by, *DAYS, today=DAYS[0], limit=9)] == ["case"]
        assert overview.due(session, clerk, *DAYS, today=DAYS[0], limit=9) == []


def test_a_record_is_found_by_the_beginning_of_its_id(village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    with village.desk.reading() as session:
        for word in (identifier, identifier.lower(), identifier[:5]):
            assert queries.one(session, village.by, KINDS["person"], word).id == identifier


@pytest.mark.parametrize("word", ["", "%", "_", "ZZZZZZZZZZZZ", "'", "\\"])
def test_an_id_that_is_none_is_told(village: Office, word: str) -> None:
    save(village, "person", name="岑兴富")
    with village.desk.reading() as session, pytest.raises(NotValid, match="没有这条记录"):
        queries.one(session, village.by, KINDS["person"], word)


def test_a_beginning_shared_by_two_is_told(village: Office) -> None:
    ids = records.save(village, KINDS["person"], [{"name": f"岑{i}"} for i in range(40)]).ids
    shared = next(i[0] for i in ids if sum(j[0] == i[0] for j in ids) > 1)
    with village.desk.reading() as session, pytest.raises(NotValid, match="不止一条"):
        queries.one(session, village.by, KINDS["person"], shared)


def test_a_list_is_ordered_by_day_newest_first_and_paged(village: Office) -> None:
    for moment in ("2026-11-02T09:00", "2026-11-30T09:00", "2026-11-18T09:00"):
        final(village, held_from=moment)
    with village.desk.reading() as session:

        def days(**page: Any) -> list[int]:
            return [k.record.held_from.day for k in queries.listed(session, village.by, KINDS["meeting"], **page)]  # type: ignore[attr-defined]

        assert days() == [30, 18, 2]
        assert (days(limit=2), days(limit=2, offset=2), days(offset=1)) == ([30, 18], [2], [18, 2])


def test_struck_records_are_listed_apart(village: Office) -> None:
    one, two = records.save(village, KINDS["person"], [{"name": "岑"}, {"name": "罗"}]).ids
    records.strike(village, KINDS["person"], one, reason="x")
    with village.desk.reading() as session:
        assert [k.id for k in queries.listed(session, village.by, KINDS["person"])] == [two]
        assert [k.id for k in queries.listed(session, village.by, KINDS["person"], struck=True)] == [one]
        assert queries.counted(session, village.by, KINDS["person"]) == 1


def test_a_stable_list_is_ordered_by_id(village: Office) -> None:
    ids = records.save(village, KINDS["person"], [{"name": f"岑{i}"} for i in range(20)]).ids
    with village.desk.reading() as session:
        assert [k.id for k in queries.listed(session, village.by, KINDS["person"], by_id=True)] == sorted(ids)


def test_where_a_record_stands_is_said_in_words(village: Office) -> None:
    identifier = final(village)
    with village.desk.reading() as session:
        kept = queries.one(session, village.by, KINDS["meeting"], identifier)

    assert kept.state == "已定稿"
    assert replace(kept, edition=2).state == "已定稿（第2版）"
    assert replace(kept, struck=True, stage="unheard-of").state == "已作废，unheard-of"


def test_the_history_holds_every_entry_in_order(village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    records.edit(village, KINDS["person"], identifier, {"name": "岑兴贵"})
    records.strike(village, KINDS["person"], identifier, reason="x")
    with village.desk.reading() as session:
        kept = queries.one(session, village.by, KINDS["person"], identifier)
        assert [e.env.op for e in queries.history(session, village.by, KINDS["person"], kept)] == ["set", "set", "del"]


@pytest.mark.parametrize("word", ["meeting", "会议"])
def test_a_kind_is_named_by_key_or_name(word: str) -> None:
    assert queries.kind_of(word) is KINDS["meeting"]


def test_a_kind_there_is_none_of_is_told() -> None:
    with pytest.raises(NotValid, match="没有“猫”这种记录"):
        queries.kind_of("猫")


# --- what a list shows ------------------------------------------------------------------------------


def test_a_list_is_narrowed_by_year_stage_and_words(village: Office) -> None:
    old = final(village, held_from="2025-12-31T23:59", subject="防火排班")
    new = final(village, held_from="2026-01-01T00:00", subject="婚事报备会")
    draft = save(village, "meeting", bodies=["村民代表会议"], subject="防火总结", held_from="2026-06-01T09:00")
    with village.desk.reading() as session:

        def found(**wanted: Any) -> list[str]:
            asked = Wanted(**wanted)
            ids = [k.id for k in queries.listed(session, village.by, KINDS["meeting"], wanted=asked)]
            assert queries.counted(session, village.by, KINDS["meeting"], asked) == len(ids)
            return ids

        assert found() == [draft, new, old]
        assert (found(year=2025), found(year=2026)) == ([old], [draft, new])
        assert (found(stage="draft"), found(stage="final", year=2026)) == ([draft], [new])
        assert (found(words="防火"), found(words="防火 总结"), found(words="火防")) == ([draft, old], [draft], [])
        assert (found(words="火"), found(words='"'), found(org="522731102214")) == ([draft, old], [], [])
        assert queries.years(session, village.by, KINDS["meeting"]) == [2026, 2025]


def test_awards_are_listed_by_their_year_and_a_kind_without_a_day_has_no_years(village: Office) -> None:
    ids = [save(village, "award", household="王庆芬", year=year) for year in (2024, 2026)]
    with village.desk.reading() as session:
        rows = queries.listed(session, village.by, KINDS["award"], wanted=Wanted(year=2024))
        assert [k.id for k in rows] == ids[:1]
        assert queries.years(session, village.by, KINDS["award"]) == [2026, 2025, 2024]
        assert queries.years(session, village.by, KINDS["post"]) == []
        assert queries.years(session, village.by, KINDS["person"]) == []


def test_a_page_of_a_list_and_its_count_are_read_from_an_index(village: Office) -> None:
    """However long the list is: no row is sorted, none is read that is not shown."""
    with village.desk.reading() as session:
        run = session.connection().exec_driver_sql

        def plan(question: str) -> list[str]:
            return [row[3] for row in run(f"EXPLAIN QUERY PLAN {question}")]

        for kind, order in (("meeting", "held_from DESC"), ("person", "title")):
            where = f"FROM kind_{kind} WHERE struck = 0"
            index = f"kind_{kind}_list (struck=?)"
            assert plan(f"SELECT * {where} ORDER BY {order}, id LIMIT 200 OFFSET 99800") == [
                f"SEARCH kind_{kind} USING INDEX {index}"
            ]
            assert plan(f"SELECT count(*) {where}") == [f"SEARCH kind_{kind} USING COVERING INDEX {index}"]


def test_what_a_reference_may_point_at_is_found_by_a_part_of_its_name(village: Office) -> None:
    for name in ("罗正华", "王罗", "罗倩", "岑兴富"):
        save(village, "person", name=name)
    struck = save(village, "person", name="罗作废")
    records.strike(village, KINDS["person"], struck, reason="x")
    council = replace(village.by, duties=frozenset({Duty.COUNCIL}))
    with village.desk.reading() as session:

        def names(words: str, viewer: Viewer = village.by, **more: Any) -> list[str]:
            return [k.record.title for k in queries.named(session, viewer, KINDS["person"], words, **more)]

        assert names("罗") == ["罗倩", "罗正华", "王罗"]
        assert names("罗", limit=1) == ["罗倩"]
        assert (names("lq"), names("luo zhenghua"), names("cen")) == (["罗倩"], ["罗正华"], ["岑兴富"])
        assert (names(" "), names("%"), names("罗", council), names("lq", council)) == ([], [], [], [])
