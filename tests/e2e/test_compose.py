"""Typing Chinese through fcitx5: what is composed arrives whole, and what is half composed is never kept.

Left out of the suite: packaging/deep installs the input method and runs it.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desks import VILLAGE, Laptop
from tests.e2e.hands import LONG, Program, Seat, started
from villagedesk.actions import drafts

pytestmark = pytest.mark.skipif("TEST_COMPOSE" not in os.environ, reason="packaging/deep has the input method for it")

PLAIN = "only letters here"
"""A passphrase that is typed without the input method."""
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=pinyin

[GroupOrder]
0=Default
"""


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A screen with fcitx5, announced as the desktops of UOS and Kylin do."""
    with Seat(tmp_path / "seat") as seat:
        profile = tmp_path / "seat" / ".config" / "fcitx5" / "profile"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE, "utf-8")
        seat.environment |= {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
        seat.run("fcitx5", "--disable", "wayland")
        asking = (
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
        )
        end = time.monotonic() + LONG
        while "true" not in seat.x(*asking, "string:org.freedesktop.portal.IBus"):
            assert time.monotonic() < end, "fcitx5 did not come"
            time.sleep(0.1)
        yield seat


def opened(at: Program) -> None:
    at.at("口令")
    at.type(PLAIN)
    at.press("Return")


def stays(at: Program, words: str) -> None:
    """For longer than a draft waits, the field holds these words and nothing else."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        assert at.keys()["text"] == words
        time.sleep(0.05)


def test_what_is_composed_arrives_whole_and_half_of_it_is_never_kept(seat: Seat, tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "village", "罗倩")
    laptop("init", "--role", "village", "--division", VILLAGE, "--user", "罗倩", VILLAGEDESK_PASSPHRASE=PLAIN)
    around = {name: laptop.environment[name] for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    with started(seat, laptop.data, around) as at:
        opened(at)
        at.see("首页")
        at.press("F2")
        at.at("会议类型")
        for field in ("会议名称", "届次", "开始时间", "结束时间", "地点"):
            at.press("Return")
            at.at(field)
        at.press("ctrl+space")
        at.until(lambda: "pinyin" in seat.x("fcitx5-remote", "-n"), "pinyin")
        at.type("huishuixian")
        stays(at, "")
        at.press("space")
        at.until(lambda: at.keys()["text"] == "惠水县", "惠水县")
        at.look("composed")
        at.type("huishui")
        stays(at, "惠水县")
        at.press("Escape")
        stays(at, "惠水县")
        at.type("huishui")
        at.press("ctrl+l")
        opened(at)
        at.at("地点")
        stays(at, "惠水县")
        at.close()
    with laptop.desk(secret=PLAIN) as office, office.desk.reading() as session:
        (offer,) = drafts.waiting(session, office)
    assert offer.typed == {"place": "惠水县"}
