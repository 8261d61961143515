"""Numbers are given once."""

import pytest

from tests.unit.store.filling import final, meeting
from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS
from villagedesk.store import numbers, queries

MEETING = KINDS["meeting"]


def number(village: Office, identifier: str) -> str:
    with village.desk.reading() as session:
        record = queries.one(session, village.by, MEETING, identifier).record
    return str(getattr(record, "number"))  # noqa: B009 -- of a meeting


def test_numbers_rise_within_a_series_and_year(village: Office) -> None:
    with village.desk.writing() as session:
        given = [
            numbers.give(session, s, y)
            for s, y in (("会1", 2026), ("会1", 2026), ("会2", 2026), ("会1", 2027), ("会1", 2026))
        ]

    assert given == [1, 2, 1, 1, 3]


def test_a_number_goes_with_the_transaction_it_was_given_in(village: Office) -> None:
    def fail() -> None:
        with village.desk.writing() as session:
            assert numbers.give(session, "会1", 2026) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with village.desk.writing() as session:
        assert numbers.give(session, "会1", 2026) == 1


def test_a_meeting_gets_its_number_when_it_is_finalised_and_keeps_it(village: Office) -> None:
    first = meeting(village)
    second = final(village)
    flow.advance(village, MEETING, first, "finalise")
    flow.amend(village, MEETING, second, {"place": "二楼"}, reason="地点漏记")

    assert [number(village, i) for i in (second, first)] == ["好花红村会〔2026〕1号", "好花红村会〔2026〕2号"]


def test_the_number_of_a_struck_record_is_not_given_again(village: Office) -> None:
    first = final(village)
    records.strike(village, MEETING, first, reason="重复")
    second = final(village)

    assert [number(village, i) for i in (first, second)] == ["好花红村会〔2026〕1号", "好花红村会〔2026〕2号"]


def test_a_number_belongs_to_the_year_of_the_event(village: Office) -> None:
    assert number(village, final(village, held_from="2024-03-01T09:00")) == "好花红村会〔2024〕1号"


def test_after_a_backup_numbers_go_on_behind_those_that_are_known(village: Office) -> None:
    with village.desk.writing() as session:
        numbers.give(session, "会1", 2026)
        numbers.not_below(session, {"会1|2026": 7, "调1|2026": 3, "a|b|2026": 2})
        numbers.not_below(session, {"会1|2026": 5})

        assert numbers.given(session) == {"会1|2026": 7, "调1|2026": 3, "a|b|2026": 2}
        assert numbers.give(session, "会1", 2026) == 8
