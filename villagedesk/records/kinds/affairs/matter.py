"""四议两公开: one matter from the first proposal to the board that says what came of it, step by step.

The steps are an ordered list, taken from a template (`resources/affairs/steps.toml`) and editable: 四议一审两公开, 五议五公开 and a
village's own are other lists of the same thing.  The printed book has a sheet for each step (domain §2.1).
"""

from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Attachment,
    Choice,
    Date,
    Due,
    Kind,
    Line,
    Record,
    Ref,
    column,
    rule,
)  # fmt: skip

MATTER_FLOW = Flow(
    (
        Stage("open", "办理中", numbers=True),
        Stage("done", "已办结", after=("open",), done=True),
        Stage("failed", "未通过", after=("open",), done=True, reasoned=True),
        Stage("withdrawn", "已撤回", after=("open",), done=True, reasoned=True),
        Stage("stopped", "已中止", after=("open",), done=True, reasoned=True),
    )
)
POSTED = 15
"""Days a decision is posted at the least (村民委员会组织法 art. 35)."""


class Cause(Choice):
    """Where the motion comes from: one of three, the same on every sheet."""

    PEOPLE = "people", "党员群众建议"
    CADRES = "cadres", "村干部提议"
    ABOVE = "above", "上级党委政府安排"


class Proposer(Choice):
    """Who brings it in."""

    PARTY = "party", "村党组织"
    COMMITTEE = "committee", "村民委员会"
    SUPERVISION = "supervision", "村务监督委员会"
    COOP = "coop", "集体经济组织"
    VILLAGERS = "villagers", "十分之一以上村民联名"
    REPRESENTATIVES = "representatives", "五分之一以上村民代表联名"


class Variant(Choice):
    """Which template the steps were taken from."""

    FOUR = "four", "四议两公开"
    AUDITED = "audited", "四议一审两公开"
    FIVE = "five", "五议五公开"
    OWN = "own", "本村自定"


class StepKind(Choice):
    """What a step is: a sitting, a board, or an office's look."""

    PROPOSE = "propose", "提议"
    CONSULT = "consult", "商议"
    EXAMINE = "examine", "审议"
    AUDIT = "audit", "审核"
    DECIDE = "decide", "决议"
    POST = "post", "公开"
    OTHER = "other", "其他"


class MatterStep(Line):
    """One step and what it left behind.  It is closed by its day."""

    name: Annotated[str, Ask("步骤")] = Field(min_length=1, max_length=40)
    step: Annotated[StepKind, Ask("哪一类")] = StepKind.OTHER
    meeting: Annotated[Ref | None, Ask("哪次会议", refers="meeting")] = None
    publication: Annotated[Ref | None, Ask("哪次公开", refers="publication")] = None
    on: Annotated[Date | None, Ask("日期")] = None
    due_on: Annotated[Date | None, Ask("打算哪天前办")] = None
    form: Annotated[str, Ask("会议形式")] = Field(default="", max_length=40)
    expected: Annotated[int | None, Ask("应到")] = Field(default=None, ge=0, le=999_999)
    came: Annotated[int | None, Ask("实到")] = Field(default=None, ge=0, le=999_999)
    text: Annotated[str, Ask("内容")] = Field(default="", max_length=4_000)
    town: Annotated[str, Ask("乡镇参会人员（含职务）")] = Field(default="", max_length=120)
    opinion: Annotated[str, Ask("监督意见")] = Field(default="", max_length=400)
    posted_from: Annotated[Date | None, Ask("公开起")] = None
    posted_to: Annotated[Date | None, Ask("公开止")] = None
    done_on: Annotated[Date | None, Ask("办完日期")] = None


class Matter(Record):
    """One matter of weight."""

    kind: ClassVar[Kind] = Kind(
        key="matter", name="四议两公开", groups=("基本情况", "步骤"), title="subject", flow=MATTER_FLOW, number="number",
        series="四议",
    )  # fmt: skip

    number: Annotated[str, Ask("编号", group="基本情况", listed=True, search=True, auto=True)] = Field(
        default="", max_length=60
    )
    subject: Annotated[str, Ask("事项", listed=True, search=True)] = Field(min_length=1, max_length=120)
    opened_on: Annotated[Date, Ask("动议日期", listed=True, indexed=True)]
    cause: Annotated[Cause, Ask("动议事由", listed=True)]
    scope: Annotated[str, Ask("哪一类事项", hint="如 公益事业建设承包")] = Field(default="", max_length=60)
    proposer: Annotated[Proposer, Ask("提议主体")] = Proposer.PARTY
    proposed_by: Annotated[str, Ask("提议人", personal=1)] = Field(default="", max_length=60)
    variant: Annotated[Variant, Ask("走哪一套步骤")] = Variant.FOUR
    text: Annotated[str, Ask("提议内容", search=True)] = Field(default="", max_length=4_000)
    files: Annotated[list[Attachment], Ask("附件")] = Field(default_factory=list, max_length=50)
    steps: Annotated[list[MatterStep], Ask("步骤", group="步骤", search=True)] = Field(
        default_factory=list, max_length=20
    )

    @column("已办步骤")
    def closed(self) -> int:
        return sum(one.done_on is not None for one in self.steps)

    @column("步骤数")
    def length(self) -> int:
        return len(self.steps)

    @property
    def now(self) -> MatterStep | None:
        """The step that is to be done next."""
        return next((one for one in self.steps if one.done_on is None), None)

    @rule("steps", "前一步没有办完，后一步不能先办完。请按顺序填办完日期。")
    def _one_after_the_other(self) -> bool:
        done = [one.done_on is not None for one in self.steps]
        return done == sorted(done, reverse=True)

    @rule("steps", "后一步的办完日期不能早于前一步。")
    def _days_in_order(self) -> bool:
        days = [one.done_on for one in self.steps if one.done_on]
        return days == sorted(days)

    @rule("steps", "公开要满15日才能办完（村民委员会组织法第三十五条）。请核对公开起止和办完日期。")
    def _posted_long_enough(self) -> bool:
        return all(
            one.step is not StepKind.POST
            or one.done_on is None
            or (one.posted_from is not None and one.done_on >= one.posted_from + timedelta(days=POSTED))
            for one in self.steps
        )

    @rule("steps", "实到不能多于应到。")
    def _counted(self) -> bool:
        return all(one.came is None or one.expected is None or one.came <= one.expected for one in self.steps)

    @rule("steps", "还有步骤没有办完，不能办结。", at=("done",))
    def _all(self) -> bool:
        return bool(self.steps) and self.now is None

    def dues(self) -> list[Due]:
        step = self.now
        if self.stage != "open" or step is None:
            return []
        if step.step is StepKind.POST and step.posted_from:
            try:
                until = step.posted_from + timedelta(days=POSTED)
            except OverflowError:
                return []
            return [Due(until, f"{step.name}满期", "村民委员会组织法第三十五条，公布不少于十五日", law=True)]
        return [Due(step.due_on, step.name, "本事项自己定的日期")] if step.due_on else []
