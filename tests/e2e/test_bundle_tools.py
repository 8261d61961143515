"""A bundle opens with standard tools: the commands are those printed in docs/bundle-format.md."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bundles import OTHER, TOWN, VILLAGE, chain, draft, payloads, photo
from villagedesk.exchange import bundle, seal

DOC = Path(__file__).parents[2] / "docs" / "bundle-format.md"
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL))
TOOLS = ("age", "zstd", "tar", "sha256sum", "ssh-keygen", "bash")

pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs " + ", ".join(TOOLS))


@pytest.fixture
def desk(tmp_path) -> Path:
    """A folder with a bundle, the town's key and the signers it knows."""
    texts = payloads(25_000)
    signers = seal.allowed_signers([(VILLAGE.did, VILLAGE.sign_pk), (TOWN.did, TOWN.sign_pk)])
    made = draft([chain(texts), chain(texts[:2], TOWN.did)], [photo(b"one"), photo(b"two", "pdf")], signers=signers)
    bundle.write(tmp_path / "bundle.age", made, VILLAGE)
    (tmp_path / "key").write_text(TOWN.age_sk + "\n")
    (tmp_path / "signers").write_text(signers)
    return tmp_path


def run(desk: Path, commands: str) -> subprocess.CompletedProcess[bytes]:
    names = {"FILE": "bundle.age", "KEY": "key", "SIGNERS": "signers"}
    env = os.environ | {name: str(desk / file) for name, file in names.items()}
    return subprocess.run(["bash", "-c", commands], cwd=desk, env=env, capture_output=True, check=False)


def test_the_printed_commands_open_and_check_it(desk):
    done = run(desk, BLOCKS["sh"])
    assert done.returncode == 0, done.stderr.decode()
    assert b'Good "villagedesk-bundle@v1" signature for ' + VILLAGE.did.encode() in done.stdout
    assert done.stdout.count(b'"subject"') == 25_002
    (bag,) = (desk / "opened").iterdir()
    checked = subprocess.run([sys.executable, "-c", BLOCKS["python"]], cwd=bag, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr.decode()
    blob = next((bag / "data" / "blobs").glob("*/*.pdf"))
    assert blob.read_bytes() == b"two"
    if importlib.util.find_spec("bagit"):
        subprocess.run([sys.executable, "-m", "bagit", "--validate", str(bag)], check=True, capture_output=True)


def test_the_printed_commands_notice_a_stranger(desk):
    (desk / "signers").write_text(seal.allowed_signers([(VILLAGE.did, OTHER.sign_pk)]))
    assert run(desk, BLOCKS["sh"]).returncode != 0


def test_the_printed_commands_notice_damage(desk):
    whole = (desk / "bundle.age").read_bytes()
    (desk / "bundle.age").write_bytes(whole[:-1])
    assert run(desk, BLOCKS["sh"]).returncode != 0


def test_the_printed_python_notices_a_doctored_line(desk):
    run(desk, BLOCKS["sh"])
    (bag,) = (desk / "opened").iterdir()
    line = sorted((bag / "data" / "journal" / VILLAGE.did).iterdir())[1]
    line.write_bytes(line.read_bytes().replace("会议".encode(), "会仪".encode(), 1))
    checked = subprocess.run([sys.executable, "-c", BLOCKS["python"]], cwd=bag, capture_output=True, check=False)
    assert checked.returncode != 0
