"""Which face draws a character, what no face has, and the map from glyphs back to characters."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from villagedesk.base.paths import resource
from villagedesk.printing import faces, installed
from villagedesk.printing.embed import to_unicode
from villagedesk.printing.faces import advance, drawn, uncovered

RARE = "𬭎𫍯䶮㛃𠅤"


@pytest.mark.parametrize(
    ("role", "char", "face"),
    [
        ("fang", "村", "vd-Fang"),
        ("fang", "7", "vd-Dig"),
        ("kai", "A", "vd-Dig"),
        ("fang", "䶮", "vd-Song"),
        ("kai", "𬭎", "vd-Song"),
        ("fang", "𠅤", "vd-Song"),
        ("fang", "𣘗", "vd-HanaMinB"),
        ("hei", "丂", "vd-Hei400"),
        ("hei", "3", "vd-Hei500"),
        ("biao", "村", "vd-Biao"),
        ("song", "—", "vd-Dig"),
        ("song", "8", "vd-Song"),
        ("fang", "·", "vd-Song"),
        ("hei", "·", "vd-Biao"),
    ],
)
def test_the_face_of_a_character(role, char, face):
    assert drawn(role, char) == (face, char)


def test_half_marks_have_faces_of_their_own():
    assert [drawn(role, "，", half=True)[0] for role in ("fang", "song", "biao", "hei", "kai")] == [
        "vd-FangHalf",
        "vd-SongHalf",
        "vd-BiaoHalf",
        "vd-HeiHalf",
        "vd-KaiHalf",
    ]


def test_the_grid_gets_whole_and_half_cells():
    assert [advance("fang", char) for char in "村，0—·" + RARE] == [1, 1, 0.5, 1, 0.5, *[1] * 5]


def test_uncovered_characters_are_named_once_and_drawn_as_a_geta_mark():
    assert uncovered("罗𬭎\ue08b、\ue08b😀\n\u200b\u2060\ufe00 \u00a0") == ["\ue08b", "😀"]
    assert uncovered("\U000323b0\U00031350") == ["\U000323b0", "\U00031350"]  # newer than this Python's Unicode
    assert uncovered("".join(map(chr, range(0x4E00, 0x9FF0))) + RARE) == []
    assert drawn("fang", "😀") == ("vd-Song", "〓")


def test_the_map_to_unicode_is_utf_16_in_blocks_of_a_hundred():
    cmap = to_unicode("AAAAAA+Face", [0, 0x6751, 0x20164, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <6751>" in cmap
    assert "<02> <D840DD64>" in cmap
    assert [int(count) for count in re.findall(r"(\d+) beginbfchar", cmap)] == [100, 53]
    assert cmap.count("endbfchar") == 2


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose fonts lie in one folder."""
    caches = (installed.installed, faces._own, faces._chain, faces._drawn, faces.ink_width, faces._font)  # noqa: SLF001
    monkeypatch.setattr(installed, "folders", lambda: [tmp_path])

    def forget() -> None:
        for one in caches:
            one.cache_clear()

    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


def test_a_face_of_the_trade_that_lies_on_the_machine_is_preferred(machine: Path) -> None:
    (machine / "deep").mkdir()
    shutil.copy(resource("fonts", "Kai.ttf"), machine / "deep" / "SIMFANG.TTF")
    shutil.copy(resource("fonts", "Song.ttf"), machine / "方正小标宋简体.ttf")
    assert drawn("fang", "村") == ("vd-Own-fang", "村")
    assert drawn("biao", "村") == ("vd-Own-biao", "村")
    assert drawn("fang", "1")[0] == "vd-Dig"  # digits half an em wide, whatever the face
    assert drawn("fang", "𬭎")[0] in ("vd-Song", "vd-Own-fang")
    assert drawn("fang", "，", half=True)[0] == "vd-FangHalf"


@pytest.mark.parametrize("content", [b"", b"OTTO" + b"\0" * 60, b"\0\1\0\0" + b"\xff" * 60])
def test_one_that_cannot_be_put_into_a_paper_is_left_alone(machine: Path, content: bytes) -> None:
    (machine / "simfang.ttf").write_bytes(content)
    assert drawn("fang", "村") == ("vd-Fang", "村")
