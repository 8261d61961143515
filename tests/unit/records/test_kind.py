"""The language of descriptions: shapes that follow from types, values told in words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from villagedesk.records.kind import Attachment, Ref, Shape, columns, fields, labels, rules, shown, texts
from villagedesk.records.kinds.awards import Title
from villagedesk.records.kinds.councils.meeting import Attendee, Meeting, Presence
from villagedesk.records.kinds.mediation.case import Case
from villagedesk.records.kinds.people.people import Household
from villagedesk.records.values import checked

FILE = Attachment(sha256="0" * 64, size=1, type="image/jpeg", name="签到.jpg")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), ("罗", "罗"), (True, "是"), (False, "否"), (0, "0"), (Decimal("3200.00"), "3200.00"), ([], ""),
        (date(2026, 11, 3), "2026年11月3日"), (datetime(2026, 11, 3, 9, 5), "2026年11月3日09:05"), (Title.CIVILIZED, "文明家庭户"),
        (Ref(id="X", name="罗正华"), "罗正华"), (Ref(), ""), (FILE, "签到.jpg"), (["a", "b"], "a、b"),
        ([Title.STARS, Title.OTHER], "星级文明户、其他"),
        (Attendee(name="吴昌平", state=Presence.LEAVE, reason="住院"), "吴昌平，请假，住院"),
    ],
)  # fmt: skip
def test_a_value_is_told_as_chinese_readers_write_it(value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("cls", "name", "shape"),
    [
        (Meeting, "subject", Shape.TEXT), (Meeting, "minutes", Shape.PROSE), (Meeting, "held_from", Shape.MOMENT), (Meeting, "held_to", Shape.MOMENT),
        (Meeting, "notice_on", Shape.DATE), (Meeting, "chair", Shape.REF), (Meeting, "present", Shape.LINES), (Meeting, "files", Shape.FILES),
        (Case, "amount", Shape.MONEY), (Case, "dispute", Shape.CHOICE), (Household, "tags", Shape.TICKS), (Household, "votes", Shape.YES),
        (Attendee, "bodies", Shape.TEXT),
    ],
)  # fmt: skip
def test_a_shape_follows_from_the_type(cls: Any, name: str, shape: Shape) -> None:
    assert next(a.shape for a in fields(cls) if a.name == name) is shape


def test_a_list_that_must_have_a_line_is_required() -> None:
    required = {a.name for a in fields(Meeting) if a.required}

    assert required == {"bodies", "subject", "held_from"}


def test_a_description_is_read_once() -> None:
    assert fields(Meeting) is fields(Meeting)
    assert rules(Meeting) is rules(Meeting)
    assert list(columns(Meeting)) == ["expected", "came", "finalised", "carried"]
    assert labels(Meeting)["held_from"] == "开始时间"


def test_counts_of_a_meeting() -> None:
    record = checked(Meeting, {
        "bodies": [{"body": "a", "base": 5}, {"body": "b", "base": 9}], "subject": "x", "held_from": "2026-11-18T14:30",
        "present": ["甲", {"name": "乙", "state": "absent"}], "agenda": [{"title": "x", "passed": True}, {"title": "y", "passed": False}, "z"],
    })  # fmt: skip

    assert {name: one.count(record) for name, one in columns(Meeting).items()} == {
        "expected": 9,
        "came": 1,
        "finalised": 0,
        "carried": 1,
    }


def test_every_text_in_a_value_is_found() -> None:
    assert list(texts({"a": "1", "b": ["2", {"c": "3", "d": 4}], "e": None})) == ["1", "2", "3"]
