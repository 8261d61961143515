"""The same actions for a terminal, a script, a test.

Exit status: 0 done, 2 the input is at fault, 3 refused, 4 the surroundings.  Sentences for people go to stderr, results to stdout;
JSON is stable: the same state gives the same bytes, sorted by id.
"""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence

from villagedesk.base.errors import DeskError, Surroundings

PROGRAM = "villagedesk"


def parser() -> argparse.ArgumentParser:
    """All commands, written out in one place; loaded here, for the window does without them."""
    from villagedesk.cli import carry, desk, figures, records, town
    from villagedesk.cli.common import Chinese

    top = Chinese(prog=PROGRAM, description="村务台：不写命令就打开窗口。")
    top.add_argument("--data", metavar="DIR", help="数据放在哪里（缺省：用户自己的数据目录）")
    top.add_argument(
        "--as", dest="user", metavar="NAME", help="用哪个账户（只有一个账户时可不写；也可用 VILLAGEDESK_USER）"
    )
    top.set_defaults(run=None)
    commands = top.add_subparsers(title="命令", metavar="命令", parser_class=Chinese)
    for group in (desk, records, carry, figures, town):
        group.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        words = sys.argv[1:] if arguments is None else list(arguments)
        options = None if _no_command(words) else parser().parse_args(_lifted(words))
        if options is None or options.run is None:
            from villagedesk import app

            return app.start(options.data if options else next(iter(words[1:]), None))
        status: int = options.run(options)
        return status
    except DeskError as error:
        print(f"{error}（{error.command}）" if error.command else error, file=sys.stderr)
        return error.exit
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # what no layer below has put into better words
        print(
            f"读写“{error.filename or '文件'}”时出错：{error.strerror}。原来的记录没有动，请检查位置、权限和空间后再试。",
            file=sys.stderr,
        )
        return Surroundings.exit
    except Exception as error:
        where = "".join(traceback.format_tb(error.__traceback__))  # never the message: it may hold what was recorded
        logging.getLogger("villagedesk").error("a bug: %s\n%s", type(error).__name__, where)
        print("程序出了错，已记入日志（数据目录下的log）。已经存上的记录都在，请把日志带给维护人员。", file=sys.stderr)
        if os.environ.get("VILLAGEDESK_DEBUG"):
            raise
        return 1
    except KeyboardInterrupt:
        print("已停下，没有存的内容没有写入。", file=sys.stderr)
        return 4


def _no_command(words: list[str]) -> bool:
    """Whether the desk itself is asked for, as its icon on the screen does: the commands need not be known for that."""
    return not words or (len(words) == 2 and words[0] == "--data" and not words[1].startswith("-"))


def _lifted(arguments: list[str]) -> list[str]:
    """`--data DIR` and `--as NAME` may stand anywhere; they are brought to the front."""
    front, rest, i = [], [], 0
    while i < len(arguments):
        word = arguments[i]
        if word == "--":
            rest += arguments[i:]
            break
        if word in ("--data", "--as") and i + 1 < len(arguments):
            front += arguments[i : i + 2]
            i += 2
            continue
        (front if word.startswith(("--data=", "--as=")) else rest).append(word)
        i += 1
    return front + rest
