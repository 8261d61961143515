"""联防联治: rounds that were walked, and hazards that were found and handed on.

Patrols enter no homes, question nobody and enforce nothing; suspects are the police's.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Choice,
    Date,
    Due,
    Kind,
    Line,
    Moment,
    Record,
    Ref,
    Shape,
    column,
    rule,
)  # fmt: skip
from villagedesk.records.kinds.ledgers.ledger import Files, Number, files, in_order, number

PATROL_FLOW = Flow((Stage("walked", "已登记", numbers=True), Stage("handed", "已办结", after=("walked",), done=True)))
HAZARD_FLOW = Flow(
    (
        Stage("found", "已登记", numbers=True),
        Stage("mending", "整改中", after=("found",)),
        Stage("reported", "已上报", after=("found", "mending")),
        Stage("mended", "待复查", after=("mending", "reported")),
        Stage("closed", "已销号", after=("mended",), done=True),
    )
)


class Area(Choice):
    """What a finding or a hazard is about."""

    ORDER = "order", "治安可疑"
    FIRE = "fire", "消防"
    ROAD = "road", "道路交通"
    WATER = "water", "水域防溺水"
    POWER = "power", "用电用气"
    GROUND = "ground", "地质灾害"
    ANIMALS = "animals", "牲畜疫情"
    HOUSES = "houses", "自建房"
    FOREST = "forest", "森林防火"
    CLEAN = "clean", "环境"
    OTHER = "other", "其他"


class Handling(Choice):
    """What was done at once."""

    MENDED = "mended", "现场整改"
    TALKED = "talked", "劝导"
    REPORTED = "reported", "上报"
    POLICE = "police", "移交公安"


class Finding(Line):
    """One thing seen on the way.  Places, not people."""

    short: ClassVar[str] = "text"

    area: Annotated[Area, Ask("类别")] = Area.OTHER
    place: Annotated[str, Ask("地点")] = Field(default="", max_length=60)
    text: Annotated[str, Ask("情况", hint="只写事，不写可疑人员姓名")] = Field(min_length=1, max_length=400)
    handling: Annotated[Handling | None, Ask("处置")] = None
    result: Annotated[str, Ask("结果")] = Field(default="", max_length=200)


class Walker(Line):
    """One of those who went."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=40)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)


class Patrol(Record):
    """One round."""

    kind: ClassVar[Kind] = Kind(
        key="patrol", name="联防巡逻", bodies=("lianfang",), groups=("基本情况", "发现的问题", "结果"), title="route", flow=PATROL_FLOW,
        number="number", series="巡",
    )  # fmt: skip

    number: Number = number()
    begun: Annotated[Moment, Ask("开始时间", listed=True, indexed=True)]
    ended: Annotated[Moment | None, Ask("结束时间")] = None
    route: Annotated[str, Ask("路线或片区", listed=True, search=True)] = Field(min_length=1, max_length=120)
    leader: Annotated[Ref | None, Ask("带队人", listed=True, personal=1, refers="person")] = None
    walkers: Annotated[list[Walker], Ask("巡逻人员", search=True, personal=1)] = Field(
        default_factory=list, max_length=60
    )
    weather: Annotated[str, Ask("天气")] = Field(default="", max_length=20)
    gear: Annotated[str, Ask("装备")] = Field(default="", max_length=60)
    findings: Annotated[list[Finding], Ask("发现的问题", group="发现的问题", search=True)] = Field(
        default_factory=list, max_length=60
    )
    relief: Annotated[str, Ask("接班人", group="结果", personal=1)] = Field(default="", max_length=40)
    photos: Files = files()

    @column("人次")
    def hands(self) -> int:
        return len(self.walkers) + (self.leader is not None and all(w.name != self.leader.name for w in self.walkers))

    @column("发现问题")
    def found(self) -> int:
        return len(self.findings)

    @column("上报移交")
    def handed(self) -> int:
        return sum(one.handling in (Handling.REPORTED, Handling.POLICE) for one in self.findings)

    @rule("ended", "结束时间不能早于开始时间。")
    def _ends(self) -> bool:
        return in_order(self.begun, self.ended)


class Grade(Choice):
    """How grave a hazard is."""

    COMMON = "common", "一般"
    MAJOR = "major", "重大"


class Hazard(Record):
    """One hazard from the day it is found until it is struck off the list."""

    kind: ClassVar[Kind] = Kind(
        key="hazard", name="安全隐患", bodies=("lianfang",), groups=("基本情况", "整改", "结果"), title="text", flow=HAZARD_FLOW,
        number="number", series="患",
    )  # fmt: skip

    number: Number = number()
    on: Annotated[Date, Ask("排查日期", listed=True, indexed=True)]
    by: Annotated[str, Ask("排查人", personal=1)] = Field(default="", max_length=60)
    patrol: Annotated[Ref | None, Ask("哪次巡逻发现的", refers="patrol")] = None
    area: Annotated[Area, Ask("领域", listed=True)]
    place: Annotated[str, Ask("场所或地点", listed=True, search=True)] = Field(min_length=1, max_length=60)
    text: Annotated[str, Ask("隐患情况", listed=True, search=True)] = Field(min_length=1, max_length=400)
    grade: Annotated[Grade, Ask("等级", listed=True)] = Grade.COMMON
    warned: Annotated[bool, Ask("已告知风险")] = False
    measures: Annotated[str, Ask("整改措施", shape=Shape.PROSE, group="整改")] = Field(default="", max_length=2_000)
    owner: Annotated[str, Ask("责任人", group="整改", listed=True, personal=1)] = Field(default="", max_length=40)
    due_on: Annotated[Date | None, Ask("整改期限", group="整改", listed=True)] = None
    reported_on: Annotated[Date | None, Ask("上报日期", group="整改")] = None
    reported_to: Annotated[str, Ask("报到哪里", group="整改")] = Field(default="", max_length=60)
    mended: Annotated[str, Ask("整改情况", shape=Shape.PROSE, group="结果")] = Field(default="", max_length=2_000)
    checked_by: Annotated[str, Ask("复查人", group="结果", personal=1)] = Field(default="", max_length=40)
    checked_on: Annotated[Date | None, Ask("复查日期", group="结果")] = None
    photos: Files = files()

    @column("已销号")
    def closed(self) -> int:
        return int(self.stage == "closed")

    @column("已上报")
    def passed_on(self) -> int:
        return int(self.reported_on is not None)

    @rule("due_on", "转为“整改中”前，请填责任人和期限。", at=("mending",))
    def _owned(self) -> bool:
        return bool(self.owner.strip()) and self.due_on is not None

    @rule("reported_on", "转为“已上报”前，请填上报日期和报到哪里。", at=("reported",))
    def _reported(self) -> bool:
        return self.reported_on is not None and bool(self.reported_to.strip())

    @rule("grade", "重大隐患请尽快报乡镇。", warn=True)
    def _major(self) -> bool:
        return self.grade is not Grade.MAJOR or self.reported_on is not None

    @rule("checked_on", "销号前请填复查人和复查日期。", at=("closed",))
    def _checked(self) -> bool:
        return bool(self.checked_by.strip()) and self.checked_on is not None

    def dues(self) -> list[Due]:
        if self.due_on is None or HAZARD_FLOW[self.stage].done:
            return []
        return [Due(self.due_on, "隐患整改到期", "登记时定的期限")]
