"""Just enough of tar: ustar, regular files, one way to write each header, and no other header understood.

Nothing is ever extracted by name.  A header is read by rebuilding it from its name and size and comparing all 512
bytes, so links, devices, pax and GNU extras, odd modes, owners and dates are not cases to handle: they do not compare.
"""

from collections.abc import Callable

BLOCK = 512
END = bytes(2 * BLOCK)
"""What stands behind the last file."""
NAME_LIMIT = 100
"""Bytes of a name, ASCII."""
_SIZE_LIMIT = 8**11
_CHUNK = 1 << 20


class TarError(ValueError):
    """Not the tar we write, or not all of it."""


def header(name: str, size: int) -> bytes:
    """The 512 bytes in front of a file.  ValueError for a name or size that ustar cannot carry."""
    raw = name.encode("ascii")
    if not 0 < len(raw) <= NAME_LIMIT or b"\0" in raw or not 0 <= size < _SIZE_LIMIT:
        raise ValueError(f"no ustar header holds {name!r}, {size} bytes")
    front = raw.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"%011o\0" % 0
    back = b"0" + bytes(100) + b"ustar\00000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    total = sum(front) + 8 * ord(" ") + sum(back)
    return front + b"%06o\0 " % total + back


def padding(size: int) -> bytes:
    """The zeros behind a file of `size` bytes."""
    return bytes(-size % BLOCK)


def member(name: str, data: bytes) -> bytes:
    """One whole file as it stands in the tar."""
    return header(name, len(data)) + data + padding(len(data))


class Untar:
    """Reads a tar forwards: `head`, then `body`, again and again, then `end`.

    `read` gives at most the bytes asked for, none at the end.  Every call raises TarError.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def head(self) -> tuple[str, int]:
        """The name and size of the next file."""
        block = self._exactly(BLOCK)
        try:
            name, size = block[:100].rstrip(b"\0").decode("ascii"), int(block[124:135], 8)
            if header(name, size) != block:
                raise ValueError
        except ValueError:
            raise TarError("header") from None
        return name, size

    def body(self, size: int) -> bytes:
        """The content of the file whose head was read; `size` is for the caller to bound first."""
        data = self._exactly(size)
        if self._exactly(-size % BLOCK).strip(b"\0"):
            raise TarError("padding")
        return data

    def end(self) -> None:
        """The end mark, and nothing behind it."""
        if self._exactly(len(END)) != END or self._read(1):
            raise TarError("end")

    def _exactly(self, size: int) -> bytes:
        parts = []
        while size:
            part = self._read(min(size, _CHUNK))
            if not part:
                raise TarError("cut")
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)
