"""Making a data file and opening one: steps, newer files, one desk at a time."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.conftest import Desks
from tests.unit.store.filling import CASE, final, projected, raw, save
from villagedesk.actions import records
from villagedesk.actions.office import Office
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.paths import Places
from villagedesk.records.kinds import KINDS
from villagedesk.store import desk as desks_
from villagedesk.store import migrations, opening
from villagedesk.store.desk import Desk

KEY = bytes(range(32))


def test_a_new_file_stands_at_the_newest_version_with_every_table(village: Office) -> None:
    with village.desk.engine.connect() as connection:
        assert migrations.version(connection) == len(migrations.STEPS)
    with raw(village) as cursor:
        names = {n for (n,) in cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")}
    assert {f"kind_{k}" for k in KINDS} | {f"kind_{k}_{w}" for k in KINDS for w in ("update", "delete")} <= names


def test_nothing_is_founded_over_a_desk(desks: Desks, tmp_path: Path) -> None:
    with desks.opened("village", tmp_path / "d"):
        pass
    before = (tmp_path / "d" / "desk.db").read_bytes()

    with pytest.raises(Refused, match="已经有一份"):
        opening.create(Places(tmp_path / "d"), KEY)

    assert (tmp_path / "d" / "desk.db").read_bytes() == before


def test_a_founding_that_fails_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Connection) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("broken", broken)))
        with pytest.raises(ZeroDivisionError):
            opening.create(Places(tmp_path / "d"), KEY)
    opening.create(Places(tmp_path / "d"), KEY).close()


def test_a_file_of_a_newer_program_is_refused_and_left_alone(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desks.opened("village", tmp_path / "d") as office, raw(office) as cursor:
        cursor.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    before = (tmp_path / "d" / "desk.db").read_bytes()

    with pytest.raises(Refused, match="这份数据是新版村务台写的，这个版本打不开。请先升级程序，数据没有动。"):
        opening.unlock(Places(tmp_path / "d"), desks.keys["village"])

    assert (tmp_path / "d" / "desk.db").read_bytes() == before


def test_an_older_file_is_backed_up_and_brought_up_step_by_step(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desks.opened("village", tmp_path / "d") as office:
        save(office, "person", name="岑兴富")
        before = projected(office)
    steps = [
        ("one", lambda c: c.exec_driver_sql("CREATE TABLE one(x)")), ("two", lambda c: c.exec_driver_sql("ALTER TABLE one ADD y")),
    ]  # fmt: skip
    today = len(migrations.STEPS)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *steps))
    asked: list[int] = []

    def note(desk: Desk) -> None:
        with desk.engine.connect() as connection:
            asked.append(migrations.version(connection))

    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"], before_step=note)
    try:
        assert asked == [today]
        with desk.engine.connect() as connection:
            assert migrations.version(connection) == today + 2
            assert connection.exec_driver_sql("SELECT x, y FROM one").all() == []
        assert projected(Office(desk, office.by)) == before
    finally:
        desk.close()


def test_a_step_that_fails_leaves_the_file_where_it_was(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half(x)")
        raise ZeroDivisionError

    with desks.opened("village", tmp_path / "d"):
        pass
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("broken", broken)))
        with pytest.raises(ZeroDivisionError):
            opening.unlock(Places(tmp_path / "d"), desks.keys["village"])

    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"])
    try:
        with desk.engine.connect() as connection:
            assert (
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'half'").scalar_one() == 0
            )
    finally:
        desk.close()


def test_a_changed_description_is_projected_again_when_the_desk_is_opened(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desks.opened("village", tmp_path / "d") as office:
        final(office)
        before = projected(office)
        with raw(office) as cursor:
            cursor.execute("UPDATE meta SET value = 'other' WHERE key = 'described'")
            cursor.execute("DELETE FROM head")
    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"])
    try:
        assert projected(Office(desk, office.by)) == before
    finally:
        desk.close()


def test_an_empty_file_is_told_and_not_filled(desks: Desks, tmp_path: Path) -> None:
    with desks.opened("village", tmp_path / "d"):
        pass
    for left in (tmp_path / "d").glob("desk.db*"):
        left.unlink()
    (tmp_path / "d" / "desk.db").touch()

    with pytest.raises(Surroundings, match="空的或没有建完"):
        opening.unlock(Places(tmp_path / "d"), desks.keys["village"])


@pytest.mark.parametrize("damage", [b"not a database at all" * 500, None])
def test_a_file_that_cannot_be_read_is_told(desks: Desks, tmp_path: Path, damage: bytes | None) -> None:
    with desks.opened("village", tmp_path / "d"):
        pass
    if damage is not None:
        (tmp_path / "d" / "desk.db").write_bytes(damage)

    with pytest.raises(Surroundings, match="打不开或已损坏"):
        opening.unlock(Places(tmp_path / "d"), desks.keys["village"] if damage is not None else KEY)


def test_a_key_fits_or_does_not(desks: Desks, tmp_path: Path) -> None:
    path = desks.home / "village" / "desk.db"

    assert desks_.fits(path, desks.keys["village"])
    assert not desks_.fits(path, KEY)
    with pytest.raises(Surroundings, match="不见了"):
        desks_.fits(tmp_path / "desk.db", KEY)


def test_the_data_file_says_nothing_to_somebody_without_the_key(village: Office) -> None:
    save(village, "person", name="CenXingfu-in-plain-text")
    with raw(village) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    data = village.desk.places.desk.read_bytes()

    assert b"CenXingfu" not in data
    assert b"SQLite format 3" not in data


def test_a_second_one_at_the_desk_is_told_after_waiting(village: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks_, "WAIT", 0.05)
    told: list[str] = []

    def come() -> None:
        try:
            opening.unlock(village.desk.places, village.desk.key)
        except Surroundings as error:
            told.append(str(error))

    second = threading.Thread(target=come)
    second.start()
    second.join()

    assert told == ["这份数据正在被另一个村务台窗口或命令使用。请先关掉那一个，再试。"]


def test_a_new_key_locks_every_page(village: Office, desks: Desks) -> None:
    save(village, "person", name="岑兴富")
    before = projected(village)
    village.desk.rekey(KEY)

    assert projected(village) == before
    assert desks_.fits(village.desk.places.desk, KEY)
    assert not desks_.fits(village.desk.places.desk, desks.keys["village"])


def test_what_is_read_is_not_written(village: Office) -> None:
    with village.desk.reading() as session:
        session.connection().exec_driver_sql("INSERT INTO meta VALUES ('x', 'y')")
    with village.desk.reading() as session:
        assert opening.get(session, "x", "none") == "none"


@pytest.mark.parametrize(
    ("message", "said"),
    [("database or disk is full", "硬盘满了"), ("database is locked", "占用"), ("attempt to write a readonly database", "只读"),
     ("file is not a database", "已损坏"), ("database disk image is malformed", "已损坏"), ("disk I/O error", "读写出错"),
     ("unable to open database file", "读写出错")],
)  # fmt: skip
def test_a_fault_of_the_machine_becomes_a_sentence(message: str, said: str) -> None:
    def fail() -> None:
        with desks_.told():
            raise desks_.cipher.OperationalError(message)

    with pytest.raises(Surroundings, match=said):
        fail()


def test_a_bug_stays_a_bug() -> None:
    def fail() -> None:
        with desks_.told():
            raise desks_.cipher.OperationalError("no such table: x")

    with pytest.raises(desks_.cipher.OperationalError):
        fail()


def test_rebuilding_changes_nothing(village: Office) -> None:
    final(village)
    save(village, "case", **CASE)
    struck = save(village, "person", name="岑兴富")
    records.strike(village, KINDS["person"], struck, reason="x")
    before = projected(village)
    with village.desk.writing() as session:
        opening.rebuild(session)

    assert projected(village) == before


@pytest.mark.parametrize(("table", "version"), [("draft", 1), ("printed", 2)])
def test_a_file_from_before_a_table_gets_it(desks: Desks, tmp_path: Path, table: str, version: int) -> None:
    with desks.opened("village", tmp_path / "d") as office, raw(office) as cursor:
        cursor.execute(f"DROP TABLE {table}")
        cursor.execute(f"PRAGMA user_version = {version}")

    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"])
    try:
        with desk.engine.connect() as connection:
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0
            assert migrations.version(connection) == len(migrations.STEPS)
    finally:
        desk.close()
