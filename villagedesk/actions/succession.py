"""One device goes on for another, after a backup was put back: the new one says so, the key of the old one vouches for it."""

import json

from sqlmodel import Session, col, select

from villagedesk.exchange.seal import DEVICE, DeviceKeys, sign, verify
from villagedesk.records.entry import Entry
from villagedesk.records.merge import values_of
from villagedesk.store import journal
from villagedesk.store.desk import Me
from villagedesk.store.tables import Device


def declare(session: Session, me: Me, old: DeviceKeys, last: int, *, account: str) -> None:
    """Write into our chain that this device goes on for `old`, which wrote no more than `last` entries."""
    values = {"replaces": old.did, "last": last, "sig": sign(old, _claim(me.did, last), DEVICE)}
    journal.append(
        session, me, "device", me.did, "cert", json.dumps(values).encode("ascii"), account=account, version=1
    )


def heed(session: Session, entry: Entry, me: Me) -> str:
    """Close the device for which the writer of an entry says it goes on; a sentence when that was done, or is odd.

    Nothing is believed without the old device's own signature, so that a second laptop cannot close the first.
    """
    values = values_of(entry)
    old, new = _device(session, values.get("replaces")), _device(session, entry.did)
    last, signature = values.get("last"), values.get("sig")
    if old is None or new is None or old.dev == new.dev or old.org != new.org or new.branch_of is not None:
        return ""
    if type(last) is not int or not isinstance(signature, str):
        return ""
    if not verify(old.sign_pk, _claim(new.did, last), signature, DEVICE):
        return ""
    if old.dev == me.dev:
        return "有人用本机数据的拷贝换了一个新的设备号。本机照常使用；如果不是您做的，请核对。"
    old.status, old.last = "closed", last
    session.add(old)
    return f"{old.name}的一台电脑恢复过备份，换了新设备号；旧设备号{old.did}停用，不再给它带包。"


def reopen(session: Session) -> list[str]:
    """A closed device that wrote more than it was said to have written is in use after all: only its data was copied."""
    told = []
    ends = {s.dev: s.seq for s in journal.streams(session).values()}
    for row in session.exec(select(Device).where(col(Device.last).is_not(None))):
        if row.last is not None and ends[row.dev or 0] > row.last:
            row.status, row.last = "active", None
            session.add(row)
            told.append(f"{row.name}的设备号{row.did}还在用（可能拷贝过整份数据），照常给它带包，请核对。")
    return told


def _claim(did: str, last: int) -> bytes:
    return f"{did} {last}\n".encode("ascii")


def _device(session: Session, did: object) -> Device | None:
    return session.exec(select(Device).where(col(Device.did) == did)).first() if isinstance(did, str) else None
