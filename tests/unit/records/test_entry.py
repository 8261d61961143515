"""An entry: what its hash binds, and how it travels."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.base import ids
from villagedesk.base.clock import Stamp
from villagedesk.records.entry import (
    OPS,
    START,
    Entry,
    Envelope,
    Parent,
    chained,
    fingerprint,
    from_line,
    line_of,
    payload_of,
    salt,
    written,
)

VECTOR = Path(__file__).parents[2] / "files" / "entries.json"
"""A chain of six entries as this format was first written.  It never changes: old bundles must stay readable."""

_WORDS = st.text([chr(c) for c in range(32, 127) if chr(c) not in '"\\'], max_size=64)
_DID = st.text(ids.ALPHABET, min_size=16, max_size=16)
_PARENTS = st.builds(Parent, _DID, st.integers(1, 10**15), st.text("0123456789abcdef", min_size=8, max_size=8))
envelopes = st.builds(
    Envelope,
    seq=st.integers(1, 2**53 - 1),
    hlc=st.builds(lambda ms, n: str(Stamp(ms, n)), st.integers(0, 4 * 10**12), st.integers(0, 10**6)),
    tq=st.sampled_from(["ok", "low", "high", "jump"]),
    t=st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,63}", fullmatch=True),
    id=_WORDS,
    op=st.sampled_from(OPS),
    par=st.one_of(st.none(), st.lists(_PARENTS, max_size=16).map(tuple)),
    a=_WORDS,
    sv=st.integers(0, 2**31 - 1),
    w=st.sampled_from(["", "s", "n"]),
)
payloads = st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4).map(
    lambda values: json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
)
PLAIN = Envelope(1, "2026-11-24T03:57:00.000Z/0", "ok", "meeting", "0123456789AB", "set", None, "K7Q2M9XA", 1)


def test_the_hashes_of_the_first_version_are_what_they_were() -> None:
    previous = START
    for row in json.loads(VECTOR.read_text("utf-8")):
        raw, payload = row["env"].encode(), row["payload"].encode()
        made = written("D1", Envelope.parse(raw), payload, previous)
        assert (made.raw, made.hash.hex()) == (raw, row["hash"])
        assert from_line(line_of(made)[:-1], "D1", previous) == made
        assert hashlib.sha256(b"vd-entry-1" + previous + hashlib.sha256(payload).digest() + raw).digest() == made.hash
        previous = made.hash


@given(envelopes)
def test_an_envelope_is_read_back_as_it_was_written(env: Envelope) -> None:
    assert Envelope.parse(env.encode()) == env


@given(envelopes, payloads, st.binary(min_size=32, max_size=32))
def test_an_entry_travels_unchanged_in_one_line(env: Envelope, payload: bytes, previous: bytes) -> None:
    one = written("D1", env, payload, previous)
    line = line_of(one)

    assert line.count(b"\n") == line.count(b"\t") == 1
    assert from_line(line[:-1], "D1", previous) == one


@given(envelopes, payloads, st.binary(min_size=32, max_size=32))
def test_a_withheld_entry_travels_as_a_stub_and_the_chain_still_holds(
    env: Envelope, payload: bytes, previous: bytes
) -> None:
    one = written("D1", env, payload, previous)
    stub = replace(one, payload=None)

    assert from_line(line_of(stub)[:-1], "D1", previous) == stub
    assert line_of(stub) == one.raw + b'\t"sha256:' + hashlib.sha256(payload).hexdigest().encode() + b'"\n'
    assert stub.hash == one.hash


@given(st.data())
def test_any_byte_changed_in_a_line_is_refused_or_breaks_the_chain(data: st.DataObject) -> None:
    one = written("D1", data.draw(envelopes), data.draw(payloads), START)
    line = bytearray(line_of(one)[:-1])
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))
    try:
        read = from_line(bytes(line), "D1", START)
    except ValueError:
        return
    assert read.hash != one.hash


@given(payloads, payloads, st.binary(min_size=32, max_size=32))
def test_the_hash_binds_what_stands_before_and_the_payload(one: bytes, other: bytes, previous: bytes) -> None:
    first = written("D1", PLAIN, one, START)

    assert (written("D1", PLAIN, other, START).hash == first.hash) == (one == other)
    assert (written("D1", PLAIN, one, previous).hash == first.hash) == (previous == START)
    assert chained(START, first.phash, first.raw) == first.hash


def _flat(**changes: object) -> bytes:
    return json.dumps({**json.loads(PLAIN.encode()), **changes}, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{}", b"[]", PLAIN.encode() + b" ", b" " + PLAIN.encode(), PLAIN.encode().replace(b",", b", "),
        PLAIN.encode().replace(b'"seq":1', b'"seq":1,"seq":1'), PLAIN.encode()[:-1] + b',"x":1}',
        _flat(seq=0), _flat(seq=-1), _flat(seq=1.5), _flat(seq="1"), _flat(seq=2**53), _flat(seq=10**17),
        PLAIN.encode().replace(b'"seq":1', b'"seq":01'), _flat(sv=2**31), _flat(sv=-1), _flat(sv=True),
        _flat(hlc="2026-02-30T03:57:00.000Z/0"), _flat(hlc="2026-11-24T25:57:00.000Z/0"), _flat(hlc="2026-11-24T03:57:00Z/0"),
        _flat(hlc="2026-11-24T03:57:00.000Z/01"), _flat(t=""), _flat(t="a b"), _flat(t="1a"), _flat(t="x" * 65), _flat(id="罗"),
        _flat(id='"'), _flat(id="\\"), _flat(id="\n"), _flat(id="x" * 65), _flat(a=None), _flat(op=7),
        _flat(par=[["D1", 1, "0a1b2c3d"]]),  # in the wrong place
        _flat(w=""), _flat(w="x"), _flat(w="sn"), _flat(w=None), PLAIN.encode().replace(b'"sv"', b'"w":"s","sv"'),
        PLAIN.encode().replace(b'"op":"set"', b'"op":"set","par":[["D1",1,"0A1B2C3D"]]'),
        PLAIN.encode().replace(b'"op":"set"', b'"op":"set","par":[["D1",0,"0a1b2c3d"]]'),
        PLAIN.encode().replace(b'"op":"set"', b'"op":"set","par":[["",1,"0a1b2c3d"]]'),
        PLAIN.encode().replace(b'"op":"set"', b'"op":"set","par":[["D1",1]]'),
        PLAIN.encode().replace(b'"op":"set"', b'"op":"set","par":[' + b",".join([b'["D1",1,"0a1b2c3d"]'] * 17) + b"]"),
        b"\xff" + PLAIN.encode(), b"[" * 5000, b" " * 5000,
    ],
)  # fmt: skip
def test_an_envelope_written_any_other_way_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whichever rule
        Envelope.parse(raw)


@pytest.mark.parametrize("line", [b"", PLAIN.encode(), PLAIN.encode() + b"\t{}\t{}", b"\t{}", b"{}\t" + PLAIN.encode()])
def test_a_line_that_is_not_two_columns_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whichever rule
        from_line(line, "D1", START)


def test_a_parent_is_named_by_device_place_and_eight_digits() -> None:
    one = written("D1", PLAIN, b"{}", START)

    assert one.name == Parent("D1", 1, one.hash.hex()[:8])
    moment, _, count = PLAIN.hlc.partition("/")
    assert (one.key, one.order) == (("D1", 1), (moment, int(count), "D1", 1))


def test_entries_of_one_moment_stand_in_the_order_of_their_count() -> None:
    entries = [
        written("D1", replace(PLAIN, hlc=str(Stamp(1_800_000_000_000, n))), b"{}", START) for n in (8, 9, 10, 11)
    ]
    assert sorted(entries, key=lambda e: e.order) == entries


def test_a_payload_is_the_record_then_the_reason_then_the_salt() -> None:
    values = {"_stage": "draft", "name": "罗𬭎"}

    assert payload_of(values) == '{"_stage":"draft","name":"罗𬭎"}'.encode()
    assert (
        payload_of(values, salt="S", reason="错字") == '{"_stage":"draft","name":"罗𬭎","_r":"错字","_s":"S"}'.encode()
    )


def test_no_two_salts_are_alike_and_each_has_128_bits() -> None:
    assert len({salt() for _ in range(1000)}) == 1000
    assert ids.is_id(salt(), 26)


@pytest.mark.parametrize(
    ("digest", "groups"),
    [
        (bytes(32), "00000 00000 00000 00000 00000 00000 00000 00000"),
        (b"\xff" * 32, "32699 84665 64056 40394 57584 00791 31296 39935"),
    ],
)
def test_a_fingerprint_is_eight_groups_of_five_digits(digest: bytes, groups: str) -> None:
    assert fingerprint(digest) == groups


def test_an_entry_cannot_be_changed() -> None:
    one: Entry = written("D1", PLAIN, b"{}", START)
    with pytest.raises(AttributeError):
        one.did = "D2"  # type: ignore[misc]
