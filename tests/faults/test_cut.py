"""Power cut: the write-ahead log ends anywhere; the desk opens in the state before or after, and is sound."""

import shutil
import struct
from pathlib import Path

import pytest

from tests.e2e.desks import Laptop, meeting
from villagedesk.actions import flow, records
from villagedesk.records.kinds import KINDS

GOOD = "检查完毕，没有发现问题。\n"


def cut_down(laptop: Laptop, home: Path) -> tuple[Laptop, str]:
    """The machine as the disk holds it in the middle of work: a meeting saved and finalised, nothing yet moved out of the log."""
    with laptop.desk() as office:
        (identifier,) = records.save(office, KINDS["meeting"], [meeting()]).ids
        flow.advance(office, KINDS["meeting"], identifier, "finalise")
        return laptop.copy(home), identifier


def borders(log: Path) -> list[int]:
    """Where the log may end: before its head, and behind each whole page."""
    size = struct.unpack(">I", log.read_bytes()[8:12])[0]
    return [0, *range(32, log.stat().st_size + 1, 24 + size)]


@pytest.mark.slow
def test_a_log_cut_at_every_frame_gives_the_state_before_or_after_and_is_sound(village: Laptop, tmp_path: Path) -> None:
    stopped, identifier = cut_down(village, tmp_path / "stopped")
    log = stopped.data / "desk.db-wal"
    ends = borders(log)
    assert len(ends) > 10
    seen = []
    for at, end in enumerate([e + extra for e in ends for extra in (0, 100)]):
        again = stopped.copy(tmp_path / "again" / str(at))
        (again.data / "desk.db-shm").unlink()
        with (again.data / "desk.db-wal").open("r+b") as file:
            file.truncate(end)
        stages = [m["stage"] for m in again.all("meeting")]
        assert stages in ([], ["draft"], ["final"])
        assert len(again.all("resolution")) == (1 if stages == ["final"] else 0)
        assert again.verify() == GOOD
        seen.append((stages or ["nothing"])[0])
        shutil.rmtree(again.home)
    steps = ["nothing", "draft", "final"]
    assert list(dict.fromkeys(seen)) == steps  # each state once, in order: nothing is half, nothing comes back
    assert stopped.all("meeting")[0]["id"] == identifier


def test_a_log_with_a_torn_page_in_its_middle_ends_there(village: Laptop, tmp_path: Path) -> None:
    stopped, _ = cut_down(village, tmp_path / "stopped")
    log = stopped.data / "desk.db-wal"
    data = bytearray(log.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 512] = bytes(512)
    log.write_bytes(data)
    (stopped.data / "desk.db-shm").unlink()
    assert [m["stage"] for m in stopped.all("meeting")] in ([], ["draft"])
    assert stopped.verify() == GOOD
    stopped("finalise", "meeting", stopped.meeting())
    assert stopped.verify() == GOOD


def test_a_page_damaged_on_the_disk_is_noticed_and_named(village: Laptop) -> None:
    village("add", "group", "-", stdin=[{"name": f"{n}组"} for n in range(50)])
    file = village.data / "desk.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    said = village.run("verify")
    assert said.status in (3, 4)
    assert "损坏" in said.out + said.err
