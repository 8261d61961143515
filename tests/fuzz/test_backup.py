"""Backups bent: put back whole, or refused in words with nothing left behind."""

import io
import json
import shutil
import tarfile
from pathlib import Path
from random import Random

from tests.conftest import SECRET, Desks
from tests.fuzz.bending import bent, dumped, twisted
from tests.fuzz.playing import cases, play, tried
from villagedesk.actions import upkeep
from villagedesk.base.errors import DeskError
from villagedesk.base.paths import Places
from villagedesk.store import backup


@cases(share=5)
def test_a_bent_backup_is_refused_in_words_or_opens_a_desk(desks: Desks, tmp_path: Path, numbers: range) -> None:
    with desks.opened("village", tmp_path / "whole") as office:
        whole = backup.backup(office.desk, tmp_path / "stick", files=True).read_bytes()
    members = read(whole)
    file, place = tmp_path / "bent.vdbackup", tmp_path / "place"

    def case(dice: Random) -> None:
        file.write_bytes(bent(whole, dice) if dice.random() < 0.3 else packed(members, dice))
        places = Places(place)
        told = tried(lambda: upkeep.restore(places, file, "罗倩", SECRET), DeskError)
        if isinstance(told, DeskError):
            assert "。" in str(told)
            assert list(place.rglob("*")) == []
        else:
            assert places.desk.is_file()
            shutil.rmtree(place)

    play(numbers, case)


def read(whole: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]


def packed(members: dict[str, bytes], dice: Random) -> bytes:
    """A tar that is sound, with one member bent, left out, doubled, or of another name or sort."""
    files = list(members.items())
    at = dice.randrange(len(files))
    name, data = files[at]
    match dice.randrange(5):
        case 0:
            del files[at]
        case 1:
            files.append(
                (dice.choice([name, f"../{name}", f"/{name}", "blobs/ab/x", "", "desk.db-wal"]), bent(data, dice))
            )
        case 2 if name.endswith(".json"):
            files[at] = (name, dumped(twisted(json.loads(data), dice), dice))
        case _:
            files[at] = (name, bent(data, dice))
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=dice.choice([tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])) as tar:
        for path, content in files:
            info = tarfile.TarInfo(path)
            info.size = len(content)
            info.type = dice.choice(
                [*([tarfile.REGTYPE] * 9), tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE]
            )
            info.linkname = "/etc/hostname"
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()
