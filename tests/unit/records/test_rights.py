"""Who may do and see what, spelled out: every duty, every door, every deed."""

import pytest

from villagedesk.records.kind import Door
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import NAMES, Deed, Duty, Viewer, who_may

DOORS = {Door.OPEN: "meeting", Door.PERSONAL: "person", Door.MEDIATION: "case"}
"""A kind behind each door."""

WITH_A_RECORD = """
            open                          personal              mediation
clerk       read write seal carry* review* keep* accounts*      |  read write seal carry* review* keep* accounts*  |
chair       read write seal override review* keep*              |  read                                            |
mediator    read                                                |  read write seal                                 |  read write seal
council     read write                                          |                                                  |
supervisor  read                                                |                                                  |
reader      read                                                |                                                  |
"""
"""What each duty may do to records behind each door.  A star: a deed of the desk, asked here with a kind beside it."""

OF_THE_DESK = {
    "clerk": "seal carry review keep accounts",
    "chair": "seal override review keep",
    "mediator": "seal",
    "council": "",
    "supervisor": "",
    "reader": "",
}
"""What each duty may do where no record is meant."""

OWN = [d for d in Deed if d not in (Deed.READ, Deed.WRITE)]
"""Deeds that need no record."""


def viewer(*duties: Duty, level: str = "village") -> Viewer:
    return Viewer("K7Q2M9XA", "罗倩", frozenset(duties), level)


def _table() -> list[tuple[Duty, Door, frozenset[str]]]:
    rows = []
    for line in WITH_A_RECORD.strip().splitlines()[1:]:
        duty, rest = line.split(maxsplit=1)
        cells = [*rest.split("|"), "", ""][:3]
        rows += [
            (Duty(duty), door, frozenset(word.strip("*") for word in cell.split()))
            for door, cell in zip(DOORS, cells, strict=True)
        ]
    return rows


@pytest.mark.parametrize(("duty", "door", "deeds"), _table())
def test_a_duty_may_do_this_to_records_behind_this_door(duty: Duty, door: Door, deeds: frozenset[str]) -> None:
    kind = KINDS[DOORS[door]].kind
    assert kind.door is door

    assert {d.value for d in Deed if viewer(duty).may(d, kind)} == deeds


@pytest.mark.parametrize("duty", Duty)
def test_a_duty_may_do_this_at_the_desk(duty: Duty) -> None:
    assert {d.value for d in OWN if viewer(duty).may(d)} == set(OF_THE_DESK[duty].split())


def test_duties_add_up() -> None:
    both = viewer(Duty.COUNCIL, Duty.MEDIATOR)

    assert both.may(Deed.WRITE, KINDS["meeting"].kind)
    assert both.may(Deed.SEAL, KINDS["case"].kind)


def test_nobody_without_a_duty_may_anything() -> None:
    nobody = viewer()

    assert not any(nobody.may(d) for d in OWN)
    assert not any(nobody.may(d, cls.kind) for d in Deed for cls in KINDS.values())


@pytest.mark.parametrize("level", ["village", "town", "county"])
def test_a_kind_is_written_only_at_its_level_and_read_at_all(level: str) -> None:
    everything = viewer(*Duty, level=level)

    assert {k for k, cls in KINDS.items() if everything.may(Deed.WRITE, cls.kind)} == {
        k for k, cls in KINDS.items() if level in cls.kind.levels
    }
    assert everything.readable(cls.kind for cls in KINDS.values()) == frozenset(KINDS)


def test_what_each_duty_may_read() -> None:
    kinds = [cls.kind for cls in KINDS.values()]
    personal = {"household", "person", "identity_scan"}
    council = {"help", "worthy", "appraisal"}

    assert {d: frozenset(KINDS) - viewer(d).readable(kinds) for d in Duty} == {
        Duty.CLERK: {"case"}, Duty.CHAIR: {"case"}, Duty.MEDIATOR: council, Duty.COUNCIL: {"case", *personal},
        Duty.SUPERVISOR: {"case", *personal, *council}, Duty.READER: {"case", *personal, *council},
    }  # fmt: skip


def test_a_refusal_names_those_who_may() -> None:
    case, meeting = KINDS["case"].kind, KINDS["meeting"].kind

    assert who_may(Deed.READ, case) == "调解主任"
    assert who_may(Deed.WRITE, meeting) == "文书、支书/主任、六会会长"
    assert who_may(Deed.SEAL) == "文书、支书/主任、调解主任"
    assert who_may(Deed.OVERRIDE) == "支书/主任"


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("deed", Deed)
def test_those_a_refusal_names_may_indeed(key: str, deed: Deed) -> None:
    kind = KINDS[key].kind
    named = {d for d in Duty if NAMES[d] in who_may(deed, kind).split("、")}

    assert named == {d for d in Duty if viewer(d, level=kind.levels[0]).may(deed, kind)}


def test_every_duty_has_a_name() -> None:
    assert set(NAMES) == set(Duty)
    assert len(set(NAMES.values())) == len(Duty)
