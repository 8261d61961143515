"""Who sits in a body on a day: the people entitled to a sitting, from posts, membership and households."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.people.people import Household, Person, Post
from villagedesk.records.rights import Deed, Viewer
from villagedesk.store import queries

_PARTY = ("党总支", "党支部", "党委", "党组织")
_COMMITTEE = ("村民委员会", "居民委员会")


@dataclass(frozen=True)
class Seat:
    """One person entitled to a sitting, and as what: member of a body, party member, or for a household."""

    name: str
    person: str
    group: str
    bodies: tuple[str, ...]
    position: str = ""

    def line(self, several: bool) -> dict[str, Any]:
        """The line of the attendance list it becomes; the bodies are named only where the sitting has several."""
        line: dict[str, Any] = {"name": self.name, "person": self.person, "group": self.group}
        if several:
            line["bodies"] = list(self.bodies)
        return {k: v for k, v in line.items() if v}


def sitting(session: Session, viewer: Viewer, body: str, day: date) -> list[tuple[Post, str]]:
    """The posts that make somebody a member of a body on a day, with the ids of their records, by position and name.

    村民代表会议: the members of the committee and the representatives (村民委员会组织法 art. 29).  村"两委": committee and party.
    Of a council those of another one too that has taken over its work.
    """
    wearing = [
        (c.record.name, c.id)
        for c in queries.listed(session, viewer, Council)
        if isinstance(c.record, Council) and wears(c.record, body)
    ] or [("", "")]
    found = [
        (kept.record, kept.id)
        for kept in queries.listed(session, viewer, Post)
        if isinstance(kept.record, Post)
        and held(kept.record, day)
        and any(sits(kept.record, body, *council) for council in wearing)
    ]
    return sorted(found, key=lambda one: (rank(one[0].position), one[0].person.name))


def wears(council: Council, body: str) -> bool:
    """Whether a council is that body, or does its work as well: one list of members with several hats (六会合一)."""
    return council.key == body or (council.stage != "stopped" and body in council.covers)


def held(post: Post, day: date) -> bool:
    """Whether somebody holds a post on a day; its last day counts."""
    return (post.since is None or post.since <= day) and (post.until is None or post.until >= day)


def sits(post: Post, body: str, name: str = "", identifier: str = "") -> bool:
    """Whether a post makes its holder a member of a body: one of its own, or one that sits in it by law.

    A council is told by `name` and the `identifier` of its record.
    """
    in_committee = names(post, "committee") or "村委会主任" in post.position or "居委会主任" in post.position
    match body:
        case "committee":
            return in_committee
        case "two_committees":
            return in_committee or names(post, "party_branch")
        case "representatives":
            return in_committee or names(post, body)
    return names(post, body, name, identifier)


def names(post: Post, body: str, name: str = "", identifier: str = "") -> bool:
    """Whether a post is one of this body's own."""
    written = post.body.name
    match body:
        case "committee":
            return written.endswith(_COMMITTEE)
        case "party_branch":
            return any(word in written for word in _PARTY)
        case "two_committees":
            return False
        case "representatives":
            return written == "村民代表会议"
        case "supervision":
            return written.endswith("村务监督委员会")
    return bool(name and written == name) or bool(identifier and post.body.id == identifier)


def rank(position: str) -> int:
    """Who leads comes first, then the deputies, then those with a charge, then everybody else."""
    for at, words in enumerate((("书记", "会长", "主任"), ("副",), ("委员", "秘书", "联络员"))):
        if any(word in position for word in words):
            return at + ("副" in position and at == 0)
    return 9


def entitled(session: Session, viewer: Viewer, bodies: Sequence[str], day: date) -> list[Seat]:
    """Everybody who should come to a sitting of these bodies, each once, in the order of the bodies."""
    seats: dict[str, Seat] = {}
    for body in bodies:
        for one in _members(session, viewer, body, day):
            known = seats.setdefault(one.person or one.name, one)
            if body not in known.bodies:
                seats[one.person or one.name] = replace(known, bodies=(*known.bodies, body))
    return list(seats.values())


def _members(session: Session, viewer: Viewer, body: str, day: date) -> Iterator[Seat]:
    if body in ("villagers", "group", "party_members"):
        if viewer.may(Deed.READ, Household.kind):
            yield from _by_household(session, viewer, body) if body != "party_members" else _party(session, viewer)
        return
    posts = sitting(session, viewer, body, day)
    groups = _groups(session, viewer, [post.person.id for post, _ in posts])
    for post, _ in posts:
        yield Seat(post.person.name, post.person.id, groups.get(post.person.id, ""), (body,), post.position)


def _by_household(session: Session, viewer: Viewer, body: str) -> Iterator[Seat]:
    """One representative of each household that is counted: its head until somebody else comes for it."""
    for kept in queries.listed(session, viewer, Household):
        home = kept.record
        if isinstance(home, Household) and home.votes:
            yield Seat(home.head.name, home.head.id, home.group.name if home.group else "", (body,))


def _party(session: Session, viewer: Viewer) -> Iterator[Seat]:
    for kept in queries.listed(session, viewer, Person):
        one = kept.record
        if isinstance(one, Person) and one.party_member and one.ended_on is None:
            yield Seat(one.name, kept.id, one.group.name if one.group else "", ("party_members",))


def _groups(session: Session, viewer: Viewer, persons: Sequence[str]) -> dict[str, str]:
    """The groups persons live in, by id; nothing for who may not see the register."""
    if not viewer.may(Deed.READ, Person.kind):
        return {}
    found = queries.some(session, viewer, Person, [identifier for identifier in persons if identifier])
    return {kept.id: kept.record.group.name for kept in found if isinstance(kept.record, Person) and kept.record.group}


def last_sitting(office: Office, bodies: Sequence[str]) -> queries.Kept | None:
    """The newest meeting of the same bodies, to begin the next one from."""
    wanted = set(bodies)
    with office.desk.reading() as session:
        for kept in queries.listed(session, office.by, Meeting, limit=200):
            if isinstance(kept.record, Meeting) and {b.body for b in kept.record.bodies} == wanted:
                return kept
    return None
