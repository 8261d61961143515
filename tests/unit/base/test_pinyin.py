"""Names by their sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import NAMES
from villagedesk.base.pinyin import WAYS, heard, initials, matches, readings, sounds, spelled


@pytest.mark.parametrize(
    ("char", "read"),
    [
        ("罗", ("luo",)), ("长", ("zhang", "chang")), ("吕", ("lv", "lu")), ("略", ("lve", "lue")), ("女", ("nv", "nu")),
        ("𬭎", ("hong",)), ("㛃", ("jie",)), ("𠀀", ("he",)), ("A", ("a",)), ("7", ("7",)), ("·", ()), ("，", ()), ("あ", ()), ("\n", ()), (":", ()),
    ],
)  # fmt: skip
def test_a_character_is_read_in_every_common_way(char: str, read: tuple[str, ...]) -> None:
    assert readings(char) == read


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("罗正华", ("lzh",)), ("单雄", ("sx",)), ("曾国", ("zg",)), ("解放", ("xf",)), ("仇英", ("qy",)), ("查良", ("zl",)), ("区大", ("od",)),
        ("翟志", ("zz", "dz")), ("谌龙", ("cl", "sl")), ("欧阳明", ("oym",)), ("尉迟恭", ("ycg", "wcg")),
        ("单于明", ("cym", "sym")), ("单于", ("sy",)),
        ("万俟", ("wq", "ws")), ("朴正", ("pz",)), ("乐山", ("ys", "ls")), ("陈𬭎", ("ch",)), ("阿依·买买江", ("aymmj",)), ("", ("",)), ("，", ("",)),
    ],
)  # fmt: skip
def test_first_letters_of_a_name_follow_the_reading_of_the_surname(name: str, letters: tuple[str, ...]) -> None:
    assert initials(name) == letters


def test_what_is_typed_for_a_name() -> None:
    assert spelled("罗正华") == ("lzh", "luozh", "luozhenghua", "zhenghua")
    assert spelled("欧阳明") == ("oym", "ouyangm", "ouyangming", "ming")
    assert spelled("吕") == ("l", "lv", "lu")
    assert spelled("") == ()


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("l", "罗正华", True), ("lzh", "罗正华", True), ("lz", "罗正华", True), ("lzhh", "罗正华", True), ("luozh", "罗正华", True),
        ("luozhenghua", "罗正华", True), ("luo zhenghua", "罗正华", True), ("Luo Zheng", "罗正华", True), ("LZH", "罗正华", True),
        ("罗正", "罗正华", True), ("正华", "罗正华", True), ("罗zh", "罗正华", True), ("罗正h", "罗正华", True), ("zhenghua", "罗正华", True),
        ("lzhenghua", "罗正华", True), ("luozhengh", "罗正华", True), ("lzx", "罗正华", False), ("华正", "罗正华", False), ("hua", "罗正华", False),
        ("lozh", "罗正华", False), ("luozhenghuan", "罗正华", False), ("", "罗正华", True), (" ", "罗正华", True),
        ("sx", "单雄", True), ("shan", "单雄", True), ("dan", "单雄", False), ("chen", "谌龙", True),
        ("shen", "谌龙", True), ("lv", "吕布", True),
        ("lu", "吕布", True), ("hong", "𬭎", True), ("𬭎", "陈𬭎", True), ("xi'an", "夏安", False), ("x'an", "夏安", True),
        ("", "", True), ("a", "", False),
    ],
)  # fmt: skip
def test_letters_and_characters_find_a_name(query: str, name: str, found: bool) -> None:
    assert matches(query, name) is found


@given(st.lists(st.sampled_from([*"".join(NAMES), *"长乐重行和单了着的地得朴华石"]), max_size=9).map("".join))
def test_ways_are_bounded_and_every_way_finds_the_name(name: str) -> None:
    typed = spelled(name)

    assert len(typed) <= 4 * WAYS
    assert [one for one in typed if not matches(one, name)] == []
    assert len(sounds(name)[0]) == sum(1 for char in name if char != "·")


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("hy", 0),
        ("huiyi", 0),
        ("ty", 2),
        ("tyss", 2),
        ("tongyishishi", 2),
        ("hyty", 0),
        ("zzz", -1),
        ("", -1),
        ("SS", 4),
    ],
)
def test_a_sentence_is_found_by_its_sound_from_any_character(asked: str, at: int) -> None:
    assert heard(asked, "会议，同意实施。") == at
