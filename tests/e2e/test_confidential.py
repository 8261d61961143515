"""What must not be seen: by duties that may not read it, by the town, by whoever finds the stick or the log."""

import json
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from sqlcipher3.dbapi2 import IntegrityError as Broken

from tests.e2e.desks import CASE_WORDS, COUNTY, NEW, Laptop, carried, case, exported
from villagedesk.actions.write import raw
from villagedesk.base import ids
from villagedesk.exchange.seal import DeviceKeys
from villagedesk.records.entry import Envelope, payload_of
from villagedesk.records.kind import Kind, Travels
from villagedesk.records.kinds import KINDS

OTHER = "另一个人的长口令"
SCAN = {"person": "韦国珍", "purpose": "核对户籍后留存"}


def leaked(text: str) -> list[str]:
    return [word for word in CASE_WORDS if word in text]


@pytest.fixture
def offices(village: Laptop) -> Laptop:
    """The village's machine with one account for each single duty."""
    for duty in ("clerk", "reader", "chair", "council", "supervisor", "mediator"):
        village("account", "add", duty, "--duty", duty, **{NEW: OTHER})
    return village


@pytest.mark.parametrize("duty", ["clerk", "reader", "chair", "council", "supervisor"])
def test_a_duty_other_than_the_mediators_sees_nothing_of_a_case_anywhere(
    offices: Laptop, tmp_path: Path, duty: str
) -> None:
    identifier = offices.add("case", case())
    offices("edit", "case", identifier, "-", stdin={"facts": "竹林地界，改过"})
    offices("strike", "case", offices.add("case", case()), "--reason", "韦国珍撤回")
    who = offices.by(duty)
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    for words in (
        ("show", "case", identifier), ("show", "case", identifier, "--json"), ("list", "case"), ("list", "case", "--json"),
        ("list", "case", "--struck"), ("history", "case", identifier), ("history", "case", identifier, "--json"),
        ("print", "case", identifier, "--to", tmp_path), ("print", "case", identifier, "--sheet", "plain", "--to", tmp_path),
    ):  # fmt: skip
        assert who.refused(3, *words, **secret) == "“调解案件”只有调解主任能看。\n", words
    for words in (
        ("search", "韦国珍", "--json"), ("search", "竹林", "--json"), ("search", "莫家秀地界"), ("due", "--until", "2030-01-01"),
        ("list", "case_summary", "--json"), ("list", "review", "--json"), ("list", "resolution"), ("rollup", "--json"),
    ):  # fmt: skip
        said = who(*words, **secret)
        assert leaked(said.out + said.err) == [], words
    assert who("search", "韦国珍", "--json", **secret).out == "[]\n"
    (summary, *_) = who("list", "case_summary", "--json", **secret).json
    rows = who("history", "case_summary", summary["id"], "--json", **secret).out
    assert leaked(rows) == []
    assert not list(tmp_path.glob("*.pdf"))


def test_the_mediator_sees_cases_and_nothing_else_writes_them(offices: Laptop) -> None:
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    identifier = offices.by("mediator")("add", "case", "-", stdin=case(), **secret).ids[0]
    assert leaked(offices.by("mediator")("show", "case", identifier, **secret).out) == list(CASE_WORDS)
    for duty in ("clerk", "chair", "council", "supervisor", "reader"):
        assert "请换账户" in offices.by(duty).refused(3, "add", "case", "-", stdin=case(), **secret)
        assert "请换账户" in offices.by(duty).refused(
            3, "edit", "case", identifier, "-", stdin={"facts": "x"}, **secret
        )


def test_people_are_seen_by_those_who_need_them(offices: Laptop) -> None:
    offices.add("person", {"name": "岑兴富", "phone": "13885400002"})
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    seen = {
        duty: offices.by(duty).run("list", "person", "--json", **secret).status
        for duty in ("clerk", "chair", "mediator", "council", "supervisor", "reader")
    }
    assert seen == {"clerk": 0, "chair": 0, "mediator": 0, "council": 3, "supervisor": 3, "reader": 3}
    assert offices.by("reader")("search", "岑兴富", "--json", **secret).json == []


# --- what travels -------------------------------------------------------------------------------


def test_a_case_reaches_the_town_as_figures_only_and_its_words_are_nowhere_in_the_towns_data(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "调解书.txt").write_text("竹林地界协议原文" * 30)
    identifier = village.add("case", case(files=[str(tmp_path / "调解书.txt")]))
    said = carried(village, town, stick)
    assert "只带统计的1条" in said.out
    assert leaked(town.decrypted()) == []
    assert town.run("show", "case", identifier).status == 2
    assert list(town.data.glob("blobs/??/*")) == []
    (summary,) = town.all("case_summary")
    assert summary["values"] == {
        "dispute": "d07", "source": "own", "accepted_on": "2026-11-20", "parties": 2, "amount": "3200.00", "case_stage": "registered",
        "committee": "village", "grade": "common", "revisited": False,
    }  # fmt: skip
    assert town.verify() == "检查完毕，没有发现问题。\n"


def test_the_summary_follows_the_case_through_its_life(village: Laptop, town: Laptop, stick: Path) -> None:
    identifier = village.add("case", case())
    village("advance", "case", identifier, "mediating")
    village("edit", "case", identifier, "-", stdin={"agreed_on": "2026-11-22", "result": "settled", "form": "written"})
    village("advance", "case", identifier, "settled")
    village("finalise", "case", identifier)
    carried(village, town, stick)
    (summary,) = town.all("case_summary")
    assert (summary["values"]["case_stage"], summary["values"]["result"]) == ("closed", "settled")
    village("strike", "case", identifier, "--reason", "韦国珍另案处理")
    carried(village, town, stick)
    assert town.all("case_summary") == []
    assert leaked(town.decrypted()) == []


def test_full_carries_the_case_with_its_files_and_the_basis_is_on_record(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "调解书.txt").write_text("竹林地界协议原文")
    identifier = village.add("case", case(files=[str(tmp_path / "调解书.txt")]))
    carried(village, town, stick, "--full", "--reason", "县司法局案卷评查")
    assert leaked(town("show", "case", identifier).out) == list(CASE_WORDS)
    assert len(list(town.data.glob("blobs/??/*"))) == 1
    logged = [value for value in village.decrypted().split("\n") if '"detail":"full"' in value]
    assert len(logged) == 1
    assert "县司法局案卷评查" in logged[0]
    assert leaked(logged[0]) == []


def test_a_towns_review_of_a_case_it_was_given_does_not_name_it_to_everybody(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.add("case", case())
    carried(village, town, stick, "--full")
    town("review", "case", identifier, "--return", "--remark", "请补协议")
    assert leaked(json.dumps(town.all("review"), ensure_ascii=False)) == []
    carried(town, village, stick, "--for", village.all("village")[0]["org"])
    village("account", "add", "reader", "--duty", "reader", **{NEW: OTHER})
    assert leaked(village.by("reader")("list", "review", "--json", VILLAGEDESK_PASSPHRASE=OTHER).out) == []
    assert "退回补正（第0版）请补协议" in village("show", "case", identifier).out


def test_a_stub_after_the_full_content_is_taken_in(village: Laptop, town: Laptop, stick: Path) -> None:
    """Once with everything, then the change as figures only: the town must be able to go on."""
    identifier = village.add("case", case())
    carried(village, town, stick, "--full")
    village("edit", "case", identifier, "-", stdin={"facts": "不再给镇里看的话"})
    assert carried(village, town, stick).status == 0
    assert "不再给镇里看的话" not in town.decrypted()
    said = town("show", "case", identifier).out
    assert "较早的内容，最新一次改动的内容不在本机" in said
    assert "因后山竹林地界多年争执" in said
    assert town.verify() == "检查完毕，没有发现问题。\n"


def test_full_reaches_back_to_what_was_sent_as_figures_only_and_fills_it(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "调解书.txt").write_text("竹林地界协议原文")
    identifier = village.add("case", case(files=[str(tmp_path / "调解书.txt")]))
    org = village.all("village")[0]["org"]
    carried(village, town, stick)
    carried(town, village, stick, "--for", org)  # everything is acknowledged
    village.meeting()
    assert "只带统计的0条" in carried(village, town, stick).out
    assert leaked(town.decrypted()) == []

    said = carried(village, town, stick, "--full", "--reason", "案卷评查").out
    assert "以前只带统计、这次补来内容的1条。" in said
    assert "分成了两支" not in said
    assert leaked(town("show", "case", identifier).out) == list(CASE_WORDS)
    assert town.all("case") == [{**c, "org": org} for c in village.all("case")]
    assert len(list(town.data.glob("blobs/??/*"))) == 1
    assert town.verify() == "检查完毕，没有发现问题。\n"

    carried(town, village, stick, "--for", org)  # it lacks nothing now
    village.meeting()
    said = village("export", "--to", stick, "--full")
    assert "记录1条" in said.err
    assert "补来内容" not in town("import", said.out.strip()).out


def test_a_stub_is_not_filled_with_anything_but_its_own_content(village: Laptop, town: Laptop, stick: Path) -> None:
    village.add("case", case())
    carried(village, town, stick)
    with town.desk() as office:
        raw_ = office.desk.engine.raw_connection()
        try:
            for change in ("payload = x'7b7d', phash = NULL", "payload = x'7b7d'", "phash = zeroblob(32)"):
                with pytest.raises(Broken):
                    raw_.cursor().execute(f"UPDATE journal SET {change} WHERE payload IS NULL")
        finally:
            raw_.close()


def test_an_identity_scan_never_travels_not_even_in_full_nor_to_the_villages_own_laptop(
    village: Laptop, second: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "身份证.jpg").write_bytes(b"SCANNED-CARD" * 50)
    village.add("identity_scan", {**SCAN, "files": [str(tmp_path / "身份证.jpg")]})
    carried(village, town, stick, "--full")
    carried(village, second, stick, "--for", village.all("village")[0]["org"])
    for other in (town, second):
        assert "核对户籍后留存" not in other.decrypted()
        assert other.all("identity_scan") == []
        assert list(other.data.glob("blobs/??/*")) == []
        assert other.verify() == "检查完毕，没有发现问题。\n"


def _newer(laptop: Laptop, key: str, word: str, travels: Travels) -> None:
    """An entry as a program writes it that describes this kind otherwise than ours does, or at all."""
    described = SimpleNamespace(kind=Kind(key, key, travels=travels))
    with laptop.desk() as office, office.desk.writing() as session, patch.dict(KINDS, {key: described}):
        raw(session, office, key, ids.new(), "set", payload_of({"word": word}))


def test_a_confidential_kind_of_a_newer_program_is_kept_back_by_one_that_does_not_know_it(
    village: Laptop, town: Laptop, county: Laptop, stick: Path
) -> None:
    for travels, word in ((Travels.ALWAYS, "都可以看"), (Travels.SUMMARY, "只带统计"), (Travels.NEVER, "从不带出")):
        _newer(village, "drone_flight", word, travels)
    carried(village, town, stick)
    assert [w in town.decrypted() for w in ("都可以看", "只带统计", "从不带出")] == [True, False, False]
    _newer(village, "drone_flight", "再带全部", Travels.SUMMARY)
    carried(village, town, stick, "--full")
    assert [w in town.decrypted() for w in ("再带全部", "从不带出")] == [True, False]
    carried(town, county, stick, "--for", COUNTY)
    assert [w in county.decrypted() for w in ("都可以看", "再带全部", "从不带出")] == [True, False, False]
    for each in (village, town, county):
        assert each.verify() == "检查完毕，没有发现问题。\n"


def test_an_envelope_that_lets_go_what_its_kind_keeps_back_is_not_believed(
    village: Laptop, town: Laptop, county: Laptop, stick: Path
) -> None:
    _newer(village, "case", "案情", Travels.ALWAYS)
    _newer(village, "identity_scan", "扫描", Travels.SUMMARY)
    _newer(village, "meeting", "密谈", Travels.NEVER)
    carried(village, town, stick, "--full")
    assert [w in town.decrypted() for w in ("案情", "扫描", "密谈")] == [True, False, False]
    carried(town, county, stick, "--for", COUNTY)
    assert "案情" not in county.decrypted()


def test_an_attachment_marked_to_stay_stays_while_its_record_travels(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "伤情照片.jpg").write_bytes(b"JPEG" * 50)
    files = [{"path": str(tmp_path / "伤情照片.jpg"), "travels": False}]
    identifier = village.meeting(files=files)
    carried(village, town, stick, "--full")
    assert town.values("meeting", identifier)["files"][0]["travels"] is False
    assert list(town.data.glob("blobs/??/*")) == []
    carried(town, village, stick, "--for", village.all("village")[0]["org"])
    assert "附件0个" in village("export", "--to", stick).err


def test_no_envelope_holds_a_name_or_a_word_that_was_recorded(village: Laptop, town: Laptop, stick: Path) -> None:
    village.add("case", case())
    village("finalise", "meeting", village.meeting())
    village(
        "strike",
        "person",
        village.add("person", {"name": "岑兴富", "id_number": "522731198001010011"}),
        "--reason",
        "重名",
    )
    carried(village, town, stick)
    town("review", "meeting", town.all("meeting")[0]["id"], "--accept")
    allowed = {"seq", "hlc", "tq", "t", "id", "op", "par", "a", "sv", "w"}
    for laptop in (village, town):
        for _, env, _ in laptop.journal():
            assert env.isascii()
            assert Envelope.parse(env).encode() == env
            assert set(json.loads(env)) <= allowed
            assert b"522731198001010011" not in env


def test_neither_the_stick_nor_the_data_folder_nor_the_log_says_anything_in_the_clear(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    village.add("case", case())
    village("finalise", "meeting", village.meeting())
    village.refused(2, "add", "case", "-", stdin=case(dispute="d99"))
    village.refused(2, "add", "case", "-", stdin=b'{"subject": "' + "韦国珍".encode() + b'"')
    path = exported(village, stick, "--full")
    town.run("import", path)
    broken = tmp_path / path.name
    broken.write_bytes(path.read_bytes()[:-100])
    town.run("import", broken)
    words = (*CASE_WORDS, "岑兴富", "通组路硬化")
    for place in (village.home, town.home, stick):
        content = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
        assert [w for w in words if w.encode() in content] == [], place


def test_a_review_one_village_gets_is_a_stub_to_every_other_also_after_it_was_struck(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    from tests.e2e.desks import SECOND, enrolled, founded

    neighbour = founded(tmp_path / "neighbour", "village", SECOND, "邻村文书", "--name", "邻村")
    enrolled(neighbour, town, stick)
    identifier = village.meeting()
    carried(village, town, stick)
    review = town("review", "meeting", identifier, "--return", "--remark", "好花红村请补签到表").ids[0]
    town("strike", "review", review, "--reason", "发错了村")
    carried(town, neighbour, stick, "--for", SECOND)
    assert "请补签到表" not in neighbour.decrypted()
    assert "发错了村" not in neighbour.decrypted()
    assert neighbour.verify() == "检查完毕，没有发现问题。\n"
    carried(town, village, stick, "--for", village.all("village")[0]["org"])
    assert "请补签到表" not in village("show", "meeting", identifier).out


def test_private_keys_are_not_told_by_repr() -> None:
    from villagedesk.exchange.seal import new_keys

    keys = new_keys()
    assert repr(keys) == "DeviceKeys()"
    assert isinstance(keys, DeviceKeys)
