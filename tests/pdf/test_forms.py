"""Papers of the desk itself: the recovery key, the device card, the receipt of a bundle."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.pdf.reading import fonts, ink, page_words_of, raw
from tests.pdf.samples import DESK, DIGITS, FACTS, KEY, RECEIPT
from villagedesk.printing.cardpaper import card_paper
from villagedesk.printing.keypaper import RULES, recovery_paper
from villagedesk.printing.receiptpaper import receipt_paper
from villagedesk.store.keys import ROWS, recovery_key, recovery_words


def test_the_key_that_is_read_from_the_paper_opens() -> None:
    pdf = recovery_paper(recovery_words(KEY), DESK, "2026年11月24日")
    (text,) = page_words_of(pdf)
    rows = [line for line in raw(pdf).splitlines() if line[:1] in ROWS and line[1:].replace(" ", "").isdigit()]
    assert [row[0] for row in rows] == list(ROWS)
    assert recovery_key("".join(rows)) == KEY
    assert all("".join(rule.split()) in text for rule in RULES)
    assert "校验指纹" not in text.replace("不作校验指纹", "")


def test_the_key_ends_inside_a_fold_and_its_file_names_no_record() -> None:
    pdf = recovery_paper(recovery_words(KEY), DESK, "2026年11月24日")
    assert raw(pdf).count("\f") == 1
    assert b"VD1/" not in pdf
    assert set(fonts(pdf)) == {("yes", "yes", "yes")}
    (left, _, right, _) = ink(pdf)[0]
    assert (left, right) == (pytest.approx(8, abs=0.3), pytest.approx(202, abs=0.3))  # where to fold


def test_a_card_is_two_halves_with_the_same_digits() -> None:
    pdf = card_paper("card", DIGITS, FACTS, DESK, ("村", "镇"))
    (text,) = page_words_of(pdf)
    one, two = text.split("（骑缝处盖章后沿虚线截开）")
    for half, keeper in ((one, "第一联村留存"), (two, "第二联镇留存")):
        assert keeper in half
        assert all(group in half for group in DIGITS.split())
        assert "设备号7K3M9QTXWA4E程序版本1.0.3" in half


def test_a_card_as_long_as_cards_may_be_still_stands_on_one_page() -> None:
    facts = (("村（社区）", "惠水县好花红镇幸福移民社区居民委员会二号办公点"), *FACTS[1:])
    pdf = card_paper("x" * 700, DIGITS, facts, DESK, ("村", "镇"))
    assert raw(pdf).count("\f") == 1
    assert max(bottom for *_, bottom in ink(pdf)) <= 290


def test_a_receipt_counts_tells_what_came_back_and_shows_its_code_large() -> None:
    (text,) = page_words_of(receipt_paper(RECEIPT, DESK))
    parts = [
        "数据包接收回执", "好花红村第41号数据包", "接收单位好花红镇接收时间2026年12月25日10:18", "区划代码522731102213",
        "一、接收情况", "会议6", "决议3", "文明家庭15", "合计24其中3条只带统计", "二、退回事项", "1好花红村会〔2026〕12号：缺签名页，请补。",
        "三、收的时候发现", "1第40号包里有1张照片没有带来。", "482177360954", "接收人（签名）：好花红镇2026年12月25日",
    ]  # fmt: skip
    places = [text.index("".join(part.split())) for part in parts]
    assert all(a < b for a, b in pairwise(places))


def test_a_receipt_of_a_bundle_that_waits_has_no_code() -> None:
    (text,) = page_words_of(receipt_paper(replace(RECEIPT, code="", counts={}, findings=(), returned=()), DESK))
    assert "回执短码" not in text
    assert "接收情况" not in text


def test_a_long_list_of_returned_records_goes_on_on_the_next_page_with_the_signature_on_the_last() -> None:
    many = [(f"好花红村会〔2026〕{n}号", "缺签名页，请补扫第1至2页后重新送交。") for n in range(60)]
    pages = page_words_of(receipt_paper(replace(RECEIPT, returned=many), DESK))
    assert len(pages) > 1
    assert "接收人（签名）：" in pages[-1]
    assert "接收人（签名）：" not in pages[0]
