"""What the town and the county write: a look at a village's record, and its answer."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.kind import Ask, Choice, Kind, Record, Ref, Shape, rule


class Verdict(Choice):
    """The town's answer."""

    ACCEPT = "accept", "审核通过"
    RETURN = "return", "退回补正"


class Review(Record):
    """The town's review of one edition of one record of a village; it points at it and changes nothing in it."""

    kind: ClassVar[Kind] = Kind(key="review", name="审核", title="about", levels=("town", "county"))

    about: Annotated[Ref, Ask("记录", listed=True, auto=True)]
    about_org: Annotated[str, Ask("村", listed=True, indexed=True, auto=True)] = Field(pattern="^[0-9]{6,12}$")
    about_kind: Annotated[str, Ask("种类", auto=True, plumbing=True)] = Field(max_length=40)
    edition: Annotated[int, Ask("版次", auto=True)] = 0
    verdict: Annotated[Verdict, Ask("意见", listed=True)]
    remark: Annotated[str, Ask("说明", shape=Shape.PROSE, listed=True, search=True)] = Field(
        default="", max_length=1_000
    )

    @rule("remark", "退回时请写明要补正什么。")
    def _why(self) -> bool:
        return self.verdict is not Verdict.RETURN or bool(self.remark.strip())
