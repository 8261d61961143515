"""The town's board: how each village stands month by month, what waits for a look, what was sent back and is not mended."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.base.codes import level_of, within
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.town import Verdict
from villagedesk.records.rights import Deed, Viewer
from villagedesk.store import queries, rollup

DUE = 10
"""The day of the next month by which a month's meetings are expected here; before it no village is behind."""

Key = tuple[str, str, str]
"""Kind, org, id."""


@dataclass
class Month:
    """One village in one month: meetings held, finalised, waiting for the town's look, sent back and not mended."""

    held: int = 0
    final: int = 0
    waiting: int = 0
    returned: int = 0

    def state(self, year: int, month: int, today: date) -> str:
        """returned, waiting, open (held, not finalised), done; without a meeting: missing, due (not yet the day), ahead."""
        if self.held:
            rest = "done" if self.final == self.held else "open"
            return "returned" if self.returned else "waiting" if self.waiting else rest
        if (year, month) > (today.year, today.month):
            return "ahead"
        until = date(year + month // 12, month % 12 + 1, DUE)
        return "missing" if today > until else "due"


def villages(session: Session, office: Office) -> dict[str, str]:
    """Division code → name of every village below this desk that is known."""
    me, names = office.desk.me.org, queries.org_names(session)
    return {org: names[org] for org in sorted(names) if level_of(org) == "village" and within(org, me)}


def months(session: Session, year: int) -> dict[tuple[str, int], Month]:
    """(village, month) → how it stands with its meetings."""
    said, found = rollup.verdicts(session), dict[tuple[str, int], Month]()
    for org, identifier, day, edition in rollup.standing(session, "meeting", str(year)):
        cell = found.setdefault((org, int(day[5:7])), Month())
        cell.held += 1
        cell.final += edition > 0
        verdict = said.get(("meeting", org, identifier))
        cell.returned += _returned(verdict, edition)
        cell.waiting += _waits(verdict, edition)
    return found


def in_month(session: Session, org: str, year: int, month: int) -> list[Key]:
    """The meetings of a village in a month."""
    rows = rollup.standing(session, "meeting", f"{year}-{month:02d}")
    return [("meeting", own, identifier) for own, identifier, _, _ in rows if own == org]


def waiting(session: Session, viewer: Viewer) -> list[Key]:
    """What villages finalised and the town has not looked at in this edition."""
    said = rollup.verdicts(session)
    return [
        (key, org, identifier)
        for key, cls in KINDS.items()
        if cls.kind.flow.sealing and "village" in cls.kind.levels and viewer.may(Deed.READ, cls.kind)
        for org, identifier, _, edition in rollup.standing(session, key)
        if _waits(said.get((key, org, identifier)), edition)
    ]


def _waits(verdict: tuple[str, int] | None, edition: int) -> bool:
    return edition > 0 and (verdict is None or verdict[1] < edition)


def _returned(verdict: tuple[str, int] | None, edition: int) -> bool:
    return verdict is not None and verdict[0] == Verdict.RETURN and verdict[1] >= edition
