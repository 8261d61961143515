"""What this laptop remembers of its desks outside their folders, so that a copied or restored folder is noticed.

Two small files in the user's own folders hold, for each device id: its epoch, how far its chain had come, the hash of that
entry, and the numbers given.  No key store of the system is used, and nothing of the machine goes into an id.
"""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from villagedesk.base.errors import Surroundings
from villagedesk.base.files import write_whole
from villagedesk.base.paths import sentinel_folders

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mark:
    """How far one device had come when it was last seen here."""

    epoch: str
    seq: int
    hash: str
    numbers: dict[str, int]


def _files() -> list[Path]:
    return [folder / "desks.json" for folder in sentinel_folders()]


def _load(path: Path) -> dict[str, Mark]:
    try:
        return {did: Mark(**mark) for did, mark in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, OSError) as error:
        _LOG.warning("sentinel %s unreadable: %s", path.name, error)
        return {}


def seen(did: str) -> Mark | None:
    """The furthest this device was ever seen to have come, or None."""
    marks = [m for path in _files() if (m := _load(path).get(did))]
    return max(marks, key=lambda m: m.seq, default=None)


def remember(did: str, mark: Mark) -> None:
    """Note how far a device has come.  A place that cannot be written is logged and does without."""
    for path in _files():
        try:
            marks = {**_load(path), did: mark}
            write_whole(path, json.dumps({d: asdict(m) for d, m in marks.items()}, ensure_ascii=False).encode())
        except Surroundings as error:
            _LOG.warning("sentinel %s not written: %s", path.name, error)
