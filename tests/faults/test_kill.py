"""SIGKILL at any moment: what was printed as saved is there, nothing is half, and the next run goes on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.desks import VILLAGE, Laptop, exported

GOOD = "检查完毕，没有发现问题。\n"
KILLS = int(os.environ.get("TEST_KILLS", "20"))
"""How often a process is killed; `make deep` asks for many more."""
MANY = 1_500

ADDING = """
import sys
from villagedesk.cli import main
while main(["--data", sys.argv[1], "add", "group", sys.argv[2]]) == 0:
    pass
"""
"""One `add` after the other in one process: its start is paid for once."""


def killed(running: "subprocess.Popen[bytes]", after: float) -> bytes:
    """Let it run that long and kill it; what it had printed by then."""
    with running:
        try:
            out, _ = running.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            out, _ = running.communicate()
    return out


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS * 2 // 5))
def test_every_id_printed_before_a_kill_during_add_is_there_afterwards(
    village: Laptop, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    groups = [{"name": f"{n}组"} for n in range(dice.choice((1, 3, 200)))]
    (tmp_path / "groups.json").write_text(json.dumps(groups), "utf-8")
    with village.machine():
        running = subprocess.Popen(
            [sys.executable, "-P", "-u", "-c", ADDING, village.data, tmp_path / "groups.json"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
    assert running.stdout is not None
    first = running.stdout.readline()
    printed = first + killed(running, dice.uniform(0, 0.4))
    complete = [line.decode() for line in printed.split(b"\n")[:-1]]

    kept = {g["id"] for g in village.all("group")}
    assert complete
    assert set(complete) <= kept
    assert len(kept) % len(groups) == 0  # all of a list or none of it
    assert village.verify() == GOOD
    assert village.add("group", {"name": "之后的"}) not in kept


@pytest.fixture(scope="session")
def heavy(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A bundle of many records with a photo, and the seconds a town's process needs to take it in."""
    place = tmp_path_factory.getbasetemp() / "heavy"
    if not place.exists():
        village = Laptop(made / "village", "罗倩").copy(place / "village")
        village("add", "group", "-", stdin=[{"name": f"{n}组", "number": n % 999 + 1} for n in range(MANY)])
        (place / "a.jpg").write_bytes(random.Random(1).randbytes(1 << 20))
        village.meeting(files=[str(place / "a.jpg")])
        exported(village, place / "stick")
    (path,) = (place / "stick").iterdir()
    town = Laptop(made / "town", "王镇").copy(tmp_path_factory.mktemp("measured") / "town")
    started = time.monotonic()
    assert town.alone("import", path).status == 0
    return path, time.monotonic() - started


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS * 2 // 5))
def test_a_kill_during_import_leaves_all_or_nothing_and_the_second_run_completes(
    town: Laptop, heavy: tuple[Path, float], seed: int
) -> None:
    path, duration = heavy
    killed(town.process("import", path), random.Random(seed).uniform(0.3, 1.05) * duration)

    groups = len(town.all("group"))
    assert groups in (0, MANY)
    assert len(town.all("meeting")) == (1 if groups else 0)
    assert town.verify() == GOOD

    said = town("import", path).out
    assert ("没有再收" in said) == bool(groups)
    assert (len(town.all("group")), len(town.all("meeting"))) == (MANY, 1)
    assert len(list(town.data.glob("blobs/??/*"))) == 1
    assert town.verify() == GOOD


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS // 5))
def test_stick_28_a_kill_during_export_leaves_no_bundle_or_a_whole_one(
    made: Path, heavy: tuple[Path, float], town: Laptop, tmp_path: Path, seed: int
) -> None:
    path, duration = heavy
    village = Laptop(path.parents[1] / "village", "罗倩").copy(tmp_path / "village")
    stick = tmp_path / "stick"
    killed(village.process("export", "--to", stick), random.Random(seed).uniform(0.3, 1) * duration)
    whole = list(stick.glob("vd1-*")) if stick.exists() else []
    for one in whole:
        town("import", one)
    assert village.verify() == GOOD
    again = exported(village, stick)
    town("import", again)
    assert town.all("meeting") == village.all("meeting")
    assert again.name.split("-")[2] == VILLAGE[:9]


def test_what_a_kill_leaves_behind_does_not_pile_up(village: Laptop, stick: Path) -> None:
    """Copies under way when the power went are swept: those of a backup at the next opening, those of a restore at the next one."""
    backup = village("backup", "--to", stick).out.strip()
    for name in ("~backupabc", "~restoreabc"):
        (village.data / name).mkdir()
        (village.data / name / "desk.db").write_bytes(b"x" * 1000)
    (village.data / "inbox").mkdir(exist_ok=True)
    (village.data / "inbox" / "~0123.age.part").write_bytes(b"x")
    village("list", "group")
    assert sorted(p.name for p in village.data.rglob("~*")) == ["~restoreabc"]
    village("restore", backup)
    assert sorted(p.name for p in village.data.rglob("~*")) == []
