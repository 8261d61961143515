"""Desks with enough on them for every screen: the demonstration's, gone on with until there is a conflict, a draft, a struck record,
a bundle that waits; and desks on which there is nothing yet."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from villagedesk.actions import demo, drafts, enrol, incoming, outgoing, records
from villagedesk.actions.office import Founding, Office, at_desk, found
from villagedesk.base.paths import Places
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Viewer
from villagedesk.store import opening, queries

VILLAGE, TOWN, COUNTY = "522731102213", "522731102", "522731"
LONG = "幸福移民社区居民委员会"
"""As long as names of villages come: the measure of what must fit."""


@dataclass(frozen=True)
class Stage:
    """The desks, closed, and what opens them; each is copied before it is gone about."""

    home: Path
    keys: dict[str, tuple[bytes, Viewer]]

    @contextmanager
    def opened(self, name: str, root: Path) -> Iterator[Office]:
        """A copy of one of them at `root`, open."""
        shutil.copytree(self.home / name, root)
        key, viewer = self.keys[name]
        desk = opening.unlock(Places(root), key)
        try:
            yield Office(desk, viewer)
        finally:
            desk.close()

    def sticks(self, root: Path) -> Path:
        """A copy of the stick."""
        return Path(shutil.copytree(self.home / "stick", root))


def build(home: Path) -> Stage:
    """Play the demonstration and go on from there."""
    list(demo.play(home))
    kept: dict[str, tuple[bytes, Viewer]] = {}
    with ExitStack() as stack:
        village = stack.enter_context(at_desk(Places(home / "village"), "罗倩", demo.PASSPHRASE))
        town = stack.enter_context(at_desk(Places(home / "town"), "", demo.PASSPHRASE))
        kept |= {"village": (village.desk.key, village.by), "town": (town.desk.key, town.by)}
        _disagreed(village, town, home)
        _waiting(village, home / "stick")
        for name, role, code in (("fresh", "village", VILLAGE), ("county", "county", COUNTY)):
            office, _ = found(
                Places(home / name), Founding(role, code, LONG, "欧阳珍秀", 1, "幸福"), demo.PASSPHRASE, recovery=False
            )
            kept[name] = office.desk.key, office.by
            office.desk.close()
    return Stage(home, kept)


def _disagreed(village: Office, town: Office, home: Path) -> None:
    """A second laptop of the village, on which a meeting was changed otherwise than here."""
    second, _ = found(
        Places(home / "second"), Founding("village", VILLAGE, "好花红村", "吴昌平", 2), demo.PASSPHRASE, recovery=False
    )
    way = home / "between"
    way.mkdir()
    for giver, taker in ((village, second), (second, village), (second, town)):
        path, card = enrol.write_card(giver, way)
        enrol.enrol(taker, path, digits=card.digits)
    [sent] = outgoing.export(village, way, to_org=VILLAGE)
    incoming.take_in(second, sent.path)
    meeting = _open_meeting(village)
    for office, place in ((village, "村小学教室"), (second, "辉油组鼓楼坪，下雨就改在罗正华家堂屋")):
        records.edit(office, KINDS["meeting"], meeting, {"place": place})
    [sent] = outgoing.export(second, way, to_org=VILLAGE)
    incoming.take_in(village, sent.path)
    second.desk.close()


def _open_meeting(office: Office) -> str:
    with office.desk.reading() as session:
        return next(k.id for k in queries.listed(session, office.by, KINDS["meeting"]) if not k.edition)


def _waiting(village: Office, stick: Path) -> None:
    """A draft, a struck record, and a bundle with something new, something changed and a photo."""
    with village.desk.reading() as session:
        awards = [k.id for k in queries.listed(session, village.by, KINDS["award"], limit=1)]
        people = [k.id for k in queries.listed(session, village.by, KINDS["person"], limit=2)]
    drafts.keep(village, KINDS["person"], people[1], {"phone": "1398541"}, place="phone", caret=7)
    records.strike(village, KINDS["award"], awards[0], reason="登记重了")
    records.edit(village, KINDS["person"], people[0], {"phone": "13985412345", "id_number": "522731196903045212"})
    outgoing.export(village, stick)


def first_of(office: Office, kind: str, *, final: bool | None = None) -> tuple[str, str] | None:
    """Id and unit of a record of a kind; a finalised one or one that is not, where that is asked for."""
    with office.desk.reading() as session:
        found = queries.listed(session, office.by, KINDS[kind])
        return next(((k.id, k.org) for k in found if final is None or (k.edition > 0) == final), None)


__all__ = ["LONG", "Stage", "build", "first_of"]
