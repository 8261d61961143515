"""乡贤参事: who they are, what they propose, what they give, what they bring home."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Attachment,
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
)  # fmt: skip
from villagedesk.records.kinds.ledgers.ledger import (
    Number,
    Satisfaction,
    fen,
    files,
    in_order,
    number,
)  # fmt: skip

WORTHY_FLOW = Flow((Stage("listed", "在库"), Stage("left", "已退出", after=("listed",), done=True, reasoned=True)))
PROPOSAL_FLOW = Flow(
    (
        Stage("made", "已提出", numbers=True),
        Stage("handling", "办理中", after=("made",)),
        Stage("answered", "已答复", after=("made", "handling")),
        Stage("closed", "已办结", after=("answered",), done=True),
    )
)
DONATION_FLOW = Flow(
    (
        Stage("received", "已收到", numbers=True),
        Stage("posted", "已公示", after=("received",)),
        Stage("used", "已用完", after=("posted",), done=True),
    )
)
PROJECT_FLOW = Flow(
    (
        Stage("talked", "有意向"),
        Stage("signed", "已签约", after=("talked",)),
        Stage("building", "建设中", after=("talked", "signed")),
        Stage("running", "已投产", after=("signed", "building"), done=True),
        Stage("dropped", "没谈成", after=("talked", "signed", "building"), done=True, reasoned=True),
    )
)


class Home(Choice):
    """Where a worthy lives."""

    HERE = "here", "在村"
    AWAY = "away", "在外"
    CAME = "came", "外来"


class Known(Choice):
    """What a worthy is known for."""

    TRADE = "trade", "产业"
    SCHOOL = "school", "教育"
    HEALTH = "health", "医疗"
    FARM = "farm", "农技"
    LAW = "law", "法律"
    CULTURE = "culture", "文化"
    RETIRED = "retired", "退休干部"
    OTHER = "other", "其他"


class Worthy(Record):
    """One who may be asked.  Kept with the person's consent, taken out when it is withdrawn (个人信息保护法 art. 13, 15)."""

    kind: ClassVar[Kind] = Kind(
        key="worthy",
        name="乡贤名录",
        bodies=("xiangxian",),
        groups=("基本情况", "能帮什么"),
        flow=WORTHY_FLOW,
        door=Door.COUNCIL,
    )

    name: Annotated[str, Ask("姓名", listed=True, search=True, personal=1)] = Field(min_length=1, max_length=40)
    person: Annotated[Ref | None, Ask("村里的哪位", refers="person", personal=1)] = None
    group: Annotated[str, Ask("籍贯组别", listed=True)] = Field(default="", max_length=40)
    home: Annotated[Home, Ask("类型", listed=True)] = Home.HERE
    field: Annotated[Known, Ask("领域", listed=True)] = Known.OTHER
    post: Annotated[str, Ask("单位和职务", listed=True, search=True)] = Field(default="", max_length=60)
    place: Annotated[str, Ask("所在地")] = Field(default="", max_length=60)
    phone: Annotated[str, Ask("联系方式", personal=2)] = Field(default="", max_length=30)
    joined_on: Annotated[Date, Ask("入会日期", listed=True, indexed=True)]
    consented: Annotated[bool, Ask("本人同意登记")] = False
    skills: Annotated[str, Ask("擅长和资源", shape=Shape.PROSE, group="能帮什么", search=True)] = Field(
        default="", max_length=1_000
    )
    wishes: Annotated[str, Ask("本人意愿", shape=Shape.PROSE, group="能帮什么")] = Field(default="", max_length=1_000)

    @column("在库")
    def on_list(self) -> int:
        return int(self.stage == "listed")

    @rule("consented", "登记乡贤要本人同意，请问过本人再登记。", warn=True)
    def _asked(self) -> bool:
        return self.consented


class Adopted(Choice):
    """What became of a proposal."""

    YES = "yes", "采纳"
    PART = "part", "部分采纳"
    NO = "no", "未采纳"


class Proposal(Record):
    """One proposal, and the answer to it."""

    kind: ClassVar[Kind] = Kind(
        key="proposal", name="乡贤建议", bodies=("xiangxian",), groups=("基本情况", "答复"), title="subject", flow=PROPOSAL_FLOW, number="number",
        series="贤议",
    )  # fmt: skip

    number: Number = number()
    on: Annotated[Date, Ask("提出日期", listed=True, indexed=True)]
    by: Annotated[str, Ask("提出人", listed=True, search=True, personal=1)] = Field(min_length=1, max_length=60)
    subject: Annotated[str, Ask("建议", listed=True, search=True)] = Field(min_length=1, max_length=120)
    text: Annotated[str, Ask("内容", shape=Shape.PROSE, search=True)] = Field(default="", max_length=4_000)
    seconded: Annotated[str, Ask("附议人", personal=1)] = Field(default="", max_length=200)
    handler: Annotated[str, Ask("谁来办", group="答复", listed=True)] = Field(default="", max_length=60)
    answer: Annotated[str, Ask("答复", shape=Shape.PROSE, group="答复")] = Field(default="", max_length=4_000)
    answered_on: Annotated[Date | None, Ask("答复日期", group="答复")] = None
    adopted: Annotated[Adopted | None, Ask("采纳情况", group="答复", listed=True)] = None
    carried: Annotated[str, Ask("落实情况", shape=Shape.PROSE, group="答复")] = Field(default="", max_length=2_000)
    said: Annotated[Satisfaction | None, Ask("提出人意见", group="答复")] = None

    @column("已答复")
    def replied(self) -> int:
        return int(self.answered_on is not None)

    @column("采纳和部分采纳")
    def taken(self) -> int:
        return int(self.adopted in (Adopted.YES, Adopted.PART))

    @rule("answered_on", "答复日期不能早于提出日期。")
    def _later(self) -> bool:
        return in_order(self.on, self.answered_on)

    @rule("adopted", "转为“已答复”前，请填答复、答复日期和采纳情况。", at=("answered",))
    def _answered(self) -> bool:
        return self.adopted is not None and bool(self.answer.strip()) and self.answered_on is not None

    def dues(self) -> list[Due | Runs]:
        return [Runs("proposal.answer", self.on)] if self.stage in ("made", "handling") else []


class Gift(Choice):
    """What is given."""

    CASH = "cash", "现金"
    GOODS = "goods", "物资"
    SKILL = "skill", "技术"
    PROJECT = "project", "项目"


class Use(Line):
    """What a gift was used for, line by line."""

    short: ClassVar[str] = "text"

    on: Annotated[Date | None, Ask("日期")] = None
    text: Annotated[str, Ask("用在哪里")] = Field(min_length=1, max_length=200)
    amount: Annotated[Money | None, Ask("金额（元）")] = None


class Donation(Record):
    """One gift and its use.  Gifts of society are published (村民委员会组织法 art. 35)."""

    kind: ClassVar[Kind] = Kind(
        key="donation", name="乡贤捐赠", bodies=("xiangxian",), groups=("基本情况", "使用和公示"), title="giver", flow=DONATION_FLOW,
        number="number", series="捐",
    )  # fmt: skip

    number: Number = number()
    on: Annotated[Date, Ask("日期", listed=True, indexed=True)]
    giver: Annotated[str, Ask("捐赠人", listed=True, search=True, personal=1)] = Field(min_length=1, max_length=60)
    named: Annotated[bool, Ask("本人同意公开姓名")] = False
    gift: Annotated[Gift, Ask("捐什么", listed=True)] = Gift.CASH
    what: Annotated[str, Ask("物资或项目名称", search=True)] = Field(default="", max_length=120)
    amount: Annotated[Money | None, Ask("金额或估值（元）", listed=True)] = None
    purpose: Annotated[str, Ask("用途", listed=True, search=True)] = Field(default="", max_length=120)
    for_whom: Annotated[str, Ask("受益对象")] = Field(default="", max_length=120)
    receipt: Annotated[str, Ask("票据号")] = Field(default="", max_length=40)
    uses: Annotated[list[Use], Ask("使用记录", group="使用和公示")] = Field(default_factory=list, max_length=200)
    posted_from: Annotated[Date | None, Ask("公示起", group="使用和公示")] = None
    posted_to: Annotated[Date | None, Ask("公示止", group="使用和公示")] = None
    photos: Annotated[list[Attachment], Ask("照片和附件", group="使用和公示")] = files()

    @column("金额或估值（分）")
    def worth(self) -> int:
        return fen(self.amount)

    @rule("uses", "用掉的钱比捐的多，请核对。", warn=True)
    def _spent(self) -> bool:
        return self.amount is None or sum((one.amount or 0 for one in self.uses), 0) <= self.amount

    @rule("posted_to", "公示止不能早于公示起。")
    def _posted(self) -> bool:
        return in_order(self.posted_from, self.posted_to)

    @rule("posted_from", "转为“已公示”前，请填公示起止日期。", at=("posted",))
    def _dated(self) -> bool:
        return self.posted_from is not None and self.posted_to is not None

    def dues(self) -> list[Due | Runs]:
        return [Runs("donation.posted", self.on)] if self.stage == "received" else []


class Project(Record):
    """One project brought home."""

    kind: ClassVar[Kind] = Kind(
        key="project", name="回乡项目", bodies=("xiangxian",), groups=("基本情况", "进展"), flow=PROJECT_FLOW
    )

    on: Annotated[Date, Ask("引进日期", listed=True, indexed=True)]
    name: Annotated[str, Ask("项目名称", listed=True, search=True)] = Field(min_length=1, max_length=60)
    by: Annotated[str, Ask("引进人", listed=True, search=True, personal=1)] = Field(default="", max_length=60)
    meant: Annotated[Money | None, Ask("意向投资（元）", listed=True)] = None
    arrived: Annotated[Money | None, Ask("到位投资（元）", group="进展", listed=True)] = None
    jobs: Annotated[int | None, Ask("带动就业（人）", group="进展", listed=True)] = Field(default=None, ge=0, le=99_999)
    progress: Annotated[str, Ask("进展", shape=Shape.PROSE, group="进展", search=True)] = Field(
        default="", max_length=2_000
    )
    photos: Annotated[list[Attachment], Ask("照片和附件", group="进展")] = files()

    @column("到位投资（分）")
    def invested(self) -> int:
        return fen(self.arrived)

    @column("带动就业")
    def hired(self) -> int:
        return self.jobs or 0
