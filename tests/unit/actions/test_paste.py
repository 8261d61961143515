"""Rows of a spreadsheet: households made of rows, what is there already, what is wrong, all or nothing, and taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Desks
from tests.unit.store.filling import projected, save
from villagedesk.actions import headings, paste
from villagedesk.actions.office import Office
from villagedesk.actions.paste import Plan, Taken
from villagedesk.actions.sheet import State
from villagedesk.base.cells import rows_of, text_of
from villagedesk.base.errors import DeskError, Refused
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.people.people import Group, Household, Person
from villagedesk.records.rights import Duty, Viewer
from villagedesk.records.values import dumped
from villagedesk.store import households, queries

pytestmark = pytest.mark.usefixtures("clock")
LUO, WANG, MING = "522731196903045212", "522731197108205226", "522731199601205210"


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    """An open desk instead of a laptop's command line."""
    with desks.opened("village", tmp_path / "village") as office:
        yield office


def sheet(text: str) -> list[tuple[str, ...]]:
    """Rows as they are written in a test: lines of cells with single spaces between them, - for none."""
    return [tuple("" if cell == "-" else cell for cell in line.split()) for line in text.strip().splitlines()]


def fields(rows: list[tuple[str, ...]]) -> list[str]:
    return headings.mapped(rows[headings.heading_row(rows)], {})


def plan(office: Office, text: str) -> Plan:
    rows = sheet(text)
    return paste.planned(office, rows, fields(rows))


def take(office: Office, text: str) -> Taken:
    rows = sheet(text)
    return paste.take_in(office, rows, fields(rows))


def states(plan: Plan) -> list[str]:
    return [f"{row.values.get('name', '')}{row.state}" for row in plan.rows]


def told(plan: Plan) -> list[str]:
    return [row.told() for row in plan.rows if row.problems]


def kept(office: Office, cls: Any) -> list[dict[str, Any]]:
    with office.desk.reading() as session:
        return [dumped(k.record) | {"_id": k.id} for k in queries.listed(session, office.by, cls)]


def lived_in(office: Office) -> list[tuple[str, str, list[str]]]:
    """Group, head and people of every household."""
    found = []
    with office.desk.reading() as session:
        for section in households.sections(session, office.by):
            for home in households.homes(session, office.by, section):
                people = households.members(session, office.by, home.kept, "2026-12-01")
                found.append((section.name, home.household.head.name, [m.person.name for m in people]))
    return found


ORDERED = f"""
姓名 与户主关系 身份证号码 组别
罗正华 户主 {LUO} 一组
王庆芬 妻 {WANG} 一组
岑兴富 本人 - 二组
岑小明 子 - 二组
"""
MERGED = f"""
好花红村花名册 - - - - - -
户编号 户主姓名 姓名 关系 身份证 组 住址
1 罗正华 罗正华 户主 {LUO} 一组 大树脚
- - 王庆芬 妻 {WANG} - -
- - 罗明 子 {MING} - -
2 岑兴富 岑兴富 户主 - - 村口
"""


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        (ORDERED, [("一组", "罗正华", ["罗正华", "王庆芬"]), ("二组", "岑兴富", ["岑兴富", "岑小明"])]),
        (MERGED, [("一组", "罗正华", ["罗正华", "王庆芬", "罗明"]), ("一组", "岑兴富", ["岑兴富"])]),
        ("户主姓名 电话 组\n罗正华 13985401234 1.0\n岑兴富 - 第二组", [("1组", "罗正华", ["罗正华"]), ("第二组", "岑兴富", ["岑兴富"])]),
        ("户主 姓名\n罗正华 罗正华\n岑兴富 岑兴富\n罗正华 罗明", [("", "岑兴富", ["岑兴富"]), ("", "罗正华", ["罗正华", "罗明"])]),
        ("户主 姓名\n罗正华 罗明", [("", "罗正华", ["罗明"])]),
    ],
)  # fmt: skip
def test_households_are_made_of_rows_in_every_usual_arrangement(
    village: Office, text: str, homes: list[tuple[str, str, list[str]]]
) -> None:
    taken = take(village, text)
    assert lived_in(village) == homes
    assert taken.count(Person) == sum(len(people) for _, _, people in homes)
    assert taken.count(Household) == len(homes)


def test_what_is_written_once_for_a_household_is_kept_with_it_and_what_the_number_says_with_the_person(
    village: Office,
) -> None:
    take(village, MERGED)
    (group,) = kept(village, Group)
    home = next(h for h in kept(village, Household) if h["number"] == "1")
    people = {p["name"]: p for p in kept(village, Person)}
    assert home["address"] == "大树脚"
    assert home["head"] == {"id": people["罗正华"]["_id"], "name": "罗正华"}
    assert (home["group"], group["number"]) == ({"id": group["_id"], "name": "一组"}, 1)
    wife = people["王庆芬"]
    assert (wife["sex"], wife["born"], wife["relation"], wife["id_number"]) == ("female", "1971-08-20", "妻", WANG)
    assert (wife["household"], wife["group"]) == ({"id": home["_id"], "name": "罗正华"}, home["group"])


def test_people_without_any_word_of_a_household_are_taken_as_they_are(village: Office) -> None:
    assert states(plan(village, "姓名 性别\n罗正华 男\n岑兴富 男")) == ["罗正华新增", "岑兴富新增"]
    assert take(village, "姓名 性别\n罗正华 男\n岑兴富 男").count(Household) == 0


def test_pasted_twice_nothing_is_new(village: Office) -> None:
    take(village, MERGED)
    again = plan(village, MERGED)
    assert (states(again), again.homes, again.groups) == (["罗正华已有", "王庆芬已有", "罗明已有", "岑兴富已有"], 0, ())
    before = projected(village)
    assert take(village, MERGED).ids == ()
    assert projected(village) == before


def test_a_new_member_joins_the_household_that_is_there(village: Office) -> None:
    take(village, MERGED)
    take(village, "户编号 姓名 关系 组\n2 岑小明 子 一组")
    assert lived_in(village)[1] == ("一组", "岑兴富", ["岑兴富", "岑小明"])


def test_groups_are_known_by_name_and_by_number(village: Office) -> None:
    save(village, "group", name="辉油组", number=3)
    found = plan(village, "姓名 组\n罗正华 辉油\n岑兴富 3.0\n王庆芬 第三组\n罗明 大寨组")
    assert (found.groups, {name for _, name in found.known_groups.values()}) == (("大寨组",), {"辉油组"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"姓名 身份证号\n罗正华 {LUO}\n岑兴富 {LUO}", ["身份证号和第2行的一样"]),
        ("姓名 关系\n岑小明 子", ["前面没有“户主”那一行，不知道是哪一户的"]),
        ("户编号 姓名 关系\n1 岑小明 子", ["这一户没有写明户主。请在“与户主关系”里给户主写上“户主”"]),
        ("户编号 姓名 关系\n1 罗正华 户主\n1 岑兴富 户主", ["同一户的第3行有错，改好一起收", "这一户有两个户主：罗正华、岑兴富"]),
        ("姓名 关系\n罗正华 户主\n罗明 子\n罗明 子", [
            "同一户的第4行有错，改好一起收", "同一户的第4行有错，改好一起收", "和第3行是同一户的同一个名字",
        ]),
        ("姓名 性别\n- 男\n合计 2人", ["没有姓名", "这一行像是合计或落款，不是人，不收"]),
        (f"姓名 性别 身份证号 出生日期\n罗正华 女 {LUO} 1969.3.5", [
            "出生日期和身份证号对不上（证号是1969-03-04），请核对；性别和身份证号对不上（证号是男），请核对",
        ]),
        (f"姓名 身份证号 出生年月\n罗正华 {LUO} 1969.3", []),
        ("姓名 出生年月\n罗正华 1969.3", ["只有“1969.3”，没有写到日，这一项没有收"]),
        ("户编号 姓名 关系\n1 罗正华 户主\n- 罗明 -", ["没有写是哪一户的，照上一行算成罗正华户的人，请核对"]),
        (f"姓名 曾用名\n{'罗' * 41} -", ["太长了，最多40个字"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_sheet_is_said_in_its_row(village: Office, text: str, said: list[str]) -> None:
    assert told(plan(village, text)) == said


def test_what_does_not_fit_the_register_is_said_in_its_row(village: Office) -> None:
    group = {"id": save(village, "group", name="一组"), "name": "一组"}
    luo = save(village, "person", name="罗正华", id_number=LUO)
    home = save(village, "household", head={"id": luo, "name": "罗正华"}, group=group)
    save(village, "person", name="王庆芬", household={"id": home, "name": "罗正华"}, id_number=WANG)
    for number in ("", ""):
        save(village, "household", head="韦忠", number=number)
    found = plan(village, f"""
姓名 身份证号 户主
罗志华 {LUO} 罗志华
王庆芬 {MING} 罗正华
韦忠 - 韦忠
罗正华 {LUO} 罗正华
罗正华 - 石明英
""")  # fmt: skip
    assert [(row.state, row.told()) for row in found.rows] == [
        (State.BAD, "这个身份证号已经登记给罗正华了"),
        (State.BAD, "这一户已经有王庆芬，身份证号和这里的不一样。请核对"),
        (State.BAD, "登记里有2户户主都叫韦忠，分不清是哪一户。请写清户编号和小组"),
        (State.BAD, "身份证号和第2行的一样"),
        (State.NEW, "登记里已经有1个罗正华，请看看是不是同一个人"),
    ]


def test_a_registered_head_gets_a_household_without_being_changed(village: Office) -> None:
    luo = save(village, "person", name="罗正华", id_number=LUO)
    take(village, ORDERED)
    assert lived_in(village)[0] == ("一组", "罗正华", ["罗正华", "王庆芬"])
    assert [p["_id"] for p in kept(village, Person) if p["name"] == "罗正华"] == [luo]


def test_rows_left_out_come_back_with_their_reasons_and_are_taken_when_mended(village: Office) -> None:
    rows = sheet(ORDERED.replace("岑小明 子 -", "岑小明 子 5.2E+17"))
    first = paste.planned(village, rows, fields(rows))
    assert first.counts == {State.NEW: 2, State.HELD: 1, State.BAD: 1}
    back = paste.left_out(first, rows)
    assert back == [
        (*rows[0], "错在哪里"),
        ("岑兴富", "本人", "", "二组", "同一户的第5行有错，改好一起收"),
        ("岑小明", "子", "5.2E+17", "二组", "身份证号被表格改成了5.2E+17，后面几位已经丢了。先把这一列设成“文本”格式，再照证件重新填"),
    ]  # fmt: skip
    paste.take_in(village, rows, fields(rows))
    assert [name for _, name, _ in lived_in(village)] == ["罗正华"]
    mended = rows_of(text_of(back).replace("5.2E+17\t", "\t"))
    paste.take_in(village, mended, fields(mended))
    assert lived_in(village)[1] == ("二组", "岑兴富", ["岑兴富", "岑小明"])


def test_all_or_nothing_when_it_is_stopped(village: Office) -> None:
    before = projected(village)
    rows = sheet(ORDERED)

    def stop(sentence: str, done: int, whole: int) -> None:
        if sentence == "正在收进来，第5条，共8条":
            raise Refused("停")

    with pytest.raises(DeskError, match="停"):
        paste.take_in(village, rows, fields(rows), stop)
    assert projected(village) == before


def test_what_was_taken_in_is_taken_back_in_one_step(village: Office) -> None:
    save(village, "person", name="单光荣")
    taken = take(village, ORDERED)
    assert (taken.count(Group), taken.count(Household), taken.count(Person)) == (2, 2, 4)
    done = paste.take_back(village, taken)
    assert done.kinds == {"group", "household", "person"}
    assert [len(kept(village, cls)) for cls in (Group, Household, Person)] == [0, 0, 1]
    with village.desk.reading() as session:
        (one, *_) = queries.listed(session, village.by, Person, struck=True)
        past = sorted(queries.history(session, village.by, Person, one), key=lambda entry: entry.env.seq)
    assert [entry.env.op for entry in past] == ["set", "del"]
    assert "撤回粘贴" in (past[-1].payload or b"").decode()


def test_the_choice_of_columns_is_kept_with_what_was_taken_in(village: Office) -> None:
    rows = sheet("姓名 备注\n罗正华 老党员")
    paste.take_in(village, rows, ["name", "former"])
    with village.desk.reading() as session:
        assert headings.mapped(rows[0], headings.chosen_before(session)) == ["name", "former"]
    assert kept(village, Person)[0]["former"] == "老党员"


def test_who_may_not_write_the_register_may_not_paste_into_it(village: Office) -> None:
    chair = Office(village.desk, Viewer("A", "甲", frozenset({Duty.CHAIR}), "village"))
    rows = sheet(ORDERED)
    with pytest.raises(Refused):
        paste.take_in(chair, rows, fields(rows))


def test_every_field_of_a_sheet_belongs_to_a_person_or_a_household() -> None:
    names = {name for cls in (Person, Household) for name in KINDS[cls.kind.key].model_fields}
    assert set(headings.FIELDS) <= names
