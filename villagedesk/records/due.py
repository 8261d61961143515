"""Due dates: days are counted without the first one, and a last day that is a holiday moves (民法典 art. 201, 203)."""

from dataclasses import dataclass
from datetime import date, timedelta

from villagedesk.records.kind import Due, Record


@dataclass(frozen=True)
class Calendar:
    """Days off and moved workdays, from official tables; weekends where a year has none."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    def rest(self, day: date) -> bool:
        """Whether nobody works that day."""
        return day in self.off or (day.weekday() >= 5 and day not in self.work)

    def moved(self, day: date) -> date:
        """The day itself, or the next working day when it is a day of rest."""
        while self.rest(day) and day < date.max:
            day += timedelta(days=1)
        return day


def dues(record: Record, calendar: Calendar) -> list[Due]:
    """What a record asks for; a last day set by law that is a day of rest moves to the next working day."""
    try:
        own = record.dues()
    except OverflowError:  # counted past the last day there is
        return []
    return [Due(calendar.moved(d.on), d.what, d.basis, d.law) if d.law else d for d in own]
