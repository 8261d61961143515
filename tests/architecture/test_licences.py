"""What is shipped is listed in docs/licences.md, in the version installed, under licences we may ship."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """packaging/licences.py, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_document_is_what_is_installed(licences: ModuleType) -> None:
    written = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")

    assert written == licences.document(), "run `make licences` and read what has changed"


def test_shipped_licences_are_allowed(licences: ModuleType) -> None:
    others = {licences.name(p): licences.licence(p) for p in licences.shipped()}

    assert {n: text for n, text in others.items() if not licences.is_allowed(text)} == {}


def test_shipped_takes_in_what_the_asked_bring_along(licences: ModuleType) -> None:
    names = {licences.name(package) for package in licences.shipped()}

    assert names >= {"pyside6-essentials", "shiboken6", "sqlalchemy", "pydantic-core", "pillow", "cffi", "pypdfium2"}
    assert names.isdisjoint({"pytest", "mypy", "pdfplumber", "pdfminer-six"})


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND MIT", False),
        ("?", False),
    ],
)
def test_is_allowed_reads_alternatives_and_refuses_the_unknown(
    licences: ModuleType, expression: str, allowed: bool
) -> None:
    assert licences.is_allowed(expression) is allowed


def test_packaging_hides_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()  # it would hide PyPI's `packaging`


def test_lock_names_no_place() -> None:
    lock = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")

    assert "://" not in lock
    assert all("==" in line for line in lock.splitlines() if line[:1].isalpha())
