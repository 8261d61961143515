"""How a meeting stands while it is typed: quorum and votes, judged as they would be at finalising, from values not checked yet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from villagedesk.actions.meetings import holding
from villagedesk.base import clock
from villagedesk.records import law
from villagedesk.records.due import Rules
from villagedesk.records.kinds.councils.meeting import Attendee, BodyRef, Counting, Item, Meeting, Presence


def outlook(values: Mapping[str, Any]) -> Meeting:
    """A meeting out of raw values, as far as they are sound: its bodies, its day, and who came.  Nothing else stands in it."""
    bodies = [_body(one) for one in values.get("bodies") or () if isinstance(one, Mapping) and one.get("body")]
    present = [_attendee(one) for one in values.get("present") or () if isinstance(one, Mapping)]
    day = day_of(values.get("held_from"))
    return Meeting.model_construct(
        bodies=bodies, present=present, held_from=datetime(day.year, day.month, day.day), agenda=[]
    )


def day_of(raw: Any) -> date:
    """The day of a moment as typed; today while there is none."""
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        return date.fromisoformat(clock.today())


def _body(raw: Mapping[str, Any]) -> BodyRef:
    counting = raw.get("counting")
    mode = next((one for one in Counting if one == counting), Counting.MEMBER)
    base = raw.get("base")
    return BodyRef.model_construct(
        body=str(raw["body"]),
        name=str(raw.get("name", "")),
        counting=mode,
        base=base if isinstance(base, int) else None,
        rule_set="",
        lid="",
    )


def _attendee(raw: Mapping[str, Any]) -> Attendee:
    said = raw.get("state") or Presence.PRESENT
    state = next((one for one in Presence if one == said), Presence.UNCALLED)
    bodies = [str(b) for b in raw.get("bodies") or ()]
    return Attendee.model_construct(
        name=str(raw.get("name", "")), state=state, bodies=bodies, person="", group="", reason="", lid=""
    )


def findings(values: Mapping[str, Any]) -> Sequence[law.Finding]:
    """Whether each body of the sitting could decide now."""
    meeting = outlook(values)
    return law.quorum(meeting, holding(meeting.held_from.date())) if meeting.bodies else []


def attendance(meeting: Meeting) -> tuple[int, int, int]:
    """How many came, how many should have, and how many it took; of several bodies the one that came nearest to falling short."""
    found = law.quorum(meeting, holding(meeting.held_from.date()))
    worst = min(found, key=lambda one: one.came - one.needed)
    return worst.came, worst.base, worst.needed


def notice(values: Mapping[str, Any], rules: Rules) -> int:
    """By how many days it was told too late, as far as it is said."""
    if not values.get("notice_on") or not values.get("held_from"):
        return 0
    named = {one.body: one.name for one in outlook(values).bodies}
    return law.late_notice(named, day_of(values["held_from"]), day_of(values["notice_on"]), rules)[0]


def came(values: Mapping[str, Any]) -> int:
    """How many are there."""
    return sum(one.state is Presence.PRESENT for one in outlook(values).present)


def verdict(values: Mapping[str, Any], yes: int) -> tuple[str, str]:
    """What so many votes in favour decide in this sitting, in words, and its tone: good or bad."""
    meeting = outlook(values)
    rules = holding(meeting.held_from.date())
    if not meeting.bodies:
        return "先选会议类型", "quiet"
    item = Item.model_construct(title="", yes=yes)
    lacking = [f for f in law.quorum(meeting, rules) if not f.enough]
    if lacking:
        return "到会人数不够，表决不成立", "bad"
    body = meeting.bodies[0]
    rule = rules.of(body.body)
    base = law.invited(meeting, body) if rule.of_all else law.attended(meeting, body)
    carried = law.carried(item, meeting, rules)
    word = "通过" if carried else "未通过"
    return f"{word} {yes}人，{rule.majority}要{rule.majority.needed(base)}人", "good" if carried else "bad"


def countings(body: str, day: Any) -> list[Counting]:
    """The ways of counting the rule of a body allows on a day, the first one being usual."""
    rule = holding(day_of(day)).of(body)
    return [mode for mode in Counting if mode in rule.quorum] or [Counting.MEMBER]
