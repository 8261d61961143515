"""Old shape of a record → new, dict → dict; used by projection, bundles and drafts alike.

Bytes in the journal never change; a record written by an older program is brought up when it is read.
"""

from collections.abc import Callable
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[tuple[str, int], Step] = {}
"""(kind, version it leads away from) → the step.  Empty until a description changes in a way that old bytes do not fit."""


def upgraded(
    kind: str, version: int, values: dict[str, Any], *, steps: dict[tuple[str, int], Step] | None = None
) -> dict[str, Any]:
    """`values` of a record of that version, brought up as far as there are steps."""
    table = STEPS if steps is None else steps
    while step := table.get((kind, version)):
        values, version = step(values), version + 1
    return values


def needed(kind: str, version: int) -> bool:
    """Whether a payload of that version must pass through here before it is read."""
    return (kind, version) in STEPS
