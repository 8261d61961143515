"""Backups, putting one back, and checking that all is as it was written."""

import shutil
import tempfile
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from villagedesk.actions.office import Office, slot_for
from villagedesk.base.errors import Refused
from villagedesk.base.paths import Places
from villagedesk.records.rights import Deed
from villagedesk.store import backup, check, keys
from villagedesk.store.desk import connect, fits


def make_backup(office: Office, folder: Path) -> Path:
    """A backup with everything in it, in a folder of the person's choice; written, opened and checked."""
    office.must(Deed.KEEP)
    return backup.backup(office.desk, folder, files=True)


def restore(places: Places, file: Path, user: str, passphrase: str) -> Path | None:
    """Put a backup in the place of the data.  It is opened with its own passphrase first; what was there is moved aside.

    Returns where the old data lies now, or None when there was none.
    """
    places.root.mkdir(parents=True, exist_ok=True)
    for left in places.root.glob("~restore*"):  # of one that was cut short
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=places.root, prefix="~restore") as work:
        unpacked = Path(work)
        backup.unpack(file, unpacked)
        locked = keys.read(unpacked / "keys.json")
        found = keys.opened(locked, slot_for(locked, user), passphrase.encode())
        if not any(_sound(unpacked / "desk.db", key) for key in found):
            raise Refused("这份备份里的数据文件打不开，可能已损坏。请换一份备份，现在的数据没有动。")
        for left in unpacked.glob("desk.db-*"):
            left.unlink()
        return backup.put_back(places, unpacked)


def _sound(file: Path, key: bytes) -> bool:
    """Whether a key opens a data file, and every page of it can be read."""
    if not fits(file, key):
        return False
    engine = connect(file, key)
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok")
    except DatabaseError:
        return False
    finally:
        engine.dispose()


def verify(office: Office) -> list[str]:
    """Every fault, a sentence each; empty when all is well."""
    return list(check.verify(office.desk))
