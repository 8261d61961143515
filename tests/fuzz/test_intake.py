"""An enrolled village gone mad: whatever its entries say of themselves and hold, the town takes in the rest and goes on."""

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlmodel import Session

from tests.e2e.desks import Laptop, carried
from tests.fuzz.bending import bent, dumped, twisted
from tests.fuzz.playing import cases, play
from tests.fuzz.samples import payloads
from villagedesk.actions.office import Office
from villagedesk.base import ids
from villagedesk.records.entry import OPS, Entry, Envelope, Parent, written
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import MAX_LINE
from villagedesk.store import journal

GOOD = "检查完毕，没有发现问题。\n"
ENTRIES = 30
STRANGE = ["", " ", "x" * 64, "'; DROP TABLE journal; --", "../../etc", "%s{}", "0" * 12]


@pytest.mark.slow
@cases(share=50)
def test_entries_of_any_shape_keep_nothing_else_from_being_taken_in(made: Path, tmp_path: Path, numbers: range) -> None:
    def case(dice: Random) -> None:
        village = Laptop(made / "village", "罗倩").copy(tmp_path / "village")
        town = Laptop(made / "town", "王镇").copy(tmp_path / "town")
        good = village.meeting()
        with village.desk() as office, office.desk.writing() as session:
            rave(session, office, dice)
        assert carried(village, town, tmp_path / "stick").status == 0
        assert town.verify() == GOOD
        assert good in {m["id"] for m in town.all("meeting")}
        look_round(town, dice)
        for place in ("village", "town", "stick"):
            shutil.rmtree(tmp_path / place)

    play(numbers, case)


def look_round(town: Laptop, dice: Random) -> None:
    """What people do with what came: lists and sums always work, one strange record is shown or refused in words."""
    there = [(cls.kind.key, one["id"]) for cls in KINDS.values() for one in town.all(cls.kind.key)]
    for kind, identifier in dice.sample(there, min(8, len(there))):
        for words in (("show", kind), ("history", kind), ("print", kind, "--to", town.home / "paper")):
            assert town.run(*words, "--", identifier).status in (0, 2, 3)
    for words in (("search", "--", "村"), ("rollup",), ("due",), ("export", "--to", town.home / "stick")):
        town(*words)


def rave(session: Session, office: Office, dice: Random) -> None:
    """Entries in the village's own chain that no program of ours writes; each in the form the wire knows."""
    me = office.desk.me
    chain = journal.streams(session)[me.did]
    known = [ids.new() for _ in range(6)] + dice.sample(STRANGE, 2)
    made: list[Entry] = []
    for seq in range(chain.seq + 1, chain.seq + 1 + ENTRIES):
        kind = dice.choice([*KINDS, *KINDS, "receipt", "cert", "newer_kind"])
        op = dice.choice([*OPS, "set", "set", "seal", "nonsense", ""])
        env = Envelope(
            seq, moment(dice), dice.choice(["ok", "low", "jump", ""]), kind, dice.choice(known), op, parents(made, dice),
            dice.choice([office.by.account, *STRANGE]), dice.choice([1, 1, 1, 0, 2, 2**31 - 1]),
        )  # fmt: skip
        made.append(written(me.did, env, payload(kind, dice), made[-1].hash if made else chain.head))
    journal.insert_many(session, chain, made)


def moment(dice: Random) -> str:
    return dice.choice([
        f"2026-11-24T0{dice.randrange(10)}:00:00.000Z/{dice.randrange(3)}", "1000-01-01T00:00:00.000Z/0",
        "2999-12-31T23:59:59.999Z/9007199254740991", "2026-11-24T23:59:59.999Z/1",
    ])  # fmt: skip


def parents(made: list[Entry], dice: Random) -> tuple[Parent, ...] | None:
    """None, nobody, those before, and others that are not there, not yet, or never."""
    if dice.random() < 0.4:
        return None
    some = [e.name for e in dice.sample(made, min(len(made), dice.randrange(4)))]
    if made and dice.random() < 0.3:
        some.append(Parent(made[-1].did, made[-1].env.seq + dice.choice([0, 1, 2]), "0" * 8))
    if dice.random() < 0.2:
        some.append(Parent("D1.0a1b2c3d", 1, "0a1b2c3d"))
    return tuple(some)


def payload(kind: str, dice: Random) -> bytes:
    """Sound or bent, for this kind or for another; without what ends a column or a line."""
    sound: Any = dice.choice(payloads().get(kind) or payloads()[dice.choice(list(KINDS))])
    if dice.random() < 0.1:
        sound = {
            **sound,
            "_r": dice.choice([[], {}, 1, "x"]),
            "_stage": dice.choice(["final", "paused", "", "归档", None, 1]),
        }
    data = json.dumps(sound).encode()
    if dice.random() < 0.7:
        data = dumped(twisted(sound, dice), dice) if dice.random() < 0.7 else bent(data, dice)
    return data.replace(b"\n", b" ").replace(b"\t", b" ")[:MAX_LINE]
