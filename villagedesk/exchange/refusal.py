"""Why a bundle was not taken in, in the clerk's words; and what a bundle's name says before it is opened."""

import re
from pathlib import Path
from typing import NamedTuple

from villagedesk.base.errors import Refused

_AGAIN = "没有读入任何内容。请在导出的那台电脑上重新导出或重新拷贝，等提示可以拔出后再拔U盘。"
SENTENCES = {
    "not_a_bundle": "这不是村务台的数据包，没有读入任何内容。请选择以“vd1-”开头、以“.tar.zst.age”结尾的文件。",
    "truncated": f"数据包没有拷完整（或末尾损坏），{_AGAIN}",
    "damaged": f"数据包有损坏，{_AGAIN}如果再次出现，请换一个U盘。",
    "not_for_us": "这个数据包不是发给本机的，没有读入。请交给收件单位；若应由本机接收，请对方核对后重新导出。",
    "unknown_device": "数据包来自一台没有登记的电脑，没有读入。请先登记那台电脑的设备卡，再读入一次；数据包请保留。",
    "bad_signature": "数据包的内容与签名不符，可能被人改动过，没有读入任何内容。请保留文件，向发出单位核实后重新要。",
    "newer": "数据包由更新的村务台写成，这一版读不了，没有读入。请先升级村务台，再读入一次；数据包请保留。",
    "foreign": "数据包来自本辖区以外的单位，没有读入。请核对来源；如果区划已经调整，请先更新登记。",
}


class BundleError(Refused):
    """A bundle that is not taken in.

    Attributes: `code` one of SENTENCES; `sender` the device that made it, "" where that could not be read.  With
    unknown_device and bad_signature the sender is only what the bundle says.
    """

    def __init__(self, code: str, detail: str = "", *, sender: str = "") -> None:
        self.code = code
        self.sender = sender
        super().__init__(SENTENCES[code] + (f"（{detail}）" if detail else ""))


class Hint(NamedTuple):
    """What a file name says, never trusted: the sender's device, the addressee's device or code, the number."""

    sender: str
    to: str
    no: int


_NAME = re.compile(r"vd1-([0-9A-Z]{16})-([0-9A-Z]{6,16})-([0-9]{6,9})\.tar\.zst\.age", re.ASCII)


def file_name(sender_did: str, to_org: str, no: int) -> str:
    """The name of a bundle, legal on FAT and NTFS; a hint for people, nothing relies on it."""
    return f"vd1-{sender_did}-{to_org}-{no:06d}.tar.zst.age"


def hint(path: Path) -> Hint | None:
    """What the name of `path` says, None when it is not a bundle's name.  Copies keep their "(1)" or "副本" outside."""
    found = _NAME.search(path.name)
    return Hint(found[1], found[2], int(found[3])) if found else None
