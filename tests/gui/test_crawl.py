"""Every screen of the program, in every size of type: nothing is cut, lies on something else, is out of reach, or has no name.

The pictures stay in the folder that VILLAGEDESK_PICTURES names, else in pytest's own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import at_home
from tests.gui import stage as staging
from tests.gui import tour
from tests.gui.eye import Eye, Flashes, unreached
from tests.gui.stage import Stage
from villagedesk.gui import theme
from villagedesk.gui.focus import FocusRing
from villagedesk.gui.theme import Scheme

ROUTES = (*tour.ROUTES, "door")
LOOKS: dict[tuple[int, Scheme], tuple[str, ...]] = {
    (12, "light"): ROUTES,
    (12, "contrast"): ("told", "door"),
    (15, "light"): ("village",),
    (18, "dark"): ROUTES,
    (24, "light"): ("village", "carried", "taken", "pasted", "door"),
}
"""Size of type and colours, and the ways that are gone in them; what a place needs hangs on the size alone."""


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demonstration played once."""
    home = tmp_path_factory.mktemp("stage")
    with pytest.MonkeyPatch.context() as patch:
        at_home(patch, home / "xdg")
        yield staging.build(home / "desks")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "scheme", "route"), [(*look, route) for look, routes in LOOKS.items() for route in routes]
)
def test_nothing_is_cut_or_out_of_reach(
    route: str,
    size: int,
    scheme: Scheme,
    stage: Stage,
    qapp: QApplication,
    tmp_path: Path,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theme.apply(qapp, scheme=scheme, size=size)
    ring, eye, flashes = FocusRing(qapp), Eye(monkeypatch), Flashes()
    qapp.installEventFilter(flashes)
    found: dict[str, str] = {}
    for at, (name, window) in enumerate(tour.stops(stage, route, tmp_path, monkeypatch)):
        faults = [*eye.faults(window), *flashes.seen]
        seat = QApplication.focusWidget()
        if seat is not None and seat.isVisible() and seat.property("ring") != "own" and not ring.isVisible():
            faults.append(f"no ring is around what has the keys, {type(seat).__name__} {seat.accessibleName()}")
        if size == 12 and scheme == "light":
            faults += unreached(window)
        eye.picture.save(
            str(pictures / f"{route}-{at:02}-{name}-{scheme}-{size}.png"), "PNG", 70
        )  # packed less, kept sooner
        for fault in faults:
            found.setdefault(fault, name)  # said once, of the first screen it stands on
    qapp.removeEventFilter(flashes)
    ring.deleteLater()
    assert "\n".join(f"{name}: {fault}" for fault, name in found.items()) == ""
