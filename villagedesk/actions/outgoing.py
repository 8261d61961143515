"""Records out onto a stick: everything since the last entry the receiver has acknowledged."""

import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from villagedesk import __version__
from villagedesk.actions.office import Office, device_keys
from villagedesk.base import clock, ids
from villagedesk.base.codes import above, within
from villagedesk.base.errors import Refused
from villagedesk.exchange import bundle
from villagedesk.exchange.head import BLOB_LIMIT
from villagedesk.exchange.seal import allowed_signers
from villagedesk.records.entry import START, Entry
from villagedesk.records.kind import Shape, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed
from villagedesk.records.values import BadJson, strict_json
from villagedesk.store import blobs, journal
from villagedesk.store.tables import BlobRow, BundleRow, Device, Link, Touch

_SHA = re.compile("[0-9a-f]{64}")
FILES_LIMIT = bundle.CAP // 4 * 3
"""Bytes of attachments in one bundle: records come first, photos may trail them."""

BASIS = "法定职责（向上级报告）"
"""What most records travel on; other reasons are written with the export."""


@dataclass(frozen=True)
class Sent:
    """One bundle that was written; its records all went.

    Attributes: `lacking` attachments that could not be read here; `later` those that did not fit: the receiver will ask for them.
    """

    path: Path
    to_org: str
    no: int
    entries: int
    files: int
    size: int
    lacking: int = 0
    later: int = 0


Progress = Callable[[int, int], None]
"""Told how much of the whole is done, now and then; what it raises stops the work, of which then nothing is left."""


def export(
    office: Office,
    folder: Path,
    *,
    to_org: str = "",
    full: bool = False,
    reason: str = BASIS,
    progress: Progress | None = None,
) -> list[Sent]:
    """Write a bundle for the unit above, or for each unit below; `to_org` names one.  The stick's file is whole or absent.

    `full` lets confidential records travel with their content; else only their summaries do.  Every export is kept in the log.
    """
    office.must(Deed.CARRY)
    return [_one(office, folder, org, full, reason, progress) for org in _targets(office, to_org)]


def _targets(office: Office, to_org: str) -> list[str]:
    """Whom a bundle is for; `Refused` where no device of theirs is known."""
    with office.desk.reading() as session:
        known = {d.org for d in _active(session) if d.dev != office.desk.me.dev}
    me = office.desk.me.org
    targets = (
        [to_org]
        if to_org
        else [above(me)]
        if len(me) == 12
        else sorted(o for o in known if above(o) == me or o == above(me))
    )
    missing = [o for o in targets if o not in known]
    if missing or not targets:
        who = f"单位{missing[0]}" if missing else "下级单位"
        raise Refused(f"还没有登记{who}的设备卡，不知道交给谁。请先取来对方的设备卡并登记。", command="enrol")
    return targets


def _active(session: Session) -> list[Device]:
    return list(
        session.exec(
            select(Device)
            .where(col(Device.status) == "active", col(Device.branch_of).is_(None))
            .order_by(col(Device.did))
        )
    )


def _peers(session: Session, office: Office, org: str) -> tuple[list[Device], list[Link]]:
    """The devices a unit is reached by, and how far each of them is."""
    peers = [d for d in _active(session) if d.org == org and d.dev != office.desk.me.dev]
    return peers, [session.get(Link, p.did) or Link(peer=p.did) for p in peers]


def _spans(
    session: Session, office: Office, streams: dict[str, journal.Stream], links: list[Link], org: str, *, full: bool
) -> list[bundle.Stream]:
    """What of each chain a unit does not hold yet, as far as it has said."""
    me, spans = office.desk.me, []
    for stream in sorted(streams.values(), key=lambda s: (s.dev != me.dev, s.did)):
        first = _first(session, stream, links, full=full or org in (me.org, stream.org), reader=org)
        if _goes(stream.org, me.org, org) and stream.seq >= first:
            prev = journal.hash_at(session, stream.dev, first - 1) or START
            spans.append(bundle.Stream(stream.did, first, stream.seq, prev, stream.head))
    return spans


class _Steps:
    """Counts what was done, and tells of every hundredth step."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress, self.whole, self._done = progress, whole, 0

    def one(self) -> None:
        """One more."""
        if self._progress is not None and self._done % 100 == 0:
            self._progress(min(self._done, self.whole), self.whole)
        self._done += 1

    def read(self, blob: bundle.Blob) -> bundle.Blob:
        """The same file, each reading of which is a step."""

        def read() -> bytes:
            if self._progress is not None:
                self._progress(min(self._done, self.whole), self.whole)
            self._done += 1
            return blob.read()

        return replace(blob, read=read)


def _one(office: Office, folder: Path, org: str, full: bool, reason: str, progress: Progress | None) -> Sent:
    me, desk = office.desk.me, office.desk
    with desk.writing() as session:
        devices, streams = _active(session), journal.streams(session)
        peers, links = _peers(session, office, org)
        spans = _spans(session, office, streams, links, org, full=full)
        count = sum(s.last - s.first + 1 for s in spans)
        known = knows(session, me.org, org)
        no = max((link.sent_no for link in links), default=0) + 1
        head = bundle.Head(
            id=ids.new(), no=no, prev=links[0].sent_tag, sender=me.did, sender_org=me.org, to=tuple(p.did for p in peers), to_org=org,
            epoch=me.epoch, kind="side" if org == me.org else "up" if len(org) < len(me.org) else "down",
            detail="full" if full else "summary", reason=reason, streams=tuple(spans), knows=known,
            lacks=lacks(session, known), min_reader=bundle.READER, schema=1, app=__version__, files=(), made=f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        )  # fmt: skip
        recipients = sorted(
            {p.age_pk for p in peers} | {d.age_pk for d in devices if d.dev == me.dev or d.role == "county"}
        )
        signers = allowed_signers((d.did, d.sign_pk) for d in devices if within(d.org, me.org) or d.org == me.org)

        def entries(span: bundle.Stream) -> Iterator[Entry]:
            writer = streams[span.did].org
            for entry in journal.between(session, streams[span.did], span.first, span.last):
                steps.one()
                yield _as_seen_by(entry, writer, org, full=full or org in (me.org, writer))

        steps = _Steps(progress, 2 * count)  # once for the files they name, once to be written
        files = _files(session, office, (e for span in spans for e in entries(span)))
        files |= _asked_for(session, office, org, entries)
        fitting = [steps.read(blob) for blob in _fitting(files.values())]
        steps.whole += len(fitting)
        path, own = folder / bundle.file_name(me.did, org, no), device_keys(session)
        draft = bundle.Draft(head, entries, fitting, recipients, signers)
        try:
            done = bundle.write(path, draft, own)
        except blobs.Lost:  # a file that is not whole must not keep the records at home
            draft.blobs = [blob for blob in fitting if _readable(blob)]
            done = bundle.write(path, draft, own)
        for link in links:
            link.sent_no, link.sent_tag = no, done.tag
            session.merge(link)
        session.add(
            BundleRow(
                sha=done.sha256,
                way="out",
                peer=org,
                no=no,
                state="sent",
                made=head.made,
                head=done.head.encode().decode(),
            )
        )
    carried = len(draft.blobs)
    return Sent(path, org, no, count, carried, done.size, len(fitting) - carried, len(files) - len(fitting))


def waiting(session: Session, office: Office, org: str, *, full: bool) -> Iterator[Entry]:
    """The entries a bundle for that unit would hold now, as they would travel; none where nobody there is known."""
    streams, (peers, links) = journal.streams(session), _peers(session, office, org)
    for span in _spans(session, office, streams, links, org, full=full) if peers else []:
        writer = streams[span.did].org
        for entry in journal.between(session, streams[span.did], span.first, span.last):
            yield _as_seen_by(entry, writer, org, full=full or org in (office.desk.me.org, writer))


def acknowledged(session: Session, office: Office, org: str) -> dict[int, int]:
    """Our chains → how far every device of that unit has said it holds them."""
    _, links = _peers(session, office, org)
    own = (s for s in journal.streams(session).values() if s.org == office.desk.me.org)
    return {stream.dev: _basis(session, stream, links) for stream in own}


def _goes(stream_org: str, mine: str, theirs: str) -> bool:
    """Which chains go where: up what is ours and below us; down our own and what the receiver itself once wrote; aside, ours."""
    if within(mine, theirs):
        return within(stream_org, mine)
    return stream_org == mine or within(stream_org, theirs)


def _basis(session: Session, stream: journal.Stream, links: list[Link]) -> int:
    """How far every receiver has acknowledged a chain, with the right hash."""
    acked = [json.loads(link.acked).get(stream.did, [0, ""]) for link in links]
    sure = [seq for seq, digest in acked if seq and (journal.hash_at(session, stream.dev, seq) or b"").hex() == digest]
    return min(sure) if sure and len(sure) == len(links) else 0


def _first(session: Session, stream: journal.Stream, links: list[Link], *, full: bool, reader: str) -> int:
    """Where a chain is taken up: behind what is acknowledged, or at the first content a receiver lacks and may now be given."""
    basis = _basis(session, stream, links)
    lacking = [json.loads(link.lacks).get(stream.did, 0) for link in links]
    since = min((seq for seq in lacking if seq), default=0)
    if since and full:
        for entry in journal.between(session, stream, since, basis):
            if _withheld(entry) and entry.payload is not None and _may_travel(entry, stream.org, reader, full=full):
                return entry.env.seq
    return basis + 1


def knows(session: Session, mine: str, theirs: str) -> dict[str, tuple[int, str]]:
    """What we hold of the chains the receiver has to do with, without a gap: our acknowledgement."""
    near = (s for s in journal.streams(session).values() if s.seq and "." not in s.did)
    return {s.did: (s.seq, s.head.hex()) for s in near if s.org == mine or within(s.org, theirs) or within(s.org, mine)}


def lacks(session: Session, known: Iterable[str]) -> dict[str, int]:
    """The first entry of each chain that we hold without its content, of those whose content may come."""
    streams = journal.streams(session)
    return {did: seq for did in known if (seq := journal.lacking(session, streams[did].dev))}


def _as_seen_by(entry: Entry, writer: str, reader: str, *, full: bool) -> Entry:
    """The entry as it may travel: whole, or a stub where its payload is withheld."""
    if entry.payload is None or _may_travel(entry, writer, reader, full=full):
        return entry
    return replace(entry, payload=None)


def _may_travel(entry: Entry, writer: str, reader: str, *, full: bool) -> bool:
    if entry.env.t in ("cert", "receipt", "review") and len(reader) > len(writer):
        about = _values(entry)
        return reader in (about.get("org"), about.get("to"), about.get("about_org"))
    withheld = _withheld(entry)
    return "n" not in withheld and (full or "s" not in withheld)


def _withheld(entry: Entry) -> str:
    """What the writer says of the entry on the way, and what we know of its kind: the stricter holds."""
    cls = KINDS.get(entry.env.t)
    return entry.env.w + (cls.kind.withheld if cls else "")


def named_files(entry: Entry) -> dict[str, tuple[int, str]]:
    """The attachments an entry names that may travel: hash → size and type.  A bad shape names none; projecting it tells of it."""
    found: dict[str, tuple[int, str]] = {}
    if entry.payload is None or b'"sha256"' not in entry.payload:
        return found
    cls = KINDS.get(entry.env.t)
    names = [a.name for a in fields(cls) if a.shape is Shape.FILES] if cls else []
    try:
        values = strict_json(entry.payload)
        for one in (f for name in names for f in values.get(name, [])):
            if one.get("travels", True) and _SHA.fullmatch(one["sha256"]) and one["size"] in range(BLOB_LIMIT + 1):
                kind = str(one.get("type", ""))[:80]
                found[one["sha256"]] = (int(one["size"]), kind if kind.isascii() else "")
    except (BadJson, AttributeError, KeyError, TypeError):
        pass
    return found


def _files(session: Session, office: Office, entries: Iterator[Entry]) -> dict[str, bundle.Blob]:
    """The attachments that the entries name, that may travel, and that are here."""
    wanted: dict[str, bundle.Blob] = {}
    for sha in (sha for entry in entries for sha in named_files(entry)):
        row = session.get(BlobRow, sha)
        if row is not None and row.state == "have":
            wanted[sha] = bundle.Blob(sha, _ext(row.type), row.size, _reader(session, office, sha))
    return wanted


def _asked_for(
    session: Session, office: Office, org: str, entries: Callable[[bundle.Stream], Iterator[Entry]]
) -> dict[str, bundle.Blob]:
    """The files the receiver's newest receipt says it lacks, of those that may travel to it."""
    asked = (col(Touch.kind) == "receipt", col(Touch.org) == org)
    latest = select(col(Touch.org), col(Touch.id)).where(*asked).order_by(col(Touch.seq).desc()).limit(20)
    keys = [(row[0], row[1]) for row in session.connection().execute(latest)]
    said = [e for found in journal.of_records(session, "receipt", keys).values() for e in found]
    receipts = [_values(e) for e in sorted(said, key=lambda e: e.order)]
    want = next((r.get("want") for r in reversed(receipts) if r.get("to") == office.desk.me.org), None)
    if not want or not isinstance(want, list):
        return {}
    ours = (s for s in journal.streams(session).values() if s.seq and _goes(s.org, office.desk.me.org, org))
    every = (e for s in ours for e in entries(bundle.Stream(s.did, 1, s.seq, START, s.head)))
    return {sha: blob for sha, blob in _files(session, office, every).items() if sha in want}


def _values(entry: Entry) -> dict[str, Any]:
    """What an entry says; nothing where that is withheld or no sound object."""
    try:
        values = strict_json(entry.payload or b"{}")
    except BadJson:
        return {}
    return values if isinstance(values, dict) else {}


def _fitting(files: Iterable[bundle.Blob]) -> list[bundle.Blob]:
    """As many files as one bundle carries, the first ones first."""
    fitting, total = [], 0
    for blob in files:
        if total + blob.size <= FILES_LIMIT:
            fitting.append(blob)
            total += blob.size
    return fitting


def _readable(blob: bundle.Blob) -> bool:
    """Whether a file is still whole on this machine."""
    try:
        blob.read()
    except blobs.Lost:
        return False
    return True


def _ext(kind: str) -> str:
    ext = (mimetypes.guess_extension(kind) or ".bin")[1:]
    return ext if ext.isascii() and ext.isalnum() and len(ext) <= 8 else "bin"


def _reader(session: Session, office: Office, sha: str) -> Callable[[], bytes]:
    return lambda: blobs.fetch(session, office.desk.places, sha)
