"""Fonts inside a paper: sound files, small ones, with the outlines they should have."""

from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.utils.pdfinternals import resolve
from reportlab.pdfbase import pdfmetrics, ttfonts

from villagedesk.base.paths import resource
from villagedesk.printing.embed import Book, Font


def _paper(name: str, text: str, path: Path) -> bytes:
    out = BytesIO()
    font: Any = Font(name, str(path))
    font.face.name = name.encode()  # ReportLab keeps one font for each name of a face
    pdfmetrics.registerFont(font)
    book = Book(out, (100, 100), name)
    book.setFont(name, 80)
    book.drawString(10, 20, text)
    book.save()
    return out.getvalue()


def _programs(pdf: bytes) -> list[bytes]:
    """The font files in a PDF."""
    with pdfplumber.open(BytesIO(pdf)) as paper:
        fonts = resolve(resolve(paper.pages[0].page_obj.resources)["Font"])
        return [resolve(resolve(resolve(font)["FontDescriptor"])["FontFile2"]).get_data() for font in fonts.values()]


def _picture(pdf: bytes) -> bytes:
    with pypdfium2.PdfDocument(pdf) as paper:
        bitmap = paper[0].render()
        return bytes(bitmap.buffer)


def test_a_subset_is_a_sound_font_of_its_glyphs_alone() -> None:
    (program,) = _programs(_paper("test-song", "村务村台", resource("fonts", "Song.ttf")))
    font = ttfonts.TTFontParser(BytesIO(program), validate=1)  # checks every sum
    assert sorted(font.table) == ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"]
    assert int.from_bytes(font.get_table("maxp")[4:6]) == 5  # none, blank, three characters
    assert int.from_bytes(font.get_table("hhea")[34:36]) == 5
    assert len(font.get_table("loca")) == 4 * 6
    assert int.from_bytes(font.get_table("loca")[-4:]) == len(font.get_table("glyf"))


def test_two_hundred_and_fifty_five_characters_fill_a_font_and_the_next_begins_another() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    programs = _programs(_paper("test-long", text, resource("fonts", "Song.ttf")))
    locations = [ttfonts.TTFontParser(BytesIO(program), validate=1).get_table("loca") for program in programs]
    assert [len(table) // 4 - 1 for table in locations] == [256, 48]  # each with none and a blank


def test_a_glyph_put_together_from_another_brings_it_along(tmp_path: Path) -> None:
    path = resource("fonts", "Dig.ttf")
    face, data = ttfonts.TTFontFile(str(path)), bytearray(path.read_bytes())
    one, other = (face.charToGlyph[ord(char)] for char in "AI")
    glyf, hmtx = face.get_table_pos("glyf")[0], face.get_table_pos("hmtx")[0]
    box = data[glyf + face.glyphPos[other] :][2:10]
    start = glyf + face.glyphPos[one]
    data[start : start + 16] = pack(">h", -1) + box + pack(">HHbb", 2, other, 0, 0)  # A: I, not moved
    data[hmtx + 4 * one : hmtx + 4 * one + 4] = data[hmtx + 4 * other : hmtx + 4 * other + 4]
    mended = tmp_path / "joined.ttf"
    mended.write_bytes(data)

    joined, plain = _picture(_paper("test-joined", "A", mended)), _picture(_paper("test-plain", "A", path))
    assert joined == _picture(_paper("test-plain", "I", path))
    assert joined != plain
