"""What figures are made of: kinds that are there, counts these have, days and bodies they can be told by."""

import pytest

from villagedesk.records.figures import ACTIVITIES, FIGURES, LEDGERS, MEETINGS, Figure, Unit, bodies_of, own
from villagedesk.records.kind import columns, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX
from villagedesk.store.tables import TABLES, leading

each = pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))


@each
def test_a_figure_adds_up_counts_that_its_kinds_have(figure: Figure) -> None:
    for kind, column in figure.parts.items():
        assert column == "" or column in columns(KINDS[kind])
        assert leading(KINDS[kind]), "the day that puts it into a span of time"
        assert bodies_of(kind) or any(field.name == "bodies" for field in fields(KINDS[kind]))
        assert not figure.newest or figure.newest in TABLES[kind].c


@each
def test_a_part_has_a_whole_that_is_told_of_the_same_bodies(figure: Figure) -> None:
    assert bool(figure.over) == bool(figure.rate)
    if figure.over:
        whole = FIGURES[figure.over]
        assert (figure.unit, figure.stands, figure.newest) == (whole.unit, whole.stands, whole.newest)
        assert [body for body in SIX if figure.of(body)] == [body for body in SIX if whole.of(body)]


def test_keys_are_given_once_and_no_two_figures_of_a_body_are_called_alike() -> None:
    assert len(FIGURES) == len(MEETINGS) + len(LEDGERS)
    for body in SIX:
        named = [(figure.label, figure.unit.word) for figure in own(body)]
        assert len(set(named)) == len(named)


def test_every_ledger_of_a_council_is_an_activity_but_the_list_of_worthies() -> None:
    ledgers = {key for key, cls in KINDS.items() if set(cls.kind.bodies) & set(SIX)}
    assert ledgers - set(ACTIVITIES) == {"worthy"}
    assert set(ACTIVITIES) - ledgers == {"campaign"}


def test_each_council_is_told_of_by_its_own_ledgers_and_by_what_all_may_do() -> None:
    assert [figure.key for figure in own("jindu")] == [
        "campaigns", "reached", "sweeps", "houses", "pulled", "dissuaded", "wanted", "signed", "clean",
    ]  # fmt: skip
    assert [figure.key for figure in own("committee")] == ["campaigns", "reached"]


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        (Unit("件"), 3, "3"), (Unit("元", 100), 300_000, "3000"), (Unit("元", 100), 123_450, "1234.5"), (Unit("元", 100), 5, "0.05"),
        (Unit("小时", 10), 225, "22.5"), (Unit("小时", 10), 100, "10"),
    ],
)  # fmt: skip
def test_sums_are_written_in_their_unit_without_empty_decimals(unit: Unit, value: int, shown: str) -> None:
    assert unit.shown(value) == shown
