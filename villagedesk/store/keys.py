"""The key file: one data key, opened by each account's passphrase, by a recovery key, or by nothing else.

Every slot holds an age identity, locked with ChaCha20-Poly1305 under Argon2id of a passphrase (RFC 9106) or, for the recovery
slot, under the recovery key itself.  The data key is one age file to the public halves of all slots: so a new data key can be
made when an account is removed, without knowing anybody's passphrase.  All accounts open the same key: duties are kept by the
program, not by cryptography.
"""

import base64
import json
import secrets
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # ships no types
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from villagedesk.base.errors import NotValid, Problem, Refused, Surroundings
from villagedesk.base.files import write_whole
from villagedesk.records.values import strict_json

RECOVERY = "recovery"
MIN_PASSPHRASE = 8
"""Characters of a passphrase at the least."""


@dataclass(frozen=True)
class Cost:
    """What a guess costs: `memory` in KiB (RFC 9106, second recommended choice)."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


COST = Cost()
_MOST = Cost(1 << 20, 16, 16)
"""What a key file may ask for: it may have come off a stick."""


@dataclass(frozen=True)
class Slot:
    """One way in.  `salt`, `nonce`, `locked` are base64; `cost` is None where a full-strength key unlocks."""

    id: str
    name: str
    recipient: str
    salt: str
    nonce: str
    locked: str
    cost: Cost | None


@dataclass(frozen=True)
class KeyFile:
    """What stands in ``keys.json``.  `former` holds the key before, while the data file is being moved to a new one."""

    slots: tuple[Slot, ...]
    sealed: str
    former: str = ""

    def named(self, name: str) -> Slot | None:
        """The slot of an account by its name."""
        return next((s for s in self.slots if s.name == name and s.id != RECOVERY), None)

    @property
    def recovery(self) -> Slot | None:
        return next((s for s in self.slots if s.id == RECOVERY), None)

    @property
    def accounts(self) -> list[str]:
        return [s.name for s in self.slots if s.id != RECOVERY]


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory).derive(
        secret
    )


def slot(identifier: str, name: str, secret: bytes, *, strong: bool = False) -> Slot:
    """A new slot for a passphrase, or for a `strong` secret of 256 random bits."""
    identity = pyrage.x25519.Identity.generate()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cost = None if strong else COST
    key = secret if cost is None else _derive(secret, salt, cost)
    locked = ChaCha20Poly1305(key).encrypt(nonce, str(identity).encode(), identifier.encode())
    return Slot(identifier, name, str(identity.to_public()), _b64(salt), _b64(nonce), _b64(locked), cost)


def sealed(slots: tuple[Slot, ...], data_key: bytes) -> KeyFile:
    """A key file in which every slot opens `data_key`."""
    recipients = [pyrage.x25519.Recipient.from_str(s.recipient) for s in slots]
    return KeyFile(slots, _b64(pyrage.encrypt(data_key, recipients)))


def opened(file: KeyFile, one: Slot, secret: bytes) -> list[bytes]:
    """The data keys, newest first (two only while one is being changed), or `Refused` when the secret is not the slot's."""
    try:
        key = secret if one.cost is None else _derive(secret, base64.b64decode(one.salt), one.cost)
        identity = ChaCha20Poly1305(key).decrypt(
            base64.b64decode(one.nonce), base64.b64decode(one.locked), one.id.encode()
        )
        own = [pyrage.x25519.Identity.from_str(identity.decode())]
        return [bytes(pyrage.decrypt(base64.b64decode(box), own)) for box in (file.sealed, file.former) if box]
    except (pyrage.DecryptError, ValueError) as error:
        raise Surroundings("密钥文件损坏。请从最近的备份恢复。", command="restore") from error
    except InvalidTag:
        if one.id == RECOVERY:
            raise Refused("恢复密钥不对，请逐行核对。") from None
        raise Refused("口令不对，请再试。忘了口令可以用恢复密钥。", command="recover") from None


def passphrase(text: str) -> bytes:
    """A passphrase as bytes; `NotValid` when it is too short."""
    if len(text) < MIN_PASSPHRASE:
        raise NotValid([Problem("", f"口令至少要{MIN_PASSPHRASE}个字符，可以用一句好记的话。")])
    return text.encode()


def read(path: Path) -> KeyFile:
    """The key file at `path`; `Surroundings` when it is missing or broken."""
    try:
        raw = strict_json(path.read_bytes())
        return KeyFile(tuple(_slot(s) for s in raw["slots"]), _text(raw["sealed"]), _text(raw.get("former", "")))
    except FileNotFoundError:
        raise Surroundings(
            f"“{path.parent}”里没有村务台的数据。请先初始化，或指明数据在哪里。", command="init、--data"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Surroundings(f"密钥文件“{path.name}”损坏。请从最近的备份恢复。", command="restore") from error


def _slot(raw: dict[str, Any]) -> Slot:
    cost = None if raw["cost"] is None else Cost(**raw["cost"])
    asked = zip(astuple(cost), astuple(_MOST), strict=True) if cost else ()
    if not all(type(number) is int and 0 < number <= most for number, most in asked):
        raise ValueError("cost")
    return Slot(**{k: _text(v) for k, v in raw.items() if k != "cost"}, cost=cost)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def write(path: Path, file: KeyFile) -> None:
    """Write the key file whole."""
    raw: dict[str, object] = {
        "format": "villagedesk-keys/1",
        "slots": [asdict(s) for s in file.slots],
        "sealed": file.sealed,
    }
    if file.former:
        raw["former"] = file.former
    write_whole(path, json.dumps(raw, ensure_ascii=False, indent=1).encode())


ROWS = "甲乙丙丁"


def recovery_words(key: bytes) -> str:
    """256 bits as four rows of 20 digits, each row with a check of all digits so far (mod 97)."""
    digits = f"{int.from_bytes(key, 'big'):078d}"
    digits += f"{int(digits) % 97:02d}"
    rows = []
    for i, name in enumerate(ROWS):
        row = digits[i * 20 : i * 20 + 20]
        groups = " ".join(row[j : j + 5] for j in range(0, 20, 5))
        rows.append(f"{name}  {groups}  {int(digits[: i * 20 + 20]) % 97:02d}")
    return "\n".join(rows)


def recovery_key(text: str) -> bytes:
    """The 256 bits out of what was typed; `NotValid` names the first row that is wrong."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if len(digits) != 88:
        raise NotValid([Problem("", f"恢复密钥应当有4行、每行22个数字，现在一共{len(digits)}个，请核对有没有漏抄。")])
    key = ""
    for i, name in enumerate(ROWS):
        row = digits[i * 22 : i * 22 + 22]
        key += row[:20]
        if int(key) % 97 != int(row[20:]):
            raise NotValid([Problem("", f"恢复密钥“{name}”行有抄错的数字，请对照纸上核对这一行。")])
    number = int(key[:78])
    if number >= 1 << 256 or int(key[:78]) % 97 != int(key[78:]):
        raise NotValid([Problem("", "恢复密钥不对，请对照纸上逐行核对。")])
    return number.to_bytes(32, "big")
