"""The bodies of a village on a day: who sits in each, which seats are empty, whose term is over, who sat there before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from sqlmodel import Session

from villagedesk.actions import roster
from villagedesk.actions.office import Office
from villagedesk.records.kind import Ref, shown
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.kinds.people.people import Person, Post
from villagedesk.records.numbers import committee_of
from villagedesk.records.rights import Deed
from villagedesk.store import overview, queries
from villagedesk.store.queries import Kept

LEGAL = {
    "representatives": "村民代表会议",
    "committee": "村民委员会",
    "party_branch": "村党组织",
    "two_committees": "村“两委”",
    "supervision": "村务监督委员会",
}
"""Bodies every village has, by code; who sits in them follows from posts as well."""

YEARS = 5
"""Years of a term of these (村民委员会组织法; 中国共产党农村基层组织工作条例); a council's own stand in its record."""


@dataclass(frozen=True)
class Body:
    """A body as it stands on a day.

    Attributes: `kept` the record of a council, None for the bodies of the law; `own` what its own posts name, without a
    name where it has none (村“两委”); `years` of a term, 0 where nobody said; `count` who sits in it, `empty` seats that nobody
    holds; `last` the moment of its last meeting up to the day, "" when there was none; `by`
    the councils that do its work as well.
    """

    code: str
    name: str
    kept: Kept | None
    own: Ref
    years: int
    count: int
    empty: int
    last: str
    by: tuple[Ref, ...] = ()

    @property
    def state(self) -> str:
        """Where a council stands; nothing where it just runs."""
        return self.kept.state if self.kept and self.kept.stage != "running" else ""

    @property
    def identifier(self) -> str:
        return self.kept.id if self.kept else ""


class State(Enum):
    """What a line of a body's seats tells, in the order they are shown."""

    SITS = "在任"
    EMPTY = "空缺"
    COMING = "还没上任"
    PAST = "以前的"


@dataclass(frozen=True)
class Tenure:
    """One person in one seat.

    Attributes: `own` it is a post of this body, not one that sits in it by law; `person` the record in the register, None
    where there is none or it is not the viewer's to read; `elsewhere` what else the person holds on the day; `worry` what
    somebody should look at, "" mostly.
    """

    state: State
    kept: Kept
    own: bool
    person: Kept | None = None
    elsewhere: tuple[str, ...] = ()
    worry: str = ""

    @property
    def post(self) -> Post:
        assert isinstance(self.kept.record, Post)  # noqa: S101 -- it came out of that table
        return self.kept.record

    @property
    def villager(self) -> Person | None:
        return self.person.record if self.person and isinstance(self.person.record, Person) else None


def bodies(office: Office, day: date) -> list[Body]:
    """The councils of this village, the six first, then the bodies of the law."""
    with office.desk.reading() as session:
        posts = _posts(session, office)
        last = overview.last_held(session, office.by, day)
        councils = [
            kept for kept in queries.listed(session, office.by, Council) if kept.org == office.desk.me.org and isinstance(kept.record, Council)
        ]  # fmt: skip
    order = list(SIX)

    def first(kept: Kept) -> tuple[int, str]:
        key = _council(kept).key
        return order.index(key) if key in order else len(order), kept.record.title

    found = [(_council(k).key, _council(k).name, k, _council(k).years or 0) for k in sorted(councils, key=first)] + [
        (code, name, None, YEARS) for code, name in LEGAL.items()
    ]
    made = []
    for code, name, kept, years in found:
        own = Ref(id=kept.id, name=name) if kept else _own(office, posts, code)
        by = tuple(
            Ref(id=c.id, name=c.record.title) for c in councils if c.id != own.id and roster.wears(_council(c), code)
        )
        body = Body(code, name, kept, own, years, 0, 0, last.get(code, ""), by)
        sitting = [k for k in posts if _sits(k, body) and roster.held(_post(k), day)]
        empty = len(vacated([k for k in posts if _names(k, body)], day))
        made.append(replace(body, count=len(sitting), empty=empty))
    return made


def tenures(office: Office, body: Body, day: date) -> list[Tenure]:
    """Every seat of a body: who sits in it on the day, what stands empty, who is to come, who was there before – the last first."""
    with office.desk.reading() as session:
        posts = _posts(session, office)
        sitting = [k for k in posts if _sits(k, body) and roster.held(_post(k), day)]
        own = [k for k in posts if _names(k, body)]
        empty = vacated(own, day)
        coming = [k for k in own if (since := _post(k).since) is not None and since > day]
        past = [k for k in own if (until := _post(k).until) is not None and until < day and k not in empty]
        persons = _persons(session, office, [*sitting, *empty, *coming, *past])
    found: list[Tenure] = []
    for kept in sorted(sitting, key=_order):
        person = persons.get(_post(kept).person.id)
        elsewhere = tuple(
            f"{_post(o).body.name}{_post(o).position}"
            for o in posts if o.id != kept.id and _same(_post(o), _post(kept)) and not _names(o, body) and roster.held(_post(o), day)
        )  # fmt: skip
        mine = _names(kept, body)
        worry = _worry(person, day) or (_over(kept, own, body.years, day) if mine else "")
        found.append(Tenure(State.SITS, kept, mine, person, elsewhere, worry))

    def told(state: State, some: Sequence[Kept]) -> Iterator[Tenure]:
        for kept in some:
            person = persons.get(_post(kept).person.id)
            yield Tenure(state, kept, True, person, worry=_struck(person))

    found += told(State.EMPTY, sorted(empty, key=_order))
    found += told(State.COMING, sorted(coming, key=lambda k: (_post(k).since or date.max, *_order(k))))
    found += told(State.PAST, sorted(past, key=lambda k: (-(_post(k).until or date.min).toordinal(), *_order(k))))
    return found


def vacated(posts: Sequence[Kept], day: date) -> list[Kept]:
    """The last holders of seats of one body that nobody has taken over since: of each position as many as are lacking.

    Where a new term has begun, what it does not fill any more is no empty seat.
    """
    known = [k for k in posts if _begun(k) <= day]
    turn = _turn(known, day)
    now = sorted((k for k in known if _begun(k) >= turn), key=_begun)
    lacking: list[Kept] = []
    for position in dict.fromkeys(_post(k).position for k in now):
        seats = [k for k in now if _post(k).position == position]
        ended = sorted((k for k in seats if _ended(k) < day), key=_ended)
        for one in seats:
            left = next((k for k in ended if k is not one and _ended(k) <= _begun(one)), None)
            if left is not None:
                ended.remove(left)
        lacking += ended
    return lacking


def _turn(posts: Sequence[Kept], day: date) -> date:
    """The day the present term began: the last one on which most of those who sat were gone and others came."""
    for begin in sorted({_begun(k) for k in posts if _begun(k) > date.min}, reverse=True):
        before = [k for k in posts if _begun(k) < begin and _ended(k) >= _eve(begin)]
        gone = [k for k in before if _ended(k) <= begin]
        if begin <= day and before and 2 * len(gone) > len(before) and len(before) > 1:
            return begin
    return date.min


def _eve(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def _begun(kept: Kept) -> date:
    return _post(kept).since or date.min


def _ended(kept: Kept) -> date:
    return _post(kept).until or date.max


def _order(kept: Kept) -> tuple[int, str]:
    return roster.rank(_post(kept).position), _post(kept).person.name


def _same(one: Post, other: Post) -> bool:
    return one.person.id == other.person.id if one.person.id else one.person.name == other.person.name


def _over(kept: Kept, own: Sequence[Kept], years: int, day: date) -> str:
    """That the years of a term have run out; who came in the middle of one goes with it."""
    post = _post(kept)
    begins = [_begun(k) for k in own if post.term and _post(k).term == post.term and _post(k).since] or [_begun(kept)]
    begin = min(begins)
    if not years or begin == date.min:
        return ""
    try:
        end = begin.replace(year=begin.year + years)
    except ValueError:  # 29 February
        end = date(begin.year + years, 3, 1)
    return f"任期{shown(end)}届满" if end <= day else ""


def _struck(person: Kept | None) -> str:
    return "村民登记里已作废" if person is not None and person.struck else ""


def _worry(person: Kept | None, day: date) -> str:
    if person is None or person.struck:
        return _struck(person)
    ended = person.record.ended_on if isinstance(person.record, Person) else None
    return f"{shown(ended)}去世或迁出" if ended and ended <= day else ""


# --- reading ------------------------------------------------------------------------------------------


def _posts(session: Session, office: Office) -> list[Kept]:
    org = office.desk.me.org
    return [kept for kept in queries.listed(session, office.by, Post) if kept.org == org]


def _persons(session: Session, office: Office, posts: Sequence[Kept]) -> dict[str, Kept]:
    """The persons of posts, struck ones too; nobody for who may not see the register."""
    if not office.by.may(Deed.READ, Person.kind):
        return {}
    wanted = sorted({_post(k).person.id for k in posts} - {""})
    return {
        kept.id: kept for kept in queries.some(session, office.by, Person, wanted) if kept.org == office.desk.me.org
    }


def _own(office: Office, posts: Sequence[Kept], code: str) -> Ref:
    """What posts of a body of the law name: as they did last, or as such a body is called."""
    place = office.desk.me.name
    called = {
        "committee": committee_of(place), "party_branch": f"{place}党支部", "representatives": LEGAL["representatives"],
        "supervision": f"{place}村务监督委员会",
    }  # fmt: skip
    known = [k for k in posts if roster.names(_post(k), code)]
    return _post(max(known, key=lambda k: (_begun(k), k.id))).body if known else Ref(name=called.get(code, ""))


def _sits(kept: Kept, body: Body) -> bool:
    own = roster.sits(_post(kept), body.code, body.name, body.identifier)
    return own or any(roster.names(_post(kept), "", ref.name, ref.id) for ref in body.by)


def _names(kept: Kept, body: Body) -> bool:
    return roster.names(_post(kept), body.code, body.name, body.identifier)


def _post(kept: Kept) -> Post:
    assert isinstance(kept.record, Post)  # noqa: S101 -- only posts are asked
    return kept.record


def _council(kept: Kept) -> Council:
    assert isinstance(kept.record, Council)  # noqa: S101 -- only councils are asked
    return kept.record
