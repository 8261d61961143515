"""What each character is to the setter: marks that may not begin or end a line, and what is better left uncut.

The classes and costs are those of papers.md §4.1.
"""

import re
import unicodedata

OPENING = "（〔［｛《〈「『【“‘"
CLOSING = "）〕］｝》〉」』】”’"
STOPS = "，、；：。？！"
MARKS = OPENING + CLOSING + STOPS
"""The marks with half an em of blank, and with a face of their own at half width."""
SQUEEZED = CLOSING + "，、；："
"""What may be halved inside a line to pull a mark in."""

NO_START = frozenset(CLOSING + STOPS + "·～%‰℃々／/—.,;:!?)]} ％\u3000")
NO_END = frozenset(OPENING + "￥¥№#／/([{")

NEVER = float("inf")
BOND = "\u2060"
"""Word joiner: what the caller puts between characters that are better kept together; it is not drawn."""

TOKEN = re.compile(r"[0-9A-Za-zÀ-ɏ]+(?:[.,:/\-_@+~’'][0-9A-Za-zÀ-ɏ]+)*[%‰℃]?|——|……|.", re.DOTALL)
"""What is set as one box: a number or Latin word, a double mark, else one character."""

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = (
    r"(?:[万亿]元|[平立]方米|[公千厘毫海]米|[公千毫]克|公[里斤顷]"
    r"|[年月日时分秒元角万亿人号户票次件条款项页份岁名组个米亩斤吨%‰℃])"
)
_HARD = re.compile(rf"〔\d{{4}}〕\d+号|[￥¥]{_NUMBER}元?|第?{_NUMBER}{_UNIT}")
_SOFT = re.compile(r"\d{4}年\d\d?月\d\d?日|（星期.）|第[〇零一二三四五六七八九十百千]+[条章款项届次]")
_CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{3,}")


_PLAIN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf \u3000-\u3011\uff01-\uff5e!-~“”‘’—…·〔〕]*")
"""What needs no cleaning: nearly everything that is typed."""


def cleaned(text: str) -> str:
    """Text as it can be set: one line, every blank a plain one, nothing that has no ink; bonds stay."""
    return text if _PLAIN.fullmatch(text) else "".join(_clean(char) for char in text)


def _clean(char: str) -> str:
    if char in (BOND, "\u3000") or (char.isascii() and char.isprintable()):
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char in "\n\t\r\v\f\u2028\u2029":
        return " "
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return "" if selector or category in ("Cc", "Cf", "Cs") else char


def bonded(text: str) -> str:
    """`text` held together: a name, a name with its reason."""
    return BOND.join(text)


def costs(text: str, bonds: set[int]) -> list[float]:
    """What it costs to cut before each character of `text`, by the atoms it lies in; the marks are judged apart."""
    cost = [0.0] * (len(text) + 1)
    for at in bonds:
        cost[at] = 400.0
    for match in _SOFT.finditer(text):
        for at in range(match.start() + 1, match.end()):
            cost[at] = 400.0
    for match in _CAPITALS.finditer(text):
        for at in range(match.start() + 1, match.end()):
            pair = text[at - 1 : at + 1]
            cost[at] = NEVER if pair == "元整" else 250.0 if pair[0] in "万亿" else 700.0
    for match in _HARD.finditer(text):
        for at in range(match.start() + 1, match.end()):
            cost[at] = NEVER
    return cost
