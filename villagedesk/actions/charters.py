"""Charters to begin with: what the six share and what is each one's own, laid out in chapters and articles."""

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.paths import resource
from villagedesk.base.text import ordinal
from villagedesk.records.kinds.councils.council import Council
from villagedesk.records.kinds.councils.file import Charter, YearPlan
from villagedesk.store import queries
from villagedesk.store.queries import Kept


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(resource("charters", "charters.toml").read_text("utf-8"))


def starting(council: Council, village: str) -> str:
    """The text to begin a council's charter with; "" for a council that is none of the six and covers none of them."""
    code = council.key if council.key in _texts() else next(iter(council.covers), "")
    if code not in _texts():
        return ""
    own = _texts()[code]
    words = {"name": council.name, "village": village, "years": council.years or 3, "purpose": own["purpose"]}
    duties = [duty for key in dict.fromkeys([code, *council.covers]) for duty in _texts()[key]["duties"]]
    chapters = (
        ("总则", _texts()["general"]), ("组织机构", [own["composition"]]), ("职责", duties), ("会议制度", _texts()["meetings"]),
        ("权利和义务", _texts()["rights"]), ("纪律", _texts()["discipline"]), ("附则", _texts()["final"]),
    )  # fmt: skip
    return "\n".join(_lines(chapters, words))


def begun(office: Office, council: Council) -> dict[str, Any]:
    """What a new charter of a council begins with: its name, today, and the text."""
    return {
        "name": f"{council.name}章程", "drafted_on": clock.today(), "text": starting(council, office.desk.me.name),
    }  # fmt: skip


def newest(office: Office, cls: type[Charter | YearPlan], council: str) -> Kept | None:
    """The newest record of a kind that belongs to a council, by the id of the latter; those that have ended come last."""
    with office.desk.reading() as session:
        own = [
            kept
            for kept in queries.listed(session, office.by, cls)
            if isinstance(kept.record, cls) and kept.record.council.id == council
        ]
    return min(own, key=lambda kept: kept.record.kind.flow[kept.stage].done, default=None)


def _lines(chapters: tuple[tuple[str, list[str]], ...], words: dict[str, Any]) -> Iterator[str]:
    article = 0
    for n, (chapter, texts) in enumerate(chapters, 1):
        yield f"第{ordinal(n)}章　{chapter}"
        for text in texts:
            article += 1
            yield f"第{ordinal(article)}条　{text.format(**words)}"
