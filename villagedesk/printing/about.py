"""What a paper says about the record beside its values: whose it is, which edition, how to check it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class About:
    """Where a record stands.

    Attributes: `record` its id; `sealed_on` the day this edition was sealed, None while it is a draft; `draft` the n of
    第n稿; `fingerprint` 8 groups of 5 digits, "" when there is nothing to check yet; `stage` its name in Chinese;
    `body_names` body code → name; `more` what a paper of many records is made from, gathered by who asks for it.
    """

    org: str
    org_name: str
    record: str
    edition: int = 0
    draft: int = 1
    sealed_on: date | None = None
    fingerprint: str = ""
    stage: str = ""
    body_names: dict[str, str] = field(default_factory=dict)
    more: Any = None
