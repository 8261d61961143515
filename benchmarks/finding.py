"""A keystroke to what it finds: villages of the country, and names on a desk: `python -m benchmarks.finding [people]`.

The floors read the same bytes and make nothing of them: one pass of `bytes.count` over the list of villages, and the bare
full-text query for one pair of characters.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import text
from sqlmodel import Session

from tests.making import NAMES
from villagedesk.actions.office import Founding, Office, found
from villagedesk.base import divisions, ids, pinyin
from villagedesk.base.paths import Places, resource
from villagedesk.base.text import query_grams
from villagedesk.records.entry import Envelope, payload_of, written
from villagedesk.store import journal
from villagedesk.store.projection import Projection
from villagedesk.store.search import search

ROUNDS = 15
TYPED = ("h", "hh", "hhh", "xin", "haohuahong", "好", "好花红", "惠水 好花红", "hs hhh", "惠水县好花红村", "没有这个名")
GIVEN = "正华庆芬兴富国珍世荣昌平秀英明德贵云山才文武光亮学成永福长生"


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def cold() -> None:
    divisions._units.cache_clear()  # noqa: SLF001 -- measured as on the first start
    divisions.load()


def villages() -> None:
    read = milliseconds(lambda: resource("divisions", "divisions.xz").read_bytes(), 3)
    load = milliseconds(cold, 3)
    units = divisions._units()  # noqa: SLF001 -- the floor reads the same bytes
    floor = milliseconds(lambda: units.body.count("好花红".encode("utf-16-le")))
    print(f"divisions: list loaded in {load:.0f} ms (file read {read:.1f}), one pass of bytes.count {floor:.1f} ms")
    for typed in TYPED:
        took = milliseconds(lambda typed=typed: divisions.find(typed))  # type: ignore[misc]
        print(f"divisions: {typed:12} {took:6.1f} ms  = {took / floor:5.1f} passes")


def names(people: int) -> None:
    chance = random.Random(7)
    surnames = [name[0] for name in NAMES] + list("单曾解陈杨李王张刘吴")
    called = [chance.choice(surnames) + "".join(chance.choices(GIVEN, k=2)) for _ in range(people)]
    narrowed = milliseconds(lambda: [pinyin.matches("lzh", name) for name in called[:1000]], 5)
    print(f"names: a list of 1,000 narrowed by letters {narrowed:.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        place = Places(Path(folder))
        office, _ = found(
            place, Founding("village", "522731102213", "村", "人", 1, "村"), "测量用的一句口令", recovery=False
        )
        with office.desk.writing() as session:
            moved_in(session, office, called)
        with office.desk.reading() as session:
            bare = text("SELECT rowid FROM words WHERE words MATCH :m ORDER BY rowid DESC LIMIT 50")
            pair = {"m": f'"{query_grams("正华")[0]}"'}
            floor = milliseconds(lambda: session.connection().execute(bare, pair).all())
            print(f"names: {people} people, bare full-text query for a pair {floor:.2f} ms")
            for typed in ("正华", "罗正华", "l", "lz", "lzh", "luozhenghua", "luo zhenghua", "qqq"):
                took = milliseconds(lambda typed=typed: search(session, office.by, typed))  # type: ignore[misc]
                print(f"names: {typed:12} {took:6.2f} ms  = {took / floor:5.1f} times")
        office.desk.close()


def moved_in(session: Session, office: Office, called: list[str]) -> None:
    """People as a bundle brings them: entries into the journal, then all rows at once."""
    own = journal.streams(session)[office.desk.me.did]
    seq, previous, entries = own.seq, own.head, []
    for name in called:
        seq += 1
        env = Envelope(seq, "2026-11-24T08:00:00.000Z/0", "ok", "person", ids.new(), "set", (), office.by.account, 1)
        entries.append(written(own.did, env, payload_of({"name": name}), previous))
        previous = entries[-1].hash
    journal.insert_many(session, own, entries)
    start = time.perf_counter()
    Projection(session, {own.did: own.dev}).put("person", [(own.org, e.env.id) for e in entries], fresh=True)
    print(f"names: rows and index of {len(called)} people made in {time.perf_counter() - start:.1f} s")


def main(people: int = 50_000) -> None:
    villages()
    names(people)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
