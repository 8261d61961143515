"""A full disk: a clear sentence, exit 4, nothing half, and all is well once there is space again."""

import errno
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.e2e.desks import VILLAGE, Laptop, Said, exported

GOOD = "检查完毕，没有发现问题。\n"
GROUPS = [{"name": f"{n}组", "number": n + 1} for n in range(200)]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def told(said: Said) -> bool:
    """Whether a failure speaks of the disk."""
    return any(word in said.err for word in ("硬盘满了", "空间不够", "硬盘读写出错", "No space left"))


def fill(disk: Path, left: int) -> Path:
    """Fill a disk up to `left` bytes; the file that does it."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - left)))
    return filler


SPACE = [0, 4_096, 102_400, 307_200]


@pytest.mark.slow
@pytest.mark.parametrize("left", SPACE)
def test_add_on_a_full_disk_keeps_all_or_nothing(village: Laptop, small: Path, left: int) -> None:
    laptop = village.copy(small / "village")
    before = laptop.add("group", {"name": "以前的"})
    filler = fill(small, left)
    said = laptop.run("add", "group", "-", stdin=GROUPS)
    filler.unlink()
    assert said.status in (0, 4)
    assert said.status == 0 or told(said), said.err
    kept = laptop.all("group")
    assert len(kept) == (1 + len(GROUPS) if said.out else 1)
    assert before in {g["id"] for g in kept}
    assert laptop.verify() == GOOD
    laptop("add", "group", "-", stdin=GROUPS)


@pytest.mark.slow
@pytest.mark.parametrize("left", SPACE)
def test_import_on_a_full_disk_takes_in_all_or_nothing_and_the_second_try_completes(
    village: Laptop, town: Laptop, small: Path, stick: Path, tmp_path: Path, left: int
) -> None:
    (tmp_path / "a.jpg").write_bytes(bytes(range(256)) * 400)
    village("add", "group", "-", stdin=GROUPS)
    village.meeting(files=[str(tmp_path / "a.jpg")])
    path = exported(village, stick)
    laptop = town.copy(small / "town")
    filler = fill(small, left)
    said = laptop.run("import", path)
    filler.unlink()
    assert said.status in (0, 4)
    assert said.status == 0 or told(said), said.err
    assert len(laptop.all("group")) in (0, len(GROUPS))
    assert laptop.verify() == GOOD
    laptop("import", path)
    assert laptop.all("group") == village.all("group")
    assert laptop.verify() == GOOD


@pytest.mark.slow
@pytest.mark.parametrize("left", SPACE)
def test_export_and_backup_onto_a_full_disk_leave_no_file_behind(village: Laptop, small: Path, left: int) -> None:
    village("add", "group", "-", stdin=GROUPS)
    filler = fill(small, left)
    for words in (("export", "--to", small), ("backup", "--to", small)):
        said = village.run(*words)
        assert said.status in (0, 4)
        assert said.status == 0 or "空间不够" in said.err
        left_over = [p for p in small.iterdir() if p != filler]
        assert [str(p) for p in left_over] == said.ids
        for file in left_over:
            file.unlink()
    assert village.verify() == GOOD


@pytest.mark.slow
@pytest.mark.parametrize("left", SPACE)
def test_backup_of_a_desk_on_a_full_disk_to_elsewhere_says_so_and_leaves_nothing(
    village: Laptop, small: Path, stick: Path, left: int
) -> None:
    laptop = village.copy(small / "village")
    filler = fill(small, left)
    said = laptop.run("backup", "--to", stick)
    filler.unlink()
    assert said.status in (0, 4)
    assert said.status == 0 or told(said), said.err
    assert [p for p in laptop.data.iterdir() if p.name.startswith("~")] == []
    assert laptop.verify() == GOOD


@pytest.mark.slow
@pytest.mark.parametrize("left", SPACE)
def test_init_on_a_full_disk_can_be_tried_again(small: Path, left: int) -> None:
    laptop = Laptop(small / "new", "罗倩")
    filler = fill(small, left)
    words = ("init", "--role", "village", "--division", VILLAGE, "--user", "罗倩")
    said = laptop.run(*words)
    filler.unlink()
    assert said.status in (0, 4)
    if said.status == 4:
        assert told(said), said.err
        laptop(*words)
    assert laptop.verify() == GOOD
    assert len(laptop.all("council")) == 6


# --- the same where nothing can be mounted --------------------------------------------------------


def test_a_data_file_that_may_not_grow_keeps_what_it_has_and_says_the_disk_is_full(village: Laptop) -> None:
    from villagedesk.actions import records
    from villagedesk.base.errors import Surroundings
    from villagedesk.records.kinds import KINDS
    from villagedesk.store.queries import counted

    with village.desk() as office:
        with office.desk.writing() as session:
            pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        raw = office.desk.engine.raw_connection()
        raw.cursor().execute(f"PRAGMA max_page_count = {pages + 3}")
        raw.close()
        with pytest.raises(Surroundings, match="硬盘满了，这次没有存上，原来的记录都在"):
            records.save(office, KINDS["group"], GROUPS)
        with office.desk.reading() as session:
            assert counted(session, office.by, KINDS["group"]) == 0
    assert village.verify() == GOOD
    village("add", "group", "-", stdin=GROUPS)


class _Full:
    """A file whose disk is full."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __enter__(self) -> "_Full":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def no_space(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every whole file that is written finds the disk full."""
    real = Path.open

    def full(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        file = real(self, mode, *rest, **named)
        return _Full(file) if mode == "wb" and self.name.endswith(".part") else file

    monkeypatch.setattr(Path, "open", full)


@pytest.mark.parametrize("command", ["backup", "card", "print", "attach", "import"])
def test_no_space_for_a_file_is_one_sentence_and_leaves_nothing(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"JPEG" * 100)
    identifier = village.meeting()
    path = exported(village, tmp_path / "good")
    state = village.decrypted()
    words: dict[str, tuple[object, ...]] = {
        "backup": ("backup", "--to", stick), "card": ("card", "--to", stick),
        "print": ("print", "meeting", identifier, "--to", stick),
        "attach": ("edit", "meeting", identifier, "-"), "import": ("import", path),
    }  # fmt: skip
    laptop = town if command == "import" else village
    with monkeypatch.context() as now:
        no_space(now)
        said = laptop.refused(4, *words[command], stdin={"files": [str(tmp_path / "a.jpg")]})
    assert "空间不够，没有写完，也没有留下半个文件" in said
    assert list(tmp_path.rglob("~*")) == []
    assert not stick.exists() or list(stick.iterdir()) == []
    assert village.decrypted() == state
    assert laptop.verify() == GOOD
