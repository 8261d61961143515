"""The list of divisions: what is in it, and how a clerk finds a village."""

import hashlib
import re

import pytest

from villagedesk.base.divisions import LEVELS, Division, _units, find, named, under
from villagedesk.base.paths import resource

HAOHUAHONG = Division(
    "522731102213", "好花红村村民委员会", ("贵州省", "黔南布依族苗族自治州", "惠水县", "好花红镇")
)  # fmt: skip


def names(query: str, limit: int = 20, **more: str) -> list[str]:
    return [unit.name for unit in find(query, limit, **more)]


def test_the_list_is_the_one_that_the_note_tells_of() -> None:
    note = resource("divisions", "SOURCES.md").read_text(encoding="utf-8")
    told = re.search(r"divisions.xz`: SHA-256 `(\w+)`", note)

    assert told
    assert hashlib.sha256(resource("divisions", "divisions.xz").read_bytes()).hexdigest() == told[1]


def test_every_unit_of_the_2023_list_is_there() -> None:
    firsts = _units().firsts

    assert [firsts.count(bytes([level])) for level in range(len(LEVELS))] == [620_573, 41_352, 2_978, 342, 31]


@pytest.mark.parametrize(
    ("code", "name", "where"),
    [
        ("11", "北京市", ""), ("110101001001", "多福巷社区居委会", "北京市 东城区 东华门街道"),
        ("659012505508", "八连生活区", "新疆维吾尔自治区 白杨市 一六五团"),
        ("522731", "惠水县", "贵州省 黔南布依族苗族自治州"), ("522731102213", "好花红村村民委员会", "贵州省 黔南布依族苗族自治州 惠水县 好花红镇"),
    ],
)  # fmt: skip
def test_a_code_names_a_unit_and_what_lies_above_it(code: str, name: str, where: str) -> None:
    unit = named(code)

    assert unit is not None
    assert (unit.code, unit.name, unit.where) == (code, name, where)


@pytest.mark.parametrize("code", ["", "5", "522", "99", "522799", "522731102999", "５２２７３１", "x", "5227311022131"])
def test_a_code_that_is_not_in_the_list_names_nothing(code: str) -> None:
    assert named(code) is None


def test_units_are_gone_through_level_by_level() -> None:
    towns = [
        "涟江街道",
        "濛江街道",
        "明田街道",
        "好花红镇",
        "摆金镇",
        "雅水镇",
        "断杉镇",
        "芦山镇",
        "王佑镇",
        "羡塘镇",
        "岗度镇",
    ]

    assert len(under("")) == 31
    assert [unit.name for unit in under("522731")] == towns
    assert len(under("522731102")) == 27
    assert HAOHUAHONG in under("522731102")
    assert (under("522731102213"), under("99"), under("5")) == ([], [], [])


@pytest.mark.parametrize(
    "query",
    [
        "haohuahong", "haohuahongcun", "haohh", "HaoHuaHong", "hao'huahong", "好花红", "惠水 花红村",
        "好花红村", "好花红村村", "好花红村村民委员会",
        "惠水 好花红", "惠水 hhh", "惠水　ＨＨＨ", "hs haohuahong", "huishui haohuahong", "贵州 惠水 hhh", "惠水县好花红村",
        "贵州省惠水县好花红镇好花红村", "惠水好花红", "贵州省黔南布依族苗族自治州惠水县好花红镇好花红村村民委员会",
        "522731102213",
    ],
)  # fmt: skip
def test_a_village_is_found_as_one_types(query: str) -> None:
    assert find(query, 5)[0] == HAOHUAHONG


def test_what_lies_near_comes_first_then_whole_names_then_their_beginnings() -> None:
    assert names("hhh", 7) == [
        "后寒河村委会", "寒虎河村民委员会", "后合会村委会", "黄河巷社区居民委员会", "好花红村村民委员会", "海河华鼎社区居委会",
        "呼和浩特综合保税区虚拟社区",
    ]  # fmt: skip
    assert names("hhh", 2, near="52") == ["好花红村村民委员会", "后寒河村委会"]
    assert names("hhh", 2, near="522731102213") == ["好花红村村民委员会", "后寒河村委会"]
    assert names("hhh", 1, near="99") == ["后寒河村委会"]


def test_a_name_in_parts_comes_after_those_that_begin_so() -> None:
    found = names("花红")

    assert found[-1] == "好花红村村民委员会"
    assert found == sorted(found, key=lambda name: not name.startswith("花红"))


@pytest.mark.parametrize(
    ("query", "level", "found"),
    [
        ("hhh", "town", ["好花红镇"]), ("好花红镇", "town", ["好花红镇"]), ("惠水", "county", ["惠水县"]), ("huishui", "county", ["惠水县"]),
        ("惠水 明田", "town", ["明田街道"]), ("522731", "county", ["惠水县"]), ("52273110", "county", []), ("qn", "city", ["黔南布依族苗族自治州"]),
        ("guizhou", "province", ["贵州省"]), ("5", "province", ["重庆市", "四川省", "贵州省", "云南省", "西藏自治区"]),
    ],
)  # fmt: skip
def test_desks_of_every_level_find_their_place(query: str, level: str, found: list[str]) -> None:
    assert names(query, max(1, len(found)), level=level)[:9] == found


def test_a_character_is_found_by_each_way_it_is_read_in_places() -> None:
    assert {"长寿村村民委员会"} & set(names("changshou", 300))
    assert {"长寿村村民委员会"} & set(names("cs", 3_000))


def test_characters_beyond_uffff_and_digits_in_names_are_found() -> None:
    assert [name for name in names("𡐓") if "𡐓" not in name] == []
    assert len(names("𡐓")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "'",
        "qqqqqqqq",
        "没有这个名",
        "iii",
        "9",
        "999999999999",
        "惠水 没有",
        "没有 惠水",
        "*",
        "[",
        "\x00",
        "🙂",
    ],
)
def test_what_is_not_in_the_list_is_not_found(query: str) -> None:
    assert find(query) == []


def test_first_digits_of_a_code_list_what_lies_there() -> None:
    assert [unit.code for unit in find("5227311022", 3)] == ["522731102200", "522731102201", "522731102202"]
    assert [unit.code for unit in find("522731102", 1)] == ["522731102200"]
