"""The whole path of a record under real keys: first start, people, a meeting, its paper, the stick, the town, the receipt, and back.

Left out of the suite: packaging/deep has the screen, the keys and the ears for it, and runs it.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.desks import SECRET, Laptop
from tests.e2e.hands import Program, Seat, plain, started

pytestmark = pytest.mark.skipif(
    "TEST_KEYS" not in os.environ, reason="packaging/deep has the screen and the keys for it"
)

LETTERS = Path(__file__).read_text("utf-8") + SECRET
"""Every character this file types is on the keyboard."""


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    with Seat(tmp_path_factory.mktemp("seat"), LETTERS) as seat:
        yield seat


def around(laptop: Laptop) -> dict[str, str]:
    return {name: laptop.environment[name] for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}


def founded(at: Program, town: bool, letters: str, name: str, user: str) -> None:
    """The first start: the unit found by its sound, an account, the recovery key read and typed back."""
    at.at("本单位叫什么")
    if town:
        at.press("shift+Tab")
        at.at("村、社区")
        at.press("Right")
        at.at("镇、街道")
        at.press("Tab")
    at.fill("本单位叫什么", letters, then="")
    at.until(lambda: any(name in t["name"] for t in at.all() if "selected" in t["is"]), name)
    at.look("place")
    at.press("Return")
    at.fill("您的姓名", user)
    for field in ("口令", "再输一遍"):
        at.at(field)
        at.type(SECRET)
        at.press("Return")
    asked = plain(at.until(lambda: at.keys() if at.keys()["name"].startswith("核对") else None, "the recovery key"))
    row, at_group = asked.removeprefix("核对：").partition("行的第")[::2]
    words = at.see(f"{row} ")["name"]
    group = next(line for line in words.splitlines() if line.startswith(row)).split()[int(at_group[0])]
    at.look("key")
    at.fill("核对", group)
    at.see("首页")


def saved(at: Program) -> None:
    """Save with its key, and see that it is."""
    at.press("ctrl+s")
    at.until(lambda: any(t["name"].startswith("已保存") for t in at.all()), "saved")


def peopled(at: Program) -> None:
    """A household, its head and another person, and the posts both hold in a council."""
    at.press("alt+9")
    at.see("还没有登记户和人")
    at.press("F2")
    at.fill("户主", "岑兴富")
    at.fill("户编号", "001")
    saved(at)
    at.press("Escape")
    at.see("户主岑兴富还没有登记成村民")
    at.look("household")
    for name in ("岑兴富", "陈世𬭎"):
        at.press("F3")
        at.at("姓名")
        if name not in at.keys()["text"]:
            at.type(name)
        saved(at)
        at.press("Escape")
        at.see(name)
    at.look("people")
    at.press("ctrl+f")
    at.fill("找人、找事、找文书", "𬭎")
    at.see("村民　陈世𬭎")
    at.look("found")
    at.press("Escape")

    at.press("alt+2", *["alt+Right"] * 3)
    at.see("红白理事会")
    at.look("councils")
    for name, position in (("岑兴富", "会长"), ("陈世𬭎", "成员")):
        at.press("F3")
        picked(at, "姓名", name)
        at.at("机构")
        at.press("Return")
        at.fill("职务", position, then="")
        saved(at)
        at.press("Escape")
        at.see(name)
    at.look("seats")


def picked(at: Program, field: str, name: str) -> None:
    """A person of the register, taken from what is offered while the name is typed."""
    at.fill(field, name, then="")
    at.press("Down", "Return", "Return")


def held(at: Program) -> None:
    """A meeting: who came, what was said, how it was voted on, what was resolved; finalised by its key."""
    at.press("alt+1")
    at.at("本周要办")
    at.press("F2")
    at.at("会议类型")
    at.look("new")
    at.fill("会议类型", "红白理事会")
    at.fill("会议名称", "第1次会议")
    at.fill("届次", "")
    at.fill("开始时间", "今天下午2点半")
    at.fill("结束时间", "")
    at.fill("地点", "村委会")
    picked(at, "主持人", "岑兴富")
    at.fill("记录人", "罗倩", then="")
    at.press("F6")
    at.at("点名", "岑兴富，未点")
    at.press("space")
    at.at("点名", "陈世𬭎，未点")
    at.press("space")
    at.at("点名", "陈世𬭎，到会")
    at.see("应到2人，实到2人")
    at.look("roll")
    at.press("F6")
    at.fill("议题名称", "通组路硬化")
    at.fill("汇报与说明", "一组要修路", then="Tab")
    at.fill("提出人", "罗倩")
    at.fill("发言", "陈世𬭎：同意")
    at.fill("发言", "")
    at.fill("表决方式", "举手")
    at.fill("赞成", "2")
    at.fill("反对", "0")
    at.fill("弃权", "")
    at.fill("未表决", "")
    at.fill("决议", "同意实施方案", then="Tab")
    at.fill("落实人", "岑兴富")
    at.fill("时限", "11.30")
    at.see("过半数要2人")
    at.look("agenda")
    saved(at)


def finalised(at: Program, folder: Path) -> None:
    """The meeting sealed by its key, and its minutes laid down as a PDF."""
    at.press("F10")
    at.see("已定稿")
    at.look("sealed")
    at.press("F9")
    at.at("哪一种纸")
    at.look("paper")
    at.press("ctrl+s")
    at.fill("文件名", str(folder / "minutes.pdf"))
    at.until(lambda: list(folder.glob("*.pdf")), "the paper")
    at.see("放好了：minutes.pdf")
    at.press("Escape")
    at.at("点名")


def on_stick(at: Program, stick: Path) -> None:
    """A folder in place of a stick."""
    at.do("换成文件夹")
    at.fill("目录", str(stick))
    at.see(f"文件夹 {stick.name}")


def test_a_meeting_goes_from_first_keys_to_the_acknowledged_receipt(seat: Seat, tmp_path: Path) -> None:
    stick, paper = tmp_path / "stick", tmp_path / "paper"
    village, town = Laptop(tmp_path / "village", "罗倩"), Laptop(tmp_path / "town", "王镇")
    for folder in (stick, paper, village.data, town.data):
        folder.mkdir(parents=True)
    with started(seat, village.data, around(village)) as at, ExitStack() as later:
        founded(at, False, "hs hhh", "好花红村", "罗倩")
        at.look("home")
        peopled(at)
        held(at)
        finalised(at, paper)
        at.press("alt+minus")
        at.at("写到U盘")
        on_stick(at, stick)
        card_written(at)
        there = later.enter_context(started(seat, town.data, around(town)))
        founded(there, True, "hs hhh", "好花红镇", "王镇")
        there.press("alt+3", "alt+Right")
        there.at("写到U盘")
        on_stick(there, stick)
        enrolled(there)
        card_written(there)
        at.front()
        enrolled(at)
        written(at)
        there.front()
        there.press("alt+3")
        taken(there, stick, "新增")
        there.press("alt+3", "alt+Right")
        there.at("写到U盘")
        written(there)
        at.front()
        at.press("alt+minus", "alt+Right")
        taken(at, stick, "回执")
        at.press("alt+minus")
        at.see("好花红镇收下第1号包")
        at.look("acknowledged")
        there.front()
        everywhere(at, "六会会议", "四议两公开", "矛盾调解", "村规民约", "文明家庭", "六会台账", "村务公开")
        everywhere(there, "汇总和审核")
        there.close()
        at.front()
        at.close()
    told(village, town, paper)


def everywhere(at: Program, *places: str) -> None:
    """Places of the rail that were not looked at yet: one comes there by Alt and a digit."""
    at.front()
    for digit, place in enumerate(places, 2):
        at.press(f"alt+{digit}")
        at.until(lambda place=place: any(t["name"].startswith(place) and "checked" in t["is"] for t in at.all()), place)
        at.look(place)


def card_written(at: Program) -> None:
    at.do("把本机的卡写到U盘")
    at.see("本机的设备卡写好了")
    at.look("card")


def enrolled(at: Program) -> None:
    """The other's card taken from the stick, its digits compared; the keys are then where one goes on."""
    at.do("取U盘上对方的卡")
    at.see("和对方纸上的一样吗")
    at.look("digits")
    at.do("一样，登记")
    at.see("登记好了")
    at.at("写到U盘")


def written(at: Program) -> None:
    """A bundle written with its key."""
    at.press("ctrl+s")
    at.see("写好了，可以拔U盘")
    at.look("written")


def taken(at: Program, stick: Path, words: str) -> None:
    """The newest bundle looked at, taken in, with its receipt."""
    on_stick(at, stick)
    at.to("U盘上的数据包")
    at.press("Return")
    at.see("先看后收")
    at.see(words)
    at.look("preview")
    at.press("ctrl+s")
    at.see("回执短码")
    at.look("receipt")


def told(village: Laptop, town: Laptop, paper: Path) -> None:
    """What the command line says of both desks afterwards, and what is on the paper."""
    for laptop in (village, town):
        laptop.verify()
        (found,) = laptop.all("meeting")
        assert (found["stage"], found["edition"]) == ("final", 1)
        values = found["values"]
        assert [(one["name"], one["state"]) for one in values["present"]] == [
            ("岑兴富", "present"),
            ("陈世𬭎", "present"),
        ]
        assert all(one["person"] for one in values["present"])
        (item,) = values["agenda"]
        assert (item["title"], item["yes"], item["no"], item["passed"]) == ("通组路硬化", 2, 0, True)
        assert [(one["name"], one["text"]) for one in item["speeches"]] == [("陈世𬭎", "同意")]
        (resolution,) = laptop.all("resolution")
        assert resolution["values"]["owner"] == "岑兴富"
    assert {one["values"]["name"] for one in village.all("person")} == {"岑兴富", "陈世𬭎"}
    (path,) = paper.glob("*.pdf")
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert all(
        part in words.replace(" ", "")
        for part in ("通组路硬化", "同意实施方案", "岑兴富", "陈世𬭎", "好花红村会〔2026〕1号")
    )
