"""Numbers: the next one of a kind's series and year, given once and never again, in the stage that gives it."""

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.records.kind import Record
from villagedesk.records.numbers import number
from villagedesk.store import numbers
from villagedesk.store.tables import leading


def numbered(session: Session, office: Office, record: Record) -> Record:
    """The record with its number, where it stands at the stage that gives one and has none yet."""
    kind, me = record.kind, office.desk.me
    if not kind.number or record.stage != kind.flow.numbering or getattr(record, kind.number):
        return record
    year = _year(record)
    count = numbers.give(session, f"{kind.series}{me.laptop}", year)
    return record.model_copy(update={kind.number: number(me.prefix, kind.series, me.laptop, year, count)})


def _year(record: Record) -> int:
    """The year a number belongs to: that of the event, not of the typing."""
    when = getattr(record, leading(type(record)))
    return when if isinstance(when, int) else int(when.year)
