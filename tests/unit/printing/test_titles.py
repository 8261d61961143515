"""Where titles are cut."""

import pytest

from villagedesk.printing.titles import title


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        ("好花红村村民代表会议记录", [], ["好花红村村民代表会议记录"]),
        (
            "好花红村村民代表会议、村务监督委员会会议记录",
            ["好花红村", "村民代表会议", "村务监督委员会"],
            ["好花红村村民代表会议、", "村务监督委员会会议记录"],
        ),
        (
            "好花红村村民委员会关于辉油组至岩脚组通组路硬化工程有关情况的报告",
            ["好花红村村民委员会", "辉油组", "岩脚组", "通组路"],
            ["好花红村村民委员会关于辉油组至岩脚组", "通组路硬化工程有关情况的报告"],
        ),
        # nothing in a pair of marks, no number from its unit
        ("关于印发《好花红村集体经济收益分配办法》的通知", [], ["关于印发", "《好花红村集体经济收益分配办法》的通知"]),
    ],
)
def test_titles(text, whole, expected):
    assert [line.text for line in title(text, whole)] == expected


@pytest.mark.parametrize("length", [21, 40, 41, 79, 80, 120])
def test_no_line_is_longer_than_the_page(length):
    lines = title("好花红村村民代表会议记录"[: length % 12 + 1] + "村" * (length - length % 12 - 1))
    assert all(line.end <= 20 for line in lines)
    assert len(lines) <= -(-length // 20) + 1
