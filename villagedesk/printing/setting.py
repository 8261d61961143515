"""Setting Chinese text: where lines break, how they are filled, where each glyph stands.

Pure: widths in, placed lines out, in cells of the grid (one han = one cell).  A paragraph is fitted as a whole
(papers.md §4.2–4.3): marks that meet are compressed, a stop at the end of a line takes half a cell, a line a little too
long is pulled in by halving marks, what is left over is spread evenly.  Marks are halved whole, never in part: glyphs
that overlap and gaps wider than 0.1 em would come back from the PDF as blanks.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil
from typing import Literal

from villagedesk.printing.marks import (
    BOND,
    CLOSING,
    MARKS,
    NEVER,
    NO_END,
    NO_START,
    OPENING,
    SQUEEZED,
    STOPS,
    TOKEN,
    cleaned,
    costs,
)

Role = Literal["fang", "song", "biao", "hei", "kai"]
Advance = Callable[[Role, str], float]  # how wide a character is, in em

_LAST_RESORT = 5_000.0
_NOTHING = 1e-6  # widths are sums of fractions: less than this is no difference


@dataclass(frozen=True)
class Run:
    """Text in one role; `kern` is a blank behind it, in cells, at which the line is never cut (an item's number)."""

    text: str
    role: Role = "fang"
    kern: float = 0.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and where it stands, in cells from the left edge of the measure."""

    x: float
    char: str
    role: Role
    half: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line as set: its glyphs, its right end and the blank added in each gap, in cells."""

    glyphs: tuple[Glyph, ...]
    end: float
    gap: float = 0.0

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(slots=True)
class _Box:
    """What is never cut: its characters, their widths, and the blank it may lose at either end of a line."""

    text: str
    role: Role
    widths: list[float]
    left: float = 0.0
    right: float = 0.0
    half: bool = False
    cut: float = 0.0
    gap: bool = True

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def squeezable(self) -> bool:
        return self.text in SQUEEZED and not self.half

    def halve(self) -> None:
        self.widths, self.left, self.right, self.half = [0.5], 0.0, 0.0, True


def set_paragraph(
    runs: Sequence[Run],
    measure: float,
    *,
    advance: Advance,
    first_indent: float = 0.0,
    hanging: float = 0.0,
    justify: bool = True,
) -> list[Line]:
    """Break one paragraph into lines of `measure` cells; no text, no line.

    The first line begins `first_indent` cells in, the others `hanging`.  Without `justify` lines end where they end.
    """
    first, later = measure - first_indent, measure - hanging
    boxes = _boxes(runs, min(first, later), advance)
    ends = _Fit(boxes, first, later, justify).ends()
    starts = [0, *(end + 1 for end in ends)]
    lines = list[Line]()
    for start, end in zip(starts, ends, strict=False):
        room, indent = (later, hanging) if start else (first, first_indent)
        lines.append(_placed(boxes[start : end + 1], room, indent, first=not start, full=justify and end != ends[-1]))
    return lines


def one_line(runs: Sequence[Run], advance: Advance) -> Line:
    """Text in one line of its natural width; an empty line for no text."""
    return next(iter(set_paragraph(runs, NEVER, advance=advance)), Line((), 0.0))


def spread(text: str, cells: float, role: Role, advance: Advance) -> Line:
    """A short label spread so that it fills `cells` (分散对齐); longer ones keep their own width."""
    line = one_line([Run(text, role)], advance)
    if len(line.glyphs) < 2 or line.end >= cells:
        return line
    step = (cells - line.end) / (len(line.glyphs) - 1)
    return Line(tuple(replace(glyph, x=glyph.x + i * step) for i, glyph in enumerate(line.glyphs)), cells, step)


# --- boxes -------------------------------------------------------------------------------------


def _boxes(runs: Sequence[Run], narrowest: float, advance: Advance) -> list[_Box]:
    words = [cleaned(run.text) for run in runs]
    if words:
        words[0], words[-1] = words[0].lstrip(" \u3000"), words[-1].rstrip(" \u3000")
    parts_of_text = "".join(words).split(BOND)
    cost = costs("".join(parts_of_text), set(accumulate(len(part) for part in parts_of_text[:-1])))
    at, boxes = 0, list[_Box]()
    for run, bonded in zip(runs, words, strict=True):
        for match in TOKEN.finditer(bonded.replace(BOND, "")):
            word = match.group()
            at += len(word)
            widths = [1.0] if word in MARKS else [advance(run.role, char) for char in word]
            parts = [word] if sum(widths) <= narrowest else list(word)
            for part in parts:
                boxes.append(_box(part, run.role, widths if part is word else [advance(run.role, part)]))
                boxes[-1].cut = NEVER
            boxes[-1].cut = cost[at]
        if run.kern and boxes:
            boxes[-1].widths[-1] += run.kern
            boxes[-1].cut, boxes[-1].gap = NEVER, False
    _judge(boxes)
    _relieve(boxes, narrowest)
    return boxes


def _box(text: str, role: Role, widths: list[float]) -> _Box:
    box = _Box(text, role, widths)
    if text in OPENING:
        box.left = 0.5
    elif text in CLOSING or text in STOPS:
        box.right = 0.5
    elif text in " \u3000":
        box.right = widths[0]  # a blank at the end of a line is dropped
    return box


def _judge(boxes: list[_Box]) -> None:
    """Marks that meet, cuts that marks forbid, and where no blank is added."""
    for box, then in pairwise(boxes):
        if then.text in MARKS and box.text in CLOSING + STOPS:
            box.halve()
        elif box.text in OPENING and then.text in OPENING:
            then.halve()
        if box.text in OPENING or then.text in NO_START:
            box.gap = False
        if box.text in NO_END or then.text in NO_START:
            box.cut = NEVER
        elif then.text in ("——", "……"):
            box.cut = max(box.cut, 250.0)


def _relieve(boxes: list[_Box], narrowest: float) -> None:
    """Let what is longer than a line be cut after all, at a price."""
    start = 0
    for i, box in enumerate(boxes):
        if box.cut != NEVER or i == len(boxes) - 1:
            if sum(b.width for b in boxes[start : i + 1]) - box.right > narrowest:
                for b, then in zip(boxes[start:i], boxes[start + 1 : i + 1], strict=True):
                    b.cut = _LAST_RESORT * (2 if then.text in NO_START or b.text in NO_END else 1)
            start = i + 1


# --- fitting -----------------------------------------------------------------------------------


class _Fit:
    """Total fit by dynamic programming: the cheapest way to cut all boxes into lines."""

    def __init__(self, boxes: list[_Box], first: float, later: float, justify: bool) -> None:
        self.boxes, self.first, self.later, self.justify = boxes, first, later, justify
        self.width = [0.0, *accumulate(box.width for box in boxes)]
        self.gaps = [0, *accumulate(int(box.gap) for box in boxes)]
        self.squeeze = [0, *accumulate(int(box.squeezable) for box in boxes)]

    def ends(self) -> list[int]:
        """The index of the last box of each line."""
        count = len(self.boxes)
        best, back = [0.0] + [NEVER] * count, [0] * (count + 1)
        for start in range(count):
            if best[start] == NEVER:
                continue
            for end, cost in self._lines(start):
                if best[start] + cost < best[end + 1]:
                    best[end + 1], back[end + 1] = best[start] + cost, start
        ends, at = [], count
        while at:
            ends.append(at - 1)
            at = back[at]
        return ends[::-1]

    def _lines(self, start: int) -> list[tuple[int, float]]:
        """Every line that may begin at `start`: its last box and its cost."""
        room = self.later if start else self.first
        found, good = list[tuple[int, float]](), False
        full = bisect_left(self.width, self.width[start] + room * (0.75 if self.justify else 0.4)) - 1
        full = min(max(full, start), len(self.boxes) - 1)
        for end in range(full, len(self.boxes)):
            cost = self._cost(start, end, room)
            if cost is None:
                break
            if cost != NEVER:
                found.append((end, cost))
                good = good or self._free(end)
        for end in range(full - 1, start - 1, -1):
            if good:
                break
            cost = self._cost(start, end, room)
            if cost is not None and cost != NEVER:
                found.append((end, cost))
                good = self._free(end)
        return found

    def _free(self, end: int) -> bool:
        """Whether a cut here costs nothing: then no shorter line need be tried."""
        return self.boxes[end].cut == 0 or end == len(self.boxes) - 1

    def _cost(self, start: int, end: int, room: float) -> float | None:
        """What the line of boxes `start` to `end` costs; None when it is too long."""
        box, last = self.boxes[end], end == len(self.boxes) - 1
        natural = self.width[end + 1] - self.width[start] - box.right - (self.boxes[start].left if start else 0.0)
        slack, squeeze = room - natural, 0.5 * (self.squeeze[end] - self.squeeze[start])
        if slack < -squeeze - _NOTHING:
            return None
        if box.cut == NEVER and not last:
            return NEVER
        cost = 1.0 + (0.0 if last else box.cut)
        if slack < -_NOTHING:
            cost += 10.0 + 60.0 * (slack / squeeze) ** 2
        elif not last:
            gap = slack / max(self.gaps[end] - self.gaps[start], 1)
            cost += _stretched(gap) if self.justify else 4.0 * slack
        elif start and sum(len(b.text) for b in self.boxes[start : end + 1] if b.text not in MARKS) <= 1:
            cost += 300.0  # one han alone makes no line
        return cost


def _stretched(gap: float) -> float:
    """The price of blank between glyphs: above 0.08 a reader of the PDF takes it for a space, above 0.33 people do."""
    return 10.0 * (gap / 0.08) ** 2 + (100.0 if gap > 0.08 else 0.0) + (2_000.0 if gap > 0.33 else 0.0)


def _placed(boxes: list[_Box], room: float, indent: float, *, first: bool, full: bool) -> Line:
    """One line: what its ends lose, what is halved to pull it in, what is added between.  No other line has these boxes."""
    if boxes[-1].text in " \u3000":
        boxes.pop()
    elif boxes[-1].right:
        boxes[-1].halve()
    if boxes[0].left and not first:
        boxes[0].halve()
    slack = room - sum(box.width for box in boxes)
    if slack < -_NOTHING:
        chosen = [box for box in boxes[:-1] if box.squeezable][-ceil(-slack / 0.5 - _NOTHING) :]
        for box in chosen:
            box.halve()
        slack += 0.5 * len(chosen)
        full = True
    gaps = sum(box.gap for box in boxes[:-1])
    gap = slack / gaps if full and gaps and slack > 0 else 0.0
    glyphs, x = list[Glyph](), indent
    for box in boxes:
        for char, width in zip(box.text, box.widths, strict=True):
            glyphs.append(Glyph(x, char, box.role, box.half))
            x += width
        x += gap if box.gap else 0.0
    return Line(tuple(glyphs), x - (gap if boxes[-1].gap else 0.0), gap)
