"""Search over all kinds by pairs of characters and by the sound of names, through the viewer's rights."""

from dataclasses import dataclass

from sqlalchemy import text
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
    asked = fold(words).split()
    kinds = sorted(viewer.readable(cls.kind for cls in KINDS.values()))
    if not asked or not kinds:
        return []
    values: dict[str, str | int] = {"match": " AND ".join(map(_match, asked)), "limit": limit}
    for i, word in enumerate(asked):
        values |= {f"w{i}": word, **({f"s{i}": _sound(word)} if _letters(word) else {})}
    held = " AND ".join(_held(i, word) for i, word in enumerate(asked))
    among = "" if len(kinds) == len(KINDS) else " AND f.kind IN (" + ",".join(f"'{k}'" for k in kinds) + ")"
    rows = (
        session.connection()
        .execute(
            text(
                "SELECT f.kind, f.org, f.id FROM words w JOIN found f ON f.row = w.rowid"
                f" WHERE w.words MATCH :match AND {held}{among} ORDER BY w.rowid DESC LIMIT :limit"
            ),
            values,
        )
        .all()
    )
    return [Hit(kind, org, identifier, *_shown(session, kind, org, identifier)) for kind, org, identifier in rows]


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _sound(word: str) -> str:
    return f'"{SOUND}{word}"*'


def _match(word: str) -> str:
    pairs = " AND ".join(f'"{gram}"' for gram in query_grams(word))
    return f"(({pairs}) OR {_sound(word)})" if _letters(word) else pairs


def _held(i: int, word: str) -> str:
    sound = f" OR w.rowid IN (SELECT rowid FROM words WHERE words MATCH :s{i})" if _letters(word) else ""
    return f"(instr(f.text, :w{i}){sound})"


def _shown(session: Session, kind: str, org: str, identifier: str) -> tuple[str, str]:
    table = TABLES[kind]
    row = session.connection().execute(table.select().where(table.c.org == org, table.c.id == identifier)).one()
    return row.title, row.stage
