"""Divisions of the country: the 620,573 villages of the 2023 list and what lies above them, found as one types.

The list is one string of bytes in the order of the codes (packaging/divisions writes it): two bytes a character, and before
each name two bytes that tell its level and the end of its code.  The first byte of a character tells with which letters it may
be read, so the first bytes alone, one a character, are the index of initials.  Nothing is made for a unit before it is found.
"""

import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from villagedesk.base.paths import resource
from villagedesk.base.pinyin import begins, cuts, reach, readings
from villagedesk.base.text import fold

LEVELS = ("village", "town", "county", "city", "province")
_MARKS = bytes([0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4])
"""First byte of a mark → level.  Three digits need four of them; greater first bytes are the pages of the alphabet."""
_LEVEL = {12: 0, 9: 1, 6: 2, 4: 3, 2: 4}
"""Digits of a code → level."""
_ENDS = [re.compile(b"[" + bytes([level]) + b"-\x04]") for level in range(5)]
_FILLERS = {"市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_COMMITTEE = re.compile("([村居]民委员会|委员会|[村居]委会)$")
_SORT = re.compile("(村|社区|嘎查|镇|乡|街道|县|市|区|自治州|省)$")

_HITS = 5_000
"""How many places a character is looked for in, before the best are taken."""

Span = tuple[int, int]
"""A stretch of the list, counted in characters."""


@dataclass(frozen=True)
class Division:
    """A unit of the list, and the names above it, the province first."""

    code: str
    name: str
    above: tuple[str, ...]

    @property
    def where(self) -> str:
        """The names above it as one reads them, without those that only fill a level."""
        return " ".join(name for name in self.above if name not in _FILLERS)


def load() -> None:
    """Read the list, which takes a fifth of a second: best while the first page is looked at."""
    _units()
    cuts("a")


def find(query: str, limit: int = 20, *, level: str = "village", near: str = "") -> list[Division]:
    """What a clerk may mean by initials, pinyin, characters, or the first digits of a code.

    Words before the last name what lies above: 惠水 好花红, hs hhh.  Units under the code `near` come first; then whole names,
    beginnings of names, parts of names.
    """
    words = [(word, fold(word).replace("'", "")) for word in query.split()]
    *above, word = [typed if typed.isascii() else word for word, typed in words] or [""]
    units, rank = _units(), LEVELS.index(level)
    places = [(0, len(units.firsts))]
    for area in above:
        places = units.inside(area, places, rank)
    if word.isascii() and word.isdigit():
        found = units.coded(word, rank)
    else:
        here = _shared(places, units.span(near))
        found = chain(units.like(word, here, [rank]), units.like(word, places, [rank]))
    hits = list(islice(dict.fromkeys(islice(found, 2 * limit)), limit)) or units.together(word, places, rank)[:limit]
    return list(map(units.division, hits))


def _shared(places: Iterable[Span], one: Span | None) -> list[Span]:
    return [(max(a, one[0]), min(b, one[1])) for a, b in places if max(a, one[0]) < min(b, one[1])] if one else []


def named(code: str) -> Division | None:
    """The unit with that code."""
    span = _units().span(code) if len(code) in _LEVEL else None
    return _units().division(span[0]) if span else None


def under(code: str) -> list[Division]:
    """The units one level below a code; the provinces where it is empty."""
    units = _units()
    if not code:
        return [units.division(at) for at in units.marks((0, len(units.firsts)), 4)]
    span = units.span(code) if len(code) in _LEVEL else None
    return [units.division(at) for at in units.marks(span, _LEVEL[len(code)] - 1)] if span and len(code) < 12 else []


class _Units:
    """The list in memory.  A unit is the place of its mark, counted in characters."""

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.partition(b"\n\n")
        lines = [line.partition(" ") for line in head.decode().split("\n")]
        self.alphabet = [(letters, page) for letters, _, page in lines]
        self.symbols = {
            char: bytes((len(_MARKS) + i, j))
            for i, (_, page) in enumerate(self.alphabet)
            for j, char in enumerate(page)
        }
        self.firsts = self.body[::2].translate(_MARKS + bytes(range(len(_MARKS), 256)))
        # What may follow the words that matter of a name, by its letters: 村, 社区 …, 村民委员会, 居委会 …, and the next mark.
        sort, committee = ("c", "sq", "gc", "z", "x", "jd", "s", "q"), ("cmwyh", "jmwyh", "wyh", "cwh", "jwh")
        self.after = self._any_of(sort) + b"?" + self._any_of(committee) + b"?(?:[\x00-\x04]|$)"

    # --- one unit ---------------------------------------------------------------------------------

    def end(self, at: int) -> int:
        """Where the next unit begins that does not lie under this one."""
        after = _ENDS[self.firsts[at]].search(self.firsts, at + 1)
        return after.start() if after else len(self.firsts)

    def name(self, at: int) -> str:
        after = _ENDS[0].search(self.firsts, at + 1)
        symbols = self.body[2 * at + 2 : 2 * after.start() if after else None]
        return "".join([self.alphabet[p - len(_MARKS)][1][c] for p, c in zip(symbols[::2], symbols[1::2], strict=True)])

    def digits(self, at: int) -> str:
        """What a unit adds to the code of the one above it."""
        first, second = self.body[2 * at : 2 * at + 2]
        level = self.firsts[at]
        return f"{(first - _MARKS.index(level)) * 256 + second:0{_width(level)}}"

    def division(self, at: int) -> Division:
        higher = range(self.firsts[at] + 1, 5)
        line = [*reversed([self.firsts.rfind(bytes([level]), 0, at) for level in higher]), at]
        *above, name = map(self.name, line)
        return Division("".join(map(self.digits, line)), name, tuple(above))

    # --- many units -------------------------------------------------------------------------------

    def marks(self, span: Span, level: int) -> Iterator[int]:
        """The units of a level in a stretch of the list."""
        at = self.firsts.find(bytes([level]), *span)
        while at >= 0:
            yield at
            at = self.firsts.find(bytes([level]), at + 1, span[1])

    def span(self, code: str) -> Span | None:
        """The stretch that the last unit told in full by a code takes up; nothing when there is no such unit."""
        start, end, known = 0, len(self.firsts), False
        for digits, level in sorted(_LEVEL.items()):
            if digits <= len(code):
                own = code[digits - _width(level) : digits]
                at = next((at for at in self.marks((start, end), level) if self.digits(at) == own), -1)
                if at < 0:
                    return None
                start, end, known = at, self.end(at), True
        return (start, end) if known else None

    def coded(self, digits: str, level: int) -> Iterator[int]:
        """The units of a level whose code begins so."""
        whole = max((n for n in _LEVEL if n <= len(digits)), default=0)
        span = self.span(digits) if whole else (0, len(self.firsts))
        if span and digits[whole:]:
            below = _LEVEL[whole] - 1 if whole else 4
            for at in self.marks(span, below):
                if self.digits(at).startswith(digits[whole:]):
                    yield from self.marks((at, self.end(at)), level)
        elif span:
            yield from self.marks(span, level)

    def inside(self, area: str, places: list[Span], level: int) -> list[Span]:
        """The stretches under units above `level` that are called so."""
        found: list[Span] = []
        for at in sorted(self.like(area, places, range(level + 1, 5))):
            if not found or at >= found[-1][1]:
                found.append((at, self.end(at)))
        return found

    def like(self, word: str, places: list[Span], levels: Sequence[int]) -> Iterator[int]:
        """The units of these levels that may be called so: first where it is all that matters of a name."""
        if not word.isascii():
            return self._written(word, places, levels)
        each = [(level, whole) for whole in (True, False) for level in levels]
        return chain.from_iterable(self._sounding(word, places, level, whole) for level, whole in each)

    def together(self, word: str, places: list[Span], level: int) -> list[int]:
        """惠水县好花红村: the place and the name with no space between them."""
        for cut in range(2, min(7, len(word) - 1)) if not word.isascii() else ():
            inner = self.inside(word[:cut], places, level)
            if inner and (
                found := list(self.like(word[cut:], inner, [level])) or self.together(word[cut:], inner, level)
            ):
                return found
        return []

    def _sounding(self, word: str, places: list[Span], level: int, whole: bool) -> Iterator[int]:
        ways = cuts(word)
        if not ways:
            return
        sure = ways == (word,)
        near = [page for letters, page in self.alphabet if word[0] in letters] if not sure else []
        first = {self.symbols[char] for page in near for char in page if begins(word, readings(char))}
        # The mark itself, not a class of marks: a search for one byte is three times as quick.
        after = self.after if whole else b""
        seen = re.compile(re.escape(bytes([level])) + self._any_of(ways) + after)
        for start, end in places:
            for match in seen.finditer(self.firsts, start, end):
                at = match.start()
                if sure or self.body[2 * at + 2 : 2 * at + 4] in first:
                    name = self.name(at)
                    used = len(word) if sure else reach(word, [readings(char) for char in name])
                    if used and (not whole or used in _whole(name)):
                        yield at

    def _any_of(self, ways: Iterable[str]) -> bytes:
        return b"(?:" + b"|".join(b"".join(map(self._class_of, letters)) for letters in ways) + b")"

    def _class_of(self, letter: str) -> bytes:
        pages = [len(_MARKS) + i for i, (letters, _) in enumerate(self.alphabet) if letter in letters]
        return b"[" + re.escape(bytes(pages or [255])) + b"]"

    def _written(self, word: str, places: list[Span], levels: Sequence[int]) -> Iterator[int]:
        if not all(char in self.symbols for char in word):
            return iter(())
        wanted = b"".join(map(self.symbols.__getitem__, word))
        found: tuple[list[int], list[int], list[int]] = ([], [], [])
        for at, start in islice(self._holding(wanted, places, levels), _HITS):
            found[2 if start else 1 - (len(word) in _whole(self.name(at)))].append(at)
        return chain(*found)

    def _holding(self, wanted: bytes, places: list[Span], levels: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Every unit with these symbols in its name, and how many characters stand before them."""
        for start, end in places:
            hit = self.body.find(wanted, 2 * start, 2 * end)
            while hit >= 0:
                at = hit // 2
                while self.firsts[at] > 4:
                    at -= 1
                if hit % 2 == 0 and self.firsts[at] in levels:
                    yield at, hit // 2 - at - 1
                hit = self.body.find(wanted, hit + 1, 2 * end)


def _whole(name: str) -> tuple[int, ...]:
    """How many of its first characters may stand for a name: 好花红村村民委员会 is called 好花红村 and 好花红."""
    short = _COMMITTEE.sub("", name)
    village = len(short) < len(name) and name[len(short)] == "村" and not short.endswith("村")
    return (len(name), len(short) + village, len(_SORT.sub("", short)))


def _width(level: int) -> int:
    return 3 if level < 2 else 2


@cache
def _units() -> _Units:
    return _Units(lzma.decompress(resource("divisions", "divisions.xz").read_bytes()))
