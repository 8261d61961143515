"""Whole files or none, also on a bad medium."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from villagedesk.base import files
from villagedesk.base.errors import Surroundings
from villagedesk.base.files import hash_of, write_stream, write_whole

OLD, NEW = b"old" * 1000, b"new" * 700_000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "bundle.age"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def _untouched(target: Path) -> bool:
    return target.read_bytes() == OLD and list(target.parent.iterdir()) == [target]


def test_a_file_is_written_whole_and_its_hash_returned(target: Path) -> None:
    assert write_whole(target, NEW) == hashlib.sha256(NEW).hexdigest() == hash_of(target)
    assert target.read_bytes() == NEW
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c", b"")

    assert (tmp_path / "a" / "b" / "c").read_bytes() == b""


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "空间不够"), (errno.EDQUOT, "空间不够"), (errno.EROFS, "不能写入"), (errno.EACCES, "不能写入"),
        (errno.EIO, "读写不到"), (errno.ENODEV, "读写不到"), (errno.EMFILE, "出错"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["write", "fsync", "replace", "read back"])
def test_a_fault_of_the_medium_leaves_the_old_file_and_no_part(
    number: int, said: str, where: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    match where:
        case "fsync":
            monkeypatch.setattr(os, "fsync", broken)
        case "replace":
            monkeypatch.setattr(Path, "replace", broken)
        case "read back":
            monkeypatch.setattr(files, "hash_of", broken)

    def fill(file: files._Hashing) -> None:
        file.write(NEW)
        if where == "write":
            broken()

    with pytest.raises(Surroundings, match=said):
        write_stream(target, fill)

    assert _untouched(target)


def test_what_reads_back_otherwise_is_not_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "hash_of", lambda path: hashlib.sha256(path.read_bytes()[:-1] + b"?").hexdigest())

    with pytest.raises(Surroundings, match="读回来不一样"):
        write_whole(target, NEW)

    assert _untouched(target)


def test_a_fault_of_ours_while_filling_leaves_the_old_file_too(target: Path) -> None:
    def fill(file: files._Hashing) -> None:
        file.write(NEW)
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        write_stream(target, fill)

    assert _untouched(target)


def test_the_part_lies_beside_the_file_under_a_name_of_its_own(target: Path) -> None:
    seen: list[str] = []
    write_stream(target, lambda file: seen.extend(sorted(p.name for p in target.parent.iterdir())))

    assert seen == ["bundle.age", "~bundle.age.part"]


def test_a_folder_in_the_way_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(Surroundings):
        write_whole(tmp_path / "there", b"x")

    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")

    with pytest.raises(Surroundings):
        write_whole(tmp_path / "file" / "bundle.age", b"x")
