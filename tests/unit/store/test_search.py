"""Search: every word in full, through the viewer's rights."""

from dataclasses import replace
from typing import Any

import pytest
import sqlcipher3.dbapi2 as cipher  # type: ignore[import-untyped]  # ships no types
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Desks
from tests.making import NAMES, WORDS
from tests.unit.store.filling import CASE, final, save
from villagedesk.actions import flow, records
from villagedesk.actions.office import Office
from villagedesk.base.text import fold, grams
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty
from villagedesk.store import migrations
from villagedesk.store.search import search


def found(office: Office, words: str, *duties: Duty, limit: int = 50) -> list[str]:
    viewer = replace(office.by, duties=frozenset(duties)) if duties else office.by
    with office.desk.reading() as session:
        return [hit.title for hit in search(session, viewer, words, limit=limit)]


@pytest.fixture
def filled(village: Office) -> Office:
    save(
        village,
        "village_rule",
        heading="好花红村村规民约",
        articles=["红白喜事不得超过10桌。", "禁止在通组路堆放C25混凝土"],
    )
    save(village, "person", name="罗𬭎", former="韦㛃")
    save(village, "council", name="红白理事会", key="mine")
    save(village, "case", **CASE)
    return village


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("", []), ("   ", []), ("红", ["韦国珍莫家秀地界纠纷", "红白理事会", "好花红村村规民约"]), ("红白", ["红白理事会", "好花红村村规民约"]),
        ("红白喜", ["好花红村村规民约"]), ("村规民约", ["好花红村村规民约"]), ("𬭎", ["罗𬭎"]), ("罗𬭎", ["罗𬭎"]), ("㛃", ["罗𬭎"]),
        ("罗", ["罗𬭎"]), ("规民 喜事", ["好花红村村规民约"]), ("喜事 规民", ["好花红村村规民约"]), ("喜事 理事会", []), ("白红", []),
        ("村组", []), ("c25", ["好花红村村规民约"]), ("Ｃ２５", ["好花红村村规民约"]), ("C2", ["好花红村村规民约"]), ("10桌", ["好花红村村规民约"]),
        ('"', []), ("*", []), ("红 OR 白", []), ("NOT", []), ("'; DROP TABLE found; --", []), ("%", []), ("_", []), ("\x00", []),
    ],
)  # fmt: skip
def test_every_word_must_stand_in_the_record_in_full(filled: Office, words: str, titles: list[str]) -> None:
    assert found(filled, words) == titles


def test_pairs_that_stand_apart_are_no_word(village: Office) -> None:
    save(village, "village_rule", heading="村规，规民，民约")

    assert found(village, "村规民约") == []
    assert found(village, "村规 民约") == ["村规，规民，民约"]


def test_what_a_viewer_may_not_read_is_not_found(filled: Office) -> None:
    assert found(filled, "竹林") == ["韦国珍莫家秀地界纠纷"]
    assert found(filled, "竹林", Duty.CLERK, Duty.CHAIR, Duty.COUNCIL, Duty.SUPERVISOR, Duty.READER) == []
    assert found(filled, "竹林", Duty.MEDIATOR) == ["韦国珍莫家秀地界纠纷"]
    assert found(filled, "罗", Duty.READER) == []
    assert found(filled, "红白", Duty.READER) == ["红白理事会", "好花红村村规民约"]


def test_a_struck_record_is_not_found_until_it_is_brought_back(filled: Office) -> None:
    with filled.desk.reading() as session:
        (hit,) = search(session, filled.by, "罗𬭎")
    records.strike(filled, KINDS["person"], hit.id, reason="重复")
    assert found(filled, "罗𬭎") == []
    records.revive(filled, KINDS["person"], hit.id, reason="不是重复")
    assert found(filled, "罗𬭎") == ["罗𬭎"]


def test_what_was_changed_is_found_by_its_new_words_only(village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    records.edit(village, KINDS["person"], identifier, {"name": "岑兴贵"})

    assert (found(village, "兴富"), found(village, "兴贵")) == ([], ["岑兴贵"])


def test_an_amended_record_is_found_by_its_new_edition(village: Office) -> None:
    identifier = final(village, place="一楼会议室")
    flow.amend(village, KINDS["meeting"], identifier, {"place": "二楼会议室"}, reason="地点写错")

    assert (found(village, "一楼"), found(village, "二楼")) == ([], ["第3次村民代表会议"])


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("sx", ["单雄"]), ("shan", ["单雄"]), ("shanxiong", ["单雄"]), ("SHAN XIONG", ["单雄"]), ("xiong", ["单雄"]), ("dan", []), ("dx", []),
        ("lzh", ["罗正华"]), ("luozh", ["罗正华"]), ("luozhenghua", ["罗正华"]), ("luo zhenghua", ["罗正华"]), ("zhenghua", ["罗正华"]), ("hua", []),
        ("luo", ["罗𬭎", "罗正华"]), ("lh", ["罗𬭎"]), ("luohong", ["罗𬭎"]), ("𬭎", ["罗𬭎"]), ("罗 hong", ["罗𬭎"]), ("lvl", ["吕乐"]),
        ("lu", ["吕乐", "罗𬭎", "罗正华"]),
        ("lvle", ["吕乐"]), ("lvyue", ["吕乐"]), ("s", ["单雄"]), ("luozhx", []), ("lzh sx", []), ("c25", []), ("p", []), ("plzh", []),
    ],
)  # fmt: skip
def test_letters_find_a_person_by_the_sound_of_the_name(village: Office, words: str, titles: list[str]) -> None:
    records.save(village, KINDS["person"], [{"name": name} for name in ("罗正华", "单雄", "罗𬭎", "吕乐")])

    assert found(village, words) == titles


def test_letters_find_what_people_stand_in_and_words_in_letters_too(village: Office) -> None:
    save(village, "household", head="岑兴富", address="辉油组wifi塔旁")
    final(village, present=["岑兴富", "陈世荣"])

    assert found(village, "cxf") == ["第3次村民代表会议", "岑兴富"]
    assert found(village, "wifi") == ["岑兴富"]
    assert found(village, "wfi") == []
    assert found(village, "daohui") == []


def test_the_sound_of_a_name_gives_nothing_away(village: Office) -> None:
    save(village, "person", name="罗正华")
    save(village, "case", **CASE, parties=["韦国珍", "莫家秀"])

    assert found(village, "lzh", Duty.READER) == []
    assert found(village, "wgz", Duty.CLERK) == []
    assert found(village, "wgz", Duty.MEDIATOR) == ["韦国珍莫家秀地界纠纷"]
    assert found(village, "mojiaxiu", Duty.MEDIATOR) == ["韦国珍莫家秀地界纠纷"]


def test_a_new_name_sounds_anew(village: Office) -> None:
    identifier = save(village, "person", name="岑兴富")
    records.edit(village, KINDS["person"], identifier, {"name": "罗兴贵"})

    assert (found(village, "cxf"), found(village, "lxg")) == ([], ["罗兴贵"])


def test_numbers_of_people_are_not_searched(village: Office) -> None:
    save(village, "person", name="岑兴富", id_number="11010519491231002X", phone="13885400001")

    assert [found(village, w) for w in ("110105", "1388540", "13885400001")] == [[], [], []]


def test_no_more_than_asked_for_are_found_newest_first(village: Office) -> None:
    records.save(village, KINDS["person"], [{"name": f"岑{i}"} for i in range(9)])

    assert found(village, "岑", limit=3) == ["岑8", "岑7", "岑6"]


def test_a_hit_says_what_and_where_it_is(filled: Office) -> None:
    with filled.desk.reading() as session:
        (hit,) = search(session, filled.by, "竹林")

    assert (hit.kind, hit.org, hit.title, hit.stage) == (
        "case",
        filled.desk.me.org,
        "韦国珍莫家秀地界纠纷",
        "registered",
    )


_TEXT = st.lists(st.sampled_from([*WORDS, *NAMES, " ", "红", "白", "𬭎"]), min_size=1, max_size=6).map("".join)


@pytest.mark.slow
@given(st.lists(_TEXT, min_size=1, max_size=6), st.data())
def test_what_is_found_is_what_holds_the_words(
    desks: Desks, tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: Any
) -> None:
    folded = fold(data.draw(st.sampled_from(texts)))
    start = data.draw(st.integers(0, len(folded)))
    query = folded[start : start + data.draw(st.integers(1, 8))]
    with desks.opened("village", tmp_path_factory.mktemp("search") / "d") as office:
        records.save(
            office,
            KINDS["village_rule"],
            [{"heading": f"#{i}", "articles": [t]} for i, t in enumerate(texts) if t.strip()],
        )
        words = fold(query).split()
        wanted = {
            f"#{i}" for i, t in enumerate(texts) if t.strip() and words and all(w in f"#{i} {fold(t)}" for w in words)
        }

        assert set(found(office, query)) == wanted


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30))
def test_the_index_cuts_terms_at_spaces_and_nowhere_else(text: str) -> None:
    folded = fold(text)
    index = cipher.connect(":memory:")
    index.execute(migrations.WORDS)
    index.execute("INSERT INTO words(rowid, grams) VALUES (1, ?)", (" ".join(grams(folded)),))
    index.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, row)")

    assert {row[0] for row in index.execute("SELECT term FROM terms")} == set(grams(folded))
    index.close()


@pytest.mark.parametrize("words", ['"', "'", "*", "AND", "a\0b", "\x01", "^", "(", "-罗", "罗:", '罗"𬭎'])
def test_marks_of_a_query_language_are_plain_words(filled: Office, words: str) -> None:
    assert found(filled, words) == []
