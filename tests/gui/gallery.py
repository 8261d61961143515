"""Every part in every state on one sheet, and the frame with a place in it: for the tests, and to be looked at.

PYTHONPATH=. QT_QPA_PLATFORM=offscreen python -P tests/gui/gallery.py FOLDER    writes a picture of each
"""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from villagedesk.gui import theme
from villagedesk.gui.focus import FocusRing
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading, Item, Shell
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
    shell.show_place(place or fields(), heading, ["next", "next_pane", "next_problem", "undo", "out", "help"])
    shell.header.mark.saved(datetime(2026, 11, 24, 14, 32, 7))
    shell.strip.count(1, 1)
    return shell


SHEETS = {"fields": fields, "frame": frame}


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
