"""A question put to the desk aside: the newest one is answered, the one before is stopped, a fault is told."""

import time
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.gui import aside
from villagedesk.gui.aside import Aside

ENDLESS = text("WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n) SELECT count(*) FROM n")


def one(session: Session) -> int:
    return int(session.connection().execute(text("SELECT 1")).scalar_one())


def endless(session: Session) -> Any:
    return session.connection().execute(ENDLESS).scalar_one()


def test_an_answer_that_comes_at_once_is_there_after_the_wait(village: Office) -> None:
    told: list[int] = []
    asking = Aside(village)
    asking.ask(one, told.append)
    asking.wait()
    assert (told, asking.busy) == ([1], False)


def test_an_answer_that_takes_longer_comes_by_itself_and_once(
    qtbot: QtBot, village: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "PATIENCE", 0.001)
    told: list[int] = []
    asking = Aside(village)
    asking.ask(lambda session: (time.sleep(0.1), one(session))[1], told.append)
    asking.wait()
    assert (told, asking.busy) == ([], True)
    qtbot.waitUntil(lambda: not asking.busy, timeout=30_000)
    assert told == [1]


def test_a_new_question_stops_the_one_before(qtbot: QtBot, village: Office) -> None:
    told: list[int] = []
    asking = Aside(village)
    asking.ask(endless, told.append)
    asking.ask(one, told.append)
    asking.wait()
    qtbot.wait(20)
    assert told == [1]


def test_what_is_not_wanted_any_more_reads_no_further(village: Office) -> None:
    asking = Aside(village)
    asking.ask(endless, pytest.fail)
    asking.stop()
    assert (asking.busy, village.desk.engine.pool.checkedout()) == (False, 0)  # type: ignore[attr-defined]  # of its kind


def test_a_fault_is_told_on_the_thread_of_the_window(qtbot: QtBot, village: Office) -> None:
    asking = Aside(village)
    with qtbot.captureExceptions() as faults:
        asking.ask(lambda session: session.connection().execute(text("SELECT n FROM nowhere")), pytest.fail)
        asking.wait()
    assert ["no such table" in str(fault) for _, fault, _ in faults] == [True]
