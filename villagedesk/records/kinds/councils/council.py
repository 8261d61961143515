"""The councils of a village: six by custom of the county, an editable set."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Choice, Date, Kind, Record, Shape


class Six(Choice):
    """One of the six, by its code."""

    HONGBAI = "hongbai", "红白理事会"
    HUZHU = "huzhu", "互帮互助会"
    LIANFANG = "lianfang", "联防联治会"
    XIANGXIAN = "xiangxian", "乡贤参事会"
    JINDU = "jindu", "禁毒禁赌会"
    PINGYI = "pingyi", "道德评议会"


SIX = {one.value: one.label for one in Six}
"""Key and name of the six; a village may rename them, add others, or let one sitting wear several hats."""

COUNCIL_FLOW = Flow(
    (
        Stage("planned", "筹建", after=("stopped",)),
        Stage("running", "运行", after=("planned", "renewing", "stopped")),
        Stage("renewing", "换届中", after=("running",)),
        Stage("stopped", "停摆", after=("planned", "running", "renewing"), done=True),
    )
)


class Council(Record):
    """A villagers' association under the committee's guidance; it has no power to enforce."""

    kind: ClassVar[Kind] = Kind(key="council", name="议事组织", flow=COUNCIL_FLOW)

    name: Annotated[str, Ask("名称", listed=True, search=True)] = Field(min_length=1, max_length=40)
    key: Annotated[str, Ask("代号", plumbing=True, hint="小写拼音，定了不改")] = Field(pattern="^[a-z][a-z_0-9]{1,30}$")
    founded_on: Annotated[Date | None, Ask("成立日期", listed=True)] = None
    years: Annotated[int | None, Ask("每届年数")] = Field(default=None, ge=1, le=10)
    chair: Annotated[str, Ask("会长", listed=True, personal=1)] = Field(default="", max_length=40)
    covers: Annotated[list[Six], Ask("一并承担的会", hint="六会合一时勾上，成员和会议都算到这几个会")] = Field(
        default_factory=list, max_length=6
    )
    duties: Annotated[str, Ask("职责", shape=Shape.PROSE, search=True)] = Field(default="", max_length=4_000)
