"""A publication as it is typed and as it reads on the wall; what villagers say to it; and which councils did a campaign."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import Clock
from tests.unit.store.filling import save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.actions.publications import Wall, until, wall
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.screen import Place
from villagedesk.records.kinds import KINDS

POSTED: dict[str, Any] = {
    "subject": "低保户公示", "on": "2026-11-08", "text": "下列各户拟继续享受低保。",
    "rows": [{"name": "王建军", "group": "坝上组", "what": "低保", "amount": "420"}],
    "posted_from": "2026-11-10", "posted_to": "2026-11-25", "places": ["board"],
}  # fmt: skip


@pytest.fixture
def publication(on_display: Callable[..., Any], village: Office, clock: Clock) -> Any:
    """2026-12-01."""
    return on_display(screen_of(village, Place("publication", save(village, "publication", **POSTED))))


def voices(screen: Any) -> list[str]:
    return [screen.form.voices.item(row).text() for row in range(screen.form.voices.count())]


def test_on_the_wall_names_are_masked() -> None:
    assert wall(POSTED) == Wall(
        "低保户公示",
        (
            "下列各户拟继续享受低保。", "王*军　坝上组　低保　420", "公布起：2026年11月10日", "公布止：2026年11月25日", "公布在哪里：公开栏",
        ),
    )  # fmt: skip


def test_what_cannot_be_put_up_says_why() -> None:
    assert wall({"on": "2026-11-08"}).problem == "写上标题和起草日期，这里就是贴出去的样子。"
    assert wall({**POSTED, "posted_to": "2026-11-24"}).problem.startswith("公布不得少于15日")


@pytest.mark.parametrize(
    ("since", "last"), [("2026-02-14", "2026-03-01"), ("2025-12-31", ""), ("2026-01-01", "2026-01-16"), ("明天", "")]
)
def test_fifteen_days_are_reckoned_from_the_day_the_law_holds(since: str, last: str) -> None:
    assert until(since) == last


def test_the_wall_goes_along_with_what_is_typed(publication: Any) -> None:
    publication.form.go("subject")
    QTest.keyClicks(QApplication.focusWidget(), " 2")
    assert publication.form.text.itemAt(0).widget().text().replace("\xa0", "") == "低保户公示 2"


def test_the_last_day_is_filled_in_and_the_catalogue_brings_its_habits(
    on_display: Callable[..., Any], village: Office, clock: Clock
) -> None:
    item = save(
        village, "catalogue", name="低保名单", sort="money", every="month", basis="贵州省村务公开办法", places=["radio"]
    )
    form = on_display(screen_of(village, Place("publication"))).form
    assert form.editors["on"].value() == "2026-12-01"
    for name, value in (("item", {"id": item, "name": "低保名单"}), ("posted_from", "2026-12-01")):
        form.editors[name].fill(value)
        form.editors[name].typed.emit()
    taken = {name: form.editors[name].value() for name in ("sort", "every", "basis", "places", "posted_to")}
    assert taken == {
        "sort": "money", "every": "month", "basis": "贵州省村务公开办法", "places": ["radio"], "posted_to": "2026-12-16",
    }  # fmt: skip


def test_what_somebody_says_is_noted_by_one_key_and_listed(publication: Any, village: Office) -> None:
    assert voices(publication) == ["还没有人提。有人提，按F3登记。"]
    publication.form.go()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F3)
    [place] = publication.places
    about = {"id": publication.place.id, "name": "低保户公示"}
    assert place == Place("objection", begin={"publication": about, "on": "2026-12-01"})
    records.save(village, KINDS["objection"], [{**place.begin, "text": "韦家不该有"}])
    publication.load()
    assert voices(publication) == ["待答复　公开异议　韦家不该有"]
    publication.form.voices.itemActivated.emit(publication.form.voices.item(0))
    assert [(one.kind, bool(one.id)) for one in publication.places[1:]] == [("objection", True)]


def test_which_councils_did_a_campaign_is_picked_from_the_list(
    on_display: Callable[..., Any], village: Office, clock: Clock
) -> None:
    form = on_display(screen_of(village, Place("campaign"))).form
    bodies = form.editors["bodies"]
    for name in ("禁毒禁赌会", "红白理事会"):
        bodies.pick.fill(name)
        bodies.add()
    assert bodies.value() == [{"body": "jindu", "name": "禁毒禁赌会"}, {"body": "hongbai", "name": "红白理事会"}]
