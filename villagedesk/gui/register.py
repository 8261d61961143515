"""What editors may look up while a name is typed."""

from dataclasses import dataclass

from villagedesk.actions.office import Office
from villagedesk.records.kind import fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.public import masked
from villagedesk.store import queries


@dataclass(frozen=True)
class Found:
    """A record a reference may point at; `note` tells two of one name apart."""

    id: str
    name: str
    note: str


class Register:
    """The registers of the open desk, seen by the person who sits at it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def named(self, kind: str, words: str) -> list[Found]:
        """The records of a kind with these words in their name."""
        cls = KINDS.get(kind)
        if cls is None:
            return []
        told = [a for a in fields(cls) if a.ask.listed and a.name != cls.kind.title]
        with self._office.desk.reading() as session:
            return [
                Found(
                    kept.id,
                    kept.record.title,
                    "　".join(t for a in told if (t := masked(a.ask.personal & 2, getattr(kept.record, a.name)))),
                )
                for kept in queries.named(session, self._office.by, cls, words)
            ]
