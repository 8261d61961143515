"""Where things lie."""

from pathlib import Path

import pytest

from villagedesk.base.paths import Places, default_data, resource, sentinel_folders


def test_everything_of_a_desk_lies_in_its_folder() -> None:
    places = Places(Path("/d"))
    found = (
        places.desk, places.keys, places.lock, places.blobs, places.backups, places.inbox, places.outbox, places.log,
    )  # fmt: skip

    assert [str(p) for p in found] == [
        "/d/desk.db", "/d/keys.json", "/d/desk.lock", "/d/blobs", "/d/backups", "/d/inbox", "/d/outbox", "/d/log",
    ]  # fmt: skip


def test_the_sentinel_lies_in_two_places_outside_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folders = sentinel_folders()

    assert len(set(folders)) == 2
    assert not any(f.is_relative_to(default_data()) for f in folders)


def test_a_shipped_file_is_found_in_a_checkout_and_in_a_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert resource("law", "village_organic_law_2026.toml").exists()

    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)

    assert resource("law") == tmp_path / "resources" / "law"
