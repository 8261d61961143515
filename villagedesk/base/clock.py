"""What time it is, and how far the clock can be trusted.

Entry times are UTC.  Event times are village wall time without a zone and are typed by people, never taken from here.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BUILD_DATE = datetime(2026, 11, 24, tzinfo=UTC)
"""No entry can be older than the program that wrote it (stick.md A3)."""

_FAR = timedelta(days=730)
_JUMP = timedelta(days=1)


def now() -> datetime:
    """The machine's idea of now, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def today() -> str:
    """Today as the village counts it (China has one zone, UTC+8), `YYYY-MM-DD`."""
    return (now() + timedelta(hours=8)).strftime("%Y-%m-%d")


@dataclass(frozen=True, order=True)
class Stamp:
    """A hybrid logical time: milliseconds since 1970 and a counter that orders what shares one.

    It only orders what is shown; parents decide what is kept.
    """

    ms: int
    count: int = 0

    def __str__(self) -> str:
        moment = datetime.fromtimestamp(self.ms / 1000, UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{self.ms % 1000:03d}Z/{self.count}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """Read `str(stamp)` back; ValueError when it is not one."""
        moment, _, count = text.partition("/")
        when = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        stamp = cls(round(when.timestamp() * 1000), int(count))
        if str(stamp) != text:
            raise ValueError(text)
        return stamp


def tick(last: Stamp | None, trusted: datetime | None = None) -> tuple[Stamp, str]:
    """The next stamp after `last`, and the quality of the clock: ok, low, high or jump.

    `trusted` is a time we know has passed (a receipt of the town).  A clock behind the build date or the trusted time is
    *low*; one more than two years ahead of that and of our own last entry is *high* and capped at a day ahead, so that a
    repaired clock is not stuck in the future; one more than a day behind our own last entry is a *jump*.
    """
    floor = max(BUILD_DATE, trusted or BUILD_DATE)
    wall, quality = now(), "ok"
    if wall < floor - _JUMP:
        wall, quality = floor, "low"
    elif wall > max(floor, datetime.fromtimestamp(last.ms / 1000, UTC) if last else floor) + _FAR:
        wall, quality = floor + _JUMP, "high"
    ms = int(wall.timestamp() * 1000)
    if last is None or ms > last.ms:
        return Stamp(ms), quality
    if last.ms - ms > _JUMP.total_seconds() * 1000 and quality == "ok":
        quality = "jump"
    return Stamp(last.ms, last.count + 1), quality
