"""An enrolled village whose program has gone mad: whatever its entries hold, the town takes in the rest and goes on."""

import json
from pathlib import Path

import pytest

from tests.e2e.desks import Laptop, carried
from villagedesk.actions import write
from villagedesk.base import ids

GOOD = "检查完毕，没有发现问题。\n"
FILE = {"sha256": "ab" * 32, "size": 10, "type": "image/jpeg", "name": "a.jpg", "lid": "X"}
SOUND = {
    "bodies": [{"body": "pingyi", "lid": "B"}],
    "subject": "x",
    "held_from": "2026-11-18T14:30:00",
    "_stage": "draft",
}


def with_file(**changes: object) -> bytes:
    return json.dumps({**SOUND, "files": [{**FILE, **changes}]}).encode()


HOSTILE = {
    "no JSON": b"hello",
    "no bytes": b"",
    "bad UTF-8": b'{"subject":"\xff"}',
    "half a surrogate pair": b'{"subject":"\\ud800","_stage":"\\ud800"}',
    "a list": b"[1,2]",
    "a number": b"5",
    "null": b"null",
    "NaN": b'{"subject":NaN}',
    "deep": b'{"subject":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "doubled names": b'{"subject":"x","subject":"y"}',
    "a stage that is a list": json.dumps({**SOUND, "_stage": ["final"]}).encode(),
    "a stage nobody knows": json.dumps({**SOUND, "_stage": "nowhere"}).encode(),
    "a moment with a zone": json.dumps({**SOUND, "held_from": "2026-11-18T14:30:00+08:00"}).encode(),
    "a file of impossible size": with_file(size=10**30),
    "a file of negative size": with_file(size=-1),
    "a file with half a surrogate pair for a type": with_file().replace(b"image/jpeg", b"\\ud800"),
    "a file whose hash is a path": with_file(sha256="../" * 21 + "x"),
    "files that are none": json.dumps({**SOUND, "files": "x"}).encode(),
    "a number beyond SQLite": json.dumps({**SOUND, "agenda": [{"title": "x", "lid": "A", "yes": 10**30}]}).encode(),
    "NUL": json.dumps({**SOUND, "subject": "\x00"}).encode(),
    "a reason that is an object": json.dumps({**SOUND, "_r": {"a": 1}}).encode(),
    "lids that are lists": json.dumps({**SOUND, "bodies": [{"body": "pingyi", "lid": []}]}).encode(),
}


@pytest.mark.parametrize("op", ["set", "seal", "del", "nonsense"])
@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_an_entry_of_any_bytes_is_kept_and_keeps_nothing_else_from_being_taken_in(
    village: Laptop, town: Laptop, stick: Path, payload: bytes, op: str
) -> None:
    good = village.meeting()
    with village.desk() as office, office.desk.writing() as session:
        for kind in ("meeting", "newer_kind", "receipt", "cert", "review"):
            write.raw(session, office, kind, ids.new(), op, payload)
        mad = ids.new()
        write.raw(session, office, "meeting", mad, "set", json.dumps(SOUND).encode())
        write.raw(session, office, "meeting", mad, op, payload)
    assert carried(village, town, stick).status == 0
    assert good in {m["id"] for m in town.all("meeting")}
    assert town.verify() == GOOD
    for identifier in (good, *(m["id"] for m in town.all("meeting"))):
        town("history", "meeting", identifier)
        town("show", "meeting", identifier)
    town("search", "x")
    town("rollup")
    assert town("export", "--to", stick).status == 0
