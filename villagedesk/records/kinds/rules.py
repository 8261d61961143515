"""Village rules (村规民约): made by the villagers' meeting only (村民委员会组织法 art. 31)."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Attachment, Choice, Date, Kind, Line, Record, Ref, column, rule

RULE_FLOW = Flow(
    (
        Stage("draft", "起草中"),
        Stage("adopted", "表决通过", after=("draft",), seals=True),
        Stage("filed", "已报备", after=("adopted",)),
        Stage("public", "已公布", after=("filed",)),
        Stage("replaced", "已废止", after=("adopted", "filed", "public"), done=True),
    )
)


class RuleText(Choice):
    """Which text it is."""

    RULES = "rules", "村规民约"
    CHARTER = "charter", "村民自治章程"


class Article(Line):
    """One article; its chapter stands on each of its lines."""

    short: ClassVar[str] = "text"

    chapter: Annotated[str, Ask("章")] = Field(default="", max_length=40)
    text: Annotated[str, Ask("条文")] = Field(min_length=1, max_length=2_000)


class VillageRule(Record):
    """One version of the rules of a village."""

    kind: ClassVar[Kind] = Kind(
        key="village_rule",
        name="村规民约",
        groups=("基本情况", "条文"),
        title="heading",
        flow=RULE_FLOW,
        number="number",
        series="约",
    )

    number: Annotated[str, Ask("编号", listed=True, auto=True)] = Field(default="", max_length=60)
    heading: Annotated[str, Ask("名称", listed=True, search=True)] = Field(min_length=1, max_length=60)
    text_kind: Annotated[RuleText, Ask("种类")] = RuleText.RULES
    version: Annotated[str, Ask("版次", listed=True)] = Field(default="", max_length=30)
    meeting: Annotated[Ref | None, Ask("通过的会议", refers="meeting")] = None
    adopted_on: Annotated[Date | None, Ask("通过日期", listed=True, indexed=True)] = None
    effective_on: Annotated[Date | None, Ask("生效日期", listed=True)] = None
    articles: Annotated[list[Article], Ask("条文", group="条文", search=True)] = Field(
        default_factory=list, max_length=300
    )
    files: Annotated[list[Attachment], Ask("附件", group="条文")] = Field(default_factory=list, max_length=20)

    @column("条数")
    def count(self) -> int:
        return len(self.articles)

    @rule("adopted_on", "表决通过前请填通过日期。", at=("adopted",))
    def _dated(self) -> bool:
        return self.adopted_on is not None

    @rule("articles", "表决通过前至少要有一条条文。", at=("adopted",))
    def _written(self) -> bool:
        return bool(self.articles)
