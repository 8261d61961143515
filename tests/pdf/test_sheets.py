"""The plain sheet of every kind: every label and every value is there, unbroken, and nothing leaves the page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import few
from tests.making import random_records
from tests.pdf.reading import feet, fonts, in_order, ink, words
from tests.pdf.samples import DRAFT, SEALED, meeting
from villagedesk.printing.sheet import plain_sheet
from villagedesk.records.kind import Part, told
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import checked


def texts(owner):
    """Every value of a record or a line as it should be read, line by line."""
    for asked in told(type(owner)):
        value = getattr(owner, asked.name)
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, Part) for part in parts) and asked.shape != "ref":
            for part in parts:
                yield from texts(part)
        else:
            yield from ("".join(line.split()) for line in asked.shown(value).split("\n"))


@pytest.mark.parametrize("key", KINDS)
def test_every_value_of_every_kind_is_found(key):
    cls = KINDS[key]

    @few(6)
    @given(random_records(cls), st.booleans())
    def found(record, sealed):
        pdf = plain_sheet(record, SEALED if sealed else DRAFT)
        text = words(pdf)
        assert [value for value in texts(record) if value not in text] == []
        missing = [asked.label for asked in told(cls) if asked.label not in text and asked.name != cls.kind.number]
        assert missing == []
        assert text.startswith(cls.kind.name)
        assert "\ufffd" not in text
        assert set(fonts(pdf)) == {("yes", "yes", "yes")}
        for left, top, right, bottom in ink(pdf):
            assert min(left, top, 210 - right, 297 - bottom) >= 7
            assert left >= 25.8
            assert right <= 184.2

    found()


@pytest.mark.parametrize("name", ["罗𬭎", "莫𫍯", "王䶮", "韦㛃", "黄𠅤昌", "欧阳·阿依古丽"])
def test_rare_names_come_back(name):
    person = checked(KINDS["person"], {"name": name})
    text = words(plain_sheet(person, SEALED))
    assert f"姓名{name}曾用名" in text


def test_a_kind_that_is_never_sealed_is_no_draft():
    pdf = plain_sheet(checked(KINDS["person"], {"name": "罗云"}), replace(DRAFT, stage="在册", draft=3))
    assert feet(pdf) == ["7K3M9QTXWA4E 在册 第3稿 第1页，共1页"]
    assert "草稿" not in words(pdf)


def test_lists_become_tables_or_numbered_lines_and_long_ones_go_on():
    text = words(plain_sheet(meeting(), DRAFT))
    assert "应到人员序号姓名到会情况请假缺席原因1罗正华到会2王庆芬到会" in text
    assert "1.议题：通组路硬化工程实施方案汇报与说明：陈世荣汇报：" in text
    assert "发言：（1）发言人：岑兴富组别或职务：辉油组要点：这条路" in text
    assert "附件1.会议签到表（2页）2.工程实施方案（6页）" in text
    assert text.count("序号姓名到会情况请假缺席原因") == 3


def test_the_same_record_gives_the_same_bytes():
    assert plain_sheet(meeting(), DRAFT) == plain_sheet(meeting(), DRAFT)


def test_long_values_are_never_cut_off():
    rule = checked(KINDS["village_rule"], {"heading": "约", "articles": [{"text": "全体村民应当遵守。" * 220}] * 3})
    assert words(plain_sheet(rule, DRAFT)).count("全体村民应当遵守。") == 660
    village = checked(KINDS["village"], {"name": "村" * 60, "address": "A" * 120})
    assert in_order(words(plain_sheet(village, DRAFT)), ["名称", "村" * 60, "地址", "A" * 120]) == []


def test_a_number_too_long_for_the_head_wraps_and_the_foot_names_the_id():
    pdf = plain_sheet(meeting(number="好花红村会〔2026〕23号" * 4), SEALED)
    assert words(pdf).startswith("会议好花红村已定稿编号：" + "好花红村会〔2026〕23号" * 4 + "基本情况")
    assert feet(pdf)[0] == "7K3M9QTXWA4E 第1版（定稿） 2026年11月18日定稿 第1页，共5页"


def test_ids_and_codes_the_program_lives_by_are_not_printed():
    values = {"subject": "修路", "meeting": {"id": "S9B7YT88J0HA", "name": "代表会议"}, "item": "QTJSAJ"}
    record = checked(KINDS["resolution"], {**values, "bodies": ["hongbai"], "passed_on": "2026-11-18"}, program=True)

    text = words(plain_sheet(record, SEALED))

    assert [word for word in ("S9B7YT88J0HA", "QTJSAJ", "hongbai") if word in text] == []
    assert [word for word in ("修路", "代表会议", "2026年11月18日") if word not in text] == []
