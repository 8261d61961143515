"""Search over all kinds by pairs of characters and by the sound of names, through the viewer's rights."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextualSelect, column, select, text, tuple_
from sqlmodel import Session

from villagedesk.base.text import fold, query_grams
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Viewer
from villagedesk.store.projection import SOUND
from villagedesk.store.tables import TABLES

LIMIT = 50


@dataclass(frozen=True)
class Hit:
    """A record that holds the words."""

    kind: str
    org: str
    id: str
    title: str
    stage: str


def search(session: Session, viewer: Viewer, words: str, *, limit: int = LIMIT) -> list[Hit]:
    """The newest records that hold every word of `words`, each in full.  Nothing asked, nothing found.

    The index finds candidates by pairs; the folded text decides, since two pairs may stand apart.  Letters also find the
    names that may be typed so: lzh, luozh, luo zhenghua for 罗正华.
    """
    kinds = sorted(viewer.readable(cls.kind for cls in KINDS.values()))
    if not fold(words) or not kinds:
        return []
    held, values = _holding(words)
    among = "" if len(kinds) == len(KINDS) else " AND f.kind IN (" + ",".join(f"'{k}'" for k in kinds) + ")"
    wanted = text(f"SELECT f.kind, f.org, f.id {held}{among} ORDER BY w.rowid DESC LIMIT :limit")
    rows = session.connection().execute(wanted, {**values, "limit": limit}).all()
    shown = {
        kind: _shown(session, kind, [(o, i) for k, o, i in rows if k == kind]) for kind in {row[0] for row in rows}
    }
    return [Hit(kind, org, identifier, *shown[kind][org, identifier]) for kind, org, identifier in rows]


def holding(kind: str, words: str, most: int = -1) -> TextualSelect:
    """The (org, id) of the records of a kind that hold every word of `words`, of the `most` written last: a part of a larger
    question."""
    held, values = _holding(words)
    name = f"kind_{kind}"  # a question may hold several such parts
    last = f" ORDER BY w.rowid DESC LIMIT {most}" if most >= 0 else ""
    wanted = text(f"SELECT f.org, f.id {held} AND f.kind = :{name}{last}").bindparams(**values, **{name: kind})
    return wanted.columns(column("org"), column("id"))


def _holding(words: str) -> tuple[str, dict[str, Any]]:
    """The part of a question that asks for words, and what is bound in it; at least one word."""
    asked = fold(words).split()
    values: dict[str, Any] = {"match": " AND ".join(map(_match, asked))}
    for i, word in enumerate(asked):
        values |= {f"w{i}": word, **({f"s{i}": _sound(word)} if _letters(word) else {})}
    held = " AND ".join(_held(i, word) for i, word in enumerate(asked))
    return f"FROM words w JOIN found f ON f.row = w.rowid WHERE w.words MATCH :match AND {held}", values


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _sound(word: str) -> str:
    return f'"{SOUND}{word}"*'


def _match(word: str) -> str:
    pairs = " AND ".join(_quoted(gram) for gram in query_grams(word))
    return f"(({pairs}) OR {_sound(word)})" if _letters(word) else pairs


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _held(i: int, word: str) -> str:
    sound = f" OR w.rowid IN (SELECT rowid FROM words WHERE words MATCH :s{i})" if _letters(word) else ""
    return f"(instr(f.text, :w{i}){sound})"


def _shown(session: Session, kind: str, keys: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and stage of records, by org and id."""
    rows = TABLES[kind].c
    wanted = select(rows.org, rows.id, rows.title, rows.stage).where(tuple_(rows.org, rows.id).in_(keys))
    return {(org, identifier): (title, stage) for org, identifier, title, stage in session.connection().execute(wanted)}
