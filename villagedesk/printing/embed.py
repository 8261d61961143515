"""Fonts as they go into a paper: of each the glyphs it uses, packed quickly, found and copied as the characters they are."""

import zlib
from collections.abc import Sequence
from itertools import accumulate
from struct import pack, unpack
from typing import IO, Any

from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas

_KEPT = ("cvt ", "fpgm", "head", "hhea", "maxp", "prep")
"""The tables that go into a paper as they are, or nearly so; with those made anew, all it needs (ISO 32000-1, 9.9)."""
_WHOLE = 0xB1B0AFBA
"""What the checksums of a font and of its `head` add up to (OpenType, `head`)."""


class Packed:
    """The filter of every stream.  Packing hard costs 5 ms a paper more, to save one part in sixteen."""

    pdfname = "FlateDecode"

    def encode(self, text: str | bytes) -> bytes:
        """The stream as it lies in the file."""
        return zlib.compress(text.encode("latin-1") if isinstance(text, str) else text, 1)


class Book(Canvas):
    """Pages of a PDF: the same deeds give the same bytes.

    Attributes: `document`; `missing` characters that no face has → each where it was first met, with its neighbours.
    """

    def __init__(self, out: IO[bytes], size: tuple[float, float], font: Any) -> None:
        # initialFontName: without it an unembedded Helvetica stands in every file
        super().__init__(out, pagesize=size, invariant=1, initialFontName=font, pageCompression=0)
        self.document: Any = vars(self)["_doc"]  # types-reportlab does not know it
        self.document.defaultStreamFilters = [Packed()]
        self.missing: dict[str, str] = {}


class Font(ttfonts.TTFont):
    """A TrueType font whose subsets are made in a tenth of the time."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False, shapable=False)
        self._font: Any = self.face

    def addObjects(self, doc: Any) -> None:
        """Put what `doc` uses of this font into it; ReportLab's own knows characters of four hex digits only."""
        face, state = self._font, self.state[doc]
        state.frozen = 1
        for n, codes in enumerate(state.subsets):
            name = self.getSubsetInternalName(n, doc)[1:]
            base = f"{ttfonts.SUBSETN(n).decode()}+{face.name.decode()}{face.subfontNameX.decode()}"
            data = self._subset(codes)
            program = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Length1": len(data)}), data)
            about = {
                "Type": "/FontDescriptor", "FontName": f"/{base}", "Flags": face.flags & ~32 | 4, "FontBBox": _array(face.bbox),
                "ItalicAngle": face.italicAngle, "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight,
                "StemV": face.stemV, "MissingWidth": face.defaultWidth, "FontFile2": doc.Reference(program, f"program:{name}"),
            }  # fmt: skip
            font = {
                "Type": "/Font", "Subtype": "/TrueType", "BaseFont": f"/{base}", "Name": f"/{name}", "FirstChar": 0,
                "LastChar": len(codes) - 1, "Widths": _array(face.getCharWidth(code) for code in codes),
                "ToUnicode": doc.Reference(pdfdoc.PDFStream(content=to_unicode(base, codes)), f"codes:{name}"),
                "FontDescriptor": doc.Reference(pdfdoc.PDFDictionary(about), f"about:{name}"),
            }  # fmt: skip
            doc.idToObject["BasicFonts"].dict[name] = doc.Reference(pdfdoc.PDFDictionary(font), name)
        del self.state[doc]

    def _subset(self, codes: Sequence[int]) -> bytes:
        """A font file of the glyphs of some characters, numbered from 0 in their order."""
        face = self._font
        there = [face.charToGlyph.get(code, 0) for code in codes]
        new = {glyph: n for n, glyph in enumerate(dict.fromkeys([0, *there]))}
        place, at = face.get_table_pos("glyf")[0], face.glyphPos
        glyphs = [_whole(face.get_chunk(place + at[glyph], at[glyph + 1] - at[glyph])) for glyph in new]
        if any(data and data[0] & 0x80 for data in glyphs):  # glyphs put together from others: no face of ours has them
            return bytes(face.makeSubset(codes))
        ends = [0, *accumulate(map(len, glyphs))]
        metrics = [metric for glyph in new for metric in map(int, face.hmetrics[glyph])]
        cmap = (0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(codes), 0, 0, len(codes), *(new[glyph] for glyph in there))
        head, tables = face.get_table("head"), {tag: face.get_table(tag) for tag in _KEPT if tag in face.table}
        tables |= {
            "cmap": pack(f">{len(cmap)}H", *cmap),
            "glyf": b"".join(glyphs),
            "head": head[:8] + bytes(4) + head[12:50] + pack(">H", 1) + head[52:],
            "hhea": tables["hhea"][:34] + pack(">H", len(new)),
            "hmtx": pack(f">{len(metrics)}H", *(metric & 0xFFFF for metric in metrics)),
            "loca": pack(f">{len(ends)}L", *ends),
            "maxp": tables["maxp"][:4] + pack(">H", len(new)) + tables["maxp"][6:],
        }
        return _file(dict(sorted(tables.items())))


def _file(tables: dict[str, bytes]) -> bytes:
    """A font file of its tables, in the order of their names."""
    count, at = len(tables), 12 + 16 * len(tables)
    largest = 1 << (count.bit_length() - 1)
    directory = [pack(">LHHHH", 0x10000, count, 16 * largest, largest.bit_length() - 1, 16 * (count - largest))]
    body, whole = list[bytes](), 0
    for tag, table in tables.items():
        data = _whole(table)
        check = _sum(data)
        directory.append(tag.encode() + pack(">LLL", check, at, len(table)))
        body.append(data)
        at, whole = at + len(data), whole + check
    top = b"".join(directory)
    place = list(tables).index("head")
    body[place] = body[place][:8] + pack(">L", (_WHOLE - whole - _sum(top)) & 0xFFFFFFFF) + body[place][12:]
    return top + b"".join(body)


def _whole(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _sum(data: bytes) -> int:
    return int(sum(unpack(f">{len(data) // 4}L", data))) & 0xFFFFFFFF


def _array(numbers: Any) -> str:
    return f"[{' '.join(f'{number:g}' for number in numbers)}]"


def to_unicode(name: str, codes: Sequence[int]) -> str:
    """Which character each code of a font stands for: UTF-16, and no block longer than 100, as Adobe's note 5014 wants."""
    rows = [f"<{i:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for i, code in enumerate(codes)]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    ]  # fmt: skip
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
