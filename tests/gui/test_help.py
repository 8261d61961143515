"""Help: a page for every place and kind, keys that are in the table, and the way back to where one was."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.unit.store.filling import meeting
from villagedesk.actions.office import Office
from villagedesk.base.paths import resource
from villagedesk.gui import keys, settings, theme
from villagedesk.gui.keys import KEYS
from villagedesk.gui.places import PLACES
from villagedesk.gui.screens import help as module
from villagedesk.gui.screens.help import PAGES, Help, keys_told
from villagedesk.gui.screens.screen import Place
from villagedesk.gui.window import Window

PAPERS = sorted(page for page in PAGES if page != "keys")


def test_the_pages_are_those_that_are_shipped_each_under_its_title() -> None:
    assert sorted(path.stem for path in resource("help").glob("*.md")) == PAPERS
    for page in PAPERS:
        assert (resource("help") / f"{page}.md").read_text("utf-8").startswith(f"# {PAGES[page]}\n")


@pytest.mark.parametrize("spot", sorted({spot.name for level in PLACES.values() for spot in level}))
def test_every_place_has_its_page(qtbot: QtBot, spot: str) -> None:
    page = Help(spot)
    qtbot.addWidget(page)
    assert (spot in PAGES) or spot in module._SAME  # noqa: SLF001 -- else it would be the page of records
    assert page.list.currentItem().text() == PAGES[module._SAME.get(spot, spot)]  # noqa: SLF001


@pytest.mark.parametrize("page", PAPERS)
def test_a_key_that_a_page_names_is_in_the_table(page: str) -> None:
    said = re.findall(r"\*\*((?:Ctrl\+\w|F\d+|空格|\d))\*\*", (resource("help") / f"{page}.md").read_text("utf-8"))
    known = {keys.cap(one) for key in KEYS.values() for one in key.keys}
    assert set(said) <= known


def test_all_keys_are_told_with_their_twins() -> None:
    said = keys_told()
    assert "- **F1** 帮助（也可以按 Ctrl+H）" in said
    assert all(key.word in said for key in KEYS.values())


def test_f1_opens_the_page_of_where_one_is_and_escape_leads_back(qtbot: QtBot, village: Office) -> None:
    window = Window(village)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.to_place("people")
    identifier = meeting(village)
    for go, page in ((lambda: None, "人和户"), (lambda: window.to_record(Place("meeting", identifier)), "记会议")):
        go()
        before = window.screen_now
        QTest.keyClick(window, Qt.Key.Key_F1)
        assert isinstance(window.screen_now, Help)
        assert window.screen_now.list.currentItem().text() == page
        assert "F2" in window.screen_now.page.toPlainText()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.screen_now is before


def test_f11_makes_type_larger_and_begins_again_after_the_largest(qtbot: QtBot, village: Office) -> None:
    window = Window(village)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.to_place("home")
    seen = []
    for _ in theme.SIZES:
        QTest.keyClick(window, Qt.Key.Key_F11)
        seen.append((settings.load().size, round(theme.face().pointSizeF())))
    assert seen == [(15, 15), (18, 18), (24, 24), (12, 12)]
