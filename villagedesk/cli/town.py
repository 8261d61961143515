"""Commands of the town and the county, and the demonstration."""

import argparse
from pathlib import Path
from typing import Any

from villagedesk.actions import reviews
from villagedesk.cli import common
from villagedesk.records.kinds.town import Verdict
from villagedesk.store import queries


def add_to(commands: Any) -> None:
    """Declare the commands."""
    review = commands.add_parser("review", help="镇里审核村里的记录")
    review.add_argument("kind", metavar="KIND")
    review.add_argument("id", metavar="ID")
    verdict = review.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--accept", dest="verdict", action="store_const", const=Verdict.ACCEPT, help="审核通过")
    verdict.add_argument("--return", dest="verdict", action="store_const", const=Verdict.RETURN, help="退回补正")
    review.add_argument("--remark", default="", help="说明")
    review.set_defaults(run=_review)
    demo = commands.add_parser("demo", help="演示：从村里记一次会，到镇上汇总")
    demo.add_argument("--to", required=True, metavar="DIR")
    demo.set_defaults(run=_demo)


def _review(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        common.said(reviews.review(opened, queries.kind_of(options.kind), options.id, options.verdict, options.remark))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from villagedesk.actions import demo

    for line in demo.play(Path(options.to)):
        print(line, flush=True)
    return 0
