"""Words: normal form, search tokens, masking, Chinese numerals, amounts in capitals."""

import unicodedata
from decimal import Decimal
from itertools import chain
from operator import add

DIGITS = "〇一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def nfc(text: str) -> str:
    """The one form in which text is stored and compared."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Text as search sees it: NFKC, lower case, white space gathered; no NUL, which SQLite takes for an end."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace("\0", " ").split())


def grams(folded: str) -> list[str]:
    """Every single character and every pair of neighbours in a word of folded text, each once.

    One and two characters are found by one term; longer queries are the AND of their pairs, then compared in full.
    """
    words = folded.split(" ")
    return list(dict.fromkeys(chain(*words, *(map(add, word, word[1:]) for word in words))))


def query_grams(folded: str) -> list[str]:
    """The grams a document must hold to contain `folded`: pairs where a word has two characters, else the single one."""
    seen: dict[str, None] = {}
    for word in folded.split():
        seen.update(dict.fromkeys(map(add, word, word[1:]) if len(word) > 1 else [word]))
    return list(seen)


def mask_name(name: str) -> str:
    """A name as it may be posted: 罗* · 岑*富 · 欧阳*明."""
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return name[0] + "*"
    return name[: len(name) - 2] + "*" + name[-1]


def mask_number(number: str) -> str:
    """A telephone or identity number with its middle hidden; short ones are hidden whole."""
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 8) + number[-2:]
    if len(number) >= 8:
        return number[:3] + "*" * (len(number) - 5) + number[-2:]
    return "*" * len(number)


def file_name(text: str) -> str:
    """A file name that FAT and NTFS take, and that stays in its folder."""
    return "".join("_" if c in '\\/:*?"<>|' or c < " " else c for c in text).strip(" .~")


def ordinal(n: int) -> str:
    """1 … 99 as 一 … 九十九, for headings and ordinals."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def capitals(amount: Decimal) -> str:
    """An amount of money in capitals: 3200 → 叁仟贰佰元整 (票据法 usage: 整 after 元 or 角, not after 分).

    ValueError below zero, at 10^12 and above, or with more than two decimals.
    """
    cents = amount * 100
    if cents != cents.to_integral_value() or not 0 <= cents < 10**14:
        raise ValueError(f"not an amount: {amount}")
    yuan, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    text = _yuan(yuan) + "元" if yuan or not rest else ""
    if jiao:
        text += CAPITALS[jiao] + "角"
    elif fen and yuan:
        text += "零"
    return text + (CAPITALS[fen] + "分" if fen else "整")


def _yuan(number: int) -> str:
    if number == 0:
        return CAPITALS[0]
    text, zero = "", False
    for power in range(11, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (CAPITALS[0] if zero and text else "") + CAPITALS[digit] + ("", "拾", "佰", "仟")[power % 4]
            zero = False
        else:
            zero = True
        if power in (4, 8) and number // 10**power % 10**4:
            text += {4: "万", 8: "亿"}[power]
    return text
