"""Rows pasted from a spreadsheet: looked through before, taken in whole or not at all, taken back in one step."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from villagedesk.actions import twins
from villagedesk.actions.changed import Changed
from villagedesk.actions.headings import heading_row, keep_chosen
from villagedesk.actions.office import Office
from villagedesk.actions.sheet import Family, Row, State, families, person_values, read
from villagedesk.actions.write import must, put
from villagedesk.base import clock, ids
from villagedesk.base.text import ordinal
from villagedesk.records.kind import Record
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.people.people import Group, Household, Person
from villagedesk.records.rights import Deed
from villagedesk.records.values import checked
from villagedesk.store import queries

Told = Callable[[str, int, int], object]
"""Is told a sentence, how much is done, and how much there is; may raise to stop."""

_SPELLED = {ordinal(n): n for n in range(1, 100)}
WRONG = "错在哪里"
"""The heading of the column that says why a row was left out."""


def silent(sentence: str, done: int, whole: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Plan:
    """What would be taken in.

    Attributes: `rows` in their order; `families` the same by household; `groups` names of groups that would be made;
    `known_groups` name as written → the group it means.
    """

    rows: tuple[Row, ...]
    families: tuple[Family, ...]
    groups: tuple[str, ...]
    known_groups: dict[str, tuple[str, str]]

    @property
    def counts(self) -> Counter[State]:
        """How many rows there are of each state."""
        return Counter(row.state for row in self.rows)

    @property
    def homes(self) -> int:
        """How many households would be made."""
        return sum(_makes(family) for family in self.families)


@dataclass(frozen=True)
class Taken:
    """What was taken in: the change for every list, and the ids by kind so that it can be taken back."""

    changed: Changed
    ids: tuple[tuple[str, str], ...]

    def count(self, cls: type[Record]) -> int:
        """How many records of a kind."""
        return sum(key == cls.kind.key for key, _ in self.ids)


def planned(office: Office, rows: Sequence[tuple[str, ...]], fields: Sequence[str], told: Told = silent) -> Plan:
    """Every row read, held against the others and against the register; nothing is written."""
    with office.desk.reading() as session:
        return _planned(session, office, rows, fields, told)


def _planned(
    session: Session, office: Office, rows: Sequence[tuple[str, ...]], fields: Sequence[str], told: Told
) -> Plan:
    found: list[Row] = []
    for row in read(rows, heading_row(rows), fields, clock.today()):
        found.append(row)
        if len(found) % 50 == 0:
            told("正在核对", row.at, len(rows))
    groups, new = _groups(session, office, found)
    homes = families(found, fields)
    twins.mark(session, office, homes, groups)
    needed = {row.values["group"] for row in found if row.state is State.NEW and row.values.get("group")}
    return Plan(tuple(found), tuple(homes), tuple(name for name in new if name in needed), groups)


def take_in(office: Office, rows: Sequence[tuple[str, ...]], fields: Sequence[str], told: Told = silent) -> Taken:
    """Write the new persons, the households and groups they need, all or nothing; what is left out is not touched."""
    for cls in (Group, Household, Person):
        must(office, Deed.WRITE, cls)
    with office.desk.writing() as session:
        plan = _planned(session, office, rows, fields, told)
        done: list[tuple[type[Record], str, Record]] = []
        groups = dict(plan.known_groups)
        for name in plan.groups:
            groups[name] = ids.new(), name
            done.append((Group, groups[name][0], checked(Group, {"name": name, "number": _number(name) or None})))
        for family in plan.families:
            done += _records(family, groups)
        for at, (_, identifier, record) in enumerate(done):
            told(f"正在收进来，第{at + 1}条，共{len(done)}条", at, len(done))
            put(session, office, record, identifier, "set")
        head = heading_row(rows)
        if head >= 0:
            keep_chosen(session, rows[head], fields)
    kinds = frozenset(cls.kind.key for cls, _, _ in done)
    changed = Changed(kinds, tuple(identifier for _, identifier, _ in done))
    return Taken(changed, tuple((cls.kind.key, identifier) for cls, identifier, _ in done))


def take_back(office: Office, taken: Taken, told: Told = silent) -> Changed:
    """Strike what was taken in, in one step; what somebody struck meanwhile stays as it is."""
    with office.desk.writing() as session:
        for at, (kind, identifier) in enumerate(reversed(taken.ids)):
            told(f"正在撤回，第{at + 1}条，共{len(taken.ids)}条", at, len(taken.ids))
            must(office, Deed.WRITE, KINDS[kind])
            kept = queries.one(session, office.by, KINDS[kind], identifier, office.desk.me.org)
            if not kept.struck:
                put(session, office, kept.record, identifier, "del", reason="撤回粘贴")
    return taken.changed


def left_out(plan: Plan, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows that are not taken in, under their headings, with one column more that says why; to be pasted back."""
    heading = heading_row(rows)
    head = [(*rows[heading], WRONG)] if heading >= 0 else []
    out = [(*row.cells, row.told()) for row in plan.rows if row.state in (State.BAD, State.HELD)]
    return head + out if out else []


# --- groups -----------------------------------------------------------------------------------------


def _groups(session: Session, office: Office, rows: Iterable[Row]) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """What each group written means – by its name, or by its number – and the names of those that are in no register."""
    org = office.desk.me.org
    there = [k for k in queries.listed(session, office.by, Group) if k.org == org and isinstance(k.record, Group)]
    by_name = {k.record.title: (k.id, k.record.title) for k in there}
    by_number = {k.record.number: (k.id, k.record.title) for k in there if isinstance(k.record, Group)}
    known: dict[str, tuple[str, str]] = {}
    new: dict[str, None] = {}
    for row in rows:
        written = str(row.values.get("group", ""))
        if not written:
            continue
        number = _number(written)
        name = f"{number}组" if written.isdecimal() else written
        means = by_name.get(name) or by_name.get(f"{name}组") or (by_number.get(number) if number else None)
        row.values["group"] = name
        if means is not None:
            known[name] = means
        elif len(name) > 40:
            row.blame("group", "组名太长了，最多40个字。")
        else:
            new[name] = None
    return known, list(new)


def _number(written: str) -> int:
    """The number in 3, 3组, 第三组, 三村民小组; 0 where the group has a name."""
    found = re.fullmatch(r"第?(\d{1,3}|[一二三四五六七八九十]{1,3})(村民)?小?组?", written)
    if not found:
        return 0
    return int(found[1]) if found[1].isdecimal() else _SPELLED.get(found[1], 0)


# --- records ------------------------------------------------------------------------------------------


def _makes(home: Family) -> bool:
    """Whether a household is to be made."""
    return not home.alone and not home.known and any(row.state is State.NEW for row in home.rows)


def _records(home: Family, groups: dict[str, tuple[str, str]]) -> list[tuple[type[Record], str, Record]]:
    new = [row for row in home.rows if row.state is State.NEW]
    persons = {id(row): ids.new() for row in new}
    made: list[tuple[type[Record], str, Record]] = []
    ref: dict[str, str] = {"id": home.known, "name": home.called} if home.known else {}
    if _makes(home):
        head = home.head
        identifier = (persons.get(id(head)) or head.twin) if head is not None else ""
        ref = {"id": ids.new(), "name": home.called}
        record = checked(Household, home.household(identifier, groups.get(str(home.values.get("group", "")))))
        made.append((Household, ref["id"], record))
    for row in new:
        values = person_values(row)
        group = groups.get(str(row.values.get("group", "")))
        if group:
            values["group"] = {"id": group[0], "name": group[1]}
        if ref:
            values["household"] = ref
        made.append((Person, persons[id(row)], checked(Person, values)))
    return made
