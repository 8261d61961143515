"""Faces: which font draws which character in which role, loaded when the first character asks for it.

Five roles (papers.md §2).  In 仿宋 and 楷体 digits, Latin and some marks come from one small face, Dig, whose digits
are half an em wide.  A machine's own 仿宋_GB2312 and 方正小标宋 come before ours.  Marks cut to half their width have
faces of their own, because readers of the PDF would split a line where glyphs overlap.  A character that no face has is
drawn as 〓 and told by `uncovered`; the paper it stands on tells it too.
"""

import logging
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics, ttfonts

from villagedesk.base.paths import resource
from villagedesk.printing.embed import Font
from villagedesk.printing.installed import installed
from villagedesk.printing.marks import BOND, cleaned
from villagedesk.printing.setting import Role

_LAST = ("Song", "Hei400", "HanaMinB")
_CHAINS: dict[str, tuple[str, ...]] = {
    "fang": ("Dig", "Fang", *_LAST),
    "song": _LAST,
    "biao": ("Biao", *_LAST),
    "hei": ("Hei500", "Hei400", "Song", "HanaMinB"),
    "kai": ("Dig", "Kai", *_LAST),
}
_HALVES = {"fang": "FangHalf", "song": "SongHalf", "biao": "BiaoHalf", "hei": "HeiHalf", "kai": "KaiHalf"}
_BOLD = ("biao", "hei")
_MISSING = "〓"
_log = logging.getLogger(__name__)
_lock = Lock()


@cache
def _font(name: str) -> Font:
    """A shipped font file, registered under `vd-<name>`; once per process, whichever thread comes first."""
    with _lock:
        known = f"vd-{name}"
        if known not in pdfmetrics.getRegisteredFontNames():
            path = str(_own().get(name) or resource("fonts", f"{name}.ttf"))
            pdfmetrics.registerFont(Font(known, path))
        font = pdfmetrics.getFont(known)
        assert isinstance(font, Font)  # noqa: S101 -- ReportLab gives another font of the same face, if one came before ours
        return font


@cache
def _own() -> dict[str, Path]:
    """Own-<role> → the file of a face that lies on this machine and can be put into a paper."""
    found = {}
    for role, path in installed().items():
        try:
            ttfonts.TTFontFile(str(path), charInfo=0)
        except (ttfonts.TTFError, OSError) as error:
            _log.info("%s is not used: %s", path.name, error)
        else:
            found[f"Own-{role}"] = path
    return found


@cache
def _chain(role: Role) -> tuple[str, ...]:
    """The faces a character of a role is looked for in, one after the other."""
    chain = _CHAINS[role]
    own = f"Own-{role}"
    return (*chain[: -len(_LAST) - 1], own, *chain[-len(_LAST) - 1 :]) if own in _own() else chain


@cache
def _drawn(role: Role, char: str) -> tuple[str, str]:
    """The face and the character that stand for `char`."""
    chain = _chain(role)
    if char == "—" or (char == "…" and role == "song"):
        chain = ("Dig",)  # Noto's dash is 0.89 em: —— would show a gap
    elif char == "·":
        chain = ("Biao",) if role in _BOLD else ("Song",)  # Dig's stands in a whole em
    for name in chain:
        if ord(char) in _font(name).face.charToGlyph:
            return name, char
    return "Song", _MISSING


def drawn(role: Role, char: str, *, half: bool = False) -> tuple[str, str]:
    """The registered font and the character to draw; `half` for a mark at half its width."""
    if half:
        name = _HALVES[role]
        _font(name)
        return f"vd-{name}", char
    name, shown = _drawn(role, char)
    return f"vd-{name}", shown


@cache
def ink_width(role: Role, char: str) -> float:
    """The width of the glyph itself, in em."""
    name, shown = _drawn(role, char)
    return float(_font(name).face.charWidths[ord(shown)]) / 1000


def advance(role: Role, char: str) -> float:
    """How far a character moves the pen, in em: as the grid wants it for `·`, else as the glyph says."""
    return 0.5 if char == "·" else ink_width(role, char)


def uncovered(text: str) -> list[str]:
    """The characters of `text` that no face has, each once, in order; they would print as 〓.

    What this Python's Unicode does not know yet, and private-use characters of old systems, are among them.
    """
    return [char for char in dict.fromkeys(cleaned(text)) if char != BOND and _drawn("fang", char)[1] != char]
