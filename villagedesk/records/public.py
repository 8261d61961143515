"""What may be put up on a wall or shown to everybody: names masked, numbers gone."""

import re
import unicodedata
from typing import Any

from villagedesk.base.text import mask_name, mask_number
from villagedesk.records.kind import Door, Part, Record, Ref, Shape, shown, told
from villagedesk.records.kinds.affairs.publication import Publication

_GAP = r"[ \-./()]{0,3}"
"""What people put between groups of digits, once the text is made plain."""
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_NO_SUM = r"(?!\d|\.\d| ?[元万亿])"
_ID = re.compile(
    rf"(?<!\d)\d{{19,}}|(?<!\d){_PROVINCE}(?:{_GAP}\d){{15}}{_GAP}[\dX]|(?<!\d){_PROVINCE}(?:{_GAP}\d){{13}}(?!\d)|(?<!\d)\d{{16,18}}"
)
"""Identity numbers of 18 and 15 characters, and longer rows of digits, such as accounts."""
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?{_GAP}86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}{_NO_SUM}"
    rf"|(?<!\d)\(?0[1-9]\d{{1,2}}{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
    rf"|(?<!\d)[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}{_NO_SUM}"
    rf"|(?:(?<=[话机信系线打])|(?<=方式|号码))[:为是 ]{{0,3}}{_GAP}\d(?:{_GAP}\d){{4,14}}{_NO_SUM}"
)
_PLAIN = dict(
    zip(
        "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖（）．／＋：×xｘＸ·*_•・",
        "0001234567891123456789()./+:XXXX-----",
        strict=True,
    )
)
"""Digits and marks in the ways they are written, each as the one the rules know."""
GONE = "（号码不公开）"
_WORDS = (Shape.TEXT, Shape.PROSE, Shape.REF)


def hidden(text: str, *, phones: bool = True) -> str:
    """A text with every identity number in it taken out, and every telephone where `phones` says so (个人信息保护法 art. 25).

    It is looked for in the text made plain, where digits of every script are 0 … 9 and what is not seen on paper is not there.
    """
    seen = [(at, _plain(char)) for at, char in enumerate(text) if unicodedata.category(char) not in ("Cf", "Mn")]
    plain = "".join(char for _, char in seen)
    spans = [found.span() for found in _ID.finditer(plain)]
    if phones:
        rest = _DAY.sub(lambda day: "日" * len(day[0]), _ID.sub(lambda one: "号" * len(one[0]), plain))
        spans += [found.span() for found in _PHONE.finditer(rest)]
    for start, end in sorted(spans, reverse=True):
        text = text[: seen[start][0]] + GONE + text[seen[end - 1][0] + 1 :]
    return text


def _plain(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(char)
    return " " if kind in ("Zs", "Cc") else "-" if kind == "Pd" or char == "−" else _PLAIN.get(char, char)


def masked(asked_personal: int, value: Any) -> str:
    """One value as it may be shown: 0 as it is, 1 a name with its middle hidden, 2 a number likewise, 3 nothing."""
    text = value.name if isinstance(value, Ref) else shown(value)
    return {0: text, 1: mask_name(text), 2: mask_number(text)}.get(asked_personal, "（不公开）") if text else ""


def public(record: Record) -> dict[str, Any]:
    """The public version of a record: label → text, or a list of such for the lines of a list.  Files and scans are left out;
    of what only mediators may read there is no public version."""
    return {} if record.kind.door is Door.MEDIATION else _public(record)


def on_wall(publication: Publication) -> dict[str, Any]:
    """The public version of what is put up; names in full only where those people have agreed to it."""
    told = public(publication)
    if publication.consented:
        for line, row in zip(told.get("名单或明细", []), publication.rows, strict=True):
            line.update({"姓名或户主": hidden(row.name)} if row.name else {})
    return told


def _public(value: Record | Part) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for asked in told(type(value)):
        inner = getattr(value, asked.name)
        if inner in (None, "", []) or asked.shape == "files":
            continue
        if isinstance(inner, list) and inner and isinstance(inner[0], Part):
            out[asked.label] = [_public(line) for line in inner]
        else:
            text = masked(asked.ask.personal, inner)
            out[asked.label] = hidden(text, phones=not asked.ask.posted) if asked.shape in _WORDS else text
    return out
