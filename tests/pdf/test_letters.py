"""会议通知, 会议纪要, 会议签到表: the words out of the meeting, and where they stand on the sheet."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from tests.conftest import few
from tests.making import random_records
from tests.pdf.reading import fonts, glyph_tops, heads, in_order, ink, page_words, raw, ruled
from tests.pdf.samples import DRAFT, MISSING, PEOPLE, SEALED, meeting
from villagedesk.printing.digest import digest
from villagedesk.printing.notice import notice
from villagedesk.printing.roll import SHEETS
from villagedesk.printing.signin import signin
from villagedesk.records.kinds.councils.meeting import Meeting

BODIES = [{"body": "representatives", "name": "村民代表会议", "base": 47}]
CELL = 15.787


def on_grid(pdf: bytes, page: int = 0) -> list[float]:
    """The tops of lines in the type of letters, in lines below 37."""
    return [round((top - 37) / 10.446, 3) for top in glyph_tops(pdf, CELL)[page]]


def test_a_notice_says_who_is_asked_when_where_and_what_for():
    pdf = notice(meeting(bodies=BODIES, studied_on="2026-11-09"), DRAFT)
    assert page_words(pdf) == [
        "关于召开好花红村第十二届村民代表会议第3次会议的通知"
        "各位村民代表：经村党组织研究同意，好花红村村民委员会决定召开好花红村第十二届村民代表会议第3次会议。现将有关事项通知如下："
        "一、会议时间：2026年11月18日（星期三）下午2时30分。二、会议地点：村委会二楼会议室。"
        "三、会议议题1.通组路硬化工程实施方案；2.集体经济收益使用方案。"
        "四、列席人员：龙启明（镇人大副主席、包村领导）、杨帆（驻村第一书记）、黄光品（村务监督委员会主任）。"
        "五、有关要求：请按时参加。因事不能参加的，请在会前向罗倩请假。好花红村村民委员会2026年11月14日（盖章）"
    ]
    assert heads(pdf) == []  # it goes out before the meeting is finalised


def test_letters_stand_on_the_grid_of_gb_9704():
    pdf = notice(meeting(bodies=BODIES), SEALED)
    assert glyph_tops(pdf, 22)[0][0] == pytest.approx(37, abs=0.2)
    lines = on_grid(pdf)
    steps = {round(b - a, 2) for a, b in pairwise(lines)}
    assert steps <= {1.0, 3.0}  # line by line; two empty lines before the signature
    left, _, right, bottom = ink(pdf)[0]
    assert (left, right) == (pytest.approx(28, abs=0.3), pytest.approx(184, abs=0.3))
    assert bottom <= 290
    full = notice(meeting(bodies=BODIES, guests=[{"name": "杨帆", "post": "驻村第一书记"}] * 90), SEALED)
    tops = glyph_tops(full, CELL)[1]
    assert tops[0] == pytest.approx(37, abs=0.2)
    assert len(tops) == 22
    assert tops[-1] + CELL / 72 * 25.4 == pytest.approx(262, abs=0.2)


@pytest.mark.parametrize(
    ("bodies", "asked"),
    [
        ([{"body": "villagers"}], "各位村民："),
        ([{"body": "two_committees"}], "各位村“两委”成员："),
        ([{"body": "hongbai", "name": "红白理事会"}, {"body": "huzhu", "name": "互帮互助会"}], "各位红白理事会成员、互帮互助会成员："),
    ],
)  # fmt: skip
def test_each_body_is_called_by_its_members(bodies, asked):
    assert asked in page_words(notice(meeting(bodies=bodies), SEALED))[0]


def test_a_notice_without_a_day_leaves_it_to_the_pen():
    text = page_words(notice(meeting(notice_on=None, convener=None, agenda=None, guests=None, place=None), SEALED))[0]
    assert text.endswith("二、有关要求：请按时参加。因事不能参加的，请在会前向罗倩请假。好花红村年月日（盖章）")


def test_a_digest_says_what_was_decided_and_who_came():
    pdf = digest(meeting(bodies=BODIES), SEALED)
    pages = page_words(pdf)
    assert in_order("".join(pages), [
        "好花红村村民代表会议纪要", "好花红村会〔2026〕23号", "好花红村2026年11月18日", "关于通组路硬化工程实施方案和集体经济收益使用方案的会议纪要",
        "2026年11月18日，罗正华在村委会二楼会议室主持召开好花红村第十二届村民代表会议第3次会议，研究通组路硬化工程实施方案、"
        "集体经济收益使用方案。现将议定事项纪要如下：",
        "一、通组路硬化工程实施方案", "通过通组路硬化工程实施方案。", "由陈世荣负责落实，2026年12月1日前完成。",
        "二、集体经济收益使用方案", "出席：" + "、".join(PEOPLE), "请假：罗朝俊（外出务工）、吴昌平（住院）",
        "缺席：黄𠅤昌", "列席：龙启明（镇人大副主席、包村领导）", "好花红村2026年11月18日印发",
    ]) == []  # fmt: skip
    assert "这条路一下雨就走不成" not in "".join(pages)  # who said what stays in the minutes


def test_the_mark_and_the_colophon_of_a_digest_stand_where_the_standard_wants_them():
    pdf = digest(meeting(bodies=BODIES), SEALED)
    assert glyph_tops(pdf, 30)[0] == [pytest.approx(72, abs=0.2)]
    assert glyph_tops(pdf, 22)[0][0] == pytest.approx(138.4, abs=0.3)
    assert [round(y) for y in ruled(pdf)[0]] == [122]
    low = ruled(pdf)[-1][-2:]
    assert low == [pytest.approx(253.6, abs=0.2), pytest.approx(262, abs=0.2)]


def test_what_was_not_carried_is_not_told_as_decided():
    text = "".join(page_words(digest(meeting(agenda=[
        {"title": "架桥", "resolution": "架。", "yes": 1, "no": 40, "passed": False}, {"title": "通报", "report": "通报旱情。"},
    ]), SEALED)))  # fmt: skip
    assert in_order(text, ["一、架桥", "会议未通过这一事项。", "二、通报", "通报旱情。", "出席："]) == []
    assert "架。" not in text


def test_a_sign_in_sheet_has_two_blocks_and_a_page_for_those_without_a_vote():
    pdf = signin(meeting(bodies=BODIES), DRAFT)
    first, second = page_words(pdf)
    names = [*PEOPLE, *(one["name"] for one in MISSING)]
    assert in_order(first, ["会议签到表", "会议名称：好花红村第十二届村民代表会议第3次会议", "应到：47人",
                            "时间地点：2026年11月18日14:30村委会二楼会议室", "实到：", "序号姓名组别（职务）本人签名" * 2]) == []  # fmt: skip
    for n, name in enumerate(names, 1):
        assert f"{n}{name}" in first
    assert in_order(second, ["列席人员签到表", "1龙启明镇人大副主席、包村领导", "2杨帆驻村第一书记"]) == []
    assert "罗　云" in raw(signin(meeting(present=["罗云"]), DRAFT)).replace(" ", "　")
    head, place, *rows = ruled(pdf)[0]
    assert (head, place) == (pytest.approx(42.4, abs=0.3), pytest.approx(50.8, abs=0.3))
    assert rows[:3] == [62.6, 70.6, 78.6]  # the table begins at 54.6, its rows are 8 high


def test_an_empty_sign_in_sheet_has_48_numbered_lines():
    (page,) = page_words(signin(meeting(present=None, guests=None), DRAFT))
    assert page.count("序号姓名组别（职务）本人签名") == 2
    assert "".join(f"{n}{n + 24}" for n in range(1, 25)) in page


@pytest.mark.parametrize("count", [1, 48, 49, 400])
def test_sign_in_sheets_go_on_numbering_on_the_next(count):
    pages = page_words(signin(meeting(present=[f"村{n}" for n in range(count)], guests=None), DRAFT))
    assert len(pages) == -(-count // 48)
    assert all(page.startswith("会议签到表") and page.endswith("记录人（签名）：") for page in pages)
    assert f"{count}村{count - 1}" in pages[-1]


@pytest.mark.parametrize("name", ["notice", "signin", "digest"])
@few(10)
@given(record=random_records(Meeting))
def test_any_meeting_prints(name, record):
    pdf = SHEETS["meeting"][name][1](record, replace(SEALED, record="7K3M9QTXWA4E"))
    assert set(fonts(pdf)) == {("yes", "yes", "yes")}
    assert "\ufffd" not in raw(pdf)
    for left, top, right, bottom in ink(pdf):
        assert min(left, top, 210 - right, 297 - bottom) >= 7
