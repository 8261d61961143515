"""The key file: who gets in, and what a wrong key is told."""

import json
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SECRET, Desks
from villagedesk.base.errors import NotValid, Refused, Surroundings
from villagedesk.store import keys

DATA = bytes(range(32))


def _file() -> tuple[keys.KeyFile, bytes]:
    recovery = secrets.token_bytes(32)
    slots = (
        keys.slot("A1", "罗倩", SECRET.encode()),
        keys.slot("A2", "罗正华", b"another passphrase"),
        keys.slot(keys.RECOVERY, "恢复密钥", recovery, strong=True),
    )
    return keys.sealed(slots, DATA), recovery


def test_every_slot_opens_the_same_key() -> None:
    file, recovery = _file()

    assert keys.opened(file, file.slots[0], SECRET.encode()) == [DATA]
    assert keys.opened(file, file.slots[1], b"another passphrase") == [DATA]
    assert keys.opened(file, file.slots[2], recovery) == [DATA]
    assert file.recovery is file.slots[2]
    assert (file.named("罗正华"), file.named("恢复密钥"), file.accounts) == (file.slots[1], None, ["罗倩", "罗正华"])


@pytest.mark.parametrize("secret", ["", SECRET[:-1], SECRET + " ", "another passphrase", SECRET.upper() + "x"])
def test_a_wrong_passphrase_is_refused(secret: str) -> None:
    file, _ = _file()

    with pytest.raises(Refused, match="口令不对"):
        keys.opened(file, file.slots[0], secret.encode())


def test_a_wrong_recovery_key_is_refused() -> None:
    file, _ = _file()

    with pytest.raises(Refused, match="恢复密钥不对"):
        keys.opened(file, file.slots[2], secrets.token_bytes(32))


def test_a_slot_under_another_name_does_not_open() -> None:
    file, _ = _file()

    with pytest.raises(Refused):
        keys.opened(file, replace(file.slots[0], id="A2"), SECRET.encode())


def test_while_the_key_is_changed_both_are_found_newest_first() -> None:
    file, _ = _file()
    new = secrets.token_bytes(32)
    moving = replace(keys.sealed(file.slots, new), former=file.sealed)

    assert keys.opened(moving, file.slots[0], SECRET.encode()) == [new, DATA]


@pytest.mark.parametrize("field", ["sealed", "former"])
@pytest.mark.parametrize("damage", ["", "?", "AAAA", "cut"])
def test_a_damaged_key_file_is_told_as_such(field: str, damage: str) -> None:
    file, _ = _file()
    if field == "former" and not damage:
        return
    bad = replace(file, **{field: file.sealed[:-8] if damage == "cut" else damage})
    if field == "sealed" and not damage:
        assert keys.opened(bad, file.slots[0], SECRET.encode()) == []
        return
    with pytest.raises(Surroundings, match="密钥文件损坏"):
        keys.opened(bad, file.slots[0], SECRET.encode())


def test_a_key_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file, _ = _file()
    file = replace(file, former=file.sealed)
    keys.write(tmp_path / "keys.json", file)

    assert keys.read(tmp_path / "keys.json") == file


def test_a_key_file_holds_no_secret(tmp_path: Path) -> None:
    file, recovery = _file()
    keys.write(tmp_path / "keys.json", file)
    text = (tmp_path / "keys.json").read_text("utf-8")

    assert [s for s in (SECRET, DATA.hex(), recovery.hex(), "AGE-SECRET-KEY") if s in text] == []


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Surroundings, match="没有村务台的数据"):
        keys.read(tmp_path / "keys.json")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "[" * 9_999, '{"slots":1}', '{"slots":[{}],"sealed":""}', '{"slots":[]}', "\xff"]
)
def test_a_broken_key_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_bytes(text.encode("latin-1"))

    with pytest.raises(Surroundings, match="损坏"):
        keys.read(tmp_path / "keys.json")


HUGE = {"memory": 1 << 40, "passes": 3, "lanes": 4}


@pytest.mark.parametrize(
    "change",
    [{"salt": []}, {"locked": None}, {"name": 5}, {"cost": HUGE}, {"cost": {**HUGE, "memory": "64"}}, {"cost": 0}, {"more": ""},
     {"cost": {"memory": 65536, "passes": 10**9, "lanes": 4}}, {"cost": {"memory": 65536, "passes": True, "lanes": 4}}],
)  # fmt: skip
def test_a_key_file_off_a_stick_asks_for_nothing_it_may_not(tmp_path: Path, change: dict[str, Any]) -> None:
    keys.write(tmp_path / "keys.json", _file()[0])
    flat = json.loads((tmp_path / "keys.json").read_text("utf-8"))
    flat["slots"][0] |= change
    (tmp_path / "keys.json").write_text(json.dumps(flat), "utf-8")

    with pytest.raises(Surroundings, match="损坏"):
        keys.read(tmp_path / "keys.json")


def test_a_key_file_of_the_first_version_still_opens() -> None:
    path = Path(__file__).parents[2] / "files" / "keys-1.json"
    file = keys.read(path)

    assert keys.opened(file, file.slots[0], SECRET.encode()) == [DATA]
    assert keys.opened(file, file.slots[1], DATA[::-1]) == [DATA]
    assert json.loads(path.read_text("utf-8"))["format"] == "villagedesk-keys/1"


@pytest.mark.parametrize("text", ["", "1234567", "七个字的口令啊"])
def test_a_short_passphrase_is_not_taken(text: str) -> None:
    with pytest.raises(NotValid, match="至少要8个字符"):
        keys.passphrase(text)


# --- the recovery key on paper ----------------------------------------------------------------------

KEYS = st.one_of(
    st.binary(min_size=32, max_size=32),
    st.sampled_from([bytes(32), b"\xff" * 32, bytes(31) + b"\1", b"\1" + bytes(31)]),
)


@given(KEYS)
def test_a_recovery_key_is_read_back_from_paper(key: bytes) -> None:
    words = keys.recovery_words(key)

    assert keys.recovery_key(words) == key
    assert [row[0] for row in words.splitlines()] == list(keys.ROWS)
    assert sum(c.isdigit() for c in words) == 88
    assert keys.recovery_key("".join(c for c in words if c.isdigit())) == key


@given(KEYS, st.integers(0, 87), st.integers(1, 9))
def test_one_digit_copied_wrong_is_found_in_its_row(key: bytes, place: int, by: int) -> None:
    digits = [c for c in keys.recovery_words(key) if c.isdigit()]
    digits[place] = str((int(digits[place]) + by) % 10)

    with pytest.raises(NotValid, match=f"“{keys.ROWS[place // 22]}”行"):
        keys.recovery_key("".join(digits))


@given(KEYS, st.integers(0, 3), st.integers(0, 18))
def test_two_neighbours_swapped_are_found_in_their_row(key: bytes, row: int, place: int) -> None:
    digits = [c for c in keys.recovery_words(key) if c.isdigit()]
    i = row * 22 + place
    digits[i], digits[i + 1] = digits[i + 1], digits[i]
    if digits[i] == digits[i + 1]:
        assert keys.recovery_key("".join(digits)) == key
        return

    with pytest.raises(NotValid, match=f"“{keys.ROWS[row]}”行"):
        keys.recovery_key("".join(digits))


def test_rows_in_the_wrong_order_are_found() -> None:
    rows = keys.recovery_words(DATA).splitlines()

    with pytest.raises(NotValid, match="行"):
        keys.recovery_key("\n".join([rows[1], rows[0], *rows[2:]]))


@pytest.mark.parametrize("digits", [0, 87, 89])
def test_too_few_or_too_many_digits_are_counted(digits: int) -> None:
    with pytest.raises(NotValid, match=f"现在一共{digits}个"):
        keys.recovery_key("1" * digits)


def test_the_words_printed_at_the_founding_open_the_desk(desks: Desks) -> None:
    file = keys.read(desks.home / "village" / "keys.json")
    assert file.recovery is not None

    assert keys.opened(file, file.recovery, keys.recovery_key(desks.words)) == [desks.keys["village"]]
    assert keys.read(desks.home / "town" / "keys.json").recovery is None
