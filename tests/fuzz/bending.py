"""Bytes and JSON bent out of shape: most of it as it was, something in it as nobody would write it."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

TOKENS = [
    b"", b"\0", b"\n", b"\t", b"\r\n", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"0", b"-1", b"1e999", b"NaN",
    b"Infinity", b"9" * 20, b"9" * 5_000, b"0.1", b"-0", b"1e-400", b"1E99999999999999999999", b"\\u0000", b"\\ud800", b"\\udc00\\ud800", b"\xff",
    b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", "村".encode(), "𬭎".encode(), b"[" * 40, b"[" * 100_000, b'{"a":' * 100_000,
    b"../", b"/etc/passwd", b"data/", b" ", b'"_stage":"final"', b'"sha256:' + b"0" * 64 + b'"', b"%s", b"'; --",
]  # fmt: skip
"""What parsers have stumbled over."""

LEAVES: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, 2**64, 10**30, -(10**30), 0.1, 1e17, "", " ", "x", "村", "𬭎", "\0", "\n", "\x7f", "\u202e",
    "x" * 70, "x" * 5_000, "2026-11-18", "2026-02-30", "0000-00-00T00:00:00", "9999-12-31T23:59:59", "2026-11-18T14:30:00+08:00", "24:00", "1.5",
    "-1", "1e5", "NaN", "522731198001010011", "final", "../../x", "ab" * 32, [], {}, [[]], [None], [{}], {"": ""}, {"lid": "A"}, {"id": []},
    {"id": "x", "name": None},
]  # fmt: skip
"""Values where others belong."""


def bent(data: bytes, dice: Random, *, places: int = 4) -> bytes:
    """The bytes with up to so many places changed."""
    for _ in range(dice.randint(1, places)):
        data = dice.choice(_BENDS)(data, dice)
    return data


def twisted(value: Any, dice: Random, *, places: int = 3) -> Any:
    """A JSON value with up to so many of its nodes replaced, left out, doubled, renamed, or moved elsewhere."""
    value = json.loads(json.dumps(value))
    for _ in range(dice.randint(1, places)):
        nodes = list(_nodes(value))
        if not nodes:
            return dice.choice(LEAVES)
        holder, key = dice.choice(nodes)
        dice.choice(_TWISTS)(holder, key, dice, nodes)
    return value


def dumped(value: Any, dice: Random) -> bytes:
    """As JSON; now and then with the bytes bent as well."""
    data = json.dumps(value, ensure_ascii=dice.random() < 0.3, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return bent(data, dice, places=1) if dice.random() < 0.2 else data


# --- bytes ----------------------------------------------------------------------------------------


def _span(data: bytes, dice: Random) -> tuple[int, int]:
    """Where a stretch begins and ends: mostly short."""
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** dice.uniform(0, 12)))


def _flip(data: bytes, dice: Random) -> bytes:
    if not data:
        return b"x"
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def _set(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + bytes([dice.randrange(256)]) * (end - start) + data[end:]


def _drop(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _double(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice)
    return data[:end] + data[start:]


def _insert(data: bytes, dice: Random) -> bytes:
    start, _ = _span(data, dice)
    return data[:start] + dice.choice(TOKENS) + data[start:]


def _replace(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + dice.choice(TOKENS) + data[end:]


def _move(data: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice)
    to, _ = _span(data, dice)
    return data[:to] + data[start:end] + data[to:]


def _digit(data: bytes, dice: Random) -> bytes:
    digits = [i for i, byte in enumerate(data[: 1 << 14]) if 0x30 <= byte <= 0x39]
    if not digits:
        return _flip(data, dice)
    at = dice.choice(digits)
    return data[:at] + dice.choice([b"0", b"9", b"-", b"00", b"99999999", b"1" * 20]) + data[at + 1 :]


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


_BENDS: list[Callable[[bytes, Random], bytes]] = [
    _flip, _flip, _set, _drop, _double, _insert, _replace, _move, _digit, _digit, _cut,
]  # fmt: skip


# --- JSON -----------------------------------------------------------------------------------------


Node = tuple[Any, Any]
"""A list or dictionary, and an index or key in it."""


def _nodes(value: Any) -> list[Node]:
    if isinstance(value, dict):
        return [*((value, k) for k in value), *(n for v in value.values() for n in _nodes(v))]
    if isinstance(value, list):
        return [*((value, i) for i in range(len(value))), *(n for v in value for n in _nodes(v))]
    return []


def _other(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    holder[key] = _copy(dice.choice(LEAVES))


def _without(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    del holder[key]


def _twice(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    holder[key] = [_copy(holder[key])] * dice.choice([2, 3, 50])


def _wrapped(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    for _ in range(dice.choice([1, 2, 40])):
        holder[key] = dice.choice([[holder[key]], {"x": holder[key]}])


def _renamed(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    if isinstance(holder, dict):
        holder[dice.choice(["", "x", "_", "_stage", "lid", "id", "name", f"{key}x", "\ud800", "村"])] = holder.pop(key)
    else:
        holder.append(_copy(holder[key]))


def _elsewhere(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    other, place = dice.choice(nodes)
    holder[key] = _copy(other[place])


def _near(holder: Any, key: Any, dice: Random, nodes: list[Node]) -> None:
    """A value of the same sort, a little off."""
    value = holder[key]
    if isinstance(value, bool) or value is None:
        holder[key] = dice.choice(LEAVES)
    elif isinstance(value, int):
        holder[key] = value + dice.choice([-1, 1, 2**31, -value, -2 * value])
    elif isinstance(value, str):
        holder[key] = bent(value.encode("utf-8", "surrogatepass"), dice, places=1).decode("utf-8", "replace")
    elif isinstance(value, list):
        dice.shuffle(value)


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


_TWISTS: list[Callable[[Any, Any, Random, list[Node]], None]] = [
    _other, _other, _without, _twice, _wrapped, _renamed, _elsewhere, _near, _near,
]  # fmt: skip
