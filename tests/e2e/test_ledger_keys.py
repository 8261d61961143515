"""Every ledger of the six councils under real keys: written, saved and printed without a mouse.

Left out of the suite: packaging/deep has the screen, the keys and the ears for it, and runs it.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desks import SECRET, Laptop
from tests.e2e.hands import Program, Seat, started
from tests.e2e.test_keys import around, founded, saved

pytestmark = pytest.mark.skipif(
    "TEST_KEYS" not in os.environ, reason="packaging/deep has the screen and the keys for it"
)

LETTERS = Path(__file__).read_text("utf-8") + SECRET
"""Every character this file types is on the keyboard."""


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    with Seat(tmp_path_factory.mktemp("seat"), LETTERS) as seat:
        yield seat


LEDGERS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("feast", "红白事报备", (("婚嫁", " "), ("事主", "岑兴富"), ("报备日期", "今天"), ("拟办日期", "12.20"))),
    ("help", "互帮互助", (("登记日期", "今天"), ("需要帮助的户", "岑兴富"), ("类别", "生产互助"))),
    ("patrol", "联防巡逻", (("开始时间", "今天晚上8点"), ("路线或片区", "涟江沿线"))),
    (
        "hazard",
        "安全隐患",
        (("排查日期", "今天"), ("领域", "消防"), ("场所或地点", "赶场坝"), ("隐患情况", "柴垛靠墙")),
    ),
    ("worthy", "乡贤名录", (("姓名", "陈世强"), ("入会日期", "今天"))),
    ("proposal", "乡贤建议", (("提出日期", "今天"), ("提出人", "陈世强"), ("建议", "村口建地磅"))),
    ("donation", "乡贤捐赠", (("日期", "今天"), ("捐赠人", "陈世强"), ("金额或估值", "1万"))),
    ("project", "回乡项目", (("引进日期", "今天"), ("项目名称", "刺绣加工点"))),
    ("sweep", "禁毒排查", (("日期", "今天"), ("片区", "撂荒地"))),
    ("pledge", "禁毒承诺", (("日期", "今天"), ("村民小组", "一组"), ("应签户数", "45"), ("已签户数", "41"))),
    ("dissuasion", "赌博劝阻", (("日期", "今天"), ("地点类别", "小卖部"))),
    ("appraisal", "道德评议", (("提请日期", "今天"), ("评议谁或什么事", "岑兴富"), ("类别", "好人好事"))),
    ("campaign", "宣传活动", (("哪个会办的", "禁毒禁赌会"), ("日期", "今天"), ("主题", "防溺水"))),
)
"""Every ledger of the councils: its kind, its name on the shelf, and what is typed into which fields, in the order they come."""


WRITTEN = frozenset(
    {"岑兴富", "涟江沿线", "赶场坝", "陈世强", "村口建地磅", "刺绣加工点", "撂荒地", "小卖部", "防溺水"}
)
"""What is to be found in the records afterwards, as it was typed."""


def test_every_ledger_is_written_saved_and_printed_by_keys_alone(seat: Seat, tmp_path: Path) -> None:
    village, paper = Laptop(tmp_path / "village", "罗倩"), tmp_path / "paper"
    for folder in (paper, village.data):
        folder.mkdir(parents=True)
    with started(seat, village.data, around(village)) as at:
        founded(at, False, "hs hhh", "好花红村", "罗倩")
        for kind, name, fields in LEDGERS:
            at.press("alt+7")
            at.to("台账")
            at.press("Home")
            for _ in range(len(LEDGERS) + 4):
                if at.keys().get("row", "").startswith(name):
                    break
                before = at.keys().get("row", "")
                at.press("Down")
                at.until(lambda before=before: at.keys().get("row", "") != before or None, f"on from {before}")
            at.press("F2")
            at.see(f"新{name}")
            at.until(lambda: ("focusable" in at.keys()["is"] and at.keys()["name"] != "台账") or None, "a field")
            _typed(at, fields)
            saved(at)
            at.look(kind)
            _printed(at, paper / f"{kind}.pdf")
            at.press("Escape")
            at.at(name)
        at.close()
    for kind, _, fields in LEDGERS:
        (one,) = village.all(kind)
        said = str(one["values"])
        assert all(
            words in said for label, words in fields if label in ("事主", "路线或片区", "主题", "片区", "姓名")
        ), kind
        text = subprocess.run(
            ["pdftotext", paper / f"{kind}.pdf", "-"], capture_output=True, check=True
        ).stdout.decode()
        assert "好花红村" in text
    assert "没有发现问题" in village.verify()


def _typed(at: Program, fields: tuple[tuple[str, str], ...]) -> None:
    """What is typed, field by field; a blank takes what stands under the keys, a day that is there already stays."""
    for label, words in fields:
        at.to(label)
        if words == "今天" and at.keys().get("text"):
            continue
        if words == " ":
            at.press("space")
            continue
        at.type(words)
        at.until(lambda words=words: (at.keys().get("text") or "").endswith(words) or None, f"{words} in {label}")
    at.press("Tab")


def _printed(at: Program, path: Path) -> None:
    at.press("F9")
    at.at("哪一种纸")
    at.press("ctrl+s")
    at.fill("文件名", str(path))
    at.until(lambda: path.exists() or None, "the paper")
    at.see(f"放好了：{path.name}")
    at.press("Escape")
