"""Who should come: by posts on the day, the household register, and party membership."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Desks
from villagedesk.actions import records, roster
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX

DAY = date(2026, 11, 18)
POSTS = [
    ("罗正华", "好花红村党总支", "书记、村委会主任", "2026-01-20", None),
    ("黄庆芬", "好花红村村民委员会", "委员", "2026-01-20", None),
    ("岑兴富", "红白理事会", "会长", "2026-01-20", None),
    ("石明英", "红白理事会", "成员", "2026-01-20", "2026-11-17"),
    ("韦忠", "红白理事会", "成员", "2026-11-19", None),
    ("莫玉珍", "村民代表会议", "村民代表", None, None),
    ("黄庆芬", "村民代表会议", "村民代表", None, None),
]


@pytest.fixture
def seated(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as office:
        yield _seated(office)


def _seated(village: Office) -> Office:
    records.save(village, KINDS["council"], [{"key": key, "name": SIX[key]} for key in ("hongbai", "huzhu")])
    names = list(dict.fromkeys(p[0] for p in POSTS))
    [group] = records.save(village, KINDS["group"], [{"name": "辉油组"}]).ids
    people = dict(zip(names, records.save(village, KINDS["person"], [
        {"name": n, "group": {"id": group, "name": "辉油组"}, "party_member": n == "罗正华"} for n in names
    ]).ids, strict=True))  # fmt: skip
    records.save(village, KINDS["post"], [
        {k: v for k, v in zip(("person", "body", "position", "since", "until"), ({"id": people[n], "name": n}, *rest), strict=True) if v}
        for n, *rest in POSTS
    ])  # fmt: skip
    records.save(village, KINDS["household"], [
        {"head": {"id": people["岑兴富"], "name": "岑兴富"}}, {"head": "卢安邦", "votes": False},
    ])  # fmt: skip
    return village


def entitled(office: Office, *bodies: str, day: date = DAY) -> list[str]:
    with office.desk.reading() as session:
        return [seat.name for seat in roster.entitled(session, office.by, bodies, day)]


@pytest.mark.parametrize(
    ("bodies", "names"),
    [
        (("hongbai",), ["岑兴富"]),
        (("committee",), ["罗正华", "黄庆芬"]),
        (("party_branch",), ["罗正华"]),
        (("two_committees",), ["罗正华", "黄庆芬"]),
        (("representatives",), ["罗正华", "黄庆芬", "莫玉珍"]),
        (("villagers",), ["岑兴富"]),
        (("party_members",), ["罗正华"]),
        (("huzhu",), []),
    ],
)  # fmt: skip
def test_those_who_should_come_follow_from_the_registers(
    seated: Office, bodies: tuple[str, ...], names: list[str]
) -> None:
    assert entitled(seated, *bodies) == names


def test_a_post_counts_from_its_first_day_to_its_last(seated: Office) -> None:
    assert entitled(seated, "hongbai", day=date(2026, 11, 17)) == ["岑兴富", "石明英"]
    assert entitled(seated, "hongbai", day=date(2026, 11, 19)) == ["岑兴富", "韦忠"]


def test_in_a_joint_sitting_everybody_stands_once_with_his_bodies(seated: Office) -> None:
    with seated.desk.reading() as session:
        seats = roster.entitled(session, seated.by, ("committee", "representatives"), DAY)

    assert [(s.name, s.bodies) for s in seats] == [
        ("罗正华", ("committee", "representatives")),
        ("黄庆芬", ("committee", "representatives")),
        ("莫玉珍", ("representatives",)),
    ]
    assert seats[2].line(several=True) == {
        "name": "莫玉珍",
        "person": seats[2].person,
        "group": "辉油组",
        "bodies": ["representatives"],
    }
    assert "bodies" not in seats[0].line(several=False)


def test_the_next_meeting_begins_from_the_last_of_the_same_bodies(seated: Office) -> None:
    for subject, bodies, day in (
        ("一", ["红白理事会"], "2026-03-01"),
        ("二", ["红白理事会", "互帮互助会"], "2026-09-01"),
        ("三", ["红白理事会"], "2026-06-01"),
    ):
        records.save(seated, KINDS["meeting"], [{"subject": subject, "bodies": bodies, "held_from": f"{day}T09:00"}])

    last = roster.last_sitting(seated, ["hongbai"])
    assert last is not None
    assert last.record.title == "三"
    assert roster.last_sitting(seated, ["committee"]) is None
