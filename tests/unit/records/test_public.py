"""What may be put up on a wall."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import random_records
from villagedesk.records.kind import Part, Record, Shape, fields, shown
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.mediation.case import Case
from villagedesk.records.kinds.people.people import Household, Person
from villagedesk.records.public import masked, public
from villagedesk.records.values import checked


@pytest.mark.parametrize(
    ("personal", "value", "public_"),
    [(0, "罗正华", "罗正华"), (1, "罗正华", "罗*华"), (2, "13885400001", "138******01"), (3, "残疾", "（不公开）"), (0, None, ""), (3, "", ""),
     (0, True, "是"), (3, ["a"], "（不公开）")],
)  # fmt: skip
def test_a_value_is_shown_as_its_level_allows(personal: int, value: Any, public_: str) -> None:
    assert masked(personal, value) == public_


def _leaks(value: Record | Part, told: dict[str, Any]) -> list[str]:
    """Labels under which something personal in the second degree or above is told as it is."""
    found = []
    for asked in fields(type(value)):
        inner, outer = getattr(value, asked.name), told.get(asked.label)
        if isinstance(outer, list):
            found += [leak for line, out in zip(inner, outer, strict=True) for leak in _leaks(line, out)]
        elif asked.ask.personal >= 2 and outer is not None and outer == shown(inner):
            found.append(asked.label)
    return found


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda key: random_records(KINDS[key])))
def test_nothing_personal_in_the_second_degree_is_shown_whole(record: Record) -> None:
    assert _leaks(record, public(record)) == []


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda key: random_records(KINDS[key])))
def test_no_file_is_named(record: Record) -> None:
    labels = {a.label for a in fields(type(record)) if a.shape is Shape.FILES}

    assert not labels & set(public(record))


def test_a_person_is_shown_with_nothing_that_finds_him() -> None:
    person = checked(Person, {
        "name": "岑兴富", "former": "岑富", "sex": "male", "born": "1980-01-01", "id_number": "522731198001010011", "phone": "13885400001",
        "household": "岑正明", "remark": "外出务工",
    })  # fmt: skip

    assert public(person) == {
        "姓名": "岑*富", "曾用名": "岑*", "性别": "男", "出生日期": "198****1日", "身份证号": "522731**********11", "户": "岑*明",
        "户籍状态": "户籍在村且居住", "党员": "否", "电话": "138******01", "备注": "外出务工",
    }  # fmt: skip


def test_what_a_household_is_known_as_is_not_shown() -> None:
    household = checked(Household, {"head": "岑兴富", "tags": ["watched", "allowance"], "address": "辉油组12号"})

    assert public(household) == {"户主": "岑*富", "住址": "******", "户类型": "（不公开）", "参加按户计数": "是"}


def test_the_words_of_a_case_are_not_shown_at_all() -> None:
    case = checked(Case, {
        "subject": "韦国珍莫家秀地界纠纷", "dispute": "d07", "accepted_on": "2026-11-20", "facts": "因后山竹林地界多年争执，韦国珍先动手",
        "terms": "以老界石为准", "parties": [{"name": "韦国珍", "phone": "13885400001", "address": "辉油组"}],
    })  # fmt: skip

    assert public(case) == {}


def test_those_on_leave_are_shown_without_the_reason() -> None:
    meeting = checked(Meeting, {
        "bodies": ["hongbai"], "subject": "x", "held_from": "2026-11-18T14:30",
        "present": [{"name": "吴昌平", "state": "leave", "reason": "肺癌住院"}],
    })  # fmt: skip

    assert public(meeting)["应到人员"] == [{"姓名": "吴*平", "到会情况": "请假", "请假缺席原因": "（不公开）"}]
