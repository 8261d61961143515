"""A bundle of meetings taken in by the town, beside the standard tools and one executemany: `python -m benchmarks.takein [meetings]`.

30,000 meetings of some 600 bytes, each its own entry.  The floor opens the same file with ``age -d | zstd -dc | tar xf -``, reads
each line as JSON and puts the rows into a plain SQLite file with one ``executemany``: no signature, no chain, no check, no cipher.
Ours ends committed, with signature, chain, shape check, journal, rows, heads, search and findings.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from villagedesk.actions import enrol, founding, incoming, outgoing
from villagedesk.actions.office import Office, device_keys
from villagedesk.base import ids
from villagedesk.base.paths import Places
from villagedesk.records.entry import Envelope, payload_of, salt, written
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import checked, dumped
from villagedesk.store import journal

VILLAGE, TOWN = "522731102213", "522731102"
PASSPHRASE = "只为测速用的一句口令"
NAMES = ("罗正华", "王庆芬", "岑兴富", "韦国珍", "石明英", "莫文学", "陆大明", "杨秀兰")
SAID = (
    "经讨论，同意通组路硬化工程由村委会组织实施，资金从集体经济收入中列支。",
    "罗正华提出水沟要一并清理，会后在公示栏张榜公布，公示期七天。",
    "支部书记作说明，大家没有不同意见；监督委员会全程参加。",
)
TOOLS = ("age", "zstd", "tar")


@contextmanager
def desks(folder: Path) -> Iterator[tuple[Office, Office]]:
    """A village and its town, enrolled with each other."""
    village, _ = founding.found(Places(folder / "village"), "village", VILLAGE, "", "罗正华", PASSPHRASE)
    town, _ = founding.found(Places(folder / "town"), "town", TOWN, "", "王庆芬", PASSPHRASE)
    try:
        for one, other in ((village, town), (town, village)):
            enrol.enrol(other, enrol.write_card(one, folder)[0])
        yield village, town
    finally:
        village.desk.close()
        town.desk.close()


def meeting(number: int) -> dict[str, object]:
    """What a clerk types into one meeting, some 600 bytes as JSON."""
    chance = random.Random(number)
    present = [{"name": name, "state": "present"} for name in chance.sample(NAMES, 4)]
    return {
        "bodies": [{"body": "committee", "name": "村民委员会"}], "held_from": f"2026-{number % 12 + 1:02}-{number % 27 + 1:02}T09:30",
        "subject": f"研究第{number}号事项的会议", "place": "村委会二楼会议室", "chair": {"name": "罗正华"},
        "present": present, "minutes": "".join(chance.sample(SAID, 2)),
    }  # fmt: skip


def fill(office: Office, count: int) -> None:
    """Put meetings into the journal, as saving would, a few thousand at a time; the village itself needs no rows here."""
    cls = KINDS["meeting"]
    with office.desk.writing() as session:
        me = office.desk.me
        stream = journal.streams(session)[me.did]
        seq, head, entries = stream.seq, stream.head, []
        for number in range(count):
            seq += 1
            payload = payload_of(dumped(checked(cls, meeting(number))), salt=salt())
            stamp = f"2026-11-24T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000Z/0"
            entry = written(
                me.did,
                Envelope(seq, stamp, "ok", "meeting", ids.new(), "set", None, office.by.account, 1),
                payload,
                head,
            )
            head = entry.hash
            entries.append(entry)
        journal.insert_many(session, stream, entries)


def floor(bundle: Path, folder: Path) -> None:
    """The same rows by hand."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"age -d -i key {bundle} | zstd -dc | tar xf - -C out"], cwd=folder, check=True
    )
    (folder / "floor.db").unlink(missing_ok=True)
    base = sqlite3.connect(folder / "floor.db")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("CREATE TABLE row (seq INTEGER, id TEXT, kind TEXT, title TEXT, doc TEXT, PRIMARY KEY (kind, id))")
    rows = []
    for path in out.rglob("*.tsv"):
        for line in path.read_bytes().splitlines():
            envelope, doc = line.split(b"\t")
            said, values = json.loads(envelope), json.loads(doc)
            rows.append((said["seq"], said["id"], said["t"], values.get("subject", ""), doc.decode()))
    base.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?)", rows)
    base.commit()
    base.close()


def main(count: int = 30_000, rounds: int = 3) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"not measured: {', '.join(missing)} missing (apt-get install age zstd tar)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with desks(folder) as (village, town):
            fill(village, count)
            [sent] = outgoing.export(village, folder)
            with town.desk.reading() as session:
                (folder / "key").write_text(device_keys(session).age_sk)
            floors = []
            for _ in range(rounds):
                start = time.perf_counter()
                floor(sent.path, folder)
                floors.append(time.perf_counter() - start)
            start = time.perf_counter()
            [report] = incoming.take_in(town, sent.path)
            ours = [time.perf_counter() - start]
            print(f"{count} meetings, {report.new} entries, file {sent.size / 1e6:.2f} MB; seconds")
            print(f"floor: age | zstd | tar x, JSON, executemany   {min(floors):7.2f}")
            print(
                f"ours, committed with search and findings       {min(ours):7.2f}  = {min(ours) / min(floors):.2f} times"
            )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
