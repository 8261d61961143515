"""The committed font set: the files are those that SOURCES.md names, and each keeps what the papers rely on."""

import hashlib
import re
import struct
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from villagedesk.printing.embed import Font

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
TEXT_FACES = ["Song", "Hei400", "Hei500", "Hei600", "Biao", "Fang", "Kai"]
HALF_FACES = ["SongHalf", "HeiHalf", "BiaoHalf", "FangHalf", "KaiHalf"]
FACES = [*TEXT_FACES, *HALF_FACES, "Dig", "HanaMinB"]

OPENING = "（〔［｛《〈「『【“‘"
MARKS = OPENING + "）〕］｝》〉」』】”’，、；：。？！"

# Every han of GB 18030-2022 up to level 3.
LEVEL_3 = {
    "URO": range(0x4E00, 0x9FF0),
    "A": range(0x3400, 0x4DB6),
    "B": range(0x20000, 0x2A6D7),
    "C": range(0x2A700, 0x2B735),
    "D": range(0x2B740, 0x2B81E),
    "E": range(0x2B820, 0x2CEA2),
    "F": range(0x2CEB0, 0x2EBE1),
}
COMPATIBILITY = [0xFA00 + low for low in (0x0E, 0x0F, 0x11, 0x13, 0x14, 0x1F, 0x21, 0x23, 0x24, 0x27, 0x28, 0x29)]


@cache
def face(name):
    """ReportLab's own reading of a file: what it cannot read cannot be printed."""
    return TTFont(f"VD-test-{name}", str(FONTS / f"{name}.ttf")).face


@cache
def covered(name):
    """The code points a face draws, without what ReportLab adds: U+FFFF as glyph 0, U+00A0 as the space."""
    return {code for code, glyph in face(name).charToGlyph.items() if glyph} - {0xA0}


@cache
def tables(name):
    """{tag: bytes} of one font file."""
    data = (FONTS / f"{name}.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4s4xLL", data, 12 + 16 * index) for index in range(count))
    return {tag.decode(): data[start : start + length] for tag, start, length in entries}


def names(name):
    """{(name id, text)} of one font file, Windows records only."""
    table = tables(name)["name"]
    count, storage = struct.unpack_from(">2xHH", table)
    found = set()
    for index in range(count):
        platform, number, length, start = struct.unpack_from(">H4xHHH", table, 6 + 12 * index)
        if platform == 3:
            found.add((number, table[storage + start : storage + start + length].decode("utf-16-be")))
    return found


def ink(name, char):
    """(left edge, right edge) of a glyph's outline, in units of the em."""
    glyph = face(name).charToGlyph[ord(char)]
    wide = struct.unpack_from(">h", tables(name)["head"], 50)[0]
    size, factor = (4, 1) if wide else (2, 2)
    start = struct.unpack_from(">L" if wide else ">H", tables(name)["loca"], glyph * size)[0] * factor
    left, right = struct.unpack_from(">2xh2xh", tables(name)["glyf"], start)
    return left, right


def gb2312_han():
    cells = (bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(char) for char in cells if char}


def test_sources_hashes_match_the_files():
    text = (FONTS / "SOURCES.md").read_text("utf-8")
    faces, _ = text.split("| source file |")
    named = dict(re.findall(r"^\| (\w+)\.ttf \| .* \| `([0-9a-f]{64})` \|$", faces, re.MULTILINE))
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert named == found
    assert sorted(found) == sorted(FACES)


def test_licence_texts_lie_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL-1.1.txt").read_text("utf-8")
    general = (FONTS / "GPL-3-with-font-exception.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in general
    assert "As a special exception, if you create a document which uses this font" in general
    assert "Unlimited permission is granted" in (FONTS / "Hanazono.txt").read_text("utf-8")


@pytest.mark.parametrize("name", FACES)
def test_face_has_truetype_outlines_and_embeds(name):
    assert "glyf" in tables(name)
    assert "CFF " not in tables(name)
    pdfmetrics.registerFont(Font(f"VD-test-{name}", str(FONTS / f"{name}.ttf")))
    out = BytesIO()
    canvas = Canvas(out, initialFontName=f"VD-test-{name}")
    canvas.drawString(72, 720, "".join(map(chr, sorted(covered(name))[:40])))
    canvas.save()
    assert b"/FontFile2" in out.getvalue()


def test_no_changed_face_carries_a_reserved_name():
    reserved = re.compile("noto|source|fandol|lxgw|霞鹜", re.IGNORECASE)
    shown = {1, 3, 4, 6, 16, 18, 21, 25}  # the names under which programs list a font
    for name in FACES:
        assert [text for number, text in names(name) if number in shown and reserved.search(text)] == []


def test_every_changed_face_has_its_own_name_copyright_and_licence():
    printers = set()
    for name in set(FACES) - {"HanaMinB"}:
        record = dict(names(name))
        assert record[1].startswith("VD ")
        assert "Adobe" in record[0] or "Fandol team" in record[0]
        assert record[13]
        printers.add(record[6])
    assert len(printers) == len(FACES) - 1


def test_song_and_hanamin_cover_all_of_level_3():
    assert sum(map(len, LEVEL_3.values())) + len(COMPATIBILITY) == 87_887
    both = covered("Song") | covered("HanaMinB")
    assert {block: set(codes) - both for block, codes in LEVEL_3.items()} == {block: set() for block in LEVEL_3}
    assert set(COMPATIBILITY) - covered("Song") == set()


@pytest.mark.parametrize("name", TEXT_FACES)
def test_text_face_has_gb2312_and_the_signs_of_the_papers(name):
    signs = set(map(ord, "①⑩〇〔〕《》「」“”‘’·—…×°℃№‰¥※○●△★→≥±Ⅰ⑴⒈㈠々％－　āǎü"))
    assert (gb2312_han() | signs) - covered(name) == set()


@pytest.mark.parametrize("name", ["Hei400", "Hei500", "Hei600", "Biao"])
def test_headings_and_screen_have_rare_name_characters(name):
    assert {ord(char) for char in "㛃䶮𬭎硐垅塄⑳㎡￥～"} - covered(name) == set()


@pytest.mark.parametrize("name", ["Fang", "Kai"])
def test_money_sign_falls_to_song_where_the_original_draws_a_dollar(name):
    assert covered(name) & set(map(ord, "￥～￣")) == set()
    assert set(map(ord, "￥～￣")) - covered("Song") == set()


def test_dig_is_ascii_and_nine_marks_on_the_grid():
    assert covered("Dig") == {*range(0x20, 0x7F), *map(ord, "—‘’“”…·×°")}
    assert {char: face("Dig").getCharWidth(ord(char)) for char in "0123456789—…“”"} == {
        **dict.fromkeys("0123456789", 500),
        **dict.fromkeys("—…“”", 1000),
    }


@pytest.mark.parametrize("name", HALF_FACES)
def test_half_face_has_29_marks_of_half_an_em(name):
    assert len(MARKS) == 29
    assert covered(name) == set(map(ord, MARKS))
    assert {mark: face(name).getCharWidth(ord(mark)) for mark in MARKS} == dict.fromkeys(MARKS, 500)


@pytest.mark.parametrize("name", HALF_FACES)
def test_half_face_keeps_its_ink_inside_the_half_cell(name):
    outside = {mark: ink(name, mark) for mark in MARKS if not 0 <= ink(name, mark)[0] < ink(name, mark)[1] <= 500}
    assert outside == {}
    assert ink(name, "？")[1] <= 490
