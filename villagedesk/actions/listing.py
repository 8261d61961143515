"""Records as lists, texts and JSON: the same words for the terminal, for Excel and for a window."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from villagedesk.actions import prints
from villagedesk.base.clock import Stamp
from villagedesk.base.codes import within
from villagedesk.records.entry import Entry
from villagedesk.records.kind import Record, Shape, fields, labels, shown, told
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.town import Review
from villagedesk.records.merge import values_of
from villagedesk.records.rights import Viewer
from villagedesk.records.values import dumped
from villagedesk.store import queries
from villagedesk.store.projection import record_in
from villagedesk.store.queries import Kept
from villagedesk.store.tables import TABLES, Account

DONE = {
    "set": "存", "seal": "定稿", "amend": "更正", "move": "进到下一阶段", "del": "作废", "revive": "恢复", "merge": "合并", "erase": "抹去内容",
}  # fmt: skip


def described(cls: type[Record]) -> dict[str, Any]:
    """A kind as other programs read it."""
    kind = cls.kind
    return {
        "key": kind.key, "label": kind.name, "levels": list(kind.levels), "door": kind.door, "travels": kind.travels, "made": kind.made,
        "stages": [{"value": s.key, "label": s.name, "seals": s.seals, "after": list(s.after)} for s in kind.flow.stages],
        "fields": [_field(a, cls) for a in fields(cls)],
    }  # fmt: skip


def _field(asked: Any, cls: type[Any]) -> dict[str, Any]:
    options = [{"value": str(o.value), "label": o.label} for o in asked.options]
    if cls is Meeting and asked.name == "bodies":
        from villagedesk.actions.meetings import bodies

        options = [{"value": code, "label": name} for code, name in bodies().items()]
    flat: dict[str, Any] = {
        "key": asked.name, "label": asked.label, "shape": str(asked.shape), "required": asked.required, "auto": asked.ask.auto,
        "personal": asked.ask.personal, "options": options,
    }  # fmt: skip
    if asked.part is not None and asked.shape in (Shape.LINES, Shape.REF):
        flat["fields"] = [_field(inner, asked.part) for inner in fields(asked.part)]
    return flat


def as_json(kept: Kept) -> dict[str, Any]:
    """A record as other programs read it."""
    values = dumped(kept.record)
    values.pop("_stage", None)
    return {
        "id": kept.id, "org": kept.org, "kind": kept.record.kind.key, "title": kept.record.title, "stage": kept.stage,
        "edition": kept.edition, "struck": kept.struck, "behind": kept.behind, "values": values,
    }  # fmt: skip


def as_text(record: Record) -> Iterable[tuple[str, str]]:
    """Label and text of everything that is filled in; lines one below the other."""
    for asked in told(type(record)):
        value = getattr(record, asked.name)
        if asked.shape is Shape.LINES and value:
            yield asked.label, "".join(f"\n  {i}. {shown(line)}" for i, line in enumerate(value, 1))
        elif text := shown(value):
            yield asked.label, text


def columns(cls: type[Record], rows: Iterable[Kept]) -> tuple[list[str], list[list[str]]]:
    """The listed fields of a kind, as heads and cells."""
    listed = [a for a in fields(cls) if a.ask.listed and a.name != "number"][:6]
    heads = ["编号", *(a.label for a in listed), "状态"]
    return heads, [[k.id, *(_cell(getattr(k.record, a.name)) for a in listed), k.state] for k in rows]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(getattr(v, "name", "") or shown(v) for v in value)[:40]
    return shown(value)[:40]


def history(session: Session, viewer: Viewer, cls: type[Record], kept: Kept) -> list[dict[str, Any]]:
    """Every entry of a record: when, who, what was done, which fields changed, and why."""
    names = _names(session)
    rows: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    edition = 0
    for entry in queries.history(session, viewer, cls, kept):
        values = values_of(entry)
        edition += entry.env.op == "seal"
        changed = [
            label for name, label in {**labels(cls), "_stage": "阶段"}.items() if values.get(name) != before.get(name)
        ]
        rows.append({
            "seq": entry.env.seq, "device": entry.did, "at": local(entry), "clock": entry.env.tq,
            "op": entry.env.op, "done": DONE.get(entry.env.op, entry.env.op),
            "edition": edition, "stage": values.get("_stage", ""), "by": names.get(entry.env.a, entry.env.a), "changed": changed,
            "reason": values.get("_r", ""), "hash": entry.hash.hex(), "values": {k: v for k, v in values.items() if not k.startswith("_")},
        })  # fmt: skip
        before = values
    return rows


def printed(session: Session, viewer: Viewer, cls: type[Record], kept: Kept) -> list[str]:
    """What of a record left this desk as a paper, the newest first: when, who, which paper in which edition, how, where to."""
    names = _names(session)
    sheets = prints.called(cls)
    lines = []
    for row in queries.printed(session, viewer, cls, kept):
        edition = f"第{row.edition}版" if row.edition else f"第{row.draft}稿"
        part = f"第{row.pages}页" if row.pages else ""
        done = f"打印{part}{row.copies}份" if row.way == "printer" else "存成PDF"
        at = _village(datetime.fromisoformat(row.at))
        paper = f"{sheets.get(row.sheet, row.sheet)}{edition}"
        lines.append(f"{at}　{names.get(row.account, row.account)}　{paper}，{done}：{row.place}")
    return lines


def _names(session: Session) -> dict[str, str]:
    return {row[0]: row[1] for row in session.connection().execute(select(col(Account.id), col(Account.name)))}


def local(entry: Entry) -> str:
    """When an entry was written, on the village's clock."""
    return _village(datetime.fromtimestamp(Stamp.parse(entry.env.hlc).ms / 1000, UTC))


def _village(moment: datetime) -> str:
    return f"{moment.astimezone(UTC) + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"


def reviews(session: Session, viewer: Viewer, kept: Kept) -> list[str]:
    """What the town said of a record, newest last."""
    if kept.record.kind.key == "review":
        return []
    table = TABLES["review"]
    lines = []
    for row in session.connection().execute(
        table.select().where(table.c.about_org == kept.org, table.c.struck == 0).order_by(table.c.seq)
    ):
        if not (within(kept.org, row.org) and row.org != kept.org):
            continue  # only a unit above reviews
        said = record_in(Review, row.doc, row.sv)
        if isinstance(said, Review) and said.about.id == kept.id and said.about_kind == kept.record.kind.key:
            lines.append(f"{said.verdict.label}（第{said.edition}版）{said.remark}")
    return lines


def clashes(session: Session, viewer: Viewer, kept: Kept) -> list[str]:
    """The fields of a record changed on two laptops, with every value there is to choose from."""
    names = labels(type(kept.record))
    lines = []
    for kind, identifier, name, options in queries.clashes(session, viewer):
        if (kind, identifier) == (kept.record.kind.key, kept.id):
            values = "；".join(value for value, _ in options)
            lines.append(f"注意：“{names.get(name, name)}”在两台电脑上改得不一样：{values}。请用 edit 选定。")
    return lines
