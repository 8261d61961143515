"""How a record stands, in one word: still written, finalised, acknowledged by the unit above, or sent back by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.actions.outgoing import acknowledged
from villagedesk.base.codes import above
from villagedesk.store import overview
from villagedesk.store.queries import Kept


class Standing(StrEnum):
    """What somebody has to do with a record, from most to least."""

    STRUCK = "struck"
    RETURNED = "returned"
    OPEN = "open"
    """It is to be finalised next, and is not."""
    UNDERWAY = "underway"
    SETTLED = "settled"
    """Finalised or done."""
    THERE = "there"
    """Settled, and the unit above has said that it holds it."""


@dataclass(frozen=True)
class Standings:
    """What there is to know of all records at one moment: what came back, and how far each chain of ours is acknowledged."""

    org: str
    returned: frozenset[tuple[str, str]]
    there: Mapping[int, int]

    def of(self, kept: Kept) -> Standing:
        """Where a record stands."""
        flow = kept.record.kind.flow
        own = kept.org == self.org
        if kept.struck:
            return Standing.STRUCK
        if own and (kept.record.kind.key, kept.id) in self.returned:
            return Standing.RETURNED
        stage = flow[kept.stage]
        if not (stage.seals or stage.done or kept.edition or len(flow.stages) == 1):
            return Standing.OPEN if any(next_.seals for next_ in flow.next(kept.stage)) else Standing.UNDERWAY
        return Standing.THERE if own and kept.seq <= self.there.get(kept.dev, 0) else Standing.SETTLED


def standings(session: Session, office: Office) -> Standings:
    """As they are now."""
    me = office.desk.me.org
    back = overview.returned(session, office.by, me)
    return Standings(
        me,
        frozenset((line.kind, line.id) for line in back),
        acknowledged(session, office, above(me)) if above(me) else {},
    )
