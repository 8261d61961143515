"""The small language in which a kind of record is described.

A kind is one frozen class.  Python types and pydantic limits say what a value is; `Ask` says how it is asked and treated;
`rule` says what must hold between fields.  The description holds facts about data: nothing about pixels, nothing to call.
Readers: form, table, search, command line, plain sheet, wire, schema test, random values for tests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime
from sqlmodel import SQLModel

from villagedesk.base.errors import Problem
from villagedesk.records.flow import PLAIN, Flow

__all__ = [
    "Ask",
    "Attachment",
    "Choice",
    "Date",
    "Door",
    "Kind",
    "Line",
    "Moment",
    "Money",
    "Record",
    "Ref",
    "Runs",
    "Shape",
    "Travels",
]


class Shape(StrEnum):
    """How a value is asked, shown and written; most follow from the Python type."""

    TEXT = "text"
    PROSE = "prose"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    YES = "yes"
    CHOICE = "choice"
    TICKS = "ticks"
    REF = "ref"
    LINES = "lines"
    FILES = "files"


class Travels(StrEnum):
    """What leaves the village: the whole record, only what its summary kind says, or nothing."""

    ALWAYS = "always"
    SUMMARY = "summary"
    NEVER = "never"


class Door(StrEnum):
    """Which duties may read the content; the table is in `rights`."""

    OPEN = "open"
    PERSONAL = "personal"
    COUNCIL = "council"
    MEDIATION = "mediation"


class Choice(StrEnum):
    """A value out of a list, written in English on the wire and shown with its Chinese label."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if member.label == value), None)


@dataclass(frozen=True)
class Ask:
    """How one field is asked and treated.

    Attributes: `listed` a column of the list; `indexed` a column of the table; `search` found by its words; `personal`
    0 none, 1 a name, 2 a number, telephone or birth date, 3 a scan, health, a minor; `auto` filled by the program, never
    typed; `refers` the kind a reference points at; `plumbing` ids and codes the program lives by: typed and
    carried like the rest, but not put before a reader's eyes; `posted` a telephone in it is an office's and meant for
    everybody.
    """

    label: str
    shape: Shape | None = None
    group: str = ""
    listed: bool = False
    indexed: bool = False
    search: bool = False
    personal: int = 0
    auto: bool = False
    hint: str = ""
    refers: str = ""
    plumbing: bool = False
    posted: bool = False


Date = date
Moment = NaiveDatetime
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class Part(BaseModel):
    """A value made of named parts.  `short` names the part that a bare text stands for.

    Never a table, so no SQLModel: the constructor SQLModel puts before pydantic's would run for each line of each record.
    """

    model_config = ConfigDict(frozen=True)
    short: ClassVar[str] = "name"


class Ref(Part):
    """A record pointed at: its id, and its name as it stood, so that old papers never change."""

    id: Annotated[str, Ask("编号", plumbing=True)] = Field(default="", max_length=32)
    name: Annotated[str, Ask("名称")] = Field(default="", max_length=120)


class Line(Part):
    """One line of a list inside a record; `lid` stays the same as long as the line lives."""

    lid: str = Field(default="", max_length=32)


class Attachment(Line):
    """A file kept beside the data: its hash, size and name; the bytes are stored once under the hash."""

    short: ClassVar[str] = "path"
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0, le=64 << 20)
    type: str = Field(max_length=80)
    name: Annotated[str, Ask("文件名")] = Field(min_length=1, max_length=120)
    travels: bool = True


@dataclass(frozen=True)
class Asked:
    """One field as its readers see it.

    Attributes: `default` what stands when nothing is typed; `many` a list of them; `most` characters or lines at the most,
    0 where there is no limit.
    """

    name: str
    ask: Ask
    shape: Shape
    required: bool
    options: tuple[Choice, ...] = ()
    part: type[Part] | None = None
    default: Any = None
    many: bool = False
    most: int = 0

    @property
    def label(self) -> str:
        return self.ask.label

    def shown(self, value: Any) -> str:
        """A value as the eye reads it."""
        return shown(value)


@dataclass(frozen=True)
class Kind:
    """What is true of all records of one kind.

    Attributes: `title` the field that names a record; `levels` the desks that write it; `summary` the kind whose record is
    written with every change of this one, made by the class's `summarise`; `number` the field a number is given to in
    the stage that gives it, `series` the word of that number; `bodies` the codes of the councils whose ledger it is (a council
    that is renamed, or whose work another takes over, keeps its code).
    """

    key: str
    name: str
    groups: tuple[str, ...] = ("基本情况",)
    title: str = "name"
    flow: Flow = PLAIN
    travels: Travels = Travels.ALWAYS
    door: Door = Door.OPEN
    levels: tuple[str, ...] = ("village",)
    summary: str = ""
    made: bool = False
    number: str = ""
    series: str = ""
    bodies: tuple[str, ...] = ()
    version: int = 1

    @property
    def withheld(self) -> str:
        """What the envelopes of this kind say of it on the way: "" whole, "s" where only summaries travel, "n" never."""
        return {Travels.ALWAYS: "", Travels.SUMMARY: "s", Travels.NEVER: "n"}[self.travels]


@dataclass(frozen=True)
class Rule:
    """What must hold between fields.  `at` names the stages it guards; empty: every save."""

    field: str
    text: str
    warn: bool
    at: tuple[str, ...]
    holds: Callable[[Any], bool]


def rule(
    field: str, text: str, *, warn: bool = False, at: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], bool]], Rule]:
    """Declare a rule: the decorated method says whether it holds."""
    return lambda holds: Rule(field, text, warn, at, holds)


@dataclass(frozen=True)
class Column:
    """A whole number worked out of a record and kept beside it in its table."""

    label: str
    count: Callable[[Any], int]


def column(label: str) -> Callable[[Callable[[Any], int]], Column]:
    """Declare a derived count."""
    return lambda count: Column(label, count)


@dataclass(frozen=True)
class Due:
    """Something to be done by a day, the rule it comes from, and whether that rule is law or habit.

    After `moot` it can no longer be done: what should have been told before a day is not told after it.
    """

    on: date
    what: str
    basis: str
    law: bool = False
    moot: date | None = None


@dataclass(frozen=True)
class Runs:
    """A period that runs from a day; how long, and by which rule, stands under `term` among the terms (see `due`).

    `what` takes the place of the term's own words where a record knows better ones.
    """

    term: str
    day: date
    what: str = ""


class Record(SQLModel):
    """The base of every kind: frozen, knows no field it was not told of.

    Attributes: `stage` where the record stands in its flow; on the wire ``_stage``, among the keys people do not type.
    """

    model_config = ConfigDict(frozen=True, ignored_types=(Rule, Column))  # type: ignore[assignment]  # as above
    kind: ClassVar[Kind]

    stage: str = Field(default="", alias="_stage", max_length=32)

    # WORKAROUND SQLModel.__init__, which has every record validated twice: what it adds is for tables alone
    __init__ = BaseModel.__init__

    @property
    def title(self) -> str:
        """What the record is called."""
        return shown(getattr(self, self.kind.title))

    def dues(self) -> Sequence[Due | Runs]:
        """What this record asks for, and by when.  Pure: no clock, no calendar, no terms."""
        return []

    def summarise(self) -> dict[str, Any]:
        """The values of its summary record; only kinds with `summary` are asked."""
        raise NotImplementedError(self.kind.key)

    def problems(self, stage: str = "") -> list[Problem]:
        """Every rule that does not hold, of those that guard each save and those that guard `stage`."""
        found = []
        for one in rules(type(self)):
            if (not one.at or stage in one.at) and not one.holds(self):
                found.append(Problem(one.field, one.text, one.warn))
        return found


@cache
def rules(cls: type[Record]) -> tuple[Rule, ...]:
    """The rules of a kind, in the order they are written."""
    return tuple(v for base in reversed(cls.__mro__) for v in vars(base).values() if isinstance(v, Rule))


@cache
def columns(cls: type[Record]) -> dict[str, Column]:
    """The derived counts of a kind."""
    return {n: v for base in reversed(cls.__mro__) for n, v in vars(base).items() if isinstance(v, Column)}


@cache
def fields(cls: type[Part] | type[Record]) -> tuple[Asked, ...]:
    """The asked fields of a kind or of a line, in the order they are written."""
    return tuple(
        _asked(name, info) for name, info in cls.model_fields.items() if any(isinstance(m, Ask) for m in info.metadata)
    )


@cache
def named(cls: type[Part] | type[Record]) -> Mapping[str, Asked]:
    """The asked fields by name."""
    return {asked.name: asked for asked in fields(cls)}


@cache
def told(cls: type[Part] | type[Record]) -> tuple[Asked, ...]:
    """The fields a reader is shown: all but the plumbing."""
    return tuple(asked for asked in fields(cls) if not asked.ask.plumbing)


def _asked(name: str, info: Any) -> Asked:
    ask = next(m for m in info.metadata if isinstance(m, Ask))
    bare, listed = _bare(info.annotation)
    options = tuple(bare) if isinstance(bare, type) and issubclass(bare, Choice) else ()
    part = bare if isinstance(bare, type) and issubclass(bare, Part) else None
    required = info.is_required() or _min(info) > 0
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return Asked(name, ask, ask.shape or _shape(bare, listed), required, options, part, default, listed, _most(info))


def _min(info: Any) -> int:
    return max((getattr(m, "min_length", None) or 0 for m in info.metadata), default=0)


def _most(info: Any) -> int:
    return max((getattr(m, "max_length", None) or 0 for m in info.metadata), default=0)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The type inside Optional, Annotated and list, and whether there was a list."""
    listed = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin is list:
            annotation, listed = get_args(annotation)[0], True
        elif origin in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not NoneType)
        else:
            return annotation, listed


def _shape(bare: Any, listed: bool) -> Shape:
    if issubclass(bare, Attachment):
        return Shape.FILES
    if issubclass(bare, Part):
        return Shape.LINES if listed else Shape.REF
    if issubclass(bare, Choice):
        return Shape.TICKS if listed else Shape.CHOICE
    table = {bool: Shape.YES, int: Shape.NUMBER, Decimal: Shape.MONEY, NaiveDatetime: Shape.MOMENT, date: Shape.DATE}
    return table.get(bare, Shape.TEXT)


def shown(value: Any) -> str:
    """A value as Chinese readers write it; lists one after the other."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Choice():
            return value.label
        case datetime():
            return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Attachment():
            return value.name
        case Part():
            return "，".join(text for asked in told(type(value)) if (text := shown(getattr(value, asked.name))))
        case list():
            return "、".join(shown(v) for v in value)
        case _:
            return str(value)


def labels(cls: type[Record]) -> dict[str, str]:
    """Field name → label, for telling problems."""
    return {asked.name: asked.label for asked in fields(cls)}


def told_place(cls: type[Part] | type[Record], place: str) -> str:
    """A dotted place as a reader finds it: ``present.0.state`` → 应到人员第1行的到会情况."""
    name, _, rest = place.partition(".")
    asked = named(cls).get(name)
    if asked is None:
        return place
    row, _, inner = rest.partition(".") if rest[:1].isdigit() else ("", "", rest)
    label = f"{asked.label}第{int(row) + 1}行" if row else asked.label
    return f"{label}的{told_place(asked.part, inner)}" if inner and asked.part else label


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value of JSON."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)
