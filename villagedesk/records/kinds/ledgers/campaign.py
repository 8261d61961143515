"""宣传活动: publicity and other things a council does with people, of any council."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.kind import Ask, Choice, Date, Kind, Line, Money, Record, Ref, Shape, column
from villagedesk.records.kinds.ledgers.ledger import Files, files


class Form(Choice):
    """What sort of thing it was."""

    TALK = "talk", "集中宣讲"
    RADIO = "radio", "广播"
    BOARD = "board", "板报橱窗"
    VISIT = "visit", "入户走访"
    SHOW = "show", "文艺演出"
    TRAINING = "training", "培训"
    WORK = "work", "志愿服务"
    OTHER = "other", "其他"


class Host(Line):
    """A council that did it."""

    short: ClassVar[str] = "body"

    body: Annotated[str, Ask("机构代号", plumbing=True)] = Field(min_length=1, max_length=40)
    name: Annotated[str, Ask("机构名称")] = Field(min_length=1, max_length=40)


class Campaign(Record):
    """One thing done on a day: drugs and gambling, fraud, drowning, forest fires, the law, customs."""

    kind: ClassVar[Kind] = Kind(key="campaign", name="宣传活动", groups=("基本情况", "结果"), title="subject")

    bodies: Annotated[list[Host], Ask("哪个会办的", listed=True)] = Field(min_length=1, max_length=12)
    on: Annotated[Date, Ask("日期", listed=True, indexed=True)]
    subject: Annotated[str, Ask("主题", listed=True, search=True)] = Field(min_length=1, max_length=120)
    form: Annotated[Form, Ask("形式", listed=True)] = Form.TALK
    place: Annotated[str, Ask("地点")] = Field(default="", max_length=60)
    organiser: Annotated[Ref | None, Ask("组织人", personal=1, refers="person")] = None
    sessions: Annotated[int, Ask("场次", group="结果", listed=True)] = Field(default=1, ge=1, le=999)
    people: Annotated[int | None, Ask("参加人数", group="结果", listed=True)] = Field(default=None, ge=0, le=99_999)
    leaflets: Annotated[int | None, Ask("资料份数", group="结果")] = Field(default=None, ge=0, le=99_999)
    cost: Annotated[Money | None, Ask("花费（元）", group="结果")] = None
    text: Annotated[str, Ask("内容和效果", shape=Shape.PROSE, group="结果", search=True)] = Field(
        default="", max_length=2_000
    )
    photos: Files = files()

    @column("宣传场次")
    def times(self) -> int:
        return self.sessions

    @column("参加人次")
    def reached(self) -> int:
        return self.people or 0
