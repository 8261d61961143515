"""Lines of a journal as they travel: one form, and no other accepted."""

import json

import pytest

from villagedesk.records.entry import START, Envelope, Parent, from_line, line_of, written

DID = "0123456789ABCDEF"
PLAIN = Envelope(12, "2026-11-24T03:57:00.123Z/0", "ok", "meeting", "7K2M9XQ4ZD3A", "set", None, "K7Q2M9XA", 1)
PARENTS = (Parent(DID, 11, "89abcdef"), Parent(f"{DID}.0123abcd", 2**52, "00000000"))


@pytest.mark.parametrize("par", [None, (), PARENTS[:1], PARENTS, PARENTS * 8])
def test_an_envelope_comes_back(par):
    env = Envelope(PLAIN.seq, PLAIN.hlc, "low", "meeting", "", "amend", par, "", 0)
    assert Envelope.parse(env.encode()) == env


@pytest.mark.parametrize("payload", [b"{}", b'"x"', '{"subject":"会议"}'.encode(), None])
def test_a_line_comes_back(payload):
    entry = written(DID, PLAIN, payload or b"secret", START)
    if payload is None:
        entry = type(entry)(DID, PLAIN, entry.raw, None, entry.phash, entry.hash)
    assert from_line(line_of(entry)[:-1], DID, START) == entry


def changed(**values: object) -> bytes:
    flat = {**json.loads(PLAIN.encode()), **values}
    return json.dumps(flat, separators=(",", ":"), ensure_ascii=False).encode()


RAW = PLAIN.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{}", b"null", RAW + b" ", b" " + RAW, RAW.replace(b",", b", "), RAW + b"\n", RAW[:-1], RAW * 2,
        RAW[:-1] + b',"sv":1}', RAW[:-1] + b',"more":1}', b"[" * 4000, b"\xef\xbb\xbf" + RAW,
        b'{"hlc"' + RAW.split(b'"hlc"')[1][:-1] + b',"seq":12}',
        changed(seq=0), changed(seq=-1), changed(seq=2**53), changed(seq=True), changed(seq="1"), changed(seq=1.0), RAW.replace(b"12", b"012"),
        changed(sv=-1), changed(sv=2**31), changed(sv=None), changed(t="a b"), changed(t=""), changed(t="会议"), changed(t="1a"),
        changed(id="x" * 65), changed(id="会"), changed(id='a"b'), changed(id="a\\b"), changed(id=["x"]), changed(op=1), changed(a="\x7f"),
        changed(hlc="2026-13-24T03:57:00.123Z/0"), changed(hlc="2026-02-29T03:57:00.123Z/0"), changed(hlc="2026-11-24T24:57:00.123Z/0"),
        changed(hlc="2026-11-24T03:57:00.123Z/00"), changed(hlc="2026-11-24 03:57:00.123Z/0"), changed(hlc=""),
        changed(par=[[DID, 11, "89abcdef"]]), changed(par=None),
    ],
)  # fmt: skip
def test_other_forms_of_an_envelope_are_refused(raw):
    with pytest.raises(ValueError, match=r"envelope|month|day|hour|range"):
        Envelope.parse(raw)


@pytest.mark.parametrize(
    "par", ["null", "[[]]", f'[["{DID}",0,"89abcdef"]]', f'[["{DID}",1,"89ABCDEF"]]', f'[["{DID}",1,"89abcde"]]', f'[["{DID}",1]]',
            f'["{DID}",1,"89abcdef"]', f'[["{"x" * 33}",1,"89abcdef"]]', "[" + ",".join([f'["{DID}",1,"89abcdef"]'] * 17) + "]",
            f'[["{DID}",1,"89abcdef"],]']
)  # fmt: skip
def test_other_forms_of_parents_are_refused(par):
    raw = RAW.replace(b',"a"', f',"par":{par},"a"'.encode())
    with pytest.raises(ValueError, match="envelope"):
        Envelope.parse(raw)


@pytest.mark.parametrize(
    "line",
    [b"", RAW, b"\t{}", RAW + b"\t{}\t", RAW + b"\t{\t}"],
)
def test_lines_of_other_than_two_columns_are_refused(line):
    with pytest.raises(ValueError, match=r"line|envelope"):
        from_line(line, DID, START)


@pytest.mark.parametrize(
    "stub", ['"sha256:' + "AB" * 32 + '"', '"sha256:' + "a " * 32 + '"', '"sha256:' + "ab" * 32 + "x"]
)
def test_only_a_whole_hash_stands_for_a_payload(stub):
    assert from_line(RAW + b"\t" + stub.encode(), DID, START).payload == stub.encode()
