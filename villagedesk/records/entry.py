"""An entry: what the journal is made of, what travels, what a hash binds.

``hash_n = SHA256("vd-entry-1" || hash_{n-1} || SHA256(payload) || envelope)`` over the bytes as they were written.  The
payload is bound through its hash, so that it can be withheld or erased without breaking the chain.  The envelope is flat,
in ASCII, and never holds a name or any personal datum, because it can never be erased.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from villagedesk.base import ids
from villagedesk.base.clock import Stamp
from villagedesk.records.values import BadJson, strict_json

PREFIX = b"vd-entry-1"
START = bytes(32)
"""What stands before the first entry of a chain."""

OPS = ("set", "seal", "amend", "move", "del", "revive", "merge", "erase", "cert", "receipt")
_KEYS = {"seq", "hlc", "tq", "t", "id", "op", "par", "a", "sv"}


class Parent(NamedTuple):
    """The entry a change was made from; the eight hex digits keep the name unambiguous after a fork."""

    did: str
    seq: int
    hash8: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an entry says of itself.

    Attributes: `seq` its place in the chain of its device, from 1; `hlc`, `tq` when, and how far to trust it; `t`, `id` the
    kind and id of the record; `op` what was done; `par` the entries it was made from, None for "my own previous one on
    this record"; `a` an opaque account; `sv` the version of the kind's description.
    """

    seq: int
    hlc: str
    tq: str
    t: str
    id: str
    op: str
    par: tuple[Parent, ...] | None
    a: str
    sv: int

    def encode(self) -> bytes:
        """The bytes that are hashed; keys in this fixed order."""
        flat: dict[str, Any] = {"seq": self.seq, "hlc": self.hlc, "tq": self.tq, "t": self.t, "id": self.id, "op": self.op}
        if self.par is not None:
            flat["par"] = [list(p) for p in self.par]
        return json.dumps({**flat, "a": self.a, "sv": self.sv}, separators=(",", ":")).encode("ascii")

    @classmethod
    def parse(cls, raw: bytes) -> "Envelope":
        """Read an envelope that may be hostile; ValueError says nothing to the clerk, the caller does."""
        flat = strict_json(raw, limit=4096)
        if not isinstance(flat, dict) or not raw.isascii() or not set(flat) <= _KEYS or not _KEYS - set(flat) <= {"par"}:
            raise BadJson("envelope")
        par = flat.get("par")
        texts = (flat["hlc"], flat["tq"], flat["t"], flat["id"], flat["op"], flat["a"])
        if not all(isinstance(v, str) and len(v) <= 64 for v in texts) or type(flat["seq"]) is not int or type(flat["sv"]) is not int:
            raise BadJson("envelope")
        Stamp.parse(flat["hlc"])
        if not 0 < flat["seq"] < 2**53 or not 0 <= flat["sv"] < 2**31 or not flat["t"].isidentifier():
            raise BadJson("envelope")
        parents = None if par is None else tuple(Parent(*_sound(p)) for p in par)
        if parents is not None and len(parents) > 16:
            raise BadJson("envelope")
        return cls(flat["seq"], flat["hlc"], flat["tq"], flat["t"], flat["id"], flat["op"], parents, flat["a"], flat["sv"])


def _sound(parent: Any) -> tuple[str, int, str]:
    did, seq, hash8 = parent
    if not (isinstance(did, str) and len(did) <= 32 and type(seq) is int and seq > 0 and isinstance(hash8, str) and len(hash8) == 8):
        raise BadJson("envelope")
    return did, seq, hash8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one device's chain.  `payload` is None where it was withheld or erased; then only `phash` remains."""

    did: str
    env: Envelope
    raw: bytes
    payload: bytes | None
    phash: bytes
    hash: bytes

    @property
    def key(self) -> tuple[str, int]:
        return self.did, self.env.seq

    @property
    def name(self) -> Parent:
        """How a child names this entry."""
        return Parent(self.did, self.env.seq, self.hash.hex()[:8])

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands in what is shown; never what is kept."""
        return self.env.hlc, self.did, self.env.seq


def chained(previous: bytes, phash: bytes, raw: bytes) -> bytes:
    """The hash of the next entry."""
    return hashlib.sha256(PREFIX + previous + phash + raw).digest()


def written(did: str, env: Envelope, payload: bytes, previous: bytes) -> Entry:
    """A new entry behind `previous`."""
    raw = env.encode()
    phash = hashlib.sha256(payload).digest()
    return Entry(did, env, raw, payload, phash, chained(previous, phash, raw))


def line_of(entry: Entry) -> bytes:
    """The entry as it travels: two columns of JSON split by a TAB; a withheld payload as its hash."""
    body = entry.payload if entry.payload is not None else b'"sha256:' + entry.phash.hex().encode() + b'"'
    return entry.raw + b"\t" + body + b"\n"


def from_line(line: bytes, did: str, previous: bytes) -> Entry:
    """The entry in one line (without its newline), placed behind `previous`.  ValueError when it is none."""
    raw, tab, body = line.partition(b"\t")
    if not tab or b"\t" in body:
        raise BadJson("line")
    env = Envelope.parse(raw)
    if body.startswith(b'"sha256:') and len(body) == 73:
        phash = bytes.fromhex(body[8:72].decode("ascii"))
        return Entry(did, env, raw, None, phash, chained(previous, phash, raw))
    phash = hashlib.sha256(body).digest()
    return Entry(did, env, raw, body, phash, chained(previous, phash, raw))


def payload_of(values: dict[str, Any], *, salt: str = "", reason: str = "") -> bytes:
    """The bytes of a payload: the whole record, why it was changed, and 16 random bytes where its hash must not be guessed."""
    extra = {k: v for k, v in (("_r", reason), ("_s", salt)) if v}
    return json.dumps({**values, **extra}, ensure_ascii=False, separators=(",", ":")).encode()


def salt() -> str:
    """128 bits; 48 could be searched through in hours."""
    return ids.new(26)


def fingerprint(digest: bytes) -> str:
    """A hash as people compare it on paper: 8 groups of 5 digits (132 of its bits)."""
    digits = f"{int.from_bytes(digest, 'big') % 10**40:040d}"
    return " ".join(digits[i : i + 5] for i in range(0, 40, 5))
