"""村务公开: what is put up for everybody, how long, and what was said to it (村民委员会组织法 art. 35, 36)."""

from datetime import date, timedelta
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
    Money,
    Record,
    Ref,
    Runs,
    Shape,
    rule,
)  # fmt: skip

PUBLICATION_FLOW = Flow(
    (
        Stage("drafted", "草拟方案"),
        Stage("examined", "监委会已审查", after=("drafted",)),
        Stage("settled", "联席会议已定", after=("examined",)),
        Stage("posted", "公开中", after=("drafted", "examined", "settled"), numbers=True),
        Stage("over", "期满", after=("posted",)),
        Stage("filed", "已归档", after=("over",), done=True),
        Stage("dropped", "不公开了", after=("drafted", "examined", "settled"), done=True, reasoned=True),
    )
)
OBJECTION_FLOW = Flow((Stage("raised", "待答复"), Stage("answered", "已答复", after=("raised",), done=True)))
SINCE = date(2026, 1, 1)
"""From this day on fifteen days are the least (村民委员会组织法 art. 35, as amended in 2025)."""
LEAST = 15


class Sort(Choice):
    """What is published."""

    PARTY = "party", "党务"
    VILLAGE = "village", "村务"
    MONEY = "money", "财务"
    OTHER = "other", "其他"


class Every(Choice):
    """How often."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"
    ONCE = "once", "即时"


class Where(Choice):
    """Where it is put up."""

    BOARD = "board", "公开栏"
    GROUP = "group", "村民小组"
    RADIO = "radio", "广播"
    WECHAT = "wechat", "微信群"
    OTHER = "other", "其他"


class Row(Line):
    """One line of a table that is put up: a name, and what it is about.  Names are masked, numbers are not there at all."""

    short: ClassVar[str] = "what"

    name: Annotated[str, Ask("姓名或户主", personal=1)] = Field(default="", max_length=60)
    group: Annotated[str, Ask("组别")] = Field(default="", max_length=40)
    what: Annotated[str, Ask("事项")] = Field(min_length=1, max_length=120)
    amount: Annotated[Money | None, Ask("金额（元）")] = None


class Publication(Record):
    """One thing put up, from its plan to the day it is taken down and photographed."""

    kind: ClassVar[Kind] = Kind(
        key="publication", name="村务公开", groups=("基本情况", "审查", "公布"), title="subject", flow=PUBLICATION_FLOW,
        number="number", series="公开",
    )  # fmt: skip

    number: Annotated[str, Ask("编号", listed=True, search=True, auto=True)] = Field(default="", max_length=60)
    subject: Annotated[str, Ask("标题", listed=True, search=True)] = Field(min_length=1, max_length=120)
    on: Annotated[Date, Ask("起草日期", listed=True, indexed=True)]
    item: Annotated[Ref | None, Ask("公开目录里的哪一项", listed=True, refers="catalogue")] = None
    sort: Annotated[Sort, Ask("类别", listed=True)] = Sort.VILLAGE
    every: Annotated[Every, Ask("多久公开一次")] = Every.QUARTER
    basis: Annotated[str, Ask("依据的决议或文件")] = Field(default="", max_length=120)
    resolution: Annotated[Ref | None, Ask("哪一项决议", refers="resolution")] = None
    text: Annotated[str, Ask("公开内容", shape=Shape.PROSE, search=True)] = Field(default="", max_length=8_000)
    rows: Annotated[list[Row], Ask("名单或明细", personal=1)] = Field(default_factory=list, max_length=500)
    consented: Annotated[bool, Ask("名单里的人同意公开全名", hint="不勾就遮住名字中间的字")] = False
    examined_by: Annotated[str, Ask("监委会审查人", group="审查", personal=1)] = Field(default="", max_length=60)
    examined_on: Annotated[Date | None, Ask("审查日期", group="审查")] = None
    opinion: Annotated[str, Ask("审查意见", shape=Shape.PROSE, group="审查")] = Field(default="", max_length=1_000)
    settled_on: Annotated[Date | None, Ask("联席会议日期", group="审查")] = None
    posted_from: Annotated[Date | None, Ask("公布起", group="公布", listed=True)] = None
    posted_to: Annotated[Date | None, Ask("公布止", group="公布", listed=True)] = None
    places: Annotated[list[Where], Ask("公布在哪里", group="公布")] = Field(default_factory=list, max_length=5)
    taken_on: Annotated[Date | None, Ask("取下日期", group="公布")] = None
    contact: Annotated[str, Ask("有意见找谁", group="公布", hint="姓名和办公电话", posted=True)] = Field(
        default="", max_length=60
    )
    up: Annotated[list[Attachment], Ask("上墙照", group="公布")] = Field(default_factory=list, max_length=20)
    down: Annotated[list[Attachment], Ask("下墙照", group="公布")] = Field(default_factory=list, max_length=20)

    @rule(
        "posted_to", "公布不得少于15日（村民委员会组织法第三十五条，2026年1月1日起）。请把公布止改到公布起的15天以后。"
    )
    def _long_enough(self) -> bool:
        if self.posted_from is None or self.posted_to is None or self.posted_from < SINCE:
            return True
        return self.posted_to >= self.posted_from + timedelta(days=LEAST)

    @rule("posted_from", "转为“公开中”前，请填公布起止日期和公布在哪里。", at=("posted",))
    def _dated(self) -> bool:
        return self.posted_from is not None and self.posted_to is not None and bool(self.places)

    @rule("examined_on", "转为“监委会已审查”前，请填审查人和审查日期。", at=("examined",))
    def _examined(self) -> bool:
        return self.examined_on is not None and bool(self.examined_by.strip())

    @rule("examined_on", "公开前一般要经村务监督委员会审查，还没有填审查日期。", warn=True, at=("posted",))
    def _looked_at(self) -> bool:
        return self.examined_on is not None

    @rule("taken_on", "取下日期不能早于公布止。", at=("over",))
    def _taken(self) -> bool:
        return self.taken_on is not None and (self.posted_to is None or self.taken_on >= self.posted_to)

    @rule("up", "还没有附上墙照、下墙照，检查时会要。", warn=True, at=("over", "filed"))
    def _pictured(self) -> bool:
        return bool(self.up and self.down)

    def dues(self) -> list[Due | Runs]:
        if self.stage != "posted" or self.posted_from is None:
            return []
        if self.posted_to and self.posted_from >= SINCE and self.posted_to > self.posted_from + timedelta(days=LEAST):
            return [Due(self.posted_to, "公布满期，可以取下拍照", "本次公布自己定的日期")]
        return [Runs("publication.posted", self.posted_from)]


class Objection(Record):
    """What a villager asks or objects to, and the answer."""

    kind: ClassVar[Kind] = Kind(key="objection", name="公开异议", title="text", flow=OBJECTION_FLOW)

    publication: Annotated[Ref, Ask("对哪一项公开", listed=True, refers="publication")]
    on: Annotated[Date, Ask("提出日期", listed=True, indexed=True)]
    by: Annotated[str, Ask("提出人", personal=1)] = Field(default="", max_length=40)
    text: Annotated[str, Ask("内容", listed=True, search=True)] = Field(min_length=1, max_length=400)
    answer: Annotated[str, Ask("答复", shape=Shape.PROSE)] = Field(default="", max_length=2_000)
    answered_by: Annotated[str, Ask("答复人", personal=1)] = Field(default="", max_length=40)
    answered_on: Annotated[Date | None, Ask("答复日期", listed=True)] = None

    @rule("answered_on", "答复日期不能早于提出日期。")
    def _later(self) -> bool:
        return self.answered_on is None or self.answered_on >= self.on

    @rule("answered_on", "转为“已答复”前，请填答复和答复日期。", at=("answered",))
    def _answered(self) -> bool:
        return self.answered_on is not None and bool(self.answer.strip())

    def dues(self) -> list[Runs]:
        return [Runs("publication.objection", self.on)] if self.stage == "raised" else []


class Catalogue(Record):
    """One item of what must be published: on what ground, how often, by whom, where."""

    kind: ClassVar[Kind] = Kind(key="catalogue", name="公开目录", title="name")

    name: Annotated[str, Ask("公开事项", listed=True, search=True)] = Field(min_length=1, max_length=80)
    order: Annotated[int, Ask("次序", indexed=True)] = Field(default=0, ge=0, le=999)
    sort: Annotated[Sort, Ask("类别", listed=True)] = Sort.VILLAGE
    basis: Annotated[str, Ask("公开依据", listed=True)] = Field(default="", max_length=120)
    law: Annotated[bool, Ask("法律规定要公开")] = False
    every: Annotated[Every, Ask("公开时限", listed=True)] = Every.QUARTER
    by: Annotated[str, Ask("公开主体", listed=True)] = Field(default="村民委员会", max_length=40)
    places: Annotated[list[Where], Ask("公开渠道", listed=True)] = Field(default_factory=list, max_length=5)
