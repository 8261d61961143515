"""红白事报备: what a family tells the council of a wedding or a funeral, and what the council does with it.

We register, suggest and persuade.  Nobody is forbidden anything, nothing is "approved" and no fine is known here: sizes are what
a village's own charter recommends (提倡), the periods are local habit.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Choice, Date, Due, Kind, Money, Record, Ref, Runs, Shape, column, rule
from villagedesk.records.kinds.ledgers.ledger import Files, Number, fen, files, in_order, number

FEAST_FLOW = Flow(
    (
        Stage("registered", "已报备", numbers=True),
        Stage("suggested", "建议调整", after=("registered",)),
        Stage("persuaded", "已劝导", after=("registered", "suggested")),
        Stage("verified", "已核实", after=("registered", "suggested", "persuaded")),
        Stage("posted", "已公示", after=("verified",)),
        Stage("closed", "已办结", after=("verified", "posted"), done=True),
        Stage("dropped", "不办了", after=("registered", "suggested", "persuaded"), done=True, reasoned=True),
    )
)
AHEAD = frozenset({"registered", "suggested", "persuaded"})
"""The stages before the day."""
MEAL_GUESTS, MEAL_TABLES = 50, 5
"""From so many on a common meal is registered on its own, by local rule."""


class Occasion(Choice):
    """What a family does.  Other feasts are only noted where somebody talked to the family."""

    WEDDING = "wedding", "婚嫁"
    FUNERAL = "funeral", "丧葬"
    OTHER = "other", "其他宴请"


class Standing(Choice):
    """Whether the host is somebody of whom more is expected."""

    PARTY = "party", "党员"
    PUBLIC = "public", "公职人员"
    CADRE = "cadre", "村干部"


class Shown(Choice):
    """Which papers were looked at.  None of them is kept."""

    ID = "id", "身份证"
    BOOK = "book", "户口簿"
    MARRIAGE = "marriage", "结婚证"
    DEATH = "death", "死亡证明"


class Told(Choice):
    """What the family was told or has handed in."""

    FOOD = "food", "食品安全告知书"
    PLEDGE = "pledge", "食品安全承诺书"
    COOK = "cook", "厨师健康证已看"
    MEAL = "meal", "集体聚餐已登记"
    ROAD = "road", "交通安全已告知"
    FIRE = "fire", "消防和烟花已告知"


class Feast(Record):
    """One wedding or funeral, from the day it is told until it is closed."""

    kind: ClassVar[Kind] = Kind(
        key="feast", name="红白事报备", bodies=("hongbai",), groups=("基本情况", "打算怎么办", "告知和意见", "现场核实", "结果"), title="host",
        flow=FEAST_FLOW, number="number", series="红白",
    )  # fmt: skip

    number: Number = number()
    occasion: Annotated[Occasion, Ask("事项", listed=True)]
    host: Annotated[Ref, Ask("事主", listed=True, search=True, personal=1, refers="person")]
    group: Annotated[Ref | None, Ask("村民小组", listed=True, refers="group")] = None
    phone: Annotated[str, Ask("电话", personal=2)] = Field(default="", max_length=30)
    standing: Annotated[list[Standing], Ask("身份")] = Field(default_factory=list, max_length=3)
    shown: Annotated[list[Shown], Ask("看过的证件")] = Field(default_factory=list, max_length=4)
    registered_on: Annotated[Date, Ask("报备日期")]
    begins_on: Annotated[Date, Ask("拟办日期", group="打算怎么办", listed=True, indexed=True)]
    ends_on: Annotated[Date | None, Ask("到哪天", group="打算怎么办")] = None
    place: Annotated[str, Ask("地点", group="打算怎么办")] = Field(default="", max_length=60)
    guests: Annotated[int | None, Ask("宴请人数", group="打算怎么办")] = Field(default=None, ge=0, le=9_999)
    tables: Annotated[int | None, Ask("桌数", group="打算怎么办", listed=True)] = Field(default=None, ge=0, le=999)
    limit: Annotated[int | None, Ask("章程提倡不超过（桌）", group="打算怎么办")] = Field(default=None, ge=0, le=999)
    meals: Annotated[int | None, Ask("餐次", group="打算怎么办")] = Field(default=None, ge=0, le=99)
    per_table: Annotated[Money | None, Ask("每桌标准（元）", group="打算怎么办")] = None
    menu: Annotated[str, Ask("菜单", group="打算怎么办", hint="如 六荤六素一汤")] = Field(default="", max_length=120)
    drink: Annotated[str, Ask("烟酒标准", group="打算怎么办")] = Field(default="", max_length=60)
    gift: Annotated[Money | None, Ask("随礼上限（元）", group="打算怎么办")] = None
    bride: Annotated[Money | None, Ask("彩礼（元）", group="打算怎么办", personal=2, hint="自愿填写")] = None
    cars: Annotated[int | None, Ask("车辆数", group="打算怎么办")] = Field(default=None, ge=0, le=999)
    band: Annotated[str, Ask("乐队、鼓手", group="打算怎么办")] = Field(default="", max_length=60)
    told: Annotated[list[Told], Ask("告知和手续", group="告知和意见")] = Field(default_factory=list, max_length=6)
    pledged_on: Annotated[Date | None, Ask("承诺书签字日期", group="告知和意见")] = None
    member: Annotated[Ref | None, Ask("包片理事", group="告知和意见", personal=1, refers="person")] = None
    advice: Annotated[str, Ask("包片理事意见", shape=Shape.PROSE, group="告知和意见")] = Field(
        default="", max_length=400
    )
    council: Annotated[str, Ask("理事会意见", shape=Shape.PROSE, group="告知和意见")] = Field(
        default="", max_length=400
    )
    committee: Annotated[str, Ask("村委会意见", shape=Shape.PROSE, group="告知和意见")] = Field(
        default="", max_length=400
    )
    reported_on: Annotated[Date | None, Ask("报乡镇日期", group="告知和意见")] = None
    real_tables: Annotated[int | None, Ask("实际桌数", group="现场核实", listed=True)] = Field(
        default=None, ge=0, le=999
    )
    real_guests: Annotated[int | None, Ask("实际人数", group="现场核实")] = Field(default=None, ge=0, le=9_999)
    real_gift: Annotated[Money | None, Ask("实际礼金标准（元）", group="现场核实")] = None
    checked_by: Annotated[Ref | None, Ask("核实人", group="现场核实", personal=1, refers="person")] = None
    checked_on: Annotated[Date | None, Ask("核实日期", group="现场核实")] = None
    persuasion: Annotated[str, Ask("劝导情况", shape=Shape.PROSE, group="结果", search=True)] = Field(
        default="", max_length=2_000
    )
    saved: Annotated[Money | None, Ask("估算节约（元）", group="结果")] = None
    posted_from: Annotated[Date | None, Ask("公示起", group="结果")] = None
    posted_to: Annotated[Date | None, Ask("公示止", group="结果")] = None
    photos: Files = files()

    @column("超过提倡桌数")
    def over(self) -> int:
        tables = self.real_tables if self.real_tables is not None else self.tables
        return int(self.held and self.limit is not None and tables is not None and tables > self.limit)

    @column("红事")
    def weddings(self) -> int:
        return int(self.held and self.occasion is Occasion.WEDDING)

    @column("白事")
    def funerals(self) -> int:
        return int(self.held and self.occasion is Occasion.FUNERAL)

    @column("红白事")
    def both(self) -> int:
        return int(self.held and self.occasion is not Occasion.OTHER)

    @column("事前报备")
    def ahead(self) -> int:
        """Told before a wedding begins, or before a funeral is over."""
        by = self.last_day if self.occasion is Occasion.FUNERAL else self.begins_on
        return int(self.held and self.occasion is not Occasion.OTHER and self.registered_on <= by)

    @column("劝导")
    def talked(self) -> int:
        return int(bool(self.persuasion.strip()))

    @column("节约（分）")
    def thrift(self) -> int:
        return fen(self.saved)

    @property
    def held(self) -> bool:
        """Whether it is held at all."""
        return self.stage != "dropped"

    @property
    def last_day(self) -> Date:
        return self.ends_on or self.begins_on

    @property
    def common_meal(self) -> bool:
        """Whether so many eat together that the meal is registered on its own."""
        return (self.guests or 0) >= MEAL_GUESTS or (self.tables or 0) >= MEAL_TABLES

    @rule("ends_on", "结束日期不能早于拟办日期。")
    def _ends(self) -> bool:
        return in_order(self.begins_on, self.ends_on)

    @rule("posted_to", "公示止不能早于公示起。")
    def _posted(self) -> bool:
        return in_order(self.posted_from, self.posted_to)

    @rule("told", "50人以上或5桌以上的集体聚餐，各地一般要另外登记（提前3天；丧事随时）。", warn=True)
    def _meal(self) -> bool:
        return not self.common_meal or Told.MEAL in self.told

    @rule("persuasion", "转为“已劝导”前，请写下怎么劝的。", at=("persuaded",))
    def _persuaded(self) -> bool:
        return bool(self.persuasion.strip())

    @rule("real_tables", "转为“已核实”前，请填实际桌数。", at=("verified",))
    def _verified(self) -> bool:
        return self.real_tables is not None

    @rule("posted_from", "转为“已公示”前，请填公示起止日期。", at=("posted",))
    def _dated(self) -> bool:
        return self.posted_from is not None and self.posted_to is not None

    def dues(self) -> list[Due | Runs]:
        if self.stage not in AHEAD:
            return []
        found: list[Due | Runs] = [Runs("feast.checked", self.last_day)]
        if self.common_meal and Told.MEAL not in self.told and self.occasion is not Occasion.FUNERAL:
            found.append(Runs("feast.banquet", self.begins_on))
        return found
