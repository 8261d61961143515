"""What a mediation case is made of, line by line: parties, what was asked, shown, said and promised."""

from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.kind import Ask, Choice, Date, Line, Moment
from villagedesk.records.kinds.people.people import Sex


class Side(Choice):
    """Where a party stands."""

    FIRST = "first", "申请人（甲方）"
    SECOND = "second", "被申请人（乙方）"
    OTHER = "other", "其他当事人"


class Sort(Choice):
    """A person or an organisation."""

    PERSON = "person", "个人"
    BODY = "body", "单位"


class Party(Line):
    """One party to a dispute: a person, or an organisation with its head."""

    name: Annotated[str, Ask("姓名或名称", personal=1)] = Field(min_length=1, max_length=60)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    side: Annotated[Side | None, Ask("哪一方")] = None
    sort: Annotated[Sort, Ask("个人或单位")] = Sort.PERSON
    sex: Annotated[Sex | None, Ask("性别")] = None
    nation: Annotated[str, Ask("民族")] = Field(default="", max_length=20)
    age: Annotated[int | None, Ask("年龄", personal=2)] = Field(default=None, ge=0, le=130)
    job: Annotated[str, Ask("职业或职务")] = Field(default="", max_length=40)
    id_number: Annotated[str, Ask("身份证号", personal=2)] = Field(default="", max_length=18)
    phone: Annotated[str, Ask("联系方式", personal=2)] = Field(default="", max_length=30)
    address: Annotated[str, Ask("单位或住址", personal=2)] = Field(default="", max_length=120)
    head: Annotated[str, Ask("法定代表人和职务", personal=1)] = Field(default="", max_length=60)
    guardian: Annotated[str, Ask("法定代理人", personal=1)] = Field(default="", max_length=60)
    represents: Annotated[bool | None, Ask("代表其他当事人")] = None


class Power(Choice):
    """What an agent may do for a party."""

    APPLY = "apply", "代为申请或要求终止调解"
    EVIDENCE = "evidence", "收集提供证据"
    MEDIATOR = "mediator", "选择或接受调解员"
    CLAIMS = "claims", "承认、变更、放弃请求"
    SIGN = "sign", "参加调解并签署文书"
    RECEIVE = "receive", "领取文书"


class Agent(Line):
    """Somebody who acts for a party, and how far."""

    name: Annotated[str, Ask("代理人", personal=1)] = Field(min_length=1, max_length=40)
    party: Annotated[str, Ask("替谁办", personal=1)] = Field(default="", max_length=60)
    id_number: Annotated[str, Ask("身份证号", personal=2)] = Field(default="", max_length=18)
    phone: Annotated[str, Ask("联系方式", personal=2)] = Field(default="", max_length=30)
    post: Annotated[str, Ask("单位和职务")] = Field(default="", max_length=60)
    powers: Annotated[list[Power], Ask("委托权限")] = Field(default_factory=list, max_length=6)
    until: Annotated[Date | None, Ask("委托到哪天")] = None


class Inquiry(Line):
    """One talk with somebody who knows: questions and answers."""

    short: ClassVar[str] = "text"

    at: Annotated[Moment | None, Ask("时间")] = None
    place: Annotated[str, Ask("地点")] = Field(default="", max_length=60)
    asked: Annotated[str, Ask("被调查人", personal=1)] = Field(default="", max_length=40)
    joined: Annotated[str, Ask("参加人", personal=1)] = Field(default="", max_length=120)
    text: Annotated[str, Ask("记录", hint="一问一答，问：… 答：…", personal=1)] = Field(min_length=1, max_length=8_000)
    by: Annotated[str, Ask("调查人")] = Field(default="", max_length=60)
    recorder: Annotated[str, Ask("记录人")] = Field(default="", max_length=40)
    read: Annotated[bool | None, Ask("看过或宣读过")] = None


class Evidence(Line):
    """One piece of evidence."""

    name: Annotated[str, Ask("证据名称")] = Field(min_length=1, max_length=120)
    giver: Annotated[str, Ask("提供人", personal=1)] = Field(default="", max_length=40)
    copy_: Annotated[bool | None, Ask("是复印件")] = None
    pages: Annotated[int | None, Ask("页数")] = Field(default=None, ge=0, le=999)
    on: Annotated[Date | None, Ask("收取日期")] = None
    returned: Annotated[Date | None, Ask("返还日期")] = None


class Sitting(Line):
    """One sitting of the mediation."""

    short: ClassVar[str] = "text"

    at: Annotated[Moment | None, Ask("时间")] = None
    place: Annotated[str, Ask("地点")] = Field(default="", max_length=60)
    joined: Annotated[str, Ask("参加人", personal=1, hint="请来的人，要当事人同意")] = Field(default="", max_length=120)
    text: Annotated[str, Ask("记录", personal=1)] = Field(min_length=1, max_length=8_000)
    result: Annotated[str, Ask("这次谈得怎样", personal=1)] = Field(default="", max_length=200)
    read: Annotated[bool | None, Ask("看过或宣读过")] = None


class Promise(Line):
    """What one side does, by when, and whether it was done."""

    short: ClassVar[str] = "text"

    who: Annotated[str, Ask("谁", personal=1)] = Field(default="", max_length=60)
    text: Annotated[str, Ask("做什么", personal=1)] = Field(min_length=1, max_length=400)
    due_on: Annotated[Date | None, Ask("哪天前")] = None
    done_on: Annotated[Date | None, Ask("办好日期")] = None
    proof: Annotated[str, Ask("凭证")] = Field(default="", max_length=60)


class How(Choice):
    """How a revisit was made."""

    VISIT = "visit", "上门"
    PHONE = "phone", "电话"
    OTHER = "other", "其他"


class Revisit(Line):
    """One look at how it went afterwards."""

    short: ClassVar[str] = "text"

    on: Annotated[Date | None, Ask("回访时间")] = None
    how: Annotated[How, Ask("回访方式")] = How.VISIT
    text: Annotated[str, Ask("回访情况", personal=1)] = Field(min_length=1, max_length=2_000)
    by: Annotated[str, Ask("回访人")] = Field(default="", max_length=40)
    holds: Annotated[bool | None, Ask("协议还管用")] = None


class Paper(Choice):
    """The pieces of a file, in the order they are bound (司发通〔2010〕239号, as far as it is known)."""

    APPLICATION = "application", "人民调解申请书"
    REGISTER = "register", "人民调解受理登记表"
    NOTICE = "notice", "权利义务告知书"
    IDENTITY = "identity", "当事人身份证明"
    AGENCY = "agency", "授权委托书"
    INQUIRY = "inquiry", "人民调解调查记录"
    EVIDENCE = "evidence", "人民调解证据材料"
    RECORD = "record", "人民调解记录"
    AGREEMENT = "agreement", "人民调解协议书"
    ORAL = "oral", "人民调解口头协议登记表"
    PROOF = "proof", "履行凭证"
    REVISIT = "revisit", "人民调解回访记录"
    CONFIRMATION = "confirmation", "司法确认有关材料"
    ENDING = "ending", "终止调解通知书"
    REPORT = "report", "结案报告表"
    REMARK = "remark", "卷宗情况说明"


class Piece(Line):
    """What is known of one paper of the file: whether everybody has signed, how many pages it has."""

    short: ClassVar[str] = "paper"

    paper: Annotated[Paper, Ask("文书")]
    signed: Annotated[bool, Ask("签字盖章齐了")] = False
    pages: Annotated[int | None, Ask("页数")] = Field(default=None, ge=0, le=999)
    lacking: Annotated[str, Ask("还差什么", personal=1, hint="如 王朝贵没按指印")] = Field(default="", max_length=120)
