"""Between a record and its JSON: hostile input, everything wrong told at once, lines that keep their lid."""

import json
from decimal import Decimal
from typing import Any

import pytest

from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.kinds.awards import Award
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.mediation.case import Case
from villagedesk.records.kinds.people.people import Household, Person, Post
from villagedesk.records.kinds.rules import VillageRule
from villagedesk.records.values import MAX_LINE, BadJson, checked, dumped, parsed, strict_json

PLAIN: dict[str, Any] = {
    "bodies": [{"body": "representatives"}],
    "subject": "第3次会议",
    "held_from": "2026-11-18T14:30",
}
ID = "0123456789AB"


def problems(cls: Any, values: Any, **more: Any) -> list[Problem]:
    with pytest.raises(NotValid) as error:
        checked(cls, values, **more)
    return error.value.problems


# --- strict JSON ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":[1,2.50,"罗𬭎",null,true]}', {"a": [1, Decimal("2.50"), "罗𬭎", None, True]}), ("1", 1), ('""', ""), (" {} \n", {}),
        ('"\\ud842\\udfb7"', "𠮷"), ("[" * 31 + "1" + "]" * 31, None), ("-0.0", Decimal("-0.0")), ("1e17", Decimal("1e17")),
    ],
)  # fmt: skip
def test_sound_json_is_read_with_fractions_exact(text: str, value: Any) -> None:
    read = strict_json(text.encode())

    assert value is None or read == value


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "JSON"), (b"{", "JSON"), (b"{} {}", "JSON"), (b"{'a':1}", "JSON"), (b"[1,]", "JSON"), (b"\x00", "JSON"), (b'"\x00"', "JSON"),
        (b'"a\nb"', "JSON"), (b"01", "JSON"), (b"+1", "JSON"), (b".5", "JSON"), (b"tru", "JSON"), (b'"\\x41"', "JSON"),
        (b"\xef\xbb\xbf{}", "JSON"), (b"NaN", "NaN"), (b'{"a":NaN}', "NaN"), (b"[Infinity]", "Infinity"), (b"-Infinity", "Infinity"),
        (b"1e999", "1e999"), (b"-1e999", "1e999"), (b"1e-999", "1e-999"), (b"1e18", "1e18"),
        (b"1e99999999999999999999", "1e99999"), (b"1e-99999999999999999999", "1e-9999"), (b"9" * 5000, "JSON"),
        (b'{"a":1,"a":1}', "\xe4"), (b'[{"b":{"a":1,"a":2}}]', "\xe4"), (b'{"\\u0061":1,"a":1}', "\xe4"),
        (b"\xff", "UTF-8"), (b'"\xc3"', "UTF-8"), (b'"\xed\xa0\x80"', "UTF-8"), (b'"\xc0\xaf"', "UTF-8"), ('{"a":1}'.encode("utf-16"), "UTF-8"),
        (b"[" * 33 + b"]" * 33, "32"), (b'{"a":' * 33 + b"1" + b"}" * 33, "32"), (b"[" * 100_000, "32"), (b'{"a":' * 100_000, "32"),
        (b'"' + b"x" * MAX_LINE + b'"', "1024KB"),
    ],
)  # fmt: skip
def test_hostile_json_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadJson) as error:
        strict_json(data)

    assert (said if said != "\xe4" else "写了两次") in str(error.value)


def test_a_line_may_be_exactly_a_mebibyte() -> None:
    assert len(strict_json(b'"' + b"x" * (MAX_LINE - 2) + b'"')) == MAX_LINE - 2


# --- what people typed ------------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once_with_labels() -> None:
    with pytest.raises(NotValid) as error:
        checked(
            Meeting,
            {**PLAIN, "held_from": "gestern", "subject": None, "agenda": [{"title": "x", "yes": -1}, {"yes": "viele"}]},
        )

    assert [(p.field, p.text) for p in error.value.problems] == [
        ("subject", "这一项必须填写。"),
        ("held_from", "时间不对，请写年月日和几点几分，比如 2026-11-18 14:30。"),
        ("agenda.0.yes", "不能小于0。"),
        ("agenda.1.title", "这一项必须填写。"),
        ("agenda.1.yes", "请填整数。"),
    ]
    assert str(error.value).splitlines()[0] == "会议名称：这一项必须填写。"


@pytest.mark.parametrize("name", ["subjekt", "", "_stage", "stage", "id", "org", "model_config", "\ud800", "kind"])
def test_an_unknown_field_is_refused(name: str) -> None:
    found = problems(Meeting, {**PLAIN, name: "draft"})

    assert [(p.field, p.text) for p in found] == [(name, f"没有“{name}”这一项，请核对项目名称。")]


def test_an_unknown_field_inside_a_line_is_refused() -> None:
    found = problems(Meeting, {**PLAIN, "agenda": [{"title": "x", "votes": 3}]})

    assert found == [Problem("agenda.0.votes", "没有这一项，请核对项目名称。")]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7f"[:2] + "\x01", "\ud800", "罗\udfff", "a\rb"])
@pytest.mark.parametrize("place", ["field", "line"])
def test_control_characters_and_half_characters_are_refused(text: str, place: str) -> None:
    values = {"subject": text} if place == "field" else {"agenda": [{"title": text}]}

    (found, *_) = problems(Meeting, {**PLAIN, **values})
    assert "控制字符" in found.text
    assert found.text.encode()


def test_line_breaks_and_tabs_are_no_control_characters() -> None:
    assert checked(Meeting, {**PLAIN, "minutes": "一\n二\t三"}).minutes == "一\n二\t三"


@pytest.mark.parametrize(
    ("cls", "values", "field"),
    [
        (Meeting, {**PLAIN, "held_from": "2026-11-18T14:30+08:00"}, "held_from"), (Meeting, {**PLAIN, "held_from": "2026-11-18T14:30Z"}, "held_from"),
        (Meeting, {**PLAIN, "held_from": 0}, "held_from"), (Meeting, {**PLAIN, "held_from": 1763476200}, "held_from"),
        (Meeting, {**PLAIN, "held_from": "1763476200"}, "held_from"), (Meeting, {**PLAIN, "held_from": True}, "held_from"),
        (Meeting, {**PLAIN, "notice_on": 0}, "notice_on"), (Meeting, {**PLAIN, "notice_on": "86400"}, "notice_on"),
        (Meeting, {**PLAIN, "notice_on": "2026-02-30"}, "notice_on"), (Meeting, {**PLAIN, "subject": 5}, "subject"),
        (Meeting, {**PLAIN, "subject": "x" * 121}, "subject"), (Meeting, {**PLAIN, "bodies": []}, "bodies"),
        (Meeting, {**PLAIN, "bodies": {}}, "bodies"),
        (Meeting, {**PLAIN, "agenda": "x"}, "agenda"), (Meeting, {**PLAIN, "agenda": [5]}, "agenda.0"),
        (Meeting, {**PLAIN, "agenda": [[]]}, "agenda.0"),
        (Meeting, {**PLAIN, "agenda": [None]}, "agenda.0"), (Meeting, {**PLAIN, "agenda": [{"title": "x", "lid": ["a"]}]}, "agenda.0.lid"),
        (Meeting, {**PLAIN, "agenda": [{"title": "x", "lid": {}}]}, "agenda.0.lid"),
        (Meeting, {**PLAIN, "agenda": [{"title": "x", "lid": 5}]}, "agenda.0.lid"),
        (Meeting, {**PLAIN, "agenda": [{"title": "x", "yes": Decimal("1.5")}]}, "agenda.0.yes"),
        (Meeting, {**PLAIN, "agenda": [{"title": "x", "yes": True}]}, "agenda.0.yes"),
        (Meeting, {**PLAIN, "present": [{"name": "罗", "state": "late"}]}, "present.0.state"),
        (Meeting, {**PLAIN, "present": [{"name": "罗", "person": []}]}, "present.0.person"), (Meeting, {**PLAIN, "chair": []}, "chair"),
        (Case, {"subject": "x", "dispute": "d07", "accepted_on": "2026-11-18", "amount": Decimal("0.001")}, "amount"),
        (Case, {"subject": "x", "dispute": "d07", "accepted_on": "2026-11-18", "amount": "-1"}, "amount"),
        (Case, {"subject": "x", "dispute": "d07", "accepted_on": "2026-11-18", "amount": "NaN"}, "amount"),
        (Case, {"subject": "x", "dispute": "d99", "accepted_on": "2026-11-18"}, "dispute"),
        (Household, {"head": "罗", "votes": "vielleicht"}, "votes"), (Household, {"head": "罗", "tags": ["lifted", "x"]}, "tags.1"),
        (Council, {"name": "x", "key": "Großes"}, "key"), (Award, {"household": "罗", "year": 10**30}, "year"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_sort_is_told_at_its_field_in_a_clerks_words(cls: Any, values: Any, field: str) -> None:
    found = problems(cls, values)

    assert [p.field for p in found] == [field]
    assert "填写的内容不对" not in found[0].text or field in ("agenda.0.lid", "year")


@pytest.mark.parametrize(("word", "value"), [("是", True), ("否", False), (True, True), ("false", False)])
def test_yes_and_no_may_be_typed_in_chinese(word: Any, value: bool) -> None:
    assert checked(Household, {"head": "罗正华", "votes": word}).votes is value


def test_a_choice_may_be_typed_by_its_label() -> None:
    record = checked(Case, {"subject": "x", "dispute": "山林土地纠纷", "source": "court", "accepted_on": "2026-11-18"})

    assert (record.dispute.value, record.source.label) == ("d07", "法院委托移送")


def test_what_is_empty_counts_as_left_out() -> None:
    record = checked(Meeting, {**PLAIN, "place": "", "held_to": None, "chair": "", "agenda": None})

    assert (record.place, record.held_to, record.chair, record.agenda) == ("", None, None, [])


@pytest.mark.parametrize("nobody", [{}, {"name": ""}, {"id": "", "name": None}])
def test_a_reference_to_nothing_counts_as_left_out(nobody: dict[str, Any]) -> None:
    post = {"person": "罗倩", "body": "村委会", "position": "主任"}

    assert checked(Post, {**post, "meeting": nobody}).meeting is None
    assert problems(Post, {**post, "person": nobody}) == [Problem("person", "这一项必须填写。")]


@pytest.mark.parametrize("number", [0, 5, Decimal("0.1"), False, []])
def test_a_reference_is_no_number(number: Any) -> None:
    assert problems(Post, {"person": number, "body": "村委会", "position": "主任"}) == [
        Problem("person", "这里应当写成几项内容。")
    ]


def test_a_rule_that_does_not_hold_is_told_and_a_remark_is_not() -> None:
    assert problems(Meeting, {**PLAIN, "held_to": "2026-11-18T14:29"}) == [
        Problem("held_to", "结束时间不能早于开始时间。")
    ]

    record = checked(Person, {"name": "罗倩", "id_number": "522731198001010010"})
    assert [(p.field, p.warn) for p in record.problems()] == [("id_number", True)]


def test_rules_of_a_stage_guard_only_that_stage() -> None:
    record = checked(Meeting, PLAIN)

    assert record.problems() == []
    assert [p.field for p in record.problems("final")] == ["chair", "recorder", "present"]


# --- bare texts, lids, fields of the program --------------------------------------------------------


def test_a_bare_text_stands_for_a_line_or_a_reference_of_that_name() -> None:
    record = checked(
        Meeting, {**PLAIN, "bodies": ["representatives"], "chair": "罗正华", "present": ["岑兴富"], "agenda": ["硬化"]}
    )

    assert record.chair is not None
    assert (record.bodies[0].body, record.chair.name, record.present[0].name, record.agenda[0].title) == (
        "representatives", "罗正华", "岑兴富", "硬化",
    )  # fmt: skip


def test_a_bare_text_inside_a_line_stands_for_a_line_too() -> None:
    record = checked(
        Meeting, {**PLAIN, "agenda": [{"title": "硬化", "speeches": ["路面宽3.5米", {"text": "同意", "name": "罗"}]}]}
    )

    assert [(s.text, s.name) for s in record.agenda[0].speeches] == [("路面宽3.5米", ""), ("同意", "罗")]
    assert all(ids.is_id(s.lid, ids.LINE) for s in record.agenda[0].speeches)


def test_a_new_line_gets_a_lid_and_an_attendee_that_of_the_person() -> None:
    record = checked(Meeting, {**PLAIN, "present": ["岑兴富", {"name": "罗倩", "person": ID}], "agenda": ["一", "二"]})

    assert record.present[1].lid == ID
    assert len({line.lid for line in (*record.present, *record.agenda)}) == 4
    assert all(ids.is_id(line.lid, ids.LINE) for line in (record.present[0], *record.agenda))


def test_a_line_keeps_its_lid_when_it_is_typed_again_and_moved() -> None:
    before = checked(Meeting, {**PLAIN, "agenda": ["一", "二", "三"]})
    after = checked(Meeting, {**PLAIN, "agenda": ["三", "新", "一"]}, before=before)

    old = {item.title: item.lid for item in before.agenda}
    assert [item.lid for item in after.agenda][::2] == [old["三"], old["一"]]
    assert after.agenda[1].lid not in old.values()


def test_a_line_keeps_its_lid_when_its_name_is_changed_beside_it() -> None:
    before = checked(Meeting, {**PLAIN, "agenda": ["一"]})
    after = checked(Meeting, {**PLAIN, "agenda": [{"lid": before.agenda[0].lid, "title": "改"}]}, before=before)

    assert after.agenda[0].lid == before.agenda[0].lid


def test_two_lines_of_one_name_keep_two_lids() -> None:
    before = checked(Meeting, {**PLAIN, "agenda": ["一", "一"]})
    after = checked(Meeting, {**PLAIN, "agenda": ["一", "一"]}, before=before)

    assert [i.lid for i in after.agenda] == [i.lid for i in before.agenda]


def test_a_line_that_was_copied_with_its_lid_gets_one_of_its_own() -> None:
    record = checked(Meeting, {**PLAIN, "agenda": [{"lid": "AAAAAA", "title": "一"}, {"lid": "AAAAAA", "title": "二"}]})

    assert record.agenda[0].lid == "AAAAAA" != record.agenda[1].lid
    assert ids.is_id(record.agenda[1].lid, ids.LINE)


def test_a_speech_keeps_its_lid_when_typed_again() -> None:
    values = {**PLAIN, "agenda": [{"title": "一", "speeches": ["甲", "乙"]}]}
    before = checked(Meeting, values)
    after = checked(Meeting, values, before=before)

    assert [s.lid for s in after.agenda[0].speeches] == [s.lid for s in before.agenda[0].speeches]


def test_a_field_of_the_program_is_refused_when_typed_and_kept_when_not() -> None:
    before = checked(Meeting, {**PLAIN, "number": "好花红村会〔2026〕1号"}, program=True)

    assert problems(Meeting, {**PLAIN, "number": "2号"}, before=before) == [
        Problem("number", "这一项由程序填写，不能自己填。")
    ]
    assert problems(Meeting, {**PLAIN, "number": "2号"})[0].field == "number"
    assert checked(Meeting, PLAIN, before=before).number == before.number
    assert checked(Meeting, {**PLAIN, "number": before.number}, before=before).number == before.number


def test_a_made_record_takes_only_what_people_write_to_it() -> None:
    made = {"subject": "硬化", "meeting": {"id": ID, "name": "第3次会议"}, "item": "AAAAAA", "passed_on": "2026-11-18"}
    before = checked(Resolution, made, program=True)
    after = checked(Resolution, {"owner": "罗正华"}, before=before)

    assert (after.owner, after.subject, after.meeting, after.passed_on) == (
        "罗正华",
        "硬化",
        before.meeting,
        before.passed_on,
    )


def test_a_record_begins_in_the_first_stage_and_keeps_the_one_it_stands_in() -> None:
    record = checked(Meeting, PLAIN)
    later = checked(Meeting, PLAIN, before=record.model_copy(update={"stage": "final"}))

    assert (record.stage, later.stage, checked(Meeting, PLAIN, stage="filed").stage) == ("draft", "final", "filed")


# --- what travelled ---------------------------------------------------------------------------------


def test_a_record_is_written_whole_without_what_is_empty() -> None:
    record = checked(VillageRule, {"heading": "村规民约", "articles": [{"text": "第一条", "lid": "AAAAAA"}]})

    assert dumped(record) == {
        "_stage": "draft", "heading": "村规民约", "text_kind": "rules", "articles": [{"lid": "AAAAAA", "text": "第一条"}],
    }  # fmt: skip


def test_what_a_newer_program_wrote_is_passed_over() -> None:
    payload = json.dumps(
        {**PLAIN, "_stage": "draft", "_s": "x", "colour": "red", "agenda": [{"title": "x", "shade": 1}]}
    )

    assert parsed(Meeting, payload).agenda[0].title == "x"


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"null", b"{}", b"\xff", b'{"subject":1}',
     b'{"bodies":[{"body":"x"}],"subject":"\\ud800","held_from":"2026-01-01T00:00"}']
)  # fmt: skip
def test_a_bad_shape_is_a_value_error(payload: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- pydantic's own
        parsed(Meeting, payload)


def test_a_record_cannot_be_changed() -> None:
    record = checked(Meeting, PLAIN)
    with pytest.raises(ValueError, match="frozen"):
        record.subject = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "place", "labels"),
    [
        ({"counting": "q"}, "bodies.0.counting", "按成员、按人数、按户代表"),
        ({}, "present.0.state", "到会、请假、缺席、未点"),
    ],
)
def test_an_option_there_is_not_is_told_with_those_there_are_in_chinese(
    values: dict[str, str], place: str, labels: str
) -> None:
    state = "q" if place.startswith("present") else "present"
    typed = {
        "bodies": [{"body": "hongbai", **values}], "subject": "例会", "held_from": "2026-11-18T09:00",
        "present": [{"name": "罗正华", "state": state}],
    }  # fmt: skip
    with pytest.raises(NotValid) as caught:
        checked(Meeting, typed)
    assert [(p.field, p.text) for p in caught.value.problems] == [(place, f"没有这个选项，可以填：{labels}。")]
