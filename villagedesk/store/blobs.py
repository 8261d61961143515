"""Attachments: encrypted files beside the data, each once, named by the hash of what is in them."""

import hashlib
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlmodel import Session

from villagedesk.base.errors import Surroundings
from villagedesk.base.files import write_whole
from villagedesk.base.paths import Places
from villagedesk.store.tables import BlobRow


class Lost(Surroundings):
    """A file that should be here is missing or damaged."""


_NONCE = bytes(12)
"""Each key locks one file once, so the nonce need not vary."""


def place(places: Places, sha: str) -> Path:
    """Where the file of that hash lies."""
    return places.blobs / sha[:2] / sha


def keep(session: Session, places: Places, data: bytes, kind: str) -> str:
    """Write bytes whole and encrypted, and note their key; return their SHA-256, hex.

    The file is written before the transaction ends; without its row it is only a locked file nobody has a key for.
    """
    sha = hashlib.sha256(data).hexdigest()
    row = session.get(BlobRow, sha)
    if row is None or row.state != "have" or not place(places, sha).exists():
        key = secrets.token_bytes(32)
        write_whole(place(places, sha), ChaCha20Poly1305(key).encrypt(_NONCE, data, sha.encode()))
        session.merge(BlobRow(sha=sha, size=len(data), type=kind, state="have", key=key.hex()))
    return sha


def want(session: Session, sha: str, size: int, kind: str) -> None:
    """Remember that a file should be here, unless it is."""
    if session.get(BlobRow, sha) is None:
        session.add(BlobRow(sha=sha, size=size, type=kind, state="wanted"))
        session.flush()


def fetch(session: Session, places: Places, sha: str) -> bytes:
    """The bytes of that hash; `Lost` when the file is missing, unreadable or damaged."""
    row = session.get(BlobRow, sha)
    try:
        if row is None or row.state != "have" or not place(places, sha).exists():
            raise FileNotFoundError(sha)
        data = ChaCha20Poly1305(bytes.fromhex(row.key)).decrypt(_NONCE, place(places, sha).read_bytes(), sha.encode())
    except OSError:
        raise Lost(f"附件 {sha[:8]} 不在这台电脑上。可以从备份恢复，或等下次数据包补来。") from None
    except InvalidTag:
        raise Lost(f"附件 {sha[:8]} 已损坏。请从备份恢复。") from None
    return data
