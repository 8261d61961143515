"""What of a sheet of people is in the register already, stands in the sheet twice, or does not make a household."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.actions.sheet import Family, Row, State
from villagedesk.base.errors import NotValid
from villagedesk.records.kinds.people.people import Household
from villagedesk.records.values import checked
from villagedesk.store import households
from villagedesk.store.households import Known, KnownHome, KnownPerson


def mark(session: Session, office: Office, homes: Sequence[Family], groups: dict[str, tuple[str, str]]) -> None:
    """Find the households and persons of the sheet in the register and in the sheet itself; a household comes whole."""
    _compare(session, office, homes, groups)
    for home in homes:
        _within(home)
    _among(row for home in homes for row in home.rows)
    for home in homes:
        _hold(home)


def _compare(session: Session, office: Office, homes: Sequence[Family], groups: dict[str, tuple[str, str]]) -> None:
    rows = [row for home in homes for row in home.rows]
    there = households.known(
        session,
        office.by,
        office.desk.me.org,
        names=[str(row.values.get("name", "")) for row in rows] + [home.called for home in homes],
        ids=[str(row.values.get("id_number", "")) for row in rows],
        numbers=[str(home.values.get("number", "")) for home in homes],
    )
    register = _Register(there)
    for home in homes:
        if not home.alone:
            _find_home(home, register, groups)
        for row in home.rows:
            _find_person(row, home, register)


class _Register:
    """The same rows, by what they are looked up by."""

    def __init__(self, known: Known) -> None:
        self.by_number: dict[str, list[KnownHome]] = defaultdict(list)
        self.by_head: dict[str, list[KnownHome]] = defaultdict(list)
        self.head_of = {home.id: home.head for home in known.homes}
        for home in known.homes:
            self.by_number[home.number].append(home)
            self.by_head[home.name].append(home)
        self.by_id_number = {person.id_number: person for person in known.persons}
        self.by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in known.persons:
            self.by_name[person.name].append(person)


def _find_home(home: Family, register: _Register, groups: dict[str, tuple[str, str]]) -> None:
    group = groups.get(str(home.values.get("group", "")), ("", ""))[0]
    number = str(home.values.get("number", ""))
    named = register.by_number[number] if number else []
    called = [one for one in register.by_head[home.called] if not number or not one.number]
    found = [one for one in named or called if not group or not one.group or group == one.group]
    if len(found) > 1:
        which = f"编号都是{number}" if named else f"户主都叫{home.called}"
        home.rows[0].blame("head", f"登记里有{len(found)}户{which}，分不清是哪一户。请写清户编号和小组。")
    elif found:
        home.known = found[0].id


def _find_person(row: Row, home: Family, register: _Register) -> None:
    name, number = str(row.values.get("name", "")), str(row.values.get("id_number", ""))
    same = register.by_id_number.get(number) if number else None
    namesakes = register.by_name[name] if name else []
    there = [
        one for one in namesakes if home.known and (one.home == home.known or register.head_of[home.known] == one.id)
    ]
    if same is not None and same.name != name:
        row.blame("id_number", f"这个身份证号已经登记给{same.name}了。")
    elif same is None and there and number and there[0].id_number:
        row.blame("id_number", f"这一户已经有{name}，身份证号和这里的不一样。请核对。")
    elif same is not None or there:
        row.twin = same.id if same else there[0].id
        row.state = State.KNOWN if row.state is State.NEW else row.state
    elif namesakes:
        row.remark("name", f"登记里已经有{len(namesakes)}个{name}，请看看是不是同一个人。")


def _within(home: Family) -> None:
    """What is wrong inside one household."""
    heads = [row for row in home.rows if row.heads]
    for row in heads[1:]:
        row.blame("relation", f"这一户有两个户主：{heads[0].values.get('name', '')}、{row.values.get('name', '')}。")
    if not home.alone and not home.known and not home.called:
        home.rows[0].blame("relation", "这一户没有写明户主。请在“与户主关系”里给户主写上“户主”。")
    seen: dict[str, Row] = {}
    for row in home.rows:
        name = str(row.values.get("name", ""))
        if not home.alone and name in seen:
            row.blame("name", f"和第{seen[name].at + 1}行是同一户的同一个名字。")
        seen.setdefault(name, row)
    if not home.alone and home.rows:
        try:
            checked(Household, home.household("", None))
        except NotValid as error:
            for problem in error.problems:
                home.rows[0].blame(problem.field.partition(".")[0], problem.text)


def _among(rows: Iterable[Row]) -> None:
    """One identity number, one person."""
    seen: dict[str, Row] = {}
    for row in rows:
        number = str(row.values.get("id_number", ""))
        if number and number in seen:
            row.blame("id_number", f"身份证号和第{seen[number].at + 1}行的一样。")
        elif number:
            seen[number] = row


def _hold(home: Family) -> None:
    """A household comes whole: one bad row keeps the others back, so that they can be mended and pasted together."""
    bad = [row for row in home.rows if row.state is State.BAD]
    for row in home.rows:
        if bad and row.state is State.NEW:
            row.hold(bad[0])
