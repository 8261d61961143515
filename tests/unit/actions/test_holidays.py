"""The notice of a year's holidays, pasted as it stands, is the table of that year."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Desks
from tests.unit.store.filling import save
from villagedesk.actions import holidays
from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid
from villagedesk.base.paths import resource
from villagedesk.records.kinds.almanac import Holidays, Rest
from villagedesk.store import queries, terms

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


@pytest.fixture
def office(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as one:
        yield one


def days(text: str, year: int) -> list[tuple[str, str]]:
    return [(one["on"], one["rest"]) for one in holidays.read(text, year)]


def test_the_notice_of_2026_gives_the_table_that_is_shipped() -> None:
    lines = Path(resource("calendar", "holidays_2026.csv")).read_text("utf-8")
    assert days(NOTICE, 2026) == days(lines, 2026)
    assert len(days(NOTICE, 2026)) == 33 + 6
    assert {one["name"] for one in holidays.read(NOTICE, 2026)} == {
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节",
        "国庆节",
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2月15日至16日放假，2月14日、28日上班", [("2027-02-14", "work"), ("2027-02-15", "off"), ("2027-02-16", "off"), ("2027-02-28", "work")]),
        ("元旦：2026年12月31日至2027年1月2日放假", [("2026-12-31", "off"), ("2027-01-01", "off"), ("2027-01-02", "off")]),
        ("2027-02-05\t放假\t除夕\n2027-02-14，上班", [("2027-02-05", "off"), ("2027-02-14", "work")]),
        ("三月三：4月9日放假1天。", [("2027-04-09", "off")]),
        ("中秋节：9月15日，与周末连休。", []),
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(text: str, wanted: list[tuple[str, str]]) -> None:
    assert days(text, 2027) == wanted


def test_a_pasted_notice_is_saved_as_its_days_and_moves_what_ends_on_them(office: Office) -> None:
    identifier = save(office, "holidays", year=2027, text="春节：2027年2月5日至11日放假，2月14日上班。")
    with office.desk.reading() as session:
        kept = queries.one(session, office.by, Holidays, identifier).record
        calendar = terms.rules_of(session, office.desk.me.org).calendar
    assert isinstance(kept, Holidays)
    assert (kept.name, len(kept.days), kept.days[-1].rest) == ("2027年放假安排", 8, Rest.WORK)
    assert [str(calendar.moved(one.on)) for one in kept.days[::7]] == ["2027-02-12", "2027-02-14"]


@pytest.mark.parametrize("text", ["放假安排见附件", "2月30日放假", "5月1日至4月1日放假"])
def test_a_text_without_days_is_told_and_nothing_is_kept(office: Office, text: str) -> None:
    with pytest.raises(NotValid, match="没有认出放假的日期"):
        save(office, "holidays", name="2027年", year=2027, text=text)
    with office.desk.reading() as session:
        assert list(queries.listed(session, office.by, Holidays)) == []
