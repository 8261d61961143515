"""What a laptop remembers of its desks outside their folders."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import SECRET, Desks
from tests.unit.store.filling import save
from villagedesk.actions.office import Office, at_desk
from villagedesk.base.paths import Places, sentinel_folders
from villagedesk.store import opening
from villagedesk.store.sentinel import Mark, remember, seen

ONE, TWO = Mark("e1", 7, "aa", {"会1|2026": 3}), Mark("e1", 9, "bb", {})


def test_what_was_never_seen_is_not_known() -> None:
    assert seen("D1") is None


def test_each_device_is_remembered_in_two_places() -> None:
    remember("D1", ONE)
    remember("D2", TWO)

    assert (seen("D1"), seen("D2")) == (ONE, TWO)
    assert [sorted(json.loads((f / "desks.json").read_text("utf-8"))) for f in sentinel_folders()] == [["D1", "D2"]] * 2


@pytest.mark.parametrize("place", [0, 1])
def test_one_place_lost_is_made_up_by_the_other(place: int) -> None:
    remember("D1", ONE)
    (sentinel_folders()[place] / "desks.json").unlink()
    assert seen("D1") == ONE
    remember("D1", TWO)
    assert (sentinel_folders()[place] / "desks.json").exists()


def test_the_furthest_counts_when_places_differ() -> None:
    remember("D1", TWO)
    shutil.copy(sentinel_folders()[0] / "desks.json", sentinel_folders()[0] / "kept")
    remember("D1", ONE)
    shutil.move(sentinel_folders()[0] / "kept", sentinel_folders()[0] / "desks.json")

    assert seen("D1") == TWO


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "5", '{"D1":5}', '{"D1":{}}', '{"D1":{"epoch":"e","seq":1,"hash":"","numbers":{},"x":1}}', "\xff"],
)
def test_a_broken_memory_is_logged_and_does_without(text: str, warned: list[str]) -> None:
    remember("D1", ONE)
    (sentinel_folders()[0] / "desks.json").write_bytes(text.encode("latin-1"))

    assert seen("D1") == ONE
    assert len(warned) == 1
    assert warned[0].startswith("sentinel desks.json unreadable")


def test_a_place_that_cannot_be_written_is_logged_and_does_without(warned: list[str]) -> None:
    folder = sentinel_folders()[1]
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    remember("D1", ONE)

    assert seen("D1") == ONE
    assert any("not written" in w for w in warned)


def test_a_desk_that_goes_on_is_not_noticed(village: Office) -> None:
    opening.remember(village.desk)
    save(village, "person", name="岑兴富")
    assert opening.noticed(village.desk) is None
    opening.remember(village.desk)
    assert opening.noticed(village.desk) is None


def test_a_desk_behind_what_was_seen_is_noticed(village: Office, desks: Desks, tmp_path: Path) -> None:
    save(village, "person", name="岑兴富")
    opening.remember(village.desk)
    with desks.opened("village", tmp_path / "old") as old:
        mark = opening.noticed(old.desk)

    assert mark is not None
    assert mark.seq == 1


def test_a_desk_that_went_another_way_is_noticed(village: Office, desks: Desks, tmp_path: Path) -> None:
    save(village, "person", name="岑兴富")
    opening.remember(village.desk)
    with desks.opened("village", tmp_path / "copy") as copy:
        save(copy, "person", name="罗倩")
        save(copy, "person", name="陈世荣")
        assert opening.noticed(copy.desk) is not None


def test_a_copied_desk_gets_an_identity_of_its_own_and_numbers_that_were_not_given(
    village: Office, desks: Desks, tmp_path: Path
) -> None:
    with village.desk.writing() as session:
        opening.numbers.give(session, "会1", 2026)
    save(village, "person", name="岑兴富")
    opening.remember(village.desk)
    shutil.copytree(desks.home / "village", tmp_path / "copy")
    with at_desk(Places(tmp_path / "copy"), "罗倩", SECRET) as copy:
        assert copy.desk.me.did != village.desk.me.did
        assert copy.desk.me.epoch != village.desk.me.epoch
        assert "已换用新的设备号" in copy.notes[0]
        with copy.desk.writing() as session:
            assert opening.numbers.give(session, "会1", 2026) == 2
    with at_desk(Places(tmp_path / "copy"), "罗倩", SECRET) as again:
        assert again.notes == ()


def test_the_sentinel_holds_nothing_of_what_was_recorded(village: Office) -> None:
    save(village, "person", name="岑兴富")
    opening.remember(village.desk)
    text = (sentinel_folders()[0] / "desks.json").read_text("utf-8")

    assert json.loads(text) == {
        village.desk.me.did: {
            "epoch": village.desk.me.epoch,
            "seq": 1,
            "hash": seen(village.desk.me.did).hash,
            "numbers": {},
        }  # type: ignore[union-attr]
    }
