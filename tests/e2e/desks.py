"""Laptops for tests: each with its own data folder and its own memory outside it, worked through the command line."""

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from villagedesk.actions.office import Office, at_desk
from villagedesk.base.paths import Places
from villagedesk.cli import main
from villagedesk.store import keys, queries
from villagedesk.store.tables import Journal

SECRET = "好花红村测试口令"
NEW = "VILLAGEDESK_NEW_PASSPHRASE"
VILLAGE, SECOND, TOWN, COUNTY = "522731102213", "522731102200", "522731102", "522731"


class Said(NamedTuple):
    """What a command left behind: exit status, results, sentences."""

    status: int
    out: str
    err: str

    @property
    def ids(self) -> list[str]:
        return self.out.split()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Laptop:
    """One machine: `home/data` is the desk, `home/state` and `home/config` what the program remembers outside it."""

    home: Path
    user: str = ""

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def environment(self) -> dict[str, str]:
        """What a command on this machine finds around it."""
        known = {"XDG_STATE_HOME": str(self.home / "state"), "XDG_CONFIG_HOME": str(self.home / "config")}
        return {**known, "VILLAGEDESK_PASSPHRASE": SECRET, "VILLAGEDESK_USER": self.user, "VILLAGEDESK_DEBUG": "1"}

    def by(self, user: str) -> "Laptop":
        """The same machine with somebody else at it."""
        return replace(self, user=user)

    @contextmanager
    def machine(self, **extra: str) -> Iterator[None]:
        """Be this machine: its environment, and a passphrase that costs little to check."""
        with patch.dict(os.environ, {**self.environment, **extra}), patch.object(keys, "COST", keys.Cost(64, 1, 1)):
            yield

    def run(self, *words: object, stdin: object = None, **extra: str) -> Said:
        """One command in this process.  `stdin` is bytes, or a value to be sent as JSON, or a terminal; `extra` goes to the environment."""
        source = stdin if isinstance(stdin, io.TextIOWrapper) else _given(stdin)
        out, err = io.StringIO(), io.StringIO()
        with self.machine(**extra), patch.object(sys, "stdin", source), redirect_stdout(out), redirect_stderr(err):
            status = main(["--data", str(self.data), *map(str, words)])
        _close_log()
        return Said(status, out.getvalue(), err.getvalue())

    def __call__(self, *words: object, stdin: object = None, **extra: str) -> Said:
        """One command that is meant to succeed."""
        said = self.run(*words, stdin=stdin, **extra)
        assert said.status == 0, said.err
        return said

    def refused(self, status: int, *words: object, stdin: object = None, **extra: str) -> str:
        """One command that is meant to fail with that status; returns its sentence.  Nothing goes to stdout."""
        said = self.run(*words, stdin=stdin, **extra)
        assert (said.status, said.out) == (status, ""), (said, words)
        return said.err

    def add(self, kind: str, values: Any) -> str:
        """Add one record; return its id."""
        (identifier,) = self("add", kind, "-", stdin=values).ids
        return identifier

    def meeting(self, **changes: Any) -> str:
        """Add a meeting; return its id."""
        return self.add("meeting", meeting(**changes))

    def show(self, kind: str, identifier: str) -> dict[str, Any]:
        """A record as JSON has it."""
        shown: dict[str, Any] = self("show", kind, identifier, "--json").json
        return shown

    def values(self, kind: str, identifier: str) -> dict[str, Any]:
        found: dict[str, Any] = self.show(kind, identifier)["values"]
        return found

    def all(self, kind: str, *words: str) -> list[dict[str, Any]]:
        """All records of a kind as JSON has them."""
        found: list[dict[str, Any]] = self("list", kind, "--json", *words).json
        return found

    def verify(self) -> str:
        return self("verify").out

    def history(self, kind: str, identifier: str) -> list[tuple[str, int, str]]:
        """What was done to a record: op, edition, reason."""
        rows = self("history", kind, identifier, "--json").json
        return [(r["op"], r["edition"], r["reason"]) for r in rows]

    @contextmanager
    def desk(self, user: str = "", secret: str = SECRET) -> Iterator[Office]:
        """The desk, open, for a look at what the command line does not show."""
        with self.machine(), at_desk(Places(self.data), user or self.user, secret) as office:
            yield office

    def journal(self) -> list[tuple[str, bytes, bytes | None]]:
        """Every entry: device, envelope, payload."""
        with self.desk() as office, office.desk.reading() as session:
            names = {d.dev: d.did for d in queries.devices(session)}
            rows = session.connection().execute(Journal.__table__.select().order_by("dev", "seq"))  # type: ignore[attr-defined]
            return [(names[r.dev], r.env, r.payload) for r in rows]

    def decrypted(self) -> str:
        """Everything in the data file, as text: what somebody with the key could find in it."""
        with self.desk() as office:
            raw = office.desk.engine.raw_connection()
            try:
                return "\n".join(
                    repr(row) if not isinstance(row[0], bytes) else row[0].decode("utf-8", "replace")
                    for row in _everything(raw.cursor())
                )
            finally:
                raw.close()

    def files(self) -> dict[str, bytes]:
        """Everything in the data folder that is not remade by looking at it: path → bytes."""
        passing = ("desk.db-wal", "desk.db-shm", "desk.lock")
        found = (p for p in sorted(self.data.rglob("*")) if p.is_file() and p.name not in passing)
        return {str(p.relative_to(self.data)): p.read_bytes() for p in found}

    def did(self) -> str:
        with self.desk() as office:
            return office.desk.me.did

    def partners(self) -> dict[str, str]:
        """Every device this machine knows: its id and status."""
        with self.desk() as office, office.desk.reading() as session:
            return {d.did: d.status for d in queries.devices(session)}

    def copy(self, home: Path) -> "Laptop":
        """The whole machine as it stands, in another place."""
        shutil.copytree(self.home, home)
        return replace(self, home=home)

    def forget(self) -> None:
        """Lose what the program remembers outside the data folder."""
        for name in ("state", "config"):
            shutil.rmtree(self.home / name, ignore_errors=True)

    def process(self, *words: object, **extra: str) -> "subprocess.Popen[bytes]":
        """One command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "villagedesk", "--data", str(self.data), *map(str, words)],
            env={**os.environ, **self.environment, **extra}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def alone(self, *words: object, **extra: str) -> Said:
        """One command in a process of its own, to its end."""
        with self.process(*words, **extra) as running:
            out, err = running.communicate(timeout=120)
        return Said(running.returncode, out.decode(), err.decode())


def _given(stdin: object) -> io.TextIOWrapper:
    data = stdin if isinstance(stdin, bytes) else json.dumps(stdin, ensure_ascii=False).encode()
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


class Terminal(io.TextIOWrapper):
    """A person at a terminal who types these lines."""

    def __init__(self, *lines: str) -> None:
        super().__init__(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def _everything(cursor: Any) -> Iterator[Any]:
    tables = [r[0] for r in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in tables:
        for row in cursor.execute(f"SELECT * FROM {name}").fetchall():
            for value in row:
                yield (value,)


def _close_log() -> None:
    root = logging.getLogger("villagedesk")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True


def founded(home: Path, role: str, code: str, user: str, *words: str) -> Laptop:
    """A new machine with a new desk."""
    laptop = Laptop(home, user)
    laptop("init", "--role", role, "--division", code, "--user", user, *words)
    return laptop


def meeting(**changes: Any) -> dict[str, Any]:
    """A representatives' meeting that could decide, with one matter it decided; `changes` replace or (None) take out fields."""
    plain = {
        "bodies": ["村民代表会议"], "subject": "第3次村民代表会议", "held_from": "2026-11-18T14:30", "held_to": "2026-11-18T16:50",
        "place": "村委会二楼", "chair": "罗正华", "recorder": "罗倩",
        "present": ["岑兴富", {"name": "陈世荣"}, {"name": "吴昌平", "state": "leave", "reason": "住院"}],
        "agenda": [item()],
    }  # fmt: skip
    return {k: v for k, v in {**plain, **changes}.items() if v is not None}


def item(**changes: Any) -> dict[str, Any]:
    """One matter, carried by two votes."""
    plain = {
        "title": "通组路硬化", "resolution": "同意实施方案。", "yes": 2, "no": 0, "method": "hands", "owner": "罗正华", "due_on": "2026-12-01",
    }  # fmt: skip
    return {k: v for k, v in {**plain, **changes}.items() if v is not None}


def case(**changes: Any) -> dict[str, Any]:
    """A mediation case whose words must not leave the mediator's hands."""
    plain = {
        "subject": "韦国珍莫家秀地界纠纷", "dispute": "d07", "source": "own", "accepted_on": "2026-11-20", "mediator": "罗倩",
        "parties": [{"name": "韦国珍", "phone": "13885400001"}, {"name": "莫家秀", "id_number": "522731198001010011"}],
        "facts": "因后山竹林地界多年争执", "terms": "以老界石为准", "amount": "3200.00",
    }  # fmt: skip
    return {**plain, **changes}


CASE_WORDS = ("韦国珍", "莫家秀", "13885400001", "522731198001010011", "竹林", "老界石")
"""Words of `case` that are found nowhere else."""


def enrolled(one: Laptop, other: Laptop, stick: Path) -> None:
    """Each of two machines takes the other's card in, its digits compared."""
    for giver, taker in ((one, other), (other, one)):
        said = giver("card", "--to", stick)
        taker("enrol", said.out.strip(), "--fingerprint", said.err.strip().splitlines()[-1])


def carried(giver: Laptop, taker: Laptop, stick: Path, *words: str) -> Said:
    """One bundle written, carried and taken in.  The file that fits the taker is chosen by who can open it."""
    path = exported(giver, stick, *words)
    return taker("import", path)


def exported(giver: Laptop, stick: Path, *words: str) -> Path:
    """One bundle written; its path."""
    (path,) = giver("export", "--to", stick, *words).ids
    return Path(path)


def machines(place: Path) -> Path:
    """A village's machine, a second one of that village, a town's and a county's, that know their neighbours."""
    if not place.exists():
        place.mkdir()
        village = founded(place / "village", "village", VILLAGE, "罗倩", "--recovery-to", str(place / "recovery.txt"))
        second = founded(place / "second", "village", VILLAGE, "吴昌平", "--laptop", "2")
        town = founded(place / "town", "town", TOWN, "王镇")
        county = founded(place / "county", "county", COUNTY, "县级经办")
        for one, other in ((village, second), (village, town), (second, town), (town, county)):
            enrolled(one, other, place / "stick")
    return place
