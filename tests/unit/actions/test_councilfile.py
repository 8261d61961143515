"""A council's file of a year: what was recorded is in it, and nothing the reader may not see."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clock, Desks
from tests.pdf.reading import page_words_of
from villagedesk.actions import flow, papers, records
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS


@pytest.fixture
def office(desks: Desks, clock: Clock, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as one:
        yield one


def add(office: Office, kind: str, **values: Any) -> str:
    [identifier] = records.save(office, KINDS[kind], [values]).ids
    return identifier


def filled(office: Office, year: int) -> str:
    council = add(office, "council", key="hongbai", name="红白理事会", years=3)
    add(office, "post", person="岑兴富", body={"id": council, "name": "红白理事会"}, position="会长")
    meeting = add(
        office, "meeting", bodies=["hongbai"], subject="第一季度例会", held_from=f"{year}-01-05T09:00", chair="岑兴富", recorder="罗倩",
        present=["岑兴富", "石明英", {"name": "王廷舟", "state": "leave"}],
        agenda=[{"title": "公用桌椅", "resolution": "由专人保管", "yes": 2, "owner": "王廷舟"}],
    )  # fmt: skip
    flow.advance(office, KINDS["meeting"], meeting, "final")
    add(office, "feast", occasion="wedding", host="韦国强", registered_on=f"{year}-01-02", begins_on=f"{year}-01-20")
    add(
        office,
        "feast",
        occasion="wedding",
        host="往年的",
        registered_on=f"{year - 1}-01-02",
        begins_on=f"{year - 1}-01-20",
    )
    add(office, "help", on=f"{year}-01-03", who="别的会帮的", need="farm")
    add(office, "campaign", bodies=["hongbai"], on=f"{year}-01-04", subject="移风易俗")
    add(
        office,
        "plan",
        council={"id": council, "name": "红白理事会"},
        year=year,
        items=[{"text": "清点桌椅", "owner": "王廷舟"}],
    )
    return council


def paper(office: Office, council: str, sheet: str) -> str:
    _, _, pdf = papers.record_paper(office, KINDS["council"], council, sheet=sheet)
    return "".join(page_words_of(pdf))


def test_the_year_of_a_council_stands_list_by_list(office: Office, clock: Clock) -> None:
    year = clock.moment.year
    council = filled(office, year)
    text = paper(office, council, "handbook")
    for part in (
        f"红白理事会{year}年工作台账", "一、基本情况", "每届年数3", "二、成员名册", "1岑兴富会长", "三、会议", "第一季度例会3人2人", "四、决议和落实",
        "公用桌椅王廷舟通过", "红白事报备", "韦国强已报备", "宣传活动", "移风易俗", "年度计划", "清点桌椅王廷舟",
    ):  # fmt: skip
        assert part in text, part
    assert "往年的" not in text
    assert "别的会帮的" not in text


def test_a_summary_tells_it_in_sentences_and_leaves_lines_for_the_rest(office: Office, clock: Clock) -> None:
    text = paper(office, filled(office, clock.moment.year), "summary")
    assert "红白理事会有成员1人，开会1次，到会2人次。" in text
    assert "通过决议1项，已落实0项。" in text
    assert "红白事报备1件。" in text
    assert "三、存在的问题和下一步打算" in text


def test_a_roster_is_who_sits_there_today(office: Office, clock: Clock) -> None:
    council = filled(office, clock.moment.year)
    add(
        office,
        "post",
        person="走了的",
        body={"id": council, "name": "红白理事会"},
        position="成员",
        until=f"{clock.moment.year - 1}-12-31",
    )
    text = paper(office, council, "roster")
    assert "岑兴富" in text
    assert "走了的" not in text
