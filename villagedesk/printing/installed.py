"""Faces of the trade that a machine may have of its own: 仿宋_GB2312 and 方正小标宋, preferred to ours where they are."""

import os
import sys
from functools import cache
from pathlib import Path

NAMES = {
    "fang": ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    "biao": ("方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsjw.ttf", "fzxbsk.ttf", "fzxiaobiaosong-b05s.ttf"),
}
"""Role → file names, in lower case, the best one first.  Only outlines of the TrueType kind can be put into a paper."""


def folders() -> list[Path]:
    """Where this system keeps its fonts, and this person theirs."""
    if sys.platform == "win32":
        places = (
            os.environ.get("WINDIR", r"C:\Windows") + r"\Fonts",
            os.environ.get("LOCALAPPDATA", "") + r"\Microsoft\Windows\Fonts",
        )
        return [Path(place) for place in places]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
    ]


@cache
def installed() -> dict[str, Path]:
    """Role → the file of a face that lies on this machine."""
    there: dict[str, Path] = {}
    wanted = {name for names in NAMES.values() for name in names}
    for folder in folders():
        for path, _, files in os.walk(folder):
            there |= {name.lower(): Path(path, name) for name in files if name.lower() in wanted}
    return {role: there[name] for role, names in NAMES.items() for name in reversed(names) if name in there}
