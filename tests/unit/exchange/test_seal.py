"""Keys, signatures as OpenSSH has them, and the card of a device."""

import base64
import dataclasses
import json
import re
import shutil
import subprocess

import pytest

from tests.bundles import OTHER, TOWN, VILLAGE
from villagedesk.base.errors import DeskError, NotValid
from villagedesk.exchange import seal

CARD = seal.Card(
    VILLAGE.did, VILLAGE.sign_pk, VILLAGE.age_pk, "522731100201", "village", "惠水县好花红镇好花红村村民委员会", "0.1.0"
)


def test_an_id_follows_from_both_keys():
    assert seal.device_id(VILLAGE.sign_pk, VILLAGE.age_pk) == VILLAGE.did
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", VILLAGE.did)
    assert seal.device_id(VILLAGE.sign_pk, TOWN.age_pk) != VILLAGE.did != seal.device_id(TOWN.sign_pk, VILLAGE.age_pk)


def test_an_id_known_by_heart():
    assert seal.device_id(bytes(32), "age1x") == "QTPAFXT8NK3MZ3JW"


def test_secrets_are_not_shown():
    assert repr(VILLAGE) == "DeviceKeys()"
    assert VILLAGE.age_sk not in f"{VILLAGE!r} {VILLAGE}"


def test_a_signature_holds_for_its_data_key_and_purpose_only():
    text = seal.sign(VILLAGE, b"data", seal.BUNDLE)
    assert seal.verify(VILLAGE.sign_pk, b"data", text, seal.BUNDLE)
    assert not seal.verify(VILLAGE.sign_pk, b"date", text, seal.BUNDLE)
    assert not seal.verify(VILLAGE.sign_pk, b"data", text, seal.CARD)
    assert not seal.verify(TOWN.sign_pk, b"data", text, seal.BUNDLE)


@pytest.mark.parametrize(
    "text",
    ["", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----\n", "签名", "\ud800\n" * 4,
     "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", "\0" * 5000],
)  # fmt: skip
def test_hostile_signatures_are_only_wrong(text):
    assert not seal.verify(VILLAGE.sign_pk, b"data", text, seal.BUNDLE)
    assert not seal.verify(b"short", b"data", text, seal.BUNDLE)


def test_a_signature_has_one_form():
    text = seal.sign(VILLAGE, b"data", seal.BUNDLE)
    for other in (text[:-1], text + "\n", text.replace("\n", "\r\n"), " " + text, text.replace("=", "")):
        assert other == text or not seal.verify(VILLAGE.sign_pk, b"data", other, seal.BUNDLE)
    lines = text.split("\n")
    assert all(len(line) == 70 for line in lines[1:-3])


needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")


def checked_by_ssh(tmp_path, signers: str, did: str, text: str, data: bytes) -> bool:
    (tmp_path / "signers").write_text(signers)
    (tmp_path / "sig").write_text(text)
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", did, "-n", seal.BUNDLE, "-s", "sig"]
    return subprocess.run(command, cwd=tmp_path, input=data, capture_output=True, check=False).returncode == 0


@needs_ssh
def test_openssh_agrees(tmp_path):
    signers = seal.allowed_signers([(TOWN.did, TOWN.sign_pk), (VILLAGE.did, VILLAGE.sign_pk)])
    text = seal.sign(VILLAGE, b"data", seal.BUNDLE)
    assert checked_by_ssh(tmp_path, signers, VILLAGE.did, text, b"data")
    assert not checked_by_ssh(tmp_path, signers, VILLAGE.did, text, b"date")
    assert not checked_by_ssh(tmp_path, signers, TOWN.did, text, b"data")
    assert not checked_by_ssh(tmp_path, signers, VILLAGE.did, seal.sign(VILLAGE, b"data", seal.CARD), b"data")


@needs_ssh
def test_we_agree_with_openssh(tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"], cwd=tmp_path, check=True)
    public = (tmp_path / "key.pub").read_text().split()
    sign_pk = base64.b64decode(public[1])[-32:]
    assert seal.ssh_public(sign_pk) == " ".join(public[:2])
    (tmp_path / "data").write_bytes(b"data")
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", seal.BUNDLE, "data"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert seal.verify(sign_pk, b"data", (tmp_path / "data.sig").read_text(), seal.BUNDLE)


# --- cards ----------------------------------------------------------------------------------------


def test_a_card_comes_back_as_it_was_and_fits_a_qr():
    data = seal.card_bytes(CARD, VILLAGE)
    assert seal.read_card(data) == CARD
    assert len(data) < 700
    assert re.fullmatch(r"[0-9]{5}( [0-9]{5}){7}", CARD.digits)
    assert dataclasses.replace(CARD, age_pk=TOWN.age_pk).digits != CARD.digits


def test_a_name_too_long_for_the_qr_is_said():
    with pytest.raises(NotValid, match="名称太长"):
        seal.card_bytes(dataclasses.replace(CARD, name="村" * 60), VILLAGE)


def test_nobody_signs_the_card_of_another():
    with pytest.raises(ValueError, match="own"):
        seal.card_bytes(CARD, TOWN)


def test_every_cut_and_every_altered_byte_of_a_card_is_refused():
    data = seal.card_bytes(CARD, VILLAGE)
    wrong = [data[:cut] for cut in range(len(data))] + [data + b"\n", data + data, b"\n" * 650, b"[" * 600 + b"\n"]
    wrong += [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(len(data))]
    for bad in wrong:
        with pytest.raises(DeskError) as told:
            seal.read_card(bad)
        assert "。" in str(told.value)


def forged(**other: object) -> bytes:
    """A card whose signature is right and something else is not."""
    flat = json.loads(seal.card_bytes(CARD, VILLAGE).split(b"\n")[0]) | other
    line = json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return line + seal.sign(VILLAGE, line, seal.CARD).encode()


def test_the_forger_works():
    assert seal.read_card(forged()) == CARD


@pytest.mark.parametrize(
    "other",
    [{"did": OTHER.did}, {"age": TOWN.age_pk}, {"sign": base64.b64encode(TOWN.sign_pk).decode()}, {"sign": "é"}, {"sign": 1},
     {"role": "province"}, {"role": "town"}, {"org": "52273110020x"}, {"name": " "}, {"age": VILLAGE.age_pk.upper()}, {"age": "age1"},
     {"app": 3}, {"org": None}, {"more": 1}, {"form": "villagedesk-card/2"}],
)  # fmt: skip
def test_a_card_that_lies_is_refused(other):
    with pytest.raises(NotValid):
        seal.read_card(forged(**other))
