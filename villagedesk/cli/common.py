"""What every command needs: the desk opened, input read, tables and JSON printed."""

import argparse
import codecs
import getpass
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office, at_desk
from villagedesk.base.errors import NotValid, Problem, Surroundings
from villagedesk.base.log import open_log
from villagedesk.base.paths import Places, default_data
from villagedesk.records.values import BadJson, strict_json

FILE_LIMIT = 64 << 20
"""Bytes of an input file at the most; each record in it is held to its own limit."""


_HELP = (
    ("usage: ", "用法："),
    ("positional arguments:", "要写的："),
    ("options:", "可以写的："),
    ("show this help message and exit", "看这份说明"),
)
_FAULTS = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"one of the arguments (.*) is required", r"要写 \1 中的一个"),
    (r"unrecognized arguments: (.*)", r"不认识“\1”"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 不能是“\2”，可以是 \3"),
    (r"argument (.*?): invalid int value: '(.*)'", r"\1 应当是整数，不能是“\2”"),
    (r"argument (.*?): expected .*", r"\1 后面没有写内容"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 一起写"),
)
"""What argparse says, and how we say it."""


class Chinese(argparse.ArgumentParser):
    """A parser that speaks Chinese, whose faults are one sentence and exit 2."""

    def format_help(self) -> str:
        text = super().format_help()
        for english, chinese in _HELP:
            text = text.replace(english, chinese)
        return text

    def error(self, message: str) -> NoReturn:
        said = next((found.expand(to) for pattern, to in _FAULTS if (found := re.fullmatch(pattern, message))), message)
        raise NotValid([Problem("", f"命令写得不对：{said}。运行 {self.prog} --help 看用法。")])


def places(options: argparse.Namespace) -> Places:
    """The data folder that was meant."""
    return Places(Path(options.data) if options.data else default_data())


def user(options: argparse.Namespace) -> str:
    """The account that was named, if any."""
    return options.user or os.environ.get("VILLAGEDESK_USER", "")


def passphrase(prompt: str = "口令：", *, variable: str = "VILLAGEDESK_PASSPHRASE", twice: bool = False) -> str:
    """The passphrase from the environment, or asked for on a terminal."""
    known = os.environ.get(variable)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise NotValid([Problem("", f"没有口令。请在终端里运行，或设置环境变量 {variable}。")])
    first = getpass.getpass(prompt)
    if twice and getpass.getpass("再输一遍：") != first:
        raise NotValid([Problem("", "两遍口令不一样，请重来。")])
    return first


@contextmanager
def office(options: argparse.Namespace) -> Iterator[Office]:
    """The desk, opened by whoever was named; what there is to know is said first."""
    place = places(options)
    if place.keys.exists():
        open_log(place.log)
    with at_desk(place, user(options), passphrase()) as opened:
        tell(opened.notes)
        yield opened


def tell(sentences: Iterable[str]) -> None:
    """Sentences for people, on stderr."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def said(done: Changed) -> None:
    """The ids that were written, and what there is to remark."""
    for identifier in done.ids:
        print(identifier)
    tell(done.notes)
    tell(f"提醒：{p.text}" for p in done.remarks)


def read_json(source: str) -> tuple[Any, Path]:
    """What a file or `-` holds, and the folder its attachments are named from.  `NotValid` with the place of the fault."""
    try:
        data = sys.stdin.buffer.read(FILE_LIMIT + 1) if source == "-" else _file(Path(source))
        value = strict_json(data.removeprefix(codecs.BOM_UTF8), limit=FILE_LIMIT)  # Notepad writes one
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            strict_json(json.dumps(row, default=str, ensure_ascii=False).encode(errors="surrogatepass"))
    except BadJson as error:
        raise NotValid([Problem("", f"{'标准输入' if source == '-' else source}：{error}")]) from None
    except UnicodeDecodeError:
        raise NotValid([Problem("", f"{source}：有认不出的字符。")]) from None
    return value, Path() if source == "-" else Path(source).parent


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise BadJson(f"文件太大，最多{FILE_LIMIT >> 20}MB。请分成几个文件。")
        return path.read_bytes()
    except OSError as error:
        raise Surroundings(f"读不到“{path}”：{error.strerror}。请核对路径。") from None


def objects(value: Any) -> list[dict[str, Any]]:
    """One object or a list of objects; `NotValid` for anything else."""
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(r, dict) for r in rows):
        raise NotValid([Problem("", "应当是一个对象 {…}，或对象的列表 [{…}, {…}]。")])
    return rows


def one_object(value: Any) -> dict[str, Any]:
    """Exactly one object."""
    rows = objects(value)
    if len(rows) != 1:
        raise NotValid([Problem("", "这里一次只改一条，请给一个对象 {…}。")])
    return rows[0]


def print_json(value: Any) -> None:
    """Stable JSON: no spaces that vary, keys in the order of the description."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A plain table whose columns line up, han counted double; numbers to the right."""
    lines = [[str(c) for c in row] for row in rows]
    widths = [max([width(h), *(width(line[i]) for line in lines)]) for i, h in enumerate(heads)]
    right = [bool(lines) and all(line[i].isdigit() for line in lines) for i in range(len(heads))]
    for line in [list(heads), *lines]:
        cells = [_padded(text, widths[i], right=right[i]) for i, text in enumerate(line)]
        print("  ".join(cells).rstrip())


def _padded(text: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space


def day(text: str) -> str:
    """A day as typed; `NotValid` when it is none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise NotValid([Problem("", f"日期“{text}”不对，请写年月日，比如 2026-11-18。")]) from None
