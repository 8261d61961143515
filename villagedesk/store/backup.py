"""Backups that have been opened: one file with the data file, the key file and the attachments, all locked as they are.

``VACUUM INTO`` writes the copy under the same key; it is opened and checked before it counts.  Ten automatic ones are kept;
attachments stay in place for those, since nothing is ever deleted there.
"""

import io
import json
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from villagedesk import __version__
from villagedesk.base import clock
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import write_stream
from villagedesk.base.paths import Places
from villagedesk.records.values import MAX_LINE, strict_json
from villagedesk.store.desk import Desk, connect, lock, told

KEPT = 10
SUFFIX = ".vdbackup"
_LIMIT = 8 << 30


def backup(desk: Desk, folder: Path, *, files: bool, label: str = "") -> Path:
    """Write one backup into `folder` and check it; return its path.  `files` takes the attachments along."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")[:-3]
    path = folder / f"villagedesk-{desk.me.org}-{stamp}{label}{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=desk.places.root, prefix="~backup") as work:
        copy = Path(work) / "desk.db"
        with told():
            raw = desk.engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM INTO ?", (str(copy),))
            finally:
                raw.close()
        _check(copy, desk.key)
        about = {
            "format": "villagedesk-backup/1",
            "org": desk.me.org,
            "did": desk.me.did,
            "app": __version__,
            "made": stamp,
        }
        members: list[tuple[str, bytes | Path]] = [
            ("about.json", json.dumps(about).encode()),
            ("keys.json", desk.places.keys.read_bytes()),
            ("desk.db", copy),
        ]
        if files:
            members += [(f"blobs/{p.parent.name}/{p.name}", p) for p in sorted(desk.places.blobs.glob("??/*"))]
        write_stream(path, lambda out: _pack(out, members))
    return path


def automatic(desk: Desk, *, before: str = "") -> Path:
    """A backup in the data folder, without the attachments that lie there anyway; the oldest beyond ten go."""
    path = backup(desk, desk.places.backups, files=False, label=f"-{before}" if before else "")
    for old in sorted(desk.places.backups.glob(f"*{SUFFIX}"))[:-KEPT]:
        old.unlink()
    return path


def newest(places: Places) -> datetime | None:
    """When the newest automatic backup was made."""
    found = sorted(places.backups.glob(f"*{SUFFIX}"))
    return datetime.fromtimestamp(found[-1].stat().st_mtime, UTC) if found else None


def _check(copy: Path, key: bytes) -> None:
    engine = connect(copy, key)
    try:
        with told(), engine.connect() as connection:
            answer = connection.execute(text("PRAGMA quick_check")).scalar()
        if answer != "ok":
            raise Surroundings("备份写完后打开检查没有通过，这份备份作废。请换一个位置再备份一次。")
    finally:
        engine.dispose()


def _pack(out: object, members: list[tuple[str, bytes | Path]]) -> None:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.USTAR_FORMAT) as tar:  # type: ignore[call-overload]
        for name, source in members:
            info = tarfile.TarInfo(name)
            info.size = len(source) if isinstance(source, bytes) else source.stat().st_size
            with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as data:
                tar.addfile(info, data)


def unpack(file: Path, folder: Path) -> dict[str, str]:
    """Unpack a backup into an empty folder; return what it says of itself.  Only plain members of the known names are taken."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                parts = member.name.split("/")
                known = member.name in ("about.json", "keys.json", "desk.db") or (
                    parts[0] == "blobs" and len(parts) == 3 and all(p.isalnum() for p in parts)
                )
                limit = MAX_LINE if member.name.endswith(".json") else _LIMIT
                if not member.isreg() or not known or member.size > limit:
                    raise Refused(f"“{file.name}”不是村务台的备份文件。请选 {SUFFIX} 文件。")
                target = folder.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                source = tar.extractfile(member)
                with target.open("wb") as out:
                    shutil.copyfileobj(source, out)  # type: ignore[arg-type]
        about = strict_json((folder / "about.json").read_bytes()) if (folder / "about.json").exists() else {}
        if (
            about["format"] != "villagedesk-backup/1"
            or not (folder / "desk.db").exists()
            or not (folder / "keys.json").exists()
        ):
            raise ValueError("format")
    except OSError as error:
        if not file.is_file():
            raise Surroundings(f"找不到备份文件“{file}”。请核对路径。") from None
        raise Surroundings(
            f"备份文件“{file.name}”读不出来：{error.strerror}。请换一份备份再试，现在的数据没有动。"
        ) from None
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"“{file.name}”不是完整的村务台备份文件。请换一份备份再试，现在的数据没有动。") from error
    return {str(k): str(v) for k, v in about.items()}


def put_back(places: Places, unpacked: Path) -> Path | None:
    """Put an unpacked and checked backup in the place of the data; what was there is moved aside, never deleted."""
    held = lock(places)
    try:
        aside = None
        if places.desk.exists() or places.keys.exists():
            aside = places.root / f"replaced-{clock.now():%Y%m%dT%H%M%S}"
            aside.mkdir()
            for old in places.root.glob("desk.db*"):
                old.rename(aside / old.name)
            if places.keys.exists():
                places.keys.rename(aside / "keys.json")
        for path in unpacked.glob("blobs/??/*"):
            target = places.blobs / path.parent.name / path.name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, target)
        shutil.move(unpacked / "desk.db", places.desk)
        shutil.move(unpacked / "keys.json", places.keys)
    finally:
        held.release()
    return aside
