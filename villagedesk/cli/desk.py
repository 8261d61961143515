"""Commands for the desk itself: setting up, accounts, backups, checking."""

import argparse
import sys
from pathlib import Path
from typing import Any

from villagedesk.actions import accounts, founding, office, upkeep
from villagedesk.base.errors import NotValid, Problem, Surroundings
from villagedesk.base.files import write_whole
from villagedesk.cli import common
from villagedesk.records.rights import NAMES


def add_to(commands: Any) -> None:
    """Declare the commands."""
    init = commands.add_parser("init", help="初始化一份新数据")
    init.add_argument("--role", required=True, choices=("village", "town", "county"), help="村、镇或县")
    init.add_argument("--division", required=True, metavar="CODE", help="区划代码：村12位、镇9位、县6位")
    init.add_argument("--name", default="", help="单位名称（自带名录里有的可不写）")
    init.add_argument("--user", dest="founder", required=True, metavar="NAME", help="使用人姓名")
    init.add_argument("--laptop", type=int, default=1, metavar="N", help="本单位第几台电脑（缺省1），编号各排各的")
    init.add_argument("--recovery-to", metavar="-|FILE", help="恢复密钥写到哪里（- 为屏幕）")
    init.set_defaults(run=_init)

    account = commands.add_parser("account", help="账户")
    inner = account.add_subparsers(
        metavar="list|add|remove|passphrase|recovery", required=True, parser_class=common.Chinese
    )
    inner.add_parser("list", help="有哪些账户").set_defaults(run=_account_list)
    add = inner.add_parser("add", help="新账户")
    add.add_argument("name")
    add.add_argument(
        "--duty",
        action="append",
        default=[],
        help="职责，可写多次：" + "、".join(f"{d}（{n}）" for d, n in NAMES.items()),
    )
    add.set_defaults(run=_account_add)
    remove = inner.add_parser("remove", help="停用账户并更换数据密钥")
    remove.add_argument("name")
    remove.set_defaults(run=_account_remove)
    inner.add_parser("passphrase", help="换自己的口令").set_defaults(run=_account_passphrase)
    recovery = inner.add_parser("recovery", help="做一份新的恢复密钥")
    recovery.add_argument("--to", required=True, metavar="-|FILE")
    recovery.set_defaults(run=_account_recovery)

    recover = commands.add_parser("recover", help="忘了口令：用恢复密钥换新口令")
    recover.add_argument("--key", default="-", metavar="-|FILE", help="恢复密钥（缺省从标准输入读）")
    recover.set_defaults(run=_recover)

    commands.add_parser("verify", help="检查数据：加密、结构、记录链、表行、附件").set_defaults(run=_verify)
    backup = commands.add_parser("backup", help="备份到一个文件夹")
    backup.add_argument("--to", required=True, metavar="DIR")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="用备份换下现在的数据（现在的数据移到一边，不删除）")
    restore.add_argument("file", metavar="FILE")
    restore.set_defaults(run=_restore)


def _init(options: argparse.Namespace) -> int:
    place = common.places(options)
    secret = common.passphrase("给自己定一个口令（至少8个字符）：", twice=True)
    opened, words = founding.found(
        place, options.role, options.division, options.name, options.founder, secret,
        laptop=options.laptop, recovery=bool(options.recovery_to),
    )  # fmt: skip
    try:
        if words:
            _hand_over(words, options.recovery_to)
    finally:
        office.leave(opened.desk)
        opened.desk.close()
    common.tell([f"已初始化：{opened.desk.me.name}（{opened.desk.me.org}），数据在 {place.root}。"])
    common.tell(["现在只有一个账户，各项职责都由您担任；用 account add 可以分开。"])
    if not words:
        common.tell(["还没有恢复密钥：忘了口令就打不开。请尽快运行 account recovery --to - 并抄在纸上。"])
    return 0


def _hand_over(words: str, target: str) -> None:
    if target == "-":
        print(words)
        return
    try:
        write_whole(Path(target), (words + "\n").encode())
    except Surroundings as error:
        raise Surroundings(f"恢复密钥没有写成：{error}") from error


def _account_list(options: argparse.Namespace) -> int:
    with common.office(options) as opened, opened.desk.reading() as session:
        rows = [(name, duties, "在用" if active else "停用") for name, duties, active in office.accounts(session)]
    common.table(("姓名", "职责", "状态"), rows)
    return 0


def _account_add(options: argparse.Namespace) -> int:
    duties = accounts.duties_of(options.duty)
    with common.office(options) as opened:
        secret = common.passphrase(f"给{options.name}定一个口令：", variable="VILLAGEDESK_NEW_PASSPHRASE", twice=True)
        accounts.add(opened, options.name, duties, secret)
    common.tell([f"已添加账户“{options.name}”。"])
    return 0


def _account_remove(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        accounts.remove(opened, options.name)
    common.tell([f"已停用“{options.name}”，数据密钥已更换；旧口令只能打开以前的备份。"])
    return 0


def _account_passphrase(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        accounts.change_passphrase(
            opened, common.passphrase("新口令：", variable="VILLAGEDESK_NEW_PASSPHRASE", twice=True)
        )
    common.tell(["口令已更换。"])
    return 0


def _account_recovery(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        _hand_over(accounts.new_recovery(opened), options.to)
    common.tell(["新的恢复密钥已做好，以前的那份作废。请抄在纸上，密封保管。"])
    return 0


def _recover(options: argparse.Namespace) -> int:
    try:
        words = sys.stdin.read() if options.key == "-" else Path(options.key).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotValid([Problem("", f"读不到恢复密钥“{options.key}”。")]) from None
    new = common.passphrase("新口令：", variable="VILLAGEDESK_NEW_PASSPHRASE", twice=True)
    name = accounts.recover(common.places(options), words, common.user(options), new)
    common.tell([f"“{name}”的口令已更换。"])
    return 0


def _verify(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        faults = upkeep.verify(opened)
    for fault in faults:
        print(fault)
    if not faults:
        print("检查完毕，没有发现问题。")
    return 3 if faults else 0


def _backup(options: argparse.Namespace) -> int:
    with common.office(options) as opened:
        print(upkeep.make_backup(opened, Path(options.to)))
    return 0


def _restore(options: argparse.Namespace) -> int:
    aside = upkeep.restore(common.places(options), Path(options.file), common.user(options), common.passphrase())
    common.tell(["已恢复。", *([f"原来的数据移到了 {aside}，确认无误后可自行删除。"] if aside else [])])
    return 0
