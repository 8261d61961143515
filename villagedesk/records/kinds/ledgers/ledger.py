"""What the lines of a council's ledger share: a number, pictures, steps, and what people say of it."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from villagedesk.records.kind import Ask, Attachment, Choice, Date, Line

HOME = "基本情况"

Number = Annotated[str, Ask("编号", group=HOME, listed=True, search=True, auto=True)]
Files = Annotated[list[Attachment], Ask("照片和附件", group="结果")]


def number() -> str:
    """The default of a number, which the program gives."""
    found: str = Field(default="", max_length=60)
    return found


def files() -> list[Attachment]:
    """The default of pictures and papers."""
    found: list[Attachment] = Field(default_factory=list, max_length=50)
    return found


class Satisfaction(Choice):
    """What those it was for say of it."""

    GLAD = "glad", "满意"
    FAIR = "fair", "基本满意"
    NOT = "not", "不满意"


class Step(Line):
    """What was done on a day, in a few words."""

    short = "text"

    on: Annotated[Date | None, Ask("日期")] = None
    text: Annotated[str, Ask("做了什么")] = Field(min_length=1, max_length=400)


def fen(*amounts: Decimal | None) -> int:
    """Amounts of yuan together, in fen."""
    return int(sum((amount or Decimal() for amount in amounts), Decimal()) * 100)


def in_order(*days: object) -> bool:
    """Whether days that are there come one after the other."""
    known = [day for day in days if day is not None]
    return all(a <= b for a, b in pairwise(known))  # type: ignore[operator]


__all__ = [
    "HOME",
    "Files",
    "Number",
    "Satisfaction",
    "Step",
    "fen",
    "files",
    "in_order",
    "number",
]
