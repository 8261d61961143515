"""The ledgers on the shelf: which there are, under the council that keeps them, and how much this year holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from villagedesk.actions import meetings, roster
from villagedesk.actions.office import Office
from villagedesk.records.kind import Record
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.store import queries
from villagedesk.store.queries import Wanted

SHARED = ("campaign",)
"""Ledgers that any council writes in."""
FILE = ("charter", "plan")
"""What stands in a council's file."""


@dataclass(frozen=True)
class Book:
    """A ledger: its kind, and how many records of the year it holds."""

    cls: type[Record]
    count: int


@dataclass(frozen=True)
class Shelf:
    """The ledgers of one council; of several where it does their work as well.  `codes` are those of the six they belong to."""

    name: str
    codes: tuple[str, ...]
    books: tuple[Book, ...]


def shelves(office: Office, year: int) -> list[Shelf]:
    """Every ledger this person may read, by council in the order of the six; then what all of them share."""
    with office.desk.reading() as session:
        owners: dict[str, tuple[str, ...]] = {}
        for code, name in _owners(session, office).items():
            owners[name] = (*owners.get(name, ()), code)
        found = [Shelf(name, codes, _books(session, office, _of(codes), year)) for name, codes in owners.items()]
        found += [
            Shelf(name, (), _books(session, office, keys, year))
            for name, keys in (("各会共用", SHARED), ("会的档案", FILE))
        ]
    return [shelf for shelf in found if shelf.books]


def _owners(session: Session, office: Office) -> dict[str, str]:
    """Code → name of the council that keeps its ledgers, at a village's desk: the one that wears its hat, else itself."""
    names = {code: meetings.bodies(session)[code] for code in SIX}
    if office.by.level == "village":
        for kept in queries.listed(session, office.by, Council):
            if isinstance(kept.record, Council):
                worn = (code for code in SIX if code != kept.record.key and roster.wears(kept.record, code))
                names |= dict.fromkeys(worn, kept.record.name)
    return names


def _of(codes: tuple[str, ...]) -> list[str]:
    return [key for code in codes for key, cls in KINDS.items() if code in cls.kind.bodies]


def _books(session: Session, office: Office, keys: list[str] | tuple[str, ...], year: int) -> tuple[Book, ...]:
    return tuple(_counted(session, office, keys, year))


def _counted(session: Session, office: Office, keys: list[str] | tuple[str, ...], year: int) -> Iterator[Book]:
    readable = office.by.readable(cls.kind for cls in KINDS.values())
    for key in keys:
        if key in readable:
            yield Book(KINDS[key], queries.counted(session, office.by, KINDS[key], Wanted(year=year)))
