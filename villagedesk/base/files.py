"""Whole files or none: temp, fsync, read back, rename, directory sync."""

import errno
import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from villagedesk.base.errors import Surroundings

_CHUNK = 1 << 20


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last.  Windows has no such call and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def drop_cache(handle: int) -> None:
    """Ask the system to forget what it cached of a file, so that a read comes from the medium."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, hex, read past the cache where the system allows it."""
    with path.open("rb") as file:
        drop_cache(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Hashing:
    """A file that remembers the hash of what went through it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.sha = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def write_stream(path: Path, fill: Callable[[_Hashing], None]) -> str:
    """Let `fill` write the new content of `path`; return its SHA-256, hex.

    The content goes to ``~name.part`` beside it, is synced, read back past the cache and compared, then renamed.
    On any fault the old file stands as it was and the part is gone; a fault of the medium becomes `Surroundings`.
    """
    part = path.with_name(f"~{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as raw:
            file = _Hashing(raw)
            fill(file)
            raw.flush()
            os.fsync(raw.fileno())
        written = file.sha.hexdigest()
        if hash_of(part) != written:
            raise Surroundings(
                f"写到“{path.parent}”的内容读回来不一样，这个U盘或硬盘可能坏了。请换一个再试，原来的记录没有动。"
            )
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _told(error, path) from error
    finally:
        with suppress(OSError):  # a medium that cannot be written cannot be cleaned either; the fault is told above
            part.unlink(missing_ok=True)
    return written


def write_whole(path: Path, data: bytes) -> str:
    """Write `data` as the whole of `path`, or leave what was there; return its SHA-256, hex."""
    return write_stream(path, lambda file: _copy(data, file))


def _copy(data: bytes, file: _Hashing) -> None:
    for start in range(0, len(data), _CHUNK):
        file.write(data[start : start + _CHUNK])


def _told(error: OSError, path: Path) -> Surroundings:
    where = f"“{path.parent}”"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Surroundings(f"{where}空间不够，没有写完，也没有留下半个文件。请清出空间或换一个U盘再试。")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Surroundings(f"{where}不能写入（只读或没有权限）。请打开U盘的写保护开关，或换一个位置再试。")
    if error.errno in (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ENOENT, errno.ENOTDIR):
        return Surroundings(f"{where}读写不到，U盘可能拔掉了。请插好后再试，原来的记录没有动。")
    return Surroundings(f"写入{where}时出错：{error.strerror}。原来的记录没有动，请换一个位置再试。")
