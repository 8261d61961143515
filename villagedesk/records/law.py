"""Quorum and majority, in whole numbers, from a rule set that holds from a day.

Number words are read as 民法典 art. 1259 reads them: 过半数 is strict (2x > n), 以上 includes (3x ≥ 2n).  Nothing here opens a
file: a rule set is a value, shipped ones lie in ``resources/law``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.records.due import Rules
from villagedesk.records.kinds.councils.meeting import BodyRef, Counting, Item, Meeting, Presence


@dataclass(frozen=True)
class Share:
    """A part of a base: `gt` more than num/den, `ge` at least num/den."""

    op: str
    num: int
    den: int

    def reached(self, count: int, base: int) -> bool:
        """Whether `count` of `base` is enough; nothing is enough of nothing."""
        left, right = count * self.den, base * self.num
        return base > 0 and (left > right if self.op == "gt" else left >= right)

    def needed(self, base: int) -> int:
        """The smallest count that is enough."""
        whole, rest = divmod(base * self.num, self.den)
        return whole + 1 if self.op == "gt" or rest else whole

    def __str__(self) -> str:
        word = {(1, 2): "二分之一", (2, 3): "三分之二", (1, 3): "三分之一"}.get(
            (self.num, self.den), f"{self.den}分之{self.num}"
        )
        return ("过半数" if (self.num, self.den) == (1, 2) else f"超过{word}") if self.op == "gt" else f"{word}以上"


@dataclass(frozen=True)
class BodyRule:
    """What one body must reach.  `law` False: custom, which advises and never blocks."""

    key: str
    name: str
    law: bool
    basis: str
    quorum: Mapping[str, Share]
    majority: Share
    of_all: bool


@dataclass(frozen=True)
class RuleSet:
    """The bodies and their thresholds as they hold from a day on."""

    key: str
    name: str
    since: date
    bodies: Mapping[str, BodyRule]

    def of(self, body: str) -> BodyRule:
        """The rule of a body; councils and unknown bodies share the default."""
        return self.bodies.get(body) or self.bodies["*"]


def rule_set(data: Mapping[str, Any]) -> RuleSet:
    """A rule set out of its TOML; KeyError on a malformed one."""
    bodies = {}
    for row in data["body"]:
        quorum = {q["mode"]: Share(q["op"], q["num"], q["den"]) for q in row["quorum"]}
        passing = row["pass"]
        majority = Share(passing["op"], passing["num"], passing["den"])
        bodies[row["key"]] = BodyRule(
            row["key"], row["name"], row["law"], row["basis"], quorum, majority, passing["base"] == "all"
        )
    return RuleSet(data["key"], data["name"], data["from"], bodies)


def holding(sets: tuple[RuleSet, ...], day: date) -> RuleSet:
    """The rule set that holds on `day`; the oldest for days before all of them."""
    ordered = sorted(sets, key=lambda s: s.since)
    return next((s for s in reversed(ordered) if s.since <= day), ordered[0])


def attended(meeting: Meeting, body: BodyRef) -> int:
    """How many came for one of the bodies of a sitting."""
    return sum(a.state is Presence.PRESENT and (not a.bodies or body.body in a.bodies) for a in meeting.present)


def invited(meeting: Meeting, body: BodyRef) -> int:
    """How many should come: the frozen base, else the lines of the attendance list that stand for this body."""
    return body.base or sum(not a.bodies or body.body in a.bodies for a in meeting.present)


@dataclass(frozen=True)
class Finding:
    """Whether one body of a sitting was able to decide, as a sentence; `needed` 0 where nothing asks for a number."""

    body: str
    enough: bool
    law: bool
    text: str
    base: int = 0
    came: int = 0
    needed: int = 0


def quorum(meeting: Meeting, rules: RuleSet) -> list[Finding]:
    """One finding for each body of the sitting."""
    found = []
    for body in meeting.bodies:
        one, base, came = rules.of(body.body), invited(meeting, body), attended(meeting, body)
        name = body.name or one.name
        if not one.quorum:
            found.append(Finding(body.body, True, one.law, f"{name}：应到{base}人，实到{came}人", base, came))
            continue
        share = one.quorum.get(body.counting)
        if share is None:
            modes = "、".join(c.label for c in Counting if c in one.quorum)
            found.append(Finding(body.body, False, one.law, f"{name}应当{modes}计数，请改“计数方式”。", base, came))
            continue
        enough = share.reached(came, base)
        verdict = "已达" if enough else "没有达到"
        needed = share.needed(base)
        text = f"{name}：应到{base}人，实到{came}人，{verdict}{share}（{needed}人）"
        found.append(Finding(body.body, enough, one.law, text, base, came, needed))
    return found


def votes_problem(item: Item, came: int) -> str:
    """Why the votes of an item do not add up; "" when they do."""
    counts = [item.yes, item.no, item.abstain, item.silent]
    total = sum(c or 0 for c in counts)
    if total != came:
        return f"“{item.title}”：赞成、反对、弃权、未表决合计{total}票，与实到{came}人不符。"
    return ""


def carried(item: Item, meeting: Meeting, rules: RuleSet) -> bool:
    """Whether the votes carried an item in every body of the sitting, and every body was able to decide."""
    if item.yes is None or not all(f.enough for f in quorum(meeting, rules)):
        return False
    for body in meeting.bodies:
        one = rules.of(body.body)
        base = invited(meeting, body) if one.of_all else attended(meeting, body)
        if not one.majority.reached(item.yes, base):
            return False
    return True


def late_notice(bodies: Mapping[str, str], held: date, told: date, rules: Rules) -> tuple[int, str]:
    """By how many days a sitting of these bodies (code → name) was told too late, and a sentence with the rule; 0 and "" in time."""
    for code, name in bodies.items():
        term = rules.terms.get(f"meeting.notice.{code}")
        last = rules.ends(term, held) if term and not term.off else told
        if term and told > last:
            late = (told - last).days
            return late, (
                f"{name}{term}通知，最晚{last.month}月{last.day}日；这次{told.month}月{told.day}日通知，晚了{late}天。{term.basis}。"
            )
    return 0, ""
