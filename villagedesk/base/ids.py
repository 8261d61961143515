"""Ids that say nothing about what they name, in Crockford's base 32 (no I, L, O, U)."""

import base64
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

RECORD, LINE, DEVICE, ACCOUNT = 12, 6, 16, 8
"""Lengths in characters: 60 bits a record, 30 a line inside one record, 80 a device, 40 an account of one desk."""


_OURS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode("ascii"))


def encode(data: bytes, length: int) -> str:
    """The first `length` characters of `data` in base 32."""
    return base64.b32encode(data)[:length].translate(_OURS).decode("ascii")


def new(length: int = RECORD) -> str:
    """A fresh random id."""
    return encode(secrets.token_bytes(length * 5 // 8 + 1), length)


def is_id(text: str, length: int = RECORD) -> bool:
    """Whether `text` has the shape of an id of that length."""
    return len(text) == length and all(c in ALPHABET for c in text)
