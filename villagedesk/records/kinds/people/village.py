"""The village itself: what stands on the head of every paper."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.kind import Ask, Choice, Kind, Record


class Unit(Choice):
    """Whether people say 村 or 社区."""

    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"


class Village(Record):
    """One row on a village's desk.  Names and codes stay editable: the public list ends on 2023-06-30."""

    kind: ClassVar[Kind] = Kind(key="village", name="本村", groups=("名称", "数字", "联系"))

    name: Annotated[str, Ask("名称", group="名称", listed=True, search=True)] = Field(min_length=1, max_length=60)
    code: Annotated[str, Ask("区划代码", group="名称", listed=True)] = Field(default="", pattern="^([0-9]{12})?$")
    unit: Annotated[Unit, Ask("村或社区", group="名称")] = Unit.VILLAGE
    town: Annotated[str, Ask("乡镇", group="名称")] = Field(default="", max_length=60)
    county: Annotated[str, Ask("县", group="名称")] = Field(default="", max_length=60)
    party: Annotated[str, Ask("村党组织名称", group="名称")] = Field(default="", max_length=60)
    committee: Annotated[str, Ask("村民委员会名称", group="名称")] = Field(default="", max_length=60)
    mediation: Annotated[str, Ask("人民调解委员会名称", group="名称")] = Field(default="", max_length=60)
    cooperative: Annotated[str, Ask("集体经济组织名称", group="名称")] = Field(default="", max_length=60)
    prefix: Annotated[str, Ask("编号前缀", group="名称", hint="写在文号最前面，如“好花红村”")] = Field(
        default="", max_length=12
    )
    groups: Annotated[int | None, Ask("村民小组数", group="数字")] = Field(default=None, ge=0, le=999)
    households: Annotated[int | None, Ask("户数", group="数字", listed=True)] = Field(default=None, ge=0, le=99_999)
    population: Annotated[int | None, Ask("人口", group="数字", listed=True)] = Field(default=None, ge=0, le=999_999)
    address: Annotated[str, Ask("地址", group="联系")] = Field(default="", max_length=120)
    phone: Annotated[str, Ask("电话", group="联系")] = Field(default="", max_length=30)
