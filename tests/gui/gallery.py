"""Every part in every state on one sheet, and the frame with a place in it: for the tests, and to be looked at.

PYTHONPATH=. QT_QPA_PLATFORM=offscreen python -P tests/gui/gallery.py FOLDER    writes a picture of each
"""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from villagedesk.gui import theme
from villagedesk.gui.focus import FocusRing
from villagedesk.gui.parts.bars import Bars
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading, Item, Shell
from villagedesk.gui.parts.hills import Hills
from villagedesk.gui.parts.month import Day, Month
from villagedesk.gui.parts.notes import Banner, NoteBar
from villagedesk.gui.parts.progress import Progress
from villagedesk.gui.parts.quorum import QuorumLine
from villagedesk.gui.parts.seal import Seal
from villagedesk.gui.parts.stepper import Stepper
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.tile import Tile
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import em

PLACES = (
    ("home", "house", "首页"),
    ("meeting", "users-round", "六会会议"),
    ("resolution", "list-checks", "四议两公开"),
    ("case", "scale", "矛盾调解"),
    ("rule", "scroll-text", "村规民约"),
    ("award", "award", "文明家庭"),
    ("event", "heart-handshake", "红白喜事"),
    ("notice", "megaphone", "村务公开"),
    ("people", "user-round", "人和户"),
    ("search", "chart-column", "查找与统计"),
    ("carry", "usb", "带到镇里"),
)


def fields() -> QWidget:
    """Fields and buttons in every state."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
    grid.setSpacing(em(0.75))
    kind = QComboBox()
    kind.addItems(["村民代表会议", "红白理事会"])
    fixed = QLineEdit("03-012")
    fixed.setReadOnly(True)
    phone = Field("联系电话", QLineEdit("13985"))
    phone.say("少6位，手机号11位。")
    told = Field("通知日期", QLineEdit("2026-11-22"))
    told.say("最好早3天，现在2天。", warn=True)
    made = [
        Field("记录人", QLineEdit("罗秀珍")),
        phone,
        Field("户号", fixed, hint="建户时编的，不改。"),
        told,
        Field("会议类型", kind),
        Field("地点", QLineEdit("村委会二楼会议室"), note="自动填，同上次"),
    ]
    for n, field in enumerate(made):
        grid.addWidget(field, n // 2, n % 2)
    off = Button("定稿", filled=True)
    off.setEnabled(False)
    row = QHBoxLayout()
    for widget in (
        Button("定稿", filled=True, icon="stamp"),
        Button("打印", "F9", icon="printer"),
        Button("改错", kind="link", icon="pencil"),
        Button("退回", kind="bad", icon="undo-2"),
        off,
    ):
        row.addWidget(widget)
    row.addStretch()
    grid.addLayout(row, 3, 0, 1, 2)
    chips = QHBoxLayout()
    for text, tone, icon in (
        ("没写完", "warn", "pencil"),
        ("镇里退回", "bad", "undo-2"),
        ("在办", "acc", "clock"),
        ("已办", "good", "check"),
        ("已送镇", "plain", "check"),
        ("还没议", "quiet", None),
    ):
        chips.addWidget(Chip(text, tone, icon))
    chips.addStretch()
    grid.addLayout(chips, 4, 0, 1, 2)
    grid.setRowStretch(5, 1)
    return page


def column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
    rows.setSpacing(em(0.75))
    for widget in widgets:
        rows.addWidget(widget)
    rows.addStretch()
    return page


def row(*widgets: QWidget) -> QWidget:
    page = QWidget()
    cells = QHBoxLayout(page)
    cells.setContentsMargins(0, 0, 0, 0)
    cells.setSpacing(em(0.5))
    for widget in widgets:
        cells.addWidget(widget)
    return page


def told() -> QWidget:
    """What is told: notes, banners, emptiness, progress, quorum."""
    enough, short = QuorumLine(), QuorumLine()
    enough.show_count(31, 29, 43, "够开会人数了：到会31人，达到三分之二（29人）。")
    short.show_count(20, 29, 43, "还差9人：到会20人，三分之二是29人。")
    counted = Card("点名")
    counted.head.addStretch()
    counted.head.addWidget(Words("应到 43", tone="ink2"))
    counted.body.addWidget(enough)
    counted.body.addWidget(short)
    progress = Progress()
    progress.show_done("正在打印花名册，12/40页，大约还要8秒", 12, 40)
    return column(
        NoteBar("“国庆后隐患回头看”移到了回收站。", lambda: None, icon="trash-2"),
        Banner("warn", "镇里退回1件：到会人数对不上。", Button("去改", "Enter", kind="link")),
        Banner("bad", "U盘不见了，没写成。村里的数据没动。", Button("再试", kind="link")),
        Banner("acc", "断过电。会议记录还在，接着写。", Button("打开", "Enter", kind="link")),
        Banner("good", "镇里收下了35件。"),
        Empty(
            "heart-handshake",
            "今年还没有红白事报备",
            Button("登记第一件", "F4", filled=True),
            more="办事前十天来登记。",
        ),
        row(progress, counted),
    )


def stages() -> QWidget:
    """Steps across and down, tiles, switches, the next step."""
    across = Stepper(
        [
            ("登记", "11-03"),
            ("受理", "11-05"),
            ("调解", "11-12"),
            ("履行", "27日前"),
            ("回访", "12-27前"),
            ("结案", ""),
        ],
        3,
    )
    down = Stepper(
        [("选村", "找到本村"), ("核对", "名称、公章用字"), ("设密码", "至少8位"), ("抄恢复钥匙", "写在纸上锁起来")],
        1,
        down=True,
    )
    following = Card(tone="acc")
    following.body.addWidget(Words("下一步  11月27日前，还有3天", "small", tone="acc", weight=600))
    following.body.addWidget(Words("去看排水沟挖好没有，记下履行情况", "sub", song=True, weight=600, wrap=True))
    return column(
        Switch(["全部", "红白", "互帮", "联防", "代表会议"], "哪个会", 0),
        row(*(Tile(char) for char in "会调约誉喜公镇户"), Tile("代", "会"), Tile("贤", "会"), QWidget()),
        across,
        row(down, following),
    )


def charts() -> QWidget:
    """The month and the charts."""
    today = date(2026, 11, 24)
    moon = [
        "廿三",
        "廿四",
        "廿五",
        "廿六",
        "廿七",
        "廿八",
        "立冬",
        "三十",
        "十月",
        "初二",
        "初三",
        "初四",
        "初五",
        "初六",
        "初七",
    ]
    moon += [
        "初八",
        "初九",
        "初十",
        "十一",
        "十二",
        "十三",
        "小雪",
        "十五",
        "十六",
        "十七",
        "十八",
        "十九",
        "二十",
        "廿一",
        "廿二",
    ]
    tiles = {3: "喜", 5: "调", 10: "镇", 12: "调", 16: "誉", 18: "会", 20: "会", 23: "公", 24: "会", 27: "会"}

    def written(day: date) -> Day:
        note = moon[day.day - 1] if day.month == 11 else ""
        return Day(note, note in ("立冬", "小雪"), day.day % 6 == 2, tiles.get(day.day, ""))

    month = Card("2026年11月")
    month.body.addWidget(Month(today, written))
    year = Bars("每月记下的事")
    counts = [17, 12, 30, 29, 24, 34, 25, 20, 28, 36, 29, None]
    year.show_values([(str(n + 1), count) for n, count in enumerate(counts)], 10)
    sorts = Bars("今年纠纷都是什么事", across=True)
    sorts.show_values([("邻里", 31), ("林地界线", 22), ("婚姻家庭", 17), ("宅基地", 12), ("劳务欠薪", 6), ("其他", 14)])
    upright, across = Card("每月记下的事"), Card("今年纠纷都是什么事")
    upright.body.addWidget(year)
    across.body.addWidget(sorts)
    return row(month, column(upright, across))


def first() -> QWidget:
    """Seal and hills, as at the first start."""
    hills = Hills()
    rows = QVBoxLayout(hills)
    card = Card()
    card.setFixedWidth(em(29))
    name = QVBoxLayout()
    name.setSpacing(0)
    name.addWidget(Words("好花红村", "figure", song=True, weight=600))
    name.addWidget(Words("惠水县好花红镇", "small", tone="ink2"))
    top = QHBoxLayout()
    top.setSpacing(em())
    top.addWidget(Seal(3.25))
    top.addLayout(name, 1)
    card.body.addLayout(top)
    secret = QLineEdit("abcdefgh")
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    field = Field("密码", secret)
    field.say("大写锁定（Caps Lock）开着，密码分大小写。", warn=True)
    card.body.addWidget(field)
    card.body.addWidget(Button("打开", "Enter", filled=True))
    rows.addStretch()
    middle = QHBoxLayout()  # not an alignment: that one reckons heights from the width of the page
    middle.addStretch()
    middle.addWidget(card)
    middle.addStretch()
    rows.addLayout(middle)
    rows.addStretch()
    return hills


def frame(place: QWidget | None = None) -> Shell:
    """The frame as a clerk sees it in the middle of a meeting."""
    shell = Shell([Item(*place) for place in PLACES])
    shell.setWindowTitle("村务台 — 惠水县好花红镇好花红村")
    shell.rail.set_desk("好花红村", "罗秀珍", "文书")
    for name, count in (("meeting", 2), ("case", 2), ("carry", 1)):
        shell.rail.set_waiting(name, count)
    shell.rail.set_current("meeting")
    heading = Heading(
        "村民代表会议第四季度会议",
        short="村民代表会议",
        number="代〔2026〕4号",
        chip=("没写完", "warn", "pencil"),
        back=True,
        search=False,
        saves=True,
        buttons=(Button("打印签到表", icon="printer"), Button("定稿", filled=True, icon="stamp")),
    )
    shell.show_place(scrolled(place or fields()), heading, ["next", "next_pane", "next_problem", "undo", "out", "help"])
    shell.header.mark.saved(datetime(2026, 11, 24, 14, 32, 7))
    shell.strip.count(1, 1)
    return shell


def scrolled(page: QWidget) -> QWidget:
    """As every page lies in the frame: in large type it is longer than the screen."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scroll)
    return ground


SHEETS: dict[str, Callable[[], QWidget]] = {
    **{page.__name__: lambda page=page: scrolled(page()) for page in (fields, told, stages, charts)},
    "first": first,
    "frame": frame,
}


def main(folder: Path) -> None:
    """A picture of each sheet in each scheme and size."""
    app = QApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    ring = FocusRing(app)
    for scheme in ("light", "dark", "contrast"):
        for size in (12, 18, 24):
            theme.apply(app, scheme=scheme, size=size)
            for name, make in SHEETS.items():
                sheet = make()
                sheet.resize(1366, 696)
                sheet.show()
                edit = sheet.findChild(QLineEdit)
                app.processEvents()
                if name == "fields":
                    edit.setFocus()
                app.processEvents()
                sheet.grab().save(str(folder / f"{name}-{scheme}-{size}.png"))
                sheet.close()
                sheet.deleteLater()
                app.processEvents()
    ring.setWidget(None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
