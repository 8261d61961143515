"""Charters to begin with."""

import re

import pytest

from villagedesk.actions.charters import starting
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.values import checked


def council(key: str, **more: object) -> Council:
    return checked(Council, {"key": key, "name": SIX.get(key, "村民议事会"), "years": 3, **more})


@pytest.mark.parametrize("key", SIX)
def test_a_charter_has_seven_chapters_and_articles_that_count_on(key: str) -> None:
    lines = starting(council(key), "好花红村").split("\n")
    assert [line.partition("　")[2] for line in lines if re.match("第[^章条]+章", line)] == [
        "总则", "组织机构", "职责", "会议制度", "权利和义务", "纪律", "附则",
    ]  # fmt: skip
    articles = [line.partition("条")[0] for line in lines if re.match("第[^章]+条", line)]
    assert articles[:3] == ["第一", "第二", "第三"]
    assert articles[9:12] == ["第十", "第十一", "第十二"]
    assert "{" not in "".join(lines)
    assert SIX[key] in lines[1]


@pytest.mark.parametrize("key", SIX)
def test_no_charter_fines_forbids_or_approves(key: str) -> None:
    text = starting(council(key), "好花红村")
    for word in ("罚款", "处以", "没收", "审批同意", "不予批准", "一律不准"):
        assert word not in text
    assert "不设罚则" in text


def test_a_council_with_several_hats_has_the_duties_of_all() -> None:
    one = starting(council("hongbai", covers=["huzhu", "jindu"]), "好花红村")
    assert "受理红白事报备" in one
    assert "农忙帮工" in one
    assert "不列名单" in one


def test_a_council_of_another_sort_begins_with_nothing() -> None:
    assert starting(council("yishi"), "好花红村") == ""
    assert "农忙帮工" in starting(council("liuhui", covers=["huzhu"]), "好花红村")
