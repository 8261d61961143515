"""A person at an open desk: setting one up, opening it, leaving it."""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from villagedesk import __version__
from villagedesk.actions import succession
from villagedesk.base import clock, ids
from villagedesk.base.codes import LEVELS, division_ok
from villagedesk.base.errors import NotValid, Problem, Refused
from villagedesk.base.paths import Places
from villagedesk.exchange.seal import Card, DeviceKeys, new_keys
from villagedesk.records.rights import NAMES, Deed, Duty, Viewer, who_may
from villagedesk.store import backup, keys, numbers, opening
from villagedesk.store.desk import Desk, fits
from villagedesk.store.tables import Account, Device


@dataclass(frozen=True)
class Office:
    """An open desk and who sits at it."""

    desk: Desk
    by: Viewer
    notes: tuple[str, ...] = ()

    def must(self, deed: Deed) -> None:
        """`Refused` unless this person may do that at this desk."""
        if not self.by.may(deed):
            raise Refused(f"这件事要由{who_may(deed)}来做。请换账户再试。", command="--as")


@dataclass(frozen=True)
class Founding:
    """What a new desk is told of itself."""

    role: str
    code: str
    name: str
    user: str
    laptop: int = 1
    prefix: str = ""

    def problems(self) -> list[Problem]:
        found = []
        if self.role not in LEVELS or not division_ok(self.code, self.role):
            found.append(Problem("", f"区划代码“{self.code}”不对：村12位、镇9位、县6位数字。"))
        if not self.name.strip():
            found.append(Problem("", "请写明单位名称（自带的名录里没有这个代码）。"))
        if not self.user.strip():
            found.append(Problem("", "请写明使用人姓名。"))
        if not 1 <= self.laptop <= 10:
            found.append(Problem("", "这是单位的第几台电脑，请写1到10。"))
        return found


def found(places: Places, founding: Founding, passphrase: str, *, recovery: bool) -> tuple[Office, str]:
    """Set up a desk; return it open, and the recovery key as it is to be printed ("" unless asked for).

    The first account holds every duty until others are named.
    """
    problems = founding.problems()
    if problems:
        raise NotValid(problems)
    secret = keys.passphrase(passphrase)
    data_key, account = secrets.token_bytes(32), ids.new(ids.ACCOUNT)
    slots, words = [keys.slot(account, founding.user, secret)], ""
    if recovery:
        key = secrets.token_bytes(32)
        slots.append(keys.slot(keys.RECOVERY, "恢复密钥", key, strong=True))
        words = keys.recovery_words(key)
    desk = opening.create(places, data_key)
    duties = frozenset(Duty) - {Duty.READER}
    try:
        keys.write(places.keys, keys.sealed(tuple(slots), data_key))
        _first_account(desk, founding, account, duties)
    except BaseException:
        undo(desk)
        raise
    opening.remember(desk)
    return Office(desk, Viewer(account, founding.user, duties, founding.role)), words


def undo(desk: Desk) -> None:
    """Take back a desk whose setting up failed, so that it can be tried again."""
    desk.close()
    for begun in (desk.places.keys, *desk.places.root.glob("desk.db*")):
        begun.unlink(missing_ok=True)


def _first_account(desk: Desk, founding: Founding, account: str, duties: frozenset[Duty]) -> None:
    with desk.writing() as session:
        session.add(Account(id=account, name=founding.user, duties=_joined(duties)))
        for key_, value in (
            ("role", founding.role), ("name", founding.name), ("laptop", str(founding.laptop)),
            ("prefix", founding.prefix), ("org", founding.code),
        ):  # fmt: skip
            opening.put(session, key_, value)
        _identity(session, founding.code, founding.role, founding.name)
        desk.me = opening.me(session)


def _joined(duties: frozenset[Duty]) -> str:
    return ",".join(d for d in Duty if d in duties)


def _identity(session: Session, org: str, role: str, name: str) -> None:
    """Give this laptop keys, a device row and an epoch of its own."""
    own = new_keys()
    row = Device(did=own.did, org=org, role=role, name=name, sign_pk=own.sign_pk, age_pk=own.age_pk, compared=True)
    session.add(row)
    session.flush()
    opening.put(session, "me", str(row.dev))
    opening.put(session, "sign_sk", own.sign_sk.hex())
    opening.put(session, "age_sk", own.age_sk)
    opening.new_epoch(session)


def device_keys(session: Session) -> DeviceKeys:
    """The private halves of this laptop; they live only inside the encrypted data file."""
    return DeviceKeys(bytes.fromhex(opening.get(session, "sign_sk")), opening.get(session, "age_sk"))


def card_of(session: Session, desk: Desk) -> tuple[Card, DeviceKeys]:
    """This laptop's card, and the keys that sign it."""
    own, me = device_keys(session), desk.me
    return Card(own.did, own.sign_pk, own.age_pk, me.org, me.role, me.name, __version__), own


def on_the_door(places: Places) -> tuple[str, list[str]]:
    """What can be known of a desk before it is open: nothing of the place, and the names of its accounts."""
    return "", keys.read(places.keys).accounts


def slot_for(file: keys.KeyFile, user: str) -> keys.Slot:
    """The slot of an account; the only one when no name is given."""
    names = file.accounts
    if not user and len(names) == 1:
        user = names[0]
    if not user:
        raise NotValid(
            [Problem("", f"这台电脑有{len(names)}个账户（{'、'.join(names)}），请写明是谁。")], command="--as"
        )
    one = file.named(user)
    if one is None:
        raise Refused(f"没有“{user}”这个账户。现有账户：{'、'.join(names)}。")
    return one


def fitting(places: Places, data_keys: Sequence[bytes]) -> bytes:
    """The key that opens the data file now (there are two while it is being changed); `Surroundings` when the file is gone."""
    return next((k for k in data_keys if fits(places.desk, k)), data_keys[0])


@contextmanager
def at_desk(places: Places, user: str, passphrase: str) -> Iterator[Office]:
    """Open the desk as `user`, and leave it in order: sentinel told, a daily backup made."""
    file = keys.read(places.keys)
    one = slot_for(file, user)
    data_key = fitting(places, keys.opened(file, one, passphrase.encode()))
    desk = opening.unlock(places, data_key, before_step=lambda d: _backed_up(d, "upgrade"))
    try:
        _swept(places)
        notes = _renewed(desk, one.id)
        with desk.reading() as session:
            row = session.get(Account, one.id)
        if row is None or not row.active:
            raise Refused(f"账户“{one.name}”已停用。请找文书。")
        duties = frozenset(Duty(d) for d in row.duties.split(",") if d)
        yield Office(desk, Viewer(one.id, one.name, duties, desk.me.role), notes)
        leave(desk)
    finally:
        desk.close()


def _backed_up(desk: Desk, before: str) -> None:
    with desk.reading() as session:
        desk.me = opening.me(session)
    backup.automatic(desk, before=before)


def _swept(places: Places) -> None:
    """Clear away what was under way when the power went; the desk is ours, so nobody is at it now."""
    for left in places.root.glob("~backup*"):
        shutil.rmtree(left, ignore_errors=True)
    for part in places.root.glob("*/~*.part"):
        part.unlink(missing_ok=True)


def _renewed(desk: Desk, account: str) -> tuple[str, ...]:
    """A new identity when the sentinel has seen this device further than this file is: a restored backup or a copied folder.

    The old one vouches for the new one, so that others close it.
    """
    mark = opening.noticed(desk)
    if mark is None:
        return ()
    with desk.writing() as session:
        old, former = session.get(Device, desk.me.dev), device_keys(session)
        if old is not None:
            old.status = "closed"
            session.add(old)
        numbers.not_below(session, mark.numbers)
        _identity(session, desk.me.org, desk.me.role, desk.me.name)
        desk.me = opening.me(session)
        succession.declare(session, desk.me, former, mark.seq, account=account)
    return (
        "这份数据比本机上次用到的旧（恢复过备份，或是整份拷贝来的）。程序已换用新的设备号，编号接着往下排；"
        "请重新打印设备卡，请上级登记后再带数据包。",
    )


def leave(desk: Desk) -> None:
    """What is done on leaving: the sentinel learns how far we came, and one backup a day is made when something changed."""
    opening.remember(desk)
    newest = backup.newest(desk.places)
    if newest is None or clock.now() - newest > timedelta(days=1):
        backup.automatic(desk)


def accounts(session: Session) -> list[tuple[str, str, bool]]:
    """Name, duties in words, active: every account of this desk."""
    rows = session.connection().execute(
        select(col(Account.name), col(Account.duties), col(Account.active)).order_by(col(Account.name))
    )
    return [(name, "、".join(NAMES[Duty(d)] for d in duties.split(",") if d), active) for name, duties, active in rows]
