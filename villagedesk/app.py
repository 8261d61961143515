"""The order of starting a window: arguments → paths → log → excepthook → frame.

What follows the frame (unlock, backup, migrations, level) comes with the desk's window.
"""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from villagedesk.base.log import open_log
from villagedesk.base.paths import APP, Places, default_data
from villagedesk.gui import theme
from villagedesk.gui.first import Frame
from villagedesk.gui.focus import FocusRing, WheelGuard


def start(data: str | None) -> int:
    """Open the desk's frame and stay until it is closed; return the exit status."""
    places = Places(Path(data) if data else default_data())
    open_log(places.log)
    sys.excepthook = _noted
    application = QApplication.instance() or QApplication([APP])
    assert isinstance(application, QApplication)  # noqa: S101 -- nothing else makes one here
    translator = QTranslator(application)
    if translator.load(
        QLocale(QLocale.Language.Chinese), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    theme.apply(application)
    guard, ring = WheelGuard(application), FocusRing(application)
    frame = Frame()
    frame.show()
    try:
        return application.exec()
    finally:
        application.removeEventFilter(guard)
        ring.deleteLater()


def _noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault in a slot: it goes into the log, and the program goes on."""
    logging.getLogger("villagedesk").critical("fault", exc_info=(kind, error, trace))
