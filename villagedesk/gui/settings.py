"""What a person sets for this computer: size of type, colours, minutes to the lock; kept in the user's own folder."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from villagedesk.base.files import write_whole
from villagedesk.base.paths import sentinel_folders
from villagedesk.gui import theme

SCHEMES = {"浅色": "light", "深色": "dark", "高对比": "contrast"}
MINUTES = (5, 10, 20, 30)


@dataclass(frozen=True)
class Settings:
    """`last` who sat at the desk last, by data folder."""

    size: int = 12
    scheme: str = "light"
    minutes: int = 10
    last: str = ""


def _path() -> Path:
    return sentinel_folders()[1] / "window.json"


def load() -> Settings:
    """As they were set; what cannot be read is as it was in the beginning."""
    try:
        raw: Any = json.loads(_path().read_text("utf-8"))
        known = {
            k: raw[k]
            for k in asdict(Settings())
            if isinstance(raw, dict) and type(raw.get(k)) is type(getattr(Settings(), k))
        }
    except (OSError, ValueError):
        return Settings()
    found = Settings(**known)
    sound = found.size in (12, 15, 18, 24) and found.scheme in SCHEMES.values() and 1 <= found.minutes <= 120
    return found if sound else Settings(last=found.last)


def save(**what: Any) -> Settings:
    """Keep some of them."""
    now = replace(load(), **what)
    _path().parent.mkdir(parents=True, exist_ok=True)
    write_whole(_path(), json.dumps(asdict(now), ensure_ascii=False).encode())
    return now


def wear(now: Settings) -> None:
    """Put on this size and these colours."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application, scheme=now.scheme, size=now.size)  # type: ignore[arg-type]  # one of the schemes, as loaded
