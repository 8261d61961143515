"""Bundles for tests: a village's chain, a sound bundle, and bags made by hand to be wrong in one place."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyrage
import zstandard

from villagedesk.base import ids
from villagedesk.exchange import bundle, seal, tarball
from villagedesk.exchange import head as form
from villagedesk.records.entry import START, Entry, Envelope, line_of, written

VILLAGE, TOWN, OTHER = seal.new_keys(), seal.new_keys(), seal.new_keys()
"""Three devices; OTHER is enrolled nowhere."""
ENROLLED = {VILLAGE.did: VILLAGE.sign_pk, TOWN.did: TOWN.sign_pk}


def entry(seq: int, payload: bytes, previous: bytes, did: str = VILLAGE.did) -> Entry:
    env = Envelope(
        seq, f"2026-11-24T03:57:00.{seq % 1000:03d}Z/0", "ok", "meeting", ids.new(), "set", None, "K7Q2M9XA", 1
    )
    return written(did, env, payload, previous)


def chain(payloads: Sequence[bytes], did: str = VILLAGE.did) -> list[Entry]:
    entries, previous = [], START
    for seq, payload in enumerate(payloads, 1):
        entries.append(entry(seq, payload, previous, did))
        previous = entries[-1].hash
    return entries


def payloads(count: int) -> list[bytes]:
    return [
        json.dumps({"subject": f"第{n}次会议", "_s": ids.new(26)}, ensure_ascii=False).encode() for n in range(count)
    ]


def photo(data: bytes, ext: str = "jpg") -> bundle.Blob:
    return bundle.Blob(hashlib.sha256(data).hexdigest(), ext, len(data), lambda: data)


def head(chains: Sequence[list[Entry]] = (), first: int = 1, **other: Any) -> bundle.Head:
    """A head for the entries from `first` on of each chain, from VILLAGE to TOWN."""
    streams = tuple(
        bundle.Stream(c[0].did, first, len(c), c[first - 2].hash if first > 1 else START, c[-1].hash) for c in chains
    )
    plain = bundle.Head(
        id=ids.new(), no=7, prev="", sender=VILLAGE.did, sender_org="522731100201", to=(TOWN.did,), to_org="522731100",
        epoch="00112233aabbccdd", kind="up", detail="full", reason="", streams=streams, knows={TOWN.did: (3, "ab" * 32)}, lacks={},
        min_reader=1, schema=1, app="0.1.0", files=(), made="2026-11-24T03:57:00Z",
    )  # fmt: skip
    return replace(plain, **other)


def draft(
    chains: Sequence[list[Entry]], blobs: Sequence[bundle.Blob] = (), *, signers: str = "", first: int = 1, **other: Any
) -> bundle.Draft:
    by_did = {c[0].did: c for c in chains}
    made = head(chains, first, **other)
    return bundle.Draft(
        made, lambda s: iter(by_did[s.did][s.first - 1 : s.last]), blobs, [TOWN.age_pk, VILLAGE.age_pk], signers
    )


@dataclass
class Taken:
    """What came out of a bundle."""

    head: bundle.Head
    tag: str
    sha256: str
    entries: list[Entry]
    blobs: dict[str, bytes]


def take(path: Path, keys: seal.DeviceKeys = TOWN) -> Taken:
    with bundle.open_bundle(path, keys, ENROLLED.get) as reader:
        entries, blobs = list(reader.entries()), dict(reader.blobs())
        reader.finish()
        return Taken(reader.head, reader.tag, reader.sha256, entries, blobs)


# --- by hand --------------------------------------------------------------------------------------


Files = list[tuple[str, bytes]]


def journal(entries: list[Entry]) -> tuple[str, bytes]:
    """One journal file with all of the entries."""
    path = form.journal_path(entries[0].did, entries[0].env.seq, entries[-1].env.seq)
    return path, b"".join(line_of(e) for e in entries)


def tags(about: bundle.Head, payload: Files, keys: seal.DeviceKeys = VILLAGE, *, raw: bytes | None = None) -> Files:
    """The six tag files; `raw` in place of bundle.json."""
    whole = about if about.files else replace(about, files=tuple((path, len(data)) for path, data in payload))
    files = [("bagit.txt", form.BAGIT), ("bag-info.txt", form.info(whole)), ("bundle.json", raw or whole.encode())]
    files.append(("manifest-sha256.txt", form.manifest((hashlib.sha256(d).hexdigest(), p) for p, d in payload)))
    return signed(files, keys)


def signed(files: Files, keys: seal.DeviceKeys = VILLAGE) -> Files:
    """Four tag files, their manifest and its signature."""
    summary = form.manifest((hashlib.sha256(data).hexdigest(), name) for name, data in files[:4])
    signature = seal.sign(keys, summary, seal.BUNDLE).encode()
    return [*files[:4], ("tagmanifest-sha256.txt", summary), ("tagmanifest-sha256.txt.sig", signature)]


def tar(about: bundle.Head, files: Files) -> bytes:
    return b"".join(tarball.member(f"{about.id}/{path}", data) for path, data in files) + tarball.END


def post(path: Path, plain: bytes, *recipients: str) -> Path:
    """The bytes as a zstd frame, encrypted for TOWN or for others: what anybody can do who has its public key."""
    return seal_up(path, zstandard.ZstdCompressor().compress(plain), *recipients)


def seal_up(path: Path, packed: bytes, *recipients: str) -> Path:
    keys = [pyrage.x25519.Recipient.from_str(r) for r in recipients or (TOWN.age_pk,)]
    path.write_bytes(pyrage.encrypt(packed, keys))
    return path
