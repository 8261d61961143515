"""The tables of the councils: added up by hand, against the records behind them, and as each duty may see them."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import VILLAGE, Clock, Desks, few
from tests.making import random_records
from tests.pdf.reading import words
from tests.unit.store.filling import final, meeting, save
from tests.unit.store.test_rollup import added
from villagedesk.actions import figures, flow, handout, write
from villagedesk.actions.figures import MEMBERS, Table
from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.base.spans import Span
from villagedesk.records.figures import ACTIVITIES, MEETINGS
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty
from villagedesk.store.rollup import Scope

QUARTER = Span(date(2026, 10, 1), date(2026, 12, 31))
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def lived(desks: Desks, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A quarter of which every number is known; it is 2026-12-01."""
    with desks.opened("village", tmp_path / "desk") as office:
        _live(office)
        yield office


def _live(village: Office) -> None:
    feast(
        village, "甲", "wedding", "2026-09-20", "2026-10-02", tables=22, limit=20, persuasion="减两桌", saved="300.50"
    )
    feast(village, "乙", "funeral", "2026-11-22", "2026-11-20", ends_on="2026-11-22")
    feast(village, "丙", "wedding", "2026-11-29", "2026-11-28")
    feast(village, "丁", "other", "2026-11-01", "2026-11-05", persuasion="只请近亲")
    given_up = feast(village, "戊", "wedding", "2026-10-01", "2026-10-20", tables=30, limit=20)
    flow.advance(village, KINDS["feast"], given_up, "dropped", reason="不办了")
    feast(village, "己", "wedding", "2026-11-30", "2026-12-12")  # planned: not yet
    save(village, "help", on="2026-10-08", who="庚", need="farm", people=4, helpers=[{"name": "辛", "hours": "2.5"}, {"name": "壬", "hours": "3"}],
         goods=[{"what": "米", "worth": "600"}, {"what": "被褥"}], said="fair")  # fmt: skip
    save(village, "help", on="2026-11-08", who="癸", need="care", said="not")
    for day, group, wanted, signed in (
        ("2025-05-01", "一组", 40, 30), ("2026-10-01", "一组", 40, 38), ("2026-03-01", "二组", 20, 20), ("2026-12-20", "二组", 20, 1),
    ):  # fmt: skip
        save(village, "pledge", on=day, group=group, households=wanted, signed=signed)
    save(
        village,
        "campaign",
        on="2026-11-11",
        subject="移风易俗",
        bodies=["红白理事会", "道德评议会"],
        sessions=2,
        people=90,
    )
    save(village, "worthy", name="子", joined_on="2026-11-01", consented=True)
    save(village, "appraisal", on="2026-10-10", about="丑", topic="good")
    final(village, bodies=["红白理事会", "道德评议会"], present=["甲", "乙", "丙"], agenda=[{"title": "x", "resolution": "x", "yes": 3}])  # fmt: skip
    meeting(village, bodies=["红白理事会"], held_from="2026-10-09T09:00", present=["甲"])
    final(village)  # of the representatives: no council
    save(village, "council", name="红白理事会", key="hongbai")
    for name in ("甲", "乙"):
        save(village, "post", person=name, body="红白理事会", position="成员", since="2026-01-01")
    save(village, "post", person="丙", body="红白理事会", position="成员", since="2025-01-01", until="2026-11-30")


def feast(office: Office, host: str, occasion: str, told: str, begins: str, **more: Any) -> str:
    return save(office, "feast", host=host, occasion=occasion, registered_on=told, begins_on=begins, **more)


def sums(table: Table) -> dict[str, dict[str, int | None]]:
    """First word of a line → figure → number, of those that are not 0."""
    return {line.words[0]: {n.figure.key: n.value for n in line.numbers if n.value != 0} for line in table.lines}


def told(table: Table, body: str) -> dict[str, list[str]]:
    """What stands in the lines of a council that have a number."""
    lines = [line for line in table.lines if line.words[0] == body and any(n.value for n in line.numbers)]
    return {line.words[1]: [n.shown for n in line.numbers] + ([line.said] if line.said else []) for line in lines}


def test_a_quarter_of_the_councils_added_up_by_hand(lived: Office) -> None:
    table = figures.running(lived, QUARTER)

    assert (table.title, table.when) == ("六会运行情况", "2026年第四季度，截至12月1日")
    assert table.heads == (
        "会名",
        "成员（人）",
        "会议（次）",
        "已定稿（次）",
        "到会人次",
        "决议（项）",
        "已落实（项）",
        "活动（件）",
        "专项指标",
    )
    assert sums(table) == {
        "红白理事会": {"members": 2, "meetings": 2, "finalised": 1, "attendance": 4, "resolutions": 1, "activities": 6},
        "互帮互助会": {"activities": 2},
        "联防联治会": {},
        "乡贤参事会": {},
        "禁毒禁赌会": {"activities": 1},
        "道德评议会": {"meetings": 1, "finalised": 1, "attendance": 3, "resolutions": 1, "activities": 2},
        "合计": {"members": 2, "meetings": 2, "finalised": 1, "attendance": 4, "resolutions": 1, "activities": 10},
    }
    assert table.lines[0].said == (
        "红白事3起，红事2起，白事1起，事前报备2起（报备率67%），超过提倡桌数1起，劝导2起，估算节约300.5元，宣传2场，宣传90人次"
    )
    assert [line.said for line in table.lines[1:]] == [
        "帮扶2件，受助5人次，帮忙2人次，帮忙时长5.5小时，资金和物资600元，已回访2件，满意和基本满意1件（满意率50%）",
        "", "在库乡贤1人", "应签承诺60户，已签承诺58户（承诺率97%）", "宣传2场，宣传90人次，评议事项1件", "",
    ]  # fmt: skip


def test_the_ledgers_month_by_month(lived: Office) -> None:
    table = figures.ledgers(lived, QUARTER)

    assert table.heads == ("会名", "指标", "10月", "11月", "12月", "合计", "占比")
    assert told(table, "红白理事会") == {
        "红白事（起）": ["1", "2", "", "3"], "红事（起）": ["1", "1", "", "2"], "白事（起）": ["", "1", "", "1"],
        "事前报备（起）": ["1", "1", "", "2", "报备率67%"], "超过提倡桌数（起）": ["1", "", "", "1"], "劝导（起）": ["1", "1", "", "2"],
        "估算节约（元）": ["300.5", "", "", "300.5"], "宣传（场）": ["", "2", "", "2"], "宣传（人次）": ["", "90", "", "90"],
    }  # fmt: skip
    assert told(table, "禁毒禁赌会") == {
        "应签承诺（户）": ["60", "60", "60", "60"], "已签承诺（户）": ["58", "58", "58", "58", "承诺率97%"],
    }  # fmt: skip
    assert not any("宣传" in line.words[1] for line in table.lines if line.words[0] == "互帮互助会")


def test_what_stands_is_told_as_of_the_last_day_not_added_up(lived: Office) -> None:
    before = Span.holding(date(2026, 2, 1), 1)
    assert told(figures.ledgers(lived, before), "禁毒禁赌会") == {
        "应签承诺（户）": ["40"], "已签承诺（户）": ["30", "承诺率75%"],
    }  # fmt: skip
    assert sums(figures.running(lived, QUARTER.turned(-1)))["红白理事会"] == {"members": 3}


def test_where_one_council_wears_several_hats_its_members_count_under_each_and_once_together(lived: Office) -> None:
    save(lived, "council", name="六会", key="liuhui", covers=["huzhu", "pingyi"])
    save(lived, "post", person="寅", body="六会", position="会长", since="2026-01-01")
    save(lived, "post", person="卯", body="六会", position="成员", since="2026-01-01")
    members = {line.words[0]: line.numbers[0].value for line in figures.running(lived, QUARTER).lines}
    assert members == {
        "红白理事会": 2, "互帮互助会": 2, "联防联治会": 0, "乡贤参事会": 0, "禁毒禁赌会": 0, "道德评议会": 2, "六会": 2, "合计": 4,
    }  # fmt: skip


def test_a_span_that_has_not_come_holds_nothing(lived: Office) -> None:
    table = figures.running(lived, QUARTER.turned(1))
    assert {name: numbers for name, numbers in sums(table).items() if numbers} == {
        "红白理事会": {"members": 2},
        "合计": {"members": 2},
    }
    assert figures.ledgers(lived, QUARTER.turned(1)).heads == ("会名", "指标", "合计", "占比")


def test_the_months_of_a_year_as_far_as_it_has_come(lived: Office) -> None:
    numbers = figures.running(lived, QUARTER).lines[0].numbers
    by_key = {n.figure.key: n for n in numbers}
    assert [n.value for n in figures.by_month(lived, by_key["activities"], 2026)] == [0] * 9 + [2, 4, 0]
    assert [n.value for n in figures.by_month(lived, by_key["members"], 2026)] == [3] * 11 + [2]
    assert figures.by_month(lived, by_key["activities"], 2027) == []


def test_a_number_opens_the_records_it_stands_on(lived: Office) -> None:
    table = figures.running(lived, QUARTER)
    members, meetings, *_ = table.lines[0].numbers
    assert [kind for kind, _, _ in figures.records(lived, members)] == ["post"] * 2
    assert len(figures.records(lived, meetings)) == 2
    [over] = [
        n for line in figures.ledgers(lived, QUARTER).lines for n in line.numbers[-1:] if n.figure.key == "oversized"
    ]
    assert [shown_title(lived, key) for key in figures.records(lived, over)] == ["甲"]


def shown_title(office: Office, key: tuple[str, str, str]) -> str:
    from villagedesk.store import queries

    with office.desk.reading() as session:
        return queries.one(session, office.by, KINDS[key[0]], key[2], key[1]).record.title


# --- every number against its records ------------------------------------------------------------------


@pytest.mark.slow
@few(10)
@given(data=st.data())
def test_every_number_is_the_sum_of_the_records_behind_it(
    desks: Desks, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with desks.opened("village", tmp_path_factory.mktemp("figures") / "d") as office:
        for kind in (*ACTIVITIES, "worthy"):
            for record in data.draw(st.lists(random_records(KINDS[kind]), max_size=2)):
                with office.desk.writing() as session:
                    write.put(session, office, record, ids.new(), "set")
        for table in figures.tables(office, Span(date(1, 1, 1), date(9999, 12, 31))):
            for number in (n for line in table.lines for n in line.numbers if n.figure is not MEMBERS):
                keys = figures.records(office, number)
                with office.desk.reading() as session:
                    assert len(set(keys)) == len(keys)
                    assert sum(added(session, number.figure, key) for key in keys) == number.value


# --- duties ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", [Duty.READER, Duty.SUPERVISOR, Duty.MEDIATOR])
def test_of_a_ledger_that_a_duty_may_not_read_no_number_is_told(lived: Office, duty: Duty) -> None:
    office = replace(lived, by=replace(lived.by, duties=frozenset({duty})))
    running, ledgers = figures.running(office, QUARTER), figures.ledgers(office, QUARTER)

    assert [line.numbers[-1].shown for line in running.lines] == ["6", "—", "", "", "1", "—", "—"]
    assert running.lines[1].said == ""
    assert running.note.endswith("“—”是不在您职责内的台账。")
    hidden = [
        n for line in ledgers.lines for n in line.numbers if set(n.figure.parts) & {"help", "worthy", "appraisal"}
    ]
    assert hidden
    assert {n.shown for n in hidden} == {"—"}
    assert [key for n in hidden for key in figures.records(office, n)] == []
    rows = {row["body"]: row for row in figures.plain(office, Scope("2026-10-01", "2026-12-01"))}
    assert set(rows) == {"hongbai", "jindu", "pingyi", "representatives"}
    assert (rows["pingyi"]["appraised"], rows["pingyi"]["activities"], rows["pingyi"]["campaigns"]) == (None, None, 2)


# --- a town, a program, files ---------------------------------------------------------------------------


def test_for_a_program_the_figures_of_a_body_in_its_units(lived: Office) -> None:
    rows = {row["body"]: row for row in figures.plain(lived, figures.scope_of(QUARTER))}
    assert set(rows) == {"hongbai", "huzhu", "jindu", "pingyi", "representatives", "xiangxian"}
    assert rows["huzhu"] == {
        "village": VILLAGE, "body": "huzhu", "members": 0, **{f.key: 0 for f in MEETINGS}, "activities": 2, "helps": 2, "served": 5,
        "hands": 2, "hours": 5.5, "given": 600, "heard": 2, "content": 1, "campaigns": 0, "reached": 0,
    }  # fmt: skip
    assert rows["hongbai"]["saved"] == 300.5


def test_numbers_are_printed_with_nothing_for_none_and_room_for_problems(lived: Office) -> None:
    made = handout.paper(lived, figures.running(lived, QUARTER))
    text = words(made.data)
    for word in (
        "好花红村六会运行情况",
        "2026年第四季度，截至12月1日",
        "红白理事会",
        "存在问题",
        "合计",
        "事前报备2起（报备率67%）",
    ):
        assert word in text
    assert made.file == "好花红村六会运行情况-2026年第四季度，截至12月1日.pdf"


def cells(data: bytes, sheet: int) -> list[list[str | float]]:
    """What a sheet of a workbook holds, row by row: texts as texts, numbers as numbers."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(BytesIO(data)) as book:
        shared = ["".join(t.itertext()) for t in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        rows = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{space}row")
        return [
            [
                shared[int(v.text or "")] if cell.get("t") == "s" else float(v.text or "")
                for cell in row
                for v in cell.iter(f"{space}v")
            ]
            for row in rows
        ]


def test_the_file_for_wps_has_a_sheet_a_table_and_numbers_as_numbers(lived: Office, tmp_path: Path) -> None:
    tables = figures.tables(lived, QUARTER)
    path = handout.save(lived, tables, tmp_path / handout.called(lived, tables))
    data = path.read_bytes()
    title, under, heads, first, *_ = cells(data, 1)

    assert path.name == "好花红村六会统计-2026年第四季度，截至12月1日.xlsx"
    assert (title, under) == (
        ["好花红村六会运行情况"],
        ["填报单位：好花红村　统计时间：2026年第四季度，截至12月1日　填报日期：2026年12月1日"],
    )
    assert heads == list(tables[0].heads)
    assert first[:8] == ["红白理事会", 2.0, 2.0, 1.0, 4.0, 1.0, 0.0, 6.0]
    assert ["红白理事会", "估算节约（元）", 300.5, 0.0, 0.0, 300.5] in [row[:6] for row in cells(data, 2)]
    assert handout.workbook(lived, tables) == data


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    from villagedesk.exchange.excel import Sheet, workbook

    data = workbook([Sheet("表", "=1+1", "@x", ["=a", "数"], [["=HYPERLINK(0)", 3]])])
    assert cells(data, 1) == [["=1+1"], ["@x"], ["=a", "数"], ["=HYPERLINK(0)", 3.0]]
    with zipfile.ZipFile(BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
