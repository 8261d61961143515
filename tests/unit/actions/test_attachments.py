"""Attachments laid out where a person asks for them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Desks
from tests.unit.store.filling import CASE, save
from villagedesk.actions.attachments import lay_out
from villagedesk.actions.office import Office
from villagedesk.base.errors import Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty
from villagedesk.store import queries

CASES = KINDS["case"]


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An open desk instead of a laptop's command line."""
    with desks.opened("village", tmp_path / "village") as office:
        yield office


def case(office: Office, path: Path, name: str) -> tuple[str, str]:
    """A case with one attachment of that name: its id, the file's hash."""
    path.write_bytes(b"scan")
    identifier = save(office, "case", **CASE, files=[{"path": str(path), "name": name}])
    with office.desk.reading() as session:
        (file,) = queries.one(session, office.by, CASES, identifier).record.files  # type: ignore[attr-defined]
    return identifier, file.sha256


@pytest.mark.parametrize(
    ("name", "laid"), [("协议.jpg", "协议.jpg"), ("../../x.jpg", "_.._x.jpg"), ("...", "附件"), ("a/b", "a_b")]
)
def test_a_file_is_laid_under_a_name_that_stays_in_the_folder(
    village: Office, tmp_path: Path, name: str, laid: str
) -> None:
    identifier, sha = case(village, tmp_path / "a.jpg", name)
    (tmp_path / "out").mkdir()
    path = lay_out(village, CASES, identifier, sha, tmp_path / "out")
    assert (path, path.read_bytes()) == (tmp_path / "out" / laid, b"scan")


def test_another_file_of_that_name_is_not_written_over(village: Office, tmp_path: Path) -> None:
    identifier, sha = case(village, tmp_path / "a.jpg", "a.jpg")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jpg").write_bytes(b"other")
    path = lay_out(village, CASES, identifier, sha, tmp_path / "out")
    assert path.name == f"a-{sha[:6]}.jpg"
    assert lay_out(village, CASES, identifier, sha, tmp_path / "out") == path
    assert (tmp_path / "out" / "a.jpg").read_bytes() == b"other"


def test_a_file_is_reached_through_its_record_only(village: Office, tmp_path: Path) -> None:
    identifier, sha = case(village, tmp_path / "a.jpg", "a.jpg")
    with pytest.raises(Refused, match="这个附件已不在这条记录里"):
        lay_out(village, CASES, identifier, "0" * 64, tmp_path)
    clerk = replace(village, by=replace(village.by, duties=frozenset({Duty.CLERK})))
    with pytest.raises(Refused, match="只有调解主任能看"):
        lay_out(clerk, CASES, identifier, sha, tmp_path)
