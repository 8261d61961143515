"""What the papers of a meeting say alike: which bodies sit, when, who is asked to come, who did not."""

from collections.abc import Sequence
from datetime import date, datetime

from villagedesk.printing.about import About
from villagedesk.printing.marks import bonded
from villagedesk.records.kind import shown
from villagedesk.records.kinds.councils.meeting import Attendee, BodyRef, Meeting, Presence

_MEMBERS = {
    "villagers": "村民", "representatives": "村民代表", "group": "本组村民", "committee": "村民委员会成员", "party_members": "党员",
    "party_branch": "村党组织成员", "two_committees": "村“两委”成员", "supervision": "村务监督委员会成员", "coop_members": "集体经济组织成员",
    "coop_representatives": "集体经济组织成员代表", "coop_board": "集体经济组织理事会成员",
}  # fmt: skip
"""Body → those who belong to it; a council's are its 成员."""
ABSENT = ((Presence.LEAVE, "请假"), (Presence.ABSENT, "缺席"))


def body(one: BodyRef, about: About) -> str:
    """The name of a body."""
    return one.name or about.body_names.get(one.body, one.body)


def bodies(meeting: Meeting, about: About) -> str:
    """The bodies of a sitting, with whose they are."""
    names = "、".join(body(one, about) for one in meeting.bodies)
    return names if names.startswith(about.org_name) else about.org_name + names


def whole(meeting: Meeting, about: About) -> list[str]:
    """Names a title is not to cut."""
    return [about.org_name, *(body(one, about) for one in meeting.bodies), *(item.title for item in meeting.agenda)]


def called(meeting: Meeting, about: About) -> str:
    """The sitting by its own name, with the village's."""
    name = meeting.subject
    return name if name.startswith(about.org_name) else about.org_name + name


def asked(meeting: Meeting, about: About) -> str:
    """Who is asked to come: 各位村民代表、红白理事会成员."""
    named = [_MEMBERS.get(one.body) or f"{body(one, about)}成员" for one in meeting.bodies]
    return f"各位{'、'.join(dict.fromkeys(named))}"


def day(on: date | datetime) -> str:
    """2026年11月18日（星期三）."""
    return f"{on.year}年{on.month}月{on.day}日（星期{'一二三四五六日'[on.weekday()]}）"


def hour(at: datetime) -> str:
    """A time as it is said: 上午9时, 下午2时30分, 晚上7时30分."""
    part = (
        "凌晨"
        if at.hour < 6
        else "上午"
        if at.hour < 12
        else "中午"
        if at.hour < 13
        else "下午"
        if at.hour < 18
        else "晚上"
    )
    number = at.hour - 12 if at.hour > 12 else at.hour
    return f"{part}{number}时" + (f"{at.minute}分" if at.minute else "")


def span(start: datetime, end: datetime | None) -> str:
    """From when to when."""
    begun = f"{day(start)}{start:%H:%M}"
    if end is None:
        return begun
    return f"{begun}—{end:%H:%M}" if end.date() == start.date() else f"{begun}至{shown(end)}"


def noted(text: str, more: str) -> str:
    """`text（more）`, or the one that is there."""
    return f"{text}（{more}）" if text and more else text or more


def names(present: Sequence[Attendee], state: Presence) -> list[str]:
    """Those of one state, each held together with the reason."""
    return [bonded(noted(one.name, one.reason)) for one in present if one.state is state]


def padded(name: str) -> str:
    """A name of two characters as wide as one of three, for columns."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name
