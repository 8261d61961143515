"""Civilized households and other awards (文明家庭户)."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Attachment, Choice, Date, Kind, Record, Ref, Shape, rule

AWARD_FLOW = Flow(
    (
        Stage("nominated", "已申报"),
        Stage("noticed", "公示中", after=("nominated",)),
        Stage("awarded", "已命名", after=("noticed",), seals=True),
        Stage("withdrawn", "已摘牌", after=("awarded",), done=True),
        Stage("dropped", "未通过", after=("nominated", "noticed"), done=True),
    )
)


class Title(Choice):
    """Which award."""

    CIVILIZED = "civilized", "文明家庭户"
    STARS = "stars", "星级文明户"
    BEAUTIFUL = "beautiful", "最美家庭"
    FILIAL = "filial", "孝老爱亲模范"
    COURTYARD = "courtyard", "美丽庭院"
    OTHER = "other", "其他"


class Award(Record):
    """One household in one year's round."""

    kind: ClassVar[Kind] = Kind(
        key="award", name="文明家庭", title="household", flow=AWARD_FLOW, number="number", series="文明"
    )

    number: Annotated[str, Ask("证书编号", listed=True, search=True, auto=True)] = Field(default="", max_length=60)
    household: Annotated[Ref, Ask("户主", listed=True, search=True, personal=1, refers="household")]
    year: Annotated[int, Ask("年度", listed=True, indexed=True)] = Field(ge=1980, le=2100)
    award: Annotated[Title, Ask("称号", listed=True)] = Title.CIVILIZED
    group: Annotated[Ref | None, Ask("村民小组", listed=True, refers="group")] = None
    deeds: Annotated[str, Ask("主要事迹", shape=Shape.PROSE, search=True)] = Field(default="", max_length=1_000)
    noticed_from: Annotated[Date | None, Ask("公示开始")] = None
    noticed_to: Annotated[Date | None, Ask("公示结束")] = None
    awarded_on: Annotated[Date | None, Ask("命名日期", listed=True)] = None
    files: Annotated[list[Attachment], Ask("附件")] = Field(default_factory=list, max_length=20)

    @rule("noticed_to", "公示结束不能早于公示开始。")
    def _notice(self) -> bool:
        return not (self.noticed_from and self.noticed_to) or self.noticed_to >= self.noticed_from

    @rule("awarded_on", "命名前请填命名日期。", at=("awarded",))
    def _dated(self) -> bool:
        return self.awarded_on is not None
