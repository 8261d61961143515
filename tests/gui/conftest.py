"""What holds for every test of a window: it begins in the look of the program, light and 12 pt; and where pictures are kept."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from villagedesk.gui import theme


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    """The look is the application's: a test that puts on another one leaves it to the next."""
    qapp.setQuitOnLastWindowClosed(False)  # after it no loop of a later test would turn
    theme.apply(qapp)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen is kept: the folder that VILLAGEDESK_PICTURES names, else pytest's own."""
    named = os.environ.get("VILLAGEDESK_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
