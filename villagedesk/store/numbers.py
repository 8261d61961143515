"""Giving numbers: the next one of a series and year, never twice."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col

from villagedesk.store.tables import Number


def give(session: Session, series: str, year: int) -> int:
    """The next number of a series; kept by the transaction it is given in."""
    statement = insert(Number).values(series=series, year=year, last=1)
    statement = statement.on_conflict_do_update(index_elements=["series", "year"], set_={"last": col(Number.last) + 1})
    return int(session.connection().execute(statement.returning(col(Number.last))).scalar_one())


def given(session: Session) -> dict[str, int]:
    """Every series and how far it has come, for the sentinel."""
    rows = session.connection().execute(select(col(Number.series), col(Number.year), col(Number.last)))
    return {f"{series}|{year}": last for series, year, last in rows}


def not_below(session: Session, known: dict[str, int]) -> None:
    """Raise every series to what is known to have been given, after a backup was put back."""
    for key, last in known.items():
        series, _, year = key.rpartition("|")
        statement = insert(Number).values(series=series, year=int(year), last=last)
        higher = statement.on_conflict_do_update(
            index_elements=["series", "year"], set_={"last": last}, where=col(Number.last) < last
        )
        session.connection().execute(higher)
