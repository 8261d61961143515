"""Numbers with a rule inside: identity number, social credit code, division code."""

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

LEVELS = {"village": 12, "town": 9, "county": 6}
"""Digits of a division code for each level of desk."""


def id_number_ok(number: str) -> bool:
    """Shape, birth date and check character of a resident identity number (GB 11643—1999)."""
    number = number.upper()
    if len(number) != 18 or not number.isascii() or not number[:17].isdigit():
        return False
    try:
        date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return False
    total = sum(int(c) * w for c, w in zip(number[:17], _ID_WEIGHTS, strict=True))
    return number[17] == _ID_CHECK[total % 11]


def born_in(number: str) -> str:
    """The birth date in a sound identity number, `YYYY-MM-DD`."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def male_in(number: str) -> bool:
    """Whether a sound identity number is a man's."""
    return int(number[16]) % 2 == 1


def uscc_ok(code: str) -> bool:
    """Check character of a unified social credit code (GB 32100—2015); the type characters are not judged."""
    code = code.upper()
    if len(code) != 18 or any(c not in _USCC for c in code):
        return False
    total = sum(_USCC.index(c) * w for c, w in zip(code[:17], _USCC_WEIGHTS, strict=True))
    return code[17] == _USCC[(31 - total % 31) % 31]


def division_ok(code: str, level: str) -> bool:
    """Whether `code` has the shape of a division of that level.

    Village codes are not published since 2024-10, so unknown codes are right as long as the shape is: 12 digits, the
    tenth 0–5 (统计用区划代码).
    """
    return (
        code.isascii() and code.isdigit() and len(code) == LEVELS[level] and (level != "village" or code[9] in "012345")
    )


def level_of(code: str) -> str:
    """The level of the desk a division code stands for; "" for other lengths."""
    return next((level for level, digits in LEVELS.items() if digits == len(code)), "")


def above(code: str) -> str:
    """The division one level up: village → town → county; "" above the county."""
    return {12: code[:9], 9: code[:6]}.get(len(code), "")


def within(code: str, upper: str) -> bool:
    """Whether `code` is `upper` itself or lies under it."""
    return code.startswith(upper)
