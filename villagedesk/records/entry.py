"""An entry: what the journal is made of, what travels, what a hash binds.

``hash_n = SHA256("vd-entry-1" || hash_{n-1} || SHA256(payload) || envelope)`` over the bytes as they were written.  The
payload is bound through its hash, so that it can be withheld or erased without breaking the chain.  The envelope is flat,
in ASCII, and never holds a name or any personal datum, because it can never be erased.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from villagedesk.base import ids
from villagedesk.records.values import BadJson

PREFIX = b"vd-entry-1"
START = bytes(32)
"""What stands before the first entry of a chain."""

OPS = ("set", "seal", "amend", "move", "del", "revive", "merge", "erase", "cert", "receipt")
ENVELOPE_LIMIT = 4096
MAY_COME = b'"w":"s"}'
"""How an envelope ends whose payload is withheld now and may travel another time."""

# An envelope can be written in one way only, the way of `Envelope.encode`.  A grammar says so more strictly than a JSON
# reader with checks behind it, and in a third of the time: this is the hot spot of taking in a bundle.
_WORD = r"[ !#-\[\]-~]{0,64}"  # printable ASCII that JSON does not escape
_NUMBER = r"[1-9][0-9]{0,15}"
_PARENT = re.compile(rf'\["([0-9A-Za-z.]{{1,32}})",({_NUMBER}),"([0-9a-f]{{8}})"\]')
_PARENTS = r"\[(?:{0}(?:,{0}){{0,15}})?\]".format(re.sub(r"[()]", "", _PARENT.pattern))
_HLC = rf"[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\.[0-9]{{3}}Z/(?:0|{_NUMBER})"
_ENVELOPE = re.compile(
    rf'\{{"seq":({_NUMBER}),"hlc":"({_HLC})","tq":"({_WORD})","t":"([A-Za-z_][A-Za-z0-9_]{{0,63}})","id":"({_WORD})"'
    rf',"op":"({_WORD})"(?:,"par":({_PARENTS}))?,"a":"({_WORD})","sv":(0|[1-9][0-9]{{0,9}})(?:,"w":"([sn])")?\}}'
)
_STUB = re.compile(rb'"sha256:([0-9a-f]{64})"')


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
    this record"; `a` an opaque account; `sv` the version of the kind's description; `w` whether the payload is withheld on the
    way: "" never, "s" where only summaries travel, "n" always.
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
    w: str = ""

    def encode(self) -> bytes:
        """The bytes that are hashed; keys in this fixed order."""
        flat: dict[str, Any] = {
            "seq": self.seq,
            "hlc": self.hlc,
            "tq": self.tq,
            "t": self.t,
            "id": self.id,
            "op": self.op,
        }
        if self.par is not None:
            flat["par"] = [list(p) for p in self.par]
        flat |= {"a": self.a, "sv": self.sv}
        if self.w:
            flat["w"] = self.w
        return json.dumps(flat, separators=(",", ":")).encode("ascii")

    @classmethod
    def parse(cls, raw: bytes) -> "Envelope":
        """Read an envelope that may be hostile; ValueError says nothing to the clerk, the caller does."""
        if len(raw) > ENVELOPE_LIMIT or not raw.isascii() or not (found := _ENVELOPE.fullmatch(raw.decode("ascii"))):
            raise BadJson("envelope")
        number, hlc, tq, t, id_, op, par, a, version, w = found.groups(default="")
        datetime.fromisoformat(hlc[:19])  # the day exists
        seq, sv = int(number), int(version)
        if seq >= 2**53 or sv >= 2**31:
            raise BadJson("envelope")
        parents = tuple([Parent(did, int(n), h) for did, n, h in _PARENT.findall(par)]) if par else None
        return cls(seq, hlc, tq, t, id_, op, parents, a, sv, w)


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
    def order(self) -> tuple[str, int, str, int]:
        """Where it stands in what is shown; never what is kept."""
        moment, _, count = self.env.hlc.partition("/")
        return moment, int(count), self.did, self.env.seq


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
    if stub := _STUB.fullmatch(body):
        phash = bytes.fromhex(stub[1].decode("ascii"))
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
