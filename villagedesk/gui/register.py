"""What editors may look up while one types: names of the registers, and sentences that come again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.actions import feasts, matters, meetings, phrases, publications, roster
from villagedesk.actions.office import Office
from villagedesk.actions.phrases import Phrase
from villagedesk.base.errors import DeskError
from villagedesk.records.due import Rules
from villagedesk.records.kind import fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.people.people import Person
from villagedesk.records.public import masked
from villagedesk.records.values import dumped
from villagedesk.store import queries
from villagedesk.store.queries import Kept
from villagedesk.store.terms import rules_of


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

    def bodies(self) -> dict[str, str]:
        """Every body a sitting may stand for, by code."""
        with self._office.desk.reading() as session:
            return meetings.bodies(session)

    def rules(self) -> Rules:
        """The terms and the calendar that hold here."""
        with self._office.desk.reading() as session:
            return rules_of(session, self._office.desk.me.org)

    def entitled(self, bodies: Sequence[str], day: date) -> list[dict[str, Any]]:
        """The lines of the roll: everybody who should come to a sitting of these bodies."""
        with self._office.desk.reading() as session:
            return [seat.line(len(bodies) > 1) for seat in roster.entitled(session, self._office.by, bodies, day)]

    def last_meeting(self, bodies: Sequence[str]) -> dict[str, Any]:
        """What the last meeting of the same bodies said of itself; nothing when there was none."""
        last = roster.last_sitting(self._office, bodies)
        return dumped(last.record) if last else {}

    def feast_custom(self) -> feasts.Custom:
        """What a wedding or a funeral is held against."""
        return feasts.custom(self._office)

    def group_of(self, person: str) -> dict[str, Any] | None:
        """The group a villager belongs to; nothing where that is not known or not to be read."""
        try:
            with self._office.desk.reading() as session:
                record = queries.one(session, self._office.by, Person, person).record
        except DeskError:
            return None
        group = record.group if isinstance(record, Person) else None
        return group.model_dump() if group else None

    def of_catalogue(self, identifier: str) -> dict[str, Any]:
        """What a publication takes over from the catalogue."""
        return publications.of_catalogue(self._office, identifier)

    def objections(self, publication: str) -> list[Kept]:
        """What villagers have said to a publication."""
        return publications.objections(self._office, publication)

    def step_facts(self, kind: str, identifier: str) -> dict[str, Any]:
        """What a step of a matter takes over from the meeting or the publication it points at."""
        return matters.facts(self._office, kind, identifier)

    def phrases(self, kind: str, field: str, words: str) -> list[Phrase]:
        """The sentences for a field of a kind that hold these words, or may be typed so."""
        with self._office.desk.reading() as session:
            return phrases.offered(session, self._office, kind, field, words)

    def keep_phrase(self, kind: str, field: str, text: str) -> None:
        """Keep a sentence for this field."""
        phrases.keep(self._office, kind, field, text)

    def drop_phrase(self, kind: str, text: str) -> str:
        """Let a kept sentence go; the field it was kept for."""
        return phrases.drop(self._office, kind, text)
