"""Backups that can be opened, and files that only look like one."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SECRET, Clock, Desks
from tests.unit.store.filling import projected, save
from villagedesk.actions import records, upkeep
from villagedesk.actions.office import Office
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.paths import Places
from villagedesk.records.kinds import KINDS
from villagedesk.store import backup, opening
from villagedesk.store.check import verify

ABOUT = json.dumps({"format": "villagedesk-backup/1"}).encode()


def _tar(path: Path, *members: tuple[str, bytes] | tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w") as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                tar.addfile(info, io.BytesIO(member[1]))
    return path


def _odd(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


WHOLE = [("about.json", ABOUT), ("keys.json", b"{}"), ("desk.db", b"x")]


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "inner" / "unpacked"
    folder.mkdir(parents=True)
    return folder


def test_a_backup_holds_what_it_says(village: Office, tmp_path: Path, into: Path, clock: Clock) -> None:
    (tmp_path / "a.jpg").write_bytes(b"photo")
    records.save(village, KINDS["award"], [{"household": "岑兴富", "year": 2026, "files": ["a.jpg"]}], folder=tmp_path)
    path = backup.backup(village.desk, tmp_path / "stick", files=True, label="-x")

    assert path.name == "villagedesk-522731102213-20261201T080000000-x.vdbackup"
    assert backup.unpack(path, into) == {
        "format": "villagedesk-backup/1", "org": "522731102213", "did": village.desk.me.did, "app": "0.1.0", "made": "20261201T080000000",
    }  # fmt: skip
    (blob,) = village.desk.places.blobs.glob("??/*")
    assert {str(p.relative_to(into)) for p in into.rglob("*") if p.is_file()} == {
        "about.json", "keys.json", "desk.db", f"blobs/{blob.parent.name}/{blob.name}",
    }  # fmt: skip
    assert list(village.desk.places.root.glob("~backup*")) == []


def test_a_backup_put_back_is_the_desk_as_it_was(village: Office, tmp_path: Path, desks: Desks) -> None:
    save(village, "person", name="岑兴富")
    before = projected(village)
    path = backup.backup(village.desk, tmp_path / "stick", files=True)
    save(village, "person", name="罗倩")
    village.desk.close()

    aside = upkeep.restore(village.desk.places, path, "罗倩", SECRET)
    desk = opening.unlock(village.desk.places, desks.keys["village"])
    try:
        assert projected(Office(desk, village.by)) == before
        assert list(verify(desk)) == []
    finally:
        desk.close()
    assert aside is not None
    assert sorted(p.name for p in aside.iterdir())[0] == "desk.db"
    assert list(village.desk.places.root.glob("~restore*")) == []


@pytest.mark.parametrize("role", ["village", "town"])
def test_a_backup_with_a_wrong_passphrase_or_name_leaves_the_desk(
    role: str, desks: Desks, tmp_path: Path, village: Office
) -> None:
    with desks.opened(role, tmp_path / "other") as office:
        path = backup.backup(office.desk, tmp_path / "stick", files=False)
    village.desk.close()
    before = {p.name: p.read_bytes() for p in village.desk.places.root.iterdir() if p.suffix != ".lock"}

    with pytest.raises(Refused):
        upkeep.restore(village.desk.places, path, "罗倩", SECRET + "x")

    assert {p.name: p.read_bytes() for p in village.desk.places.root.iterdir() if p.suffix != ".lock"} == before


def test_ten_automatic_backups_are_kept(village: Office, clock: Clock) -> None:
    for _ in range(12):
        backup.automatic(village.desk)
        clock.move(hours=1)
    found = sorted(p.name for p in village.desk.places.backups.iterdir())

    assert len(found) == backup.KEPT
    assert found[0] == "villagedesk-522731102213-20261201T100000000.vdbackup"
    assert backup.newest(Places(village.desk.places.root / "nothing")) is None


@pytest.mark.parametrize(
    "members",
    [
        [*WHOLE, ("../evil", b"x")], [*WHOLE, ("/tmp/evil", b"x")], [*WHOLE, ("blobs/../../evil", b"x")], [*WHOLE, ("blobs/aa/../x", b"x")],
        [*WHOLE, ("blobs/aa/b/c", b"x")], [*WHOLE, ("blobs/aa", b"x")], [*WHOLE, ("desk.db-wal", b"x")], [*WHOLE, ("./desk.db", b"x")],
        [*WHOLE, ("BLOBS/aa/bb", b"x")], [*WHOLE, ("blobs/aa/b.b", b"x")], [*WHOLE, _odd("blobs", tarfile.DIRTYPE)],
        [_odd("desk.db", tarfile.SYMTYPE, "/etc/passwd"), *WHOLE], [_odd("keys.json", tarfile.LNKTYPE, "desk.db"), *WHOLE],
        [*WHOLE, _odd("blobs/aa/bb", tarfile.CHRTYPE)], [*WHOLE, _odd("blobs/aa/bb", tarfile.FIFOTYPE)],
        [], [("about.json", ABOUT)], WHOLE[:2], [WHOLE[0], WHOLE[2]], WHOLE[1:], [("about.json", b"{}"), *WHOLE[1:]],
        [("about.json", ABOUT + b" " * (2 << 20)), *WHOLE[1:]],
        [("about.json", b"[]"), *WHOLE[1:]], [("about.json", b"5"), *WHOLE[1:]], [("about.json", b"{"), *WHOLE[1:]],
        [("about.json", b"\xff"), *WHOLE[1:]], [("about.json", b'{"format":"villagedesk-backup/2"}'), *WHOLE[1:]],
    ],
)  # fmt: skip
def test_a_tar_that_is_no_backup_is_refused_and_writes_nothing_outside(
    into: Path, tmp_path: Path, members: Any
) -> None:
    path = _tar(tmp_path / "evil.vdbackup", *members)

    with pytest.raises(Refused, match="备份文件"):
        backup.unpack(path, into)

    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "xdg") == ["evil.vdbackup", "inner"]
    assert list(into.parent.iterdir()) == [into]
    assert not any(p.is_symlink() for p in into.rglob("*"))


def test_a_member_larger_than_any_desk_is_refused_before_it_is_read(into: Path, tmp_path: Path) -> None:
    info = tarfile.TarInfo("desk.db")
    info.size = 9 << 30
    (tmp_path / "evil.vdbackup").write_bytes(info.tobuf())

    with pytest.raises(Refused):
        backup.unpack(tmp_path / "evil.vdbackup", into)


def test_one_byte_on_any_page_of_the_data_file_in_a_backup_is_noticed(
    village: Office, tmp_path: Path, into: Path
) -> None:
    backup.unpack(backup.backup(village.desk, tmp_path / "stick", files=True), into)
    data, locked = (into / "desk.db").read_bytes(), (into / "keys.json").read_bytes()
    for page in range(16):
        at = page * 4096 + 100
        bad = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        path = _tar(tmp_path / "x.vdbackup", ("about.json", ABOUT), ("keys.json", locked), ("desk.db", bad))
        with pytest.raises(Refused, match="现在的数据没有动"):
            upkeep.restore(Places(tmp_path / "new"), path, "罗倩", SECRET)
        assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9])
def test_a_backup_cut_short_is_refused(village: Office, tmp_path: Path, into: Path, part: float) -> None:
    path = backup.backup(village.desk, tmp_path / "stick", files=True)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])

    with pytest.raises(Refused):
        backup.unpack(path, into)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda p: None, Surroundings, "找不到"), (lambda p: p.mkdir(), Surroundings, "找不到"), (lambda p: p.write_bytes(b""), Refused, "备份文件"),
        (lambda p: p.write_bytes(b"x" * 5000), Refused, "备份文件"), (lambda p: p.write_bytes(bytes(10240)), Refused, "备份文件"),
    ],
)  # fmt: skip
def test_what_is_no_tar_at_all_is_told(
    make: Callable[[Path], Any], error: type[Exception], said: str, tmp_path: Path, into: Path
) -> None:
    make(tmp_path / "x.vdbackup")

    with pytest.raises(error, match=said):
        backup.unpack(tmp_path / "x.vdbackup", into)
