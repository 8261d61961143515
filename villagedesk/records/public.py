"""What may be put up on a wall or shown to everybody: names masked, numbers gone."""

import re
from typing import Any

from villagedesk.base.text import mask_name, mask_number
from villagedesk.records.kind import Door, Part, Record, Ref, Shape, shown, told
from villagedesk.records.kinds.affairs.publication import Publication

_GAP = r"[ \t\u00a0\u3000\-－–—‐‑·*_]{0,2}"
"""What people put between groups of digits."""
_D = "[0-9０-９]"
_FREE = rf"(?<!{_D})(?<!{_D}[ \u3000\-－–—])"
"""Not in the middle of a longer number, nor of two days one after the other."""
_PROVINCE = "(?:[1１][1-5１-５]|[2２][1-3１-３]|[3３][1-7１-７]|[4４][1-6１-６]|[5５][0-4０-４]|[6６][1-5１-５]|[7７][1１]|[8８][1-3１-３])"
_ID = re.compile(
    rf"{_FREE}{_PROVINCE}(?:{_GAP}{_D}){{15}}{_GAP}[0-9０-９Xx×Ｘｘ]|{_FREE}{_PROVINCE}(?:{_GAP}{_D}){{13}}(?!{_D})"
)
_PHONE = re.compile(
    rf"{_FREE}(?:[+＋]?{_GAP}[8８][6６]{_GAP})?[1１][3-9３-９](?:{_GAP}{_D}){{9}}(?!{_D})"
    rf"|{_FREE}[(（]?[0０][1-9１-９]{_D}{{1,2}}[)）]?{_GAP}{_D}{{3,4}}{_GAP}{_D}{{4}}(?!{_D})"
    rf"|(?<=[话机码信系])[：:为是]?{_GAP}{_D}(?:{_GAP}{_D}){{4,14}}"
)
_SPELLED = re.compile("[〇零○一二三四五六七八九幺]{11,}")
"""A number written out in characters."""
GONE = "（号码不公开）"
_WORDS = (Shape.TEXT, Shape.PROSE, Shape.REF)


def hidden(text: str, *, phones: bool = True) -> str:
    """A text with every identity number in it taken out, and every telephone where `phones` says so (个人信息保护法 art. 25)."""
    text = _ID.sub(GONE, text)
    return _SPELLED.sub(GONE, _PHONE.sub(GONE, text)) if phones else text


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
