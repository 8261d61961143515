"""Accounts of a desk: who may open it, with which duties; passphrases and the recovery key."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import col, select

from villagedesk.actions.office import Office, fitting, slot_for
from villagedesk.base import ids
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.base.paths import Places
from villagedesk.records.rights import NAMES, Deed, Duty
from villagedesk.store import backup, keys
from villagedesk.store.tables import Account


def duties_of(words: Iterable[str]) -> frozenset[Duty]:
    """Duties given by key or Chinese name; `NotValid` when one is unknown."""
    known = {**{str(d): d for d in Duty}, **{name: d for d, name in NAMES.items()}}
    unknown = [w for w in words if w not in known]
    if unknown:
        raise NotValid(
            [Problem("", f"没有“{unknown[0]}”这种职责，有：{'、'.join(f'{d}（{n}）' for d, n in NAMES.items())}。")]
        )
    return frozenset(known[w] for w in words)


def add(office: Office, name: str, duties: frozenset[Duty], passphrase: str) -> None:
    """A new account; an old one of that name is opened again with the new passphrase and duties."""
    office.must(Deed.ACCOUNTS)
    if not name.strip() or not duties:
        raise NotValid([Problem("", "请写明姓名和至少一项职责。")], command="--duty")
    secret = keys.passphrase(passphrase)
    places = office.desk.places
    file = keys.read(places.keys)
    if file.named(name) is not None:
        raise Refused(f"已经有“{name}”这个账户。要换口令请用 account passphrase。")
    with office.desk.writing() as session:
        row = session.exec(select(Account).where(col(Account.name) == name)).first()
        row = row or Account(id=ids.new(ids.ACCOUNT), name=name, duties="")
        row.duties, row.active = ",".join(d for d in Duty if d in duties), True
        session.add(row)
        session.flush()
        slots = (*file.slots, keys.slot(row.id, name, secret))
        keys.write(places.keys, keys.sealed(slots, office.desk.key))


def remove(office: Office, name: str) -> None:
    """Close an account and change the data key: its slot opens only old backups.  The last 文书 stays."""
    office.must(Deed.ACCOUNTS)
    places = office.desk.places
    file = keys.read(places.keys)
    gone = slot_for(file, name)
    with office.desk.reading() as session:
        rows = list(session.exec(select(Account).where(col(Account.active))))
        clerks = [r.name for r in rows if Duty.CLERK in r.duties.split(",")]
    if clerks == [name]:
        raise Refused(f"“{name}”是最后一个文书账户，不能停用。请先给接手的人建好账户。")
    backup.automatic(office.desk, before="account")
    with office.desk.writing() as session:
        row = session.get(Account, gone.id)
        if row is not None:
            row.active = False
            session.add(row)
    new_key = secrets.token_bytes(32)
    slots = tuple(s for s in file.slots if s.id != gone.id)
    keys.write(places.keys, replace(keys.sealed(slots, new_key), former=keys.sealed(slots, office.desk.key).sealed))
    office.desk.rekey(new_key)
    keys.write(places.keys, keys.sealed(slots, new_key))


def change_passphrase(office: Office, new: str) -> None:
    """Change one's own passphrase; the data key stays, so it costs nothing."""
    places = office.desk.places
    file = keys.read(places.keys)
    own = next(s for s in file.slots if s.id == office.by.account)
    _replace(places, file, keys.slot(own.id, own.name, keys.passphrase(new)), office.desk.key)


def new_recovery(office: Office) -> str:
    """Make a new recovery key, in place of the old one; return it as it is to be printed."""
    office.must(Deed.ACCOUNTS)
    places = office.desk.places
    secret = secrets.token_bytes(32)
    _replace(places, keys.read(places.keys), keys.slot(keys.RECOVERY, "恢复密钥", secret, strong=True), office.desk.key)
    return keys.recovery_words(secret)


def recover(places: Places, words: str, user: str, new: str) -> str:
    """Set a new passphrase for `user` with the recovery key; return the account's name.  Nothing else changes."""
    file = keys.read(places.keys)
    if file.recovery is None:
        raise Refused("这份数据没有做过恢复密钥。请用别的账户登录，或从有恢复密钥的备份恢复。")
    data_key = fitting(places, keys.opened(file, file.recovery, keys.recovery_key(words)))
    own = slot_for(file, user)
    _replace(places, file, keys.slot(own.id, own.name, keys.passphrase(new)), data_key)
    return own.name


def _replace(places: Places, file: keys.KeyFile, one: keys.Slot, data_key: bytes) -> None:
    slots = (*(s for s in file.slots if s.id != one.id), one)
    keys.write(places.keys, keys.sealed(slots, data_key))
