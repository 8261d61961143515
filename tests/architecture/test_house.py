"""The house stands as it is drawn."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "villagedesk").rglob("*.py"))


def test_the_map_names_every_module_and_no_other() -> None:
    named = re.findall(r"^\| `(.+?\.py)` \|", (ROOT / "docs" / "house.md").read_text("utf-8"), re.M)

    assert sorted(named) == sorted(str(m.relative_to(ROOT / "villagedesk")) for m in MODULES)


def test_only_actions_open_a_transaction_that_writes() -> None:
    writers = {m.relative_to(ROOT / "villagedesk").parts[0] for m in MODULES if ".writing()" in m.read_text("utf-8")}

    assert writers == {"actions", "store"}


def test_packaging_does_not_hide_the_package_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_fault_is_swallowed() -> None:
    assert [
        m for m in MODULES if re.search(r"except( Exception| BaseException)?:\s*\n?\s*pass\b", m.read_text("utf-8"))
    ] == []
