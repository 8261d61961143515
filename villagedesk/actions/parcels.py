"""What lies ready for another unit, what it has said of what it got, and what it sent back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from villagedesk.actions.incoming import short_code
from villagedesk.actions.listing import local
from villagedesk.actions.office import Office
from villagedesk.actions.outgoing import named_files, waiting
from villagedesk.base.clock import Stamp
from villagedesk.base.codes import within
from villagedesk.records.entry import Entry, Envelope
from villagedesk.records.kinds import KINDS
from villagedesk.records.kinds.town import Review, Verdict
from villagedesk.records.rights import Deed, Viewer
from villagedesk.records.values import BadJson, strict_json
from villagedesk.store import journal, queries
from villagedesk.store.projection import CHAIN_ONLY
from villagedesk.store.queries import Kept
from villagedesk.store.tables import Device, Journal, Touch


@dataclass
class Parcel:
    """What would travel to a unit now.

    Attributes: `records` by kind, each once however often it was changed; `withheld` those of a kind that go without their content;
    `entries` every change; `files` attachments named.
    """

    org: str
    records: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    files: int = 0


def parcel(office: Office, org: str, *, full: bool = False) -> Parcel:
    """What a unit has not acknowledged yet, of what may go to it."""
    found, seen = Parcel(org), set[tuple[str, str]]()
    files: set[str] = set()
    with office.desk.reading() as session:
        for entry in waiting(session, office, org, full=full):
            found.entries += 1
            files |= named_files(entry).keys()
            key = (entry.env.t, entry.env.id)
            if entry.env.t not in CHAIN_ONLY and key not in seen:
                seen.add(key)
                found.records[entry.env.t] += 1
                found.withheld[entry.env.t] += entry.payload is None
    found.files = len(files)
    return found


@dataclass(frozen=True)
class Partner:
    """A unit whose device card is known: `devices` in use, and whether the digits of each were compared."""

    org: str
    name: str
    devices: int
    compared: bool


def partners(session: Session, office: Office) -> list[Partner]:
    """Who can be written to: the unit above first, then our own other laptops, then those below."""
    rows = session.exec(select(Device).where(col(Device.status) == "active", col(Device.branch_of).is_(None)))
    units: dict[str, list[Device]] = {}
    for device in rows:
        if device.dev != office.desk.me.dev:
            units.setdefault(device.org, []).append(device)
    return [
        Partner(org, units[org][0].name, len(units[org]), all(d.compared for d in units[org]))
        for org in sorted(units, key=lambda o: (len(o), o))
    ]


@dataclass(frozen=True)
class Receipt:
    """What a unit said it has taken in: the number of our bundle, new entries, what it found, files it lacks."""

    org: str
    name: str
    at: str
    no: int
    new: int
    code: str
    findings: tuple[str, ...]
    held: tuple[int, ...]
    want: int


def receipts(session: Session, office: Office, *, most: int = 12) -> list[Receipt]:
    """The newest receipts that were written to us, newest first."""
    names, me = queries.org_names(session), office.desk.me.org
    wanted = select(col(Touch.org), col(Touch.id)).where(col(Touch.kind) == "receipt", col(Touch.org) != me)
    newest = wanted.order_by(col(Touch.seq).desc()).limit(20 * most)
    keys = [(row[0], row[1]) for row in session.connection().execute(newest)]
    said = [
        (e, org, values)
        for (org, _), entries in journal.of_records(session, "receipt", keys).items()
        for e in entries
        if (values := _values(e)).get("to") == me and org in names
    ]
    said.sort(key=lambda one: one[0].order, reverse=True)
    return [_receipt(entry, org, names[org], values) for entry, org, values in said[:most]]


def _receipt(entry: Entry, org: str, name: str, values: dict[str, Any]) -> Receipt:
    findings = tuple(str(text)[:200] for text in _list(values.get("findings"))[:20])
    held = tuple(no for no in _list(values.get("held"))[:20] if isinstance(no, int))
    number, new = (one if isinstance(one := values.get(key), int) else 0 for key in ("no", "new"))
    return Receipt(
        org,
        name,
        local(entry)[:16],
        number,
        new,
        short_code(entry.hash),
        findings,
        held,
        len(_list(values.get("want"))),
    )


def _values(entry: Entry) -> dict[str, Any]:
    try:
        values = strict_json(entry.payload or b"{}")
    except BadJson:
        return {}
    return values if isinstance(values, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Answer:
    """The newest review of a record, the record as it stands now, and whether it was changed since."""

    review: Review
    kept: Kept
    changed: bool

    @property
    def open(self) -> bool:
        """Whether it was sent back and has not been corrected since."""
        return self.review.verdict is Verdict.RETURN and not self.changed and not self.kept.struck


def answers(session: Session, viewer: Viewer, *, org: str = "") -> dict[tuple[str, str, str], Answer]:
    """The newest review of each record (kind, org, id) that was reviewed, of one unit or of all; of what the viewer may read."""
    newest: dict[tuple[str, str, str], Kept] = {}
    for kept in sorted(queries.listed(session, viewer, Review), key=lambda k: (k.org, k.seq)):
        said = kept.record
        if isinstance(said, Review) and within(said.about_org, kept.org) and said.about_org != kept.org:
            newest[said.about_kind, said.about_org, said.about.id] = kept
    return dict(_found(session, viewer, {key: r for key, r in newest.items() if org in ("", key[1])}))


def _found(
    session: Session, viewer: Viewer, newest: dict[tuple[str, str, str], Kept]
) -> Iterator[tuple[tuple[str, str, str], Answer]]:
    for key in dict.fromkeys(kind for kind, _, _ in newest):
        cls = KINDS.get(key)
        if cls is None or not viewer.may(Deed.READ, cls.kind):
            continue
        ids = [identifier for kind, _, identifier in newest if kind == key]
        for kept in queries.some(session, viewer, cls, ids):
            said = newest.get((key, kept.org, kept.id))
            if said is not None and isinstance(said.record, Review):
                changed = kept.edition > said.record.edition or _written(session, kept) > _written(session, said)
                yield (key, kept.org, kept.id), Answer(said.record, kept, changed)


def _written(session: Session, kept: Kept) -> Stamp:
    """When the entry was written that is shown."""
    env = session.connection().execute(
        select(col(Journal.env)).where(col(Journal.dev) == kept.dev, col(Journal.seq) == kept.seq)
    )
    return Stamp.parse(Envelope.parse(env.scalar_one()).hlc)


def returned(session: Session, viewer: Viewer, *, org: str = "") -> list[Answer]:
    """What was sent back and is not corrected yet."""
    return [a for a in answers(session, viewer, org=org).values() if a.open]
