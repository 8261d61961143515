"""Keys of a device, the card that introduces it, signatures, and encryption for the journey.

Signatures are SSHSIG (PROTOCOL.sshsig), so that `ssh-keygen -Y verify` checks them; encryption is age, so that `age -d`
opens it.  Only this module knows either library.
"""

import base64
import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import pyrage  # type: ignore[import-untyped]  # ships no types; the five calls used are wrapped here
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from villagedesk.base import codes, ids
from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.entry import fingerprint
from villagedesk.records.values import BadJson, strict_json

BUNDLE = "villagedesk-bundle@v1"
CARD = "villagedesk-card@v1"
DEVICE = "villagedesk-device@v1"
CARD_LIMIT = 700
"""Bytes of a card, so that it fits one QR."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_FORM = "villagedesk-card/1"


def device_id(sign_pk: bytes, age_pk: str) -> str:
    """The id of the device that holds both keys: 16 characters that follow from the keys and from nothing else."""
    return ids.encode(_key_hash(sign_pk, age_pk), ids.DEVICE)


def _key_hash(sign_pk: bytes, age_pk: str) -> bytes:
    return hashlib.sha256(sign_pk + age_pk.encode("ascii")).digest()


@dataclass(frozen=True)
class DeviceKeys:
    """The private halves: `sign_sk` 32 raw bytes (Ed25519), `age_sk` as age writes it ("AGE-SECRET-KEY-1…")."""

    sign_sk: bytes = field(repr=False)
    age_sk: str = field(repr=False)

    @cached_property
    def sign_pk(self) -> bytes:
        """32 raw bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.sign_sk).public_key().public_bytes_raw()

    @cached_property
    def age_pk(self) -> str:
        """As age writes it ("age1…")."""
        return str(pyrage.x25519.Identity.from_str(self.age_sk).to_public())

    @cached_property
    def did(self) -> str:
        return device_id(self.sign_pk, self.age_pk)


def new_keys() -> DeviceKeys:
    """Keys for a new device, out of the system's randomness."""
    return DeviceKeys(Ed25519PrivateKey.generate().private_bytes_raw(), str(pyrage.x25519.Identity.generate()))


# --- signatures ---------------------------------------------------------------------------------


def _string(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def _ssh_key(sign_pk: bytes) -> bytes:
    return _string(b"ssh-ed25519", sign_pk)


def _signed(data: bytes, namespace: str) -> bytes:
    return b"SSHSIG" + _string(namespace.encode(), b"", b"sha512", hashlib.sha512(data).digest())


def _armoured(sign_pk: bytes, signature: bytes, namespace: str) -> str:
    blob = b"SSHSIG" + struct.pack(">I", 1) + _string(_ssh_key(sign_pk), namespace.encode(), b"", b"sha512")
    text = base64.b64encode(blob + _string(_string(b"ssh-ed25519", signature))).decode()
    return "\n".join([_BEGIN, *(text[i : i + 70] for i in range(0, len(text), 70)), _END, ""])


def sign(keys: DeviceKeys, data: bytes, namespace: str) -> str:
    """An armoured SSHSIG over `data`, the same text for the same input."""
    signature = Ed25519PrivateKey.from_private_bytes(keys.sign_sk).sign(_signed(data, namespace))
    return _armoured(keys.sign_pk, signature, namespace)


def verify(sign_pk: bytes, data: bytes, signature: str, namespace: str) -> bool:
    """Whether `signature` is exactly the text `sign` or `ssh-keygen -Y sign` makes with that key; never raises."""
    try:
        raw = base64.b64decode("".join(signature.split("\n")[1:-2]), validate=True)[-64:]
        if _armoured(sign_pk, raw, namespace) != signature:
            return False
        Ed25519PublicKey.from_public_bytes(sign_pk).verify(raw, _signed(data, namespace))
    except (ValueError, InvalidSignature):
        return False
    return True


def ssh_public(sign_pk: bytes) -> str:
    """The public key as OpenSSH writes it, without a comment."""
    return f"ssh-ed25519 {base64.b64encode(_ssh_key(sign_pk)).decode()}"


def allowed_signers(rows: Iterable[tuple[str, bytes]]) -> str:
    """The file `ssh-keygen -Y verify -f` wants, out of (device id, signing key): each may sign bundles, its card and its successor."""
    return "".join(f'{did} namespaces="{BUNDLE},{CARD},{DEVICE}" {ssh_public(sign_pk)}\n' for did, sign_pk in rows)


# --- encryption for the journey -----------------------------------------------------------------


class Readable(Protocol):
    """What gives bytes: at most `size` of them, none at the end."""

    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> int | None: ...


class NoKey(ValueError):
    """An age file for others."""


class NotWhole(ValueError):
    """Bytes that are no sound age file: cut, damaged, or something else."""


def encrypt(source: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """Encrypt all of `source` to every recipient ("age1…").  An error of either side comes out as age's own."""
    pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(r) for r in recipients])


def decrypt(source: Readable, target: Writable, keys: DeviceKeys) -> None:
    """Decrypt all of `source`.  What reached `target` counts only when this returns: then the end is genuine, too.

    Passphrases are never tried, so a file that asks for one costs nothing.  Raises NoKey, NotWhole, or the OSError of
    either side.
    """
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(keys.age_sk)])
    except pyrage.DecryptError as error:
        raise (NoKey if "No matching keys" in str(error) else NotWhole)(str(error)) from None
    except OSError as error:
        if error.errno is None:  # age's own "decryption error" wears this coat
            raise NotWhole(str(error)) from None
        raise


# --- cards --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """What a device says of itself before anybody knows it.

    Attributes: `sign_pk` 32 raw bytes; `age_pk` "age1…"; `org` the division code, 12, 9 or 6 digits as `role` is
    village, town or county; `name` of the office; `app` the version of the program.
    """

    did: str
    sign_pk: bytes
    age_pk: str
    org: str
    role: str
    name: str
    app: str

    @property
    def digits(self) -> str:
        """What two people compare on paper: 8 groups of 5 digits over both public keys."""
        return fingerprint(_key_hash(self.sign_pk, self.age_pk))


def card_bytes(card: Card, keys: DeviceKeys) -> bytes:
    """The card as a text file: one line of JSON, then its signature by itself.  NotValid when it would not fit a QR."""
    if (card.did, card.sign_pk, card.age_pk) != (keys.did, keys.sign_pk, keys.age_pk):
        raise ValueError("a device signs no card but its own")
    line = _line(card)
    data = line + sign(keys, line, CARD).encode()
    if len(data) >= CARD_LIMIT:
        raise NotValid([Problem("name", "名称太长，设备卡的二维码放不下。请改用单位的简称。")])
    return data


def _line(card: Card) -> bytes:
    flat = {"form": _FORM, "did": card.did, "sign": base64.b64encode(card.sign_pk).decode(), "age": card.age_pk}
    flat |= {"org": card.org, "role": card.role, "name": card.name, "app": card.app}
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_card(data: bytes) -> Card:
    """The card in `data`, or NotValid with a sentence: every field, the id and the signature must be right."""
    if len(data) >= CARD_LIMIT or b"\n" not in data:
        raise _no_card("这不是村务台的设备卡。请选择另一台电脑导出的设备卡文件，或重新扫描二维码。")
    line, _, rest = data.partition(b"\n")
    try:
        flat = strict_json(line)
        values = [flat[name] for name in ("did", "age", "org", "role", "name", "app")]
        sign_pk = base64.b64decode(flat["sign"], validate=True)
        if (
            not all(isinstance(v, str) for v in values)
            or str(pyrage.x25519.Recipient.from_str(flat["age"])) != flat["age"]
        ):
            raise BadJson("card")
        card = Card(values[0], sign_pk, *values[1:])
        good = _line(card) == line + b"\n" and verify(sign_pk, line + b"\n", rest.decode("ascii"), CARD)
    except (ValueError, TypeError, KeyError, pyrage.RecipientError):
        raise _no_card("设备卡的内容不完整或有损坏。请在那台电脑上重新导出设备卡。") from None
    if not good or card.did != device_id(sign_pk, card.age_pk):
        raise _no_card(
            "设备卡的签名或编号不对，内容可能被改动过，没有登记。请在那台电脑上重新导出设备卡，并核对纸上的8组数字。"
        )
    if card.role not in codes.LEVELS or not codes.division_ok(card.org, card.role) or not card.name.strip():
        raise _no_card("设备卡上的区划代码、级别或名称不对。请在那台电脑的设置里改正后重新导出设备卡。")
    return card


def _no_card(sentence: str) -> NotValid:
    return NotValid([Problem("", sentence)])
