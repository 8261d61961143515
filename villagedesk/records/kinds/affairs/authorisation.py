"""授权: what the villagers' meeting lets the representatives decide in its place (村民委员会组织法 art. 28)."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Attachment, Choice, Date, Kind, Record, Ref, Shape, rule
from villagedesk.records.kinds.councils.meeting import Scope

AUTHORISATION_FLOW = Flow(
    (
        Stage("draft", "草稿"),
        Stage("given", "已授权", after=("draft",), seals=True),
        Stage("ended", "已收回", after=("given",), done=True, reasoned=True),
    )
)


class Given(Choice):
    """What may be handed to the representatives, and what may not: it is named to be refused."""

    BUILDING = Scope.BUILDING.value, Scope.BUILDING.label
    WAGES = Scope.WAGES.value, Scope.WAGES.label
    PROCEEDS = Scope.PROCEEDS.value, Scope.PROCEEDS.label
    WELFARE = Scope.WELFARE.value, Scope.WELFARE.label
    SUPPORT = Scope.SUPPORT.value, Scope.SUPPORT.label
    OTHER = Scope.OTHER.value, Scope.OTHER.label
    REPORT = Scope.REPORT.value, Scope.REPORT.label
    RULES = Scope.RULES.value, Scope.RULES.label
    ELECTION = "election", "村委会成员的选举、罢免"
    BODY = "body", "设立、撤销村民代表会议"
    OWN = "own", "改变村民会议自己的决定"


NEVER = frozenset({Given.RULES, Given.ELECTION})
"""By law for the villagers' meeting alone, or for the voters (村民委员会组织法 art. 31, 12, 19)."""
BY_CUSTOM = frozenset({Given.BODY, Given.OWN})
"""Kept from the representatives by some provinces' rules."""


class Authorisation(Record):
    """One authorisation, as the villagers' meeting gave it."""

    kind: ClassVar[Kind] = Kind(
        key="authorisation",
        name="村民会议授权",
        title="subject",
        flow=AUTHORISATION_FLOW,
        number="number",
        series="授权",
    )

    number: Annotated[str, Ask("编号", listed=True, search=True, auto=True)] = Field(default="", max_length=60)
    subject: Annotated[str, Ask("授权事项", listed=True, search=True)] = Field(min_length=1, max_length=120)
    on: Annotated[Date, Ask("授权日期", listed=True, indexed=True)]
    meeting: Annotated[Ref | None, Ask("哪次村民会议", refers="meeting")] = None
    scopes: Annotated[list[Given], Ask("授权决定什么", listed=True)] = Field(min_length=1, max_length=11)
    text: Annotated[str, Ask("授权内容和限制", shape=Shape.PROSE, search=True)] = Field(default="", max_length=4_000)
    until: Annotated[Date | None, Ask("授权到哪天", listed=True)] = None
    posted_from: Annotated[Date | None, Ask("公布起")] = None
    filed_on: Annotated[Date | None, Ask("报乡镇日期")] = None
    files: Annotated[list[Attachment], Ask("附件")] = Field(default_factory=list, max_length=20)

    @rule("scopes", "村规民约、自治章程只能由村民会议制定，村委会成员由选民选举和罢免，这些不能授权给村民代表会议。")
    def _allowed(self) -> bool:
        return not NEVER & set(self.scopes)

    @rule("scopes", "设立撤销村民代表会议、改变村民会议自己的决定，有的省规定不能授权，请先问乡镇。", warn=True)
    def _customary(self) -> bool:
        return not BY_CUSTOM & set(self.scopes)

    @rule("until", "授权到期不能早于授权日期。")
    def _ends(self) -> bool:
        return self.until is None or self.until >= self.on

    @rule("meeting", "转为“已授权”前，请选哪次村民会议。", at=("given",))
    def _met(self) -> bool:
        return self.meeting is not None

    def holds(self, scope: str, day: Date) -> bool:
        """Whether it lets the representatives decide a matter of that scope on that day."""
        within = self.on <= day and (self.until is None or day <= self.until)
        return self.stage == "given" and within and scope in self.scopes
