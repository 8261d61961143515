"""Resolutions followed up with real keys: late ones are told, progress is added, and one is changed by a new matter that points at it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.conftest import Clock
from tests.unit.store.filling import final
from villagedesk.actions import flow
from villagedesk.actions.office import Office
from villagedesk.gui.editors.item import ENDS, FOR_ALL, ONLY_ALL
from villagedesk.gui.places import screen_of
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.screen import Place
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.store import queries
from villagedesk.store.queries import Kept

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def decided(village: Office, clock: Clock) -> Kept:
    """红白理事会 decided on 2026-11-18 what is to be done until 2026-11-26; today is 2026-12-01."""
    item = {
        "title": "喜宴桌数", "method": "hands", "yes": 2, "no": 0, "abstain": 0, "silent": 0, "resolution": "不超过二十桌。",
        "owner": "岑兴富", "due_on": "2026-11-26",
    }  # fmt: skip
    final(village, bodies=["红白理事会"], held_from="2026-11-18T09:00", agenda=[item])
    return kept(village)


def kept(village: Office) -> Kept:
    with village.desk.reading() as session:
        return next(queries.listed(session, village.by, KINDS["resolution"]))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def row(screen: Ledger) -> list[str]:
    return [screen.model.index(0, column).data() for column in range(screen.model.columnCount())]


def test_the_list_tells_owner_and_what_is_late(on_display: Callable[..., Any], village: Office, decided: Kept) -> None:
    screen = on_display(Ledger(village, KINDS["resolution"]))
    assert row(screen) == ["2026-11-18 三", "喜宴桌数", "岑兴富", "2026-11-26 四，逾期5天", "通过"]
    flow.advance(village, KINDS["resolution"], decided.id, "done")
    screen.reload()
    assert row(screen)[3:] == ["2026-11-26 四", "已完成"]


def test_one_key_adds_what_was_done_today(on_display: Callable[..., Any], village: Office, decided: Kept) -> None:
    screen = on_display(screen_of(village, Place("resolution", decided.id)))
    screen.form.go()
    press(Qt.Key.Key_F3)
    assert screen.form.where()[0] == "steps.0.text"
    QTest.keyClicks(QApplication.focusWidget(), "told all")
    press(Qt.Key.Key_S, CONTROL)
    record = kept(village).record
    assert isinstance(record, Resolution)
    assert [(str(step.on), step.text) for step in record.steps] == [("2026-12-01", "told all")]


def test_it_is_changed_by_a_new_meeting_of_the_same_body(
    on_display: Callable[..., Any], village: Office, decided: Kept
) -> None:
    screen = on_display(screen_of(village, Place("resolution", decided.id)))
    words = [button.accessibleName() for button in screen.acts.findChildren(QPushButton)]
    assert words[:2] == ["记一条进展  F3", "改变这项决议"]
    screen.form.change()
    [place] = screen.places
    assert place == Place(
        "meeting",
        begin={
            "bodies": [{"body": "hongbai", "name": "红白理事会"}],
            "agenda": [{"title": "改变“喜宴桌数”的决议", "replaces": {"id": decided.id, "name": "喜宴桌数"}}],
        },
    )
    meeting = on_display(screen_of(village, place))
    [card] = meeting.form.agenda.cards
    assert (meeting.form.bodies.codes, card.value(), said(card, "replaces")) == (
        ["hongbai"],
        place.begin["agenda"][0],
        ENDS,
    )


def said(card: Any, name: str) -> str:
    return card.editors[name].widget.accessibleDescription()


@pytest.mark.parametrize(("scope", "words"), [("m4", FOR_ALL), ("m8", ONLY_ALL), ("", "")])
def test_what_follows_from_a_scope_is_said_beside_it(
    on_display: Callable[..., Any], village: Office, scope: str, words: str
) -> None:
    screen = on_display(screen_of(village, Place("meeting")))
    screen.form.agenda.add()
    [card] = screen.form.agenda.cards
    card.editors["scope"].fill(scope)
    card.editors["scope"].typed.emit()
    assert said(card, "scope") == words
