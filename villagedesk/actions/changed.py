"""What an action changed: windows decide for themselves what to read again."""

from dataclasses import dataclass, field

from villagedesk.base.errors import Problem


@dataclass(frozen=True)
class Changed:
    """Kinds and record ids that changed, in the order they were written, and remarks that do not keep anything from being saved."""

    kinds: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()
    remarks: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
