"""Entries of a bundle on their way into journal and rows, and the report of what they brought."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from villagedesk.actions import succession
from villagedesk.actions.enrol import note_device
from villagedesk.actions.looks import Look, Looker
from villagedesk.actions.office import Office
from villagedesk.actions.outgoing import named_files
from villagedesk.base.codes import division_ok, within
from villagedesk.base.errors import Refused
from villagedesk.exchange import bundle
from villagedesk.exchange.seal import Card, device_id
from villagedesk.records.entry import Entry
from villagedesk.records.values import BadJson, strict_json
from villagedesk.store import journal
from villagedesk.store.projection import CHAIN_ONLY, Projection
from villagedesk.store.tables import Device

_BATCH = 4_000


@dataclass
class Report:
    """What a bundle brought, or would bring.

    Attributes: `state` applied, preview, held (an earlier one is missing) or known (taken in before); `counts` new entries by
    kind; `withheld` new entries without their content, `filled` old ones whose content came; `looks` of a preview each record, up
    to a limit; `size` bytes of the file; `receipt` a 12-digit code to compare by eye, nothing more.
    """

    file: str
    sender: str
    name: str
    no: int
    compared: bool
    state: str
    new: int = 0
    again: int = 0
    withheld: int = 0
    filled: int = 0
    records: int = 0
    changed: int = 0
    files: int = 0
    clock: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    size: int = 0
    made: str = ""
    receipt: str = ""


class Held(Exception):
    """The bundle must wait: an earlier one is missing."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


class Intake:
    """Entries on their way into journal and rows, a few thousand at a time."""

    def __init__(self, session: Session, office: Office, sender: Device, report: Report) -> None:
        self.session, self.office, self.sender, self.report = session, office, sender, report
        self.streams = journal.streams(session)
        self.projection = Projection(session, {s.did: s.dev for s in self.streams.values()})
        self.named: dict[str, tuple[int, str]] = {}
        self.looker = Looker(session, office.by) if report.state == "preview" else None
        self._waiting: list[Entry] = []
        self._stream: journal.Stream | None = None
        self._stubs: set[int] = set()
        self._filled: dict[str, dict[tuple[str, str], None]] = {}
        self._asked = ""
        self._first_seen: set[tuple[str, str, str]] = set()
        self._empty = {
            org
            for org in {s.org for s in self.streams.values()}
            if not any(s.seq for s in self.streams.values() if s.org == org)
        }

    def take(self, entry: Entry, head: bundle.Head) -> None:
        """One entry, in order: equal ones only give their content where it lacked, a differing one opens a branch, a new one is kept."""
        if entry.did != self._asked:
            self.flush()
            self._stand(self._begin(entry, head), entry)
            self._asked = entry.did
        stream = self._stream
        assert stream is not None  # noqa: S101 -- set above
        if entry.env.seq <= stream.seq and journal.hash_at(self.session, stream.dev, entry.env.seq) != entry.hash:
            self.flush()
            stream = self._branch(stream, entry)
            self._stand(stream, entry)
        if entry.env.seq <= stream.seq:
            self._again(stream, entry)
            return
        self.report.clock += entry.env.tq != "ok"
        self.report.withheld += entry.payload is None
        self._waiting.append(entry if stream.did == entry.did else replace(entry, did=stream.did))
        self._learn(entry)
        if len(self._waiting) >= _BATCH:
            self.flush()

    def _stand(self, stream: journal.Stream, entry: Entry) -> None:
        """Go on in that chain, from that entry on."""
        self._stream, self._stubs = stream, journal.stubs(self.session, stream.dev, entry.env.seq)

    def _again(self, stream: journal.Stream, entry: Entry) -> None:
        """An entry we hold; its content is taken where we held it without."""
        self.report.again += 1
        if entry.payload is not None and entry.env.seq in self._stubs:
            journal.fill(self.session, stream.dev, entry)
            self.report.filled += 1
            self._filled.setdefault(entry.env.t, {})[stream.org, entry.env.id] = None
            self._learn(entry)

    def _begin(self, entry: Entry, head: bundle.Head) -> journal.Stream:
        """The stream of ours that this chain continues: the device's own, or a branch of it."""
        span = next(s for s in head.streams if s.did == entry.did)
        base = self.streams.get(entry.did)
        allowed = base and (within(base.org, self.sender.org) or base.org == self.office.desk.me.org)
        if base is None or not allowed:
            raise Refused(
                f"数据包里有没登记过的设备（{entry.did}）写的记录。请先登记那台电脑的设备卡，再收这个包。",
                command="enrol",
            )
        for one in (base, *(s for s in self.streams.values() if s.did.startswith(f"{entry.did}."))):
            if journal.hash_at(self.session, one.dev, span.first - 1) == span.prev:
                return one
        raise Held(
            f"缺前面的记录：{self.sender.name}的第{base.seq + 1}条到第{span.first - 1}条还没收到，等收到后自动接上。"
        )

    def _branch(self, stream: journal.Stream, entry: Entry) -> journal.Stream:
        """Two histories of one device: both are kept, the second under a name every receiver picks alike."""
        name = f"{entry.did}.{entry.hash.hex()[:8]}"
        if name not in self.streams:
            parent = self.session.get(Device, stream.dev)
            assert parent is not None  # noqa: S101 -- the stream came from it
            row = Device(
                did=name,
                org=parent.org,
                role=parent.role,
                name=parent.name,
                sign_pk=parent.sign_pk,
                age_pk=parent.age_pk,
                branch_of=parent.dev,
            )
            self.session.add(row)
            self.session.flush()
            assert row.dev is not None  # noqa: S101 -- flushed
            self.streams[name] = journal.Stream(row.dev, name, row.org, row.role, entry.env.seq - 1)
            self.projection.devs[name] = row.dev
            self.report.findings.append(
                f"{parent.name}有一台电脑的记录分成了两支（可能拷贝过整份数据），两支都留着，请核对。"
            )
        return self.streams[name]

    def _learn(self, entry: Entry) -> None:
        """Devices a superior vouches for, devices that go on for others, and files named."""
        if entry.env.t == "device" and (said := succession.heed(self.session, entry, self.office.desk.me)):
            self.report.findings.append(said)
        if entry.env.t == "cert":
            self._certified(entry)
        self.named |= named_files(entry)

    def _certified(self, entry: Entry) -> None:
        writer = self.streams[entry.did.partition(".")[0]]
        try:
            values: dict[str, Any] = strict_json(entry.payload or b"")
            card = Card(
                values["did"],
                bytes.fromhex(values["sign_pk"]),
                values["age_pk"],
                values["org"],
                values["role"],
                values["name"],
                "",
            )
            sound = division_ok(card.org, card.role) and card.did == device_id(card.sign_pk, card.age_pk)
        except (BadJson, KeyError, TypeError, ValueError, AttributeError):
            return
        if not sound or not isinstance(card.name, str) or not card.name.isprintable():
            return
        if card.did not in self.streams and len(card.org) > len(writer.org) and within(card.org, writer.org):
            note_device(self.session, card, compared=False)
            self.streams = {**journal.streams(self.session), **{k: v for k, v in self.streams.items() if v.seq}}
            self.projection.devs.update({s.did: s.dev for s in self.streams.values()})

    def flush(self) -> None:
        """Journal, then rows."""
        if self._waiting and self._stream:
            self._keep(self._stream)
        for kind, keys in self._filled.items():
            self._note(kind, keys)
            self.projection.put(kind, keys)
        self._filled = {}

    def _keep(self, stream: journal.Stream) -> None:
        entries, self._waiting = self._waiting, []
        stream = replace(stream, seq=entries[-1].env.seq, head=entries[-1].hash)
        self._stream = self.streams[stream.did] = stream
        journal.insert_many(self.session, stream, entries)
        self.report.new += len(entries)
        kinds: dict[str, dict[tuple[str, str], list[Entry]]] = {}
        for entry in entries:
            if entry.env.t not in CHAIN_ONLY:
                self.report.counts[entry.env.t] += 1
                kinds.setdefault(entry.env.t, {}).setdefault((stream.org, entry.env.id), []).append(entry)
        for kind, records in kinds.items():
            self._note(kind, records)
            fresh, old = self._parted(kind, records, stream.org in self._empty)
            self.report.records += len(fresh)
            self.report.changed += len(old)
            self.projection.place(kind, fresh, fresh=True)
            self.projection.put(kind, old)

    def _note(self, kind: str, keys: Iterable[tuple[str, str]]) -> None:
        if self.looker is not None:
            for key in keys:
                self.looker.note(kind, key)

    def _parted(
        self, kind: str, records: dict[tuple[str, str], list[Entry]], empty: bool
    ) -> tuple[dict[tuple[str, str], list[Entry]], list[tuple[str, str]]]:
        """Records all of whose entries are in this batch, and the others."""
        seen = {key for key in records if (kind, *key) in self._first_seen}
        if not empty:
            seen |= _touched_before(self.session, kind, records)
        self._first_seen.update((kind, *key) for key in records)
        return {k: v for k, v in records.items() if k not in seen}, list(seen)


def _touched_before(session: Session, kind: str, records: dict[tuple[str, str], list[Entry]]) -> set[tuple[str, str]]:
    """Which records had entries before those of this batch."""
    before = set()
    for (org, identifier), entries in records.items():
        count = (
            session.connection()
            .execute(
                text("SELECT count(*) FROM touch WHERE org = :o AND kind = :k AND id = :i"),
                {"o": org, "k": kind, "i": identifier},
            )
            .scalar_one()
        )
        if count > len(entries):
            before.add((org, identifier))
    return before
