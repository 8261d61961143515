"""Papers on their way out of the desk: made by name, put into a folder, noted when they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from villagedesk.actions import papers
from villagedesk.actions.intake import Report
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.files import write_whole
from villagedesk.base.text import file_name
from villagedesk.printing.pdf import Pdf
from villagedesk.records.kind import Record
from villagedesk.store.overview import Line
from villagedesk.store.queries import Kept
from villagedesk.store.tables import Printed

Way = Literal["printer", "folder"]
LIST = "list"
BLANK = "blank "
"""What the names of blank forms begin with."""


@dataclass(frozen=True)
class Made:
    """A paper as it will leave the desk.

    Attributes: `kept` the record, None for a list or a blank form; `draft` the n of 第n稿; `sheet` which paper it is, `name`
    what it is called; `file` what its file is called.
    """

    kind: str
    kept: Kept | None
    draft: int
    sheet: str
    name: str
    file: str
    data: Pdf


def called(cls: type[Record], *, of_record: bool = True) -> dict[str, str]:
    """The papers of a kind: those of a record, the one that is meant first; the list of all; the forms for the pen."""
    from villagedesk.printing.roll import PLAIN, blanks_of, papers_of

    def full(key: str, name: str) -> str:
        return f"{cls.kind.name}{name}" if key == PLAIN else name

    kind = cls.kind.key
    own = {key: full(key, name) for key, name in papers_of(kind).items()}
    blank = {} if cls.kind.made else {BLANK + key: f"空白{full(key, name)}" for key, name in blanks_of(kind).items()}
    return (own if of_record else {}) | {LIST: papers.list_called(cls)} | blank


def make(office: Office, cls: type[Record], identifier: str = "", org: str = "", *, sheet: str = "") -> Made:
    """A paper of a record, or the list or a blank form of its kind."""
    from villagedesk.printing.roll import key_of

    kind = cls.kind
    if sheet == LIST:
        name = papers.list_called(cls)
        file = f"{file_name(f'{office.desk.me.name}{name}')}.pdf"
        return Made(kind.key, None, 0, sheet, name, file, papers.list_paper(office, cls))
    if sheet.startswith(BLANK):
        bare = sheet.removeprefix(BLANK)
        file = f"{file_name(f'{kind.name}-空白表-{bare}'.removesuffix('-'))}.pdf"
        name = called(cls).get(sheet, f"{kind.name}空白表")
        return Made(kind.key, None, 0, sheet, name, file, papers.blank_form(office, cls, sheet=bare))
    kept, about, data = papers.record_paper(office, cls, identifier, org, sheet=sheet)
    key = key_of(kind.key, sheet)
    name = called(cls)[key]
    file = f"{file_name(f'{name}-{kept.record.title}')[:40]}-{kept.id}.pdf"
    return Made(kind.key, kept, about.draft, key, name, file, data)


def card(office: Office) -> Made:
    """This laptop's card: its digits on paper, to be compared with those on the other one's screen, apart from any stick."""
    return Made(
        "card",
        None,
        0,
        "card",
        "设备指纹卡",
        f"{file_name(f'设备指纹卡-{office.desk.me.name}')}.pdf",
        papers.card(office),
    )


def recovery(office: Office, words: str) -> Made:
    """The recovery key: what is noted of it when it leaves says that it did, never what it is."""
    file = f"{file_name(f'恢复密钥-{office.desk.me.name}')}.pdf"
    return Made("recovery", None, 0, "recovery", "恢复密钥", file, papers.recovery(office, words))


def receipt(office: Office, report: Report) -> Made:
    """The receipt of what was taken in, for whoever brought it."""
    name = file_name(f"回执-{report.name}-第{report.no}号包")
    return Made(
        "receipt",
        None,
        0,
        f"receipt {report.no}",
        f"{report.name}第{report.no}号包回执",
        f"{name}.pdf",
        papers.receipt(office, report),
    )


def todo_list(office: Office, lines: Sequence[Line]) -> Made:
    """What there is to do, by day, each with its rule."""
    file = f"{file_name(f'要办的事-{office.desk.me.name}-{clock.today()}')}.pdf"
    return Made("todo", None, 0, "todo", "要办的事", file, papers.todo_list(office, lines))


def put(office: Office, made: Made, path: Path) -> Path:
    """Write a paper as a whole file, and note it; return its path."""
    write_whole(path, made.data)
    noted(office, made, "folder", place=str(path.parent))
    return path


def noted(office: Office, made: Made, way: Way, *, place: str, pages: str = "", copies: int = 1) -> None:
    """Note that a paper went to a printer or into a folder; `pages` "" is all of them."""
    kept = made.kept
    with office.desk.writing() as session:
        session.add(
            Printed(
                at=clock.now().isoformat(timespec="seconds"), account=office.by.account, org=kept.org if kept else office.desk.me.org,
                kind=made.kind, id=kept.id if kept else "", edition=kept.edition if kept else 0, draft=made.draft, sheet=made.sheet,
                way=way, pages=pages, copies=copies, place=place,
            )
        )  # fmt: skip


def print_to(office: Office, cls: type[Record], identifier: str, folder: Path, *, sheet: str = "") -> Path:
    """Write a paper of a record as PDF into a folder; return its path."""
    made = make(office, cls, identifier, sheet=sheet)
    return put(office, made, folder / made.file)


def blank_to(office: Office, cls: type[Record], folder: Path, *, sheet: str = "") -> Path:
    """Write the blank form of a kind, or of one of its papers, as PDF into a folder; return its path."""
    made = make(office, cls, sheet=BLANK + sheet)
    return put(office, made, folder / made.file)


def list_to(office: Office, cls: type[Record], folder: Path) -> Path:
    """Write the list of all records of a kind as PDF into a folder; return its path."""
    made = make(office, cls, sheet=LIST)
    return put(office, made, folder / made.file)
