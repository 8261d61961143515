"""Records in from a stick: quarantine → verify → preview → one transaction → receipt."""

import hashlib
import json
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from villagedesk.actions.enrol import note_device
from villagedesk.actions.office import Office, device_keys
from villagedesk.actions.outgoing import knows, named_files
from villagedesk.actions.write import raw
from villagedesk.base import clock, ids
from villagedesk.base.codes import above, division_ok, within
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import hash_of, write_stream
from villagedesk.exchange import bundle
from villagedesk.exchange.bundle import BundleError
from villagedesk.exchange.seal import Card, device_id
from villagedesk.records.entry import Entry, fingerprint
from villagedesk.records.rights import Deed
from villagedesk.records.values import BadJson, strict_json
from villagedesk.store import backup, blobs, journal, opening, queries
from villagedesk.store.projection import CHAIN_ONLY, Projection
from villagedesk.store.tables import BlobRow, BundleRow, Device, Link

_BATCH = 4_000


@dataclass
class Report:
    """What a bundle brought, or would bring.

    Attributes: `state` applied, preview, held (an earlier one is missing) or known (taken in before); `counts` new entries by
    kind; `receipt` a 12-digit code to compare by eye, nothing more.
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
    records: int = 0
    changed: int = 0
    files: int = 0
    clock: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    receipt: str = ""


class _Held(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)


class _Preview(Exception):
    pass


def take_in(office: Office, path: Path, *, preview: bool = False) -> list[Report]:
    """Take a bundle in, whole or not at all; also those that waited for it.  Taken in twice, it changes nothing.

    The file is copied first and never read in place.  `preview` says what would happen and keeps nothing.
    """
    office.must(Deed.CARRY)
    inbox = office.desk.places.inbox
    sha, copy = _copied(path, inbox)
    try:
        report = _known(office, sha, path) or _taken(office, copy, path.name, preview=preview)
    except BaseException as error:
        copy.unlink(missing_ok=True)
        name = bundle.hint(path)
        if isinstance(error, BundleError) and error.code == "not_for_us" and name:
            raise BundleError(error.code, f"文件名上的收件单位：{name.to}", sender=error.sender) from None
        raise
    if report.state in ("known", "preview"):
        if report.state == "preview" or _state_of(office, sha) != "held":
            copy.unlink(missing_ok=True)
        return [report]
    if report.state == "held":
        return [report]
    copy.unlink(missing_ok=True)
    return [report, *_waiting(office)]


def _copied(path: Path, inbox: Path) -> tuple[str, Path]:
    """The file in quarantine, under its hash."""
    try:
        sha = hash_of(path)
        copy = inbox / f"{sha}.age"
        if not copy.exists() or hash_of(copy) != sha:
            with path.open("rb") as source:
                read = write_stream(copy, lambda out: shutil.copyfileobj(source, out))
            if read != sha:
                copy.unlink()
                raise Surroundings("从U盘读两次，内容不一样，U盘可能接触不好。请重插后再试，没有收进任何东西。")
    except OSError as error:
        raise Surroundings(f"读不到数据包“{path}”：{error.strerror}。请插好U盘后再试。") from None
    return sha, copy


def _state_of(office: Office, sha: str) -> str:
    with office.desk.reading() as session:
        row = session.exec(select(BundleRow).where(col(BundleRow.sha) == sha)).first()
        return row.state if row else ""


def _known(office: Office, sha: str, path: Path) -> Report | None:
    with office.desk.reading() as session:
        row = session.exec(select(BundleRow).where(col(BundleRow.sha) == sha)).first()
        if row is None or row.state == "held":
            return None
        report = json.loads(row.report)
    if row.way == "out":
        raise Refused("这是本单位自己导出的数据包，不用收。请把它带给对方。")
    return Report(path.name, row.peer, report.get("name", ""), row.no, True, "known", receipt=report.get("receipt", ""))


def _waiting(office: Office) -> list[Report]:
    """Bundles that were held and may go in now, each in its own transaction."""
    done: list[Report] = []
    while True:
        with office.desk.reading() as session:
            held = [
                r.sha
                for r in session.exec(
                    select(BundleRow).where(col(BundleRow.state) == "held").order_by(col(BundleRow.no))
                )
            ]
        before = len(done)
        for sha in held:
            copy = office.desk.places.inbox / f"{sha}.age"
            report = None
            with suppress(BundleError):  # its copy was damaged here; it goes on waiting until it is brought again
                report = _taken(office, copy, copy.name, preview=False) if copy.exists() else None
            if report and report.state == "applied":
                copy.unlink()
                done.append(report)
        if len(done) == before:
            return done


def _taken(office: Office, copy: Path, name: str, *, preview: bool) -> Report:
    desk = office.desk
    with desk.reading() as session:
        own, signers = device_keys(session), {d.did: d for d in session.exec(select(Device))}
    with bundle.open_bundle(
        copy, own, lambda did: signers[did].sign_pk if did in signers and signers[did].status == "active" else None
    ) as reader:
        head, sender = reader.head, signers[reader.head.sender]
        report = Report(name, sender.org, sender.name, head.no, sender.compared, "preview" if preview else "applied")
        if head.sender == desk.me.did:
            raise Refused("这是本机自己导出的数据包，不用收。请把它带给对方。")
        if not preview:
            backup.automatic(desk, before="import")
        try:
            with desk.writing() as session:
                _apply(session, office, reader, sender, report)
                row = BundleRow(
                    sha=reader.sha256, way="in", peer=sender.org, no=head.no, state="applied", made=head.made, head=head.encode().decode(),
                    report=json.dumps({"name": sender.name, "new": report.new, "receipt": report.receipt}, ensure_ascii=False),
                )  # fmt: skip
                old = session.exec(select(BundleRow).where(col(BundleRow.sha) == row.sha)).first()
                if old is not None:
                    session.delete(old)
                    session.flush()
                session.add(row)
                if preview:
                    raise _Preview
        except _Preview:
            return report
        except _Held as held:
            return _hold(office, reader, report, str(held), preview=preview)
    return report


def _hold(office: Office, reader: bundle.Reader, report: Report, why: str, *, preview: bool) -> Report:
    held = replace(report, state="held", new=0, records=0, changed=0, counts=Counter(), findings=[why])
    if not preview:
        head = reader.head
        with office.desk.writing() as session:
            if session.exec(select(BundleRow).where(col(BundleRow.sha) == reader.sha256)).first() is None:
                session.add(BundleRow(
                    sha=reader.sha256, way="in", peer=head.sender_org, no=head.no, state="held", made=head.made, head=head.encode().decode(),
                    report=json.dumps({"name": report.name, "why": why}, ensure_ascii=False),
                ))  # fmt: skip
    return held


def _apply(session: Session, office: Office, reader: bundle.Reader, sender: Device, report: Report) -> None:
    """Everything a bundle holds, into one open transaction."""
    head, me = reader.head, office.desk.me
    worries = queries.worries(session)
    intake = _Intake(session, office, sender, report)
    for entry in reader.entries():
        intake.take(entry, head)
    intake.flush()
    for sha, (size, kind) in intake.named.items():
        blobs.want(session, sha, size, kind)
    for sha, data in reader.blobs():
        wanted = session.get(BlobRow, sha)
        if wanted is not None and wanted.state == "wanted":
            report.files += 1
            if report.state == "applied":
                blobs.keep(session, office.desk.places, data, wanted.type)
    reader.finish()
    _acknowledged(session, head, sender, report)
    after = queries.worries(session)
    for count, sentence in (
        (after.clashes - worries.clashes, "处在两台电脑上改得不一样，两边都留着，等村里选定"),
        (after.late - worries.late, "条改动晚于定稿，留着没有用，请村里作更正"),
        (after.shape - worries.shape, "条记录的格式不对，留在记录本里没有显示"),
        (after.newer - worries.newer, "条是新版程序写的，升级后就能看"),
        (report.clock, "条记录写下时电脑的时钟不准"),
    ):
        if count > 0:
            report.findings.append(f"有{count}{sentence}。")
    if within(sender.org, me.org) and report.state == "applied":
        report.receipt = _receipt(session, office, head, report)


class _Intake:
    """Entries on their way into journal and rows, a few thousand at a time."""

    def __init__(self, session: Session, office: Office, sender: Device, report: Report) -> None:
        self.session, self.office, self.sender, self.report = session, office, sender, report
        self.streams = journal.streams(session)
        self.projection = Projection(session, {s.did: s.dev for s in self.streams.values()})
        self.named: dict[str, tuple[int, str]] = {}
        self._waiting: list[Entry] = []
        self._stream: journal.Stream | None = None
        self._asked = ""
        self._first_seen: set[tuple[str, str, str]] = set()
        self._empty = {
            org
            for org in {s.org for s in self.streams.values()}
            if not any(s.seq for s in self.streams.values() if s.org == org)
        }

    def take(self, entry: Entry, head: bundle.Head) -> None:
        """One entry, in order: equal ones are passed over, a differing one opens a branch, a new one is kept."""
        if entry.did != self._asked:
            self.flush()
            self._stream, self._asked = self._begin(entry, head), entry.did
        stream = self._stream
        assert stream is not None  # noqa: S101 -- set above
        if entry.env.seq <= stream.seq:
            known = journal.hash_at(self.session, stream.dev, entry.env.seq)
            if known == entry.hash:
                self.report.again += 1
                return
            self.flush()
            stream = self._stream = self._branch(stream, entry)
            if entry.env.seq <= stream.seq:
                self.report.again += 1
                return
        self._waiting.append(entry if stream.did == entry.did else replace(entry, did=stream.did))
        self._stream = replace(stream, seq=entry.env.seq, head=entry.hash)
        self._learn(entry)
        if len(self._waiting) >= _BATCH:
            self.flush()

    def _begin(self, entry: Entry, head: bundle.Head) -> journal.Stream:
        """The stream of ours that this chain continues: the device's own, or a branch of it."""
        span = next(s for s in head.streams if s.did == entry.did)
        base = self.streams.get(entry.did)
        allowed = base and (within(base.org, self.sender.org) or base.org == self.office.desk.me.org)
        if base is None or not allowed:
            raise Refused(
                f"数据包里有没登记过的设备（{entry.did}）写的记录。请先登记那台电脑的设备卡（enrol），再收这个包。"
            )
        for one in (base, *(s for s in self.streams.values() if s.did.startswith(f"{entry.did}."))):
            if journal.hash_at(self.session, one.dev, span.first - 1) == span.prev:
                return one
        raise _Held(
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
        """Devices a superior vouches for, files named, what was withheld, clocks that were wrong."""
        self.report.clock += entry.env.tq != "ok"
        if entry.payload is None:
            self.report.withheld += 1
            return
        if entry.env.op == "cert":
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
        if not self._waiting or self._stream is None:
            return
        entries, self._waiting = self._waiting, []
        stream = self._stream
        self.streams[stream.did] = stream
        journal.insert_many(self.session, stream, entries)
        self.report.new += len(entries)
        kinds: dict[str, dict[tuple[str, str], list[Entry]]] = {}
        for entry in entries:
            if entry.env.t not in CHAIN_ONLY:
                self.report.counts[entry.env.t] += 1
                kinds.setdefault(entry.env.t, {}).setdefault((stream.org, entry.env.id), []).append(entry)
        for kind, records in kinds.items():
            fresh, old = self._parted(kind, records, stream.org in self._empty)
            self.report.records += len(fresh)
            self.report.changed += len(old)
            self.projection.place(kind, fresh, fresh=True)
            self.projection.put(kind, old)

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


def _acknowledged(session: Session, head: bundle.Head, sender: Device, report: Report) -> None:
    """What the sender says it holds moves the basis of our next export to it, if it holds what we wrote."""
    link = session.get(Link, head.sender) or Link(peer=head.sender)
    if link.epoch == head.epoch and head.no <= link.got_no and not _numbered_twice(session, head):
        return
    streams, acked = journal.streams(session), {}
    for did, (seq, digest) in head.knows.items():
        ours = streams.get(did)
        if ours is None or seq > ours.seq:
            continue
        if (journal.hash_at(session, ours.dev, seq) or b"").hex() == digest:
            acked[did] = [seq, digest]
        elif seq:
            report.findings.append(
                f"{sender.name}手里的第{seq}条与本机的不一样，可能有整份拷贝在用。两边的记录都留着，请核对。"
            )
    link.epoch, link.got_no, link.acked = head.epoch, head.no, json.dumps(acked)
    session.merge(link)
    if above(report.sender) == "" or len(sender.org) < 12:
        _trust(session, head.made)


def _numbered_twice(session: Session, head: bundle.Head) -> bool:
    """Whether the sender once gave this number to another bundle: then its whole disk was put back, and what it knows is less again."""
    alike = (col(BundleRow.way) == "in", col(BundleRow.peer) == head.sender_org, col(BundleRow.no) == head.no)
    before = (json.loads(row) for row in session.exec(select(col(BundleRow.head)).where(*alike)))
    return any(b["from"] == head.sender and b["id"] != head.id for b in before)


def _trust(session: Session, made: str) -> None:
    moment = made.replace("Z", "+00:00")
    if moment > opening.get(session, "trusted"):
        opening.put(session, "trusted", moment)


def _receipt(session: Session, office: Office, head: bundle.Head, report: Report) -> str:
    """The receipt, an entry of our own chain that goes back with the next bundle; returns its 12-digit code."""
    held = [
        r.no
        for r in session.exec(
            select(BundleRow).where(col(BundleRow.state) == "held", col(BundleRow.peer) == head.sender_org)
        )
    ]
    have = knows(session, office.desk.me.org, head.sender_org)
    wanted = (
        session.connection()
        .execute(text("SELECT sha FROM blob WHERE state = 'wanted' ORDER BY sha LIMIT 500"))
        .scalars()
        .all()
    )
    values = {
        "to": head.sender_org, "device": head.sender, "bundle": head.id, "no": head.no, "time": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "have": {k: v for k, v in have.items() if not k.startswith(office.desk.me.did)}, "new": report.new, "held": held, "want": list(wanted),
        "findings": report.findings,
    }  # fmt: skip
    entry = raw(
        session,
        office,
        "receipt",
        ids.new(),
        "receipt",
        json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(),
    )
    return short_code(entry.hash)


def short_code(digest: bytes) -> str:
    """Twelve digits that let people compare paper and screen; they prove nothing."""
    return fingerprint(hashlib.sha256(digest).digest()).replace(" ", "")[:12]
