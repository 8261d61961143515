"""`bundle.json`: what a bundle says of itself, signed; and the manifests that follow from it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from villagedesk.base import ids
from villagedesk.records.values import BadJson, strict_json

FORMAT = "villagedesk/1"
READER = 1
"""A bundle with a greater `min_reader` is for a newer program."""
CAP = 512 << 20
"""Bytes of all payload files of one bundle together."""
MEMBER_LINES = 10_000
MEMBER_SIZE = 8 << 20
"""Lines and bytes of one journal file."""
LINE_LIMIT = (1 << 20) + 4096 + 1
"""Bytes of one line without its newline: the largest payload, the largest envelope, a TAB."""
BLOB_LIMIT = 64 << 20
"""Bytes of one attachment."""
HEAD_LIMIT = 4 << 20
"""Bytes of bundle.json."""

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SIGNERS = "data/allowed_signers"


@dataclass(frozen=True)
class Stream:
    """Entries `first` to `last` of the chain `did`; `prev` the hash before them, `head` that of the last (32 bytes)."""

    did: str
    first: int
    last: int
    prev: bytes
    head: bytes


@dataclass(frozen=True)
class Head:
    """The signed head of a bundle.

    Attributes: `id` 12 characters; `no` its number on this link, from 1; `prev` the tag of the bundle before it on
    this link ("" for none); `sender` a device of `sender_org`, in its lineage `epoch`; `to` the devices of `to_org` it
    is for; `kind` up, down or side; `detail` full or summary; `reason` the legal basis; `knows` what the sender holds
    of each chain without a gap, as sequence number and hash in hex: its acknowledgement; `lacks` the first entry of each of
    these it holds without the content and would take; `schema` of the payloads;
    `files` path and bytes of each payload file in the order of the tar; `made` UTC, "2026-11-24T03:57:00Z".
    """

    id: str
    no: int
    prev: str
    sender: str
    sender_org: str
    to: tuple[str, ...]
    to_org: str
    epoch: str
    kind: str
    detail: str
    reason: str
    streams: tuple[Stream, ...]
    knows: dict[str, tuple[int, str]]
    lacks: dict[str, int]
    min_reader: int
    schema: int
    app: str
    files: tuple[tuple[str, int], ...]
    made: str

    def encode(self) -> bytes:
        """The bytes of bundle.json."""
        flat = {"format": FORMAT, "min_reader": self.min_reader, "id": self.id, "no": self.no, "prev": self.prev}
        flat |= {
            "from": self.sender,
            "from_org": self.sender_org,
            "to": self.to,
            "to_org": self.to_org,
            "epoch": self.epoch,
        }
        flat |= {
            "kind": self.kind,
            "detail": self.detail,
            "reason": self.reason,
            "schema": self.schema,
            "app": self.app,
        }
        flat |= {
            "made": self.made,
            "knows": self.knows,
            "lacks": self.lacks,
            "files": self.files,
            "streams": [_flat(s) for s in self.streams],
        }
        return json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _flat(stream: Stream) -> dict[str, Any]:
    ends = {"prev": stream.prev.hex(), "head": stream.head.hex()}
    return {"did": stream.did, "first": stream.first, "last": stream.last, **ends}


# --- reading what may be hostile ------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """The part of bundle.json every version writes alike: enough to find the key, the addressee and the version."""

    sender: str
    to: tuple[str, ...]
    min_reader: int


_DID = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
_CHAIN = re.compile(rf"{_DID.pattern}(\.[0-9a-f]{{8}})?")
_HASH = re.compile(r"[0-9a-f]{64}")
_ORG = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
_WORD = re.compile(r"[0-9A-Za-z.+_-]{1,40}")
_MADE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_JOURNAL = re.compile(rf"data/journal/({_CHAIN.pattern})/([0-9]{{9}})-([0-9]{{9}})\.tsv")
_BLOB = re.compile(r"data/blobs/([0-9a-f]{2})/(([0-9a-f]{2})[0-9a-f]{62})\.[0-9a-z]{1,8}")


def opened(raw: bytes) -> dict[str, Any]:
    """bundle.json as a dictionary; ValueError when it is none."""
    flat = strict_json(raw, limit=HEAD_LIMIT)
    return _need(flat, isinstance(flat, dict))  # type: ignore[no-any-return]


def address(flat: dict[str, Any]) -> Address:
    """Whom it is from and for; ValueError when it does not say."""
    form, to = flat.get("format"), flat.get("to")
    _need(form, isinstance(form, str) and form.startswith("villagedesk/"))
    dids = tuple(_text(did, _DID) for did in _list(to, 1000))
    reader = _number(flat.get("min_reader"), 1)
    return Address(_text(flat.get("from"), _DID), dids, reader if form == FORMAT else max(reader, READER + 1))


def parse(flat: dict[str, Any]) -> Head:
    """The whole head; ValueError when anything in it is out of shape or the files do not fit the streams.

    Unknown keys are passed over: what an old reader must not ignore raises `min_reader`.
    """
    try:
        to = address(flat)
        head = Head(
            id=_need(flat["id"], isinstance(flat["id"], str) and ids.is_id(flat["id"])),
            no=_number(flat["no"], 1),
            prev=_text(flat["prev"], _HASH, empty=True),
            sender=to.sender,
            sender_org=_text(flat["from_org"], _ORG),
            to=to.to,
            to_org=_text(flat["to_org"], _ORG),
            epoch=_text(flat["epoch"], _WORD),
            kind=_need(flat["kind"], flat["kind"] in ("up", "down", "side")),
            detail=_need(flat["detail"], flat["detail"] in ("full", "summary")),
            reason=_need(flat["reason"], isinstance(flat["reason"], str) and len(flat["reason"]) <= 1000),
            streams=tuple(_stream(s) for s in _list(flat["streams"], 10_000)),
            knows={_text(did, _CHAIN): _known(v) for did, v in flat["knows"].items()},
            lacks={_text(did, _CHAIN): _number(seq, 1) for did, seq in flat["lacks"].items()},
            min_reader=to.min_reader,
            schema=_number(flat["schema"], 0),
            app=_text(flat["app"], _WORD),
            files=tuple((_need(p, isinstance(p, str)), _number(size, 0)) for p, size in _list(flat["files"], 100_000)),
            made=_text(flat["made"], _MADE),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadJson("bundle.json") from error
    _fit(head)
    return head


def _need(value: Any, good: bool) -> Any:
    if not good:
        raise BadJson("bundle.json")
    return value


def _text(value: Any, shape: re.Pattern[str], *, empty: bool = False) -> str:
    good = isinstance(value, str) and (shape.fullmatch(value) is not None or (empty and not value))
    return str(_need(value, good))


def _number(value: Any, least: int) -> int:
    return int(_need(value, type(value) is int and least <= value < 2**53))


def _list(value: Any, most: int) -> list[Any]:
    return list(_need(value, isinstance(value, list) and len(value) <= most))


def _known(value: Any) -> tuple[int, str]:
    seq, digest = _list(value, 2)
    return _number(seq, 1), _text(digest, _HASH)


def _stream(flat: Any) -> Stream:
    prev, head = (bytes.fromhex(_text(flat[name], _HASH)) for name in ("prev", "head"))
    return Stream(_text(flat["did"], _CHAIN), _number(flat["first"], 1), _number(flat["last"], 1), prev, head)


def _fit(head: Head) -> None:
    """In this order: the signers if any, each stream in pieces without a gap, blobs each once; none too large."""
    files = [(path, size) for path, size in head.files if path != SIGNERS]
    _need(files, head.files[len(head.files) - len(files) :] == tuple(files) and len(head.files) - len(files) <= 1)
    _need(files, sum(size for _, size in head.files) <= CAP and len({s.did for s in head.streams}) == len(head.streams))
    rest = iter(files)
    for stream in head.streams:
        expected = stream.first
        while expected <= stream.last:
            path, size = next(rest, ("", 0))
            found = _JOURNAL.fullmatch(path)
            _need(
                path, found is not None and found[1] == stream.did and int(found[3]) == expected and size <= MEMBER_SIZE
            )
            end = int(found[4])  # type: ignore[index]
            _need(path, expected <= end <= min(stream.last, expected + MEMBER_LINES - 1))
            expected = end + 1
        _need(stream, stream.first <= stream.last)
    blobs = list(rest)
    for path, size in blobs:
        found = _BLOB.fullmatch(path)
        _need(path, found is not None and found[1] == found[3] and size <= BLOB_LIMIT)
    _need(blobs, len({sha_of(path) for path, _ in blobs}) == len(blobs))


# --- paths and manifests --------------------------------------------------------------------------


def journal_path(did: str, first: int, last: int) -> str:
    return f"data/journal/{did}/{first:09d}-{last:09d}.tsv"


def blob_path(sha256: str, ext: str) -> str:
    return f"data/blobs/{sha256[:2]}/{sha256}.{ext}"


def last_of(path: str) -> int:
    """The last sequence number a journal file's path names."""
    return int(path[-13:-4])


def sha_of(path: str) -> str:
    """The hash a blob's path names."""
    return path.rpartition("/")[2][:64]


def manifest(rows: Iterable[tuple[str, str]]) -> bytes:
    """A BagIt manifest out of (SHA-256 in hex, path)."""
    return "".join(f"{digest}  {path}\n" for digest, path in rows).encode()


def digests(raw: bytes, files: tuple[tuple[str, int], ...]) -> list[str]:
    """The hashes of a manifest that lists exactly `files` in their order, blobs under their own; ValueError if not."""
    found = [_text(line[:64], _HASH) for line in raw.decode("ascii").split("\n")[:-1]]
    rows = list(zip(found, (path for path, _ in files), strict=False))
    _need(raw, len(found) == len(files) and manifest(rows) == raw)
    _need(raw, all(sha_of(path) == digest for digest, path in rows if path.startswith("data/blobs/")))
    return found


def info(head: Head) -> bytes:
    """bag-info.txt."""
    rows = {
        "Source-Organization": head.sender_org,
        "External-Identifier": head.id,
        "Bagging-Date": head.made[:10],
        "Payload-Oxum": f"{sum(size for _, size in head.files)}.{len(head.files)}",
        "Bag-Software-Agent": f"villagedesk {head.app}",
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items()).encode()
