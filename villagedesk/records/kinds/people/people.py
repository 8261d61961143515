"""Groups, households, persons and the posts they hold."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.base.codes import id_number_ok
from villagedesk.records.kind import Ask, Attachment, Choice, Date, Door, Kind, Record, Ref, Shape, Travels, rule


class Group(Record):
    """A villagers' group (村民小组), often one natural village."""

    kind: ClassVar[Kind] = Kind(key="group", name="村民小组")

    name: Annotated[str, Ask("组名", listed=True, search=True)] = Field(min_length=1, max_length=40)
    number: Annotated[int | None, Ask("组号", listed=True)] = Field(default=None, ge=1, le=999)
    leader: Annotated[Ref | None, Ask("组长", listed=True, personal=1, refers="person")] = None
    households: Annotated[int | None, Ask("户数", listed=True)] = Field(default=None, ge=0, le=9_999)
    population: Annotated[int | None, Ask("人口", listed=True)] = Field(default=None, ge=0, le=99_999)


class HouseholdTag(Choice):
    """What assistance knows a household as."""

    LIFTED = "lifted", "脱贫户"
    WATCHED = "watched", "监测户"
    ALLOWANCE = "allowance", "低保"
    SUPPORTED = "supported", "特困"
    SOLDIER = "soldier", "军属"
    OTHER = "other", "其他"


class Household(Record):
    """A household (户); one representative of each may vote by household."""

    kind: ClassVar[Kind] = Kind(key="household", name="户", title="head", door=Door.PERSONAL)

    head: Annotated[Ref, Ask("户主", listed=True, indexed=True, search=True, personal=1, refers="person")]
    number: Annotated[str, Ask("户编号", listed=True, indexed=True, search=True)] = Field(default="", max_length=30)
    group: Annotated[Ref | None, Ask("村民小组", listed=True, indexed=True, refers="group")] = None
    address: Annotated[str, Ask("住址", search=True, personal=2)] = Field(default="", max_length=120)
    tags: Annotated[list[HouseholdTag], Ask("户类型", personal=3)] = Field(default_factory=list, max_length=6)
    votes: Annotated[bool, Ask("参加按户计数")] = True


class Sex(Choice):
    """As on the identity card."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Residence(Choice):
    """The three cases of voter registration and the rest (村民委员会组织法 art. 16)."""

    HERE = "here", "户籍在村且居住"
    AWAY = "away", "户籍在村不居住"
    GUEST = "guest", "户籍不在村居住一年以上"
    OTHER = "other", "其他"


class Person(Record):
    """A villager.  The internal id names a person; the identity number never does."""

    kind: ClassVar[Kind] = Kind(key="person", name="村民", groups=("姓名", "身份", "联系"), door=Door.PERSONAL)

    name: Annotated[str, Ask("姓名", group="姓名", listed=True, search=True, personal=1)] = Field(
        min_length=1, max_length=40
    )
    former: Annotated[str, Ask("曾用名", group="姓名", search=True, personal=1)] = Field(default="", max_length=40)
    sex: Annotated[Sex | None, Ask("性别", group="姓名", listed=True)] = None
    nation: Annotated[str, Ask("民族", group="姓名", listed=True)] = Field(default="", max_length=20)
    born: Annotated[Date | None, Ask("出生日期", group="身份", personal=2)] = None
    id_number: Annotated[str, Ask("身份证号", group="身份", indexed=True, personal=2)] = Field(
        default="", max_length=18
    )
    household: Annotated[Ref | None, Ask("户", group="身份", indexed=True, personal=1, refers="household")] = None
    group: Annotated[Ref | None, Ask("村民小组", group="身份", listed=True, refers="group")] = None
    relation: Annotated[str, Ask("与户主关系", group="身份")] = Field(default="", max_length=20)
    residence: Annotated[Residence, Ask("户籍状态", group="身份")] = Residence.HERE
    party_member: Annotated[bool, Ask("党员", group="身份")] = False
    ended_on: Annotated[Date | None, Ask("死亡或迁出日期", group="身份", personal=2)] = None
    phone: Annotated[str, Ask("电话", group="联系", personal=2)] = Field(default="", max_length=30)
    remark: Annotated[str, Ask("备注", shape=Shape.PROSE, group="联系")] = Field(default="", max_length=500)

    @rule("id_number", "身份证号的位数、日期或校验码不对，请核对（老证件可能有误，可以照存）。", warn=True)
    def _number(self) -> bool:
        return not self.id_number or id_number_ok(self.id_number)


class IdentityScan(Record):
    """Scans of an identity card: sensitive even without the number, so a small kind of its own that never travels."""

    kind: ClassVar[Kind] = Kind(
        key="identity_scan", name="证件扫描件", title="person", door=Door.PERSONAL, travels=Travels.NEVER
    )

    person: Annotated[Ref, Ask("姓名", listed=True, personal=1, refers="person")]
    purpose: Annotated[str, Ask("用途", listed=True)] = Field(min_length=1, max_length=60)
    files: Annotated[list[Attachment], Ask("扫描件", personal=3)] = Field(default_factory=list, max_length=20)


class How(Choice):
    """How a post was filled."""

    ELECTED = "elected", "选举"
    CHOSEN = "chosen", "推选"
    ENGAGED = "engaged", "聘任"
    SENT = "sent", "委派"


class Post(Record):
    """A post (任职) held by a person in a body for a term."""

    kind: ClassVar[Kind] = Kind(key="post", name="任职", title="person")

    person: Annotated[Ref, Ask("姓名", listed=True, indexed=True, search=True, personal=1, refers="person")]
    body: Annotated[Ref, Ask("机构", listed=True, search=True)]
    position: Annotated[str, Ask("职务", listed=True, search=True)] = Field(min_length=1, max_length=40)
    term: Annotated[str, Ask("届次", listed=True)] = Field(default="", max_length=30)
    since: Annotated[Date | None, Ask("任职日期", listed=True, indexed=True)] = None
    until: Annotated[Date | None, Ask("离任日期", listed=True)] = None
    left: Annotated[str, Ask("离任原因", personal=3, hint="任期届满、辞职、去世等")] = Field(default="", max_length=60)
    how: Annotated[How | None, Ask("产生方式")] = None
    meeting: Annotated[Ref | None, Ask("依据会议", refers="meeting")] = None

    @rule("until", "离任日期不能早于任职日期。")
    def _order(self) -> bool:
        return not (self.since and self.until) or self.until >= self.since
