"""A bundle written and read, beside the standard tools: `python -m benchmarks.exchange [entries] [photos]`.

100,000 entries (28 MB of payload) and 200 photos of 300 kB.  The floors move the same bytes and check nothing:
``tar cf - | zstd -3 | age`` and ``age -d | zstd -dc | tar xf -``.  Ours hash, sign, verify the chains and read back.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from villagedesk.base import ids
from villagedesk.exchange import bundle, seal
from villagedesk.records.entry import START, Entry, Envelope, Parent, written

ROUNDS = 5
SAID = (
    "经村民代表会议讨论，同意通组路硬化工程由村委会组织实施，",
    "所需资金{}元从集体经济收入中列支，",
    "会后在公示栏张榜公布，公示期七天。",
    "应到{}人，实到代表超过三分之二，符合法定人数。",
    "第{}组的罗正华提出，水沟要一并清理。",
    "表决结果：同意{}票，其余弃权。",
    "支部书记王庆芬作说明，大家没有不同意见。",
    "由韦国珍负责记录，监督委员会全程参加。",
)
TOOLS = ("age", "age-keygen", "zstd", "tar")


def chain(did: str, count: int) -> list[Entry]:
    """Entries as a village office writes them: some 280 bytes each, a third with parents named."""
    chance = random.Random(7)
    entries, previous = [], START
    for seq in range(1, count + 1):
        subject, *said = (one.format(chance.randrange(1000)) for one in chance.choices(SAID, k=3))
        values = {"subject": subject, "minutes": "".join(said), "held_from": f"2026-0{seq % 9 + 1}-12T09:30"}
        payload = json.dumps({**values, "_s": ids.new(26)}, ensure_ascii=False, separators=(",", ":")).encode()
        par = (Parent(did, seq - 1, previous.hex()[:8]),) if seq % 3 == 0 else None if seq % 3 else ()
        stamp = f"2026-11-24T{seq % 24:02d}:00:{seq % 60:02d}.{seq % 1000:03d}Z/0"
        env = Envelope(seq, stamp, "ok", "meeting", ids.new(), "set", par, "K7Q2M9XA", 1)
        entry = written(did, env, payload, previous)
        previous = entry.hash
        entries.append(entry)
    return entries


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of ROUNDS."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def head(keys: seal.DeviceKeys, entries: list[Entry]) -> bundle.Head:
    stream = bundle.Stream(keys.did, 1, len(entries), START, entries[-1].hash)
    return bundle.Head(
        id=ids.new(), no=1, prev="", sender=keys.did, sender_org="522731100201", to=(keys.did,), to_org="522731100",
        epoch="0123456789abcdef", kind="up", detail="full", reason="", streams=(stream,), knows={}, lacks={}, min_reader=1,
        schema=1, app="0.1.0", files=(), made="2026-11-24T00:00:00Z",
    )  # fmt: skip


def read(path: Path, keys: seal.DeviceKeys) -> None:
    with bundle.open_bundle(path, keys, lambda _: keys.sign_pk) as reader:
        for _ in reader.entries():
            pass
        for _ in reader.blobs():
            pass
        reader.finish()


def judge(path: Path, keys: seal.DeviceKeys) -> None:
    with bundle.open_bundle(path, keys, lambda _: keys.sign_pk):
        pass


def shell(command: str, folder: Path) -> Callable[[], object]:
    return lambda: subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, check=True)


def main(count: int = 100_000, photos: int = 200) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"not measured: {', '.join(missing)} missing (apt-get install age zstd tar)")
    keys = seal.new_keys()
    entries = chain(keys.did, count)
    pictures = {hashlib.sha256(data).hexdigest(): data for data in (os.urandom(300_000) for _ in range(photos))}
    blobs = [bundle.Blob(sha, "jpg", len(data), lambda data=data: data) for sha, data in pictures.items()]  # type: ignore[misc]
    draft = bundle.Draft(head(keys, entries), lambda _: iter(entries), blobs, [keys.age_pk])
    payload = sum(len(e.payload or b"") for e in entries)
    print(f"{count} entries, {payload / 1e6:.1f} MB of payload, {photos} photos; best of {ROUNDS}, seconds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / bundle.file_name(keys.did, "522731100", 1)
        ours_out = best(lambda: bundle.write(path, draft, keys))
        verdict = best(lambda: judge(path, keys))
        ours_in = best(lambda: read(path, keys))
        (folder / "key").write_text(keys.age_sk)
        (folder / "in").mkdir()
        open_it = f"age -d -i key {path.name} | zstd -dc | tar xf - -C in"
        floor_in = best(shell(open_it, folder))
        close_it = f"tar cf - -C in . | zstd -q -3 | age -r {keys.age_pk} > out.age"
        floor_out = best(shell(close_it, folder))
        synced = best(shell(close_it + " && sync out.age && sha256sum out.age > /dev/null", folder))
        rows(path.stat().st_size, (ours_out, floor_out, synced), (ours_in, floor_in), verdict)


def rows(size: int, out: tuple[float, float, float], into: tuple[float, float], verdict: float) -> None:
    ours, floor, synced = out
    print(f"file                                    {size / 1e6:7.2f} MB")
    print(f"write: tar | zstd -3 | age              {floor:7.3f}")
    print(f"write: the same, synced and read back   {synced:7.3f}")
    print(f"write: ours, synced and read back       {ours:7.3f}  = {ours / floor:.2f} and {ours / synced:.2f} times")
    print(f"read:  age -d | zstd -dc | tar xf       {into[1]:7.3f}")
    print(f"read:  ours, signature known            {verdict:7.3f}")
    print(f"read:  ours, all verified               {into[0]:7.3f}  = {into[0] / into[1]:.2f} times")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
