"""Who may do and see what: one table.  Duties are kept by the program, not by cryptography."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.records.kind import Door, Kind


class Duty(StrEnum):
    """What a person is charged with at this desk."""

    CLERK = "clerk"
    CHAIR = "chair"
    MEDIATOR = "mediator"
    COUNCIL = "council"
    SUPERVISOR = "supervisor"
    READER = "reader"


NAMES = {
    Duty.CLERK: "文书",
    Duty.CHAIR: "支书/主任",
    Duty.MEDIATOR: "调解主任",
    Duty.COUNCIL: "六会会长",
    Duty.SUPERVISOR: "村务监督",
    Duty.READER: "只读",
}


class Deed(StrEnum):
    """What can be done."""

    READ = "read"
    WRITE = "write"
    SEAL = "seal"
    OVERRIDE = "override"
    CARRY = "carry"
    REVIEW = "review"
    KEEP = "keep"
    ACCOUNTS = "accounts"


_EVERY = frozenset(Duty)
_READERS = {
    Door.OPEN: _EVERY,
    Door.PERSONAL: frozenset({Duty.CLERK, Duty.CHAIR, Duty.MEDIATOR}),
    Door.COUNCIL: frozenset({Duty.CLERK, Duty.CHAIR, Duty.COUNCIL}),
    Door.MEDIATION: frozenset({Duty.MEDIATOR}),
}
_WRITERS = {
    Door.OPEN: frozenset({Duty.CLERK, Duty.CHAIR, Duty.COUNCIL}),
    Door.PERSONAL: frozenset({Duty.CLERK, Duty.MEDIATOR}),
    Door.COUNCIL: frozenset({Duty.CLERK, Duty.CHAIR, Duty.COUNCIL}),
    Door.MEDIATION: frozenset({Duty.MEDIATOR}),
}
_DEEDS = {
    Deed.SEAL: frozenset({Duty.CLERK, Duty.CHAIR, Duty.MEDIATOR}),
    Deed.OVERRIDE: frozenset({Duty.CHAIR}),
    Deed.CARRY: frozenset({Duty.CLERK}),
    Deed.REVIEW: frozenset({Duty.CLERK, Duty.CHAIR}),
    Deed.KEEP: frozenset({Duty.CLERK, Duty.CHAIR}),
    Deed.ACCOUNTS: frozenset({Duty.CLERK}),
}


@dataclass(frozen=True)
class Viewer:
    """Who looks: every read and every deed takes one.

    Attributes: `account` an opaque id, the only trace of the person in the journal; `level` of the desk: village, town or county.
    """

    account: str
    name: str
    duties: frozenset[Duty]
    level: str

    def may(self, deed: Deed, kind: Kind | None = None) -> bool:
        """Whether this person may do that, to a record of that kind where one is meant."""
        if kind is None:
            return bool(self.duties & _DEEDS[deed])
        if deed is Deed.READ:
            return bool(self.duties & _READERS[kind.door])
        if self.level not in kind.levels:
            return False
        allowed = bool(self.duties & _WRITERS[kind.door])
        return allowed if deed is Deed.WRITE else allowed and bool(self.duties & _DEEDS[deed])

    def readable(self, kinds: Iterable[Kind]) -> frozenset[str]:
        """The keys of the kinds whose content this person may read."""
        return frozenset(kind.key for kind in kinds if self.may(Deed.READ, kind))


def who_may(deed: Deed, kind: Kind | None = None) -> str:
    """The duties that may, in words, for a refusal that tells whom to ask."""
    level = kind.levels[0] if kind else ""
    return "、".join(NAMES[d] for d in Duty if Viewer("", "", frozenset({d}), level).may(deed, kind))
