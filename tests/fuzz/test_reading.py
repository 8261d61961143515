"""Bundles bent at every layer, by a stranger and by an enrolled device: refused with a known code, or taken for what they are."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import zstandard

from tests.bundles import (
    TOWN,
    VILLAGE,
    Files,
    Taken,
    chain,
    draft,
    head,
    journal,
    payloads,
    photo,
    post,
    seal_up,
    signed,
    tags,
    take,
    tar,
)
from tests.fuzz.bending import bent, dumped, twisted
from tests.fuzz.playing import cases, play, tried
from villagedesk.exchange import bundle, seal, tarball
from villagedesk.exchange import head as form
from villagedesk.records.entry import Entry, chained, from_line, line_of

ENTRIES = [replace(e, payload=None) if e.env.seq == 2 else e for e in chain(payloads(5))]
PHOTO = photo(b"".join(hashlib.sha256(bytes([n])).digest() for n in range(90)))
HEAD = head([ENTRIES])
BODY: Files = [
    (form.SIGNERS, seal.allowed_signers([(VILLAGE.did, VILLAGE.sign_pk)]).encode()), journal(ENTRIES),
    (form.blob_path(PHOTO.sha256, "jpg"), PHOTO.read()),
]  # fmt: skip
MEMBERS = [*tags(HEAD, BODY), *BODY]
FLAT = json.loads(MEMBERS[2][1])


# --- by a stranger: who knows whom it is for, and can pack and encrypt ------------------------------


def file(path: Path, dice: Random) -> None:
    """The encrypted file."""
    bundle.write(path, draft([ENTRIES], [PHOTO], signers=BODY[0][1].decode()), VILLAGE)
    path.write_bytes(bent(path.read_bytes(), dice))


def packed(path: Path, dice: Random) -> None:
    """What is encrypted: frames that end early, are none, hold nothing, or far too much."""
    plain = tar(HEAD, MEMBERS)
    cut = dice.randrange(len(plain))
    frames = [zstandard.compress(plain[:cut]), zstandard.compress(plain[cut:])]
    frames.insert(
        dice.randrange(3),
        dice.choice(
            [
                b"", zstandard.compress(b""), zstandard.compress(bytes(dice.choice([1, 512, 1 << 26]))),
                b"\x50\x2a\x4d\x18\xff\xff\xff\xff", b"\x50\x2a\x4d\x18\x08\x00\x00\x00" + bytes(8), b"\x28\xb5\x2f\xfd",
                zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=27)).compress(plain),
            ]
        ),
    )  # fmt: skip
    data = b"".join(frames)
    seal_up(path, bent(data, dice) if dice.random() < 0.7 else data)


def plain(path: Path, dice: Random) -> None:
    """What is packed."""
    post(path, bent(tar(HEAD, MEMBERS), dice))


def members(path: Path, dice: Random) -> None:
    """The files of the tar, in any choice and order, under any name, some of them bent; headers that are sound."""
    some = list(MEMBERS)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(some) or 1)
        match dice.randrange(5):
            case 0:
                dice.shuffle(some)
            case 1:
                del some[at : at + 1]
            case 2:
                some.insert(at, dice.choice(MEMBERS))
            case 3 if some:
                some[at] = (dice.choice([p for p, _ in MEMBERS]), some[at][1])
            case _ if some:
                some[at] = (some[at][0], bent(some[at][1], dice))
    post(path, tar(dice.choice([HEAD, HEAD, head([ENTRIES])]), some))


def headers(path: Path, dice: Random) -> None:
    """One tar header bent, with the sum that fits it again."""
    data = bytearray(tar(HEAD, MEMBERS))
    starts, at = [], 0
    for _, content in MEMBERS:
        starts.append(at)
        at += tarball.BLOCK + len(content) + len(tarball.padding(len(content)))
    at = dice.choice(starts)
    block = bytearray(bent(bytes(data[at : at + 512]), dice)[:512].ljust(512, b"\0"))
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    data[at : at + 512] = block
    post(path, bytes(data))


STRANGER: dict[str, Callable[[Path, Random], None]] = {
    "file": file, "packed": packed, "plain": plain, "members": members, "headers": headers,
}  # fmt: skip


FOREIGN = {"not_a_bundle", "truncated", "damaged", "not_for_us", "unknown_device", "bad_signature"}


@pytest.mark.parametrize("how", STRANGER)
@cases()
def test_what_a_stranger_has_bent_is_refused_unless_it_says_the_same(tmp_path: Path, how: str, numbers: range) -> None:
    path = tmp_path / "b.age"

    def case(dice: Random) -> None:
        STRANGER[how](path, dice)
        back = taken(path)
        if isinstance(back, bundle.BundleError):
            assert back.code in FOREIGN
        else:
            assert (back.entries, back.blobs) == (ENTRIES, {PHOTO.sha256: PHOTO.read()})

    play(numbers, case)


# --- by a device we know: whatever it signs, nothing else than that is taken in ----------------------


def about(dice: Random) -> bytes:
    """A whole bundle with its head bent."""
    raw = dumped(twisted(FLAT, dice), dice) if dice.random() < 0.7 else bent(MEMBERS[2][1], dice)
    return tar(HEAD, [*tags(HEAD, BODY, raw=raw), *BODY])


def lists(dice: Random) -> bytes:
    """One of the other tag files bent, the signature as it must be; or the signature bent."""
    at = dice.choice([0, 1, 3, 4, 5])
    files = [(path, bent(data, dice) if i == at else data) for i, (path, data) in enumerate(MEMBERS[:6])]
    return tar(HEAD, [*(signed(files[:4]) if at < 4 else files), *BODY])


def lines(dice: Random) -> bytes:
    """The journal bent, all sums right; where all lines are entries, in a chain that is sound."""
    path, data = BODY[1]
    if dice.random() < 0.5:
        rows = data.split(b"\n")
        at = dice.randrange(len(ENTRIES))
        env, _, body = rows[at].partition(b"\t")
        rows[at] = bent(env, dice, places=1) + b"\t" + body if dice.random() < 0.5 else env + b"\t" + bent(body, dice)
        data = b"\n".join(rows)
    else:
        data = bent(data, dice)
    body = [BODY[0], (path, data), BODY[2]]
    known = head([ENTRIES], streams=(replace(HEAD.streams[0], head=end_of(data)),))
    return tar(known, [*tags(known, body), *body])


def end_of(data: bytes) -> bytes:
    """The hash at the end of a chain of lines, as far as they are entries."""
    previous = HEAD.streams[0].prev
    for line in data.split(b"\n")[:-1]:
        try:
            previous = from_line(line, VILLAGE.did, previous).hash
        except ValueError:
            break
    return previous


KNOWN: dict[str, Callable[[Random], bytes]] = {"about": about, "lists": lists, "lines": lines}


@pytest.mark.parametrize("how", KNOWN)
@cases()
def test_what_a_known_device_has_bent_is_refused_or_a_sound_chain(tmp_path: Path, how: str, numbers: range) -> None:
    path = tmp_path / "b.age"

    def case(dice: Random) -> None:
        back = taken(post(path, KNOWN[how](dice)))
        if isinstance(back, bundle.BundleError):
            assert back.code in FOREIGN | {"newer"}
        else:
            assert sound(back.entries, back.head.streams)
            assert {hashlib.sha256(data).hexdigest() for data in back.blobs.values()} == set(back.blobs)

    play(numbers, case)


def sound(entries: list[Entry], streams: tuple[bundle.Stream, ...]) -> bool:
    """Whether the entries are those announced, each bound to the one before it and to its own bytes."""
    rest = iter(entries)
    for stream in streams:
        previous = stream.prev
        for seq in range(stream.first, stream.last + 1):
            entry = next(rest)
            body = entry.phash if entry.payload is None else hashlib.sha256(entry.payload).digest()
            previous = chained(previous, body, entry.raw)
            if (entry.did, entry.env.seq, entry.hash) != (stream.did, seq, previous) or b"\n" in line_of(entry)[:-1]:
                return False
        if previous != stream.head:
            return False
    return next(rest, None) is None


def taken(path: Path) -> Taken | bundle.BundleError:
    """What comes out of a bundle, or how it is refused; no thread is left either way."""
    back = tried(lambda: take(path, TOWN), bundle.BundleError)
    assert [t for t in threading.enumerate() if t.name == "bundle"] == []
    return back


def test_the_bundle_that_is_bent_is_sound(tmp_path: Path) -> None:
    back = take(post(tmp_path / "b.age", tar(HEAD, MEMBERS)))
    assert (back.entries, back.blobs) == (ENTRIES, {PHOTO.sha256: PHOTO.read()})
