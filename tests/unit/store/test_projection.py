"""Entries of other laptops, hostile ones among them, become rows, clashes, late entries, or none of these and are told."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.property.dags import DIDS, NOON
from tests.unit.store.filling import final, meeting, projected, raw, save
from villagedesk.actions import flow, prints, records
from villagedesk.actions.office import Office
from villagedesk.base.clock import Stamp
from villagedesk.base.errors import Refused
from villagedesk.records.entry import START, Entry, Envelope, Parent, payload_of, written
from villagedesk.records.kinds import KINDS
from villagedesk.store import journal, opening, overview, queries
from villagedesk.store.check import verify
from villagedesk.store.journal import Stream
from villagedesk.store.projection import Projection, record_in
from villagedesk.store.tables import Device

AWARD = {"_stage": "nominated", "household": {"name": "岑兴富"}, "year": 2026, "award": "civilized"}
ID = "0123456789AB"


class Other:
    """A second laptop's chain, taken in without the checks a bundle goes through."""

    def __init__(self, office: Office, did: str = DIDS[0], org: str = "") -> None:
        self.office, self.did, self.org = office, did, org or office.desk.me.org
        with office.desk.writing() as session:
            row = Device(did=did, org=self.org, role="village", name="x", sign_pk=b"", age_pk="")
            session.add(row)
            session.flush()
            assert row.dev is not None
            self.dev = row.dev
        self.chain: list[Entry] = []

    def write(
        self,
        payload: Any,
        op: str = "set",
        *,
        kind: str = "award",
        id_: str = ID,
        par: Iterable[Parent] | None = None,
        sv: int = 1,
    ) -> Entry:
        data = payload if isinstance(payload, bytes) else payload_of(payload)
        previous = self.chain[-1].hash if self.chain else START
        stamp = str(Stamp(NOON + len(self.chain)))
        parents = None if par is None else tuple(par)
        env = Envelope(len(self.chain) + 1, stamp, "ok", kind, id_, op, parents, "K7Q2M9XA", sv)
        self.chain.append(written(self.did, env, data, previous))
        return self.chain[-1]

    def deliver(self, *entries: Entry) -> None:
        """Into the journal and rows, in one transaction."""
        with self.office.desk.writing() as session:
            self.put(session, entries)

    def put(self, session: Session, entries: Iterable[Entry]) -> None:
        batch = list(entries)
        journal.insert_many(session, Stream(self.dev, self.did, self.org, "village"), batch)
        projection = Projection(session, {s.did: s.dev for s in journal.streams(session).values()})
        for one in batch:
            projection.put(one.env.t, [(self.org, one.env.id)])


@pytest.fixture
def other(village: Office) -> Other:
    return Other(village)


def rows(office: Office, table: str, columns: str = "*") -> list[Any]:
    with raw(office) as cursor:
        return [tuple(r) for r in cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()]


def worries(office: Office) -> tuple[int, int, int, int]:
    with office.desk.reading() as session:
        found = queries.worries(session)
    return found.late, found.newer, found.shape, found.clashes


def same_after_rebuilding(office: Office) -> bool:
    before = projected(office)
    with office.desk.writing() as session:
        opening.rebuild(session)
    return projected(office) == before


def test_an_entry_becomes_a_row_with_its_own_bytes(village: Office, other: Other) -> None:
    one = other.write(AWARD)
    other.deliver(one)

    assert rows(
        village, "kind_award", "id, dev, seq, made_from, stage, edition, struck, behind, sv, title, year, doc"
    ) == [(ID, other.dev, 1, 2, "nominated", 0, 0, 0, 1, "岑兴富", 2026, (one.payload or b"").decode())]


BAD = [
    b"", b"null", b"[]", b"5", b"{", b"{}", b"\xff\xfe{}", b'{"year":2026}', b'{"a":1,"a":1}', b"[" * 50_000, b'{"_stage":7}',
    payload_of({**AWARD, "year": "x"}), payload_of({**AWARD, "year": 10**30}), payload_of({**AWARD, "_stage": ["x"]}),
    payload_of({**AWARD, "household": "x"}), json.dumps({**AWARD, "deeds": "\ud800"}).encode(), payload_of({**AWARD, "deeds": "x" * 1001}),
    payload_of({**AWARD, "noticed_from": "9999-99-99"}), json.dumps(AWARD).encode("utf-16"), payload_of({**AWARD, "award": float("nan")}),
]  # fmt: skip


@pytest.mark.parametrize("payload", BAD)
def test_a_payload_of_a_bad_shape_is_kept_and_listed_and_hides_only_itself(
    village: Office, other: Other, payload: bytes
) -> None:
    good, bad = other.write(AWARD, id_="GGGGGGGGGGGG"), other.write(payload)
    other.deliver(good, bad)

    assert rows(village, "kind_award", "id") == [("GGGGGGGGGGGG",)]
    assert rows(village, "unread", "id, why") == [(ID, "shape")]
    assert worries(village) == (0, 0, 1, 0)
    assert list(verify(village.desk)) == []
    assert same_after_rebuilding(village)


@pytest.mark.parametrize("payload", BAD)
def test_a_record_that_went_bad_is_shown_again_when_it_is_mended(village: Office, other: Other, payload: bytes) -> None:
    for one in (AWARD, payload, {**AWARD, "year": 2027}):
        other.deliver(other.write(one))

    assert rows(village, "kind_award", "year, seq, made_from") == [(2027, 3, 6)]
    assert rows(village, "unread") == []
    assert same_after_rebuilding(village)


@pytest.mark.parametrize("payload", BAD)
def test_a_bad_entry_beside_a_good_one_loses_nothing(village: Office, other: Other, payload: bytes) -> None:
    mine = save(village, "award", household="岑兴富", year=2026, deeds="修路")
    other.deliver(other.write(payload, id_=mine, par=[]))

    assert list(verify(village.desk)) == []
    assert same_after_rebuilding(village)
    other.deliver(other.write({**AWARD, "deeds": "架桥"}, "merge", id_=mine, par=_heads(village, mine)))
    assert rows(village, "kind_award", "id") == [(mine,)]


def _heads(office: Office, identifier: str) -> list[Parent]:
    with office.desk.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT d.did, h.seq, j.hash FROM head h JOIN device d ON d.dev = h.dev JOIN journal j ON j.dev = h.dev AND j.seq = h.seq"
            " WHERE h.id = ?",
            (identifier,),
        )
        return [Parent(did, seq, bytes(digest).hex()[:8]) for did, seq, digest in found]


def test_a_kind_of_a_newer_program_waits(village: Office, other: Other) -> None:
    other.deliver(other.write({"x": 1}, kind="drone_flight"))

    assert rows(village, "unread", "kind, why") == [("drone_flight", "newer")]
    assert worries(village) == (0, 1, 0, 0)
    assert same_after_rebuilding(village)


def test_a_kind_that_is_not_for_a_village_to_write_is_not_shown(village: Office, other: Other) -> None:
    review = {
        "_stage": "kept",
        "about": {"id": ID},
        "about_org": "522731102213",
        "about_kind": "meeting",
        "verdict": "accept",
    }
    other.deliver(other.write(review, kind="review"))

    assert (rows(village, "kind_review"), rows(village, "unread", "why")) == ([], [("foreign",)])


def test_a_withheld_record_is_not_shown(village: Office, other: Other) -> None:
    other.deliver(stub(other.write(AWARD)))

    assert (rows(village, "kind_award"), rows(village, "unread", "why")) == ([], [("withheld",)])
    assert list(verify(village.desk)) == []


def test_where_the_newest_content_is_withheld_an_older_one_is_shown_and_said_to_be(
    village: Office, other: Other
) -> None:
    first, second = other.write(AWARD), other.write({**AWARD, "year": 2027})
    other.deliver(first)
    other.deliver(stub(second))

    assert rows(village, "kind_award", "year, seq, behind") == [(2026, 1, 1)]
    assert rows(village, "head", "seq") == [(2,)]
    assert rows(village, "unread") == []
    with village.desk.reading() as session:
        kept = queries.one(session, village.by, KINDS["award"], ID)
    assert kept.state.endswith("，较早的内容，最新一次改动的内容不在本机")
    for refused in (lambda: flow.advance(village, KINDS["award"], ID, "noticed"), lambda: _printed(village)):
        with pytest.raises(Refused, match="看到的是较早的内容"):
            refused()
    assert list(verify(village.desk)) == []
    assert same_after_rebuilding(village)

    records.edit(village, KINDS["award"], ID, {"deeds": "修路"})
    assert rows(village, "kind_award", "year, behind") == [(2026, 0)]
    flow.advance(village, KINDS["award"], ID, "noticed")


def test_a_finalised_record_whose_seal_is_withheld_stands_finalised_with_the_content_before_it(
    village: Office, other: Other
) -> None:
    other.deliver(other.write(AWARD))
    other.deliver(stub(other.write({**AWARD, "_stage": "awarded", "year": 2027}, "seal")))

    assert rows(village, "kind_award", "year, stage, edition, behind") == [(2026, "awarded", 1, 1)]
    flow.amend(village, KINDS["award"], ID, {"awarded_on": "2026-12-01"}, reason="内容补写")
    assert rows(village, "kind_award", "year, stage, edition, behind") == [(2026, "awarded", 2, 0)]
    assert list(verify(village.desk)) == []
    assert same_after_rebuilding(village)


def _printed(office: Office) -> Path:
    return prints.print_to(office, KINDS["award"], ID, office.desk.places.root)


def stub(one: Entry) -> Entry:
    return replace(one, payload=None)


def _fields(one: Entry) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("did", "env", "raw", "payload", "phash", "hash")}


def test_a_change_on_two_laptops_is_shown_merged_and_can_be_chosen(village: Office, other: Other) -> None:
    mine = save(village, "award", household="岑兴富", year=2026)
    parent = _heads(village, mine)
    records.edit(village, KINDS["award"], mine, {"deeds": "修路", "group": "一组"})
    other.deliver(other.write({**AWARD, "deeds": "架桥", "year": 2025}, id_=mine, par=parent))

    assert rows(village, "kind_award", "year, made_from") == [(2025, 6)]
    with village.desk.reading() as session:
        ((kind, identifier, field, options),) = queries.clashes(session, village.by)
    assert (kind, identifier, field, [v for v, _ in options]) == ("award", mine, "deeds", ['"架桥"', '"修路"'])
    records.edit(village, KINDS["award"], mine, {"deeds": "修路又架桥"})
    assert worries(village) == (0, 0, 0, 0)
    assert rows(village, "kind_award", "year, json_extract(doc, '$.deeds')") == [(2025, "修路又架桥")]
    assert same_after_rebuilding(village)


def test_a_missing_parent_that_arrives_changes_what_is_merged_though_no_head_changed(
    village: Office, other: Other
) -> None:
    root = other.write({**AWARD, "deeds": "1"})
    second = other.write({**AWARD, "deeds": "2"})
    third = Other(village, DIDS[1])
    beside = third.write({**AWARD, "deeds": "1", "year": 2025}, par=[root.name])
    third.deliver(beside)
    other.deliver(second.__class__(**_fields(second)))
    assert {f for (f,) in rows(village, "clash", "field")} == {"deeds", "year"}

    other.deliver(root)

    assert rows(village, "kind_award", "year, json_extract(doc, '$.deeds'), made_from") == [(2025, "2", 6)]
    assert rows(village, "clash") == []
    assert same_after_rebuilding(village)


def test_what_stands_beside_a_seal_is_listed_as_late(village: Office, other: Other) -> None:
    mine = meeting(village)
    parent = _heads(village, mine)
    with raw(village) as cursor:
        (doc,) = cursor.execute("SELECT doc FROM kind_meeting").fetchone()
    flow.advance(village, KINDS["meeting"], mine, "final")
    before = rows(village, "kind_meeting", "doc, stage, edition")
    other.deliver(other.write({**json.loads(doc), "place": "二楼"}, kind="meeting", id_=mine, par=parent))

    assert rows(village, "kind_meeting", "doc, stage, edition") == before
    assert rows(village, "late", "id, dev, seq") == [(mine, other.dev, 1)]
    assert worries(village)[0] == 1


def test_the_same_id_in_two_villages_is_two_records(village: Office, other: Other) -> None:
    neighbour = Other(village, DIDS[1], "522731102200")
    other.deliver(other.write(AWARD))
    neighbour.deliver(neighbour.write({**AWARD, "year": 2025}))

    assert rows(village, "kind_award", "org, id, year") == [("522731102200", ID, 2025), ("522731102213", ID, 2026)]


def test_a_term_at_the_end_of_time_is_kept(village: Office) -> None:
    save(village, "case", subject="x", dispute="d07", accepted_on="9999-12-31")

    assert (rows(village, "kind_case", "accepted_on"), rows(village, "due")) == ([("9999-12-31",)], [])


def test_an_old_shape_is_brought_up_when_it_is_read(
    monkeypatch: pytest.MonkeyPatch, village: Office, other: Other
) -> None:
    old = {"_stage": "nominated", "family": "岑兴富", "year": 2026}

    def step(values: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in values.items() if k != "family"}, "household": {"name": values["family"]}}

    monkeypatch.setattr("villagedesk.records.upgrades.STEPS", {("award", 0): step})
    other.deliver(other.write(old, sv=0))

    assert rows(village, "kind_award", "title, json_extract(doc, '$.family')") == [("岑兴富", "岑兴富")]
    assert record_in(KINDS["award"], json.dumps(old), 0).title == "岑兴富"
    assert list(verify(village.desk)) == []


def test_due_dates_follow_the_record(village: Office) -> None:
    final(village)
    begin, day = date(2026, 1, 1), date(2026, 12, 1)
    with village.desk.reading() as session:
        (item,) = overview.due(session, village.by, begin, day, today=begin, limit=9)
        assert overview.due(session, village.by, begin, date(2026, 11, 30), today=begin, limit=9) == []
    assert (item.at, item.what, item.kind, item.title, item.law) == (
        "2026-12-01",
        "决议到期落实",
        "resolution",
        "通组路硬化",
        False,
    )
    records.strike(village, KINDS["resolution"], item.id, reason="x")
    assert rows(village, "due") == []


def test_a_period_or_holidays_that_come_in_move_what_is_due_and_rebuilding_gives_the_same(
    village: Office, other: Other
) -> None:
    save(village, "objection", publication="三季度公开", on="2026-11-24", text="没有分组列出")
    own = {"what": "答复对公开内容的异议", "term": "publication.objection", "count": 7, "unit": "day"}
    term = other.write(own, kind="term")
    days = {"name": "2026年", "year": 2026, "days": [{"on": "2026-12-01", "rest": "off"}]}
    table = other.write(days, kind="holidays", id_="1123456789AB")
    gone = other.write(own, "del", kind="term", par=[term.name])
    found = []
    for entry in (term, table, gone):
        other.deliver(entry)
        found.append(rows(village, "due", '"on", basis'))
        assert same_after_rebuilding(village)
    assert found == [
        [("2026-12-01", "本村自定，7日内")],
        [("2026-12-02", "本村自定，7日内")],
        [("2026-11-27", "各地做法（3日至15日不等），国家法律没有规定，3日内")],
    ]


def test_what_should_have_been_told_before_a_day_is_not_asked_for_after_it(village: Office) -> None:
    planned = meeting(village, held_from="2026-12-10T09:00")
    begin, end = date(2026, 1, 1), date(2026, 12, 31)
    with village.desk.reading() as session:
        asked = [
            [
                (line.at, line.what, line.id)
                for line in overview.due(session, village.by, begin, end, today=today, limit=9)
            ]
            for today in (date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 11))
        ]
    assert asked == [[("2026-12-07", "通知村民代表会议", planned)]] * 2 + [[]]
    records.edit(village, KINDS["meeting"], planned, {"notice_on": "2026-12-02"})
    assert rows(village, "due") == []
