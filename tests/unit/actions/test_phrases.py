"""Sentences that come again and again: shipped for fields that exist, one's own first, found by characters and by sound."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Desks
from tests.unit.store.filling import raw
from villagedesk.actions import phrases
from villagedesk.actions.office import Office
from villagedesk.actions.phrases import LONGEST, MOST, Phrase
from villagedesk.base.errors import NotValid
from villagedesk.base.paths import resource
from villagedesk.records.kind import Part, Record, Shape, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Duty, Viewer

FIELD = ("meeting", "agenda.resolution")


@pytest.fixture
def village(desks: Desks, tmp_path: Path) -> Iterator[Office]:
    with desks.opened("village", tmp_path / "desk") as office:
        yield office


def told(office: Office, words: str = "", kind: str = "meeting", field: str = "agenda.resolution") -> list[str]:
    with office.desk.reading() as session:
        return [one.text for one in phrases.offered(session, office, kind, field, words)]


def _texts(cls: type[Record] | type[Part], before: str = "") -> set[str]:
    """Every field that text is typed into, dotted."""
    found = set()
    for asked in fields(cls):
        if asked.part is not None and asked.shape is Shape.LINES:
            found |= {f"{before}{asked.name}"} | _texts(asked.part, f"{before}{asked.name}.")
        elif asked.shape in (Shape.TEXT, Shape.PROSE) and not asked.ask.plumbing:
            found.add(f"{before}{asked.name}")
    return found


@pytest.mark.parametrize("path", sorted(resource("phrases").glob("*.toml")), ids=lambda path: path.stem)
def test_sentences_are_shipped_for_fields_that_exist_and_are_sound(path: Path) -> None:
    shipped = phrases.shipped(path.stem)
    assert set(shipped) <= _texts(KINDS[path.stem])
    every = [text for some in shipped.values() for text in some]
    assert len(set(every)) == len(every)
    assert [text for text in every if text != text.strip() or not 2 <= len(text) <= LONGEST or "__" in text] == []


def test_there_are_sentences_for_the_minutes(village: Office) -> None:
    assert {"opening", "minutes", "agenda.report", "agenda.speeches", "agenda.resolution"} <= set(phrases.shipped("meeting"))  # fmt: skip
    assert phrases.shipped("group") == {}


def test_a_sentence_is_found_by_characters_and_by_sound_those_that_begin_so_first(village: Office) -> None:
    assert told(village, "不同意") == ["会议不同意＿＿，理由是＿＿。"]
    assert told(village, "hybty") == ["会议不同意＿＿，理由是＿＿。"]
    assert told(village, "暂缓") == told(village, "zanhuan") == ["会议决定本议题暂缓，补充材料后下次会议再议。"]
    begin = told(village, "biaojue")
    assert begin == ["表决结果当场宣布，决议在村务公开栏公布，不少于15天。"]
    assert told(village, "查无此句") == []


def test_ones_own_come_first_the_newest_on_top_and_those_of_other_fields_last(village: Office) -> None:
    phrases.keep(village, *FIELD, "同意罗正华家用地。")
    phrases.keep(village, "meeting", "minutes", "散会后清点了会场。")
    phrases.keep(village, *FIELD, " 同意岑兴富家用地。 ")
    phrases.keep(village, *FIELD, "同意罗正华家用地。")
    found = told(village)
    assert found[:2] == ["同意罗正华家用地。", "同意岑兴富家用地。"]
    assert found[2:-1] == list(phrases.shipped("meeting")["agenda.resolution"])
    assert found[-1] == "散会后清点了会场。"
    assert told(village, kind="case", field="terms") == list(phrases.shipped("case")["terms"])


def test_ones_own_are_let_go_and_those_shipped_stay(village: Office) -> None:
    phrases.keep(village, *FIELD, "同意罗正华家用地。")
    assert phrases.drop(village, "meeting", "同意罗正华家用地。") == "agenda.resolution"
    assert phrases.drop(village, "meeting", "没有这一句") == ""
    assert told(village) == list(phrases.shipped("meeting")["agenda.resolution"])


def test_another_person_at_this_desk_does_not_see_them(village: Office) -> None:
    phrases.keep(village, "case", "terms", "莫家秀付韦国珍300元。")
    other = Office(village.desk, Viewer("OTHER", "甲", frozenset({Duty.MEDIATOR}), "village"))
    assert "莫家秀付韦国珍300元。" not in told(other, kind="case", field="terms")
    with village.desk.reading() as session:
        assert Phrase("莫家秀付韦国珍300元。", own=True) in phrases.offered(session, village, "case", "terms")


def test_they_stand_in_the_data_file_and_not_in_the_journal(village: Office) -> None:
    with raw(village) as cursor:
        before = cursor.execute("SELECT count(*) FROM journal").fetchone()
        phrases.keep(village, *FIELD, "同意罗正华家用地。")
        assert cursor.execute("SELECT count(*) FROM journal").fetchone() == before
        [(value,)] = cursor.execute("SELECT value FROM meta WHERE key LIKE 'phrases.%'").fetchall()
    assert json.loads(value) == [[*FIELD, "同意罗正华家用地。"]]


def test_what_is_empty_or_too_long_or_too_much_is_not_kept(village: Office) -> None:
    for text in ("  ", "长" * (LONGEST + 1)):
        with pytest.raises(NotValid, match="最多500个字"):
            phrases.keep(village, *FIELD, text)
    for n in range(3):
        phrases.keep(village, *FIELD, f"第{n}句")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "MOST", 3)
        with pytest.raises(NotValid, match="3条"):
            phrases.keep(village, *FIELD, "第四句")
        phrases.keep(village, *FIELD, "第0句")
    assert (told(village)[0], MOST) == ("第0句", 300)
