"""Machines made once and copied for each test."""

from pathlib import Path

import pytest

from tests.e2e.desks import Laptop, machines


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `machines`, one for all folders of tests."""
    return machines(tmp_path_factory.getbasetemp() / "machines")


@pytest.fixture
def village(made: Path, tmp_path: Path) -> Laptop:
    return Laptop(made / "village", "罗倩").copy(tmp_path / "village")


@pytest.fixture
def second(made: Path, tmp_path: Path) -> Laptop:
    """The second laptop of the same village."""
    return Laptop(made / "second", "吴昌平").copy(tmp_path / "second")


@pytest.fixture
def town(made: Path, tmp_path: Path) -> Laptop:
    return Laptop(made / "town", "王镇").copy(tmp_path / "town")


@pytest.fixture
def county(made: Path, tmp_path: Path) -> Laptop:
    return Laptop(made / "county", "县级经办").copy(tmp_path / "county")


@pytest.fixture
def recovery(made: Path) -> str:
    """The village's recovery key as it was printed."""
    return (made / "recovery.txt").read_text("utf-8")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"
