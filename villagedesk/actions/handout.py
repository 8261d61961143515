"""Tables of numbers on their way out of the desk: as papers, and as a file that WPS and Excel open."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from villagedesk.actions import papers, prints
from villagedesk.actions.figures import Number, Table
from villagedesk.actions.office import Office
from villagedesk.actions.prints import Made
from villagedesk.base import clock
from villagedesk.base.files import write_whole
from villagedesk.base.text import file_name
from villagedesk.records.kind import shown

KIND = "figures"
"""What papers of numbers are noted under when they leave."""
PROBLEMS = "存在问题"
"""A column of the paper that is filled in by hand."""


def paper(office: Office, table: Table) -> Made:
    """One table as a paper; nothing stands where there is none."""
    from villagedesk.printing.ledger import Listed, ledger

    name, told = f"{office.desk.me.name}{table.title}", len(table.heads)
    numbers = [k for line in table.lines[:1] for k in range(len(line.words), len(line.words) + len(line.numbers))]
    pen = [PROBLEMS] * table.total
    listed = Listed(
        name, [*table.heads, *pen], [[*table.texts(line), *([""] * len(pen))] for line in table.lines], table.when, table.note,
        figures=frozenset(numbers), pen=frozenset(range(told, told + len(pen))), ordered=False, total=table.total,
    )  # fmt: skip
    file = f"{file_name(f'{name}-{table.when}')}.pdf"
    return Made(KIND, None, 0, table.title, table.title, file, ledger(listed, papers.of_the_desk(office)))


def workbook(office: Office, tables: Iterable[Table]) -> bytes:
    """Tables as one file, a sheet each."""
    from villagedesk.exchange import excel

    unit, today = office.desk.me.name, shown(date.fromisoformat(clock.today()))
    return excel.workbook([
        excel.Sheet(
            table.title, f"{unit}{table.title}", f"填报单位：{unit}　统计时间：{table.when}　填报日期：{today}", table.heads,
            [[*line.words, *map(_cell, line.numbers), line.said][: len(table.heads)] for line in table.lines], table.note, table.total,
        )
        for table in tables
    ])  # fmt: skip


def called(office: Office, tables: list[Table]) -> str:
    """What a file of tables is called."""
    return f"{file_name(f'{office.desk.me.name}六会统计-{tables[0].when}')}.xlsx"


def save(office: Office, tables: list[Table], path: Path) -> Path:
    """Write tables as one file; return its path."""
    write_whole(path, workbook(office, tables))
    return path


def print_to(office: Office, tables: Iterable[Table], folder: Path) -> list[Path]:
    """Write each table as PDF into a folder; return their paths."""
    made = [paper(office, table) for table in tables]
    return [prints.put(office, one, folder / one.file) for one in made]


def _cell(number: Number) -> str | int | Decimal:
    """A number as a number: whole, or with decimals where its unit has parts."""
    if number.value is None:
        return number.shown
    unit = number.figure.unit
    return number.value if unit.parts == 1 else unit.told(number.value)
