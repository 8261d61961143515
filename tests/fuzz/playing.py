"""How fuzzers play: so many cases from a seed, each with dice of its own, each within bounds of time and memory.

`TEST_FUZZ` says how many cases each fuzzer plays, `TEST_SEED` which ones; a fuzzer that fails names the seed and the case.
"""

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
E = TypeVar("E", bound=Exception)

CASES, SEED = int(os.environ.get("TEST_FUZZ", "100")), int(os.environ.get("TEST_SEED", "1"))
_BATCH = 1_000
SECONDS, MEMORY = 60, 1 << 30
"""No case may take longer, nor take up more than this beside what is in use: far off, to catch what has no end."""


class Endless(BaseException):
    """A case took longer than any case may; no `except` of the program's stands in its way."""


def cases(share: int = 1) -> pytest.MarkDecorator:
    """A test over `numbers`, the cases it is to `play`: all, or one in `share` where a case is dear."""
    last = -(-CASES // share)
    batches = [range(first, min(first + _BATCH, last)) for first in range(0, last, _BATCH)]
    return pytest.mark.parametrize("numbers", batches, ids=[f"seed{SEED}-{b.start}-{b.stop - 1}" for b in batches])


def play(numbers: range, case: Callable[[Random], object]) -> None:
    """Play each case; the one that fails says which it is."""
    for number in numbers:
        try:
            with bounded(SECONDS, MEMORY):
                case(Random(f"{SEED}/{number}"))
        except BaseException as error:
            error.add_note(f"case {number} of TEST_SEED={SEED}")
            raise


def tried(act: Callable[[], T], refusal: type[E]) -> T | E:
    """What comes of it: a value, or the refusal.  Everything else that is raised goes through."""
    try:
        return act()
    except refusal as error:
        return error


@contextmanager
def bounded(seconds: float, memory: int) -> Iterator[None]:
    """What runs inside ends after that many seconds and gets no more than that many bytes."""

    def ring(*_: Any) -> None:
        raise Endless

    limits = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    before = signal.signal(signal.SIGALRM, ring)
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, limits[1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGALRM, before)
