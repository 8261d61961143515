"""Lists on a sheet turned on its side, and blank forms for the pen."""

import re
from datetime import date
from itertools import pairwise

import pytest

from tests.conftest import Clock
from tests.pdf.reading import fonts, ink, page_words, raw, ruled
from tests.pdf.samples import DESK
from tests.unit.store.filling import CASE, final, meeting, save
from villagedesk.actions import papers, prints, todo
from villagedesk.actions.office import Office
from villagedesk.printing.ledger import Listed, ledger
from villagedesk.printing.roll import BLANKS, blank_of
from villagedesk.records.kind import Shape, told
from villagedesk.records.kinds import KINDS


def listed(count: int) -> bytes:
    rows = [["罗云" if n % 2 else "欧阳德明", "辉油组", "131****977*", ""] for n in range(count)]
    heads = ["姓名", "村民小组", "联系电话", "备注"]
    return ledger(
        Listed(
            "好花红村村民代表花名册",
            heads,
            rows,
            "2026年11月20日",
            "联系电话已遮盖",
            frozenset({0}),
        ),
        DESK,
    )


def test_the_head_stands_on_every_page_and_numbers_go_on() -> None:
    pages = page_words(listed(47))
    head = "序号姓名村民小组联系电话备注"
    assert [page[: page.index(head) + len(head)] for page in pages] == [
        f"好花红村村民代表花名册填报单位：好花红村2026年11月20日{head}",
        *[f"好花红村村民代表花名册（续）2026年11月20日{head}"] * 2,
    ]
    assert [int(n) for page in pages for n in re.findall(r"(?:977\*|备注)(\d+)(?:罗云|欧阳德明)", page)] == list(
        range(1, 48)
    )
    assert pages[-1].endswith("合计：47条。联系电话已遮盖填表人：审核人：")


def test_a_list_lies_between_its_margins_17_rows_on_the_first_page_and_at_least_19_after() -> None:
    pdf = listed(60)
    for left, top, right, bottom in ink(pdf):
        assert left == pytest.approx(20, abs=0.3)
        assert right == pytest.approx(277, abs=0.3)
        assert min(top, 210 - bottom) >= 7
    rows = [len(re.findall(r"\d+(?:罗云|欧阳德明)", page)) for page in page_words(pdf)]
    assert (rows[0], rows[1]) == (17, 19)
    assert set(fonts(pdf)) == {("yes", "yes", "yes")}


def test_a_list_of_nothing_has_a_head_and_says_so() -> None:
    (page,) = page_words(listed(0))
    assert page.endswith("备注合计：0条。联系电话已遮盖填表人：审核人：")


def test_a_long_value_is_never_cut_off() -> None:
    text = "从上寨岔路口经下院组到岩脚组" * 6
    pdf = ledger(Listed("决议登记册", ["议题", "内容"], [["修路", text]], "2026年11月20日"), DESK)
    assert text in page_words(pdf)[0]


def test_what_no_face_has_is_told_once_with_its_neighbours() -> None:
    rows = [["罗\ue863", "韦\U000323b0林"], ["罗\ue863", "莫𫍯"]]
    pdf = ledger(Listed("花名册", ["姓名", "户主"], rows, "2026年11月20日", names=frozenset({0})), DESK)
    assert pdf.missing == ["罗〓", "韦〓林"]
    assert page_words(pdf)[0].count("〓") == 3


def test_the_register_of_a_kind_masks_personal_numbers(village: Office) -> None:
    save(village, "person", name="罗正华", id_number="522731198203152436", phone="13112349779")
    text = page_words(papers.list_paper(village, KINDS["person"]))[0]
    assert text.startswith("好花红村村民花名册")
    assert "522731198203152436" not in text
    assert "罗正华" in text


def test_a_kind_a_duty_may_not_read_is_not_printed(village: Office) -> None:
    save(village, "case", **CASE)
    assert "调解案件登记册" in page_words(papers.list_paper(village, KINDS["case"]))[0]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_blank_form_has_every_field_that_is_typed_and_every_choice(kind: str) -> None:
    cls = KINDS[kind]
    pdf = blank_of(cls, "form")(DESK)
    text = "".join(page_words(pdf))
    asked = [one for one in told(cls) if not one.ask.auto and one.shape not in (Shape.FILES,)]
    assert [one.label for one in asked if one.label not in text] == []
    assert [o.label for one in asked for o in one.options if o.label not in text] == []
    assert b"VD1/" not in pdf
    assert f"{cls.kind.name}（空白表）" in raw(pdf)
    assert "草稿" not in raw(pdf)


@pytest.mark.parametrize("name", BLANKS["meeting"])
def test_the_forms_of_a_meeting_are_one_page_with_lines_wide_enough_for_a_pen(name: str) -> None:
    pdf = BLANKS["meeting"][name][1](DESK)
    assert raw(pdf).count("\f") == 1
    heights = ruled(pdf)[0]
    gaps = [b - a for a, b in pairwise(heights) if b - a > 4]
    assert min(gaps) >= 7.9


def test_the_blank_minutes_leave_everything_open() -> None:
    (text,) = page_words(BLANKS["meeting"]["minutes"][1](DESK))
    assert text == (
        "会议记录好花红村会议名称会议时间会议地点召集人主持人记录人通知到会人数请假缺席列席会议议题议题方式赞成反对弃权结果"
        "主持人（签名）记录人（签名）监票人（签名）计票人（签名）村务监督委员会（签名）日期年月日"
    )


def test_the_command_line_prints_lists_and_blanks(village: Office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    meeting(village)
    assert prints.list_to(village, KINDS["meeting"], tmp_path).name == "好花红村会议登记册.pdf"
    assert prints.blank_to(village, KINDS["meeting"], tmp_path, sheet="signin").name == "会议-空白表-signin.pdf"


def test_the_list_of_what_there_is_to_do_says_by_when_and_by_which_rule(village: Office, clock: Clock) -> None:
    clock.set("2026-11-24T06:32")
    final(village, agenda=[{"title": "路灯", "resolution": "同意。", "yes": 2, "no": 0, "due_on": "2026-11-20"}])
    with village.desk.reading() as session:
        lines = [line for line in todo.lines(session, village, date(2027, 1, 31)) if line.title in ("路灯", "村民会议")]
    said = "".join(page_words(prints.todo_list(village, lines).data))
    assert "哪天前办什么事办什么依据办好了1 11月20日路灯决议到期落实会议自己定的期限2".replace(" ", "") in said
    assert "12月31日村民会议2026年法律规定：村民委员会组织法第二十五条，每年至少一次合计：2条。已过期1件" in said
