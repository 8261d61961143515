"""Who sits in a body on a day, what stands empty, whose term is over; a term renewed and taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Desks
from tests.unit.store.filling import meeting, save
from villagedesk.actions import drafts, flow, records, seats, terms
from villagedesk.actions.office import Office
from villagedesk.actions.seats import Body, State
from villagedesk.base.errors import NotValid, Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer

DAY = date(2026, 11, 24)
HONGBAI = [
    ("岑兴富", "会长", "2023-11-01", None),
    ("韦忠", "成员", "2023-11-01", "2026-10-31"),
    ("石明英", "成员", "2023-11-01", None),
    ("王庆芬", "成员", "2027-01-01", None),
    ("莫玉珍", "副会长", "2023-11-01", "2025-06-30"),
    ("陈世荣", "副会长", "2025-07-01", None),
]


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as office:
        yield office


@pytest.fixture
def people(village: Office) -> dict[str, str]:
    """红白理事会 with its posts, and who holds them elsewhere."""
    save(village, "council", key="huzhu", name="互帮互助会")
    council = save(village, "council", key="hongbai", name="红白理事会", years=3)
    found = {name: save(village, "person", name=name, phone="13985401234") for name in {n for n, *_ in HONGBAI}}
    for name, position, since, until in HONGBAI:
        post(village, found, name, {"id": council, "name": "红白理事会"}, position, since, until)
    post(village, found, "岑兴富", "互帮互助会", "会长", "2023-11-01", None)
    return found


def post(office: Office, people: dict[str, str], name: str, body: Any, position: str, since: str, until: str | None, **more: Any) -> str:  # fmt: skip
    who = {"id": people[name], "name": name} if name in people else name
    values = {"person": who, "body": body, "position": position, "since": since, "until": until, **more}
    return save(office, "post", **{k: v for k, v in values.items() if v})


def body(office: Office, code: str, day: date = DAY) -> Body:
    return next(one for one in seats.bodies(office, day) if one.code == code)


def told(office: Office, code: str, day: date = DAY) -> list[tuple[str, str, str]]:
    return [(t.state.value, t.post.person.name, t.post.position) for t in seats.tenures(office, body(office, code, day), day)]  # fmt: skip


def test_the_councils_come_first_in_their_order_then_the_bodies_of_the_law(
    village: Office, people: dict[str, str]
) -> None:
    save(village, "council", key="laonian", name="老年协会")
    meeting(village, bodies=["红白理事会"], held_from="2026-09-01T09:00")
    meeting(village, bodies=["红白理事会", "互帮互助会"], held_from="2026-12-01T09:00")

    found = seats.bodies(village, DAY)

    assert [one.name for one in found] == [
        "红白理事会", "互帮互助会", "老年协会", "村民代表会议", "村民委员会", "村党组织", "村“两委”", "村务监督委员会",
    ]  # fmt: skip
    assert [(one.count, one.empty, one.last) for one in found[:3]] == [(3, 1, "2026-09-01T09:00:00"), (1, 0, ""), (0, 0, "")]  # fmt: skip
    assert (found[0].state, found[3].state) == ("筹建", "")
    assert [one.own.name for one in found[3:]] == [
        "村民代表会议", "好花红村村民委员会", "好花红村党支部", "", "好花红村村务监督委员会",
    ]  # fmt: skip


def test_on_a_day_some_sit_some_seats_are_empty_and_the_rest_is_past_or_to_come(
    village: Office, people: dict[str, str]
) -> None:
    assert told(village, "hongbai") == [
        ("在任", "岑兴富", "会长"),
        ("在任", "陈世荣", "副会长"),
        ("在任", "石明英", "成员"),
        ("空缺", "韦忠", "成员"),
        ("还没上任", "王庆芬", "成员"),
        ("以前的", "莫玉珍", "副会长"),
    ]
    assert told(village, "hongbai", date(2025, 1, 1))[:2] == [("在任", "岑兴富", "会长"), ("在任", "莫玉珍", "副会长")]


def test_a_seat_taken_over_is_no_longer_empty(village: Office, people: dict[str, str]) -> None:
    assert [line for line in told(village, "hongbai", date(2027, 1, 1)) if line[0] == "空缺"] == []


def test_what_a_new_term_does_not_fill_any_more_is_no_empty_seat(village: Office, people: dict[str, str]) -> None:
    terms_of = [(name, "2021-03-01", "2024-03-01") for name in "甲乙丙"] + [
        (name, "2024-03-01", None) for name in "甲乙"
    ]
    for name, since, until in terms_of:
        post(village, people, name, "村民代表会议", "村民代表", since, until)

    assert [line for line in told(village, "representatives") if line[0] == "空缺"] == []
    assert body(village, "representatives").empty == 0


def test_who_was_struck_from_the_register_died_or_stays_too_long_shows(village: Office, people: dict[str, str]) -> None:
    records.strike(village, KINDS["person"], people["陈世荣"], reason="重复登记")
    records.edit(village, KINDS["person"], people["石明英"], {"ended_on": "2026-11-01"})

    found = {t.post.person.name: t for t in seats.tenures(village, body(village, "hongbai"), DAY)}

    assert found["陈世荣"].worry == "村民登记里已作废"
    assert found["石明英"].worry == "2026年11月1日去世或迁出"
    assert found["岑兴富"].worry == "任期2026年11月1日届满"
    assert found["岑兴富"].elsewhere == ("互帮互助会会长",)
    assert found["韦忠"].worry == ""


def test_who_came_in_the_middle_of_a_term_goes_with_it(village: Office, people: dict[str, str]) -> None:
    post(village, people, "甲", "互帮互助会", "成员", "2021-11-01", None, term="第一届")
    post(village, people, "乙", "互帮互助会", "成员", "2024-02-29", None, term="第一届")
    records.edit(village, KINDS["council"], body(village, "huzhu").identifier, {"years": 5})

    worries = {t.post.person.name: t.worry for t in seats.tenures(village, body(village, "huzhu"), DAY)}

    assert worries == {"岑兴富": "", "甲": "任期2026年11月1日届满", "乙": "任期2026年11月1日届满"}


def test_a_term_begun_on_a_leap_day_ends_on_the_first_of_march(village: Office, people: dict[str, str]) -> None:
    post(village, people, "甲", "村民代表会议", "村民代表", "2020-02-29", None)
    [one] = seats.tenures(village, body(village, "representatives"), DAY)
    assert one.worry == "任期2025年3月1日届满"


def test_who_may_not_see_the_register_sees_the_seats_without_the_persons(
    village: Office, people: dict[str, str]
) -> None:
    reader = Office(village.desk, Viewer("A", "甲", frozenset({Duty.READER}), "village"))
    found = seats.tenures(reader, body(reader, "hongbai"), DAY)
    assert [(t.post.person.name, t.person, t.villager) for t in found[:1]] == [("岑兴富", None, None)]


def test_who_sits_in_a_body_by_another_post_is_told_from_its_own(village: Office, people: dict[str, str]) -> None:
    post(village, people, "罗正华", "好花红村党总支", "书记、村委会主任", "2026-01-20", None)
    post(village, people, "黄庆芬", "好花红村村民委员会", "委员", "2026-01-20", None)

    found = seats.tenures(village, body(village, "committee"), DAY)

    assert [(t.post.person.name, t.own) for t in found] == [("罗正华", False), ("黄庆芬", True)]
    assert body(village, "party_branch").own.name == "好花红村党总支"
    assert [one["name"] for one in terms.begun(village, body(village, "committee"), DAY)["seats"]] == ["黄庆芬"]


@pytest.mark.parametrize(
    ("term", "after"),
    [("第十一届", "第十二届"), ("第3届", "第4届"), ("九届", "十届"), ("2023届", "2024届"), ("首届", "")],
)
def test_the_next_term_is_named_after_the_last(term: str, after: str) -> None:
    assert terms.following(term) == after


def test_a_new_term_takes_the_list_over_and_is_taken_back_in_one_step(village: Office, people: dict[str, str]) -> None:
    before = told(village, "hongbai")
    records.strike(village, KINDS["post"], _id(village, "王庆芬"), reason="不来了")
    before.remove(("还没上任", "王庆芬", "成员"))
    values = terms.begun(village, body(village, "hongbai"), DAY)
    assert [(s["name"], s["position"], s["person"]) for s in values["seats"]] == [
        (name, position, people[name]) for name, position in (("岑兴富", "会长"), ("陈世荣", "副会长"), ("石明英", "成员"))
    ]  # fmt: skip
    drafts.keep(village, terms.Renewal, "hongbai", {"since": "2026-11-24"})
    values["seats"][2] = {"name": "吴昌平", "position": "成员"}

    done = terms.renew(village, body(village, "hongbai"), {**values, "since": "2026-12-01", "term": "第二届", "how": "推选"})  # fmt: skip

    assert told(village, "hongbai", date(2026, 12, 1)) == [
        ("在任", "岑兴富", "会长"),
        ("在任", "陈世荣", "副会长"),
        ("在任", "吴昌平", "成员"),
        ("以前的", "岑兴富", "会长"),
        ("以前的", "陈世荣", "副会长"),
        ("以前的", "石明英", "成员"),
        ("以前的", "韦忠", "成员"),
        ("以前的", "莫玉珍", "副会长"),
    ]
    new = next(t.post for t in seats.tenures(village, body(village, "hongbai"), date(2026, 12, 1)))
    assert (new.person.id, new.term, str(new.since), new.how) == (people["岑兴富"], "第二届", "2026-12-01", "chosen")
    then = seats.tenures(village, body(village, "hongbai"), date(2026, 12, 1))
    old = {t.post.person.name: t.post for t in then if t.state is State.PAST}
    assert (str(old["石明英"].until), old["石明英"].left, old["韦忠"].left) == ("2026-11-30", "任期届满", "")
    with village.desk.reading() as session:
        assert drafts.offered(session, village, terms.Renewal, "hongbai") is None

    terms.take_back(village, done)

    assert told(village, "hongbai") == before


def test_a_new_term_cannot_begin_before_the_old_one(village: Office, people: dict[str, str]) -> None:
    values = terms.begun(village, body(village, "hongbai"), DAY)
    for since in ("2023-10-31", "2027-01-01"):
        with pytest.raises(NotValid) as error:
            terms.renew(village, body(village, "hongbai"), {**values, "since": since})
        assert [p.field for p in error.value.problems] == ["since"]


def test_the_same_seat_twice_is_pointed_out_and_nothing_is_written(village: Office, people: dict[str, str]) -> None:
    before = told(village, "hongbai")
    line = {"name": "岑兴富", "position": "会长"}
    with pytest.raises(NotValid, match="写了两次"):
        terms.renew(village, body(village, "hongbai"), {"since": "2026-12-01", "seats": [line, line]})
    assert told(village, "hongbai") == before


def test_who_may_not_write_posts_renews_nothing(village: Office, people: dict[str, str]) -> None:
    reader = Office(village.desk, Viewer("A", "甲", frozenset({Duty.READER}), "village"))
    with pytest.raises(Refused):
        terms.renew(reader, body(village, "hongbai"), {"since": "2026-12-01", "seats": [{"name": "甲", "position": "会长"}]})  # fmt: skip


def test_a_draft_of_a_new_term_is_offered_and_is_no_record_waiting(village: Office, people: dict[str, str]) -> None:
    drafts.keep(village, terms.Renewal, "hongbai", {"term": "第二届"}, place="term", caret=3)
    with village.desk.reading() as session:
        offer = drafts.offered(session, village, terms.Renewal, "hongbai")
        assert offer is not None
        assert (offer.typed, offer.place, offer.caret, offer.note) == ({"term": "第二届"}, "term", 3, "")
        assert drafts.waiting(session, village) == []


def _id(office: Office, name: str) -> str:
    return next(t.kept.id for t in seats.tenures(office, body(office, "hongbai"), DAY) if t.post.person.name == name)


def test_a_council_at_its_re_election_runs_again_and_not_when_it_is_taken_back(
    village: Office, people: dict[str, str]
) -> None:
    council = body(village, "hongbai").identifier
    for stage in ("running", "renewing"):
        flow.advance(village, KINDS["council"], council, stage)
    records.strike(village, KINDS["post"], _id(village, "王庆芬"), reason="不来了")
    values = {"since": "2026-12-01", "seats": [{"name": "岑兴富", "position": "会长"}]}

    done = terms.renew(village, body(village, "hongbai"), values)

    assert (body(village, "hongbai").state, done.changed.kinds) == ("", {"post", "council"})
    terms.take_back(village, done)
    assert body(village, "hongbai").state == "换届中"
