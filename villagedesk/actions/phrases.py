"""常用语: sentences that come again and again, shipped for each field, and a person's own; kept in the data file, never in the journal."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlmodel import Session

from villagedesk.actions.office import Office
from villagedesk.base.errors import NotValid, Problem
from villagedesk.base.paths import resource
from villagedesk.base.pinyin import heard
from villagedesk.base.text import fold
from villagedesk.store import opening

LONGEST, MOST = 500, 300
"""Characters of one sentence, and how many a person may keep."""


@dataclass(frozen=True)
class Phrase:
    """A sentence; `own` kept by the person, not shipped."""

    text: str
    own: bool = False


@cache
def shipped(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Field → the sentences shipped for it."""
    path = resource("phrases", f"{kind}.toml")
    if not path.exists():
        return {}
    return {field: tuple(some) for field, some in tomllib.loads(path.read_text("utf-8")).items()}


def offered(session: Session, office: Office, kind: str, field: str, words: str = "") -> list[Phrase]:
    """The sentences for a field that hold the words or may be typed so, those that begin with them first.

    A person's own of this field come first, the newest on top; then those shipped; then one's own of the kind's other fields.
    """
    own = _own(session, office)
    here = [Phrase(text, True) for at, name, text in reversed(own) if (at, name) == (kind, field)]
    elsewhere = [Phrase(text, True) for at, name, text in reversed(own) if at == kind and name != field]
    every = [*here, *(Phrase(text) for text in shipped(kind).get(field, ())), *elsewhere]
    places = [(_place(words, one.text), one) for one in every]
    found = sorted(((at, one) for at, one in places if at >= 0), key=lambda pair: pair[0] > 0)
    return [one for _, one in found]


def _place(words: str, text: str) -> int:
    """Where a sentence holds the words; -1 where it does not."""
    asked = fold(words)
    if not asked:
        return 0
    at = fold(text).find(asked)
    return at if at >= 0 else heard(asked, text)


def keep(office: Office, kind: str, field: str, text: str) -> None:
    """Keep a sentence of one's own; kept before, it becomes the newest."""
    tidy = text.strip()
    if not tidy or len(tidy) > LONGEST:
        raise NotValid([Problem("", f"常用语最多{LONGEST}个字，不能空着。")])
    with office.desk.writing() as session:
        others = [one for one in _own(session, office) if (one[0], one[2]) != (kind, tidy)]
        if len(others) >= MOST:
            raise NotValid([Problem("", f"常用语已经有{MOST}条，请先删去几条用不着的。")])
        _put(session, office, [*others, (kind, field, tidy)])


def drop(office: Office, kind: str, text: str) -> str:
    """Let a sentence of one's own go; the field it was kept for, "" when there was none."""
    with office.desk.writing() as session:
        own = _own(session, office)
        _put(session, office, [one for one in own if (one[0], one[2]) != (kind, text)])
        return next((field for at, field, kept in own if (at, kept) == (kind, text)), "")


def _own(session: Session, office: Office) -> list[tuple[str, str, str]]:
    """(kind, field, sentence), the newest last."""
    return [(one[0], one[1], one[2]) for one in json.loads(opening.get(session, _key(office), "[]"))]


def _put(session: Session, office: Office, own: list[tuple[str, str, str]]) -> None:
    opening.put(session, _key(office), json.dumps(own, ensure_ascii=False))


def _key(office: Office) -> str:
    return f"phrases.{office.by.account}"
