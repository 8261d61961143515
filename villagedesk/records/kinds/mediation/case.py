"""A mediation case (人民调解案件) and its summary without words or names."""

from typing import Annotated, Any, ClassVar

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
    Travels,
    column,
    rule,
)  # fmt: skip


class Dispute(Choice):
    """The 18 types in the order of the statistics table."""

    FAMILY = "d01", "婚姻家庭纠纷"
    NEIGHBOUR = "d02", "邻里纠纷"
    HOUSE = "d03", "房屋宅基地纠纷"
    CONTRACT = "d04", "合同纠纷"
    BUSINESS = "d05", "生产经营纠纷"
    DAMAGE = "d06", "损害赔偿纠纷"
    LAND = "d07", "山林土地纠纷"
    DEMOLITION = "d08", "征地拆迁纠纷"
    POLLUTION = "d09", "环境污染纠纷"
    WAGES = "d10", "拖欠农民工工资纠纷"
    LABOUR = "d11", "其他劳动争议纠纷"
    TRAVEL = "d12", "旅游纠纷"
    ONLINE = "d13", "电子商务纠纷"
    CONSUMER = "d14", "其他消费纠纷"
    MEDICAL = "d15", "医疗纠纷"
    TRAFFIC = "d16", "道路交通事故纠纷"
    PROPERTY = "d17", "物业纠纷"
    OTHER = "d18", "其他纠纷"


class Source(Choice):
    """How a case came."""

    OWN = "own", "主动调解"
    APPLIED = "applied", "依申请调解"
    COURT = "court", "法院委托移送"
    PROCURATOR = "procurator", "检察院委托移送"
    POLICE = "police", "公安机关委托移送"
    PETITION = "petition", "信访部门委托移送"
    OTHER = "other", "其他部门委托移送"


class AgreementForm(Choice):
    """How the agreement was made."""

    ORAL = "oral", "口头协议"
    WRITTEN = "written", "书面协议"


class Result(Choice):
    """How the mediation ended."""

    SETTLED = "settled", "调解成功"
    FAILED = "failed", "调解不成"
    WITHDRAWN = "withdrawn", "当事人撤回"
    PASSED_ON = "passed_on", "移交或引导其他途径"


CASE_FLOW = Flow(
    (
        Stage("registered", "已登记"),
        Stage("mediating", "调解中", after=("registered",)),
        Stage("settled", "达成协议", after=("registered", "mediating")),
        Stage("ended", "调解不成", after=("registered", "mediating")),
        Stage("closed", "已结案", after=("settled", "ended"), seals=True, done=True),
        Stage("filed", "已归档", after=("closed",), done=True),
    )
)


class Party(Line):
    """One party to a dispute."""

    name: Annotated[str, Ask("姓名或名称", personal=1)] = Field(min_length=1, max_length=60)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    id_number: Annotated[str, Ask("身份证号", personal=2)] = Field(default="", max_length=18)
    phone: Annotated[str, Ask("联系方式", personal=2)] = Field(default="", max_length=30)
    address: Annotated[str, Ask("单位或住址", personal=2)] = Field(default="", max_length=120)


class Case(Record):
    """What is known of a case.  Mediators may not spread it (人民调解法 art. 15): content for the mediation duty only."""

    kind: ClassVar[Kind] = Kind(
        key="case", name="调解案件", groups=("受理", "当事人", "经过", "结果"), title="subject", flow=CASE_FLOW,
        travels=Travels.SUMMARY, door=Door.MEDIATION, summary="case_summary", number="number", series="调",
    )  # fmt: skip

    number: Annotated[str, Ask("卷号", group="受理", listed=True, search=True, auto=True)] = Field(
        default="", max_length=60
    )
    subject: Annotated[str, Ask("卷名", group="受理", listed=True, search=True, personal=1)] = Field(
        min_length=1, max_length=120
    )
    dispute: Annotated[Dispute, Ask("纠纷类型", group="受理", listed=True)]
    source: Annotated[Source, Ask("案件来源", group="受理")] = Source.APPLIED
    accepted_on: Annotated[Date, Ask("受理日期", group="受理", listed=True, indexed=True)]
    mediator: Annotated[Ref | None, Ask("人民调解员", group="受理", listed=True, personal=1, refers="person")] = None
    parties: Annotated[list[Party], Ask("当事人", group="当事人", search=True, personal=1)] = Field(
        default_factory=list, max_length=50
    )
    facts: Annotated[str, Ask("纠纷主要事实、争议事项", shape=Shape.PROSE, group="经过", search=True, personal=1)] = (
        Field(default="", max_length=8_000)
    )
    form: Annotated[AgreementForm | None, Ask("协议形式", group="结果")] = None
    terms: Annotated[str, Ask("协议内容", shape=Shape.PROSE, group="结果", search=True, personal=1)] = Field(
        default="", max_length=8_000
    )
    amount: Annotated[Money | None, Ask("涉及金额（元）", group="结果")] = None
    result: Annotated[Result | None, Ask("调解结果", group="结果", listed=True)] = None
    agreed_on: Annotated[Date | None, Ask("协议生效日期", group="结果")] = None
    files: Annotated[list[Attachment], Ask("附件", group="结果", personal=3)] = Field(
        default_factory=list, max_length=100
    )

    @column("当事人数")
    def people(self) -> int:
        return len(self.parties)

    @rule("parties", "达成协议前至少要有两方当事人。", at=("settled",))
    def _two(self) -> bool:
        return len(self.parties) >= 2

    @rule("mediator", "达成协议前请填调解员。", at=("settled",))
    def _mediated(self) -> bool:
        return self.mediator is not None

    @rule("agreed_on", "达成协议前请填协议生效日期。", at=("settled",))
    def _agreed(self) -> bool:
        return self.agreed_on is not None

    @rule("result", "结案前请填调解结果。", at=("closed",))
    def _ended(self) -> bool:
        return self.result is not None

    def dues(self) -> list[Due | Runs]:
        return [Runs("case.settled", self.accepted_on)] if self.stage in ("registered", "mediating") else []

    def summarise(self) -> dict[str, Any]:
        return {
            "dispute": self.dispute, "source": self.source, "accepted_on": self.accepted_on, "parties": len(self.parties),
            "form": self.form, "amount": self.amount, "result": self.result, "agreed_on": self.agreed_on, "case_stage": self.stage,
        }  # fmt: skip


class CaseSummary(Record):
    """What the town's statistics read of a case: no words, no names."""

    kind: ClassVar[Kind] = Kind(key="case_summary", name="案件统计", title="dispute", made=True)

    dispute: Annotated[Dispute, Ask("纠纷类型", listed=True, auto=True)]
    source: Annotated[Source, Ask("案件来源", listed=True, auto=True)]
    accepted_on: Annotated[Date, Ask("受理日期", listed=True, indexed=True, auto=True)]
    parties: Annotated[int, Ask("当事人数", listed=True, auto=True)] = 0
    form: Annotated[AgreementForm | None, Ask("协议形式", auto=True)] = None
    amount: Annotated[Money | None, Ask("涉及金额（元）", listed=True, auto=True)] = None
    result: Annotated[Result | None, Ask("调解结果", listed=True, auto=True)] = None
    agreed_on: Annotated[Date | None, Ask("协议生效日期", auto=True)] = None
    case_stage: Annotated[str, Ask("办理阶段", listed=True, auto=True)] = Field(default="", max_length=32)
