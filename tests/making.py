"""Random values for any kind, built from its description: what a form, a file or a test may hand to `checked`."""

from datetime import date, datetime
from functools import cache
from typing import Any, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from villagedesk.base import ids
from villagedesk.base.errors import NotValid
from villagedesk.records.kind import Asked, Attachment, Part, Record, Shape, fields, rules
from villagedesk.records.values import checked

NAMES = ["罗正华", "王庆芬", "岑兴富", "欧阳明", "韦国珍", "䶮", "罗𬭎", "韦㛃", "莫𫍯", "𠅤", "王·阿依"]
WORDS = [
    *NAMES, "辉油组", "好花红村村民委员会", "村委会二楼会议室", "通组路硬化工程", "三分之二", "第三十一条", "如下：",
    "2026年11月18日", "14:30—16:50", "3.5米", "C25", "68.40万元", "￥3,200.00元", "好花红村会〔2026〕23号", "住院、",
    "《实施方案》", "“一事一议”", "（外出务工）", "同意。", "请假，", "按天记；", "在不在里面？", "不行！", "——", "……",
]  # fmt: skip
"""What villages write: names with rare characters, dates, amounts, marks."""

_NAME = st.sampled_from(NAMES)
_SIMPLE: dict[Shape, SearchStrategy[Any]] = {
    Shape.YES: st.booleans(),
    Shape.MONEY: st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}"),
    Shape.DATE: st.dates(date(1949, 10, 1), date(2030, 12, 31)).map(date.isoformat),
    Shape.MOMENT: st.datetimes(datetime(2000, 1, 1), datetime(2030, 12, 31)).map(lambda m: f"{m:%Y-%m-%dT%H:%M}"),
    Shape.REF: st.fixed_dictionaries({"id": st.text(ids.ALPHABET, min_size=12, max_size=12), "name": _NAME}),
}
_FILE = {
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "size": st.integers(0, 64 << 20),
    "type": st.sampled_from(["image/jpeg", "application/pdf"]),
}


@cache
def random_values(cls: type[Record]) -> SearchStrategy[dict[str, Any]]:
    """Values as JSON has them; `checked(cls, values, program=True)` accepts each of them.

    Fields that need not be filled are at times left out; lists have three lines at the most.
    """
    return _parts(cls).filter(lambda values: _sound(cls, values))


def random_records(cls: type[Record]) -> SearchStrategy[Any]:
    """Whole records of a kind, in its first stage."""
    return random_values(cls).map(lambda values: checked(cls, values, program=True))


def _sound(cls: type[Record], values: dict[str, Any]) -> bool:
    """Whether the rules between fields hold too: no end before its beginning, nobody twice."""
    try:
        checked(cls, values, program=True)
    except NotValid as error:
        if {problem.text for problem in error.problems} <= {one.text for one in rules(cls)}:
            return False
        raise
    return True


def _parts(cls: type[Record] | type[Part]) -> SearchStrategy[dict[str, Any]]:
    needed: dict[str, Any] = dict(_FILE) if issubclass(cls, Attachment) else {}
    free: dict[str, Any] = {}
    for asked in fields(cls):
        (needed if asked.required else free)[asked.name] = _values(cls.model_fields[asked.name], asked)
    return st.fixed_dictionaries(needed, optional=free)


def _values(info: Any, asked: Asked) -> SearchStrategy[Any]:
    shape = asked.shape
    least, most = _limit(info, "min_length", 0), _limit(info, "max_length", 120)
    if shape in _SIMPLE:
        return _SIMPLE[shape]
    if asked.options:
        option = st.sampled_from([choice.value for choice in asked.options])
        return st.lists(option, unique=True, min_size=least, max_size=3) if shape is Shape.TICKS else option
    if asked.part or get_origin(info.annotation) is list:
        return st.lists(_parts(asked.part) if asked.part else _texts(12), min_size=least, max_size=min(most, 3))
    if shape is Shape.NUMBER:
        return st.integers(_limit(info, "ge", 0), _limit(info, "le", 9_999))
    return _texts(most, _limit(info, "pattern", ""))


def _texts(most: int, pattern: str = "") -> SearchStrategy[str]:
    if pattern:
        return st.from_regex(pattern.replace("$", r"\Z"), fullmatch=True)
    if most >= 500:
        return st.lists(_texts(200), min_size=1, max_size=3).map("\n".join)
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=min(most // 4 + 1, 12))
    return words.map(lambda some: "".join(some)[:most])


def _limit(info: Any, key: str, default: Any) -> Any:
    """One limit of a field, wherever pydantic keeps it."""
    return next((value for m in info.metadata if (value := getattr(m, key, None)) is not None), default)
