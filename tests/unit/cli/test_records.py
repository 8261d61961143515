"""A record's life by the command line: changed, finalised, amended, struck, brought back, looked up, printed."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.e2e.desks import NEW, Laptop, item, meeting
from villagedesk.base import clock

OTHER = "另一个人的长口令"


# --- what --json gives --------------------------------------------------------------------------


def test_kinds_json_describes_every_kind_with_its_stages_and_fields(tmp_path: Path) -> None:
    kinds = Laptop(tmp_path)("kinds", "--json").json
    assert [k["key"] for k in kinds] == [
        "village", "group", "household", "person", "identity_scan", "post", "council", "charter", "plan", "meeting", "resolution",
        "feast", "help", "patrol", "hazard", "worthy", "proposal", "donation", "project", "campaign", "sweep", "pledge", "dissuasion",
        "appraisal", "authorisation", "matter", "publication", "objection", "catalogue", "holidays", "term",
        "village_rule", "case", "case_summary", "award", "review",
    ]  # fmt: skip
    for kind in kinds:
        assert list(kind) == ["key", "label", "levels", "door", "travels", "made", "stages", "fields"]
        assert [list(s) for s in kind["stages"]] == [["value", "label", "seals", "after"]] * len(kind["stages"])
        for field in kind["fields"]:
            assert list(field)[:7] == ["key", "label", "shape", "required", "auto", "personal", "options"]
    rule = next(k for k in kinds if k["key"] == "village_rule")
    assert [(f["key"], f["shape"], f["required"], f["personal"]) for f in rule["fields"]] == [
        ("number", "text", False, 0), ("heading", "text", True, 0), ("text_kind", "choice", False, 0), ("version", "text", False, 0),
        ("meeting", "ref", False, 0), ("adopted_on", "date", False, 0), ("effective_on", "date", False, 0),
        ("articles", "lines", False, 0), ("files", "files", False, 0),
    ]  # fmt: skip


def test_kinds_json_needs_no_data_and_names_the_bodies_a_meeting_may_have(tmp_path: Path) -> None:
    kinds = Laptop(tmp_path / "nobody")("kinds", "--json").json
    bodies = next(f for k in kinds if k["key"] == "meeting" for f in k["fields"] if f["key"] == "bodies")
    assert {"value": "representatives", "label": "村民代表会议"} in bodies["options"]
    assert not (tmp_path / "nobody").exists()


def test_json_of_the_same_state_is_the_same_bytes_sorted_by_id(village: Laptop) -> None:
    village("add", "group", "-", stdin=[{"name": f"{n}组"} for n in "戊己甲乙丙丁庚辛"])
    done = village.meeting()
    village("finalise", "meeting", done)
    for words in (
        ("kinds", "--json"), ("list", "group", "--json"), ("list", "meeting", "--json"), ("show", "meeting", done, "--json"),
        ("history", "meeting", done, "--json"), ("search", "组", "--json"), ("rollup", "--json"),
    ):  # fmt: skip
        first, again = village(*words), village(*words)
        assert first.out == again.out, words
    listed = [g["id"] for g in village.all("group")]
    assert listed == sorted(listed)
    found = [h["id"] for h in village("search", "组", "--json").json]
    assert found == sorted(found)
    assert set(listed) < set(found)


def test_show_json_holds_exactly_what_was_typed_and_what_the_program_added(village: Laptop) -> None:
    identifier = village.add("group", {"name": "辉油组", "number": 3, "leader": "罗正华"})
    assert village.show("group", identifier) == {
        "id": identifier, "org": "522731102213", "kind": "group", "title": "辉油组", "stage": "kept", "edition": 0, "struck": False, "behind": False,
        "values": {"name": "辉油组", "number": 3, "leader": {"name": "罗正华"}},
    }  # fmt: skip


def test_show_values_given_back_to_edit_change_nothing(village: Laptop) -> None:
    identifier = village.meeting()
    before = village.values("meeting", identifier)
    village("edit", "meeting", identifier, "-", stdin=before)
    assert village.values("meeting", identifier) == before


def test_search_finds_over_all_kinds_and_knows_no_operators(village: Laptop) -> None:
    group = village.add("group", {"name": "辉油硬化组"})
    held = village.meeting()
    assert {(h["kind"], h["id"]) for h in village("search", "硬化", "--json").json} == {
        ("group", group),
        ("meeting", held),
    }
    for odd in ('"', "*", "NEAR(", "硬化 OR 辉油", "' --", "硬 AND 化", ""):
        assert village("search", odd, "--json").out == "[]\n", odd


# --- stages -------------------------------------------------------------------------------------


def test_finalise_gives_a_number_seals_and_writes_the_resolution(village: Laptop) -> None:
    identifier = village.meeting()
    said = village("finalise", "meeting", identifier)
    (resolution,) = village.all("resolution")
    assert said.ids == [identifier, resolution["id"]]
    assert "村民代表会议：应到3人，实到2人，已达三分之二以上（2人）" in said.err
    shown = village.show("meeting", identifier)
    assert (shown["stage"], shown["edition"], shown["values"]["number"]) == ("final", 1, "好花红村会〔2026〕1号")
    assert shown["values"]["bodies"][0]["base"] == 3
    assert shown["values"]["bodies"][0]["rule_set"] == "CN-村委会组织法-2026"
    assert resolution["values"] == {
        "subject": "通组路硬化", "text": "同意实施方案。", "meeting": {"id": identifier, "name": "第3次村民代表会议"},
        "item": shown["values"]["agenda"][0]["lid"], "bodies": ["representatives"], "passed_on": "2026-11-18",
        "vote": "赞成2票，反对0票", "owner": "罗正华", "due_on": "2026-12-01",
    }  # fmt: skip


def test_finalise_twice_says_so_and_writes_nothing(village: Laptop) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    before = village.journal()
    assert village("finalise", "meeting", identifier) == (0, "", "这条记录已经是“已定稿”，没有再改。\n")
    assert village.journal() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chair": None}, "主持人：定稿前请填主持人。"),
        ({"recorder": None}, "记录人：定稿前请填记录人。"),
        ({"present": [{"name": "岑兴富", "state": "absent"}]}, "应到人员：定稿前请登记到会人员。"),
    ],
)
def test_finalise_of_an_unfinished_meeting_exits_2_by_the_field_and_leaves_a_draft(
    village: Laptop, changes: dict[str, object], said: str
) -> None:
    identifier = village.meeting(agenda=[], **changes)
    assert village.refused(2, "finalise", "meeting", identifier) == f"{said}\n"
    assert village.history("meeting", identifier) == [("set", 0, "")]


def test_advance_takes_stages_by_key_and_by_name_in_their_order_only(village: Laptop) -> None:
    identifier = village.meeting()
    assert "“草稿”之后不能直接到“已归档”，可以到：已定稿。" in village.refused(
        3, "advance", "meeting", identifier, "filed"
    )
    assert "没有“完成”这个阶段" in village.refused(2, "advance", "meeting", identifier, "完成")
    village("advance", "meeting", identifier, "已定稿")
    village("advance", "meeting", identifier, "filed", "--reason", "年底归档")
    assert village.show("meeting", identifier)["stage"] == "filed"
    assert "之后不能直接到" in village.refused(3, "advance", "meeting", identifier, "draft")
    assert village.history("meeting", identifier) == [("set", 0, ""), ("seal", 1, ""), ("move", 1, "年底归档")]


def test_a_kind_without_a_sealing_stage_cannot_be_finalised(village: Laptop) -> None:
    group = village.add("group", {"name": "一组"})
    assert "没有“finalise”这个阶段" in village.refused(2, "finalise", "group", group)


def test_a_resolution_is_carried_out_step_by_step_and_its_words_are_not_typed(village: Laptop) -> None:
    village("finalise", "meeting", village.meeting())
    (one,) = village.all("resolution")
    assert "由程序填写" in village.refused(2, "edit", "resolution", one["id"], "-", stdin={"text": "另一回事"})
    village("edit", "resolution", one["id"], "-", stdin={"progress": "已开工"})
    village("advance", "resolution", one["id"], "doing")
    village("advance", "resolution", one["id"], "done")
    assert [one["id"] for one in village("due", "--until", "2030-01-01", "--json").json if one["id"]] == []
    assert village("rollup", "--json").json == [{
        "village": "522731102213", "body": "representatives", "month": "2026-11", "meetings": 1, "finalised": 1, "attendance": 2,
        "resolutions": 1, "carried_out": 1, "activities": 0,
    }]  # fmt: skip


def test_edit_of_a_finalised_record_exits_3_and_points_to_amend(village: Laptop) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    assert "要更正请用 amend" in village.refused(3, "edit", "meeting", identifier, "-", stdin={"place": "村口"})
    assert village.history("meeting", identifier) == [("set", 0, ""), ("seal", 1, "")]


# --- amending -----------------------------------------------------------------------------------


def test_amend_keeps_the_id_and_the_number_makes_edition_2_and_keeps_edition_1_in_the_history(village: Laptop) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    village("amend", "meeting", identifier, "-", "--reason", "地点写错", stdin={"place": "村口"})
    shown = village.show("meeting", identifier)
    assert (shown["edition"], shown["stage"], shown["values"]["place"]) == (2, "final", "村口")
    assert shown["values"]["number"] == "好花红村会〔2026〕1号"
    rows = village("history", "meeting", identifier, "--json").json
    assert [(r["op"], r["edition"], r["reason"], r["values"]["place"]) for r in rows] == [
        ("set", 0, "", "村委会二楼"), ("seal", 1, "", "村委会二楼"), ("amend", 1, "地点写错", "村口"), ("seal", 2, "地点写错", "村口"),
    ]  # fmt: skip
    assert [r["changed"] for r in rows[2:]] == [["地点"], []]
    assert "已定稿（第2版）" in village("show", "meeting", identifier).out
    assert len(village.all("resolution")) == 1


@pytest.mark.parametrize("reason", ["", " 　"])
def test_amend_without_a_reason_exits_2(village: Laptop, reason: str) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    assert "原因" in village.refused(
        2, "amend", "meeting", identifier, "-", "--reason", reason, stdin={"place": "村口"}
    )
    assert village.show("meeting", identifier)["edition"] == 1


def test_amend_of_a_draft_or_of_a_struck_record_exits_3(village: Laptop) -> None:
    identifier = village.meeting()
    words = ("amend", "meeting", identifier, "-", "--reason", "x")
    assert "还没有定稿" in village.refused(3, *words, stdin={"place": "村口"})
    village("finalise", "meeting", identifier)
    village("strike", "meeting", identifier, "--reason", "重复")
    assert "请先恢复" in village.refused(3, *words, stdin={"place": "村口"})


def test_amend_that_is_not_valid_exits_2_and_leaves_edition_1(village: Laptop) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    before = village.journal()
    words = ("amend", "meeting", identifier, "-", "--reason", "票数写错")
    assert "与实到2人不符" in village.refused(2, *words, stdin={"agenda": [item(yes=3)]})
    assert village.journal() == before


# --- striking -----------------------------------------------------------------------------------


def test_strike_hides_revive_brings_back_and_both_keep_their_reasons(village: Laptop) -> None:
    group = village.add("group", {"name": "一组"})
    village("strike", "group", group, "--reason", "并入二组")
    assert village.all("group") == []
    assert [g["id"] for g in village.all("group", "--struck")] == [group]
    assert village("search", "一组", "--json").json == []
    assert village("show", "group", group).out.splitlines()[0] == f"村民小组　{group}　已作废，在册"
    village("revive", "group", group, "--reason", "并错了")
    assert [g["id"] for g in village.all("group")] == [group]
    assert village.history("group", group) == [("set", 0, ""), ("del", 0, "并入二组"), ("revive", 0, "并错了")]


def test_strike_and_revive_of_what_already_is_so_exit_3_and_without_a_reason_2(village: Laptop) -> None:
    group = village.add("group", {"name": "一组"})
    assert "没有作废" in village.refused(3, "revive", "group", group, "--reason", "x")
    assert "原因" in village.refused(2, "strike", "group", group, "--reason", " ")
    assert "缺少 --reason" in village.refused(2, "strike", "group", group)
    village("strike", "group", group, "--reason", "x")
    assert "已经作废" in village.refused(3, "strike", "group", group, "--reason", "x")
    assert "请先恢复" in village.refused(3, "edit", "group", group, "-", stdin={"name": "二组"})


def test_a_struck_meeting_takes_its_resolutions_along_and_brings_them_back(village: Laptop) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    village("strike", "meeting", identifier, "--reason", "重复登记")
    assert (village.all("meeting"), village.all("resolution")) == ([], [])
    assert "请先恢复" in village.refused(3, "advance", "meeting", identifier, "filed")
    village("revive", "meeting", identifier, "--reason", "没有重复")
    assert len(village.all("resolution")) == 1
    assert village.show("meeting", identifier)["edition"] == 1


# --- numbers ------------------------------------------------------------------------------------


def numbers(laptop: Laptop) -> list[str]:
    every = [*laptop.all("meeting"), *laptop.all("meeting", "--struck")]
    return sorted(m["values"]["number"] for m in every if "number" in m["values"])


def test_numbers_are_given_in_the_order_of_finalising_by_the_year_of_the_event(village: Laptop) -> None:
    first, second, old = (
        village.meeting(),
        village.meeting(),
        village.meeting(held_from="2025-12-31T23:59", held_to=None),
    )
    for identifier in (second, old, first):
        village("finalise", "meeting", identifier)
    given = [village.values("meeting", i)["number"] for i in (first, second, old)]
    assert given == ["好花红村会〔2026〕2号", "好花红村会〔2026〕1号", "好花红村会〔2025〕1号"]


def test_a_number_is_never_given_again_after_its_record_was_struck(village: Laptop) -> None:
    first = village.meeting()
    village("finalise", "meeting", first)
    village("strike", "meeting", first, "--reason", "重复")
    village("finalise", "meeting", village.meeting())
    assert numbers(village) == ["好花红村会〔2026〕1号", "好花红村会〔2026〕2号"]


def test_a_refused_finalising_uses_no_number_up(village: Laptop) -> None:
    village.refused(2, "finalise", "meeting", village.meeting(agenda=[item(yes=1)]))
    village("finalise", "meeting", village.meeting())
    assert numbers(village) == ["好花红村会〔2026〕1号"]


def test_the_second_laptop_of_a_village_gives_numbers_of_its_own_series(second: Laptop) -> None:
    second("finalise", "meeting", second.meeting())
    assert numbers(second) == ["好花红村会乙〔2026〕1号"]


def test_each_kind_counts_for_itself(village: Laptop) -> None:
    case = village.add("case", {"subject": "x", "dispute": "d01", "accepted_on": "2026-01-05"})
    award = village.add("award", {"household": "罗正华", "year": 2026})
    rule = village.add("village_rule", {"heading": "村规民约", "adopted_on": "2026-03-01", "articles": ["爱护公物。"]})
    village("edit", "case", case, "-", stdin={"result": "failed"})
    for stage in ("ended", "closed"):
        village("advance", "case", case, stage)
    village("advance", "award", award, "noticed")
    assert "命名日期" in village.refused(2, "finalise", "award", award)
    village("edit", "award", award, "-", stdin={"awarded_on": "2026-11-02"})
    village("finalise", "award", award)
    village("finalise", "village_rule", rule)
    given = [village.values(k, i)["number"] for k, i in (("case", case), ("award", award), ("village_rule", rule))]
    assert given == ["好花红村调〔2026〕1号", "好花红村文明〔2026〕1号", "好花红村约〔2026〕1号"]


# --- paper, attachments, dues -------------------------------------------------------------------


def test_print_writes_one_pdf_of_the_same_bytes_and_names_it(village: Laptop, tmp_path: Path) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    path = Path(village("print", "meeting", identifier, "--to", tmp_path / "a").out.strip())
    again = Path(village("print", "meeting", identifier, "--to", tmp_path / "b").out.strip())
    assert path == tmp_path / "a" / f"会议记录-第3次村民代表会议-{identifier}.pdf"
    assert path.read_bytes() == again.read_bytes()
    assert path.read_bytes().startswith(b"%PDF-")
    plain = Path(village("print", "meeting", identifier, "--sheet", "plain", "--to", tmp_path / "c").out.strip())
    assert plain.read_bytes() != path.read_bytes()


def test_print_on_a_sheet_that_is_not_there_exits_2_and_a_title_with_slashes_stays_in_the_folder(
    village: Laptop, tmp_path: Path
) -> None:
    identifier = village.meeting(subject="../../a:b*c?第1次")
    assert village.run("print", "meeting", identifier, "--sheet", "gold", "--to", tmp_path / "a").status == 2
    village("print", "meeting", identifier, "--to", tmp_path / "a")
    assert [p.name for p in (tmp_path / "a").iterdir()] == [f"会议记录-.._.._a_b_c_第1次-{identifier}.pdf"]


def test_attachments_are_named_by_paths_beside_the_file_and_lie_encrypted(village: Laptop, tmp_path: Path) -> None:
    words = "签到簿原文：岑兴富、陈世荣".encode() * 20
    (tmp_path / "签到簿.txt").write_bytes(words)
    (tmp_path / "m.json").write_text(json.dumps(meeting(files=["签到簿.txt"])), "utf-8")
    (identifier,) = village("add", "meeting", tmp_path / "m.json").ids
    (file,) = village.values("meeting", identifier)["files"]
    assert (file["name"], file["size"], file["type"]) == ("签到簿.txt", len(words), "text/plain")
    everything = b"".join(village.files().values())
    assert words[:40] not in everything
    assert "岑兴富".encode() not in everything
    assert village.verify() == "检查完毕，没有发现问题。\n"


def test_the_same_file_twice_is_kept_once(village: Laptop, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"JPEG")
    village.meeting(files=[str(tmp_path / "a.jpg")])
    village.meeting(files=[{"path": str(tmp_path / "a.jpg"), "name": "同一张照片.jpg"}])
    assert len(list(village.data.glob("blobs/??/*"))) == 1


@pytest.mark.parametrize("path", ["不在这里.jpg", "/", "", "a\x00b", "x" * 5000])
def test_an_attachment_that_cannot_be_read_exits_2_and_keeps_nothing(village: Laptop, path: str) -> None:
    village.refused(2, "add", "meeting", "-", stdin=[meeting(), meeting(files=[path])])
    assert village.all("meeting") == []


def test_a_file_over_the_limit_exits_2(village: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from villagedesk.actions import records

    monkeypatch.setattr(records, "MAX_FILE", 1 << 20)
    (tmp_path / "big.bin").write_bytes(bytes((1 << 20) + 1))
    assert "超过1MB" in village.refused(2, "add", "meeting", "-", stdin=meeting(files=[str(tmp_path / "big.bin")]))


def due_rows(village: Laptop, until: str, kind: str) -> list[tuple[str, str, str, str, bool, str]]:
    found = village("due", "--until", until, "--json").json
    names = ("at", "what", "title", "id", "law", "basis")
    return [tuple(one[name] for name in names) for one in found if one["kind"] == kind]  # type: ignore[misc]


def test_due_lists_what_is_to_be_done_up_to_a_day(village: Laptop) -> None:
    village("finalise", "meeting", village.meeting())
    [one] = village.all("resolution")
    assert due_rows(village, "2026-11-30", "resolution") == []
    assert due_rows(village, "2026-12-01", "resolution") == [
        ("2026-12-01", "决议到期落实", "通组路硬化", one["id"], False, "会议自己定的期限")
    ]
    assert "2026-12-01  决议到期落实" in village("due", "--until", "2026-12-01").out
    assert "请写年月日" in village.refused(2, "due", "--until", "12月")


def test_due_names_what_nobody_has_done_and_the_law_that_asks_for_it(village: Laptop) -> None:
    today = date.fromisoformat(clock.today())
    last = f"{today.year}-12-31"
    wanted = (last, f"{today.year}年", "村民会议", "", True, "村民委员会组织法第二十五条，每年至少一次")
    before = due_rows(village, last, "meeting")
    assert wanted in before
    village(
        "add", "meeting", "-", stdin=meeting(bodies=[{"body": "villagers"}], held_from=f"{today}T09:00", held_to=None)
    )
    missing = [one for one in due_rows(village, last, "meeting") if not one[3]]
    assert missing == [one for one in before if one != wanted]


def test_the_figures_of_the_councils_are_told_saved_and_printed(village: Laptop, tmp_path: Path) -> None:
    village("finalise", "meeting", village.meeting(bodies=["红白理事会"]))
    told = village("figures", "--from", "2026-11-01", "--until", "2026-11-20")
    lines = told.out.splitlines()
    assert lines[0] == "六会运行情况（2026年11月1日至2026年11月20日）"
    assert [line.split() for line in lines[2:4]] == [["红白理事会", "1", "1", "2", "1"], ["互帮互助会"]]
    assert "六会专项指标（2026年11月1日至2026年11月20日）" in lines
    data = village("figures", "--from", "2026-11-01", "--until", "2026-11-20", "--json").json
    assert (data["from"], data["until"]) == ("2026-11-01", "2026-11-20")
    assert [(row["body"], row["meetings"], row["feasts"]) for row in data["rows"]] == [("hongbai", 1, 0)]
    for ways, suffixes in (((), {".xlsx"}), (("--pdf",), {".pdf"}), (("--xlsx", "--pdf"), {".xlsx", ".pdf"})):
        folder = tmp_path / "-".join(("out", *ways))
        folder.mkdir()
        paths = [Path(line) for line in village("figures", "--to", folder, *ways).out.splitlines()]
        assert sorted(paths) == sorted(folder.iterdir())
        assert {path.suffix for path in paths} == suffixes


def test_figures_of_days_that_are_none_or_the_wrong_way_round_are_a_fault_of_input(village: Laptop) -> None:
    assert "请写年月日，比如 2026-11-18。" in village.refused(2, "figures", "--from", "2026-13-01")
    assert "请对调一下" in village.refused(2, "figures", "--from", "2026-11-02", "--until", "2026-11-01")


def test_rollup_counts_days_that_are_none_as_a_fault_of_input(village: Laptop) -> None:
    assert "请写年月日，比如 2026-11-18。" in village.refused(2, "rollup", "--from", "2026-13-01")
    village.meeting()
    assert len(village("rollup", "--from", "2026-11-18", "--to", "2026-11-18", "--json").json) == 1
    assert village("rollup", "--from", "2026-11-19", "--json").json == []
    assert village("rollup", "--to", "2026-11-17", "--json").json == []


# --- what is said -------------------------------------------------------------------------------


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    from villagedesk.cli import main

    for words in ([], ["init"], ["add"], ["export"], ["review"], ["account", "add"]):
        with pytest.raises(SystemExit) as done:
            main([*words, "--help"])
        said = capsys.readouterr().out
        assert done.value.code == 0
        assert said.startswith("用法：")
        assert not any(english in said for english in ("usage", "options", "positional", "show this"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("foo",), "命令 不能是“foo”"),
        (("add", "group"), "缺少 FILE|-"),
        (("verify", "x"), "不认识“x”"),
        (("card", "--to"), "--to 后面没有写内容"),
        (("review", "k", "i", "--accept", "--return"), "--return 不能和 --accept 一起写"),
        (("review", "k", "i"), "要写 --accept --return 中的一个"),
    ],
)
def test_a_command_written_wrong_exits_2_in_chinese(village: Laptop, words: tuple[str, ...], said: str) -> None:
    assert village.refused(2, *words).startswith(f"命令写得不对：{said}")


def test_data_and_as_may_stand_anywhere(village: Laptop, tmp_path: Path) -> None:
    other = Laptop(tmp_path / "other", "罗倩")
    assert other.run("list", "group", "--json", "--data", village.data, "--as", "罗倩").status == 0
    assert other.run("list", "--as=罗倩", "group", f"--data={village.data}").status == 0


def test_a_bug_is_logged_without_a_word_of_what_was_recorded(
    village: Laptop, monkeypatch: pytest.MonkeyPatch, warned: list[str]
) -> None:
    from villagedesk.actions import records

    recorded = "岑兴富 13885400001"

    def broken(*_: object, **__: object) -> None:
        raise ValueError(recorded)

    monkeypatch.setattr(records, "save", broken)
    said = village.run("add", "group", "-", stdin={"name": "岑兴富"}, VILLAGEDESK_DEBUG="")
    assert (said.status, said.out) == (1, "")
    assert "请把日志带给维护人员" in said.err
    log = (village.data / "log" / "villagedesk.log").read_text("utf-8")
    assert "ValueError" in log
    assert "in broken" in log
    assert not any(word in log for word in ("岑兴富", "13885400001"))


def test_duties_decide_who_writes_what(village: Laptop) -> None:
    """六会会长 write open records and seal none; 村务监督 only read; 调解主任 alone write cases."""
    for name, duty in (("会长", "council"), ("监督", "supervisor"), ("调解", "mediator"), ("主任", "chair")):
        village("account", "add", name, "--duty", duty, **{NEW: OTHER})
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    draft = village.by("会长")("add", "meeting", "-", stdin=meeting(), **secret).ids[0]
    assert "请换账户" in village.by("会长").refused(3, "finalise", "meeting", draft, **secret)
    assert "请换账户" in village.by("监督").refused(3, "add", "group", "-", stdin={"name": "x"}, **secret)
    assert "请换账户" in village.by("调解").refused(3, "add", "meeting", "-", stdin=meeting(), **secret)
    assert "请换账户" in village.by("主任").refused(3, "add", "person", "-", stdin={"name": "岑兴富"}, **secret)
    assert village.by("主任").run("finalise", "meeting", draft, **secret).status == 0
