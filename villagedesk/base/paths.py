"""Where things lie: the data folder, the shipped resources, the sentinel outside the data folder."""

import sys
from dataclasses import dataclass
from pathlib import Path

APP = "villagedesk"


def resource(*parts: str) -> Path:
    """A shipped file, in a checkout and in a frozen build alike."""
    root = getattr(sys, "_MEIPASS", None)
    base = Path(root) if root else Path(__file__).parents[2]
    return base.joinpath("resources", *parts)


def default_data() -> Path:
    """The user's own data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def sentinel_folders() -> list[Path]:
    """Two places outside every data folder, so that a copied or restored data folder is noticed."""
    import platformdirs

    return [
        Path(platformdirs.user_state_dir(APP, appauthor=False)),
        Path(platformdirs.user_config_dir(APP, appauthor=False)),
    ]


@dataclass(frozen=True)
class Places:
    """The layout of one data folder."""

    root: Path

    @property
    def desk(self) -> Path:
        return self.root / "desk.db"

    @property
    def keys(self) -> Path:
        return self.root / "keys.json"

    @property
    def lock(self) -> Path:
        return self.root / "desk.lock"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def inbox(self) -> Path:
        """Bundles as they came, kept by hash until their receipt is issued."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Bundles sent and not yet acknowledged."""
        return self.root / "outbox"

    @property
    def log(self) -> Path:
        return self.root / "log"
