"""Getting to know another desk: its card, compared on paper, noted in our own chain."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from villagedesk.actions.office import Office, card_of
from villagedesk.actions.write import raw
from villagedesk.base.codes import above
from villagedesk.base.errors import Refused, Surroundings
from villagedesk.base.files import write_whole
from villagedesk.base.text import fold
from villagedesk.exchange.seal import CARD_LIMIT, Card, card_bytes, read_card
from villagedesk.records.rights import Deed
from villagedesk.store.tables import Device


@dataclass(frozen=True)
class Enrolled:
    """The card that was taken in, and whether its digits were compared."""

    card: Card
    compared: bool


def own_card(office: Office) -> tuple[bytes, Card]:
    """This laptop's card, as its file holds it and as it is read."""
    with office.desk.reading() as session:
        card, own = card_of(session, office.desk)
    return card_bytes(card, own), card


def write_card(office: Office, folder: Path) -> tuple[Path, Card]:
    """Write this laptop's card to a folder or stick."""
    data, card = own_card(office)
    path = folder / f"vd1-card-{card.org}-{card.did}.txt"
    write_whole(path, data)
    return path, card


def load_card(path: Path) -> Card:
    """Read a card file; it signs itself, which says that it is whole, not whose it is."""
    try:
        with path.open("rb") as file:
            data = file.read(4 * CARD_LIMIT)  # on a stick a file of any size may bear that name
    except OSError as error:
        raise Surroundings(f"读不到设备卡“{path}”：{error.strerror}。") from None
    return read_card(data)


def enrol(office: Office, path: Path, *, digits: str = "") -> Enrolled:
    """Take a card in.  `digits` are those read on paper: they must agree; without them the desk is noted as not compared.

    Known are: laptops of one's own unit, of the unit above and of the units below.
    """
    office.must(Deed.CARRY)
    card = load_card(path)
    me = office.desk.me
    if card.did == me.did:
        raise Refused("这是本机自己的设备卡，不用登记。请用对方的设备卡。")
    if me.org not in (card.org, above(card.org)) and card.org != above(me.org):
        raise Refused(f"“{card.name}”（{card.org}）不是本单位、上一级或下一级，不能登记。")
    typed = "".join(c for c in fold(digits) if c.isalnum())
    if typed and typed != card.digits.replace(" ", ""):
        raise Refused("数字与设备卡不一致，没有登记。请对照纸上的8组数字再核对一次；仍不一致就不要用这个U盘。")
    with office.desk.writing() as session:
        note_device(session, card, compared=bool(typed))
        raw(
            session,
            office,
            "cert",
            card.did,
            "cert",
            json.dumps(_certified(card, bool(typed)), ensure_ascii=False).encode(),
        )
    return Enrolled(card, bool(typed))


def _certified(card: Card, compared: bool) -> dict[str, object]:
    return {
        "did": card.did, "org": card.org, "role": card.role, "name": card.name, "sign_pk": card.sign_pk.hex(), "age_pk": card.age_pk,
        "compared": compared,
    }  # fmt: skip


def note_device(session: Session, card: Card, *, compared: bool) -> None:
    """Remember a device, as one in use; what was once compared stays compared."""
    row = session.exec(select(Device).where(col(Device.did) == card.did)).first()
    if row is None:
        row = Device(
            did=card.did, org=card.org, role=card.role, name=card.name, sign_pk=card.sign_pk, age_pk=card.age_pk
        )
    row.compared = row.compared or compared
    row.name, row.status, row.last = card.name, "active", None
    session.add(row)
    session.flush()
