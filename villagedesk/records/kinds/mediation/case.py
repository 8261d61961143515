"""A mediation case (人民调解案件), from the knock on the door to the bound file, and its summary without words or names."""

from datetime import timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Attachment,
    Date,
    Door,
    Due,
    Kind,
    Money,
    Record,
    Ref,
    Runs,
    Shape,
    Travels,
    column,
    rule,
)  # fmt: skip
from villagedesk.records.kinds.mediation.lines import (
    Agent,
    Evidence,
    Inquiry,
    Party,
    Piece,
    Promise,
    Revisit,
    Sitting,
)  # fmt: skip
from villagedesk.records.kinds.mediation.lists import (
    AgreementForm,
    Committee,
    Confirmation,
    Dispute,
    Ending,
    Grade,
    Keeping,
    Language,
    Performance,
    Result,
    Risk,
    Route,
    Source,
)  # fmt: skip

CASE_FLOW = Flow(
    (
        Stage("registered", "已登记", numbers=True),
        Stage("accepted", "已受理", after=("registered",)),
        Stage("inquiring", "调查中", after=("registered", "accepted")),
        Stage("mediating", "调解中", after=("registered", "accepted", "inquiring")),
        Stage("settled", "达成协议", after=("registered", "accepted", "inquiring", "mediating")),
        Stage("performing", "履行中", after=("settled",)),
        Stage("performed", "已履行", after=("settled", "performing")),
        Stage("revisited", "已回访", after=("settled", "performing", "performed")),
        Stage("ended", "调解不成", after=("registered", "accepted", "inquiring", "mediating")),
        Stage("told", "已告知途径", after=("ended",)),
        Stage("closed", "已结案", after=("settled", "performed", "revisited", "ended", "told"), seals=True, done=True),
        Stage("filed", "已归档", after=("closed",), done=True),
    )
)
OPEN = frozenset({"registered", "accepted", "inquiring", "mediating"})
AGREED = frozenset({"settled", "performing", "performed", "revisited"})
CONFIRM = 30
"""Days in which both parties together may ask the court to confirm, from the day after it takes effect (人民调解法 art. 33)."""


class Case(Record):
    """What is known of a case.  Mediators may not spread it (人民调解法 art. 15): content for the mediation duty only."""

    kind: ClassVar[Kind] = Kind(
        key="case", name="调解案件", groups=("受理", "当事人", "经过", "结果", "履行和回访", "归档"), title="subject", flow=CASE_FLOW,
        travels=Travels.SUMMARY, door=Door.MEDIATION, summary="case_summary", number="number", series="调",
    )  # fmt: skip

    number: Annotated[str, Ask("卷号", group="受理", listed=True, search=True, auto=True)] = Field(
        default="", max_length=60
    )
    subject: Annotated[str, Ask("卷名", group="受理", listed=True, search=True, personal=1)] = Field(
        min_length=1, max_length=120
    )
    dispute: Annotated[Dispute, Ask("纠纷类型", group="受理", listed=True)]
    topic: Annotated[str, Ask("细类", group="受理", hint="如 赡养、相邻排水、牲畜")] = Field(default="", max_length=40)
    source: Annotated[Source, Ask("案件来源", group="受理")] = Source.APPLIED
    committee: Annotated[Committee, Ask("调解主体", group="受理")] = Committee.VILLAGE
    accepted_on: Annotated[Date, Ask("受理日期", group="受理", listed=True, indexed=True)]
    grade: Annotated[Grade, Ask("难易", group="受理")] = Grade.COMMON
    mediator: Annotated[Ref | None, Ask("人民调解员", group="受理", listed=True, personal=1, refers="person")] = None
    others: Annotated[str, Ask("一起调解的人", group="受理", personal=1)] = Field(default="", max_length=120)
    recorder: Annotated[str, Ask("记录人", group="受理", personal=1)] = Field(default="", max_length=40)
    language: Annotated[Language, Ask("用什么话", group="受理")] = Language.HAN
    interpreter: Annotated[str, Ask("翻译", group="受理", personal=1)] = Field(default="", max_length=40)
    police: Annotated[bool, Ask("与治安案件有关", group="受理")] = False
    minor: Annotated[bool, Ask("涉及未成年人", group="受理")] = False
    status: Annotated[bool, Ask("涉及婚姻、收养、身份关系", group="受理")] = False
    private: Annotated[bool, Ask("当事人要求不公开", group="受理")] = False
    risk: Annotated[Risk | None, Ask("激化风险", group="受理")] = None
    parties: Annotated[list[Party], Ask("当事人", group="当事人", search=True, personal=1)] = Field(
        default_factory=list, max_length=50
    )
    agents: Annotated[list[Agent], Ask("代理人", group="当事人", search=True, personal=1)] = Field(
        default_factory=list, max_length=20
    )
    facts: Annotated[str, Ask("纠纷主要事实、争议事项", shape=Shape.PROSE, group="经过", search=True, personal=1)] = (
        Field(default="", max_length=8_000)
    )
    wants: Annotated[list[str], Ask("申请事项", group="经过", personal=1)] = Field(default_factory=list, max_length=20)
    inquiries: Annotated[list[Inquiry], Ask("调查记录", group="经过", search=True, personal=1)] = Field(
        default_factory=list, max_length=40
    )
    evidence: Annotated[list[Evidence], Ask("证据材料", group="经过", personal=1)] = Field(
        default_factory=list, max_length=100
    )
    sittings: Annotated[list[Sitting], Ask("调解记录", group="经过", search=True, personal=1)] = Field(
        default_factory=list, max_length=40
    )
    extended_to: Annotated[Date | None, Ask("当事人同意延长到", group="经过")] = None
    form: Annotated[AgreementForm | None, Ask("协议形式", group="结果")] = None
    terms: Annotated[str, Ask("协议内容", shape=Shape.PROSE, group="结果", search=True, personal=1)] = Field(
        default="", max_length=8_000
    )
    way: Annotated[str, Ask("履行方式、时限", shape=Shape.PROSE, group="结果", personal=1)] = Field(
        default="", max_length=2_000
    )
    amount: Annotated[Money | None, Ask("涉及金额（元）", group="结果")] = None
    result: Annotated[Result | None, Ask("调解结果", group="结果", listed=True)] = None
    agreed_on: Annotated[Date | None, Ask("协议生效日期", group="结果")] = None
    ending: Annotated[Ending | None, Ask("终止原因", group="结果")] = None
    ended_on: Annotated[Date | None, Ask("终止日期", group="结果")] = None
    routes: Annotated[list[Route], Ask("告知过的途径", group="结果")] = Field(default_factory=list, max_length=3)
    confirmation: Annotated[Confirmation | None, Ask("司法确认", group="结果")] = None
    court: Annotated[str, Ask("哪个法院", group="结果")] = Field(default="", max_length=60)
    applied_on: Annotated[Date | None, Ask("申请确认日期", group="结果")] = None
    promises: Annotated[list[Promise], Ask("履行", group="履行和回访", personal=1)] = Field(
        default_factory=list, max_length=40
    )
    performance: Annotated[Performance | None, Ask("履行情况", group="履行和回访")] = None
    revisits: Annotated[list[Revisit], Ask("回访", group="履行和回访", personal=1)] = Field(
        default_factory=list, max_length=20
    )
    articles: Annotated[str, Ask("用到的村规民约", group="履行和回访", hint="如 第五条")] = Field(
        default="", max_length=60
    )
    pieces: Annotated[list[Piece], Ask("卷内文书", group="归档", personal=1)] = Field(
        default_factory=list, max_length=40
    )
    filed_by: Annotated[str, Ask("立卷人", group="归档")] = Field(default="", max_length=40)
    checked_by: Annotated[str, Ask("检查人", group="归档")] = Field(default="", max_length=40)
    filed_on: Annotated[Date | None, Ask("立卷日期", group="归档")] = None
    keeping: Annotated[Keeping, Ask("保管期限", group="归档")] = Keeping.THIRTY
    remark: Annotated[str, Ask("情况说明", shape=Shape.PROSE, group="归档")] = Field(default="", max_length=1_000)
    files: Annotated[list[Attachment], Ask("附件", group="归档", personal=3)] = Field(
        default_factory=list, max_length=100
    )

    @column("当事人数")
    def people(self) -> int:
        return len(self.parties)

    @property
    def confirm_until(self) -> Date | None:
        """The last day on which the court may be asked; not moved where it is a day of rest, to be on the safe side."""
        try:
            return self.agreed_on + timedelta(days=CONFIRM) if self.agreed_on else None
        except OverflowError:
            return None

    # --- what the law forbids blocks ---------------------------------------------------------------------

    @rule("parties", "达成协议前至少要有两方当事人。", at=("settled",))
    def _two(self) -> bool:
        return len(self.parties) >= 2

    @rule("mediator", "达成协议前请填调解员。", at=("settled",))
    def _mediated(self) -> bool:
        return self.mediator is not None

    @rule("agreed_on", "达成协议前请填协议生效日期。", at=("settled",))
    def _agreed(self) -> bool:
        return self.agreed_on is not None

    @rule("applied_on", "司法确认要在协议生效之日起30日内共同申请（人民调解法第三十三条），这个日期已经过了。")
    def _in_time(self) -> bool:
        until = self.confirm_until
        return self.applied_on is None or until is None or self.applied_on <= until

    @rule("confirmation", "婚姻、收养、身份关系不属于司法确认的范围，法院不受理。")
    def _may_be_confirmed(self) -> bool:
        return not self.status or self.confirmation is None

    @rule("agreed_on", "协议生效日期不能早于受理日期。")
    def _after_acceptance(self) -> bool:
        return self.agreed_on is None or self.agreed_on >= self.accepted_on

    @rule("result", "结案前请填调解结果。", at=("closed",))
    def _ended(self) -> bool:
        return self.result is not None

    @rule(
        "routes",
        "调解不成的，要告知当事人可以仲裁、找行政机关或者起诉（人民调解法第二十六条），请勾上告知过的。",
        at=("told",),
    )
    def _told(self) -> bool:
        return bool(self.routes)

    # --- the rest is said ---------------------------------------------------------------------------------

    @rule("parties", "当事人多的，一般推选不超过五名代表。", warn=True)
    def _representatives(self) -> bool:
        return sum(bool(one.represents) for one in self.parties) <= 5

    @rule("interpreter", "不用汉语调解的，请写上谁翻译。", warn=True)
    def _interpreted(self) -> bool:
        return self.language is Language.HAN or bool(self.interpreter.strip())

    @rule(
        "risk",
        "激化风险高的，请采取预防措施，可能引起治安、刑事案件的要报告公安机关（人民调解法第二十五条）。",
        warn=True,
    )
    def _reported(self) -> bool:
        return self.risk is not Risk.HIGH or self.police

    @rule("form", "民事权利义务复杂、不当场履行或当事人要求的，应当写书面协议。", warn=True, at=("settled",))
    def _written(self) -> bool:
        return self.form is not AgreementForm.ORAL or all(one.done_on for one in self.promises)

    def dues(self) -> list[Due | Runs]:
        if self.stage in OPEN:
            if self.extended_to:
                return [Due(self.extended_to, "调解期限（已延长）", "当事人同意延长的日期")]
            return [Runs("case.settled", self.accepted_on)]
        if self.stage not in AGREED:
            return []
        found: list[Due | Runs] = [
            Due(one.due_on, f"履行：{one.text[:20]}", "调解协议")
            for one in self.promises
            if one.due_on and not one.done_on
        ]
        until = self.confirm_until
        if until and self.confirmation in (None, Confirmation.WANTED) and not self.status:
            found.append(Due(until, "司法确认申请截止", "人民调解法第三十三条，协议生效之日起三十日内", law=True))
        if not self.revisits and self.stage != "revisited" and self.agreed_on:
            last = max((one.due_on or one.done_on or self.agreed_on for one in self.promises), default=self.agreed_on)
            found.append(Runs("case.revisit", last))
        return found

    def summarise(self) -> dict[str, Any]:
        return {
            "dispute": self.dispute, "source": self.source, "committee": self.committee, "accepted_on": self.accepted_on,
            "grade": self.grade, "parties": len(self.parties), "form": self.form, "amount": self.amount, "result": self.result,
            "agreed_on": self.agreed_on, "performance": self.performance, "confirmation": self.confirmation,
            "revisited": bool(self.revisits), "case_stage": self.stage,
        }  # fmt: skip


class CaseSummary(Record):
    """What the town's statistics read of a case: no words, no names."""

    kind: ClassVar[Kind] = Kind(key="case_summary", name="案件统计", title="dispute", made=True)

    dispute: Annotated[Dispute, Ask("纠纷类型", listed=True, auto=True)]
    source: Annotated[Source, Ask("案件来源", listed=True, auto=True)]
    committee: Annotated[Committee, Ask("调解主体", auto=True)] = Committee.VILLAGE
    accepted_on: Annotated[Date, Ask("受理日期", listed=True, indexed=True, auto=True)]
    grade: Annotated[Grade, Ask("难易", auto=True)] = Grade.COMMON
    parties: Annotated[int, Ask("当事人数", listed=True, auto=True)] = 0
    form: Annotated[AgreementForm | None, Ask("协议形式", auto=True)] = None
    amount: Annotated[Money | None, Ask("涉及金额（元）", listed=True, auto=True)] = None
    result: Annotated[Result | None, Ask("调解结果", listed=True, auto=True)] = None
    agreed_on: Annotated[Date | None, Ask("协议生效日期", auto=True)] = None
    performance: Annotated[Performance | None, Ask("履行情况", auto=True)] = None
    confirmation: Annotated[Confirmation | None, Ask("司法确认", auto=True)] = None
    revisited: Annotated[bool, Ask("已回访", auto=True)] = False
    case_stage: Annotated[str, Ask("办理阶段", listed=True, auto=True)] = Field(default="", max_length=32)
