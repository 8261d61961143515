"""Meetings of councils and assemblies, with what was said and decided (domain: 会议记录, 19 fields)."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import (
    Ask,
    Attachment,
    Choice,
    Date,
    Kind,
    Line,
    Moment,
    Record,
    Ref,
    Runs,
    Shape,
    column,
    rule,
)

MEETING_FLOW = Flow(
    (
        Stage("draft", "草稿"),
        Stage("final", "已定稿", after=("draft",), seals=True),
        Stage("filed", "已归档", after=("final",), done=True),
    )
)


class Counting(Choice):
    """What a quorum is counted by."""

    MEMBER = "member", "按成员"
    PERSON = "person", "按人数"
    HOUSEHOLD = "household", "按户代表"


class BodyRef(Line):
    """One of the bodies a sitting stands for, with the base it was judged by.

    `base` is how many should have come, frozen in the record when first saved; `rule_set` the law it was judged by.
    """

    short: ClassVar[str] = "body"

    body: Annotated[str, Ask("机构代号", plumbing=True)] = Field(min_length=1, max_length=40)
    name: Annotated[str, Ask("机构名称")] = Field(default="", max_length=40)
    counting: Annotated[Counting, Ask("计数方式")] = Counting.MEMBER
    base: Annotated[int | None, Ask("应到")] = Field(default=None, ge=1, le=999_999)
    rule_set: Annotated[str, Ask("依据", plumbing=True)] = Field(default="", max_length=60)


class Presence(Choice):
    """Whether somebody came; `UNCALLED` while the roll is being called."""

    PRESENT = "present", "到会"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"
    UNCALLED = "uncalled", "未点"


class Attendee(Line):
    """One of those who should come.  A name alone is enough."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=40)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    state: Annotated[Presence, Ask("到会情况")] = Presence.PRESENT
    group: Annotated[str, Ask("组别或职务")] = Field(default="", max_length=40)
    reason: Annotated[str, Ask("请假缺席原因", personal=3)] = Field(default="", max_length=60)
    bodies: Annotated[list[str], Ask("代表的机构", hint="空着表示全部")] = Field(default_factory=list, max_length=12)


class Guest(Line):
    """Somebody who sits in without a vote."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=40)
    post: Annotated[str, Ask("单位职务")] = Field(default="", max_length=60)


class Speech(Line):
    """What one person said."""

    short: ClassVar[str] = "text"

    name: Annotated[str, Ask("发言人", personal=1)] = Field(default="", max_length=40)
    group: Annotated[str, Ask("组别或职务")] = Field(default="", max_length=40)
    text: Annotated[str, Ask("要点")] = Field(min_length=1, max_length=4_000)


class Method(Choice):
    """How votes were cast."""

    HANDS = "hands", "举手表决"
    SECRET = "secret", "无记名投票"
    NAMED = "named", "记名投票"
    ORAL = "oral", "口头表决"


class Scope(Choice):
    """What is for the villagers' meeting, or for the representatives it has authorised (村民委员会组织法 art. 27, 28, 31)."""

    BUILDING = "m1", "村庄规划、建设"
    WAGES = "m2", "误工补贴的人员和标准"
    PROCEEDS = "m3", "集体经济所得的使用"
    WELFARE = "m4", "公益事业和筹资筹劳、建设承包方案"
    SUPPORT = "m5", "重点帮扶的人员和方案"
    OTHER = "m6", "法律规定或村民会议认为应由其决定的其他事项"
    REPORT = "m7", "工作报告、成员评议、撤销或变更决定"
    RULES = "m8", "自治章程、村规民约"


class Item(Line):
    """One matter on the agenda, what was said to it, and how it was decided.

    `resolution` is the text that was voted on, as amended.  `passed` is worked out by the program when the meeting is
    finalised; `override` is the chair's reason for recording it otherwise.
    """

    short: ClassVar[str] = "title"

    title: Annotated[str, Ask("议题")] = Field(min_length=1, max_length=120)
    source: Annotated[str, Ask("提出人")] = Field(default="", max_length=60)
    scope: Annotated[Scope | None, Ask("应由村民会议决定的事项")] = None
    replaces: Annotated[Ref | None, Ask("改变哪一项决议", refers="resolution")] = None
    report: Annotated[str, Ask("汇报与说明")] = Field(default="", max_length=8_000)
    speeches: Annotated[list[Speech], Ask("发言")] = Field(default_factory=list, max_length=200)
    resolution: Annotated[str, Ask("决议内容")] = Field(default="", max_length=8_000)
    method: Annotated[Method | None, Ask("表决方式")] = None
    yes: Annotated[int | None, Ask("赞成")] = Field(default=None, ge=0, le=999_999)
    no: Annotated[int | None, Ask("反对")] = Field(default=None, ge=0, le=999_999)
    abstain: Annotated[int | None, Ask("弃权")] = Field(default=None, ge=0, le=999_999)
    silent: Annotated[int | None, Ask("未表决")] = Field(default=None, ge=0, le=999_999)
    override: Annotated[str, Ask("主持人改判理由")] = Field(default="", max_length=200)
    passed: Annotated[bool | None, Ask("是否通过")] = None
    owner: Annotated[str, Ask("落实责任人", personal=1)] = Field(default="", max_length=40)
    due_on: Annotated[Date | None, Ask("完成期限")] = None

    @property
    def voted(self) -> bool:
        return self.yes is not None


NOTICED = ("villagers", "representatives")
"""Bodies that are told of a sitting so many days before it (see ``resources/terms``)."""


class Meeting(Record):
    """A sitting of one or several bodies."""

    kind: ClassVar[Kind] = Kind(
        key="meeting", name="会议", groups=("基本情况", "到会", "议题与表决", "记录"), title="subject", flow=MEETING_FLOW,
        number="number", series="会",
    )  # fmt: skip

    number: Annotated[str, Ask("编号", group="基本情况", listed=True, search=True, auto=True)] = Field(
        default="", max_length=60
    )
    bodies: Annotated[list[BodyRef], Ask("会议类型", group="基本情况", listed=True)] = Field(
        min_length=1, max_length=12
    )
    subject: Annotated[str, Ask("会议名称", group="基本情况", listed=True, search=True)] = Field(
        min_length=1, max_length=120
    )
    session: Annotated[str, Ask("届次、次数", group="基本情况")] = Field(default="", max_length=60)
    held_from: Annotated[Moment, Ask("开始时间", group="基本情况", listed=True, indexed=True)]
    held_to: Annotated[Moment | None, Ask("结束时间", group="基本情况")] = None
    place: Annotated[str, Ask("地点", group="基本情况", listed=True, search=True)] = Field(default="", max_length=60)
    convener: Annotated[str, Ask("召集人", group="基本情况")] = Field(default="", max_length=60)
    chair: Annotated[Ref | None, Ask("主持人", group="基本情况", personal=1, refers="person")] = None
    recorder: Annotated[Ref | None, Ask("记录人", group="基本情况", personal=1, refers="person")] = None
    notice_on: Annotated[Date | None, Ask("通知日期", group="基本情况")] = None
    notice_by: Annotated[str, Ask("通知方式", group="基本情况", hint="上门、电话、广播、张贴、微信群")] = Field(
        default="", max_length=60
    )
    studied_on: Annotated[Date | None, Ask("村党组织研究日期", group="基本情况")] = None
    studied_no: Annotated[str, Ask("党组织会议记录编号", group="基本情况")] = Field(default="", max_length=60)
    present: Annotated[list[Attendee], Ask("应到人员", group="到会", search=True, personal=1)] = Field(
        default_factory=list, max_length=5_000
    )
    guests: Annotated[list[Guest], Ask("列席人员", group="到会", personal=1)] = Field(
        default_factory=list, max_length=100
    )
    opening: Annotated[str, Ask("会前通报", shape=Shape.PROSE, group="议题与表决")] = Field(
        default="", max_length=4_000
    )
    agenda: Annotated[list[Item], Ask("议题", group="议题与表决", search=True)] = Field(
        default_factory=list, max_length=50
    )
    tellers: Annotated[str, Ask("监票、计票人", group="议题与表决", personal=1)] = Field(default="", max_length=120)
    minutes: Annotated[str, Ask("其他记录", shape=Shape.PROSE, group="记录", search=True)] = Field(
        default="", max_length=40_000
    )
    files: Annotated[list[Attachment], Ask("附件", group="记录")] = Field(default_factory=list, max_length=50)

    @column("应到")
    def expected(self) -> int:
        return max((b.base or 0 for b in self.bodies), default=0) or len(self.present)

    @column("实到")
    def came(self) -> int:
        return sum(a.state is Presence.PRESENT for a in self.present)

    @column("已定稿")
    def finalised(self) -> int:
        return int(self.stage in ("final", "filed"))

    @column("通过项数")
    def carried(self) -> int:
        return sum(i.passed is True for i in self.agenda)

    def dues(self) -> list[Runs]:
        if self.stage != "draft" or self.notice_on is not None:
            return []
        told = [one.body for one in self.bodies if one.body in NOTICED]
        return [Runs(f"meeting.notice.{body}", self.held_from.date()) for body in told]

    @rule("held_to", "结束时间不能早于开始时间。")
    def _ends(self) -> bool:
        return self.held_to is None or self.held_to >= self.held_from

    @rule("bodies", "同一个机构写了两次。")
    def _bodies(self) -> bool:
        return len({b.body for b in self.bodies}) == len(self.bodies)

    @rule("present", "同一个人写了两次，请删去重复的一行。")
    def _persons(self) -> bool:
        known = [a.person for a in self.present if a.person]
        return len(set(known)) == len(known)

    @rule("recorder", "记录人与主持人最好不是同一个人。", warn=True)
    def _recorder(self) -> bool:
        return not (self.chair and self.recorder and self.chair == self.recorder)

    @rule("chair", "定稿前请填主持人。", at=("final",))
    def _chaired(self) -> bool:
        return bool(self.chair and self.chair.name)

    @rule("recorder", "定稿前请填记录人。", at=("final",))
    def _recorded(self) -> bool:
        return bool(self.recorder and self.recorder.name)

    @rule(
        "agenda",
        "村规民约、自治章程只能由村民会议制定和修改（村民委员会组织法第三十一条），别的会议不能表决通过。",
        at=("final",),
    )
    def _rules_by_all(self) -> bool:
        return all(
            item.scope is not Scope.RULES or not item.voted or any(b.body == "villagers" for b in self.bodies)
            for item in self.agenda
        )

    @rule(
        "studied_on",
        "议题里有应由村民会议决定的事项，要先经村党组织研究讨论（村民委员会组织法第二十八条），请填研究日期。",
        at=("final",),
    )
    def _studied(self) -> bool:
        binding = {"villagers", "representatives"} & {b.body for b in self.bodies}
        return self.studied_on is not None or not binding or all(item.scope is None for item in self.agenda)

    @rule("present", "还有人没有点名，定稿前请点完。", at=("final",))
    def _called(self) -> bool:
        return all(a.state is not Presence.UNCALLED for a in self.present)

    @rule("present", "定稿前请登记到会人员。", at=("final",))
    def _attended(self) -> bool:
        return any(a.state is Presence.PRESENT for a in self.present)
