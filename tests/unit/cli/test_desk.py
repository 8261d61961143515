"""Setting up a desk, who may open it, backups, and what is said when something is missing."""

import json
import os
import tarfile
from pathlib import Path

import pytest

from tests.e2e.desks import NEW, SECRET, TOWN, VILLAGE, Laptop, founded

OTHER = "另一个人的长口令"


# --- init ---------------------------------------------------------------------------------------


def test_init_knows_the_place_by_its_code_and_writes_the_six_councils(tmp_path: Path) -> None:
    village = founded(tmp_path, "village", VILLAGE, "罗倩")
    (own,) = village.all("village")
    assert (own["values"]["name"], own["values"]["town"], own["values"]["county"]) == ("好花红村", "好花红镇", "惠水县")
    assert sorted(c["values"]["key"] for c in village.all("council")) == [
        "hongbai", "huzhu", "jindu", "lianfang", "pingyi", "xiangxian",
    ]  # fmt: skip


def test_init_twice_exits_3_and_overwrites_nothing(village: Laptop) -> None:
    before = village.files()
    said = village.refused(3, "init", "--role", "town", "--division", TOWN, "--user", "别人")
    assert "已经有一份村务台数据" in said
    assert village.files() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "village", "--division", TOWN), "区划代码"),
        (("--role", "town", "--division", VILLAGE), "区划代码"),
        (("--role", "village", "--division", "522731102９１３"), "区划代码"),
        (("--role", "village", "--division", "522731102999"), "区划代码"),
        (("--role", "village", "--division", VILLAGE, "--laptop", "11"), "第几台电脑"),
        (("--role", "village", "--division", VILLAGE, "--laptop", "0"), "第几台电脑"),
        (("--role", "village", "--division", VILLAGE, "--laptop", "x"), "整数"),
        (("--role", "province", "--division", "520000"), "province"),
    ],
)
def test_init_with_a_wrong_word_exits_2_and_makes_nothing(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    laptop = Laptop(tmp_path / "new", "罗倩")
    assert said in laptop.refused(2, "init", "--user", "罗倩", *words)
    assert not laptop.data.exists()


def test_init_of_a_code_no_list_has_asks_for_a_name(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path, "罗倩")
    words = ("init", "--role", "village", "--division", "522731102250", "--user", "罗倩")
    assert "写明单位名称" in laptop.refused(2, *words)
    laptop(*words, "--name", "新设村")
    assert laptop.all("village")[0]["title"] == "新设村"


def test_init_with_a_short_passphrase_exits_2_and_makes_nothing(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "new", "罗倩")
    words = ("init", "--role", "village", "--division", VILLAGE, "--user", "罗倩")
    assert "至少要8个字符" in laptop.refused(2, *words, VILLAGEDESK_PASSPHRASE="1234567")
    assert not laptop.data.exists()


def test_init_without_a_passphrase_and_without_a_terminal_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = Laptop(tmp_path / "new", "罗倩")
    words = ("init", "--role", "village", "--division", VILLAGE, "--user", "罗倩")
    monkeypatch.setattr(Laptop, "environment", {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)})
    monkeypatch.delenv("VILLAGEDESK_PASSPHRASE", raising=False)
    assert "VILLAGEDESK_PASSPHRASE" in laptop.refused(2, *words)


# --- who may open it ----------------------------------------------------------------------------


def test_a_wrong_passphrase_exits_3(village: Laptop) -> None:
    said = village.refused(3, "list", "meeting", VILLAGEDESK_PASSPHRASE="不是这个口令啊")
    assert said == "口令不对，请再试。忘了口令可以用恢复密钥。（recover）\n"


def test_a_single_account_need_not_be_named(village: Laptop) -> None:
    assert village.by("").all("meeting") == []


@pytest.fixture
def shared(village: Laptop) -> Laptop:
    """The village's machine with a second account, 只读."""
    village("account", "add", "何读", "--duty", "只读", **{NEW: OTHER})
    return village


def test_of_two_accounts_one_must_be_named(shared: Laptop) -> None:
    assert "2个账户（罗倩、何读）" in shared.by("").refused(2, "list", "meeting")
    assert shared.by("").run("--as", "罗倩", "list", "meeting").status == 0
    assert shared.by("").run("list", "meeting", "--as=罗倩").status == 0
    assert shared.by("何读").run("list", "meeting", VILLAGEDESK_PASSPHRASE=OTHER).status == 0
    assert shared.by("何读").run("list", "meeting", "--as", "罗倩").status == 0  # --as is stronger than the environment


def test_an_account_that_is_not_there_exits_3_and_names_those_that_are(village: Laptop) -> None:
    assert village.by("张三").refused(3, "list", "meeting") == "没有“张三”这个账户。现有账户：罗倩。\n"


def test_account_list_shows_names_duties_and_state(shared: Laptop) -> None:
    assert shared("account", "list").out.splitlines() == [
        "姓名  职责                                               状态",
        "何读  只读                                               在用",
        "罗倩  文书、支书/主任、调解主任、六会会长、村务监督  在用".replace("监督  在", "监督  在"),
    ] or [line.split() for line in shared("account", "list").out.splitlines()] == [
        ["姓名", "职责", "状态"],
        ["何读", "只读", "在用"],
        ["罗倩", "文书、支书/主任、调解主任、六会会长、村务监督", "在用"],
    ]


def test_account_add_of_a_name_that_is_there_or_a_duty_that_is_not_is_refused(shared: Laptop) -> None:
    assert "已经有“何读”" in shared.refused(3, "account", "add", "何读", "--duty", "clerk", **{NEW: OTHER})
    assert "没有“皇帝”这种职责" in shared.refused(2, "account", "add", "新人", "--duty", "皇帝", **{NEW: OTHER})
    assert "至少一项职责" in shared.refused(2, "account", "add", "新人", **{NEW: OTHER})
    assert "至少要8个字符" in shared.refused(2, "account", "add", "新人", "--duty", "clerk", **{NEW: "short"})
    assert len(shared("account", "list").out.splitlines()) == 3


def test_only_a_clerk_manages_accounts_and_carries(shared: Laptop, tmp_path: Path) -> None:
    reader = shared.by("何读")
    for words in (
        ("account", "add", "新人", "--duty", "clerk"), ("account", "remove", "罗倩"), ("account", "recovery", "--to", "-"),
        ("export", "--to", tmp_path), ("backup", "--to", tmp_path), ("enrol", tmp_path / "x"), ("import", tmp_path / "x"),
    ):  # fmt: skip
        said = reader.refused(3, *words, VILLAGEDESK_PASSPHRASE=OTHER, **{NEW: OTHER})
        assert said.startswith("这件事要由文书"), words


def test_a_reader_reads_and_writes_nothing(shared: Laptop) -> None:
    meeting = shared.meeting()
    reader = shared.by("何读")
    secret = {"VILLAGEDESK_PASSPHRASE": OTHER}
    assert reader("show", "meeting", meeting, **secret).out.startswith("会议")
    for words in (
        ("add", "group", "-"), ("edit", "meeting", meeting, "-"), ("finalise", "meeting", meeting),
        ("strike", "meeting", meeting, "--reason", "x"), ("amend", "meeting", meeting, "-", "--reason", "x"),
    ):  # fmt: skip
        assert "请换账户" in reader.refused(3, *words, stdin={"name": "x"}, **secret)
    assert shared.history("meeting", meeting) == [("set", 0, "")]


def test_a_removed_accounts_passphrase_opens_old_backups_only(shared: Laptop, tmp_path: Path) -> None:
    group = shared.add("group", {"name": "一组"})
    backup = shared("backup", "--to", tmp_path / "usb").out.strip()
    old_keys = (shared.data / "keys.json").read_bytes()
    shared("account", "remove", "何读")

    assert "没有“何读”这个账户" in shared.by("何读").refused(3, "list", "group", VILLAGEDESK_PASSPHRASE=OTHER)
    assert shared.all("group")[0]["id"] == group
    assert shared.verify() == "检查完毕，没有发现问题。\n"

    stolen = shared.copy(tmp_path / "stolen").by("何读")  # the old key file put back does not help
    (stolen.data / "keys.json").write_bytes(old_keys)
    assert "打不开或已损坏" in stolen.refused(4, "list", "group", VILLAGEDESK_PASSPHRASE=OTHER)

    elsewhere = Laptop(tmp_path / "elsewhere", "何读")
    elsewhere("restore", backup, VILLAGEDESK_PASSPHRASE=OTHER)
    assert elsewhere("list", "group", "--json", VILLAGEDESK_PASSPHRASE=OTHER).json[0]["id"] == group


def test_a_removed_account_may_come_back_under_its_old_id(shared: Laptop) -> None:
    shared("account", "remove", "何读")
    shared("account", "add", "何读", "--duty", "clerk", **{NEW: "又是一个新口令呀"})
    assert (
        shared.by("何读")
        .run("add", "group", "-", stdin={"name": "x"}, VILLAGEDESK_PASSPHRASE="又是一个新口令呀")
        .status
        == 0
    )


def test_the_last_clerk_cannot_be_removed_but_may_hand_over(shared: Laptop) -> None:
    assert "最后一个文书" in shared.refused(3, "account", "remove", "罗倩")
    shared("account", "add", "岑新", "--duty", "文书", **{NEW: "岑新自己的长口令"})
    shared("account", "remove", "罗倩")
    new = shared.by("岑新")
    assert "没有“罗倩”这个账户" in shared.refused(3, "list", "group")
    assert "最后一个文书" in new.refused(3, "account", "remove", "岑新", VILLAGEDESK_PASSPHRASE="岑新自己的长口令")


def test_stick_37_after_a_handover_the_history_still_says_who(shared: Laptop) -> None:
    group = shared.add("group", {"name": "一组"})
    shared("account", "add", "岑新", "--duty", "文书", **{NEW: "岑新自己的长口令"})
    shared("account", "remove", "罗倩")
    new = shared.by("岑新")
    secret = {"VILLAGEDESK_PASSPHRASE": "岑新自己的长口令"}
    new("edit", "group", group, "-", stdin={"number": 1}, **secret)
    rows = new("history", "group", group, "--json", **secret).json
    assert [r["by"] for r in rows] == ["罗倩", "岑新"]


def test_a_changed_passphrase_opens_and_the_old_one_does_not_but_old_backups_keep_theirs(
    village: Laptop, tmp_path: Path
) -> None:
    backup = village("backup", "--to", tmp_path / "usb").out.strip()
    village("account", "passphrase", **{NEW: OTHER})
    assert "口令不对" in village.refused(3, "list", "group")
    assert village("list", "group", VILLAGEDESK_PASSPHRASE=OTHER).status == 0
    elsewhere = Laptop(tmp_path / "elsewhere", "罗倩")
    assert "口令不对" in elsewhere.refused(3, "restore", backup, VILLAGEDESK_PASSPHRASE=OTHER)
    elsewhere("restore", backup)
    assert elsewhere.verify() == "检查完毕，没有发现问题。\n"


# --- the recovery key ---------------------------------------------------------------------------


def test_the_recovery_key_sets_a_new_passphrase(village: Laptop, recovery: str) -> None:
    group = village.add("group", {"name": "一组"})
    said = village("recover", stdin=recovery.encode(), VILLAGEDESK_PASSPHRASE="", **{NEW: OTHER})
    assert said.err == "“罗倩”的口令已更换。\n"
    assert "口令不对" in village.refused(3, "list", "group")
    assert village("list", "group", "--json", VILLAGEDESK_PASSPHRASE=OTHER).json[0]["id"] == group


def test_a_recovery_key_with_a_slip_names_the_row_and_changes_nothing(village: Laptop, recovery: str) -> None:
    rows = recovery.splitlines()
    digit = rows[2][3]
    rows[2] = rows[2][:3] + str((int(digit) + 1) % 10) + rows[2][4:]
    before = (village.data / "keys.json").read_bytes()
    assert "“丙”行" in village.refused(2, "recover", stdin="\n".join(rows).encode(), **{NEW: OTHER})
    assert "22个数字" in village.refused(2, "recover", stdin=b"12345", **{NEW: OTHER})
    assert (village.data / "keys.json").read_bytes() == before


def test_another_desks_recovery_key_exits_3(village: Laptop, tmp_path: Path) -> None:
    other = founded(tmp_path / "other", "village", VILLAGE, "罗倩", "--recovery-to", str(tmp_path / "key"))
    assert "恢复密钥不对" in village.refused(3, "recover", "--key", tmp_path / "key", **{NEW: OTHER})
    assert other("recover", "--key", tmp_path / "key", **{NEW: OTHER}).status == 0


def test_a_desk_without_a_recovery_key_says_so_and_can_make_one(second: Laptop, recovery: str) -> None:
    assert "没有做过恢复密钥" in second.refused(3, "recover", stdin=recovery.encode(), **{NEW: OTHER})
    words = second("account", "recovery", "--to", "-").out
    assert second("recover", stdin=words.encode(), **{NEW: OTHER}).status == 0


def test_a_new_recovery_key_makes_the_old_one_void(village: Laptop, recovery: str) -> None:
    village("account", "recovery", "--to", "-")
    assert "恢复密钥不对" in village.refused(3, "recover", stdin=recovery.encode(), **{NEW: OTHER})


def test_a_data_key_change_that_was_cut_short_is_survived_by_open_and_by_recover(
    shared: Laptop, recovery: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing an account dies after the key file and before the data file: both keys stand in the key file."""
    from villagedesk.store.desk import Desk

    def dies(self: Desk, key: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr(Desk, "rekey", dies)
        assert shared.run("account", "remove", "何读").status == 4
    assert shared.all("group") == []
    shared("recover", stdin=recovery.encode(), **{NEW: OTHER})
    assert shared("verify", VILLAGEDESK_PASSPHRASE=OTHER).out == "检查完毕，没有发现问题。\n"


# --- what is missing ----------------------------------------------------------------------------


def test_commands_without_data_exit_4_and_make_nothing(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "none", "罗倩")
    for words in (("list", "group"), ("verify",), ("recover", "--key", "/dev/null"), ("export", "--to", tmp_path)):
        if words[0] != "recover":
            assert "没有村务台的数据" in laptop.refused(4, *words)
    assert not laptop.data.exists()


def test_a_data_file_that_is_gone_exits_4_and_is_not_made_anew(village: Laptop, recovery: str) -> None:
    for file in village.data.glob("desk.db*"):
        file.unlink()
    assert "数据文件不见了。请从最近的备份恢复" in village.refused(4, "list", "group")
    assert "数据文件不见了" in village.refused(4, "recover", stdin=recovery.encode(), **{NEW: OTHER})
    assert list(village.data.glob("desk.db*")) == []


@pytest.mark.parametrize("content", [b"", b"not a database" * 500], ids=["empty", "garbage"])
def test_a_data_file_that_is_not_one_exits_4_and_says_restore(village: Laptop, content: bytes) -> None:
    for file in village.data.glob("desk.db-*"):
        file.unlink()
    (village.data / "desk.db").write_bytes(content)
    assert "请从最近的备份恢复" in village.refused(4, "list", "group")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"slots": [], "sealed": ""}'])
def test_a_broken_key_file_exits_2_to_4_with_a_sentence(village: Laptop, content: bytes) -> None:
    (village.data / "keys.json").write_bytes(content)
    said = village.run("list", "group")
    assert (said.status in (3, 4), said.out) == (True, "")


# --- backup and restore -------------------------------------------------------------------------


def test_a_backup_put_back_brings_records_and_files_as_they_were(village: Laptop, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"JPEG" * 100)
    meeting = village.meeting(files=[str(tmp_path / "照片.jpg")])
    backup = village("backup", "--to", tmp_path / "usb").out.strip()
    village("strike", "meeting", meeting, "--reason", "记错了")
    said = village("restore", backup)
    assert said.err.startswith("已恢复。\n原来的数据移到了 ")
    assert [m["id"] for m in village.all("meeting")] == [meeting]
    assert village.verify() == "检查完毕，没有发现问题。\n"
    elsewhere = Laptop(tmp_path / "new machine", "罗倩")
    elsewhere("restore", backup)
    assert elsewhere.all("meeting")[0]["id"] == meeting
    assert elsewhere.verify() == "检查完毕，没有发现问题。\n"


def test_a_backup_holds_no_word_in_the_clear(village: Laptop, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("住院证明原文" * 50)
    village.meeting(files=[str(tmp_path / "x.txt")])
    backup = Path(village("backup", "--to", tmp_path / "usb").out.strip())
    assert "住院证明原文".encode() not in backup.read_bytes()
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert names[:3] == ["about.json", "keys.json", "desk.db"]
    assert len(names) == 4


def damaged(backup: Path, how: str) -> bytes:
    data = backup.read_bytes()
    if how == "cut":
        return data[: len(data) // 2]
    if how == "empty":
        return b""
    if how == "text":
        return "你好".encode() * 1000
    middle = len(data) // 2
    return data[:middle] + bytes(4096) + data[middle + 4096 :]


@pytest.mark.parametrize("how", ["cut", "empty", "text", "zeros"])
def test_a_damaged_backup_is_refused_and_the_data_stays(village: Laptop, tmp_path: Path, how: str) -> None:
    group = village.add("group", {"name": "一组"})
    backup = Path(village("backup", "--to", tmp_path / "usb").out.strip())
    backup.write_bytes(damaged(backup, how))
    said = village.run("restore", backup)
    assert (said.status, said.out) == (3, "")
    assert village.all("group")[0]["id"] == group
    assert village.verify() == "检查完毕，没有发现问题。\n"
    assert [p.name for p in village.data.glob("replaced-*")] == []


def test_a_backup_that_is_not_there_or_not_whole_exits_with_a_sentence(village: Laptop, tmp_path: Path) -> None:
    assert "请核对路径" in village.refused(4, "restore", tmp_path / "none.vdbackup")
    with tarfile.open(tmp_path / "evil.vdbackup", "w") as tar:
        info = tarfile.TarInfo("../../outside")
        tar.addfile(info)
    assert "不是村务台的备份文件" in village.refused(3, "restore", tmp_path / "evil.vdbackup")


def test_places_that_cannot_be_written_exit_4(village: Laptop, tmp_path: Path) -> None:
    """A file stands where a folder is wanted."""
    wall = tmp_path / "wall"
    wall.write_text("x")
    meeting = village.meeting()
    for words in (
        ("backup", "--to", wall / "in"), ("card", "--to", wall / "in"), ("export", "--to", wall / "in"),
        ("print", "meeting", meeting, "--to", wall / "in"), ("import", wall / "in"), ("enrol", wall / "in"),
        ("restore", wall / "in"),
    ):  # fmt: skip
        said = village.run(*words)
        assert (said.status, said.out, bool(said.err)) == (4, "", True), words
    assert village.verify() == "检查完毕，没有发现问题。\n"


def test_verify_names_what_was_changed_behind_the_programs_back_and_exits_3(village: Laptop, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"JPEG" * 100)
    village.meeting(files=[str(tmp_path / "a.jpg")])
    (blob,) = village.data.glob("blobs/??/*")
    kept = blob.read_bytes()
    blob.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    said = village.run("verify")
    assert (said.status, said.out) == (3, f"附件 {blob.name[:8]} 已损坏。请从备份恢复。\n")
    blob.unlink()
    assert village.run("verify").status == 3


def test_ten_automatic_backups_are_kept(village: Laptop, town: Laptop, tmp_path: Path) -> None:
    from villagedesk.store import backup

    with village.desk() as office:
        for _ in range(12):
            backup.automatic(office.desk, before="import")
    assert len(list((village.data / "backups").iterdir())) == 10


# --- one at a time ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_process_waits_and_then_exits_4(village: Laptop) -> None:
    with village.desk():
        said = village.alone("list", "group")
    assert (said.status, said.out) == (4, "")
    assert said.err.endswith("这份数据正在被另一个村务台窗口或命令使用。请先关掉那一个，再试。\n")


@pytest.mark.slow
def test_a_second_process_that_waits_long_enough_gets_the_desk(village: Laptop) -> None:
    with village.process("add", "group", "/dev/stdin") as late:  # no input: it fails only once it has the desk
        late.communicate(timeout=60)
    with village.desk() as office:
        waiting = village.process("list", "group", "--json")
        assert office.desk.me.org == VILLAGE
    with waiting:
        out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, json.loads(out)) == (0, []), err


@pytest.mark.slow
def test_the_real_process_speaks_utf8_on_both_ends_and_returns_the_status(village: Laptop) -> None:
    said = village.alone("search", "没有这个词", "--json", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (said.status, said.out, said.err) == (0, "[]\n", "")
    assert village.alone("show", "group", "没有").err == "村民小组 没有：没有这条记录。\n"


@pytest.mark.slow
def test_a_reader_that_closes_early_is_no_fault(village: Laptop) -> None:
    with village.process("kinds") as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.wait(60) == 0
        assert running.stderr is not None
        assert running.stderr.read() == b""


def test_secrets_lie_nowhere_in_the_data_folder(village: Laptop) -> None:
    everything = b"".join(village.files().values())
    assert SECRET.encode() not in everything
    assert (
        os.fsencode("罗倩") in everything
    )  # the account's name stands in the key file; it must be shown before unlocking
