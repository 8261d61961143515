"""What a meeting could decide, and the resolutions that follow from what it decided."""

from typing import Any

import pytest

from tests.e2e.desks import NEW, Laptop, item, meeting

OTHER = "另一个人的长口令"


def final(laptop: Laptop, **changes: Any) -> str:
    """A meeting, finalised."""
    identifier = laptop.meeting(**changes)
    laptop("finalise", "meeting", identifier)
    return identifier


def amend(laptop: Laptop, identifier: str, **changes: Any) -> None:
    laptop("amend", "meeting", identifier, "-", "--reason", "复核", stdin=changes)


def standing(laptop: Laptop) -> list[str]:
    """The subjects of the resolutions that hold."""
    return sorted(r["title"] for r in laptop.all("resolution"))


def people(present: int, absent: int) -> list[dict[str, str]]:
    came = [{"name": f"到会{n}"} for n in range(present)]
    return came + [{"name": f"缺席{n}", "state": "absent"} for n in range(absent)]


# --- quorum and majority ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "base", "present", "yes", "passed"),
    [
        ({"body": "村民代表会议"}, 3, 2, 2, True),
        ({"body": "村民代表会议"}, 6, 3, 3, False),  # three of six are not two thirds
        ({"body": "村民代表会议"}, 6, 4, 2, False),  # two of four are not more than half
        ({"body": "村民代表会议"}, 6, 4, 3, True),
        ({"body": "村民会议", "counting": "person"}, 10, 5, 5, False),  # half is not more than half
        ({"body": "村民会议", "counting": "person"}, 10, 6, 4, True),
        ({"body": "村民会议", "counting": "household"}, 9, 5, 5, False),
        ({"body": "村民会议", "counting": "household"}, 9, 6, 4, True),
        ({"body": "村民会议"}, 3, 3, 3, False),  # by members is no way to count villagers
        ({"body": "集体经济组织成员大会"}, 9, 6, 5, False),  # two thirds of all members, not of those present
        ({"body": "集体经济组织成员大会"}, 9, 6, 6, True),
        ({"body": "红白理事会"}, 5, 3, 2, True),
    ],
)
def test_a_matter_is_carried_by_quorum_and_majority_of_its_body(
    village: Laptop, body: dict[str, str], base: int, present: int, yes: int, passed: bool
) -> None:
    agenda = [item(yes=yes, no=present - yes)]
    identifier = final(village, bodies=[body], present=people(present, base - present), agenda=agenda)
    (one,) = village.values("meeting", identifier)["agenda"]
    assert (one["passed"], standing(village)) == (passed, ["通组路硬化"] if passed else [])


def test_a_base_that_was_typed_counts_before_the_list_of_names(village: Laptop) -> None:
    """A village meeting of 300 households, of whose representatives only those present are written down."""
    bodies = [{"body": "村民会议", "counting": "household", "base": 300}]
    identifier = village.meeting(bodies=bodies, present=people(199, 0), agenda=[item(yes=199)])
    assert "应到300人，实到199人，没有达到三分之二以上（200人）" in village("finalise", "meeting", identifier).err
    assert standing(village) == []
    final(village, bodies=bodies, present=people(200, 0), agenda=[item(yes=101, no=99)])
    assert standing(village) == ["通组路硬化"]


def test_one_sitting_of_two_bodies_carries_only_what_both_could_carry(village: Laptop) -> None:
    both = [{"name": f"兼{n}"} for n in range(2)]
    others = [{"name": f"代表{n}", "state": "absent", "bodies": ["representatives"]} for n in range(2)]
    identifier = village.meeting(bodies=["村民代表会议", "红白理事会"], present=[*both, *others])
    said = village("finalise", "meeting", identifier).err
    assert "村民代表会议：应到4人，实到2人，没有达到" in said
    assert "红白理事会：应到2人，实到2人，已达" in said
    assert standing(village) == []


@pytest.mark.parametrize(
    "votes", [{"yes": 3}, {"yes": 1}, {"yes": 1, "no": 0, "abstain": 2}, {"yes": 2, "silent": 1}, {"yes": 0}]
)
def test_votes_that_do_not_add_up_to_those_present_exit_2(village: Laptop, votes: dict[str, int]) -> None:
    identifier = village.meeting(agenda=[item(yes=None, no=None) | votes])
    said = village.refused(2, "finalise", "meeting", identifier)
    assert said.startswith("议题：“通组路硬化”：赞成、反对、弃权、未表决合计")
    assert village.show("meeting", identifier)["stage"] == "draft"


def test_negative_votes_and_votes_that_are_no_numbers_exit_2_at_once(village: Laptop) -> None:
    for votes, said in (({"yes": -1}, "不能小于0"), ({"yes": 1.5}, "请填整数"), ({"yes": "两票"}, "请填整数")):
        assert said in village.refused(2, "add", "meeting", "-", stdin=meeting(agenda=[item() | votes]))
    assert village.all("meeting") == []


def test_a_body_nobody_knows_exits_2_and_a_new_council_is_known_at_once(village: Laptop) -> None:
    assert "没有“老年协会”这个机构" in village.refused(2, "add", "meeting", "-", stdin=meeting(bodies=["老年协会"]))
    village.add("council", {"name": "老年协会", "key": "laonian"})
    assert village.values("meeting", village.meeting(bodies=["老年协会"]))["bodies"][0]["body"] == "laonian"


# --- what the chair may set otherwise -----------------------------------------------------------


@pytest.fixture
def offices(village: Laptop) -> Laptop:
    """The village's machine with a clerk who is nothing else, and a chair."""
    village("account", "add", "文书员", "--duty", "文书", **{NEW: OTHER})
    village("account", "add", "主任", "--duty", "支书/主任", **{NEW: OTHER})
    return village


def test_what_did_not_pass_cannot_be_recorded_as_passed_without_a_reason(offices: Laptop) -> None:
    identifier = offices.meeting(agenda=[item(yes=1, no=1, passed=True)])
    said = offices.refused(3, "finalise", "meeting", identifier)
    assert said == "“通组路硬化”不能记为通过：赞成1票。主持人要改判，请在该议题写明理由。（override）\n"
    assert (offices.show("meeting", identifier)["stage"], standing(offices)) == ("draft", [])


def test_only_the_chair_sets_a_result_otherwise_and_the_reason_stands_in_the_resolution(offices: Laptop) -> None:
    agenda = [item(yes=1, no=1, passed=True, override="镇里已书面同意")]
    identifier = offices.meeting(agenda=agenda)
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    assert "改判要由支书/主任定稿" in offices.by("文书员").refused(3, "finalise", "meeting", identifier, **secret)
    assert standing(offices) == []
    offices.by("主任")("finalise", "meeting", identifier, **secret)
    (one,) = offices.all("resolution")
    assert (one["values"]["override"], one["values"]["vote"]) == ("镇里已书面同意", "赞成1票，反对1票")


def test_a_matter_without_votes_cannot_be_passed_without_the_chairs_reason(village: Laptop) -> None:
    identifier = village.meeting(agenda=[item(yes=None, no=None, passed=True)])
    assert "没有登记表决票数" in village.refused(3, "finalise", "meeting", identifier)


def test_a_matter_only_talked_about_has_no_result_and_no_resolution(village: Laptop) -> None:
    identifier = final(village, agenda=[item(yes=None, no=None)])
    assert "passed" not in village.values("meeting", identifier)["agenda"][0]
    assert standing(village) == []


def test_a_council_by_custom_is_advised_and_not_bound(village: Laptop) -> None:
    final(village, bodies=["红白理事会"], agenda=[item(yes=1, no=1, passed=True)])
    assert standing(village) == ["通组路硬化"]


# --- resolutions follow -------------------------------------------------------------------------


def test_a_resolution_goes_when_the_amended_votes_no_longer_carry_and_comes_back_when_they_do(village: Laptop) -> None:
    identifier = final(village)
    (one,) = village.all("resolution")
    agenda = village.values("meeting", identifier)["agenda"]
    amend(village, identifier, agenda=[agenda[0] | {"yes": 1, "no": 1, "passed": None}])
    assert standing(village) == []
    assert village.history("resolution", one["id"]) == [("set", 0, ""), ("del", 0, "会议更正后未通过")]
    amend(village, identifier, agenda=[agenda[0] | {"yes": 2, "no": 0, "passed": None}])
    assert [r["id"] for r in village.all("resolution")] == [one["id"]]
    assert village.verify() == "检查完毕，没有发现问题。\n"


def test_an_amendment_of_something_else_leaves_the_resolution_alone(village: Laptop) -> None:
    identifier = final(village)
    (one,) = village.all("resolution")
    amend(village, identifier, place="村口")
    assert village.history("resolution", one["id"]) == [("set", 0, "")]


def test_the_progress_of_a_resolution_outlives_an_amendment_of_its_words(village: Laptop) -> None:
    identifier = final(village)
    (one,) = village.all("resolution")
    village("edit", "resolution", one["id"], "-", stdin={"progress": "已开工", "owner": "岑兴富"})
    village("advance", "resolution", one["id"], "doing")
    agenda = village.values("meeting", identifier)["agenda"]
    amend(village, identifier, agenda=[agenda[0] | {"resolution": "同意修改后的方案。"}])
    shown = village.show("resolution", one["id"])
    assert (shown["stage"], shown["values"]["text"]) == ("doing", "同意修改后的方案。")
    assert (shown["values"]["progress"], shown["values"]["owner"]) == ("已开工", "岑兴富")


def test_a_matter_taken_off_by_an_amendment_takes_its_resolution_along(village: Laptop) -> None:
    identifier = final(village, agenda=[item(), item(title="安装路灯")])
    assert standing(village) == ["安装路灯", "通组路硬化"]
    agenda = village.values("meeting", identifier)["agenda"]
    amend(village, identifier, agenda=agenda[:1])
    assert standing(village) == ["通组路硬化"]
    amend(village, identifier, agenda=agenda)
    assert standing(village) == ["安装路灯", "通组路硬化"]


def test_a_meeting_brought_back_brings_back_only_what_it_carried(village: Laptop) -> None:
    identifier = final(village, agenda=[item(), item(title="安装路灯")])
    first, second = village.values("meeting", identifier)["agenda"]
    amend(village, identifier, agenda=[first, second | {"yes": 0, "no": 2, "passed": None}])
    village("strike", "meeting", identifier, "--reason", "重复")
    village("revive", "meeting", identifier, "--reason", "没有重复")
    assert standing(village) == ["通组路硬化"]


def test_reordering_the_agenda_keeps_each_resolution_with_its_matter(village: Laptop) -> None:
    identifier = final(village, agenda=[item(), item(title="安装路灯", resolution="装二十盏。")])
    before = {r["id"]: r["values"]["text"] for r in village.all("resolution")}
    amend(village, identifier, agenda=list(reversed(village.values("meeting", identifier)["agenda"])))
    assert {r["id"]: r["values"]["text"] for r in village.all("resolution")} == before


def test_an_attendance_corrected_upwards_asks_for_the_base_and_judges_anew(village: Laptop) -> None:
    identifier = final(village)
    four = ["岑兴富", "陈世荣", "吴昌平", "韦国珍"]
    said = village.refused(
        2, "amend", "meeting", identifier, "-", "--reason", "补签到", stdin={"present": four, "agenda": [item(yes=4)]}
    )
    assert said == "会议类型：实到4人多于应到3人。\n"
    amend(village, identifier, bodies=[{"body": "村民代表会议", "base": 4}], present=four, agenda=[item(yes=4)])
    assert village.show("meeting", identifier)["values"]["bodies"][0]["base"] == 4
    assert standing(village) == ["通组路硬化"]
