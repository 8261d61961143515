"""Minutes on paper: every value is found, in order and unbroken; the sheet stands where it should."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from tests.conftest import few
from tests.making import random_records
from tests.pdf.reading import feet, fonts, glyph_tops, heads, in_order, ink, page_words, words
from tests.pdf.samples import DRAFT, SEALED, VALUES, meeting
from villagedesk.printing.minutes import minutes
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.values import checked

ITEM = {"title": "修路", "resolution": "修。", "method": "hands", "yes": 3, "no": 20, "abstain": 0, "passed": True}


@pytest.fixture(scope="module")
def paper():
    return minutes(meeting(), SEALED)


def test_the_meeting_stands_on_two_pages_in_its_order(paper):
    pages = page_words(paper)
    assert [page[:13] for page in pages] == ["好花红村村民代表会议记录编", "黄朝珍（岩脚组）：岩脚下面"]
    items = VALUES["agenda"]
    said = [
        text
        for item in items
        for text in (
            item["report"],
            *(f"{s['name']}{'（' + s['group'] + '）' if 'group' in s else ''}：{s['text']}" for s in item["speeches"]),
        )
    ]
    expected = [
        "好花红村村民代表会议记录", "编号：好花红村会〔2026〕23号", "会议名称好花红村第十二届村民代表会议第3次会议",
        "会议时间2026年11月18日（星期三）14:30—16:50", "会议地点村委会二楼会议室", "召集人好花红村村民委员会", "主持人罗正华",
        "记录人罗倩", "通知2026年11月14日送达（上门、电话、微信群）", "到会人数应到47人，实到41人，请假5人，缺席1人",
        "请假5人：罗朝俊（外出务工）、吴昌平（住院）、龙㛃（照顾病人）、莫𫍯（外出务工）、杨䶮（外出务工）", "缺席1人：黄𠅤昌",
        "列席龙启明（镇人大副主席、包村领导）、杨帆（驻村第一书记）、黄光品（村务监督委员会主任）",
        "会议议题1.通组路硬化工程实施方案2.集体经济收益使用方案", "一、会前通报", VALUES["opening"],
        "二、议题一：通组路硬化工程实施方案", *said[:6], "三、议题二：集体经济收益使用方案", *said[6:], "四、表决情况",
        "议题方式赞成反对弃权结果", "一、通组路硬化工程实施方案举手3902通过", "二、集体经济收益使用方案举手3713通过",
        "监票、计票人：王廷舟、石明英、韦忠", "五、决议", "1.通过通组路硬化工程实施方案。（责任人：陈世荣；完成期限：2026年12月1日）",
        "2." + items[1]["resolution"], "散会。", "主持人（签名）", "记录人（签名）", "监票人（签名）", "计票人（签名）",
        "村务监督委员会（签名）", "日期年月日", "附件：1.会议签到表（2页）2.工程实施方案（6页）3.会议照片（2张）",
    ]  # fmt: skip
    assert in_order("".join(pages), expected) == []


def test_fonts_are_embedded_and_the_bytes_are_the_same_twice(paper):
    assert set(fonts(paper)) == {("yes", "yes", "yes")}
    assert minutes(meeting(), SEALED) == paper
    assert b"Helvetica" not in paper


def test_the_type_area(paper):
    title, *_ = glyph_tops(paper, 22)[0]
    _, second = glyph_tops(paper, 14)
    assert title == pytest.approx(30, abs=0.2)
    assert second[0] == pytest.approx(30, abs=0.2)
    assert second[1] - second[0] == pytest.approx(8.467, abs=0.02)
    for n, (left, top, right, bottom) in enumerate(ink(paper)):
        assert left == pytest.approx(26 if n % 2 else 28, abs=0.2)
        assert right == pytest.approx(182 if n % 2 else 184, abs=0.2)
        assert min(left, top, 210 - right, 297 - bottom) >= 7
        assert [t for t in glyph_tops(paper, 14)[n] if 262 - 4.94 < t < 265] == []


def test_the_foot_names_record_edition_day_and_page(paper):
    assert feet(paper) == [f"好花红村会〔2026〕23号 第1版（定稿） 2026年11月18日定稿 第{n}页，共2页" for n in (1, 2)]


def test_a_draft_without_values_prints_blank_cells():
    bare = checked(Meeting, {"bodies": [{"body": "x"}], "subject": "议事", "held_from": "2026-11-18T09:05"})
    pdf = minutes(bare, DRAFT)
    assert page_words(pdf) == [
        "好花红村x会议记录记录号：7K3M9QTXWA4E会议名称议事会议时间2026年11月18日（星期三）09:05会议地点召集人主持人记录人通知"
        "到会人数请假缺席列席会议议题主持人（签名）记录人（签名）监票人（签名）计票人（签名）村务监督委员会（签名）日期年月日"
    ]
    assert feet(pdf) == ["7K3M9QTXWA4E 草稿 第2稿 第1页，共1页"]
    assert heads(pdf) == ["草稿 第2稿"]


@pytest.mark.parametrize(
    ("bodies", "title"),
    [
        ([{"body": "a", "name": "村民委员会"}], "好花红村村民委员会会议记录"),
        ([{"body": "a", "name": "好花红村党总支"}], "好花红村党总支会议记录"),
        ([{"body": "coded"}], "好花红村红白理事会会议记录"),
        (
            [{"body": "a", "name": "村民代表会议"}, {"body": "b", "name": "村务监督委员会"}],
            "好花红村村民代表会议、村务监督委员会会议记录",
        ),
        (
            [{"body": str(n), "name": "村民议事协商理事会"} for n in range(6)],
            "好花红村第十二届村民代表会议第3次会议记录",
        ),
    ],
)
def test_the_title_joins_the_bodies_or_is_the_subject(bodies, title):
    about = replace(SEALED, body_names={"coded": "红白理事会"})
    assert words(minutes(meeting(bodies=bodies), about)).startswith(title + "编号")


def test_each_body_is_counted_for_itself():
    bodies = [{"body": "a", "name": "村民代表会议", "base": 3}, {"body": "b", "name": "党员大会"}]
    present = [{"name": "甲"}, {"name": "乙", "bodies": ["a"]}, {"name": "丙", "bodies": ["b"], "state": "leave"}]
    text = words(minutes(meeting(bodies=bodies, present=present), SEALED))
    assert "到会人数村民代表会议：应到3人，实到2人党员大会：应到2人，实到1人，请假1人请假缺席请假1人：丙列席" in text


def test_all_came_is_said():
    assert "请假缺席无列席" in words(minutes(meeting(present=["甲", "乙"]), SEALED))


def test_an_override_is_told_and_a_failed_item_is_no_resolution():
    items = [
        {**ITEM, "override": "三户同时表示让地"},
        {**ITEM, "title": "架桥", "passed": False, "silent": 2},
        {"title": "通报"},
    ]
    text = words(minutes(meeting(agenda=items), SEALED))
    assert in_order(text, [
        "议题方式赞成反对弃权未表决结果", "一、修路举手3200通过", "主持人改判：三户同时表示让地", "二、架桥举手32002未通过", "修。",
    ]) == []  # fmt: skip


def test_a_single_item_has_no_number():
    text = words(minutes(meeting(agenda=[ITEM]), SEALED))
    assert (
        in_order(text, ["会议议题修路", "二、议题：修路", "三、表决情况", "修路举手3200通过", "四、决议修。散会。"])
        == []
    )


def test_the_party_meeting_before_stands_in_the_head():
    text = words(minutes(meeting(studied_on="2026-11-09", studied_no="党总支会〔2026〕17号"), SEALED))
    assert "党组织研究2026年11月9日（党总支会〔2026〕17号）到会人数" in text


@pytest.mark.parametrize("count", [1, 5_000])
def test_one_and_five_thousand_attendees(count):
    present = [{"name": f"村民{n}", "state": "absent"} for n in range(count)]
    pdf = minutes(meeting(present=present), SEALED)
    pages = page_words(pdf)
    text = "".join(pages)
    assert f"缺席{count}人：" + "、".join(a["name"] for a in present[:20]) in text
    assert in_order(text.replace("请假缺席", ""), [a["name"] for a in present]) == []
    assert [page[:4] for page in pages[1 : len(pages) - 3]] == ["请假缺席"] * (len(pages) - 4)


def test_signatures_never_stand_alone_on_a_page():
    for lines in range(1, 30):
        pages = page_words(
            minutes(meeting(agenda=None, opening="\n".join(["同意。"] * lines), files=None, tellers=None), SEALED)
        )
        if len(pages) == 2:
            assert pages[1].startswith("同意。散会。主持人（签名）") or pages[1].startswith("同意。同意。")
            return
    pytest.fail("never two pages")


@few(15)
@given(random_records(Meeting))
def test_any_meeting_prints_with_its_words(record):
    about = replace(SEALED, sealed_on=date(2026, 1, 2))
    pdf = minutes(record, about)
    text = words(pdf)
    spoken = [line for item in record.agenda for speech in item.speeches for line in speech.text.split("\n")]
    assert in_order(text, [record.subject, record.place, record.convener]) == []
    assert [value for value in spoken if "".join(value.split()) not in text] == []
    assert "\ufffd" not in text
    assert set(fonts(pdf)) == {("yes", "yes", "yes")}
