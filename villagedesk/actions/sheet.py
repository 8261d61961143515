"""A sheet of people read row by row: what each row says, which household it belongs to, what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from villagedesk.actions.headings import HOUSEHOLD
from villagedesk.actions.meant import bare, is_sum, meant
from villagedesk.base.codes import born_in, id_number_ok, male_in
from villagedesk.base.errors import NotValid, Problem
from villagedesk.records.kinds.people.people import Person, Sex
from villagedesk.records.values import checked


class State(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    KNOWN = "已有"
    BAD = "有错"
    HELD = "等同户"


@dataclass
class Row:
    """One row of the sheet.

    Attributes: `at` its place among the rows, from 0; `values` what it says, by field, filled down where cells were merged;
    `problems` what is said of it, at fields; `twin` the person in the register it is.
    """

    at: int
    cells: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    state: State = State.NEW
    twin: str = ""

    def blame(self, name: str, text: str) -> None:
        """Say what keeps it from being taken in."""
        self.problems.append(Problem(name, text))
        self.state = State.BAD

    def hold(self, other: "Row") -> None:
        """Wait for another row of the same household."""
        self.problems.append(Problem("", f"同一户的第{other.at + 1}行有错，改好一起收。"))
        self.state = State.HELD

    def remark(self, name: str, text: str) -> None:
        """Say what should be looked at."""
        self.problems.append(Problem(name, text, warn=True))

    @property
    def heads(self) -> bool:
        """Whether this is the head of its household."""
        return bool(self.values.get("relation") == "户主")

    def told(self) -> str:
        """Everything that is said of it, in one line."""
        return "；".join(problem.text.rstrip("。") for problem in self.problems)


@dataclass
class Family:
    """The rows of one household; no household where `alone`."""

    rows: list[Row]
    values: dict[str, Any]
    alone: bool = False
    known: str = ""

    @property
    def head(self) -> Row | None:
        """The row of its head."""
        return next((row for row in self.rows if row.heads), None)

    @property
    def called(self) -> str:
        """The name of its head."""
        return str(self.head.values.get("name", "") if self.head else self.values.get("head", ""))

    def household(self, head: str, group: tuple[str, str] | None) -> dict[str, Any]:
        """What is said of the household, with the id of its head and its group (id, name)."""
        values = {name: value for name, value in self.values.items() if name in ("number", "address", "tags")}
        values["head"] = {"id": head, "name": self.called or "？"}
        return values | ({"group": {"id": group[0], "name": group[1]}} if group else {})


def read(rows: Sequence[tuple[str, ...]], heading: int, fields: Sequence[str], today: str) -> Iterator[Row]:
    """The rows below the heading that say anything; a row is read by the fields of its columns."""
    columns = {name: at for at, name in enumerate(fields) if name}
    only_heads = "head" in columns and "name" not in columns
    if only_heads:
        columns["name"] = columns.pop("head")
    group = ""
    for at in range(heading + 1, len(rows)):
        cells = rows[at]
        if not any(bare(cell) for cell in cells):
            continue
        row = Row(at, cells)
        if is_sum(cells):
            row.blame("name", "这一行像是合计或落款，不是人，不收。")
            yield row
            continue
        for name, column in columns.items():
            value, text, warn = meant(name, cells[column], today)
            if value != "":
                row.values[name] = value
            if text and warn:
                row.remark(name, text)
            elif text:
                row.blame(name, text)
        if only_heads or (row.values.get("head") and row.values["head"] == row.values.get("name")):
            row.values.setdefault("relation", "户主")
        group = row.values.setdefault("group", group)
        if not row.values.get("name") and row.state is not State.BAD:
            row.blame("name", "没有姓名。")
        _derive(row)
        _check(row)
        yield row


def _derive(row: Row) -> None:
    """What a sound identity number says of birth and sex: taken where nothing was written, held against it where it was."""
    number = str(row.values.get("id_number", ""))
    if not id_number_ok(number):
        return
    born, sex = born_in(number), Sex.MALE if male_in(number) else Sex.FEMALE
    bad = {problem.field for problem in row.problems if not problem.warn}
    if row.values.setdefault("born", born) != born and "born" not in bad:
        row.remark("born", f"出生日期和身份证号对不上（证号是{born}），请核对。")
    if row.values.setdefault("sex", sex) != sex and "sex" not in bad:
        row.remark("sex", f"性别和身份证号对不上（证号是{sex.label}），请核对。")
    if all(problem.field != "born" or "没有写到日" not in problem.text for problem in row.problems):
        return
    row.problems = [p for p in row.problems if p.field != "born"]  # the number says the day


def _check(row: Row) -> None:
    """What the description of a person says of it."""
    if row.state is State.BAD:
        return
    try:
        checked(Person, person_values(row))
    except NotValid as error:
        for problem in error.problems:
            row.blame(problem.field.partition(".")[0], problem.text)


def person_values(row: Row) -> dict[str, Any]:
    """What the row says of the person alone."""
    return {name: value for name, value in row.values.items() if name not in (*HOUSEHOLD, "group")}


def families(rows: Sequence[Row], fields: Sequence[str]) -> list[Family]:
    """The rows by households: by their number, by the head they name, or each from its head on.

    A cell that was merged over a household has its words in the first row only; the others belong to the row above.
    """
    found: dict[Any, Family] = {}
    made: list[Family] = []
    now: Family | None = None
    several = any(name in fields for name in ("number", "head", "relation"))
    for row in rows:
        number, head, group = (row.values.get(name, "") for name in ("number", "head", "group"))
        key = ("number", number, group) if number else ("head", head, group) if head else None
        if key is not None and key in found:
            now = found[key]
        elif key is not None or row.heads:
            now = Family([], {})
            made.append(now)
            if key is not None:
                found[key] = now
        elif now is None or not several or not row.values:
            if row.values.get("relation"):
                row.blame("relation", "前面没有“户主”那一行，不知道是哪一户的。")
            made.append(Family([row], {}, alone=True))
            continue
        elif not row.values.get("relation"):
            row.remark("relation", f"没有写是哪一户的，照上一行算成{now.called}户的人，请核对。")
        now.rows.append(row)
        said = {name: row.values[name] for name in HOUSEHOLD if name in row.values}
        now.values = {"group": group, **said, **now.values}
    return made
