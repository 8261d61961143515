"""What holds for every test: how many examples, a quiet log, and that nothing is remembered outside the test's own folder.

`village` and `town` are empty desks, made once a session and copied for each test; `clock` is the machine's clock in the
test's hand; `warned` takes what the log is warned of, which otherwise fails the test.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from villagedesk.actions.office import Founding, Office, found
from villagedesk.base import clock as real_clock
from villagedesk.base.paths import Places
from villagedesk.records.rights import Viewer
from villagedesk.store import keys, opening

_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("ci", max_examples=25, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("deep", max_examples=1000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

CHEAP = keys.Cost(64, 1, 1)
"""What a guess at a test's passphrase costs."""
SECRET = "好花红村测试口令"
VILLAGE, TOWN = "522731102213", "522731102"


@pytest.fixture(autouse=True)
def _own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentinel's places lie in the test's folder; passphrases cost little."""
    _at_home(monkeypatch, tmp_path / "xdg")


def _at_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("XDG_STATE_HOME", str(home / "state"))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setattr(keys, "COST", CHEAP)


# --- a quiet log ------------------------------------------------------------------------------------


@pytest.fixture
def warned() -> list[str]:
    """What the log was warned of, in order; a test that asks for it says itself what it expects there."""
    return []


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A warning nobody expected is a failing test.

    Records are caught where they are made: the program's log takes its handlers off and does not pass anything on.
    """
    heard: list[str] = request.getfixturevalue("warned")
    make = logging.getLogRecordFactory()

    def listen(name: str, level: int, *rest: object, **more: object) -> logging.LogRecord:
        record = make(name, level, *rest, **more)
        if level >= logging.WARNING and name.partition(".")[0] == "villagedesk":
            heard.append(record.getMessage())
        return record

    logging.setLogRecordFactory(listen)
    yield
    logging.setLogRecordFactory(make)
    if "warned" not in request.fixturenames[: request.fixturenames.index("_quiet_log")] and not _asked(request):
        assert heard == [], "the log was warned and the test does not ask for `warned`"


def _asked(request: pytest.FixtureRequest) -> bool:
    return "warned" in getattr(request.function, "__code__", None).co_varnames  # type: ignore[union-attr]
