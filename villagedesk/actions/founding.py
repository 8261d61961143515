"""A new desk with what is known of the place: its name from the list, its own record, the six councils."""

import csv
from functools import cache

from villagedesk.actions.office import Founding, Office, undo
from villagedesk.actions.office import found as found_desk
from villagedesk.actions.write import put
from villagedesk.base import ids
from villagedesk.base.codes import above
from villagedesk.base.paths import Places, resource
from villagedesk.records.kind import Record
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.kinds.people.village import Village
from villagedesk.records.numbers import short_name
from villagedesk.records.values import checked


@cache
def divisions() -> dict[str, str]:
    """Code → name of the shipped list (as of 2023-06-30; later codes are not published, so every name stays editable)."""
    with resource("divisions", "huishui_522731.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"]: row["name"] for row in csv.DictReader(file)}
    return {"522731": "惠水县", **known}


def found(
    places: Places,
    role: str,
    code: str,
    name: str,
    user: str,
    passphrase: str,
    *,
    laptop: int = 1,
    recovery: bool = False,
) -> tuple[Office, str]:
    """Set up a desk and write what every village has; return it open, and the recovery key ("" unless asked for)."""
    full = name.strip() or divisions().get(code, "")
    short = short_name(full)
    office, words = found_desk(places, Founding(role, code, short, user, laptop, short), passphrase, recovery=recovery)
    if role == "village" and laptop == 1:
        try:
            with office.desk.writing() as session:
                for record in _first_records(code, full, short):
                    put(session, office, record, ids.new(), "set")
        except BaseException:
            undo(office.desk)
            raise
    return office, words


def _first_records(code: str, full: str, short: str) -> list[Record]:
    unit = "community" if short.endswith("社区") else "village"
    known = divisions()
    village = checked(Village, {
        "name": short, "code": code, "unit": unit, "town": known.get(above(code), ""), "county": known.get(code[:6], ""),
        "committee": full if full.endswith("委员会") else "", "mediation": f"{short}人民调解委员会", "prefix": short,
    })  # fmt: skip
    return [village, *(checked(Council, {"key": key, "name": name, "years": 3}) for key, name in SIX.items())]
