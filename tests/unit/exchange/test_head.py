"""bundle.json read strictly."""

import json
from dataclasses import replace

import pytest

from tests.bundles import TOWN, VILLAGE, chain, head, payloads
from villagedesk.exchange import head as form

ENTRIES = chain(payloads(3))
BLOB = form.blob_path("ab" * 32, "jpg")
FILES = ((form.SIGNERS, 10), (form.journal_path(VILLAGE.did, 1, 3), 900), (BLOB, 5))
HEAD = head([ENTRIES], files=FILES, prev="cd" * 32, reason="《档案法》第十三条")


def test_it_comes_back():
    assert form.parse(form.opened(HEAD.encode())) == HEAD


def test_the_address_is_enough_for_a_stranger():
    flat = {"format": "villagedesk/9", "from": VILLAGE.did, "to": [TOWN.did], "min_reader": 1}
    assert form.address(flat) == form.Address(VILLAGE.did, (TOWN.did,), 2)


@pytest.mark.parametrize(
    "change",
    [{"id": "x"}, {"id": 1}, {"no": 0}, {"no": True}, {"no": 1.5}, {"no": 2**53}, {"prev": "x"}, {"prev": None}, {"from_org": "52"},
     {"from": "I" * 16}, {"to": "x"}, {"to": [1]}, {"to": ["x"]}, {"to": [TOWN.did] * 1001}, {"to_org": ""}, {"epoch": ""}, {"epoch": " "},
     {"kind": "away"}, {"kind": []}, {"detail": None}, {"reason": 1}, {"reason": "x" * 1001}, {"streams": {}}, {"streams": [1]}, {"streams": [{}]},
     {"knows": []}, {"knows": {"x": [1, "ab" * 32]}}, {"knows": {TOWN.did: [0, "ab" * 32]}}, {"knows": {TOWN.did: [1]}}, {"knows": {TOWN.did: 1}},
     {"lacks": []}, {"lacks": {"x": 1}}, {"lacks": {TOWN.did: 0}}, {"lacks": {TOWN.did: "1"}},
     {"min_reader": 0}, {"schema": -1}, {"app": "村"}, {"made": "2026-11-24"}, {"made": 1}, {"files": None}, {"files": [1]}, {"files": [[1, 1]]},
     {"files": [["x", 1, 2]]}, {"files": [["x", -1]]}, {"format": 1}, {"format": "x"}],
)  # fmt: skip
def test_each_value_is_checked(change):
    flat = json.loads(HEAD.encode()) | change
    with pytest.raises(ValueError, match=r"bundle\.json"):
        form.parse(flat)


def test_each_key_is_needed():
    for key in json.loads(HEAD.encode()):
        flat = json.loads(HEAD.encode())
        del flat[key]
        with pytest.raises(ValueError, match=r"bundle\.json"):
            form.parse(flat)


def j(first: int, last: int, did: str = VILLAGE.did, size: int = 9) -> tuple[str, int]:
    return form.journal_path(did, first, last), size


@pytest.mark.parametrize(
    "files",
    [(), (j(1, 2),), (j(1, 3), j(4, 4)), (j(1, 2), j(2, 3)), (j(2, 3), j(1, 1)), (j(1, 3), j(1, 3)), (j(1, 3, TOWN.did),), (j(0, 3),),
     (j(3, 1),), (j(1, 3, size=form.MEMBER_SIZE + 1),), (j(1, 3), (form.SIGNERS, 1)), ((form.SIGNERS, 1), (form.SIGNERS, 1), j(1, 3)),
     ((BLOB, 1), j(1, 3)), (j(1, 3), (BLOB, 1), (BLOB, 1)), (j(1, 3), (BLOB, form.BLOB_LIMIT + 1)), (j(1, 3), (BLOB.upper(), 1)),
     (j(1, 3), (BLOB, 1), (BLOB.replace("jpg", "png"), 1)), (j(1, 3), (BLOB.replace("/ab/", "/cd/"), 1)), (j(1, 3), ("data/x", 1)),
     (j(1, 3), (BLOB + "/../x", 1)), (j(1, 3), ("data/../x", 1)), (j(1, 3), (BLOB.replace("jpg", "j.g"), 1)),
     (j(1, 3), *((form.blob_path(f"{n:064x}", "jpg"), form.BLOB_LIMIT) for n in range(8)))],
)  # fmt: skip
def test_files_must_fit_the_streams(files):
    with pytest.raises(ValueError, match=r"bundle\.json"):
        form.parse(form.opened(replace(HEAD, files=files).encode()))


def test_no_chain_twice_and_none_backwards():
    (stream,) = HEAD.streams
    for streams, files in (
        ((stream, stream), (j(1, 3), j(1, 3))),
        ((replace(stream, first=4),), ()),
        ((replace(stream, last=10**6),), (j(1, 10**6),)),
    ):
        with pytest.raises(ValueError, match=r"bundle\.json"):
            form.parse(form.opened(replace(HEAD, streams=streams, files=files).encode()))


def test_manifests_list_exactly_the_files():
    rows = [("12" * 32, FILES[0][0]), ("34" * 32, FILES[1][0]), ("ab" * 32, BLOB)]
    whole = form.manifest(rows)
    assert form.digests(whole, FILES) == [digest for digest, _ in rows]
    wrong = [whole[:-1], whole + whole, form.manifest(rows[::-1]), whole.replace(b"  ", b" *"), whole.upper(), whole + b"\n", b"\xff",
             whole.replace(b"\n", b"\r\n"), form.manifest([*rows[:2], ("cd" * 32, BLOB)])]  # fmt: skip
    for raw in wrong:
        with pytest.raises(ValueError, match=r"bundle\.json|ascii"):
            form.digests(raw, FILES)
