"""Between a record and its JSON: what people typed is checked strictly, what travelled is read kindly."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.kind import Asked, Attachment, Line, Part, Record, Shape, named, texts, told_place

R = TypeVar("R", bound=Record)

MAX_LINE = 1 << 20
"""Bytes of one record at the most, as typed and on the wire."""
MAX_DEPTH = 32
"""How deep lists and parts may nest."""


class BadJson(ValueError):
    """Bytes that are not one sound JSON value; the message is for the clerk."""


def strict_json(data: bytes, *, limit: int = MAX_LINE) -> Any:
    """Read JSON that may be hostile: no NaN, no doubled keys, no nesting over 32, no more than `limit` bytes.

    Numbers with a fraction come back as `Decimal`.  Anything else raises `BadJson` with a sentence.
    """
    if len(data) > limit:
        raise BadJson(f"内容太长：{len(data) // 1024}KB，一条最多{limit // 1024}KB。")
    try:
        value = json.loads(data.decode(), object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_number)
        at_most = data.count(b"{") + data.count(b"[") + 1
        depth = _depth(value) if at_most > MAX_DEPTH else at_most
    except BadJson:
        raise
    except RecursionError:
        depth = MAX_DEPTH + 1
    except UnicodeDecodeError as error:
        raise BadJson("内容不是UTF-8文字。请用UTF-8编码保存后再试。") from error
    except ValueError as error:
        place = f"第{error.lineno}行第{error.colno}个字" if isinstance(error, json.JSONDecodeError) else "内容"
        raise BadJson(f"{place}附近不是正确的JSON格式。") from error
    if depth > MAX_DEPTH:
        raise BadJson(f"内容套得太深，最多{MAX_DEPTH}层。")
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BadJson("同一个名称写了两次。")
    return value


def _constant(word: str) -> Any:
    raise BadJson(f"“{word}”不是数。")


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError:  # an exponent of twenty digits
        number = Decimal("Infinity")
    if not number.is_finite() or not -18 < number.adjusted() < 18:
        raise BadJson(f"“{text[:20]}”这个数太大或太小。")
    return number


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            inner for v in level for inner in (v.values() if isinstance(v, dict) else v if isinstance(v, list) else ())
        ]
    return depth


@cache
def _adapter(cls: type[Record]) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def dumped(record: Record) -> dict[str, Any]:
    """The values of a record as JSON has them: whole, without what is empty, enums by value, times without zone."""
    whole: dict[str, Any] = _without_empty(record.model_dump(mode="json", by_alias=True))
    return whole


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: w for k, v in value.items() if (w := _without_empty(v)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(v) for v in value]
    return value


def parsed(cls: type[R], payload: bytes | str) -> R:
    """A record out of a payload.  Unknown fields are passed over (a newer program wrote them); ValueError on a bad shape."""
    record: R = _adapter(cls).validate_json(payload, extra="ignore")
    return record


def checked(
    cls: type[R], values: Mapping[str, Any], *, before: R | None = None, stage: str = "", program: bool = False
) -> R:
    """The only door for what people typed: a whole record, or `NotValid` with every problem at once.

    A bare text stands for a line or a reference of that name; lines keep their `lid` from `before`; fields filled by the
    program keep their value from `before`, unless it is the program that writes.
    """
    tidy, problems = _tidied(cls, values, before, program)
    record: R | None = None
    try:
        stands = stage or (before.stage if before else cls.kind.flow.first)
        record = _adapter(cls).validate_python({**tidy, "_stage": stands}, extra="forbid")
    except ValidationError as error:
        problems += [_told(cls, e) for e in error.errors()]
    if record is not None and not problems:
        problems = [p for p in record.problems() if not p.warn]
    if record is None or problems:
        raise NotValid(problems, {p.field: told_place(cls, p.field) for p in problems})
    return record


def _tidied(
    cls: type[Record], values: Mapping[str, Any], before: Record | None, program: bool
) -> tuple[dict[str, Any], list[Problem]]:
    known = named(cls)
    kept = dumped(before) if before else {}
    tidy: dict[str, Any] = {name: kept[name] for name, asked in known.items() if asked.ask.auto and name in kept}
    problems: list[Problem] = []
    for name, value in values.items():
        asked = known.get(name)
        if asked is None:
            problems.append(Problem(name, f"没有“{name}”这一项，请核对项目名称。"))
        elif asked.ask.auto and not program:
            if value != kept.get(name):
                problems.append(Problem(name, "这一项由程序填写，不能自己填。"))
        elif (spelled := _spelled(asked, value, kept.get(name), name, problems)) is not None:
            tidy[name] = spelled
    for text in texts(tidy):
        if _UNPRINTABLE.search(text):
            problems.append(
                Problem(
                    "", f"“{text.encode('ascii', 'backslashreplace').decode()[:20]}”里有打印不出的控制字符，请删去。"
                )
            )
    return tidy, problems


def _spelled(asked: Asked, value: Any, before: Any, place: str, problems: list[Problem]) -> Any:
    """A value with bare texts spelled out and lids given; what no part is called goes to `problems`.

    None for what is empty, and for a part none of whose parts is filled in.
    """
    if value is None or value == "":
        return None
    if asked.part is None:
        return _plain(asked.shape, value)
    if asked.shape not in (Shape.LINES, Shape.FILES):
        whole = {asked.part.short: value} if isinstance(value, str) else value
        parts = _parts(asked.part, whole, None, place, problems)
        return None if parts == {} else parts
    if not isinstance(value, list):
        return value
    old = {line["lid"]: line for line in before or () if line.get("lid")}
    lines = [{asked.part.short: v} if isinstance(v, str) else dict(v) if isinstance(v, dict) else v for v in value]
    if issubclass(asked.part, Line):
        _give_lids(asked.part, [line for line in lines if isinstance(line, dict)], old)
    return [_parts(asked.part, line, _same(line, old), f"{place}.{i}", problems) for i, line in enumerate(lines)]


def _plain(shape: Shape, value: Any) -> Any:
    """A simple value; what pydantic would take for something else than was meant is made into what it refuses."""
    if shape is Shape.YES:
        return {"是": True, "否": False}.get(value, value) if isinstance(value, str) else value
    if shape in (Shape.DATE, Shape.MOMENT):  # a number is no day, though seconds since 1970 can be told as one
        return value if isinstance(value, date) or _DAY.match(str(value)) else f"{value}?"
    return str(value) if shape is Shape.NUMBER and isinstance(value, bool) else value


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""Control characters but TAB and the end of a line, and halves of characters."""


def _parts(part: type[Part], value: Any, before: Any, place: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        return value
    inner = named(part)
    was, own = before or {}, part.model_fields
    problems += [Problem(f"{place}.{k}", _NO_SUCH) for k in value if k not in own]
    spelled = {
        k: _spelled(inner[k], v, was.get(k), f"{place}.{k}", problems) if k in inner else v
        for k, v in value.items()
        if k in own
    }
    return {k: v for k, v in spelled.items() if v is not None and v != ""}


def _same(line: Any, old: Mapping[str, Any]) -> Any:
    lid = line.get("lid") if isinstance(line, dict) else None
    return old.get(lid) if isinstance(lid, str) else None


def _give_lids(part: type[Line], lines: list[dict[str, Any]], old: Mapping[str, Any]) -> None:
    """A lid for each line that has none, or that of a line before it: the lid of the old line of the same name, the id of
    the person or file, or a new one."""
    typed = [line["lid"] for line in lines if isinstance(line.get("lid"), str)]
    taken, given = set(typed), set()
    for line in lines:
        lid = "" if line.get("lid") is None else line["lid"]
        if not isinstance(lid, str):
            continue  # told as a value of the wrong sort
        if not lid or lid in given:
            line["lid"] = lid = _lid(part, line, old, taken)
        taken.add(lid)
        given.add(lid)


def _lid(part: type[Line], line: dict[str, Any], old: Mapping[str, Any], taken: set[str]) -> str:
    for lid, other in old.items():
        if other.get(part.short) == line.get(part.short) and lid not in taken:
            return lid
    own = line.get("person") or (str(line.get("sha256", ""))[:12] if issubclass(part, Attachment) else "")
    return own if isinstance(own, str) and own and own not in taken else ids.new(ids.LINE)


_NO_SUCH = "没有这一项，请核对项目名称。"
_SENTENCES = {
    "missing": "这一项必须填写。",
    "string_too_short": "这一项必须填写。",
    "too_short": "至少要有{min_length}项。",
    "too_long": "最多{max_length}项。",
    "string_too_long": "太长了，最多{max_length}个字。",
    "string_type": "请填文字。",
    "string_unicode": "有认不出的字符，请重新输入。",
    "string_pattern_mismatch": "格式不对。",
    "int_parsing": "请填整数。",
    "int_type": "请填整数。",
    "int_from_float": "请填整数。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "bool_parsing": "请填“是”或“否”（true或false）。",
    "bool_type": "请填“是”或“否”（true或false）。",
    "enum": "没有这个选项。",
    "list_type": "这里应当是一个列表。",
    "model_type": "这里应当写成几项内容。",
    "model_attributes_type": "这里应当写成几项内容。",
    "extra_forbidden": _NO_SUCH,
    "timezone_naive": "请填村里的钟点，不带时区。",
    "decimal_max_digits": "数太大了。",
    "decimal_whole_digits": "数太大了。",
    "decimal_max_places": "金额最多两位小数。",
    "decimal_parsing": "请填数字。",
    "decimal_type": "请填数字。",
    "finite_number": "请填数字。",
}


def _options(cls: type[Record] | type[Part], place: Sequence[str | int]) -> list[str]:
    """What may be chosen at a place of a record, by label."""
    name, *rest = (part for part in place if isinstance(part, str))
    asked = named(cls)[name]
    return _options(asked.part, rest) if asked.part and rest else [option.label for option in asked.options]


def _told(cls: type[Record], error: Any) -> Problem:
    """A pydantic error in the clerk's words, with the label of the field."""
    kind, context = error["type"], error.get("ctx") or {}
    place = ".".join(str(p) for p in error["loc"])
    if kind == "enum":
        return Problem(place, f"没有这个选项，可以填：{'、'.join(_options(cls, error['loc']))}。")
    if kind in _SENTENCES:
        return Problem(place, _SENTENCES[kind].format(**context))
    if kind.startswith(("datetime", "date")):
        moment = kind.startswith("datetime")
        told = (
            "时间不对，请写年月日和几点几分，比如 2026-11-18 14:30。"
            if moment
            else "日期不对，请写年月日，比如 2026-11-18。"
        )
        return Problem(place, told)
    return Problem(place, "填写的内容不对，请核对。")
