"""The demonstration by its command: it plays, tells what it made and where, and overwrites nothing."""

import time
from pathlib import Path

import pytest

from tests.e2e.desks import Laptop


@pytest.mark.slow
def test_the_demonstration_plays_the_whole_job_and_ends_with_a_table(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "machine")
    started = time.monotonic()
    said = laptop("demo", "--to", tmp_path / "demo")
    assert time.monotonic() - started < 120  # 30 s on a machine of its own
    assert "两边的记录链、表行、附件都没有问题" in said.out
    assert {p.name for p in (tmp_path / "demo").iterdir()} >= {"village", "town", "stick", "papers"}
    assert list((tmp_path / "demo" / "papers").glob("*.pdf"))
    assert "已经有东西" in laptop.refused(3, "demo", "--to", tmp_path / "demo")
