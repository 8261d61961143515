"""Commands for numbers: sums by village, body and month; the tables of the councils, on the terminal and as files."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from villagedesk.actions import figures, handout, meetings
from villagedesk.base import clock
from villagedesk.base.errors import NotValid, Problem
from villagedesk.base.spans import Span
from villagedesk.cli import common
from villagedesk.records.figures import MEETINGS
from villagedesk.store import queries
from villagedesk.store.rollup import Scope, rollup


def add_to(commands: Any) -> None:
    """Declare the commands."""
    total = commands.add_parser("rollup", help="汇总：村、会、月")
    total.add_argument("--from", dest="since", default="", metavar="D", help="从哪一天（含）")
    total.add_argument("--to", dest="until", default="", metavar="D", help="到哪一天（含）")
    total.add_argument("--json", action="store_true")
    total.set_defaults(run=_rollup)
    told = commands.add_parser("figures", help="六会统计：运行情况和专项指标")
    told.add_argument("--from", dest="since", default="", metavar="D", help="从哪一天（含），不写是本季度第一天")
    told.add_argument("--until", dest="until", default="", metavar="D", help="到哪一天（含），不写是那个季度最后一天")
    told.add_argument("--json", action="store_true")
    told.add_argument("--to", metavar="DIR", help="存到哪个文件夹")
    told.add_argument("--xlsx", action="store_true", help="存成表格（缺省）")
    told.add_argument("--pdf", action="store_true", help="存成可以打印的PDF")
    told.set_defaults(run=_figures)


def _rollup(options: argparse.Namespace) -> int:
    scope = Scope(common.day(options.since), common.day(options.until))
    with common.office(options) as opened, opened.desk.reading() as session:
        rows = rollup(session, opened.by, scope)
        orgs, names = queries.org_names(session), meetings.bodies(session)
    if options.json:
        common.print_json(rows)
        return 0
    named = ((orgs.get(r["village"], r["village"]), names.get(r["body"], r["body"]), r) for r in rows)
    heads = ("单位", "机构", "月份", *(f.label for f in MEETINGS))
    common.table(
        heads,
        [(org, body, r["month"], *("—" if r[f.key] is None else r[f.key] for f in MEETINGS)) for org, body, r in named],
    )
    return 0


def _figures(options: argparse.Namespace) -> int:
    span = _span(options)
    with common.office(options) as opened:
        if options.json:
            scope = figures.scope_of(span)
            common.print_json({"from": scope.since, "until": scope.until, "rows": figures.plain(opened, scope)})
            return 0
        tables = figures.tables(opened, span)
        if options.to:
            folder = Path(options.to)
            if options.xlsx or not options.pdf:
                print(handout.save(opened, tables, folder / handout.called(opened, tables)))
            if options.pdf:
                print(*handout.print_to(opened, tables, folder), sep="\n")
            return 0
    for table in tables:
        print(f"{table.title}（{table.when}）")
        common.table(table.heads, [table.texts(line) for line in table.lines])
        print(f"{table.note}\n" if table.note else "")
    return 0


def _span(options: argparse.Namespace) -> Span:
    """The days that were asked for; an end that was not is that of the quarter of the other, or of now."""
    since, until = (common.day(d) for d in (options.since, options.until))
    quarter = Span.holding(date.fromisoformat(since or until or clock.today()), 3)
    span = Span(
        date.fromisoformat(since) if since else quarter.first, date.fromisoformat(until) if until else quarter.last
    )
    if span.first > span.last:
        raise NotValid([Problem("", "开始的日子在结束的日子后面，请对调一下。")])
    return span
