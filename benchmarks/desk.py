"""Saving a meeting beside a bare SQLite commit, and search as the desk grows: `python -m benchmarks.desk [large]`.

Saving's floor puts the same bytes into one table of plain SQLite and commits: WAL, synchronous=FULL, the same disk.  Search is
asked for a name, two characters and a phrase, at 100,000 and at `large` (1,000,000) records, and again for what nobody wrote.
"""

import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.takein import desks, meeting
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.base.text import grams
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import checked, dumped
from villagedesk.store.projection import searched
from villagedesk.store.search import search
from villagedesk.store.tables import TABLES, Found, put_rows, stored

SAVES = 200
ASKED = ("罗正华", "水沟", "公示期七天", "第77号", "岑兴富 通组路", "无人写过的话")


def saving(office: Office, folder: Path) -> None:
    """One after the other, in turns, so that both meet the same disk."""
    cls = KINDS["meeting"]
    base = sqlite3.connect(folder / "floor.db", isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("CREATE TABLE row (id TEXT PRIMARY KEY, doc BLOB)")
    ours, floor = [], []
    for number in range(SAVES):
        values = meeting(number)
        doc = str(dumped(checked(cls, values))).encode()
        start = time.perf_counter()
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO row VALUES (?, ?)", (ids.new(), doc))
        base.execute("COMMIT")
        floor.append(time.perf_counter() - start)
        start = time.perf_counter()
        records.save(office, cls, [values])
        ours.append(time.perf_counter() - start)
    base.close()
    print(f"{SAVES} meetings saved one by one; median in milliseconds")
    print(f"floor: bare SQLite commit of the bytes   {median(floor) * 1e3:7.2f}")
    print(
        f"ours: checked, chained, indexed          {median(ours) * 1e3:7.2f}  = {median(ours) / median(floor):.2f} times"
    )


def grown(office: Office, count: int) -> None:
    """Bring the desk to so many records: rows and search, as taking in leaves them; the journal is of no matter to search."""
    cls = KINDS["meeting"]
    words = {n: searched(checked(cls, meeting(n))) for n in range(2_000)}
    terms = {n: " ".join(grams(text)) for n, text in words.items()}
    while True:
        with office.desk.writing() as session:
            run = session.connection()
            run.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            last = run.exec_driver_sql("SELECT coalesce(max(row), 0) FROM found").scalar_one()
            missing = min(count - last, 20_000)
            if missing <= 0:
                return
            template = dict(run.execute(TABLES["meeting"].select().limit(1)).mappings().one())
            names = [ids.new() for _ in range(missing)]
            put_rows(
                session,
                TABLES["meeting"],
                [
                    {**template, "id": name, "held_from": f"{1987 + n % 40}{template['held_from'][4:]}"}
                    for n, name in enumerate(names)
                ],
            )  # fmt: skip  -- over forty years, as such a number would be
            rows = [(last + i + 1, name, (last + i) % 2_000) for i, name in enumerate(names)]
            put_rows(session, stored(Found), [
                {"row": row, "org": template["org"], "kind": "meeting", "id": name, "text": words[n]} for row, name, n in rows
            ])  # fmt: skip
            run.exec_driver_sql(
                "INSERT INTO words(rowid, grams) VALUES (?, ?)", [(row, terms[n]) for row, _, n in rows]
            )


def asked(office: Office) -> dict[str, float]:
    """Milliseconds of each question, the median of fifteen."""
    found = {}
    for words in ASKED:
        times = []
        for _ in range(15):
            with office.desk.reading() as session:
                start = time.perf_counter()
                search(session, office.by, words)
                times.append(time.perf_counter() - start)
        found[words] = median(times) * 1e3
    return found


def main(large: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with desks(folder) as (village, _):
            saving(village, folder)
            grown(village, 100_000)
            few = asked(village)
            grown(village, large)
            many = asked(village)
    print(f"search, milliseconds at 100,000 and {large:,} records")
    for words in ASKED:
        print(f"{words:　<12}{few[words]:8.2f}{many[words]:8.2f}  = {many[words] / few[words]:.2f} times")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
