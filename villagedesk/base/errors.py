"""Two families of errors: what a person can mend (here), and bugs (everything else).

Each class carries the exit status of the command line.  The sentence is Chinese, says what happened and what to do next.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one field of one record.

    Attributes: `field` is a dotted place such as ``present.2.state`` ("" for the whole record); `warn` marks a remark that
    does not keep the record from being saved.
    """

    field: str
    text: str
    warn: bool = False


class DeskError(Exception):
    """Something a person can mend; `str(error)` is the sentence shown.

    Attributes: `command` how the command line does what the sentence asks for, "" where there is nothing to add.
    """

    exit: ClassVar[int] = 2

    def __init__(self, sentence: str, *, command: str = "") -> None:
        super().__init__(sentence)
        self.command = command


class NotValid(DeskError):
    """The input does not make a record.  All problems are gathered, none is thrown first."""

    def __init__(self, problems: list[Problem], labels: dict[str, str] | None = None, *, command: str = "") -> None:
        self.problems = problems
        labels = labels or {}
        rows = [f"{labels.get(p.field, p.field)}：{p.text}" if p.field else p.text for p in problems]
        super().__init__("\n".join(rows), command=command)


class Refused(DeskError):
    """The input is well formed, but the rules, the rights or the state of the record forbid it."""

    exit = 3


class Surroundings(DeskError):
    """The machine is at fault: disk full, file locked, stick pulled, file missing."""

    exit = 4
