"""Bytes put aside until their turn comes, never in the clear on a disk: the desk's own file is encrypted, so is this."""

import secrets
import tempfile
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

CHUNK = 1 << 20
IN_MEMORY = 16 << 20


class Aside:
    """Put in, then taken out once: in memory up to IN_MEMORY, else in a nameless file under a key nobody keeps.

    Attributes: `size` in bytes.
    """

    def __init__(self) -> None:
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- closed by __exit__
        self._cipher = Cipher(AES(secrets.token_bytes(32)), CTR(bytes(16)))
        self._hide = self._cipher.encryptor()

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, data: bytes) -> None:
        self.size += self._file.write(self._hide.update(data))

    def take(self) -> Iterator[bytes]:
        """All of it, in pieces of CHUNK."""
        show = self._cipher.decryptor()
        self._file.seek(0)
        while part := self._file.read(CHUNK):
            yield show.update(part)
