"""What reads single things that may be hostile: lines of a journal, JSON, records, cards."""

import json
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.bundles import VILLAGE
from tests.fuzz.bending import bent, dumped, twisted
from tests.fuzz.playing import cases, play, tried
from tests.fuzz.samples import payloads
from villagedesk.base.errors import NotValid
from villagedesk.exchange import seal
from villagedesk.records import values
from villagedesk.records.due import dues
from villagedesk.records.entry import START, from_line, line_of
from villagedesk.records.kind import Record, columns, fields
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import BadJson, strict_json
from villagedesk.store.terms import shipped

GOLDEN = json.loads((Path(__file__).parents[1] / "files" / "entries.json").read_text("utf-8"))
STUB = '"sha256:' + "0f" * 32 + '"'
LINES = [f"{entry['env']}\t{body}".encode() for entry in GOLDEN for body in (entry["payload"], STUB)]
CARD = seal.card_bytes(
    seal.Card(VILLAGE.did, VILLAGE.sign_pk, VILLAGE.age_pk, "522731102213", "village", "好花红村", "0.1.0"), VILLAGE
)


@cases()
def test_a_bent_line_is_no_entry_or_comes_back_byte_for_byte(numbers: range) -> None:
    def case(dice: Random) -> None:
        line = bent(dice.choice(LINES), dice)
        entry = tried(lambda: from_line(line, VILLAGE.did, START), ValueError)
        assert isinstance(entry, ValueError) or line_of(entry) == line + b"\n"

    play(numbers, case)


@cases()
def test_bent_json_is_refused_in_words_or_what_everybody_reads_in_it(numbers: range) -> None:
    def case(dice: Random) -> None:
        data = payload(dice.choice(list(KINDS)), dice)
        value = tried(lambda: strict_json(data), BadJson)
        if isinstance(value, BadJson):
            assert str(value).endswith("。")
        else:
            assert value == json.loads(data, parse_float=Decimal)

    play(numbers, case)


@cases()
def test_a_bent_payload_is_no_record_or_one_that_can_be_shown(numbers: range) -> None:
    def case(dice: Random) -> None:
        cls = KINDS[dice.choice(list(KINDS))]
        record = tried(lambda: values.parsed(cls, payload(cls.kind.key, dice)), ValueError)
        if not isinstance(record, ValueError):
            shown = [record.title, *(asked.shown(getattr(record, asked.name)) for asked in fields(cls))]
            assert all(isinstance(text, str) for text in shown)
            assert all(column.count(record) >= 0 for column in columns(cls).values())
            assert all(one.what for one in dues(record, shipped()))
            assert all(problem.text for problem in record.problems())

    play(numbers, case)


@cases()
def test_what_a_clerk_got_wrong_is_refused_in_words_or_a_record_that_comes_back(numbers: range) -> None:
    def case(dice: Random) -> None:
        cls = KINDS[dice.choice(list(KINDS))]
        typed = tried(lambda: strict_json(payload(cls.kind.key, dice)), BadJson)
        if isinstance(typed, dict):
            record = tried(lambda: values.checked(cls, typed, program=dice.random() < 0.5), NotValid)
            assert all(p.text for p in record.problems) if isinstance(record, NotValid) else comes_back(record)

    play(numbers, case)


def payload(key: str, dice: Random) -> bytes:
    """A payload of that kind, bent."""
    sound = dice.choice(payloads()[key])
    return dumped(twisted(sound, dice), dice) if dice.random() < 0.7 else bent(json.dumps(sound).encode(), dice)


def comes_back(record: Record) -> bool:
    """Whether a record is the same once written down and read."""
    return values.parsed(type(record), json.dumps(values.dumped(record))) == record


@cases()
def test_a_bent_card_is_refused_in_words(numbers: range) -> None:
    def case(dice: Random) -> None:
        data = bent(CARD, dice)
        card = tried(lambda: seal.read_card(data), NotValid)
        assert "。" in str(card) if isinstance(card, NotValid) else data == CARD

    play(numbers, case)
