"""Payloads of every kind to begin from, the same on every run."""

from functools import cache
from typing import Any

from hypothesis import Phase, given, settings

from tests.making import random_records
from villagedesk.records.kind import Record
from villagedesk.records.kinds import KINDS
from villagedesk.records.values import dumped


@cache
def payloads() -> dict[str, list[dict[str, Any]]]:
    """A few sound payloads of each kind."""
    return {key: _some(cls) for key, cls in KINDS.items()}


def _some(cls: type[Record]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @settings(max_examples=6, derandomize=True, database=None, phases=[Phase.generate])
    @given(random_records(cls))
    def keep(record: Record) -> None:
        found.append(dumped(record))

    keep()
    return found
