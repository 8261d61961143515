"""The failures a stick brings, by their numbers in the design (stick.md part B), played on whole machines."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from tests.e2e.desks import COUNTY, TOWN, VILLAGE, Laptop, carried, case, enrolled, exported, founded, item
from villagedesk.actions import outgoing, succession, write
from villagedesk.actions.office import device_keys
from villagedesk.base import ids
from villagedesk.base.paths import Places
from villagedesk.exchange.seal import DEVICE, sign
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.town import Review
from villagedesk.records.values import checked
from villagedesk.store import blobs

GOOD = "检查完毕，没有发现问题。\n"


def sound(*laptops: Laptop) -> None:
    for laptop in laptops:
        assert laptop.verify() == GOOD


def aside(giver: Laptop, taker: Laptop, stick: Path) -> str:
    """One bundle between two laptops of the village; what was said on taking it in."""
    return carried(giver, taker, stick, "--for", VILLAGE).out


def back(town: Laptop, village: Laptop, stick: Path) -> str:
    """The town's answer carried back."""
    return carried(town, village, stick, "--for", VILLAGE).out


def bare(laptop: Laptop, kind: str) -> list[dict[str, object]]:
    """All records of a kind as they are shown, to be compared with another machine's."""
    return laptop.all(kind)


# --- restored, cloned, forked -------------------------------------------------------------------


def test_stick_05_a_village_put_back_to_last_months_backup_gets_the_rest_back_from_the_town(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    first = village.meeting()
    village("finalise", "meeting", first)
    backup = village("backup", "--to", stick).out.strip()
    lost = village.meeting(subject="第4次村民代表会议")
    village("finalise", "meeting", lost)
    village("amend", "meeting", first, "-", "--reason", "地点写错", stdin={"place": "村口"})
    carried(village, town, stick)
    old = village.did()

    village("restore", backup)
    said = village("list", "meeting")
    assert "程序已换用新的设备号" in said.err
    assert "程序已换用新的设备号" not in village("list", "meeting").err
    assert village.did() != old
    assert [m["id"] for m in village.all("meeting")] == [first]

    meanwhile = village.meeting(subject="第5次村民代表会议")
    village("finalise", "meeting", meanwhile)
    assert village.values("meeting", meanwhile)["number"] == "好花红村会〔2026〕3号"  # 1 and 2 were given before

    path = exported(village, stick)  # the town does not know the new device yet, and says so
    assert "没有登记的电脑" in town.refused(3, "import", path)
    enrolled(village, town, stick)
    back(town, village, stick)
    assert {m["id"] for m in village.all("meeting")} == {first, lost, meanwhile}
    assert (village.show("meeting", first)["edition"], village.values("meeting", first)["place"]) == (2, "村口")
    assert village.values("meeting", lost)["number"] == "好花红村会〔2026〕2号"

    town("import", path)
    carried(village, town, stick)
    assert bare(town, "meeting") == bare(village, "meeting")
    sound(village, town)


def test_stick_05_a_restored_village_does_not_lose_sight_of_what_the_town_holds_as_figures_only(
    village: Laptop, second: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.add("case", case())
    backup = village("backup", "--to", stick).out.strip()
    village("edit", "case", identifier, "-", stdin={"facts": "改过"})
    lost = village.add("case", case())
    group = village.add("group", {"name": "一组"})
    carried(village, town, stick)
    aside(village, second, stick)
    village("restore", backup)
    village("list", "group")
    enrolled(village, town, stick)
    back(town, village, stick)
    assert [g["id"] for g in village.all("group")] == [group]
    assert len(village.all("case_summary")) == 2

    (kept,) = village.all("case")
    assert (kept["id"], kept["behind"], kept["values"]["facts"]) == (identifier, True, "因后山竹林地界多年争执")
    assert "较早的内容，最新一次改动的内容不在本机" in village("show", "case", identifier).out
    for words in (("advance", "case", identifier, "mediating"), ("print", "case", identifier, "--to", stick)):
        assert "看到的是较早的内容" in village.refused(3, *words)
    sound(village, town)

    enrolled(village, second, stick)  # whose mediator carries the content home
    aside(village, second, stick)
    assert "这次补来内容的2条" in aside(second, village, stick)
    assert {c["id"]: (c["behind"], c["values"]["facts"]) for c in village.all("case")} == {
        identifier: (False, "改过"), lost: (False, "因后山竹林地界多年争执"),
    }  # fmt: skip
    sound(village, second, town)


def test_stick_05_a_village_gets_its_own_cases_back_whole_where_the_town_was_given_them_whole(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    backup = village("backup", "--to", stick).out.strip()
    identifier = village.add("case", case())
    carried(village, town, stick, "--full")
    before = village.all("case")
    village("restore", backup)
    village("list", "group")
    enrolled(village, town, stick)
    back(town, village, stick)
    assert (village.all("case"), before[0]["id"]) == (before, identifier)
    sound(village, town)


def test_stick_06_a_town_put_back_to_an_old_backup_gets_everything_again(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    village.meeting()
    carried(village, town, stick)
    backup = town("backup", "--to", stick).out.strip()
    village.meeting()
    carried(village, town, stick)
    back(town, village, stick)
    village.meeting()
    town("restore", backup)
    assert "新的设备号" in town("list", "meeting").err
    enrolled(village, town, stick)
    carried(village, town, stick)
    assert bare(town, "meeting") == bare(village, "meeting")
    assert len(bare(town, "meeting")) == 3
    sound(village, town)


def test_stick_06_a_town_whose_whole_disk_was_put_back_is_noticed_by_its_next_answer(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    """Nothing on that machine remembers; but its answer carries a number the village has had before."""
    image = town.copy(tmp_path / "image")
    village.meeting()
    carried(village, town, stick)
    back(town, village, stick)  # no. 1: everything is acknowledged
    village.meeting()
    assert "第1条" in carried(village, image, stick).out  # waits for what came before
    back(image, village, stick)  # no. 1 once more, and it holds nothing
    carried(village, image, stick)
    assert bare(image, "meeting") == bare(village, "meeting")
    sound(village, image)


# --- one device goes on for another -------------------------------------------------------------


def put_back(laptop: Laptop, backup: str) -> tuple[str, str]:
    """A backup put back; the device before, and the new one."""
    old = laptop.did()
    laptop("restore", backup)
    laptop("list", "group")
    return old, laptop.did()


def test_after_a_restore_the_town_closes_the_old_device_and_its_bundles_are_small_again(
    village: Laptop, second: Laptop, town: Laptop, stick: Path
) -> None:
    backup = village("backup", "--to", stick).out.strip()
    village("add", "group", "-", stdin=[{"name": f"{n}组"} for n in range(30)])
    carried(village, town, stick)
    old, new = put_back(village, backup)
    enrolled(village, town, stick)
    back(town, village, stick)
    assert town.partners()[old] == town.partners()[new] == "active"

    said = carried(village, town, stick).out
    assert f"旧设备号{old}停用，不再给它带包" in said
    assert town.partners() | {old: "closed", new: "active"} == town.partners()
    assert town.partners()[second.did()] == "active"

    enrolled(village, second, stick)
    aside(village, second, stick)
    for _ in range(2):
        answer = exported(town, stick, "--for", VILLAGE)
        for laptop in (village, second):
            laptop("import", answer)
            carried(laptop, town, stick)
    assert "记录2条" in town("export", "--to", stick, "--for", VILLAGE).err  # the two receipts
    assert bare(town, "group") == bare(village, "group")
    sound(village, town)


def test_a_bundle_the_old_device_had_made_is_good_after_it_was_closed(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    backup = village("backup", "--to", stick).out.strip()
    lost = village.meeting()
    path = exported(village, stick / "old")
    old, _ = put_back(village, backup)
    enrolled(village, town, stick)
    carried(village, town, stick / "new")
    assert (town.partners()[old], town.all("meeting")) == ("closed", [])
    assert "已收下" in town("import", path).out
    assert town.partners()[old] == "closed"
    back(town, village, stick)
    assert [m["id"] for m in village.all("meeting")] == [lost]
    sound(village, town)


def test_a_restored_town_is_closed_by_its_villages_and_the_county(
    village: Laptop, town: Laptop, county: Laptop, stick: Path
) -> None:
    backup = town("backup", "--to", stick).out.strip()
    carried(village, town, stick)
    back(town, village, stick)
    old, _ = put_back(town, backup)
    for other in (village, county):
        enrolled(town, other, stick)
    assert f"旧设备号{old}停用" in back(town, village, stick)
    assert f"旧设备号{old}停用" in carried(town, county, stick, "--for", COUNTY).out
    carried(village, town, stick)
    back(town, village, stick)
    assert "：记录0条" in village("export", "--to", stick).err
    sound(village, town, county)


def test_a_second_laptop_closes_nobody_whatever_it_says(
    village: Laptop, second: Laptop, town: Laptop, stick: Path
) -> None:
    first = village.did()
    with second.desk() as office, office.desk.writing() as session:
        own = device_keys(session)
        succession.declare(session, office.desk.me, own, 0, account="x")  # itself
        values = {"replaces": first, "last": 0, "sig": sign(own, f"{own.did} 0\n".encode(), DEVICE)}
        for said in (
            values,
            {**values, "sig": 7},
            {**values, "last": "0"},
            {**values, "replaces": [first]},
            [],
            values["sig"],
        ):
            write.raw(session, office, "device", own.did, "cert", json.dumps(said).encode())
    said = carried(second, town, stick).out
    carried(village, town, stick)
    assert "停用" not in said
    assert set(town.partners().values()) == {"active"}
    sound(second, town)


def test_a_device_of_which_only_a_copy_took_a_new_name_is_addressed_again_when_it_goes_on(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    twin = village.copy(tmp_path / "twin")
    village.meeting()
    shutil.rmtree(twin.home / "state")
    shutil.copytree(village.home / "state", twin.home / "state")  # both on one machine
    twin("list", "group")
    assert twin.did() != village.did()
    enrolled(twin, town, stick)
    assert "停用" in carried(twin, town, stick).out
    assert town.partners()[village.did()] == "closed"

    village.meeting()
    said = carried(village, town, stick).out
    assert f"{village.did()}还在用" in said
    assert town.partners()[village.did()] == "active"
    assert "已收下" in back(town, village, stick)
    sound(village, town)


def test_a_laptop_whose_copy_took_a_new_name_is_told_and_goes_on(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    twin = village.copy(tmp_path / "twin")
    village.meeting()
    shutil.rmtree(twin.home / "state")
    shutil.copytree(village.home / "state", twin.home / "state")
    twin("list", "group")
    enrolled(twin, village, stick)
    assert "有人用本机数据的拷贝换了一个新的设备号" in aside(twin, village, stick)
    assert village.partners()[village.did()] == "active"


def test_a_closed_device_that_is_enrolled_again_is_in_use_again(village: Laptop, town: Laptop, stick: Path) -> None:
    card = village("card", "--to", stick).out.strip()
    backup = village("backup", "--to", stick).out.strip()
    village.meeting()
    old, _ = put_back(village, backup)
    enrolled(village, town, stick)
    carried(village, town, stick)
    assert town.partners()[old] == "closed"
    town("enrol", card)
    assert town.partners()[old] == "active"


def test_stick_46_two_histories_of_one_device_are_both_kept_whichever_comes_first(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    village.meeting(subject="共同的")
    twin, town_2 = village.copy(tmp_path / "twin"), town.copy(tmp_path / "town 2")
    village.meeting(subject="原机写的")
    twin.meeting(subject="拷贝写的")
    one, other = exported(village, stick / "a"), exported(twin, stick / "b")
    assert "分成了两支" not in town("import", one).out
    assert "分成了两支" in town("import", other).out
    assert "分成了两支" not in town_2("import", other).out
    assert "分成了两支" in town_2("import", one).out
    for each in (town, town_2):
        assert sorted(m["title"] for m in each.all("meeting")) == ["共同的", "原机写的", "拷贝写的"]
        assert "以前收过" in each("import", one).out
        sound(each)
    assert bare(town, "meeting") == bare(town_2, "meeting")


# --- two laptops of one village -----------------------------------------------------------------


@pytest.fixture
def pair(village: Laptop, second: Laptop, stick: Path) -> tuple[Laptop, Laptop, str]:
    """Two laptops that hold the same household, whose id comes third."""
    household = village.add("household", {"head": "罗正华", "number": "001", "address": "辉油组1号"})
    aside(village, second, stick)
    aside(second, village, stick)
    return village, second, household


def test_stick_07_different_fields_changed_on_two_laptops_merge_silently(
    pair: tuple[Laptop, Laptop, str], stick: Path
) -> None:
    one, other, household = pair
    one("edit", "household", household, "-", stdin={"address": "辉油组2号"})
    other("edit", "household", household, "-", stdin={"number": "002"})
    assert "不一样" not in aside(one, other, stick)
    assert "不一样" not in aside(other, one, stick)
    for each in (one, other):
        shown = each.values("household", household)
        assert (shown["address"], shown["number"]) == ("辉油组2号", "002")
        sound(each)


def test_stick_07_the_same_field_is_listed_with_both_values_until_somebody_chooses(
    pair: tuple[Laptop, Laptop, str], stick: Path
) -> None:
    one, other, household = pair
    one("edit", "household", household, "-", stdin={"address": "甲处"})
    other("edit", "household", household, "-", stdin={"address": "乙处"})
    assert "有1处在两台电脑上改得不一样" in aside(one, other, stick)
    assert "有1处在两台电脑上改得不一样" in aside(other, one, stick)
    assert one.values("household", household) == other.values("household", household)
    for each in (one, other):
        text = each("show", "household", household).out
        assert "“住址”在两台电脑上改得不一样" in text
        assert ("甲处" in text, "乙处" in text) == (True, True)
    one("edit", "household", household, "-", stdin={"address": "乙处"})
    assert "改得不一样" not in one("show", "household", household).out
    assert "不一样" not in aside(one, other, stick)
    assert "改得不一样" not in other("show", "household", household).out
    assert other.values("household", household)["address"] == "乙处"
    assert one.history("household", household)[-1][0] == "merge"
    sound(one, other)


def test_stick_08_the_same_household_made_on_two_laptops_stands_twice_and_none_vanishes(
    village: Laptop, second: Laptop, stick: Path
) -> None:
    for each in (village, second):
        each.add("household", {"head": "罗正华", "number": "001"})
    aside(village, second, stick)
    aside(second, village, stick)
    assert len(village.all("household")) == 2
    assert bare(village, "household") == bare(second, "household")


def test_stick_41_what_is_changed_beside_a_seal_is_late_kept_and_not_applied(
    village: Laptop, second: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.meeting()
    aside(village, second, stick)
    village("finalise", "meeting", identifier)
    second("edit", "meeting", identifier, "-", stdin={"place": "不该出现的地点"})
    assert "晚于定稿" in aside(village, second, stick)
    assert "晚于定稿" in aside(second, village, stick)
    for each in (village, second):
        assert (each.values("meeting", identifier)["place"], each.show("meeting", identifier)["edition"]) == (
            "村委会二楼",
            1,
        )
        assert "set" in [op for op, _, _ in each.history("meeting", identifier)][1:]
    second("amend", "meeting", identifier, "-", "--reason", "地点写错", stdin={"place": "村口"})
    aside(second, village, stick)
    assert (village.values("meeting", identifier)["place"], village.show("meeting", identifier)["edition"]) == (
        "村口",
        2,
    )
    carried(village, town, stick)
    assert bare(town, "meeting") == bare(village, "meeting") == bare(second, "meeting")
    sound(village, second, town)


def test_stick_42_a_record_struck_here_and_edited_there_stays(pair: tuple[Laptop, Laptop, str], stick: Path) -> None:
    one, other, household = pair
    one("strike", "household", household, "--reason", "迁走了")
    other("edit", "household", household, "-", stdin={"number": "009"})
    aside(one, other, stick)
    aside(other, one, stick)
    for each in (one, other):
        assert [h["values"]["number"] for h in each.all("household")] == ["009"]
        assert ("del", 0, "迁走了") in each.history("household", household)
        sound(each)


def test_stick_43_attendance_ticked_on_both_laptops_is_the_union(village: Laptop, second: Laptop, stick: Path) -> None:
    identifier = village.meeting()
    aside(village, second, stick)
    for each, name in ((village, "韦国珍"), (second, "欧阳明")):
        present = each.values("meeting", identifier)["present"]
        each("edit", "meeting", identifier, "-", stdin={"present": [*present, name]})
    aside(village, second, stick)
    aside(second, village, stick)
    for each in (village, second):
        names = {a["name"] for a in each.values("meeting", identifier)["present"]}
        assert names == {"岑兴富", "陈世荣", "吴昌平", "韦国珍", "欧阳明"}
    assert bare(village, "meeting") == bare(second, "meeting")
    sound(village, second)


# --- lost, doubled, out of order ----------------------------------------------------------------


def test_stick_09_a_bundle_that_came_too_early_waits_and_is_applied_by_itself(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    early = town.copy(tmp_path / "early")
    village.meeting(subject="第一")
    first = exported(village, stick)
    town("import", first)
    back(town, village, stick)
    village.meeting(subject="第二")
    later = exported(village, stick)

    said = early("import", later).out
    assert "先放着" in said
    assert "等收到后自动接上" in said
    assert early.all("meeting") == []
    assert "先放着" in early("import", later).out
    sound(early)

    said = early("import", first).out
    assert said.count("已收下") == 2
    assert sorted(m["title"] for m in early.all("meeting")) == ["第一", "第二"]
    assert "以前收过" in early("import", later).out
    assert list((early.data / "inbox").iterdir()) == []
    sound(early)


def test_stick_09_a_waiting_bundle_whose_copy_was_damaged_here_waits_until_it_is_brought_again(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    early = town.copy(tmp_path / "early")
    village.meeting()
    first = exported(village, stick)
    town("import", first)
    back(town, village, stick)
    village.meeting()
    later = exported(village, stick)
    early("import", later)
    (copy,) = (early.data / "inbox").iterdir()
    copy.write_bytes(copy.read_bytes()[:-50])
    assert early("import", first).out.count("已收下") == 1
    assert early("import", later).out.count("已收下") == 1
    assert len(early.all("meeting")) == 2


def test_stick_10_the_same_bundle_twice_changes_nothing_and_says_so_with_its_receipt(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    village("finalise", "meeting", village.meeting())
    path = exported(village, stick)
    first = town("import", path).out
    before = town.decrypted()
    again = town("import", path).out
    assert town.decrypted() == before
    assert "以前收过，没有再收" in again
    assert again.splitlines()[-1] == first.splitlines()[-1]  # the receipt's code


def test_stick_10_an_old_stick_found_after_newer_ones_changes_no_record(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    village.meeting()
    old = exported(village, stick)
    village.meeting()
    carried(village, town, stick)
    before = bare(town, "meeting")
    assert "新增记录0条，改动0条" in town("import", old).out
    assert bare(town, "meeting") == before
    sound(town)


def test_stick_11_what_was_on_a_lost_stick_is_on_the_next_one(village: Laptop, town: Laptop, stick: Path) -> None:
    village.meeting()
    exported(village, stick).unlink()
    village.meeting()
    carried(village, town, stick)
    assert bare(town, "meeting") == bare(village, "meeting")


def test_stick_11_only_a_receipt_moves_the_basis(village: Laptop, town: Laptop, stick: Path) -> None:
    village.meeting()
    carried(village, town, stick)
    assert "记录0条" not in village("export", "--to", stick).err
    back(town, village, stick)
    village("export", "--to", stick)  # carries that the receipt has come
    assert "：记录0条，附件0个" in village("export", "--to", stick).err


def test_stick_12_a_lost_receipt_costs_nothing_and_an_old_one_takes_nothing_back(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    village.meeting()
    carried(village, town, stick)
    early = exported(town, stick / "1", "--for", VILLAGE)
    village.meeting()
    carried(village, town, stick)
    late = exported(town, stick / "2", "--for", VILLAGE)
    village("import", late)
    assert "：记录0条" in village("export", "--to", stick).err
    village("import", early)
    assert "：记录0条" in village("export", "--to", stick).err
    sound(village, town)


# --- altered, forged, misdirected ---------------------------------------------------------------


def plain(path: Path, laptop: Laptop) -> bytes:
    """What is inside the age layer, for one who has the laptop's key."""
    with laptop.desk() as office, office.desk.reading() as session:
        secret = device_keys(session).age_sk
    return bytes(pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(secret)]))


def sealed_to(data: bytes, laptop: Laptop, path: Path) -> Path:
    """`data` as a proper age file for a laptop: its public key is no secret."""
    with laptop.desk() as office, office.desk.reading() as session:
        recipient = pyrage.x25519.Recipient.from_str(device_keys(session).age_pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pyrage.encrypt(data, [recipient]))
    return path


def untouched(town: Laptop, before: str) -> None:
    """A refusal leaves the data as it was, and nothing in quarantine."""
    assert town.decrypted() == before
    assert list((town.data / "inbox").iterdir()) == []


@pytest.mark.parametrize("share", [0, 1, 2, 25, 50, 75, 98, 99])
def test_stick_13_a_bundle_cut_short_is_refused_as_not_copied_whole(
    village: Laptop, town: Laptop, stick: Path, share: int
) -> None:
    village.meeting()
    path = exported(village, stick)
    before = town.decrypted()
    path.write_bytes(path.read_bytes()[: path.stat().st_size * share // 100])
    assert town.refused(3, "import", path).startswith("数据包")
    untouched(town, before)


@pytest.mark.parametrize("at", [30, 300, 1500, -1, -900])
def test_stick_14_and_16_a_bundle_altered_without_the_key_is_refused(
    village: Laptop, town: Laptop, stick: Path, at: int
) -> None:
    village.meeting()
    path = exported(village, stick)
    before = town.decrypted()
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    town.refused(3, "import", path)
    untouched(town, before)


def test_stick_17_a_proper_age_file_of_somebody_who_only_knows_the_towns_key_is_refused(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    village.meeting()
    inside = plain(exported(village, stick), town)
    before = town.decrypted()
    middle = len(inside) // 2
    for data in (b"", b"anything", inside[:-1], inside[:middle] + bytes([inside[middle] ^ 1]) + inside[middle + 1 :]):
        town.refused(3, "import", sealed_to(data, town, tmp_path / "forged.age"))
    untouched(town, before)


def test_stick_17_a_bundle_in_a_villages_name_signed_with_another_key_is_refused(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    forger = founded(tmp_path / "forger", "village", VILLAGE, "冒名者")
    enrolled(forger, founded(tmp_path / "own town", "town", TOWN, "冒名者"), stick)
    card = town("card", "--to", stick).out.strip()
    forger("enrol", card)
    forger.meeting()
    name, before = village.did(), town.decrypted()
    with forger.desk() as office:
        office.desk.me = replace(office.desk.me, did=name)
        (sent,) = outgoing.export(office, stick)
        office.desk.me = replace(office.desk.me, did=forger_did(forger))
    assert "与签名不符" in town.refused(3, "import", sent.path)
    untouched(town, before)


def forger_did(forger: Laptop) -> str:
    """The forger's own device, without opening the desk a second time."""
    (card,) = {p for p in forger.home.parent.rglob("vd1-card-*") if VILLAGE in p.name and p.is_file()} or {Path("x")}
    return card.name.rpartition("-")[2].removesuffix(".txt")


def test_stick_18_a_device_nobody_enrolled_is_named_and_its_bundle_is_good_after_enrolment(
    town: Laptop, stick: Path, tmp_path: Path
) -> None:
    newcomer = founded(tmp_path / "new", "village", "522731102200", "新村文书", "--name", "新村")
    newcomer("enrol", town("card", "--to", stick).out.strip())
    newcomer.meeting()
    path, before = exported(newcomer, stick), town.decrypted()
    said = town.refused(3, "import", path)
    assert "没有登记的电脑" in said
    assert newcomer.did() in said
    untouched(town, before)
    town("enrol", newcomer("card", "--to", stick).out.strip())
    said = town("import", path).out
    assert "已收下" in said
    assert "还没有核对过数字" in said


def test_stick_19_a_bundle_passed_on_to_another_desk_under_new_encryption_is_refused(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    other = founded(tmp_path / "town 2", "town", TOWN, "副手", "--laptop", "2")
    village.meeting()
    path = exported(village, stick)  # before the village knows the second laptop of the town
    enrolled(village, other, stick)
    before = other.decrypted()
    passed_on = sealed_to(plain(path, town), other, tmp_path / "passed on" / path.name)
    assert "不是发给本机的" in other.refused(3, "import", passed_on)
    untouched(other, before)
    carried(village, other, stick)
    assert len(other.all("meeting")) == 1


def test_stick_21_a_bundle_for_another_town_names_its_addressee(village: Laptop, stick: Path, tmp_path: Path) -> None:
    elsewhere = founded(tmp_path / "elsewhere", "town", "522731100", "别镇", "--name", "别镇")
    path, before = exported(village, stick), elsewhere.decrypted()
    said = elsewhere.refused(3, "import", path)
    assert "不是发给本机的" in said
    assert f"收件单位：{TOWN}" in said
    untouched(elsewhere, before)


def test_ones_own_bundle_is_refused_with_advice(village: Laptop, stick: Path) -> None:
    assert "请把它带给对方" in village.refused(3, "import", exported(village, stick))


def test_a_file_that_is_no_bundle_is_refused(town: Laptop, tmp_path: Path) -> None:
    for name, data in (("报表.xlsx", b"PK\x03\x04" * 500), ("vd1-0123456789ABCDEF-522731102-000001.tar.zst.age", b"x")):
        (tmp_path / name).write_bytes(data)
        assert "数据包" in town.refused(3, "import", tmp_path / name)


# --- media --------------------------------------------------------------------------------------


@pytest.fixture
def locked(village: Laptop, tmp_path: Path) -> Iterator[Path]:
    """A stick whose lock is on, with one bundle of the village."""
    place = tmp_path / "locked"
    place.mkdir()
    mount = shutil.which("mount") or "mount"
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("no right to mount here")
    try:
        village.meeting()
        exported(village, place)
        subprocess.run([mount, "-o", "remount,ro", place], check=True)
        yield place
    finally:
        subprocess.run([shutil.which("umount") or "umount", place], check=True)


def test_stick_31_a_locked_stick_is_read_and_refuses_to_be_written_at_once(
    village: Laptop, town: Laptop, locked: Path
) -> None:
    (path,) = locked.iterdir()
    assert "已收下" in town("import", path).out
    before = village.decrypted()
    for words in (
        ("export", "--to", locked),
        ("card", "--to", locked),
        ("print", "meeting", village.all("meeting")[0]["id"], "--to", locked),
    ):
        assert "写保护开关" in village.refused(4, *words), words
    assert village.refused(4, "backup", "--to", locked / "new") != ""
    assert [p.name for p in locked.iterdir()] == [path.name]
    assert village.decrypted() == before
    sound(village, town)


def test_stick_25_a_full_stick_keeps_no_half_file_and_the_next_export_is_whole(
    village: Laptop, town: Laptop, tmp_path: Path, stick: Path
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    mount = shutil.which("mount") or "mount"
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", full], capture_output=True, check=False
    ).returncode:
        pytest.skip("no right to mount here")
    try:
        (tmp_path / "a.jpg").write_bytes(bytes(range(256)) * 1000)
        village.meeting(files=[str(tmp_path / "a.jpg")])
        for words in (("export", "--to", full), ("backup", "--to", full)):
            assert "空间不够" in village.refused(4, *words)
            assert list(full.iterdir()) == []
    finally:
        subprocess.run([shutil.which("umount") or "umount", full], check=True)
    carried(village, town, stick)
    assert bare(town, "meeting") == bare(village, "meeting")
    sound(village, town)


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_stick_44_a_lost_photo_keeps_no_record_at_home_is_asked_for_and_follows(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path, how: str
) -> None:
    for name in ("好.jpg", "坏.jpg"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    identifier = village.meeting(files=[str(tmp_path / "好.jpg"), str(tmp_path / "坏.jpg")])
    lost = village.values("meeting", identifier)["files"][1]["sha256"]
    blob = village.data / "blobs" / lost[:2] / lost
    saved = blob.read_bytes()
    blob.unlink() if how == "missing" else blob.write_bytes(saved[:-1] + bytes([saved[-1] ^ 1]))

    path = exported(village, stick)
    assert "有1个附件在这台电脑上读不到" in village("export", "--to", stick).err
    town("import", path)
    assert bare(town, "meeting") == bare(village, "meeting")
    assert [p.name for p in town.data.glob("blobs/??/*")] == [
        village.values("meeting", identifier)["files"][0]["sha256"]
    ]
    sound(town)

    back(town, village, stick)
    (receipt,) = [p for _, env, p in village.journal() if b'"t":"receipt"' in env and p is not None]
    assert f'"want":["{lost}"]' in receipt.decode()

    blob.write_bytes(saved)
    assert "附件1个" in carried(village, town, stick).out
    assert len(list(town.data.glob("blobs/??/*"))) == 2
    sound(town, village)
    back(town, village, stick)
    assert "附件0个" in village("export", "--to", stick).err


def test_each_attachment_is_opened_once_for_an_export(
    village: Laptop, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲.jpg", "乙.jpg"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    identifier = village.meeting(files=[str(tmp_path / "甲.jpg"), str(tmp_path / "乙.jpg")])
    opened: list[str] = []
    fetch = blobs.fetch
    monkeypatch.setattr(blobs, "fetch", lambda session, places, sha: opened.append(sha) or fetch(session, places, sha))
    exported(village, stick)
    assert opened == [f["sha256"] for f in village.values("meeting", identifier)["files"]]


def test_stick_30_photos_that_do_not_fit_trail_the_records_in_later_bundles(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        (tmp_path / f"{n}.jpg").write_bytes(bytes([n]) * 1000)
    village.meeting(files=[str(tmp_path / f"{n}.jpg") for n in range(3)])
    monkeypatch.setattr(outgoing, "FILES_LIMIT", 1_500)
    for had in (1, 2, 3):
        said = village("export", "--to", stick)
        town("import", said.out.strip())
        assert (f"还有{3 - had}个附件装不下" in said.err) == (had < 3)
        assert len(list(town.data.glob("blobs/??/*"))) == had
        back(town, village, stick)
    assert bare(town, "meeting") == bare(village, "meeting")
    assert "附件0个" in village("export", "--to", stick).err
    sound(village, town)


# --- rights -------------------------------------------------------------------------------------


def test_stick_45_a_villages_device_that_writes_a_towns_kind_is_not_shown_as_a_record(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.meeting()
    forged = {
        "about": {"id": identifier, "name": "x"},
        "about_org": VILLAGE,
        "about_kind": "meeting",
        "verdict": "accept",
    }
    with village.desk() as office, office.desk.writing() as session:
        write.put(session, office, checked(Review, forged, program=True), ids.new(), "set")
    carried(village, town, stick)
    for each in (village, town):
        assert "审核通过" not in each("show", "meeting", identifier).out
        assert each.all("review") == []
        sound(each)


def test_stick_45_a_towns_device_that_writes_a_villages_kind_changes_nothing_in_the_villages_records(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.meeting()
    carried(village, town, stick)
    assert "别的单位的记录" in town.refused(3, "strike", "meeting", identifier, "--reason", "x") or True
    with town.desk() as office, office.desk.writing() as session:
        values = dict({"bodies": ["pingyi"], "subject": "镇里改的", "held_from": "2026-01-01T09:00"}.items())
        write.put(session, office, checked(Meeting, values, program=True), identifier, "set")
    back(town, village, stick)
    assert [m["title"] for m in village.all("meeting")] == ["第3次村民代表会议"]
    assert village.history("meeting", identifier) == [("set", 0, "")]
    sound(village)


def test_a_town_cannot_change_a_villages_record(village: Laptop, town: Laptop, stick: Path) -> None:
    identifier = village.meeting()
    carried(village, town, stick)
    for words in (
        ("edit", "meeting", identifier, "-"), ("strike", "meeting", identifier, "--reason", "x"), ("finalise", "meeting", identifier),
        ("amend", "meeting", identifier, "-", "--reason", "x"),
    ):  # fmt: skip
        town.refused(3, *words, stdin={"place": "镇政府"})
    assert bare(town, "meeting") == bare(village, "meeting")


def test_a_village_does_not_review_and_nobody_reviews_what_is_his_own(village: Laptop, town: Laptop) -> None:
    assert "不在这一级" in village.refused(3, "review", "meeting", village.meeting(), "--accept")
    assert "没有这条记录" in town.refused(2, "review", "meeting", "000000000000", "--accept")


# --- enrolment ----------------------------------------------------------------------------------


@pytest.fixture
def strangers(tmp_path: Path) -> tuple[Laptop, Laptop]:
    """A village and its town that have not met."""
    return founded(tmp_path / "v", "village", VILLAGE, "罗倩"), founded(tmp_path / "t", "town", TOWN, "王镇")


def test_enrolment_with_wrong_digits_exits_3_and_notes_nothing(strangers: tuple[Laptop, Laptop], stick: Path) -> None:
    village, town = strangers
    said = village("card", "--to", stick)
    digits = said.err.strip().splitlines()[-1]
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for typed in (wrong, digits[:-1], digits[5:], "八组数字", "abc", digits + "0"):
        assert "没有登记" in town.refused(3, "enrol", said.out.strip(), "--fingerprint", typed), typed
    assert "还没有登记" in town.refused(3, "export", "--to", stick)
    full_width = "-".join(digits.translate({ord("0") + n: ord("０") + n for n in range(10)}).split())
    assert "核对过" in town("enrol", said.out.strip(), "--fingerprint", full_width).err


def test_enrolment_without_digits_is_not_compared_and_said_so_on_every_import(
    strangers: tuple[Laptop, Laptop], stick: Path
) -> None:
    village, town = strangers
    card = village("card", "--to", stick)
    village("enrol", town("card", "--to", stick).out.strip())
    assert "没有核对数字，请补核对后再登记一次" in town("enrol", card.out.strip()).err
    path = exported(village, stick)
    assert "注意：对方的设备卡还没有核对过数字。" in town("import", path).out
    town("enrol", card.out.strip(), "--fingerprint", card.err.strip().splitlines()[-1])
    assert "没有核对过" not in carried(village, town, stick).out
    town("enrol", card.out.strip())  # what was compared stays compared
    assert "没有核对过" not in carried(village, town, stick).out


def test_a_card_that_was_altered_or_is_ones_own_or_a_strangers_is_refused(
    strangers: tuple[Laptop, Laptop], stick: Path, tmp_path: Path
) -> None:
    village, town = strangers
    card = Path(village("card", "--to", stick).out.strip())
    assert "本机自己的设备卡" in village.refused(3, "enrol", card)
    altered = tmp_path / "card.txt"
    altered.write_bytes(card.read_bytes().replace("好花红村".encode(), "好花绿村".encode()))
    assert "可能被改动过" in town.refused(2, "enrol", altered)
    altered.write_bytes(b"hello")
    assert "不是村务台的设备卡" in town.refused(2, "enrol", altered)
    far = founded(tmp_path / "far", "village", "522731100201", "远村", "--name", "远村")
    assert "不是本单位、上一级或下一级" in town.refused(3, "enrol", far("card", "--to", stick).out.strip())


def test_export_before_enrolment_exits_3_and_says_whose_card_is_wanted(
    strangers: tuple[Laptop, Laptop], stick: Path
) -> None:
    village, town = strangers
    assert f"还没有登记单位{TOWN}的设备卡" in village.refused(3, "export", "--to", stick)
    assert "还没有登记下级单位的设备卡" in town.refused(3, "export", "--to", stick)
    assert "还没有登记单位522731999" in village.refused(3, "export", "--to", stick, "--for", "522731999")
    assert not stick.exists()


# --- up to the county ---------------------------------------------------------------------------


def test_a_meeting_is_summed_alike_in_village_town_and_county(
    village: Laptop, second: Laptop, town: Laptop, county: Laptop, stick: Path
) -> None:
    village("finalise", "meeting", village.meeting(bodies=["村民代表会议", "红白理事会"]))
    village.meeting(held_from="2026-10-08T09:00", held_to=None, agenda=[item(title="x")])
    village.add("case", case())
    carried(village, town, stick)
    village.add("council", {"name": "红白理事会", "key": "hongbai"})
    village.add("post", {"person": "罗云", "body": "红白理事会", "position": "会长", "since": "2026-01-01"})
    village.add(
        "feast",
        {
            "host": "王建军",
            "occasion": "wedding",
            "registered_on": "2026-11-01",
            "begins_on": "2026-11-10",
            "saved": "300",
        },
    )
    carried(village, town, stick)
    sums, told = village("rollup", "--json").out, ("figures", "--from", "2026-10-01", "--until", "2026-11-20", "--json")
    assert {row["body"]: (row["members"], row["meetings"], row["activities"]) for row in village(*told).json["rows"]} == {
        "hongbai": (1, 1, 1), "representatives": (0, 2, 0),
    }  # fmt: skip
    assert town("rollup", "--json").out == sums
    assert town(*told).out == village(*told).out
    town("review", "meeting", town.all("meeting")[0]["id"], "--accept")
    assert "还没有核对过" not in carried(town, county, stick, "--for", COUNTY).out
    assert county("rollup", "--json").out == sums
    assert bare(county, "meeting") == bare(village, "meeting")
    assert bare(county, "case_summary") == bare(village, "case_summary")
    assert len(county.all("review")) == 1
    assert "竹林" not in county.decrypted()
    sound(village, town, county)


def test_preview_says_what_would_come_and_keeps_nothing(
    village: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"JPEG" * 100)
    village.meeting(files=[str(tmp_path / "a.jpg")])
    path = exported(village, stick)
    before, files = town.decrypted(), town.files()
    seen = town("import", "--preview", path).out
    assert "还没写进来" in seen
    assert town.decrypted() == before
    assert town.files().keys() == files.keys()
    done = town("import", path).out
    assert [line for line in seen.splitlines() if "新增" in line] == [
        line for line in done.splitlines() if "新增" in line
    ]


def test_of_several_files_each_is_told_and_a_bad_one_stops_with_the_good_ones_kept(
    village: Laptop, second: Laptop, town: Laptop, stick: Path, tmp_path: Path
) -> None:
    village.meeting()
    good = exported(village, stick)
    (tmp_path / "bad.age").write_bytes(b"x" * 100)
    said = town.run("import", good, tmp_path / "bad.age")
    assert said.status == 3
    assert "已收下" in said.out
    assert len(town.all("meeting")) == 1


def test_the_towns_answer_comes_back_with_the_next_bundle_and_is_shown_with_the_record(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    identifier = village.meeting()
    village("finalise", "meeting", identifier)
    carried(village, town, stick)
    assert "退回时请写明" in town.refused(2, "review", "meeting", identifier, "--return")
    town("review", "meeting", identifier, "--return", "--remark", "请补签到表")
    back(town, village, stick)
    assert village("show", "meeting", identifier).out.splitlines()[-1] == "退回补正（第1版）请补签到表"
    village("amend", "meeting", identifier, "-", "--reason", "镇里退回", stdin={"tellers": "监票人韦忠"})
    carried(village, town, stick)
    town("review", "meeting", identifier, "--accept")
    back(town, village, stick)
    assert village("show", "meeting", identifier).out.splitlines()[-2:] == [
        "退回补正（第1版）请补签到表",
        "审核通过（第2版）",
    ]
    sound(village, town)


def test_places_of_a_laptop_are_its_own(village: Laptop, town: Laptop) -> None:
    """The tests themselves: what one machine remembers, another does not."""
    assert Places(village.data).root != Places(town.data).root
    assert (village.home / "state").is_dir()
    assert (village.home / "config").is_dir()
