"""Titles: cut into the fewest lines that look balanced, never inside a name (papers.md §4.7)."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from villagedesk.printing.faces import advance
from villagedesk.printing.marks import NEVER, NO_END, NO_START, costs
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph

_MOST = 20.0
"""Cells in one line of a title."""
_LINES = 4


def title(text: str, whole: Iterable[str] = ()) -> list[Line]:
    """The lines of a title in 小标宋; none of the names in `whole` is cut, if that can be helped."""
    for names in (list(whole), []):
        cuts = _cuts(text, names)
        for count in range(1, _LINES + 1):
            ways = [_pieces(text, chosen) for chosen in combinations(cuts, count - 1)]
            fitting = [(_cost(lines), lines) for lines in ways if all(line.end <= _MOST for line in lines)]
            if fitting:
                return min(fitting, key=lambda way: way[0])[1]
    return set_paragraph([Run(text, "biao")], _MOST, advance=advance, justify=False)


def _cuts(text: str, whole: Iterable[str]) -> list[int]:
    """Where a title may be cut."""
    cost = costs(text, set())
    for name in filter(None, whole):
        at = text.find(name)
        while at >= 0:
            cost[at + 1 : at + len(name)] = [NEVER] * (len(name) - 1)
            at = text.find(name, at + len(name))
    depth, open_at = 0, set()
    for at, char in enumerate(text):
        depth += (char in "“〔（《") - (char in "”〕）》")
        if depth > 0:
            open_at.add(at + 1)
    return [at for at in range(1, len(text)) if cost[at] == 0 and at not in open_at and _may(text[:at], text[at:])]


def _may(before: str, after: str) -> bool:
    if before[-1].isascii() and after[0].isascii():
        return False  # a number or a Latin word
    if after[0] in NO_START or after[0] in "的和与及等之":
        return False
    return before[-1] not in NO_END and before[-1] not in "和与及第至" and not before.endswith("关于")


def _pieces(text: str, cuts: Sequence[int]) -> list[Line]:
    return [one_line([Run(text[a:b], "biao")], advance) for a, b in pairwise((0, *cuts, len(text)))]


def _cost(lines: Sequence[Line]) -> float:
    """How far from balanced; a title narrow in the middle, of equal lines, or with a stub, is worse."""
    widths = [line.end for line in lines]
    mean = sum(widths) / len(widths)
    cost = sum((width - mean) ** 2 for width in widths) + sum(80.0 for width in widths if width < 4)
    if len(widths) == 2 and widths[0] == widths[1]:
        cost += 30.0
    if len(widths) == 3:
        cost += (
            60.0 if widths[1] < min(widths[0], widths[2]) else -6.0 if widths[1] > max(widths[0], widths[2]) else 0.0
        )
    return cost
