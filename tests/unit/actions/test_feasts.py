"""What is said beside a wedding or a funeral: the charter's sizes and the village's periods, at each threshold; never more than advice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clock, Desks
from tests.unit.store.filling import final, save
from villagedesk.actions import feasts, flow
from villagedesk.actions.feasts import Advice
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as office:
        yield office


WEDDING = {"occasion": "wedding", "registered_on": "2026-12-01"}


def adopted(village: Office, **sizes: int) -> None:
    council = save(village, "council", key="hongbai", name="红白理事会")
    meeting = final(village, bodies=["红白理事会"])
    kept = save(
        village, "charter", name="红白理事会章程", council={"id": council, "name": "红白理事会"}, drafted_on="2026-01-05", text="第一条",
        adopted_on="2026-01-20", meeting={"id": meeting, "name": "成立会"}, **sizes,
    )  # fmt: skip
    flow.advance(village, KINDS["charter"], kept, "adopted")


def said(village: Office, **values: Any) -> list[Advice]:
    return feasts.advice(feasts.custom(village), values)


def test_a_new_one_begins_today_with_what_the_charter_recommends(village: Office, clock: Clock) -> None:
    assert feasts.begun(feasts.custom(village)) == {"registered_on": "2026-12-01"}
    adopted(village, tables=20)
    assert feasts.begun(feasts.custom(village)) == {"registered_on": "2026-12-01", "limit": 20}


def test_a_charter_that_is_still_a_draft_recommends_nothing(village: Office, clock: Clock) -> None:
    save(village, "charter", name="章程", council="红白理事会", drafted_on="2026-01-05", text="第一条", tables=20)
    assert said(village, tables="30", told=["meal"]) == []


def test_sizes_are_held_against_the_charter(village: Office, clock: Clock) -> None:
    adopted(village, tables=20, gift=100)
    assert said(village, tables="20", gift="120.00", told=["meal"]) == [
        Advice("桌数提倡不超过20桌，打算20桌。"),
        Advice("随礼提倡不超过100元，打算120元，多20元。", look=True),
    ]
    assert said(village, tables="21", told=["meal"]) == [Advice("桌数提倡不超过20桌，打算21桌，多1桌。", look=True)]
    assert said(village, tables="21", limit="30", told=["meal"]) == [Advice("桌数提倡不超过30桌，打算21桌。")]


@pytest.mark.parametrize(
    ("begins", "words", "look"),
    [
        ("2026-12-11", "离拟办日期还有10天，要求提前10日报备（各地做法，本村可以改）。", False),
        ("2026-12-10", "离拟办日期还有9天，要求提前10日报备（各地做法，本村可以改）。晚了也照样登记。", True),
        ("2026-12-01", "离拟办日期还有0天，要求提前10日报备（各地做法，本村可以改）。晚了也照样登记。", True),
        ("2026-11-30", "已经办过了，照样登记，写明是补登。", True),
    ],
)
def test_a_wedding_is_told_ahead(village: Office, clock: Clock, begins: str, words: str, look: bool) -> None:
    assert said(village, **WEDDING, begins_on=begins) == [Advice(words, look)]


@pytest.mark.parametrize(
    ("ends", "words", "look"),
    [
        ("2026-12-02", "还没办完，要求办后5日内补登（各地做法，本村可以改）。", False),
        ("2026-11-26", "办完5天了，要求办后5日内补登（各地做法，本村可以改）。", False),
        ("2026-11-25", "办完6天了，要求办后5日内补登（各地做法，本村可以改）。晚了也照样登记。", True),
    ],
)
def test_a_funeral_is_told_afterwards(village: Office, clock: Clock, ends: str, words: str, look: bool) -> None:
    values = {**WEDDING, "occasion": "funeral", "begins_on": "2026-11-24", "ends_on": ends}
    assert said(village, **values) == [Advice(words, look)]


def test_the_village_s_own_period_is_called_its_own(village: Office, clock: Clock) -> None:
    save(village, "term", what="红事报备", count=3, unit="day", basis="村规民约第八条")
    assert said(village, **WEDDING, begins_on="2026-12-04") == [
        Advice("离拟办日期还有3天，要求提前3日报备（本村自定）。")
    ]


@pytest.mark.parametrize(("values", "count"), [({"guests": "49"}, 0), ({"guests": "50"}, 1), ({"tables": "4"}, 0), ({"tables": "5"}, 1)])  # fmt: skip
def test_a_common_meal_is_spoken_of_until_it_is_registered(
    village: Office, clock: Clock, values: dict[str, str], count: int
) -> None:
    text = "50人以上或5桌以上，各地一般要另外登记集体聚餐（提前3日），办了请勾上。"
    assert said(village, **values) == [Advice(text, look=True)] * count
    assert said(village, **values, told=["meal"]) == []


def test_what_is_no_number_and_no_day_is_not_spoken_of(village: Office, clock: Clock) -> None:
    adopted(village, tables=20)
    assert said(village, tables="二十", guests="很多", begins_on="下月", registered_on="", occasion="wedding") == []
