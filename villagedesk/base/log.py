"""One quiet log file beside the data: what failed and where, never what was recorded."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def open_log(folder: Path) -> None:
    """Send warnings and faults to `folder/villagedesk.log` (three files of 256 kB)."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "villagedesk.log", maxBytes=256_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("villagedesk")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.propagate = False
