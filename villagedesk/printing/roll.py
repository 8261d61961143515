"""The roll of papers, written out by hand: which formal papers a kind has beside its plain sheet."""

from collections.abc import Callable
from functools import partial
from typing import Any

from villagedesk.base.errors import NotValid, Problem
from villagedesk.printing.about import About
from villagedesk.printing.blank import blank
from villagedesk.printing.councilpaper import handbook, roster, summary
from villagedesk.printing.digest import digest
from villagedesk.printing.feastpaper import blank_feast, feast_form
from villagedesk.printing.matterpaper import blank_matter, matter_book
from villagedesk.printing.minutes import blank_minutes, minutes
from villagedesk.printing.notice import notice
from villagedesk.printing.pdf import Pdf
from villagedesk.printing.posting import posting
from villagedesk.printing.sheet import plain_sheet
from villagedesk.printing.signin import blank_signin, signin
from villagedesk.records.kind import Record

Paper = Callable[[Any, About], Pdf]

PLAIN = "plain"
SHEETS: dict[str, dict[str, tuple[str, Paper]]] = {
    "meeting": {
        "minutes": ("会议记录", minutes),
        "notice": ("会议通知", notice),
        "signin": ("会议签到表", signin),
        "digest": ("会议纪要", digest),
    },
    "feast": {"report": ("红白事报备表", feast_form)},
    "matter": {"book": ("四议两公开登记表", matter_book)},
    "publication": {"notice": ("公示", posting)},
    "council": {
        "handbook": ("年度工作台账", handbook),
        "summary": ("年度工作总结", summary),
        "roster": ("成员名册", roster),
    },
}
"""Kind → name of a paper → its Chinese name and how it is made; the first one is meant where none is named."""

BLANKS: dict[str, dict[str, tuple[str, Callable[[About], Pdf]]]] = {
    "meeting": {"minutes": ("会议记录", blank_minutes), "signin": ("会议签到表", blank_signin)},
    "feast": {"report": ("红白事报备表", blank_feast)},
    "matter": {"book": ("四议两公开登记表", blank_matter)},
}
"""Kind → name of a paper → its Chinese name and its form for the pen; other kinds have the one their description gives."""


def blank_of(cls: type[Record], name: str = "") -> Callable[[About], Pdf]:
    """The blank form of a paper, or of a kind."""
    for key, (chinese, made) in BLANKS.get(cls.kind.key, {}).items():
        if name in ("", key, chinese):
            return made
    return partial(blank, cls)


def blanks_of(kind: str) -> dict[str, str]:
    """The blank forms of a kind: its name and what it is called."""
    return {key: chinese for key, (chinese, _) in BLANKS.get(kind, {}).items()} or {PLAIN: "登记表"}


def papers_of(kind: str) -> dict[str, str]:
    """Every paper of a kind, the one that is meant first: its name and what it is called."""
    return {key: chinese for key, (chinese, _) in SHEETS.get(kind, {}).items()} | {PLAIN: "登记表"}


def key_of(kind: str, name: str = "") -> str:
    """The key of the paper of that name, by key or in Chinese; "" the one that is meant."""
    papers = papers_of(kind)
    for key, chinese in papers.items():
        if name in ("", key, chinese):
            return key
    raise NotValid([Problem("", f"没有“{name}”这种打印格式，可以选：{'、'.join(papers)}。")])


def sheet_of(kind: str, name: str = "") -> Paper:
    """The paper of that name; "" the one that is meant."""
    key = key_of(kind, name)
    return plain_sheet if key == PLAIN else SHEETS[kind][key][1]
