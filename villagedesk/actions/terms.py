"""A body's next term: the whole list taken over, put right, and written in one go; taken back in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field

from villagedesk.actions import drafts, flow
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.records import changed, own
from villagedesk.actions.seats import Body, State, tenures
from villagedesk.actions.write import must, put
from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem
from villagedesk.base.text import ordinal
from villagedesk.records.kind import Ask, Date, Kind, Line, Record, Ref, labels, rule, shown
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.people.people import How, Post
from villagedesk.records.rights import Deed
from villagedesk.records.values import checked

OVER = "任期届满"
"""Why those of the old term left."""


class Seat(Line):
    """One seat of the new term."""

    name: Annotated[str, Ask("姓名", personal=1)] = Field(min_length=1, max_length=40)
    person: Annotated[str, Ask("村民编号", refers="person", plumbing=True)] = Field(default="", max_length=32)
    position: Annotated[str, Ask("职务")] = Field(min_length=1, max_length=40)


class Renewal(Record):
    """What is typed for a new term.  It is no record itself: saved, it becomes a post for each seat."""

    kind: ClassVar[Kind] = Kind(key="renewal", name="换届", title="term")

    since: Annotated[Date, Ask("新一届从哪天起")]
    term: Annotated[str, Ask("届次")] = Field(default="", max_length=30)
    how: Annotated[How | None, Ask("产生方式")] = None
    meeting: Annotated[Ref | None, Ask("依据会议", refers="meeting")] = None
    seats: Annotated[list[Seat], Ask("新一届成员", hint="照现任列出：换人就改名字，没有的删去，新添的加一行。")] = (
        Field(min_length=1, max_length=200)
    )

    @rule("seats", "同一个人同一个职务写了两次，请删去重复的一行。")
    def _once(self) -> bool:
        held = [(one.person or one.name, one.position) for one in self.seats]
        return len(set(held)) == len(held)


@dataclass(frozen=True)
class Renewed:
    """What a new term changed, and how to take it back: the new posts, what the old ones said of their end, and the council
    that stood at its re-election, "" where none did."""

    changed: Changed
    made: tuple[str, ...]
    ended: tuple[tuple[str, Mapping[str, Any]], ...]
    council: str = ""


def begun(office: Office, body: Body, day: date) -> dict[str, Any]:
    """What the form of a new term begins with: who sits in the body's own seats on a day, and the next term's name."""
    sitting = [one for one in tenures(office, body, day) if one.state is State.SITS and one.own]
    lines = [
        {"name": one.post.person.name, "person": one.post.person.id, "position": one.post.position} for one in sitting
    ]
    terms = [one.post.term for one in sitting if one.post.term]
    return {
        "since": str(day), "term": following(terms[0]) if terms else "", "seats": [{k: v for k, v in line.items() if v} for line in lines],
    }  # fmt: skip


def following(term: str) -> str:
    """The term after one: 第十一届 → 第十二届, 第3届 → 第4届; nothing where it has no number."""
    written = term.strip().removeprefix("第").removesuffix("届")
    if written.isdecimal():
        return term.replace(written, str(int(written) + 1), 1)
    number = next((n for n in range(1, 99) if ordinal(n) == written), 0)
    return term.replace(written, ordinal(number + 1), 1) if number else ""


def renew(office: Office, body: Body, values: Mapping[str, Any]) -> Renewed:
    """End the body's own posts on the eve of the new term, and write one for each of its seats; all or nothing.

    A council that stands at its re-election runs again.
    """
    must(office, Deed.WRITE, Post)
    asked = checked(Renewal, values)
    eve = asked.since - timedelta(days=1)
    made: list[str] = []
    ended: list[tuple[str, Mapping[str, Any]]] = []
    sitting = [one for one in tenures(office, body, asked.since) if one.own and one.state in (State.SITS, State.COMING)]
    late = next((one.post for one in sitting if one.post.since and one.post.since >= asked.since), None)
    if late is not None:
        text = f"{late.person.name}的任职从{shown(late.since)}起，新一届要从以后的日子起。"
        raise NotValid([Problem("since", text)], labels(Renewal))
    with office.desk.writing() as session:
        for one in sitting:
            ended.append((one.kept.id, {"until": one.post.until and str(one.post.until), "left": one.post.left}))
            told = {"until": str(eve), "left": one.post.left or OVER}
            put(session, office, changed(session, office, Post, one.kept, told, None), one.kept.id, "set")
        for seat in asked.seats:
            post = {
                "person": {"id": seat.person, "name": seat.name}, "body": _ref(body.own), "position": seat.position, "term": asked.term,
                "since": str(asked.since), "how": asked.how, "meeting": asked.meeting and _ref(asked.meeting),
            }  # fmt: skip
            made.append(ids.new())
            put(session, office, checked(Post, {k: v for k, v in post.items() if v}), made[-1], "set")
        council = body.identifier if body.kept and body.kept.stage == "renewing" else ""
        if council:
            flow.advance_in(session, office, Council, council, "running")
        drafts.end(session, office, Renewal, body.code)
    kinds = frozenset({Post.kind.key, Council.kind.key} if council else {Post.kind.key})
    touched = (*(identifier for identifier, _ in ended), *made, *([council] if council else []))
    return Renewed(Changed(kinds, touched), tuple(made), tuple(ended), council)


def take_back(office: Office, renewed: Renewed) -> Changed:
    """Strike the new posts and let the old ones go on; what somebody changed meanwhile stays as it is."""
    must(office, Deed.WRITE, Post)
    with office.desk.writing() as session:
        for identifier in renewed.made:
            kept = own(session, office, Post, identifier)
            if not kept.struck:
                put(session, office, kept.record, identifier, "del", reason="撤回换届")
        for identifier, before in renewed.ended:
            kept = own(session, office, Post, identifier)
            if not kept.struck:
                put(session, office, changed(session, office, Post, kept, before, None), identifier, "set")
        if renewed.council and own(session, office, Council, renewed.council).stage == "running":
            flow.advance_in(session, office, Council, renewed.council, "renewing")
    return renewed.changed


def _ref(ref: Ref) -> dict[str, str]:
    return {k: v for k, v in ref.model_dump().items() if v}
