"""What stands in a council's file beside its meetings: its charter and the plan of a year."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Attachment, Date, Due, Kind, Line, Record, Ref, Shape, rule

CHARTER_FLOW = Flow(
    (
        Stage("draft", "草稿"),
        Stage("adopted", "已通过", after=("draft",), seals=True),
        Stage("ended", "已停用", after=("adopted",), done=True),
    )
)


class Charter(Record):
    """What a council has agreed for itself.  It recommends; it sets no fines."""

    kind: ClassVar[Kind] = Kind(
        key="charter",
        name="议事组织章程",
        groups=("基本情况", "正文", "红白事提倡标准"),
        title="name",
        flow=CHARTER_FLOW,
    )

    name: Annotated[str, Ask("名称", listed=True, search=True)] = Field(min_length=1, max_length=60)
    council: Annotated[Ref, Ask("议事组织", listed=True, refers="council")]
    drafted_on: Annotated[Date, Ask("起草日期", listed=True, indexed=True)]
    adopted_on: Annotated[Date | None, Ask("通过日期", listed=True)] = None
    meeting: Annotated[Ref | None, Ask("哪次会议通过的", refers="meeting")] = None
    text: Annotated[str, Ask("章程", shape=Shape.PROSE, group="正文", search=True)] = Field(
        min_length=1, max_length=20_000
    )
    tables: Annotated[int | None, Ask("桌数不超过", group="红白事提倡标准")] = Field(default=None, ge=1, le=999)
    per_table: Annotated[int | None, Ask("每桌不超过（元）", group="红白事提倡标准")] = Field(
        default=None, ge=1, le=99_999
    )
    gift: Annotated[int | None, Ask("随礼不超过（元）", group="红白事提倡标准")] = Field(default=None, ge=1, le=99_999)
    cars: Annotated[int | None, Ask("车辆不超过", group="红白事提倡标准")] = Field(default=None, ge=1, le=999)
    files: Annotated[list[Attachment], Ask("附件", group="红白事提倡标准")] = Field(default_factory=list, max_length=20)

    @rule("adopted_on", "转为“已通过”前，请填通过日期和哪次会议通过的。", at=("adopted",))
    def _adopted(self) -> bool:
        return self.adopted_on is not None and self.meeting is not None


class Planned(Line):
    """One thing a council means to do, by a day."""

    short: ClassVar[str] = "text"

    due_on: Annotated[Date | None, Ask("什么时候")] = None
    text: Annotated[str, Ask("做什么")] = Field(min_length=1, max_length=200)
    owner: Annotated[str, Ask("谁负责", personal=1)] = Field(default="", max_length=40)
    done_on: Annotated[Date | None, Ask("办好日期")] = None


class YearPlan(Record):
    """What a council means to do in a year."""

    kind: ClassVar[Kind] = Kind(key="plan", name="年度计划", title="council")

    council: Annotated[Ref, Ask("议事组织", listed=True, search=True, refers="council")]
    year: Annotated[int, Ask("年度", listed=True, indexed=True)] = Field(ge=1980, le=2100)
    items: Annotated[list[Planned], Ask("计划", search=True)] = Field(default_factory=list, max_length=60)

    def dues(self) -> list[Due]:
        return [
            Due(one.due_on, one.text[:40], "本会的年度计划") for one in self.items if one.due_on and not one.done_on
        ]
