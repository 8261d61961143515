"""Meetings: the bodies a sitting stands for, what it could decide, and the resolutions that follow."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import starmap
from typing import Any

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.actions.write import derived, jsonable, put
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.base.paths import resource
from villagedesk.records import law
from villagedesk.records.kind import Record, Ref
from villagedesk.records.kinds.affairs.authorisation import Authorisation
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.kinds.councils.meeting import Item, Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.kinds.people.village import Unit
from villagedesk.records.rights import Deed, who_may
from villagedesk.records.values import checked, dumped
from villagedesk.records.words import spoken
from villagedesk.store import queries
from villagedesk.store.desk import run
from villagedesk.store.opening import me
from villagedesk.store.projection import record_in
from villagedesk.store.queries import Kept
from villagedesk.store.terms import in_community, rules_of


@cache
def rule_sets() -> tuple[law.RuleSet, ...]:
    """The shipped rule sets, by the day from which they hold."""
    return tuple(
        law.rule_set(tomllib.loads(path.read_text("utf-8"))) for path in sorted(resource("law").glob("*.toml"))
    )


def holding(day: date) -> law.RuleSet:
    """The rule set a sitting of that day is judged by."""
    return law.holding(rule_sets(), day)


def bodies(session: Session | None = None) -> dict[str, str]:
    """Every body by code: those of the law, the six, and the councils this village has added or renamed."""
    known = dict(_shipped())
    if session is not None:
        if in_community(session, me(session).org):
            known = {code: spoken(name, Unit.COMMUNITY) for code, name in known.items()}
        known |= starmap(_council, run(session, "SELECT doc, sv FROM kind_council WHERE struck = 0"))
    return known


@cache
def _shipped() -> dict[str, str]:
    return {key: body.name for rules in rule_sets() for key, body in rules.bodies.items() if key != "*"} | SIX


@lru_cache(256)
def _council(doc: str, version: int) -> tuple[str, str]:
    """Code and name of a council as recorded."""
    council = record_in(Council, doc, version)
    return getattr(council, "key", ""), council.title


def prepared(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    """Bodies given by name or code are spelled out as both."""
    given = values.get("bodies")
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list):
        return values
    known = bodies(session)
    codes = {name: code for code, name in known.items()} | {code: code for code in known}
    lines, problems = [], []
    for one in given:
        line = {"body": one} if isinstance(one, str) else dict(one) if isinstance(one, dict) else {}
        word = str(line.get("body") or line.get("name") or "")
        if word not in codes:
            problems.append(Problem("bodies", f"没有“{word}”这个机构，可以填：{'、'.join(known.values())}。"))
        else:
            line["body"] = codes[word]
            line["name"] = known[codes[word]]
        lines.append(line)
    if problems:
        raise NotValid(problems, {"bodies": "会议类型"})
    return {**values, "bodies": lines}


def judged(office: Office, meeting: Meeting) -> tuple[Meeting, list[str]]:
    """The meeting with its denominators, rule set and results frozen, and sentences on quorum.

    `NotValid` when votes do not add up; `Refused` when something not carried is recorded as carried without the chair's reason.
    """
    rules = holding(meeting.held_from.date())
    frozen = [
        b.model_copy(update={"base": law.invited(meeting, b) or None, "rule_set": rules.key}) for b in meeting.bodies
    ]
    meeting = meeting.model_copy(update={"bodies": frozen})
    findings = law.quorum(meeting, rules)
    came = sum(a.state == "present" for a in meeting.present)
    problems = [Problem("agenda", p) for i in meeting.agenda if i.voted and (p := law.votes_problem(i, came))]
    problems += [
        Problem("bodies", f"实到{law.attended(meeting, b)}人多于应到{b.base}人。")
        for b in frozen
        if b.base and law.attended(meeting, b) > b.base
    ]
    if problems:
        raise NotValid(problems, {"agenda": "议题", "bodies": "会议类型"})
    agenda = [_judged(office, item, meeting, rules, findings) for item in meeting.agenda]
    return meeting.model_copy(update={"agenda": agenda}), [f.text for f in findings]


def _judged(office: Office, item: Item, meeting: Meeting, rules: law.RuleSet, findings: list[law.Finding]) -> Item:
    worked_out = law.carried(item, meeting, rules) if item.voted else None
    if item.passed is None or item.passed == worked_out:
        return item.model_copy(update={"passed": worked_out})
    binding = any(rules.of(b.body).law for b in meeting.bodies)
    if not binding and item.voted:
        return item
    if not item.override.strip():
        verdict = "通过" if item.passed else "不通过"
        why = next(
            (f.text for f in findings if not f.enough), f"赞成{item.yes}票" if item.voted else "没有登记表决票数"
        )
        raise Refused(f"“{item.title}”不能记为{verdict}：{why}。主持人要改判，请在该议题写明理由。", command="override")
    if not office.by.may(Deed.OVERRIDE):
        raise Refused(f"“{item.title}”的改判要由{who_may(Deed.OVERRIDE)}定稿。")
    return item


def follow(
    session: Session, office: Office, meeting: Meeting, identifier: str, *, former: Sequence[Item] = ()
) -> tuple[str, ...]:
    """Write one resolution for each item that carried; one that no longer does, or whose item is no longer among the
    `former` ones, is struck.  Returns their ids."""
    written = []
    standing = {item.lid for item in meeting.agenda}
    for item in (*meeting.agenda, *(i for i in former if i.lid not in standing)):
        key = derived(office, "meeting", identifier, item.lid)
        try:
            before = queries.one(session, office.by, Resolution, key, office.desk.me.org)
        except NotValid:
            before = None
        if item.lid in standing and item.passed and item.resolution.strip():
            old = before.record if before else None
            kept = (
                {
                    k: v
                    for k, v in dumped(old).items()
                    if k in ("owner", "due_on", "done_on", "steps", "progress", "replaced_by")
                }
                if old
                else {}
            )
            values = {
                "subject": item.title, "text": item.resolution, "meeting": {"id": identifier, "name": meeting.subject}, "item": item.lid,
                "bodies": [b.body for b in meeting.bodies], "passed_on": meeting.held_from.date(), "vote": votes(item),
                "override": item.override, "scope": item.scope, "replaces": item.replaces, "owner": item.owner, "due_on": item.due_on,
                **kept,
            }  # fmt: skip
            record = checked(Resolution, jsonable(values), stage=before.stage if before else "", program=True)
            if before and before.struck:
                put(session, office, record, key, "revive", reason="会议更正后通过")
            if old != record:
                put(session, office, record, key, "set")
                written.append(key)
            if isinstance(old, Resolution) and old.replaces != record.replaces:
                stand_again(session, office, old, key)
            replace(session, office, record, key)
        elif before and not before.struck:
            put(session, office, before.record, key, "del", reason="会议更正后未通过")
            stand_again(session, office, before.record, key)
    return tuple(written)


def replace(session: Session, office: Office, new: Record, identifier: str) -> None:
    """The decision that a new one changes is at an end, where there is one.  Only the body that made it may change it:
    `NotValid` where it is another one's."""
    for old, kept in _changed(session, office, new):
        if not set(old.bodies) & set(getattr(new, "bodies", ())):
            names = "、".join(bodies(session).get(body, body) for body in old.bodies)
            raise NotValid([Problem("agenda", f"“{old.subject}”是{names}的决议，只能由{names}再开会来改变。")])
        if kept.stage != "replaced":
            ended = old.model_copy(update={"stage": "replaced", "replaced_by": Ref(id=identifier, name=new.title)})
            put(session, office, ended, kept.id, "move", reason="由新的决议改变")


def stand_again(session: Session, office: Office, new: Record, identifier: str) -> None:
    """The decision that a new one had ended holds again, since that does not: as far as it was carried out before."""
    for old, kept in _changed(session, office, new):
        if old.replaced_by is not None and old.replaced_by.id == identifier:
            stage = "done" if old.done_on else "doing" if old.steps or old.progress else "passed"
            holds = old.model_copy(update={"stage": stage, "replaced_by": None})
            put(session, office, holds, kept.id, "move", reason="改变它的决议不再有效")


def _changed(session: Session, office: Office, new: Record) -> Iterator[tuple[Resolution, Kept]]:
    """The decision a resolution points at as changed by it, if it points at any."""
    if isinstance(new, Resolution) and new.replaces is not None and new.replaces.id:
        kept = queries.one(session, office.by, Resolution, new.replaces.id, office.desk.me.org)
        if isinstance(kept.record, Resolution):
            yield kept.record, kept


def unauthorised(session: Session, office: Office, meeting: Meeting) -> list[str]:
    """What the representatives decided without an authorisation that covers it (村民委员会组织法 art. 28), as sentences."""
    if not any(b.body == "representatives" for b in meeting.bodies):
        return []
    day = meeting.held_from.date()
    given = [
        kept.record
        for kept in queries.listed(session, office.by, Authorisation)
        if isinstance(kept.record, Authorisation)
    ]
    return [
        f"“{item.title}”应由村民会议决定，没有找到这一天有效的村民会议授权，请补登记授权或提交村民会议。"
        for item in meeting.agenda
        if item.scope and item.passed and not any(one.holds(item.scope.value, day) for one in given)
    ]


def told_late(session: Session, office: Office, meeting: Meeting) -> list[str]:
    """That a sitting was told later than its term allows, as a sentence with the rule; it stands all the same."""
    if meeting.notice_on is None:
        return []
    named = {body.body: body.name for body in meeting.bodies}
    rules = rules_of(session, office.desk.me.org)
    _, sentence = law.late_notice(named, meeting.held_from.date(), meeting.notice_on, rules)
    return [sentence] if sentence else []


def votes(item: Item) -> str:
    """The votes of an item as a sentence part."""
    parts = ((item.yes, "赞成"), (item.no, "反对"), (item.abstain, "弃权"), (item.silent, "未表决"))
    return "，".join(f"{word}{count}票" for count, word in parts if count is not None)
