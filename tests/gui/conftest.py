"""What holds for every test of a window: it begins in the look of the program, light and 12 pt."""

import pytest
from PySide6.QtWidgets import QApplication

from villagedesk.gui import theme


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    """The look is the application's: a test that puts on another one leaves it to the next."""
    qapp.setQuitOnLastWindowClosed(False)  # after it no loop of a later test would turn
    theme.apply(qapp)
