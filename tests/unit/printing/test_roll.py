"""Which paper a name stands for."""

import pytest

from villagedesk.base.errors import NotValid
from villagedesk.printing.minutes import minutes
from villagedesk.printing.roll import SHEETS, key_of, papers_of, sheet_of
from villagedesk.printing.sheet import plain_sheet
from villagedesk.records.kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "name", "paper"),
    [
        ("meeting", "", minutes),
        ("meeting", "minutes", minutes),
        ("meeting", "会议记录", minutes),
        ("meeting", "plain", plain_sheet),
        ("person", "", plain_sheet),
        ("person", "plain", plain_sheet),
    ],
)
def test_sheet_of(kind, name, paper):
    assert sheet_of(kind, name) is paper


def test_an_unknown_paper_is_refused_with_the_known_ones():
    with pytest.raises(NotValid, match="没有“奖状”这种打印格式，可以选：minutes、notice、signin、digest、plain。"):
        sheet_of("meeting", "奖状")


def test_the_roll_names_known_kinds():
    assert set(SHEETS) <= set(KINDS)


def test_every_kind_has_papers_and_the_first_is_the_one_that_is_meant():
    assert papers_of("person") == {"plain": "登记表"}
    for kind in KINDS:
        assert next(iter(papers_of(kind))) == key_of(kind)
    assert key_of("meeting", "登记表") == "plain"
