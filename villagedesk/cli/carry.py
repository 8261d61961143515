"""Commands for the stick: cards, enrolment, bundles out and in."""

import argparse
import sys
from pathlib import Path
from typing import Any

from villagedesk.actions import enrol, incoming, outgoing
from villagedesk.actions.intake import Report
from villagedesk.cli import common
from villagedesk.records.kinds import KINDS

_STATES = {"applied": "已收下", "preview": "先看后收，还没写进来", "held": "先放着", "known": "以前收过，没有再收"}


def add_to(commands: Any) -> None:
    """Declare the commands."""
    card = commands.add_parser("card", help="写出本机的设备卡")
    card.add_argument("--to", required=True, metavar="DIR")
    card.set_defaults(run=_card)
    enrolled = commands.add_parser("enrol", help="登记对方的设备卡")
    enrolled.add_argument("file", metavar="FILE")
    enrolled.add_argument("--fingerprint", default="", metavar="DIGITS", help="对方纸上的8组数字")
    enrolled.set_defaults(run=_enrol)
    export = commands.add_parser("export", help="导出数据包")
    export.add_argument("--to", required=True, metavar="DIR", help="U盘或文件夹")
    export.add_argument(
        "--for", dest="to_org", default="", metavar="CODE", help="交给哪个单位（缺省：村交镇，镇交每个村）"
    )
    export.add_argument("--full", action="store_true", help="调解案件带全部内容（缺省只带统计）")
    export.add_argument("--reason", default=outgoing.BASIS, help="依据，记入导出登记")
    export.set_defaults(run=_export)
    taken = commands.add_parser("import", help="收数据包")
    taken.add_argument("files", metavar="FILE", nargs="+")
    taken.add_argument("--preview", action="store_true", help="只看会怎样，什么也不写")
    taken.set_defaults(run=_import)


def _card(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        path, card = enrol.write_card(opened, Path(options.to))
    print(path)
    common.tell([f"设备号 {card.did}，核对数字：", card.digits])
    return 0


def _enrol(options: argparse.Namespace) -> int:
    digits = options.fingerprint
    if not digits and sys.stdin.isatty():
        card = enrol.load_card(Path(options.file))
        print(f"{card.name}（{card.org}），屏幕上的核对数字：\n{card.digits}", file=sys.stderr)
        digits = input("请照对方纸上的8组数字输入（直接回车表示没有核对）：")
    with common.office(options) as opened:
        done = enrol.enrol(opened, Path(options.file), digits=digits)
    print(done.card.did)
    checked = "核对过" if done.compared else "没有核对数字，请补核对后再登记一次"
    common.tell([f"已登记：{done.card.name}（{done.card.org}），{checked}。"])
    return 0


def _export(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        done = outgoing.export(
            opened, Path(options.to), to_org=options.to_org, full=options.full, reason=options.reason
        )
    for sent in done:
        print(sent.path)
        common.tell(
            [
                f"第{sent.no}号数据包，交{sent.to_org}：记录{sent.entries}条，附件{sent.files}个，{sent.size:,}字节，已写好并读回核对。"
            ]
        )
        if sent.lacking:
            common.tell(
                [f"有{sent.lacking}个附件在这台电脑上读不到，没有带上，记录照常带走。请从备份恢复后再导出一次。"]
            )
        if sent.later:
            common.tell([f"还有{sent.later}个附件装不下，记录照常带走；收到回执后再导出就会补上。"])
    return 0


def _import(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        for name in options.files:
            for report in incoming.take_in(opened, Path(name), preview=options.preview):
                _tell(report)
    return 0


def _tell(report: Report) -> None:
    print(f"{report.file}：{report.name}第{report.no}号数据包，{_STATES[report.state]}。")
    if report.state in ("applied", "preview"):
        print(
            f"  新增记录{report.records}条，改动{report.changed}条，附件{report.files}个，以前收过的{report.again}条，只带统计的{report.withheld}条。"
        )
        if report.filled:
            print(f"  以前只带统计、这次补来内容的{report.filled}条。")
        for kind, count in sorted(report.counts.items()):
            print(f"  {KINDS[kind].kind.name if kind in KINDS else kind}：{count}")
    for finding in report.findings:
        print(f"  {finding}")
    if not report.compared:
        print("  注意：对方的设备卡还没有核对过数字。")
    if report.receipt:
        print(f"  回执短码 {report.receipt}（下一次导出时随包带回）")
