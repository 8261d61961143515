"""`verify` finds each planted fault, and nothing where nothing is wrong."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store.filling import CASE, final, meeting, raw, save
from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.records.kinds import KINDS
from villagedesk.store.check import verify
from villagedesk.store.tables import TABLES


@pytest.fixture
def filled(village: Office, tmp_path: Path) -> Office:
    """A desk with records in every state and an attachment."""
    (tmp_path / "签到.jpg").write_bytes(secrets.token_bytes(1000))
    first = final(village)
    flow.amend(village, KINDS["meeting"], first, {"place": "二楼"}, reason="地点漏记")
    records.save(
        village, KINDS["award"], [{"household": "岑兴富", "year": 2026, "files": ["签到.jpg"]}], folder=tmp_path
    )
    save(village, "case", **CASE)
    struck = save(village, "person", name="岑兴富")
    records.strike(village, KINDS["person"], struck, reason="重复")
    meeting(village)
    return village


def faults(office: Office) -> list[str]:
    return list(verify(office.desk))


def planted(office: Office, *sql: str) -> list[str]:
    """What is found after somebody with the key took off every guard and changed something."""
    with raw(office) as cursor:
        for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for statement in sql:
            cursor.execute(statement)
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return faults(office)


def test_a_sound_desk_has_no_fault(filled: Office) -> None:
    assert faults(filled) == []


def test_an_erased_payload_is_no_broken_chain(filled: Office) -> None:
    with filled.desk.reading() as session:
        row = session.connection().exec_driver_sql("SELECT env FROM journal WHERE seq = 1").one()
    assert row
    found = planted(filled, "UPDATE journal SET phash = zeroblob(32), payload = NULL WHERE seq = 1")

    assert [f for f in found if "第1条" in f] == [f"第1条（设备 {filled.desk.me.did}）与前一条接不上，可能被改动过。"]


@pytest.mark.parametrize("column", ["payload", "env", "hash"])
@pytest.mark.parametrize("place", [1, 7, 20])
def test_one_byte_of_an_entry_flipped_is_found(filled: Office, column: str, place: int) -> None:
    flip = f"substr({column},1,{place}-1) || char(unicode(CAST(substr({column},{place},1) AS TEXT))+1) || substr({column},{place}+1)"
    if column == "hash":
        flip = f"substr(hash,1,{place}-1) || CASE substr(hash,{place},1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(hash,{place}+1)"

    found = planted(filled, f"UPDATE journal SET {column} = CAST({flip} AS BLOB) WHERE seq = 3")

    assert f"第3条（设备 {filled.desk.me.did}）与前一条接不上，可能被改动过。" in found


def test_an_entry_taken_out_is_found(filled: Office) -> None:
    found = planted(filled, "DELETE FROM journal WHERE seq = 3")

    assert f"设备 {filled.desk.me.did} 的记录缺第3条。" in found


def test_the_last_entry_taken_out_is_found_by_its_row(filled: Office) -> None:
    found = planted(filled, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")

    assert any("引用缺失" in f for f in found)


def test_two_entries_swapped_are_found(filled: Office) -> None:
    found = planted(
        filled,
        "UPDATE journal SET seq = 1000 WHERE seq = 2",
        "UPDATE journal SET seq = 2 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 1000",
    )

    assert any("第2条" in f or "第3条" in f for f in found)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE kind_award SET doc = replace(doc, '2026', '2025')", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET title = '罗正华'", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET year = 2025", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET stage = 'awarded'", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET edition = 1", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET struck = 1", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET made_from = made_from + 1", "文明家庭 {award} 的表行与记录本不一致。"),
        ("UPDATE kind_award SET seq = 1", "文明家庭 {award} 的表行与记录本不一致。"),
        ("DELETE FROM kind_award", "文明家庭 {award} 的表行缺失。"),
        ("DELETE FROM head WHERE kind = 'award'", "文明家庭 {award} 的最新条目与记录本不一致。"),
        ("UPDATE head SET seq = 1 WHERE kind = 'award'", "文明家庭 {award} 的最新条目与记录本不一致。"),
        ("INSERT INTO unread VALUES ('522731102213', 'award', '{award}', 'shape')", "文明家庭 {award} 的未显示标记与记录本不一致。"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_as_its_entries_is_named(filled: Office, sql: str, said: str) -> None:
    with raw(filled) as cursor:
        (award,) = cursor.execute("SELECT id FROM kind_award").fetchone()

    assert planted(filled, sql.replace("{award}", award)) == [said.replace("{award}", award)]


def test_a_row_from_nowhere_is_found(filled: Office) -> None:
    columns = ", ".join(c.name for c in TABLES["award"].columns if c.name != "id")
    found = planted(filled, f"INSERT INTO kind_award(id, {columns}) SELECT 'ZZZZZZZZZZZZ', {columns} FROM kind_award")

    assert found == ["文明家庭 ZZZZZZZZZZZZ 的表行没有来历。"]


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "said"),
    [(_flip, "已损坏"),
     (lambda p: p.unlink(), "不在这台电脑上"), (lambda p: p.write_bytes(b""), "已损坏"),
     (lambda p: p.write_bytes(p.read_bytes()[:-1]), "已损坏")],
)  # fmt: skip
def test_a_damaged_or_missing_attachment_is_found(filled: Office, harm: Callable[[Path], Any], said: str) -> None:
    (file,) = filled.desk.places.blobs.glob("??/*")
    harm(file)

    (found,) = faults(filled)
    assert found.startswith(f"附件 {file.name[:8]}")
    assert said in found


def test_a_flipped_byte_of_the_file_itself_is_found(filled: Office) -> None:
    with raw(filled) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    filled.desk.engine.dispose()
    path = filled.desk.places.desk
    data = bytearray(path.read_bytes())
    data[len(data) - 2000] ^= 1
    path.write_bytes(data)

    assert any(f.startswith("加密页损坏") for f in _until_broken(filled))


def _until_broken(office: Office) -> list[str]:
    found = []
    try:
        for one in verify(office.desk):
            found.append(one)
    except Exception as error:  # a page that cannot be read ends the look
        found.append(str(error))
    return found
