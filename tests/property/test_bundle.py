"""Bundles of any shape come back as they were; bytes of any shape are refused, in words, and quickly."""

import hashlib
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundles import OTHER, TOWN, VILLAGE, chain, draft, head, journal, payloads, photo, post, tags, take, tar
from villagedesk.base.errors import DeskError
from villagedesk.exchange import bundle, seal
from villagedesk.exchange.bundle import BundleError
from villagedesk.records.entry import START, Envelope, from_line, line_of, written

PAYLOADS = st.lists(
    st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=300), max_size=30
)
PHOTOS = st.lists(st.binary(max_size=5000), max_size=5, unique=True)


@contextmanager
def bundle_file(data: bytes = b"") -> Iterator[Path]:
    """A file of its own for each example, and no thread left behind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.age"
        path.write_bytes(data)
        yield path
    assert [t for t in threading.enumerate() if t.name == "bundle"] == []


def made() -> bytes:
    """A bundle of several age chunks: journal, and photos that do not pack."""
    noise = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(8000))
    with bundle_file() as path:
        bundle.write(path, draft([chain(payloads(50))], [photo(noise), photo(b"small")]), VILLAGE)
        return path.read_bytes()


WHOLE = made()


@given(st.lists(PAYLOADS, max_size=3), PHOTOS, st.data())
def test_round_trip(texts, photos, data):
    dids = [VILLAGE.did, TOWN.did, f"{VILLAGE.did}.0123abcd"]
    chains = [chain([t.encode() for t in each], did) for each, did in zip(texts, dids, strict=False) if each]
    first = data.draw(st.integers(1, min((len(c) for c in chains), default=1)))
    blobs = [photo(each) for each in photos]
    with bundle_file() as path:
        done = bundle.write(path, draft(chains, blobs, first=first), VILLAGE)
        back = take(path)
    assert back.entries == [e for c in chains for e in c[first - 1 :]]
    assert back.blobs == {b.sha256: b.read() for b in blobs}
    assert (back.head, back.tag) == (done.head, done.tag)


@given(st.integers(0, len(WHOLE) - 1))
def test_any_cut(cut):
    with bundle_file(WHOLE[:cut]) as path, pytest.raises(BundleError):
        take(path)


@given(st.integers(0, len(WHOLE) * 8 - 1))
def test_any_flipped_bit(bit):
    data = bytearray(WHOLE)
    data[bit // 8] ^= 1 << bit % 8
    with bundle_file(bytes(data)) as path, pytest.raises(BundleError):
        take(path)


@given(st.integers(0, len(WHOLE)), st.integers(1, 1 << 16), st.binary(min_size=1, max_size=8))
def test_any_overwritten_stretch(start, length, pattern):
    data = (WHOLE[:start] + (pattern * length)[:length] + WHOLE[start + length :])[: max(len(WHOLE), start + length)]
    with bundle_file(data) as path:
        if data == WHOLE:
            take(path)
        else:
            with pytest.raises(BundleError):
                take(path)


@given(st.binary(max_size=3000))
def test_any_bytes(data):
    with bundle_file(data) as path, pytest.raises(BundleError):
        take(path)


@given(st.binary(max_size=3000))
def test_any_bytes_encrypted_for_us(data):
    with bundle_file() as path, pytest.raises(BundleError):
        take(post(path, data))


ENTRIES = chain(payloads(3))
HEAD = head([ENTRIES])
PAYLOAD = [journal(ENTRIES)]
PLAIN = tar(HEAD, [*tags(HEAD, PAYLOAD), *PAYLOAD])


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_any_byte_altered_by_somebody_without_the_key(at, how):
    """Whoever knows the recipients can open nothing, but can pack and encrypt another tar for them."""
    with bundle_file() as path:
        altered = PLAIN[:at] + bytes([PLAIN[at] ^ how]) + PLAIN[at + 1 :]
        with pytest.raises(BundleError) as told:
            take(post(path, altered))
    assert told.value.code in {"bad_signature", "not_a_bundle", "unknown_device"}


@given(st.lists(st.sampled_from(range(7)), max_size=9))
def test_any_selection_of_members(order):
    members = [*tags(HEAD, PAYLOAD), *PAYLOAD]
    with bundle_file() as path:
        post(path, tar(HEAD, [members[i] for i in order]))
        if order == list(range(7)):
            assert take(path).entries == ENTRIES
        else:
            with pytest.raises(BundleError):
                take(path)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
    ),
    st.data(),
)
def test_any_value_in_a_signed_head(value, data):
    """Signed by a device we know, and still not taken for what it is not."""
    flat = json.loads(tags(HEAD, PAYLOAD)[2][1])
    key = data.draw(st.sampled_from(sorted(flat)))
    raw = json.dumps({**flat, key: value}).encode()
    with bundle_file() as path:
        post(path, tar(HEAD, [*tags(HEAD, PAYLOAD, raw=raw), *PAYLOAD]))
        with suppress(BundleError):
            assert take(path).entries == ENTRIES


@given(st.binary(max_size=800))
def test_any_bytes_as_a_card(data):
    with pytest.raises(DeskError):
        seal.read_card(data)


@given(st.text(max_size=500), st.binary(max_size=40))
def test_any_text_as_a_signature(text, key):
    assert not seal.verify(key, b"data", text, seal.BUNDLE)
    assert not seal.verify(OTHER.sign_pk, b"data", text, seal.BUNDLE)


@given(st.binary(max_size=400))
def test_any_bytes_as_a_line(line):
    with pytest.raises(ValueError, match=r"line|envelope"):
        from_line(line, VILLAGE.did, START)


TEXT = st.text(st.sampled_from([chr(c) for c in range(32, 127) if chr(c) not in '"\\']), max_size=64)


@given(st.builds(Envelope, st.integers(1, 2**53 - 1), st.just("2026-11-24T03:57:00.123Z/7"), TEXT, st.just("case_1"), TEXT, TEXT, st.none(), TEXT,
                 st.integers(0, 2**31 - 1)), st.binary(max_size=100))  # fmt: skip
def test_any_line_comes_back(env, payload):
    payload = payload.replace(b"\t", b" ").replace(b"\n", b" ")
    entry = written(VILLAGE.did, env, payload, START)
    assert from_line(line_of(entry)[:-1], VILLAGE.did, START) == entry
