"""Stages: which follows which, what locks, what a stage is called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One stage of a kind's life.

    Attributes: `seals` entering it makes a new sealed edition, and content does not change afterwards; `after` the stages it may
    be entered from; `done` a record in it asks for nothing more; `numbers` entering it gives the number, where that is not left
    to the seal; `reasoned` it is entered with a reason only; `made` the program enters it, nobody else.
    """

    key: str
    name: str
    after: tuple[str, ...] = ()
    seals: bool = False
    done: bool = False
    numbers: bool = False
    reasoned: bool = False
    made: bool = False


@dataclass(frozen=True)
class Flow:
    """The stages of a kind; the first one is where a record begins."""

    stages: tuple[Stage, ...]

    @property
    def first(self) -> str:
        return self.stages[0].key

    @property
    def sealing(self) -> str:
        """The stage `finalise` stands for; "" when no stage seals."""
        return next((s.key for s in self.stages if s.seals), "")

    @property
    def numbering(self) -> str:
        """The stage in which a record gets its number; "" when there is none."""
        return next((s.key for s in self.stages if s.numbers), self.sealing)

    def __contains__(self, key: object) -> bool:
        return any(s.key == key for s in self.stages)

    def __getitem__(self, key: str) -> Stage:
        """The stage of that key; one nobody here knows (a newer program's) is called by it and leads nowhere."""
        return next((s for s in self.stages if s.key == key), Stage(key, key))

    def named(self, word: str) -> str:
        """The key of a stage given by key or by name; "" when there is none."""
        return next((s.key for s in self.stages if word in (s.key, s.name)), "")

    def next(self, key: str) -> tuple[Stage, ...]:
        """The stages that people may enter from `key`."""
        return tuple(s for s in self.stages if key in s.after and not s.made)


PLAIN = Flow((Stage("kept", "在册"),))
"""A record without stages: it is simply kept."""
