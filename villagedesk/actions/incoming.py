"""Records in from a stick: quarantine → verify → preview → one transaction → receipt."""

import hashlib
import json
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, col, select

from villagedesk.actions import succession
from villagedesk.actions.intake import Held, Intake, Report
from villagedesk.actions.office import Office, device_keys
from villagedesk.actions.outgoing import Progress, knows
from villagedesk.actions.write import raw
from villagedesk.base import clock, ids
from villagedesk.base.codes import above, within
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import hash_of, write_stream
from villagedesk.exchange import bundle
from villagedesk.exchange.bundle import BundleError
from villagedesk.records.entry import fingerprint
from villagedesk.records.rights import Deed
from villagedesk.store import backup, blobs, journal, opening, queries
from villagedesk.store.tables import BlobRow, BundleRow, Device, Link


class _Preview(Exception):
    pass


def take_in(office: Office, path: Path, *, preview: bool = False, progress: Progress | None = None) -> list[Report]:
    """Take a bundle in, whole or not at all; also those that waited for it.  Taken in twice, it changes nothing.

    The file is copied first and never read in place.  `preview` says what would happen and keeps nothing.
    """
    office.must(Deed.CARRY)
    inbox = office.desk.places.inbox
    sha, copy = _copied(path, inbox)
    try:
        report = _known(office, sha, path) or _taken(office, copy, path.name, preview=preview, progress=progress)
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


def _taken(office: Office, copy: Path, name: str, *, preview: bool, progress: Progress | None = None) -> Report:
    desk = office.desk
    with desk.reading() as session:
        own, signers = device_keys(session), {d.did: d for d in session.exec(select(Device))}
    with bundle.open_bundle(copy, own, lambda did: signers[did].sign_pk if did in signers else None) as reader:
        head, sender = reader.head, signers[reader.head.sender]
        report = Report(name, sender.org, sender.name, head.no, sender.compared, "preview" if preview else "applied")
        report.size, report.made = copy.stat().st_size, head.made
        if head.sender == desk.me.did:
            raise Refused("这是本机自己导出的数据包，不用收。请把它带给对方。")
        if not preview:
            backup.automatic(desk, before="import")
        try:
            with desk.writing() as session:
                _apply(session, office, reader, sender, report, progress)
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
        except Held as held:
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


def _apply(
    session: Session, office: Office, reader: bundle.Reader, sender: Device, report: Report, progress: Progress | None
) -> None:
    """Everything a bundle holds, into one open transaction."""
    head, me = reader.head, office.desk.me
    worries = queries.worries(session)
    intake = Intake(session, office, sender, report)
    whole = sum(s.last - s.first + 1 for s in head.streams)
    for done, entry in enumerate(reader.entries()):
        if progress is not None and done % 100 == 0:
            progress(done, whole)
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
        if progress is not None:
            progress(whole, whole)
    reader.finish()
    report.looks = intake.looker.seen() if intake.looker else []
    _acknowledged(session, head, sender, report)
    report.findings += succession.reopen(session)
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
    link.lacks = json.dumps({did: seq for did, seq in head.lacks.items() if did in acked})
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
