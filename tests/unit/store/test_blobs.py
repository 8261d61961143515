"""Attachments, encrypted beside the data."""

import hashlib

import pytest

from villagedesk.actions.office import Office
from villagedesk.base.errors import Surroundings
from villagedesk.store import blobs
from villagedesk.store.tables import BlobRow

DATA = "签到表".encode() * 1000
SHA = hashlib.sha256(DATA).hexdigest()


def keep(office: Office, data: bytes = DATA) -> str:
    with office.desk.writing() as session:
        return blobs.keep(session, office.desk.places, data, "image/jpeg")


def fetch(office: Office, sha: str = SHA) -> bytes:
    with office.desk.reading() as session:
        return blobs.fetch(session, office.desk.places, sha)


@pytest.mark.parametrize("data", [b"", b"\0", DATA])
def test_a_file_is_given_back_as_it_was(village: Office, data: bytes) -> None:
    sha = keep(village, data)

    assert (sha, fetch(village, sha)) == (hashlib.sha256(data).hexdigest(), data)


def test_a_file_is_kept_once_under_its_hash_and_locked(village: Office) -> None:
    keep(village)
    first = blobs.place(village.desk.places, SHA).read_bytes()
    keep(village)

    assert [p.name for p in village.desk.places.blobs.glob("??/*")] == [SHA]
    assert blobs.place(village.desk.places, SHA).read_bytes() == first
    assert "签到表".encode() not in first


def test_a_file_that_was_lost_is_kept_again_when_it_is_brought_again(village: Office) -> None:
    keep(village)
    blobs.place(village.desk.places, SHA).unlink()
    keep(village)

    assert fetch(village) == DATA


def test_a_file_in_the_place_of_another_is_not_taken_for_it(village: Office) -> None:
    keep(village)
    other = keep(village, b"x")
    places = village.desk.places
    blobs.place(places, SHA).write_bytes(blobs.place(places, other).read_bytes())

    with pytest.raises(Surroundings, match="已损坏"):
        fetch(village)


@pytest.mark.parametrize("damage", [b"", b"short", DATA])
def test_a_damaged_file_is_told(village: Office, damage: bytes) -> None:
    keep(village)
    blobs.place(village.desk.places, SHA).write_bytes(damage)

    with pytest.raises(Surroundings, match="已损坏"):
        fetch(village)


def test_a_file_nobody_has_is_told(village: Office) -> None:
    with pytest.raises(Surroundings, match="不在这台电脑上"):
        fetch(village)


def test_a_wanted_file_is_missing_until_it_comes(village: Office) -> None:
    with village.desk.writing() as session:
        blobs.want(session, SHA, len(DATA), "image/jpeg")
        blobs.want(session, SHA, len(DATA), "image/jpeg")
    with pytest.raises(Surroundings, match="不在这台电脑上"):
        fetch(village)
    keep(village)
    with village.desk.writing() as session:
        blobs.want(session, SHA, len(DATA), "image/jpeg")
        row = session.get(BlobRow, SHA)

    assert row is not None
    assert (row.state, fetch(village)) == ("have", DATA)


def test_a_transaction_that_fails_leaves_a_file_nobody_can_open(village: Office) -> None:
    def fail() -> None:
        with village.desk.writing() as session:
            blobs.keep(session, village.desk.places, DATA, "image/jpeg")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(Surroundings):
        fetch(village)
    keep(village)

    assert fetch(village) == DATA
