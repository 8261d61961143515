"""禁毒禁赌: publicity, sweeps, pledges, dissuasion.  Counts only.

No list of people stands anywhere in it: who uses drugs, is in rehabilitation or gambles is for the police, and confidential by
regulation.  What was handed on is told by a date and an office (禁毒法 art. 17, 19).
"""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Choice, Date, Kind, Record, Ref, Shape, column, rule
from villagedesk.records.kinds.ledgers.ledger import Files, Number, files, number

SWEEP_FLOW = Flow((Stage("done", "已登记", numbers=True), Stage("handed", "已移交", after=("done",), done=True)))


class Looked(Choice):
    """What a sweep found."""

    NOTHING = "nothing", "未发现"
    SUSPECTED = "suspected", "发现疑似"


class Sweep(Record):
    """One sweep over a piece of land or some houses."""

    kind: ClassVar[Kind] = Kind(
        key="sweep",
        name="禁毒排查",
        bodies=("jindu",),
        groups=("基本情况", "结果"),
        title="area",
        flow=SWEEP_FLOW,
        number="number",
        series="查",
    )

    number: Number = number()
    on: Annotated[Date, Ask("日期", listed=True, indexed=True)]
    area: Annotated[str, Ask("片区", listed=True, search=True)] = Field(min_length=1, max_length=120)
    households: Annotated[int | None, Ask("排查户数", listed=True)] = Field(default=None, ge=0, le=99_999)
    people: Annotated[int | None, Ask("参加人数")] = Field(default=None, ge=0, le=9_999)
    found: Annotated[Looked, Ask("结果", group="结果", listed=True)] = Looked.NOTHING
    plants: Annotated[int | None, Ask("铲除株数", group="结果")] = Field(default=None, ge=0, le=999_999)
    handling: Annotated[
        str, Ask("处置", shape=Shape.PROSE, group="结果", hint="只写地块和处置，不写人名")
    ] = Field(default="", max_length=1_000)  # fmt: skip
    handed_on: Annotated[Date | None, Ask("移交公安日期", group="结果")] = None
    handed_to: Annotated[str, Ask("接收单位", group="结果")] = Field(default="", max_length=60)
    photos: Files = files()

    @column("查过的户")
    def houses(self) -> int:
        return self.households or 0

    @column("铲除的株")
    def pulled(self) -> int:
        return self.plants or 0

    @rule("handed_on", "发现疑似的，要立即报公安（禁毒法第十九条），请填移交日期和接收单位。", warn=True)
    def _handed(self) -> bool:
        return self.found is Looked.NOTHING or (self.handed_on is not None and bool(self.handed_to.strip()))

    @rule("handed_on", "转为“已移交”前，请填移交公安日期。", at=("handed",))
    def _dated(self) -> bool:
        return self.handed_on is not None


class Pledge(Record):
    """How many households of a group have signed, by the count; the sheets stay in the cabinet."""

    kind: ClassVar[Kind] = Kind(key="pledge", name="禁毒承诺", bodies=("jindu",), title="group")

    on: Annotated[Date, Ask("日期", listed=True, indexed=True)]
    group: Annotated[Ref, Ask("村民小组", listed=True, indexed=True, refers="group")]
    households: Annotated[int, Ask("应签户数", listed=True)] = Field(ge=0, le=99_999)
    signed: Annotated[int, Ask("已签户数", listed=True)] = Field(ge=0, le=99_999)
    clean: Annotated[int | None, Ask("无毒家庭户数", listed=True)] = Field(default=None, ge=0, le=99_999)
    remark: Annotated[str, Ask("说明", shape=Shape.PROSE)] = Field(default="", max_length=400)

    @column("应签的户")
    def wanted(self) -> int:
        return self.households

    @column("已签的户")
    def signers(self) -> int:
        return self.signed

    @column("无毒家庭")
    def free(self) -> int:
        return self.clean or 0

    @rule("signed", "已签户数不能多于应签户数。")
    def _counted(self) -> bool:
        return self.signed <= self.households


class Dissuasion(Record):
    """People were talked to who gambled: where and how many, nobody's name."""

    kind: ClassVar[Kind] = Kind(key="dissuasion", name="赌博劝阻", bodies=("jindu",), title="place")

    on: Annotated[Date, Ask("日期", listed=True, indexed=True)]
    place: Annotated[str, Ask("地点类别", listed=True, search=True, hint="如 小卖部、丧事现场")] = Field(
        min_length=1, max_length=60
    )
    people: Annotated[int | None, Ask("人数", listed=True)] = Field(default=None, ge=0, le=999)
    handling: Annotated[str, Ask("怎么劝的", shape=Shape.PROSE, hint="只写人数和做法，不写人名")] = Field(
        default="", max_length=1_000
    )
    handed_on: Annotated[Date | None, Ask("移交公安日期", listed=True)] = None
    handed_to: Annotated[str, Ask("接收单位")] = Field(default="", max_length=60)
