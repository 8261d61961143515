"""What holds for every test: how many examples, a quiet log, and that nothing is remembered outside the test's own folder.

`village` and `town` are empty desks, made once a session and copied for each test; `clock` is the machine's clock in the
test's hand; `warned` takes what the log is warned of, which otherwise fails the test.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from villagedesk.actions.office import Founding, Office, found
from villagedesk.base import clock as real_clock
from villagedesk.base.paths import Places
from villagedesk.records.rights import Viewer
from villagedesk.store import keys, opening

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "25"))
"""Examples of a property; `make deep` asks for many more."""

_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("ours", max_examples=EXAMPLES, deadline=None, suppress_health_check=_QUIET)
settings.load_profile("ours")


def few(least: int) -> settings:
    """Settings of a test whose every example is dear: that many, and one in twenty of the usual number where that is more."""
    return settings(max_examples=max(least, EXAMPLES // 20))


SECRET = "好花红村测试口令"
VILLAGE, TOWN = "522731102213", "522731102"


@pytest.fixture(autouse=True)
def _own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentinel's places lie in the test's folder; passphrases cost little."""
    at_home(monkeypatch, tmp_path / "xdg")


def at_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("XDG_STATE_HOME", str(home / "state"))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setattr(keys, "COST", keys.Cost(64, 1, 1))


# --- a quiet log ------------------------------------------------------------------------------------


@pytest.fixture
def warned() -> list[str]:
    """What the log was warned of, in order; a test that asks for it says itself what it expects there."""
    return []


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning nobody expected is a failing test.

    Records are caught where they are made: the program's log takes its handlers off and passes nothing on.
    """
    expected = "warned" in request.fixturenames
    heard: list[str] = request.getfixturevalue("warned")
    make = logging.getLogRecordFactory()

    def listen(name: str, level: int, *rest: Any, **more: Any) -> logging.LogRecord:
        record = make(name, level, *rest, **more)
        if level >= logging.WARNING and name.partition(".")[0] == "villagedesk":
            heard.append(record.getMessage())
        return record

    logging.setLogRecordFactory(listen)
    yield
    logging.setLogRecordFactory(make)
    assert expected or heard == [], "the log was warned; a test that means it asks for `warned`"


# --- the clock --------------------------------------------------------------------------------------


class Clock:
    """The machine's clock, in the hand of the test."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        """Set it to an ISO time, UTC."""
        self.moment = datetime.fromisoformat(text).replace(tzinfo=UTC)

    def move(self, **by: float) -> None:
        """Move it by a `timedelta`, also back."""
        self.moment += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still at 2026-12-01 08:00 UTC until it is set or moved."""
    hand = Clock(datetime(2026, 12, 1, 8, tzinfo=UTC))
    monkeypatch.setattr(real_clock, "now", hand)
    return hand


# --- desks ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Desks:
    """Empty desks as they were founded, closed; each is copied before it is opened."""

    home: Path
    keys: dict[str, bytes]
    viewers: dict[str, Viewer]
    words: str

    @contextmanager
    def opened(self, role: str, root: Path) -> Iterator[Office]:
        """A copy at `root`, open."""
        shutil.copytree(self.home / role, root)
        desk = opening.unlock(Places(root), self.keys[role])
        try:
            yield Office(desk, self.viewers[role])
        finally:
            desk.close()


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """A village's desk (罗倩, with a recovery key) and a town's (王镇), each without a record."""
    home = tmp_path_factory.mktemp("desks")
    kept, viewers, words = {}, {}, ""
    with pytest.MonkeyPatch.context() as patch:
        at_home(patch, home / "xdg")
        for role, code, name, user in (("village", VILLAGE, "好花红村", "罗倩"), ("town", TOWN, "好花红镇", "王镇")):
            founding = Founding(role, code, name, user, 1, name)
            office, recovery = found(Places(home / role), founding, SECRET, recovery=role == "village")
            kept[role], viewers[role], words = office.desk.key, office.by, words or recovery
            office.desk.close()
    return Desks(home, kept, viewers, words)


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An empty village desk, open; 罗倩 holds every duty."""
    with desks.opened("village", tmp_path / "village") as office:
        yield office


@pytest.fixture
def town(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An empty town desk, open."""
    with desks.opened("town", tmp_path / "town") as office:
        yield office
