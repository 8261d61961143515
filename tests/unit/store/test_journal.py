"""The journal only grows; rows change only with it (stick.md A4, B 49)."""

import sqlite3
from typing import Any

import pytest
import sqlcipher3.dbapi2 as cipher

from tests.conftest import Clock
from tests.unit.store.filling import final, meeting, raw, save
from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.records.entry import START, chained
from villagedesk.records.kinds import KINDS
from villagedesk.store import journal
from villagedesk.store.tables import TABLES

Broken = (cipher.IntegrityError, sqlite3.IntegrityError)


def entries(office: Office) -> list[Any]:
    with office.desk.reading() as session:
        own = journal.streams(session)[office.desk.me.did]
        return list(journal.between(session, own, 1, own.seq))


def test_an_entry_names_nobody_and_says_what_was_done(village: Office, clock: Clock) -> None:
    identifier = save(village, "person", name="岑兴富")
    (one,) = entries(village)

    assert one.raw.decode() == (
        f'{{"seq":1,"hlc":"2026-12-01T08:00:00.000Z/0","tq":"ok","t":"person","id":"{identifier}","op":"set",'
        f'"a":"{village.by.account}","sv":1}}'
    )
    assert "岑兴富" not in one.raw.decode()
    assert b'"_s":"' in one.payload


def test_a_salt_is_given_only_where_something_personal_may_stand(village: Office) -> None:
    save(village, "village_rule", heading="村规民约")
    meeting(village)

    assert [b'"_s"' in e.payload for e in entries(village)] == [False, True]


def test_each_entry_stands_behind_the_one_before(village: Office) -> None:
    final(village)
    previous = START
    for seq, one in enumerate(entries(village), 1):
        assert one.env.seq == seq
        assert chained(previous, one.phash, one.raw) == one.hash
        previous = one.hash


def test_a_second_change_is_made_from_our_own_first_without_saying_so(village: Office) -> None:
    identifier = meeting(village)
    records.edit(village, KINDS["meeting"], identifier, {"place": "二楼"})

    assert [(e.env.op, e.env.par) for e in entries(village)] == [("set", None), ("set", None)]


def test_one_transaction_that_fails_leaves_no_entry(village: Office) -> None:
    def fail() -> None:
        with village.desk.writing() as session:
            journal.append(session, village.desk.me, "award", "0" * 12, "set", b"{}", account="x", version=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert entries(village) == []


def _journal_of_one(village: Office) -> Any:
    save(village, "person", name="岑兴富")
    return raw(village)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET env = x'00'", "UPDATE journal SET hash = zeroblob(32)", "UPDATE journal SET seq = 7", "UPDATE journal SET dev = 2",
        "UPDATE journal SET payload = x'00'", "UPDATE journal SET payload = NULL", "UPDATE journal SET phash = zeroblob(32)",
        "UPDATE journal SET payload = NULL, phash = zeroblob(32), env = x'00'", "UPDATE OR REPLACE journal SET seq = 2", "DELETE FROM journal",
        "INSERT OR ABORT INTO journal SELECT * FROM journal",
    ],
)  # fmt: skip
def test_the_journal_is_append_only(village: Office, sql: str) -> None:
    with _journal_of_one(village) as cursor, pytest.raises(Broken):
        cursor.execute(sql)


def test_a_payload_may_give_way_to_its_hash_and_come_back_to_it_and_nothing_else(village: Office) -> None:
    with _journal_of_one(village) as cursor:
        before = entries(village)
        with pytest.raises(Broken):
            cursor.execute("UPDATE journal SET payload = NULL, phash = zeroblob(32)")
        cursor.execute("UPDATE journal SET payload = NULL, phash = ?", (before[0].phash,))
        after = entries(village)

        assert (after[0].payload, after[0].phash, after[0].hash) == (None, before[0].phash, before[0].hash)
        with pytest.raises(Broken):
            cursor.execute("UPDATE journal SET payload = x'00', phash = NULL")
        with pytest.raises(Broken):
            cursor.execute("UPDATE journal SET payload = ?, phash = NULL, env = x'00'", (before[0].payload,))
        cursor.execute("UPDATE journal SET payload = ?, phash = NULL", (before[0].payload,))
        assert entries(village) == before


def test_a_hash_that_is_none_and_a_place_that_is_none_are_refused(village: Office) -> None:
    with _journal_of_one(village) as cursor:
        for values in (
            "2, 1, x'00', x'00', x'00', NULL",
            "1, 0, zeroblob(32), x'00', x'00', NULL",
            "1, 9, zeroblob(32), x'00', NULL, NULL",
        ):
            with pytest.raises(Broken):
                cursor.execute(f"INSERT INTO journal(dev, seq, hash, env, payload, phash) VALUES ({values})")


@pytest.mark.parametrize("kind", ["person", "meeting", "award", "case", "village_rule"])
@pytest.mark.parametrize("column", ["doc", "title", "stage", "edition", "struck", "sv", "seq", "dev", "org", "id"])
def test_a_row_changed_by_hand_is_refused(village: Office, kind: str, column: str) -> None:
    _one_of_each(village)
    with raw(village) as cursor, pytest.raises(Broken, match="row changed without an entry"):
        cursor.execute(f"UPDATE kind_{kind} SET {column} = {column} || '1'")


@pytest.mark.parametrize(
    ("kind", "column"), [("meeting", "came"), ("meeting", "held_from"), ("award", "year"), ("village_rule", "count")]
)
def test_a_counted_or_indexed_value_changed_by_hand_is_refused(village: Office, kind: str, column: str) -> None:
    _one_of_each(village)
    with raw(village) as cursor, pytest.raises(Broken, match="row changed without an entry"):
        cursor.execute(f"UPDATE kind_{kind} SET {column} = 7")


def test_a_row_deleted_by_hand_is_refused(village: Office) -> None:
    _one_of_each(village)
    with raw(village) as cursor:
        for kind in ("person", "meeting", "award", "case"):
            with pytest.raises(Broken, match="row removed without an entry"):
                cursor.execute(f"DELETE FROM kind_{kind}")


def test_a_row_without_its_entry_cannot_be_committed(village: Office) -> None:
    _one_of_each(village)
    table = TABLES["award"]
    with raw(village) as cursor:
        cursor.execute("BEGIN")
        columns = ", ".join(c.name for c in table.columns if c.name not in ("id", "seq"))
        cursor.execute(
            f"INSERT INTO kind_award(id, seq, {columns}) SELECT 'ZZZZZZZZZZZZ', 99, {columns} FROM kind_award"
        )
        with pytest.raises(Broken, match="FOREIGN KEY"):
            cursor.execute("COMMIT")
        cursor.execute("ROLLBACK")


def _one_of_each(village: Office) -> None:
    save(village, "person", name="岑兴富")
    meeting(village)
    save(village, "award", household="岑兴富", year=2026)
    save(village, "village_rule", heading="村规民约")
    save(village, "case", subject="x", dispute="d07", accepted_on="2026-11-02")


def test_a_clock_put_back_is_told_in_the_entry_and_the_order_stays(village: Office, clock: Clock) -> None:
    identifier = save(village, "award", household="岑兴富", year=2026)
    clock.set("2010-01-01T00:00:00")
    records.edit(village, KINDS["award"], identifier, {"deeds": "修路"})
    clock.set("2099-01-01T00:00:00")
    records.edit(village, KINDS["award"], identifier, {"deeds": "架桥"})
    clock.set("2026-12-01T09:00:00")
    flow.advance(village, KINDS["award"], identifier, "noticed")

    assert [(e.env.tq, e.env.hlc) for e in entries(village)] == [
        ("ok", "2026-12-01T08:00:00.000Z/0"), ("low", "2026-12-01T08:00:00.000Z/1"), ("high", "2026-12-01T08:00:00.000Z/2"),
        ("ok", "2026-12-01T09:00:00.000Z/0"),
    ]  # fmt: skip
