"""Commands for records: adding, changing, moving on, looking up, printing."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from villagedesk.actions import flow, listing, prints, records, todo
from villagedesk.base import clock
from villagedesk.cli import common
from villagedesk.records.kinds import KINDS
from villagedesk.store import queries
from villagedesk.store.search import search


def add_to(commands: Any) -> None:
    """Declare the commands."""
    kinds = commands.add_parser("kinds", help="能记哪些记录，每种有哪些项目")
    kinds.add_argument("--json", action="store_true")
    kinds.set_defaults(run=_kinds)

    add = _with_kind(commands, "add", "添加记录：一个对象或列表，全部存上或全部不存", _add)
    add.add_argument("file", metavar="FILE|-")
    edit = _with_id(commands, "edit", "修改没有定稿的记录", _edit)
    edit.add_argument("file", metavar="FILE|-")
    advance = _with_id(commands, "advance", "进到下一阶段", _advance)
    advance.add_argument("stage", metavar="STAGE")
    advance.add_argument("--reason", default="")
    finalise = _with_id(commands, "finalise", "定稿", _advance)
    finalise.add_argument("--reason", default="")
    finalise.set_defaults(stage="finalise")
    amend = _with_id(commands, "amend", "更正已定稿的记录：同一编号，新的一版", _amend)
    amend.add_argument("file", metavar="FILE|-")
    amend.add_argument("--reason", required=True)
    for name, text in (("strike", "作废一条记录"), ("revive", "恢复作废的记录")):
        turn = _with_id(commands, name, text, _strike if name == "strike" else _revive)
        turn.add_argument("--reason", required=True)
    show = _with_id(commands, "show", "看一条记录", _show)
    show.add_argument("--json", action="store_true")
    listed = _with_kind(commands, "list", "列出一种记录", _list)
    listed.add_argument("--json", action="store_true")
    listed.add_argument("--struck", action="store_true", help="列出作废的")
    history = _with_id(commands, "history", "一条记录的来历", _history)
    history.add_argument("--json", action="store_true")
    found = commands.add_parser("search", help="在所有记录里找")
    found.add_argument("text", metavar="TEXT")
    found.add_argument("--json", action="store_true")
    found.set_defaults(run=_search)
    printed = _with_kind(commands, "print", "打印成PDF：一条记录，或者空白表、登记册", _print)
    printed.add_argument("id", metavar="ID", nargs="?", default="", help="编号，可以只写开头几位")
    printed.add_argument("--blank", action="store_true", help="空白表，手写用")
    printed.add_argument("--list", action="store_true", help="这种记录的登记册")
    printed.add_argument("--sheet", default="", help="哪一种纸（缺省：该种记录的正式文书；plain 为登记表）")
    printed.add_argument("--to", required=True, metavar="DIR")
    due = commands.add_parser("due", help="该办的事")
    due.add_argument("--until", default="", metavar="D", help="到哪一天为止（缺省7天内）")
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=_due)


def _with_kind(commands: Any, name: str, text: str, run: Any) -> Any:
    command = commands.add_parser(name, help=text)
    command.add_argument("kind", metavar="KIND")
    command.set_defaults(run=run)
    return command


def _with_id(commands: Any, name: str, text: str, run: Any) -> Any:
    command = _with_kind(commands, name, text, run)
    command.add_argument("id", metavar="ID")
    return command


def _kinds(options: argparse.Namespace) -> int:
    described = [listing.described(cls) for cls in KINDS.values()]
    if options.json:
        common.print_json(described)
        return 0
    for kind in described:
        print(f"{kind['key']}　{kind['label']}")
        rows = [
            (
                f["key"],
                f["label"],
                f["shape"],
                "必填" if f["required"] else "程序填" if f["auto"] else "",
                "、".join(o["value"] for o in f["options"][:6]),
            )
            for f in kind["fields"]
        ]
        common.table(("  项目", "名称", "样式", "", "选项"), [("  " + r[0], *r[1:]) for r in rows])
        print()
    return 0


def _add(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    value, folder = common.read_json(options.file)
    rows = common.objects(value)
    with common.office(options) as opened:
        common.said(records.save(opened, cls, rows, folder=folder))
    return 0


def _edit(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    value, folder = common.read_json(options.file)
    with common.office(options) as opened:
        common.said(records.edit(opened, cls, options.id, common.one_object(value), folder=folder))
    return 0


def _advance(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    with common.office(options) as opened:
        common.said(flow.advance(opened, cls, options.id, options.stage, reason=options.reason))
    return 0


def _amend(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    value, folder = common.read_json(options.file)
    with common.office(options) as opened:
        common.said(flow.amend(opened, cls, options.id, common.one_object(value), reason=options.reason, folder=folder))
    return 0


def _strike(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        common.said(records.strike(opened, queries.kind_of(options.kind), options.id, reason=options.reason))
    return 0


def _revive(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        common.said(records.revive(opened, queries.kind_of(options.kind), options.id, reason=options.reason))
    return 0


def _show(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    with common.office(options) as opened, opened.desk.reading() as session:
        kept = queries.one(session, opened.by, cls, options.id)
        told = [*listing.reviews(session, opened.by, kept), *listing.clashes(session, opened.by, kept)]
    if options.json:
        common.print_json(listing.as_json(kept))
        return 0
    print(f"{cls.kind.name}　{kept.id}　{kept.state}")
    for label, text in listing.as_text(kept.record):
        print(f"{label}：{text}")
    for line in told:
        print(line)
    return 0


def _list(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    with common.office(options) as opened, opened.desk.reading() as session:
        rows = list(queries.listed(session, opened.by, cls, struck=options.struck, by_id=options.json))
    if options.json:
        common.print_json([listing.as_json(kept) for kept in sorted(rows, key=lambda k: (k.id, k.org))])
        return 0
    heads, cells = listing.columns(cls, rows)
    common.table(heads, cells)
    return 0


def _history(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    with common.office(options) as opened, opened.desk.reading() as session:
        kept = queries.one(session, opened.by, cls, options.id)
        rows = listing.history(session, opened.by, cls, kept)
    if options.json:
        common.print_json(rows)
        return 0
    common.table(
        ("版", "时间", "做了什么", "改了哪些", "谁", "原因"),
        [(r["edition"], r["at"], r["done"], "、".join(r["changed"]), r["by"], r["reason"]) for r in rows],
    )
    return 0


def _search(options: argparse.Namespace) -> int:
    with common.office(options) as opened, opened.desk.reading() as session:
        hits = search(session, opened.by, options.text)
    if options.json:
        ordered = sorted(hits, key=lambda h: (h.id, h.kind, h.org))
        common.print_json(
            [{"kind": h.kind, "id": h.id, "org": h.org, "title": h.title, "stage": h.stage} for h in ordered]
        )
    else:
        common.table(("种类", "编号", "名称"), [(KINDS[h.kind].kind.name, h.id, h.title) for h in hits])
    return 0


def _print(options: argparse.Namespace) -> int:
    cls = queries.kind_of(options.kind)
    with common.office(options) as opened:
        folder = Path(options.to)
        if options.blank:
            path = prints.blank_to(opened, cls, folder, sheet=options.sheet)
        elif options.list:
            path = prints.list_to(opened, cls, folder)
        else:
            path = prints.print_to(opened, cls, options.id, folder, sheet=options.sheet)
        print(path)
    return 0


def _due(options: argparse.Namespace) -> int:
    until = common.day(options.until)
    with common.office(options) as opened, opened.desk.reading() as session:
        today = date.fromisoformat(clock.today())
        items = todo.lines(session, opened, date.fromisoformat(until) if until else today + timedelta(days=7))
    if options.json:
        names = ("at", "what", "title", "kind", "org", "id", "law", "basis")
        common.print_json([{name: getattr(item, name) for name in names} for item in items])
    else:
        common.table(("期限", "事项", "记录", "依据"), [(i.at, i.what, i.title, i.rule) for i in items])
    return 0
