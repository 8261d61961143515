"""A new desk with what is known of the place: its name from the list, its own record, the six councils, what it publishes."""

import tomllib

from villagedesk.actions.office import Founding, Office, undo
from villagedesk.actions.office import found as found_desk
from villagedesk.actions.write import put
from villagedesk.base import ids
from villagedesk.base.codes import above
from villagedesk.base.divisions import named
from villagedesk.base.paths import Places, resource
from villagedesk.records.kind import Record
from villagedesk.records.kinds.affairs.publication import Catalogue
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.kinds.people.village import Village
from villagedesk.records.numbers import committee_name, short_name
from villagedesk.records.values import checked

PREFIX = 12
"""Characters of a name that still make a number one can read out."""


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
    full = name.strip() or _listed(code)
    short = short_name(full)
    office, words = found_desk(
        places, Founding(role, code, short, user, laptop, short[:PREFIX]), passphrase, recovery=recovery
    )
    if role == "village" and laptop == 1:
        try:
            with office.desk.writing() as session:
                for record in _first_records(code, full, short):
                    put(session, office, record, ids.new(), "set")
        except BaseException:
            undo(office.desk)
            raise
    return office, words


def _listed(code: str) -> str:
    unit = named(code)
    return unit.name if unit else ""


def _first_records(code: str, full: str, short: str) -> list[Record]:
    committee = committee_name(full)
    community = short.endswith("社区") or committee.endswith("居民委员会")
    village = checked(Village, {
        "name": short, "code": code, "unit": "community" if community else "village",
        "town": _listed(above(code)), "county": _listed(code[:6]), "committee": committee,
        "mediation": f"{short}人民调解委员会", "prefix": short[:PREFIX],
    })  # fmt: skip
    councils = [checked(Council, {"key": key, "name": name, "years": 3}) for key, name in SIX.items()]
    return [village, *councils, *_catalogue()]


def _catalogue() -> list[Record]:
    """What a village publishes to begin with."""
    items = tomllib.loads(resource("affairs", "catalogue.toml").read_text("utf-8"))["item"]
    law = {"basis": "村民委员会组织法第三十五条"}
    return [
        checked(Catalogue, {**(law if one.get("law") else {}), "places": ["board"], **one, "order": n})
        for n, one in enumerate(items, 1)
    ]
