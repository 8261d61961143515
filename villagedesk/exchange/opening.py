"""Plaintext out of an age file as it is decrypted: a thread, a pipe, and an end that counts only when age says so."""

import os
import threading
from pathlib import Path
from typing import BinaryIO

import zstandard

from villagedesk.base.errors import Surroundings
from villagedesk.exchange import head as form
from villagedesk.exchange import seal
from villagedesk.exchange.refusal import BundleError, hint

_MAGIC = b"age-encryption.org/v1\n"
_WINDOW = 8 << 20
_CHUNK = 1 << 16
_SIZE_LIMIT = form.CAP + (form.CAP >> 5)
"""Bytes of the file: packing and encrypting what does not shrink adds less than a percent."""


class Opening:
    """The tar inside a bundle, read forwards; a context that leaves no thread and no file open.

    `read` raises NotWhole when the unpacker does not like what it gets; that may be age's fault, which `verdict` tells.
    """

    def __init__(self, path: Path, keys: seal.DeviceKeys) -> None:
        self._path = path
        self._source = _Source(path)
        self._error: BaseException | None = None
        inlet, outlet = os.pipe()
        self._plain = os.fdopen(inlet, "rb", buffering=0)
        unpack = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._tar = unpack.stream_reader(self._plain, _CHUNK, read_across_frames=True, closefd=False)
        self._thread = threading.Thread(target=self._decrypt, args=(outlet, keys), name="bundle", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Opening":
        return self

    def __exit__(self, *_: object) -> None:
        self._plain.close()  # a decryptor still writing gets a broken pipe
        self._thread.join()
        self._source.close()

    def read(self, size: int) -> bytes:
        try:
            return self._tar.read(size)
        except zstandard.ZstdError as error:
            raise seal.NotWhole(str(error)) from None

    def verdict(self) -> None:
        """Read on to the end of the file, then raise what age or the medium had to say, if anything."""
        while self._plain.read(_CHUNK):
            pass
        self._thread.join()
        if self._source.error is not None:
            raise Surroundings(
                "读数据包时出错，U盘可能拔掉了或有坏块。请插好后再试；再不行请换一个U盘重新导出。"
            ) from self._source.error
        if isinstance(self._error, seal.NoKey):
            name = hint(self._path)
            raise BundleError("not_for_us", f"文件名上的收件单位：{name.to}" if name else "")
        if isinstance(self._error, seal.NotWhole):
            raise BundleError("truncated" if self._source.at_end else "damaged")
        if self._error is not None:
            raise self._error

    def _decrypt(self, outlet: int, keys: seal.DeviceKeys) -> None:
        with os.fdopen(outlet, "wb", buffering=0) as plain:
            try:
                seal.decrypt(self._source, plain, keys)
            except BaseException as error:  # carried over to the reader's thread
                self._error = error


class _Source:
    """The file as age reads it; knows whether its end was reached and what went wrong with the medium."""

    def __init__(self, path: Path) -> None:
        self.at_end = False
        self.error: OSError | None = None
        self._file = _file_at(path)

    def read(self, size: int, /) -> bytes:
        try:
            data = self._file.read(size)
        except OSError as error:
            self.error = error
            raise
        self.at_end = len(data) < size
        return data

    def close(self) -> None:
        self._file.close()


def _file_at(path: Path) -> BinaryIO:
    """The file, open at its beginning, once it looks like a bundle.  BundleError or Surroundings."""
    try:
        with path.open("rb") as file:
            size, start = os.fstat(file.fileno()).st_size, file.read(len(_MAGIC))
        if start == _MAGIC and size <= _SIZE_LIMIT:
            return path.open("rb")
    except OSError as error:
        raise Surroundings(f"读不到“{path}”，文件不在或U盘已拔掉。请插好后再试。") from error
    if size < len(_MAGIC) and _MAGIC.startswith(start):
        raise BundleError("truncated")
    raise BundleError("damaged" if hint(path) and size <= _SIZE_LIMIT else "not_a_bundle")
