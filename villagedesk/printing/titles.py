"""Titles: cut into the fewest lines that look balanced, never inside a name (papers.md §4.7)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from villagedesk.printing.faces import advance
from villagedesk.printing.marks import NEVER, NO_END, NO_START, costs
from villagedesk.printing.setting import Line, Run, one_line, set_paragraph

_MOST = 20.0
"""Cells in one line of a title."""
_LINES = 4
_TAILS = "和与及至"
"""What a line should not end with; rather that than a name cut."""


def title(text: str, whole: Iterable[str] = (), *, most: float = _MOST) -> list[Line]:
    """The lines of a title in 小标宋, each of `most` cells; none of the names in `whole` is cut, if that can be helped."""
    wide = [0.0, *accumulate(advance("biao", char) for char in text)]
    names = [*whole]
    for kept, tails in ((names, _TAILS), (names, ""), ([], _TAILS)):
        cuts = [*_cuts(text, kept, tails), len(text)]
        for count in range(1, _LINES + 1):
            if ways := list(_ways(wide, 0, cuts, count, most)):
                best = min(ways, key=lambda way: _cost([wide[b] - wide[a] for a, b in pairwise(way)]))
                return [one_line([Run(text[a:b], "biao")], advance) for a, b in pairwise(best)]
    return set_paragraph([Run(text, "biao")], most, advance=advance, justify=False)


def _ways(wide: Sequence[float], start: int, cuts: Sequence[int], count: int, most: float) -> Iterator[tuple[int, ...]]:
    """Every way to cut what begins at `start` into `count` lines that fit: where they begin, and the end."""
    if count == 0 and start == cuts[-1]:
        yield (start,)
    elif count and wide[-1] - wide[start] <= most * count:
        for at in cuts:
            if start < at and wide[at] - wide[start] <= most:
                yield from ((start, *more) for more in _ways(wide, at, cuts, count - 1, most))


def _cuts(text: str, whole: Iterable[str], tails: str) -> list[int]:
    """Where a title may be cut; not after a character of `tails`."""
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
    return [
        at for at in range(1, len(text)) if cost[at] == 0 and at not in open_at and _may(text[:at], text[at:], tails)
    ]


def _may(before: str, after: str, tails: str) -> bool:
    if before[-1].isascii() and after[0].isascii():
        return False  # a number or a Latin word
    if after[0] in NO_START or after[0] in "的和与及等之于至":
        return False
    return before[-1] not in NO_END and before[-1] not in tails + "第" and not before.endswith("关于")


def _cost(widths: Sequence[float]) -> float:
    """How far from balanced; a title narrow in the middle, of equal lines, or with a stub, is worse."""
    mean = sum(widths) / len(widths)
    cost = sum((width - mean) ** 2 for width in widths) + sum(80.0 for width in widths if width < 4)
    if len(widths) == 2 and widths[0] == widths[1]:
        cost += 30.0
    if len(widths) == 3:
        one, two, three = widths
        cost += 60.0 if two < min(one, three) else -6.0 if two > max(one, three) else 0.0
    return cost
