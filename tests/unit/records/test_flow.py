"""Stages and numbers."""

import pytest

from villagedesk.records.flow import PLAIN, Flow, Stage
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.meeting import MEETING_FLOW
from villagedesk.records.numbers import committee_name, number, short_name


def test_a_flow_begins_with_its_first_stage_and_knows_what_follows() -> None:
    assert (MEETING_FLOW.first, MEETING_FLOW.sealing) == ("draft", "final")
    assert [[s.key for s in MEETING_FLOW.next(k)] for k in ("draft", "final", "filed", "nothing")] == [
        ["final"],
        ["filed"],
        [],
        [],
    ]


def test_a_stage_is_named_by_key_or_by_name() -> None:
    assert [MEETING_FLOW.named(w) for w in ("final", "已定稿", "Final", "")] == ["final", "final", "", ""]
    assert "final" in MEETING_FLOW
    assert "final?" not in MEETING_FLOW
    assert MEETING_FLOW["final"].seals


def test_a_stage_of_a_newer_program_is_called_by_its_key_and_leads_nowhere() -> None:
    assert MEETING_FLOW["archived"] == Stage("archived", "archived")
    assert MEETING_FLOW.next("archived") == ()


def test_a_record_without_stages_is_simply_kept() -> None:
    assert (PLAIN.first, PLAIN.sealing, PLAIN.next("kept")) == ("kept", "", ())


def test_a_flow_without_a_seal_has_nothing_to_finalise() -> None:
    assert Flow((Stage("a", "甲"), Stage("b", "乙", after=("a",)))).sealing == ""


@pytest.mark.parametrize("key", KINDS)
def test_every_stage_can_be_reached_and_follows_known_ones(key: str) -> None:
    flow = KINDS[key].kind.flow
    keys = [s.key for s in flow.stages]
    assert len(set(keys)) == len(keys)
    assert len({s.name for s in flow.stages}) == len(keys)
    assert all(after in keys for s in flow.stages for after in s.after)

    reached, waiting = set(), [flow.first]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [s.key for s in flow.stages if here in s.after and s.key not in reached]
    assert reached == set(keys)


@pytest.mark.parametrize(
    ("laptop", "written"),
    [(1, "好花红村会〔2026〕23号"), (2, "好花红村会乙〔2026〕23号"), (3, "好花红村会丙〔2026〕23号"), (10, "好花红村会癸〔2026〕23号")],
)  # fmt: skip
def test_each_laptop_has_a_series_of_its_own(laptop: int, written: str) -> None:
    assert number("好花红村", "会", laptop, 2026, 23) == written


@pytest.mark.parametrize(
    ("name", "short"),
    [("好花红村村民委员会", "好花红村"), ("幸福移民社区居民委员会", "幸福移民社区"), ("人民调解委员会", "人民调解"), ("好花红村", "好花红村"),
     ("好花红村村委会", "好花红村"), ("张庄村委会", "张庄村"), ("张庄村民委员会", "张庄村"), ("第一嘎查村民委员会", "第一嘎查"),
     ("新兴里居委会", "新兴里"), ("村民委员会", "村民"), ("委员会", "委员会"), ("", "")],
)  # fmt: skip
def test_a_village_is_called_by_its_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("listed", "committee"),
    [("好花红村村民委员会", "好花红村村民委员会"), ("好花红村委会", "好花红村村民委员会"), ("张庄村委会", "张庄村村民委员会"),
     ("银闸社区居委会", "银闸社区居民委员会"), ("巴彦芒哈嘎查委员会", "巴彦芒哈嘎查委员会"), ("好花红村", ""), ("", "")],
)  # fmt: skip
def test_the_committee_is_named_in_full(listed: str, committee: str) -> None:
    assert committee_name(listed) == committee
