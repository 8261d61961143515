"""The register by households: groups in order, who lives where, who is found by what, and that a long one is read by index."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.unit.store.filling import raw, save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.base.errors import Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import households
from villagedesk.store.households import Section

TODAY = "2026-12-01"
NUMBER = "522731196903045218"


@pytest.fixture
def lived_in(village: Office) -> dict[str, str]:
    """Two groups and one that is in no register; three households, one of them with four people, one of them dead."""
    ids: dict[str, str] = {}
    for name, number in (("辉油组", 2), ("岩脚组", 1)):
        ids[name] = save(village, "group", name=name, number=number)
    group = {"id": ids["辉油组"], "name": "辉油组"}
    ids["罗正华"] = save(village, "person", name="罗正华", id_number=NUMBER, born="1969-03-04")
    head = {"id": ids["罗正华"], "name": "罗正华"}
    ids["10"] = save(village, "household", head=head, number="10", group=group, address="大树脚")
    ids["2"] = save(village, "household", head="岑兴富", number="2", group=group)
    ids["3"] = save(village, "household", head="单光荣", group="寨上组")
    home = {"id": ids["10"], "name": "罗正华"}
    ids["罗𬭎"] = save(village, "person", name="罗𬭎", household=home, born="1996-01-20")
    ids["王庆芬"] = save(village, "person", name="王庆芬", household=home, born="1971-08-20")
    ids["罗老太"] = save(village, "person", name="罗老太", household=home, born="1940-01-20", ended_on="2025-03-02")
    ids["独"] = save(village, "person", name="查独明")
    return ids


def test_groups_stand_by_their_number_and_households_by_theirs(village: Office, lived_in: dict[str, str]) -> None:
    with village.desk.reading() as session:
        found = households.sections(session, village.by)
        assert [(s.name, s.count) for s in found] == [("辉油组", 2), ("寨上组", 1)]
        homes = households.homes(session, village.by, found[0])
    told = [(h.household.number, h.household.head.name, h.people) for h in homes]
    assert told == [("2", "岑兴富", 0), ("10", "罗正华", 3)]


def test_the_head_comes_first_and_who_died_last(village: Office, lived_in: dict[str, str]) -> None:
    wife = {"id": lived_in["王庆芬"], "name": "王庆芬"}
    save(village, "post", person=wife, body="妇联", position="主席")
    save(village, "post", person=wife, body="村委会", position="委员", until="2026-11-30")
    with village.desk.reading() as session:
        section = households.sections(session, village.by)[0]
        home = households.homes(session, village.by, section)[1]
        members = households.members(session, village.by, home.kept, TODAY)
    told = [(m.person.name, [p.position for p in m.posts]) for m in members]
    assert told == [("罗正华", []), ("王庆芬", ["主席"]), ("罗𬭎", []), ("罗老太", [])]


@pytest.mark.parametrize(
    ("words", "homes", "lone"),
    [
        ("罗正华", ["10"], []), ("lzh", ["10"], []), ("wangqf", ["10"], []), ("𬭎", ["10"], []), ("大树脚", ["10"], []),
        (NUMBER, ["10"], []), (NUMBER[:6], [], []), ("sgr", ["3"], []), ("zdm", [], ["独"]), ("查", [], ["独"]), ("没有", [], []),
    ],
)  # fmt: skip
def test_a_household_is_found_by_who_lives_there(
    village: Office, lived_in: dict[str, str], words: str, homes: list[str], lone: list[str]
) -> None:
    with village.desk.reading() as session:
        found = [
            h.kept.id
            for s in households.sections(session, village.by, words)
            for h in households.homes(session, village.by, s, words)
        ]
        assert found == [lived_in[key] for key in homes]
        assert [m.kept.id for m in households.lone(session, village.by, words)] == [lived_in[key] for key in lone]


def test_what_was_struck_is_neither_counted_nor_lived_in(village: Office, lived_in: dict[str, str]) -> None:
    records.strike(village, KINDS["household"], lived_in["2"], reason="记错")
    records.strike(village, KINDS["person"], lived_in["罗𬭎"], reason="记错")
    with village.desk.reading() as session:
        section = households.sections(session, village.by)[0]
        (home,) = households.homes(session, village.by, section)
        members = households.members(session, village.by, home.kept, TODAY)
    assert (section.count, home.people) == (1, 2)
    assert [m.person.name for m in members] == ["罗正华", "王庆芬", "罗老太"]


def test_who_may_not_read_the_register_is_refused(village: Office) -> None:
    reader = Viewer("A", "甲", frozenset({Duty.READER}), "village")
    with village.desk.reading() as session, pytest.raises(Refused, match=r"“户”只有文书、支书/主任、调解主任能看。"):
        households.sections(session, reader)


def test_one_household_among_many_is_read_without_looking_at_the_others(village: Office) -> None:
    identifier = save(village, "household", head="岑兴富", group={"id": "GROUP0000001", "name": "一组"})
    save(village, "person", name="岑小明", household={"id": identifier, "name": "岑兴富"})
    copies = (
        ("kind_household", "group", "'GROUP' || printf('%07d', n.value % 1000)"),
        ("kind_person", "household", "printf('%012d', n.value)"),
    )
    with raw(village) as cursor:
        for table, column, to in copies:
            names = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
            made = [{"id": "printf('%012d', n.value)", column: to}.get(name, f'k."{name}"') for name in names]
            cursor.execute(
                "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 20000)"
                f" INSERT INTO {table} SELECT {', '.join(made)} FROM {table} k, n"
            )
    asked: list[tuple[str, Any]] = []
    with village.desk.reading() as session:
        section = Section(village.desk.me.org, "GROUP0000001", "一组", 21)
        event.listen(village.desk.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        homes = households.homes(session, village.by, section)
        home = next(h for h in homes if h.kept.id == identifier)
        members = households.members(session, village.by, home.kept, TODAY)
        plans = [
            row[3]
            for statement, values in list(asked)
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        ]
    assert (len(homes), home.people, [m.person.name for m in members]) == (21, 1, ["岑小明"])
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN kind") or "_list" in plan or "(org=?)" in plan] == []
