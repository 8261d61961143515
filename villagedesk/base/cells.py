"""Cells of a spreadsheet as they lie on the clipboard: lines of cells with tabs between them, quoted where they hold more."""

import re
from collections.abc import Iterable, Sequence

from villagedesk.base.errors import NotValid, Problem

MOST, LONGEST = 20_000, 20_000_000
"""Rows and characters of one paste at the most."""

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')
_QUOTED = re.compile(r'[\t\r\n]|^"')


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The rows in a text, all equally long; empty ones at the end are left out.  `NotValid` when there are too many.

    A cell that begins with a quote and does not end with one was typed so, and stands as it is.
    """
    if len(text) > LONGEST or text.count("\n") > MOST:
        raise NotValid([Problem("", f"一次最多粘贴{MOST}行。请分几次复制。")])
    rows: list[list[str]] = [[]]
    at, text = 0, text.replace("\0", "")
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # noqa: S101 -- the second way matches anything
        rows[-1].append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if not found[3]:
            break
        if found[3] != "\t":
            rows.append([])
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [tuple(row + [""] * (width - len(row))) for row in rows]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """The same rows as a text to be pasted into a spreadsheet."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
