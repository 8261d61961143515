"""Names by their sound: how characters and surnames are read, and what a hand types for a name without an input method."""

import lzma
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice, product

from villagedesk.base.paths import resource
from villagedesk.base.text import fold

Sounds = Sequence[tuple[str, ...]]
"""For each character of a name the ways it is read, the likely one first."""

WAYS = 16
"""How many ways of reading one name are spelled out."""


@cache
def _table() -> str:
    return "\n" + lzma.decompress(resource("pinyin", "readings.xz").read_bytes()).decode()


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Surname → for each of its characters the readings.  One character: every word of its line is a reading."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in resource("pinyin", "surnames.txt").read_text(encoding="utf-8").splitlines():
        name, *read = line.split()
        found[name] = (tuple(read),) if len(name) == 1 else tuple((one,) for one in read[0].split("'"))
    return found


@lru_cache(maxsize=10_000)
def readings(char: str) -> tuple[str, ...]:
    """How a character is read, without tones; nothing for what has no reading.  ü is v, and u for those who type it so."""
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    table = _table()
    at = table.find(char)
    if at < 0:
        return ()
    start = table.rfind("\n", 0, at) + 1
    return _typed(table[start : table.index(":", start)].split())


def _typed(read: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way for one in read for way in (one, one.replace("v", "u"))))


def sounds(name: str) -> tuple[Sounds, int]:
    """How each character of a person's name is read, and how many of them are the surname; marks are left out."""
    chars = [char for char in fold(name) if readings(char)]
    plain = [readings(char) for char in chars]
    double = _surnames().get("".join(chars[:2])) if len(chars) > 2 else None
    single = _surnames().get(chars[0]) if chars else None
    if single:
        plain[0] = _typed(single[0])
    if double:  # 单于明 may also be a 单 called 于明
        plain[:2] = [_typed(tuple(dict.fromkeys(a + b))) for a, b in zip(double, plain[:2], strict=True)]
    return plain, 2 if double else 1


def _ways(found: Sounds) -> list[tuple[str, ...]]:
    return list(islice(product(*found), WAYS))


def initials(name: str) -> tuple[str, ...]:
    """First letters of a name, every way it may be read."""
    return tuple(dict.fromkeys("".join(one[0] for one in way) for way in _ways(sounds(name)[0])))


@lru_cache(maxsize=10_000)
def spelled(name: str) -> tuple[str, ...]:
    """What may be typed for a name, each beginning of it included: 罗正华 is lzh, luozh, luozhenghua and zhenghua."""
    found, surname = sounds(name)
    typed: dict[str, None] = {}
    for way in _ways(found):
        first, given = way[:surname], way[surname:]
        letters = "".join(one[0] for one in given)
        for one in ("".join(s[0] for s in first) + letters, "".join(first) + letters, "".join(way), "".join(given)):
            typed[one] = None
    return tuple(one for one in typed if one)


def matches(query: str, name: str) -> bool:
    """Whether `query` – letters, characters, or both – is a way to begin `name` or its given name, or stands in it."""
    asked, called = fold(query), fold(name)
    if not asked or asked in called:
        return True
    found, surname = sounds(called)
    chars = [char for char in called if readings(char)]
    either = [(char, *read) for char, read in zip(chars, found, strict=True)]
    asked = asked.replace(" ", "").replace("'", "")
    return follows(asked, either) or follows(asked, either[surname:])


def heard(asked: str, text: str) -> int:
    """The character of a sentence from which letters can be typed along it, whatever marks stand between; -1 when none."""
    letters = "".join(fold(asked).split()).replace("'", "")
    found = [read for char in fold(text) if (read := readings(char))]
    return next((at for at in range(len(found)) if letters and follows(letters, found[at:])), -1)


def follows(asked: str, found: Sounds) -> bool:
    """Whether letters can be typed along these characters: a whole reading, its first letter, or zh, ch, sh for each."""
    if not asked or not found:
        return not asked
    return any(
        one.startswith(asked)
        or any(asked.startswith(typed) and follows(asked[len(typed) :], found[1:]) for typed in _shortened(one))
        for one in found[0]
    )


def reach(asked: str, found: Sounds) -> int:
    """How many characters letters are typed along; 0 when they cannot be."""
    return next((n for n in range(1, len(found) + 1) if follows(asked, found[:n])), 0)


def begins(asked: str, read: Sequence[str]) -> bool:
    """Whether letters may begin with a character that is read so."""
    return any(
        one.startswith(asked) or any(asked.startswith(typed) and cuts(asked[len(typed) :]) for typed in _shortened(one))
        for one in read
    )


def _shortened(read: str) -> set[str]:
    return {read, read[0], read[:2] if read[1:2] == "h" else read}


@lru_cache(maxsize=256)
def cuts(typed: str) -> tuple[str, ...]:
    """First letters of the characters that letters may stand for: xian is x or xa, lzh is lz or lzh.  The fewest first."""
    letters = typed.replace("'", "")
    syllables, beginnings = _syllables()
    ways: list[set[str]] = [set() for _ in letters] + [{""}]
    for at in reversed(range(len(letters))):
        for end in range(at + 1, min(at + 6, len(letters)) + 1):
            part = letters[at:end]
            short = part in ("zh", "ch", "sh") or (len(part) == 1 and part in beginnings)
            if short or part in syllables or (end == len(letters) and part in beginnings):
                ways[at] |= {part[0] + rest for rest in ways[end]}
        plain = ways[at] & {letters[at:]}
        ways[at] = plain | set(_fewest(ways[at])[:WAYS])
    return tuple(_fewest(ways[0])) if letters else ()


def _fewest(ways: set[str]) -> list[str]:
    return sorted(ways, key=lambda way: (len(way), way))


@cache
def _syllables() -> tuple[frozenset[str], frozenset[str]]:
    """Every syllable, and every beginning of one."""
    every = {way for line in _table().splitlines() for way in _typed(line.partition(":")[0].split())}
    return frozenset(every), frozenset(one[:n] for one in every for n in range(1, len(one) + 1))
