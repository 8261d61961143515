"""A wedding or a funeral registered with real keys: from the home page, with advice beside it that keeps nothing from being saved."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import Clock
from tests.unit.actions.test_feasts import adopted
from tests.unit.store.filling import save
from villagedesk.actions.office import Office
from villagedesk.gui.parts.words import Words
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.feast import NEVER, NONE
from villagedesk.gui.screens.home import Home
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.theme import em
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries


@pytest.fixture
def feast(on_display: Callable[..., Any], village: Office, clock: Clock) -> Any:
    """A new one where the charter recommends 20 tables; 2026-12-01."""
    adopted(village, tables=20)
    return on_display(screen_of(village, Place("feast")))


def advice(screen: Any) -> list[str]:
    QApplication.processEvents()  # what was said before is gone at the next turn
    words = [one for one in screen.form.side.findChildren(Words) if one.isVisibleTo(screen)]
    return [one.text().replace("\xa0", "") for one in words if one.text() not in ("提倡和提醒", NEVER)]


def type_in(screen: Any, name: str, words: str) -> None:
    screen.form.go(name)
    QTest.keyClicks(QApplication.focusWidget(), words)


def test_f4_on_the_home_page_begins_one(on_display: Callable[..., Any], village: Office, clock: Clock) -> None:
    screen = on_display(Home(village))
    QTest.keyClick(screen, Qt.Key.Key_F4)
    assert screen.places == [Place("feast")]


def test_advice_goes_along_with_what_is_typed_and_never_blocks(feast: Any, village: Office) -> None:
    assert (advice(feast), feast.form.editors["limit"].value()) == ([NONE], 20)
    type_in(feast, "tables", "28")
    assert advice(feast)[0] == "桌数提倡不超过20桌，打算28桌，多8桌。"
    feast.form.restore({"occasion": "wedding", "host": "王建军", "begins_on": "2026-12-07"})
    assert advice(feast)[:2] == [
        "桌数提倡不超过20桌，打算28桌，多8桌。",
        "离拟办日期还有6天，要求提前10日报备（各地做法，本村可以改）。晚了也照样登记。",
    ]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with village.desk.reading() as session:
        [kept] = queries.listed(session, village.by, KINDS["feast"])
    assert (kept.record.title, kept.record.model_dump()["limit"], kept.record.model_dump()["tables"]) == (
        "王建军",
        20,
        28,
    )


def test_who_is_picked_from_the_register_brings_the_group_along(feast: Any, village: Office) -> None:
    group = save(village, "group", name="坝上组")
    person = save(village, "person", name="王建军", group={"id": group, "name": "坝上组"})
    editor = feast.form.editors["host"]
    editor.fill({"id": person, "name": "王建军"})
    editor.typed.emit()
    assert feast.form.editors["group"].value() == {"id": group, "name": "坝上组"}


def test_in_large_type_the_advice_stands_above_the_fields(feast: Any) -> None:
    form = feast.form
    assert form.side.mapTo(form, form.side.rect().topLeft()).x() > form.width() // 2
    feast.resize(em(50), 612)
    QApplication.processEvents()
    assert form.side.mapTo(form, form.side.rect().topLeft()).x() < em(3)
