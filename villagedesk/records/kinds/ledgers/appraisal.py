"""道德评议: what the council weighs and says of deeds, and whom it helps to mend.  It praises, advises and helps; it punishes nobody."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Choice, Date, Door, Due, Kind, Line, Record, Ref, Runs, Shape, column, rule
from villagedesk.records.kinds.ledgers.ledger import Files, Number, Step, files, in_order, number

APPRAISAL_FLOW = Flow(
    (
        Stage("raised", "已提请", numbers=True),
        Stage("looked", "已调查", after=("raised",)),
        Stage("weighed", "已评议", after=("raised", "looked", "appealed")),
        Stage("told", "已告知", after=("weighed",)),
        Stage("appealed", "申请复评", after=("told",)),
        Stage("helping", "帮教中", after=("told",)),
        Stage("closed", "已办结", after=("told", "helping"), done=True),
        Stage("passed_on", "已转出", after=("raised", "looked", "weighed", "told"), done=True, reasoned=True),
    )
)


class Subject(Choice):
    """What is weighed."""

    HOUSEHOLD = "household", "户"
    PERSON = "person", "人"
    MATTER = "matter", "事"


class Topic(Choice):
    """What it is about."""

    GOOD = "good", "好人好事"
    CIVILIZED = "civilized", "文明家庭"
    ELDERS = "elders", "不赡养老人"
    VIOLENCE = "violence", "家暴苗头"
    NEIGHBOURS = "neighbours", "邻里不和"
    FEASTS = "feasts", "大操大办"
    CLEAN = "clean", "环境脏乱"
    GAMBLING = "gambling", "赌博风气"
    OTHER = "other", "其他"


class Verdict(Choice):
    """What the council concludes."""

    PRAISE = "praise", "表扬"
    ENCOURAGE = "encourage", "鼓励"
    HELP = "help", "帮教"
    TALK = "talk", "提醒谈话"
    MEDIATE = "mediate", "转调解"
    ELSEWHERE = "elsewhere", "转公安或妇联"


class Public(Choice):
    """Who is to know."""

    NOBODY = "nobody", "不公开"
    GROUP = "group", "仅小组"
    VILLAGE = "village", "全村（红榜）"


class Opinion(Line):
    """What one member said."""

    short: ClassVar[str] = "text"

    name: Annotated[str, Ask("评议人", personal=1)] = Field(default="", max_length=40)
    text: Annotated[str, Ask("意见")] = Field(min_length=1, max_length=400)


class Appraisal(Record):
    """One matter weighed.  Only good deeds are ever put on the board; the rest is for those who help."""

    kind: ClassVar[Kind] = Kind(
        key="appraisal", name="道德评议", bodies=("pingyi",), groups=("基本情况", "评议", "告知和帮教", "结果"), title="about", flow=APPRAISAL_FLOW,
        number="number", series="评", door=Door.COUNCIL,
    )  # fmt: skip

    number: Number = number()
    on: Annotated[Date, Ask("提请日期", listed=True, indexed=True)]
    session: Annotated[str, Ask("期次")] = Field(default="", max_length=40)
    subject: Annotated[Subject, Ask("对象")] = Subject.HOUSEHOLD
    about: Annotated[Ref, Ask("评议谁或什么事", listed=True, search=True, personal=1, refers="household")]
    topic: Annotated[Topic, Ask("类别", listed=True)]
    source: Annotated[str, Ask("谁提请的")] = Field(default="", max_length=60)
    looked: Annotated[str, Ask("调查情况", shape=Shape.PROSE, search=True, personal=1)] = Field(
        default="", max_length=4_000
    )
    meeting: Annotated[Ref | None, Ask("哪次评议会", group="评议", refers="meeting")] = None
    opinions: Annotated[list[Opinion], Ask("评议意见", group="评议", personal=1)] = Field(
        default_factory=list, max_length=60
    )
    yes: Annotated[int | None, Ask("同意", group="评议")] = Field(default=None, ge=0, le=999)
    no: Annotated[int | None, Ask("不同意", group="评议")] = Field(default=None, ge=0, le=999)
    abstain: Annotated[int | None, Ask("弃权", group="评议")] = Field(default=None, ge=0, le=999)
    verdict: Annotated[Verdict | None, Ask("结论", group="评议", listed=True)] = None
    weighed_on: Annotated[Date | None, Ask("评议日期", group="评议")] = None
    told_on: Annotated[Date | None, Ask("告知日期", group="告知和帮教")] = None
    signed: Annotated[bool, Ask("本人已签收", group="告知和帮教")] = False
    appealed_on: Annotated[Date | None, Ask("申请复评日期", group="告知和帮教")] = None
    appeal: Annotated[str, Ask("复评理由和结果", shape=Shape.PROSE, group="告知和帮教")] = Field(
        default="", max_length=2_000
    )
    helper: Annotated[Ref | None, Ask("帮教人", group="告知和帮教", personal=1, refers="person")] = None
    steps: Annotated[list[Step], Ask("帮教记录", group="告知和帮教")] = Field(default_factory=list, max_length=60)
    turned: Annotated[bool | None, Ask("已转化", group="结果")] = None
    public: Annotated[Public, Ask("公开范围", group="结果")] = Public.NOBODY
    model: Annotated[bool, Ask("推荐为典型", group="结果")] = False
    photos: Files = files()

    @column("表扬鼓励")
    def praised(self) -> int:
        return int(self.verdict in (Verdict.PRAISE, Verdict.ENCOURAGE))

    @column("帮教")
    def guided(self) -> int:
        return int(self.verdict is Verdict.HELP or self.helper is not None)

    @column("已经转化")
    def mended(self) -> int:
        return int(self.turned is True)

    @column("典型")
    def exemplary(self) -> int:
        return int(self.model)

    @rule("public", "只有好人好事和文明家庭上红榜；批评的事不公开张榜。")
    def _only_praise(self) -> bool:
        return self.public is not Public.VILLAGE or self.topic in (Topic.GOOD, Topic.CIVILIZED)

    @rule("verdict", "转为“已评议”前，请填结论和评议日期。", at=("weighed",))
    def _weighed(self) -> bool:
        return self.verdict is not None and self.weighed_on is not None

    @rule("told_on", "告知日期不能早于评议日期。")
    def _later(self) -> bool:
        return in_order(self.weighed_on, self.told_on)

    @rule("told_on", "转为“已告知”前，请填告知日期。", at=("told",))
    def _told(self) -> bool:
        return self.told_on is not None

    @rule("helper", "转为“帮教中”前，请填帮教人。", at=("helping",))
    def _helped(self) -> bool:
        return self.helper is not None

    @rule("topic", "家暴苗头请同时报村妇联或公安，紧急的打110。", warn=True)
    def _violence(self) -> bool:
        return self.topic is not Topic.VIOLENCE or self.verdict is Verdict.ELSEWHERE

    def dues(self) -> list[Due | Runs]:
        if self.stage == "weighed" and self.weighed_on:
            return [Runs("appraisal.told", self.weighed_on)]
        return []
