"""卷宗体检: what a file still lacks."""

from typing import Any

import pytest

from villagedesk.records.kinds.mediation.case import Case
from villagedesk.records.kinds.mediation.check import Mark, examined
from villagedesk.records.kinds.mediation.lines import Paper
from villagedesk.records.values import checked

SIGNED = ["register", "notice", "identity", "record", "agreement", "application"]
FULL: dict[str, Any] = {
    "subject": "罗正明与王朝贵排水沟纠纷", "dispute": "d02", "accepted_on": "2026-11-05", "mediator": "石明英", "form": "written",
    "parties": ["罗正明", "王朝贵"], "facts": "沟走谁家地边", "terms": "改道", "way": "11月27日前", "agreed_on": "2026-11-19",
    "sittings": [{"text": "谈拢了", "at": "2026-11-18T14:00"}], "result": "settled",
    "pieces": [{"paper": paper, "signed": True} for paper in SIGNED],
}  # fmt: skip


def marks(values: dict[str, Any], stage: str = "settled") -> dict[str, tuple[Mark, str]]:
    found = examined(checked(Case, values, stage=stage)).findings
    return {one.name: (one.mark, one.text) for one in found}


def test_a_file_that_has_everything_is_whole() -> None:
    check = examined(checked(Case, FULL, stage="settled"))
    assert check.score == 100
    assert check.lacking == ()
    assert marks(FULL)["人民调解协议书"] == (Mark.GOOD, "一式3份，当事人各一份、调委会一份")
    assert marks(FULL)["司法确认有关材料"] == (Mark.NONE, "可申请到12月19日")
    assert marks(FULL)["授权委托书"] == (Mark.NONE, "没有代理人")


@pytest.mark.parametrize("paper", ["register", "notice", "identity", "record", "agreement"])
def test_what_is_not_signed_must_be(paper: str) -> None:
    pieces = [one for one in FULL["pieces"] if one["paper"] != paper]
    assert marks(FULL | {"pieces": pieces})[Paper(paper).label] == (Mark.BAD, "还没有签字盖章")


def test_whose_mark_is_missing_is_said_as_it_was_typed() -> None:
    pieces = [one | ({"lacking": "王朝贵没按指印"} if one["paper"] == "notice" else {}) for one in FULL["pieces"]]
    assert marks(FULL | {"pieces": pieces})["权利义务告知书"] == (Mark.BAD, "王朝贵没按指印")
    assert examined(checked(Case, FULL | {"pieces": pieces}, stage="settled")).score == 83


@pytest.mark.parametrize(
    ("lacks", "text"), [("facts", "缺纠纷主要事实、争议事项"), ("terms", "缺协议内容"), ("way", "缺履行方式和期限")]
)
def test_an_agreement_has_four_contents(lacks: str, text: str) -> None:
    assert marks({k: v for k, v in FULL.items() if k != lacks})["人民调解协议书"] == (Mark.BAD, text)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"sittings": [{"text": "x", "at": "2026-11-20T09:00"}]}, "调解日期和协议日期前后不对"),
        ({"inquiries": [{"text": "x", "at": "2026-11-04T09:00"}]}, "调查日期早于受理日期"),
        ({"revisits": [{"text": "x", "on": "2026-11-18"}]}, "回访日期和协议日期前后不对"),
    ],
)  # fmt: skip
def test_days_follow_each_other(more: dict[str, Any], text: str) -> None:
    assert marks(FULL | more)["日期先后"] == (Mark.BAD, text)


def test_what_is_not_due_yet_is_no_fault() -> None:
    early = {k: v for k, v in FULL.items() if k in ("subject", "dispute", "accepted_on", "parties", "mediator")}
    found = marks(
        early | {"pieces": [{"paper": p, "signed": True} for p in ("register", "notice", "identity")]}, "inquiring"
    )
    assert found["人民调解记录"] == (Mark.LATER, "还没有调解记录")
    assert "人民调解协议书" not in found
    assert not [one for one in found.values() if one[0] is Mark.BAD]


def test_an_oral_agreement_on_the_spot_needs_no_record_of_sittings() -> None:
    oral = FULL | {
        "form": "oral",
        "sittings": [],
        "pieces": [{"paper": p, "signed": True} for p in ("register", "notice", "identity", "oral")],
    }
    found = marks(oral)
    assert found["人民调解记录"][0] is Mark.NONE
    assert found["人民调解口头协议登记表"][0] is Mark.GOOD


def test_a_mediation_that_failed_has_a_notice_of_its_end() -> None:
    failed = FULL | {"result": "failed", "form": None}
    assert marks(failed, "ended")["终止调解通知书"] == (Mark.BAD, "还没有签字盖章")
