"""互帮互助: somebody needs a hand, somebody lends it.  Help and small gifts only: no money is pooled here."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Choice,
    Date,
    Door,
    Due,
    Kind,
    Line,
    Money,
    Record,
    Ref,
    Runs,
    Shape,
    column,
    rule,
)
from villagedesk.records.kinds.ledgers.ledger import (
    Files,
    Number,
    Satisfaction,
    fen,
    files,
    in_order,
    number,
)  # fmt: skip

HELP_FLOW = Flow(
    (
        Stage("registered", "已登记", numbers=True),
        Stage("assigned", "已派单", after=("registered",)),
        Stage("helping", "帮扶中", after=("registered", "assigned")),
        Stage("finished", "已完成", after=("assigned", "helping")),
        Stage("revisited", "已回访", after=("finished",), done=True),
        Stage("referred", "已转介", after=("registered", "assigned", "helping"), done=True, reasoned=True),
    )
)


class Need(Choice):
    """What somebody needs a hand with."""

    FARM = "farm", "生产互助"
    CARE = "care", "生活照料"
    HOUSE = "house", "建房修缮"
    RITES = "rites", "婚丧帮工"
    URGENT = "urgent", "应急救助"
    STUDY = "study", "助学"
    OTHER = "other", "其他"


class Asking(Choice):
    """How it became known."""

    SELF = "self", "本人求助"
    GRID = "grid", "网格员发现"
    MEMBER = "member", "会员提议"
    OFFER = "offer", "有人愿意帮"


class Helper(Line):
    """One who helped, and how long."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=40)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    hours: Annotated[Money | None, Ask("小时")] = None


class Good(Line):
    """Goods or money given, from whom, and whether it was signed for."""

    what: Annotated[str, Ask("物资或资金")] = Field(min_length=1, max_length=60)
    short: ClassVar[str] = "what"
    source: Annotated[str, Ask("来源", personal=1)] = Field(default="", max_length=60)
    worth: Annotated[Money | None, Ask("折合（元）")] = None
    signed: Annotated[bool | None, Ask("已签收")] = None


class Aid(Record):
    """One need and what was done about it.  Children's and patients' affairs are for few eyes: no diagnosis, no names of minors."""

    kind: ClassVar[Kind] = Kind(
        key="help", name="互帮互助", bodies=("huzhu",), groups=("基本情况", "谁来帮", "结果"), title="who", flow=HELP_FLOW, number="number",
        series="互助", door=Door.COUNCIL,
    )  # fmt: skip

    number: Number = number()
    on: Annotated[Date, Ask("登记日期", listed=True, indexed=True)]
    who: Annotated[Ref, Ask("需要帮助的户", listed=True, search=True, personal=1, refers="household")]
    group: Annotated[Ref | None, Ask("村民小组", listed=True, refers="group")] = None
    need: Annotated[Need, Ask("类别", listed=True)]
    asking: Annotated[Asking, Ask("怎么知道的")] = Asking.SELF
    about: Annotated[str, Ask("需要什么", shape=Shape.PROSE, search=True, personal=1)] = Field(
        default="", max_length=2_000
    )
    people: Annotated[int | None, Ask("受助人数")] = Field(default=None, ge=0, le=9_999)
    helpers: Annotated[list[Helper], Ask("帮忙的人", group="谁来帮", search=True, personal=1)] = Field(
        default_factory=list, max_length=200
    )
    begun_on: Annotated[Date | None, Ask("开始日期", group="谁来帮")] = None
    ended_on: Annotated[Date | None, Ask("结束日期", group="谁来帮")] = None
    goods: Annotated[list[Good], Ask("物资和资金", group="谁来帮")] = Field(default_factory=list, max_length=100)
    result: Annotated[str, Ask("结果", shape=Shape.PROSE, group="结果")] = Field(default="", max_length=2_000)
    said: Annotated[Satisfaction | None, Ask("受助人反馈", group="结果", listed=True)] = None
    revisited_on: Annotated[Date | None, Ask("回访日期", group="结果")] = None
    referred_to: Annotated[str, Ask("转介到", group="结果", hint="如 镇民政办")] = Field(default="", max_length=60)
    photos: Files = files()

    @column("帮忙人次")
    def hands(self) -> int:
        return len(self.helpers)

    @column("十分之一小时")
    def tenths(self) -> int:
        return int(sum((one.hours or Decimal() for one in self.helpers), Decimal()) * 10)

    @column("受助人次")
    def served(self) -> int:
        return 1 if self.people is None else self.people

    @column("资金和物资（分）")
    def given(self) -> int:
        return fen(*(one.worth for one in self.goods))

    @column("已问过满意不满意")
    def heard(self) -> int:
        return int(self.said is not None)

    @column("满意和基本满意")
    def content(self) -> int:
        return int(self.said in (Satisfaction.GLAD, Satisfaction.FAIR))

    @rule("ended_on", "结束日期不能早于开始日期。")
    def _ends(self) -> bool:
        return in_order(self.begun_on, self.ended_on)

    @rule("helpers", "转为“已派单”前，请写上谁来帮。", at=("assigned", "helping", "finished"))
    def _sent(self) -> bool:
        return bool(self.helpers)

    @rule("ended_on", "转为“已完成”前，请填结束日期。", at=("finished",))
    def _ended(self) -> bool:
        return self.ended_on is not None

    @rule("said", "转为“已回访”前，请填受助人反馈和回访日期。", at=("revisited",))
    def _asked(self) -> bool:
        return self.said is not None and self.revisited_on is not None

    def dues(self) -> list[Due | Runs]:
        if self.stage == "finished" and self.ended_on:
            return [Runs("help.revisit", self.ended_on)]
        return []
