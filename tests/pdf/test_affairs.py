"""The papers of the six councils' work: what a family tells of a wedding, and the sheets of a matter of weight."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pdf.reading import fonts, ink, page_words, page_words_of, raw
from tests.pdf.samples import DESK
from villagedesk.actions.matters import templates
from villagedesk.printing.about import About
from villagedesk.printing.feastpaper import blank_feast, feast_form
from villagedesk.printing.matterpaper import blank_matter, matter_book, share
from villagedesk.printing.posting import posting
from villagedesk.records.kinds.affairs.matter import Matter
from villagedesk.records.kinds.affairs.publication import Publication
from villagedesk.records.kinds.ledgers.feast import Feast
from villagedesk.records.public import hidden
from villagedesk.records.values import checked

ABOUT = About(org="522731102213", org_name="好花红村", record="7K3M9QTXWA4E", stage="办理中")
FEAST: dict[str, Any] = {
    "number": "好花红村红白〔2026〕1号", "occasion": "wedding", "host": "罗𬭎", "group": "辉油组", "registered_on": "2026-02-02",
    "begins_on": "2026-02-20", "ends_on": "2026-02-21", "guests": 200, "tables": 28, "limit": 20, "per_table": "300",
    "told": ["food", "meal"], "real_tables": 18, "saved": "3000", "advice": "桌数多了，建议减到20桌以内。",
}  # fmt: skip
WORDS = ("审批", "批准", "不予", "罚款", "禁止")


def matter(*, text: str = "同意方案。", **more: Any) -> Matter:
    steps = [dict(one) for one in templates()["four"]]
    steps[3] |= {
        "expected": 47,
        "came": 41,
        "form": "村民代表会议",
        "text": text,
        "on": "2026-11-18",
        "town": "龙启明（镇人大副主席）",
    }
    steps[4] |= {"posted_from": "2026-11-19", "posted_to": "2026-12-05", "text": "全文贴公开栏。"}
    values = {"subject": "通组路硬化工程", "opened_on": "2026-10-09", "cause": "cadres", "steps": steps} | more
    return checked(Matter, values | {"number": "好花红村四议〔2026〕3号"}, program=True)


# --- 红白事报备表 ----------------------------------------------------------------------------------------


def test_the_form_of_a_feast_says_what_was_told_in_the_order_of_the_form() -> None:
    (text,) = page_words(feast_form(checked(Feast, FEAST, program=True), ABOUT))
    parts = [
        "好花红村红白事报备表", "编号：好花红村红白〔2026〕1号", "事主姓名罗𬭎", "辉油组", "婚嫁", "2026年2月20日至2月21日", "200人",
        "28桌（提倡不超过20桌）", "300元", "食品安全告知书", "我自愿按照", "桌数多了，建议减到20桌以内。", "包片理事（签名）：", "18桌", "3,000元",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize("filled", [True, False])
def test_the_form_of_a_feast_is_one_page_that_approves_nothing(filled: bool) -> None:
    pdf = feast_form(checked(Feast, FEAST, program=True), ABOUT) if filled else blank_feast(DESK)
    text = raw(pdf)
    assert text.count("\f") == 1
    assert not any(word in text.replace("不是审批", "") for word in WORDS)
    assert set(fonts(pdf)) == {("yes", "yes", "yes")}
    left, _, right, bottom = ink(pdf)[0]
    assert left >= 28 - 0.5
    assert right <= 184.5
    assert bottom <= 290


def test_a_feast_with_long_words_still_stands_on_its_page() -> None:
    long = FEAST | {
        "advice": "建议从简。" * 16, "council": "请包片理事上门商量。" * 8, "menu": "六荤六素一汤" * 6, "place": "村文化广场北侧" * 8,
    }  # fmt: skip
    pdf = feast_form(checked(Feast, long, program=True), ABOUT)
    assert max(right for _, _, right, _ in ink(pdf)) <= 184.5
    assert "建议从简。" * 16 in "".join(page_words(pdf))


# --- 四议两公开 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "expected", "said"),
    [(41, 47, "87.2%"), (2, 3, "66.6%"), (1, 3, "33.3%"), (3, 3, "100.0%"), (0, 3, "0.0%"), (None, 3, ""), (3, None, ""), (3, 0, "")],
)  # fmt: skip
def test_a_share_is_never_rounded_up(came: int | None, expected: int | None, said: str) -> None:
    assert share(came, expected) == said


def test_every_step_has_its_sheet_with_the_same_cause() -> None:
    pages = page_words(matter_book(matter(), ABOUT))
    names = ("一", "二", "三", "四", "五", "六")
    assert len(pages) == 6
    for page, name in zip(pages, names, strict=True):
        assert page.startswith("好花红村重大事务“四议两公开”决策实施登记表")
        assert f"（{name}）" in page
        assert "动议事由党员群众建议村干部提议上级党委政府安排" in page
        assert "通组路硬化工程" in page
    assert "应到47人实到41人比例87.2%" in pages[3]
    assert "龙启明（镇人大副主席）" in pages[3]
    assert "2026年11月19日至2026年12月5日" in pages[4]
    assert "监督意见" in "".join(pages[4].split())


def test_what_does_not_fit_goes_on_another_sheet_with_the_signatures() -> None:
    text = "会议听取了说明并讨论，全体代表逐条表决。" * 60
    pages = page_words(matter_book(matter(text=text), ABOUT))
    assert len(pages) > 6
    assert "主持人：" not in pages[3]
    assert "续页" in pages[4]
    assert "动议事由" in pages[4]
    assert any("主持人：" in page and "续页" in page for page in pages[4:])
    said = "".join(pages)
    assert said.count("全体代表逐条表决。") == 60


def test_other_ways_have_other_sheets_and_blank_ones_wait_for_the_pen() -> None:
    other = [{"name": "党组织会议提议", "step": "propose"}, {"name": "乡镇审核", "step": "audit"}]
    pages = page_words(matter_book(matter(variant="audited", steps=other), ABOUT))
    assert [("“四议一审两公开”" in page) for page in pages] == [True, True]
    assert "审核事项" in pages[1]
    assert len(page_words_of(blank_matter(DESK))) == 6
    empty = page_words(
        matter_book(checked(Matter, {"subject": "路", "opened_on": "2026-10-09", "cause": "people"}), ABOUT)
    )
    assert "还没有写步骤" in empty[0]


def test_the_table_of_a_matter_is_where_it_is_drawn() -> None:
    left, top, right, _ = ink(matter_book(matter(), ABOUT))[3]
    assert (left, right) == (pytest.approx(26, abs=1.0), pytest.approx(182.5, abs=1.5))  # an even page
    assert top == pytest.approx(28, abs=1.0)


# --- 公示 -------------------------------------------------------------------------------------------------

PUBLICATION: dict[str, Any] = {
    "subject": "2026年11月低保户公示", "on": "2026-11-08", "text": "经入户核查和民主评议，下列各户拟继续享受低保。",
    "rows": [{"name": name, "group": "纳绕组", "what": "低保"} for name in ("陈秀英", "龙美仙", "欧阳明", "罗𬭎")],
    "posted_from": "2026-11-10", "posted_to": "2026-11-26", "contact": "罗倩，0854-6221234",
}  # fmt: skip


def put_up(**more: Any) -> str:
    return "".join(page_words(posting(checked(Publication, PUBLICATION | more), ABOUT)))


def test_a_notice_masks_names_and_says_how_long_and_whom_to_tell() -> None:
    text = put_up()
    parts = [
        "2026年11月低保户公示", "经入户核查", "序号姓名组别序号姓名组别序号姓名组别", "陈*英", "公示期：2026年11月10日至2026年11月26日（16日）。",
        "可以向罗倩，0854-6221234反映", "好花红村村民委员会2026年11月10日",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert all(a < b for a, b in pairwise(places))
    assert "欧阳*明" in text or "欧*明" in text
    assert not any(name in text for name in ("陈秀英", "龙美仙", "欧阳明", "罗𬭎"))


def test_sums_are_written_with_separators_and_added_up() -> None:
    rows = [
        {"name": "陈秀英", "group": "纳绕组", "what": "公益岗位工资", "amount": "1200"},
        {"what": "水管", "amount": "18420.5"},
    ]
    text = put_up(rows=rows, basis="村民代表会议第2次会议")
    assert "1陈*英纳绕组公益岗位工资1,200.00" in text
    assert "2水管18,420.50合计19,620.50" in text
    assert "依据：村民代表会议第2次会议。" in text


def test_a_community_signs_as_its_residents_committee() -> None:
    about = replace(ABOUT, org_name="幸福移民社区")
    assert "幸福移民社区居民委员会" in "".join(page_words(posting(checked(Publication, PUBLICATION), about)))


def test_names_stand_in_full_where_those_people_agreed() -> None:
    assert "陈秀英" in put_up(consented=True)


_GAPS = st.sampled_from(["", " ", "-", "　", "－"])
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def _numbers(draw: st.DrawFn) -> tuple[str, str]:
    """An identity number or a telephone, and one of the ways people type it."""
    digits = draw(st.text("0123456789", min_size=12, max_size=12))
    plain = draw(
        st.sampled_from([f"522731{digits[:11]}X", f"522731{digits[:12]}", f"139{digits[:8]}", f"0854{digits[:7]}"])
    )
    cuts = sorted(draw(st.sets(st.integers(3, len(plain) - 1), max_size=2)))
    gap = draw(_GAPS)
    parts = [plain[a:b] for a, b in pairwise([0, *cuts, len(plain)])]
    spelled = gap.join(parts) if not plain.startswith("0854") else f"0854{gap}{plain[4:]}"
    return plain, spelled.translate(_WIDE) if draw(st.booleans()) else spelled


@given(number=_numbers(), place=st.sampled_from(["subject", "text", "rows", "contact"]))
def test_no_number_of_a_person_is_put_up_however_it_was_typed(number: tuple[str, str], place: str) -> None:
    plain, typed = number
    if place == "contact" and len(plain) < 15:
        return  # an office's telephone is meant for everybody
    said = f"户主的号码{typed}，请核对"
    more: dict[str, Any] = {place: [{"name": "陈秀英", "what": said}] if place == "rows" else said}
    text = put_up(**more)
    digits = "".join(str(int(c)) if c.isdigit() else c for c in text)
    assert plain.removesuffix("X") not in "".join(c for c in digits if c not in " -－　")
    assert "（号码不公开）" in text


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月18日至12月5日",
        "2026-11-18 2026-12-05 14:30",
        "68.40万元",
        "12345678.90元",
        "好花红村会〔2026〕23号",
        "12户34人56亩",
        "20261118",
        "2026-11-18 2026-12-05 3人",
        "2026.11.10-2026.12.10",
        "13885400001元",
        "代码12345",
    ],
)
def test_days_sums_and_numbers_of_documents_stay(text: str) -> None:
    assert hidden(text) == text


@pytest.mark.parametrize(
    "typed",
    [
        "522731.19800101.001X", "522731\u200b19800101\u200b0011", "522731\n198001010011", "522731\u202f198001010011", "522731（19800101）0011",
        "2026 522731198001010011", "6228480402564890018", "2026 13885400001", "3-13885400001", "008613885400001", "138.8540.0001",
        "138\u00ad8540\u00ad0001", "138八五四00001", "壹叁捌捌伍肆零零零零壹", "①③⑧⑧⑤④00001", "400-123-4567",
        "1 3 8 8 5 4 0 0 0 0 1", "联系方式：6221234",
    ],
)  # fmt: skip
def test_a_number_is_found_in_whatever_it_is_written(typed: str) -> None:
    shown = hidden(typed)
    assert shown.removeprefix("2026 ").removeprefix("3-").removeprefix("联系方式") == "（号码不公开）"
