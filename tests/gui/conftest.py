"""What holds for every test of a window: it begins in the look of the program, light and 12 pt; how a screen is shown; and where
pictures are kept."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from villagedesk.gui import aside, theme
from villagedesk.gui.bus import bus
from villagedesk.gui.screens.screen import Screen


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    """The look is the application's: a test that puts on another one leaves it to the next."""
    qapp.setQuitOnLastWindowClosed(False)  # after it no loop of a later test would turn
    theme.apply(qapp)


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is waited for: what is asked aside is answered before the next line of a test."""
    monkeypatch.setattr(aside, "PATIENCE", 30.0)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen is kept: the folder that VILLAGEDESK_PICTURES names, else pytest's own."""
    named = os.environ.get("VILLAGEDESK_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def on_display(qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """Put a screen on the display, with the keys; what it says and where it asks to go is kept with it, as `said` and `places`.

    After the test it hears nothing any more of what the next one does.
    """
    kept: list[Any] = []

    def show(screen: Any, width: int = 1210, height: int = 612) -> Any:
        screen.said, screen.places = [], []
        screen.told.connect(lambda *what: screen.said.append(what))
        screen.asked.connect(screen.places.append)
        screen.resize(width, height)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        kept.append(screen)
        return screen

    yield show
    for screen in kept:
        for heard in (screen, *screen.findChildren(Screen)):
            if slot := getattr(heard, "_changed", None):
                bus.changed.disconnect(slot)
