"""Days and periods as data: the holidays of a year, and periods a village has set for itself."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.due import Unit
from villagedesk.records.kind import Ask, Choice, Date, Kind, Line, Record, Shape, rule


class Rest(Choice):
    """Whether a day is off, or worked in exchange."""

    OFF = "off", "放假"
    WORK = "work", "上班"


class SpecialDay(Line):
    """A day that is not what its day of the week says."""

    short: ClassVar[str] = "on"

    on: Annotated[Date, Ask("日期")]
    rest: Annotated[Rest, Ask("放假还是上班")] = Rest.OFF
    name: Annotated[str, Ask("名称")] = Field(default="", max_length=40)


class Holidays(Record):
    """The table of holidays of one year, as the State Council has published it, and local holidays (三月三, 六月六 …)."""

    kind: ClassVar[Kind] = Kind(key="holidays", name="节假日表", title="name", levels=("village", "town", "county"))

    name: Annotated[str, Ask("名称", listed=True)] = Field(min_length=1, max_length=60)
    year: Annotated[int, Ask("年份", listed=True, indexed=True)] = Field(ge=2000, le=2100)
    basis: Annotated[str, Ask("依据的文件", listed=True)] = Field(default="", max_length=120)
    text: Annotated[
        str, Ask("放假通知原文", shape=Shape.PROSE, hint="整段粘贴进来，下面空着，存的时候自动取出日期")
    ] = Field(default="", max_length=4_000)
    days: Annotated[list[SpecialDay], Ask("放假和调休")] = Field(default_factory=list, max_length=120)

    @rule("days", "还没有一个放假或调休的日子。请一天一天填，或者把放假通知原文整段粘贴进来。")
    def _some(self) -> bool:
        return bool(self.days)

    @rule("days", "有的日期不在这一年里，请核对。", warn=True)
    def _in_year(self) -> bool:
        return all(one.on.year == self.year for one in self.days)


class Counted(Choice):
    """What a period is counted in."""

    DAY = Unit.DAY.value, "日"
    WORKDAY = Unit.WORKDAY.value, "工作日"
    MONTH = Unit.MONTH.value, "月"


class OwnTerm(Record):
    """A period a village sets for itself, in the place of local habit.  What a statute says stays as it is."""

    kind: ClassVar[Kind] = Kind(key="term", name="期限规则", title="what")

    what: Annotated[str, Ask("什么期限", listed=True, search=True, hint="如 红事报备")] = Field(
        min_length=1, max_length=60
    )
    term: Annotated[str, Ask("期限代号", plumbing=True)] = Field(default="", max_length=60)
    count: Annotated[int, Ask("多少", listed=True)] = Field(ge=0, le=400)
    unit: Annotated[Counted, Ask("按什么算", listed=True)] = Counted.DAY
    off: Annotated[bool, Ask("本村不用这一条")] = False
    basis: Annotated[str, Ask("依据", listed=True, hint="如 2026年3月2日村民代表会议")] = Field(
        default="", max_length=120
    )
