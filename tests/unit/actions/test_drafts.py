"""Drafts: kept as typed, bound to a record and an account, offered with the truth about the record, ended by saving."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Clock, Desks
from tests.unit.store.filling import CASE, final, meeting, save
from villagedesk.actions import drafts, flow, records
from villagedesk.actions.drafts import Offer
from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid, Refused
from villagedesk.base.paths import Places
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.records.values import dumped
from villagedesk.store import opening, queries

PERSON, GROUP, CASES, MEETING = KINDS["person"], KINDS["group"], KINDS["case"], KINDS["meeting"]
NEW = "0123456789AB"


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An open desk instead of a laptop's command line."""
    with desks.opened("village", tmp_path / "village") as office:
        yield office


def offer(office: Office, kind: str, identifier: str) -> Offer | None:
    with office.desk.reading() as session:
        return drafts.offered(session, office, KINDS[kind], identifier)


def waiting(office: Office) -> list[tuple[str, str]]:
    with office.desk.reading() as session:
        return [(o.kind, o.title) for o in drafts.waiting(session, office)]


def note(office: Office, kind: str, identifier: str) -> str:
    found = offer(office, kind, identifier)
    assert found is not None
    return found.note


def values(office: Office, kind: str, identifier: str) -> dict[str, object]:
    with office.desk.reading() as session:
        return dumped(queries.one(session, office.by, KINDS[kind], identifier).record)


def other(office: Office, *duties: Duty) -> Office:
    return replace(office, by=Viewer("another", "莫家秀", frozenset(duties), "village"))


def test_a_draft_keeps_what_was_typed_unchecked_and_where_the_cursor_was(village: Office, clock: Clock) -> None:
    drafts.keep(village, PERSON, NEW, {"name": "罗正", "born": "196"}, place="born", caret=3)
    clock.move(seconds=1)
    drafts.keep(village, PERSON, NEW, {"name": "罗正华", "born": "1962-1"}, place="born", caret=6)

    typed = {"name": "罗正华", "born": "1962-1"}
    assert offer(village, "person", NEW) == Offer(
        "person", NEW, "罗正华", "2026-12-01T08:00:01+00:00", typed, "born", 6, new=True, note=""
    )


def test_nothing_typed_ends_the_draft(village: Office) -> None:
    drafts.keep(village, GROUP, NEW, {"name": "辉油组"})
    drafts.keep(village, GROUP, NEW, {})

    assert waiting(village) == []


def test_saving_ends_the_draft_and_the_record_takes_its_id(village: Office) -> None:
    drafts.keep(village, GROUP, NEW, {"name": "辉油组"})
    drafts.keep(village, GROUP, "0123456789AC", {"name": "上院组"})

    assert records.save(village, GROUP, [{"name": "辉油组"}], draft=NEW).ids == (NEW,)
    assert waiting(village) == [("group", "上院组")]


def test_what_cannot_be_saved_keeps_its_draft(village: Office) -> None:
    drafts.keep(village, GROUP, NEW, {"number": "三"})

    with pytest.raises(NotValid) as refusal:
        records.save(village, GROUP, [{"number": "三"}], draft=NEW)

    assert {p.field for p in refusal.value.problems} == {"name", "number"}
    assert waiting(village) == [("group", "新村民小组")]


def test_changing_and_correcting_end_the_draft_too(village: Office) -> None:
    person, sitting = save(village, "person", name="岑兴富"), final(village)
    drafts.keep(village, PERSON, person, {"phone": "139"})
    drafts.keep(village, MEETING, sitting, {"place": "村口"})

    records.edit(village, PERSON, person, {"phone": "13985412345"}, draft=person)
    flow.amend(village, MEETING, sitting, {"place": "村口"}, reason="写错", draft=sitting)

    assert waiting(village) == []


def test_a_change_from_elsewhere_leaves_the_draft_and_is_told(village: Office) -> None:
    person = save(village, "person", name="岑兴富", phone="1")
    drafts.keep(village, PERSON, person, {"phone": "139"})
    assert note(village, "person", person) == ""

    records.edit(village, PERSON, person, {"nation": "布依族"})
    assert note(village, "person", person) == ("写这份草稿之后，记录在别处改过：民族。草稿没动这些，两边都会留下。")

    records.edit(village, PERSON, person, {"phone": "2"})
    assert note(village, "person", person) == (
        "写这份草稿之后，记录在别处改过：民族、电话。草稿里也改了电话，保存时以草稿为准。"
    )

    records.edit(village, PERSON, person, {"phone": "139"}, draft=person)
    assert values(village, "person", person)["nation"] == "布依族"


def test_a_record_struck_or_sealed_under_a_draft_is_told(village: Office) -> None:
    person, sitting = save(village, "person", name="岑兴富"), meeting(village)
    drafts.keep(village, PERSON, person, {"phone": "139"})
    drafts.keep(village, MEETING, sitting, {"place": "村口"})

    records.strike(village, PERSON, person, reason="写重了")
    flow.advance(village, MEETING, sitting, "finalise")

    assert note(village, "person", person) == "写这份草稿之后，记录作废了。要保存请先恢复那条记录。"
    assert note(village, "meeting", sitting) == "写这份草稿之后，记录已定稿。草稿里的改动要用更正来存。"


def test_a_draft_is_seen_by_the_account_that_typed_it_only(village: Office) -> None:
    drafts.keep(village, CASES, NEW, CASE)

    assert waiting(other(village, Duty.MEDIATOR, Duty.CLERK)) == []


def test_who_may_no_longer_write_a_kind_is_offered_no_draft_of_it(village: Office) -> None:
    mediator = other(village, Duty.MEDIATOR)
    drafts.keep(mediator, CASES, NEW, CASE)

    assert waiting(mediator) == [("case", "韦国珍莫家秀地界纠纷")]
    assert waiting(other(village, Duty.CLERK)) == []
    with pytest.raises(Refused, match="调解案件"):
        drafts.keep(other(village, Duty.CLERK), CASES, NEW, CASE)


def test_a_discarded_draft_leaves_the_record(village: Office) -> None:
    person = save(village, "person", name="岑兴富")
    drafts.keep(village, PERSON, person, {"phone": "139"})
    drafts.discard(village, PERSON, person)

    assert waiting(village) == []
    assert values(village, "person", person) == {
        "name": "岑兴富",
        "residence": "here",
        "_stage": "kept",
        "party_member": False,
    }


def test_a_draft_of_an_older_description_is_brought_up(village: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep(village, GROUP, NEW, {"title": "辉油组"})
    monkeypatch.setattr("villagedesk.records.upgrades.STEPS", {("group", 1): lambda v: {"name": v["title"]}})

    assert waiting(village) == [("group", "辉油组")]


def test_titles_of_drafts_read_as_they_will(village: Office) -> None:
    drafts.keep(village, KINDS["household"], NEW, {"head": {"id": "", "name": "王庆芬"}})
    drafts.keep(village, KINDS["award"], NEW, {"year": "2026"})

    assert sorted(waiting(village)) == [("award", "新文明家庭"), ("household", "王庆芬")]


TYPING = """
import sys
from pathlib import Path
from villagedesk.actions import drafts
from villagedesk.actions.office import Office
from villagedesk.base.paths import Places
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer
from villagedesk.store import opening
desk = opening.unlock(Places(Path(sys.argv[1])), bytes.fromhex(sys.argv[2]))
office = Office(desk, Viewer(sys.argv[3], "罗倩", frozenset(Duty), "village"))
text = ""
while True:
    text += "字"
    drafts.keep(office, KINDS["meeting"], "0123456789AB", {"minutes": text}, place="minutes", caret=len(text))
    print(len(text), flush=True)
"""


def test_what_was_kept_before_a_kill_is_offered_at_the_next_start(desks: Desks, tmp_path: Path) -> None:
    with desks.opened("village", tmp_path / "d"):
        pass
    account = desks.viewers["village"].account
    running = subprocess.Popen(
        [sys.executable, "-P", "-c", TYPING, tmp_path / "d", desks.keys["village"].hex(), account],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )  # fmt: skip
    with running:
        assert running.stdout is not None
        told = [int(running.stdout.readline()) for _ in range(5)]
        running.send_signal(signal.SIGKILL)
        told += [int(line) for line in running.stdout if line.endswith(b"\n")]

    desk = opening.unlock(Places(tmp_path / "d"), desks.keys["village"])
    try:
        found = offer(Office(desk, desks.viewers["village"]), "meeting", NEW)
    finally:
        desk.close()
    assert found is not None
    kept = len(found.typed["minutes"])
    assert (found.place, found.caret) == ("minutes", kept)
    assert kept in (told[-1], told[-1] + 1)
