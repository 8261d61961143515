"""Help: one page a place in the clerk's words, and the keys as they are; F1 opens the page of where one is."""

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser

from villagedesk.base.paths import resource
from villagedesk.gui.keys import KEYS, bind, cap
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em, face
from villagedesk.records.kinds import KINDS

PAGES = {
    "home": "首页", "todo": "要办的事", "record": "写一条记录", "meeting": "记会议", "resolution": "决议落实",
    "authorisation": "村民会议授权", "ledgers": "六会台账", "feast": "红白事报备", "matter": "四议两公开", "publication": "村务公开",
    "case": "矛盾调解", "village_rule": "村规民约", "award": "文明家庭", "people": "人和户", "council": "议事组织和任职", "carry": "带到镇里",
    "takein": "收进来", "clash": "选定一份", "overview": "汇总和审核", "figures": "统计", "term": "期限和节假日", "bin": "回收站",
    "print": "打印", "accounts": "账户和设置", "trouble": "出了问题", "keys": "全部按键",
}  # fmt: skip
"""Page → its title, in the order they are listed; the last one is made from the table of keys."""
WHERE = {
    "everywhere": "到处都行",
    "home": "首页",
    "list": "列表里",
    "council": "议事组织",
    "record": "写记录时",
    "ticks": "点名时",
    "paper": "打印时",
    "figures": "统计里",
}
_SAME = {
    "person": "people", "household": "people", "group": "people", "post": "council", "charter": "council", "plan": "council",
    "objection": "publication", "catalogue": "publication", "holidays": "term", "review": "overview", "case_summary": "case",
} | {key: "ledgers" for key, cls in KINDS.items() if cls.kind.bodies and key != "feast"} | {"campaign": "ledgers"}  # fmt: skip


class Help(Screen):
    """Up and down choose a page, Esc goes back to where one was."""

    keys = (("↑ ↓", "换一页"), "out")

    def __init__(self, about: str = "home") -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName("帮助的目录")
        self.list.setItemDelegate(Row(self.list))
        self.list.addItems(list(PAGES.values()))
        self.page = QTextBrowser()
        self.page.setAccessibleName("帮助")
        self.page.setOpenLinks(False)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.list)
        self._row.addWidget(self.page, 1)
        self.list.currentRowChanged.connect(lambda _: self._show())
        bind(self, "out", self.left.emit)
        changed.connect(self._space)
        self._space()
        about = _SAME.get(about, about)
        self.list.setCurrentRow(list(PAGES).index(about if about in PAGES else "record"))

    def heading(self) -> Heading:
        return Heading("帮助", back=True, search=False)

    def _show(self) -> None:
        name = list(PAGES)[max(self.list.currentRow(), 0)]
        self.page.document().setDefaultFont(face())
        self.page.setMarkdown(keys_told() if name == "keys" else (resource("help") / f"{name}.md").read_text("utf-8"))

    def _space(self) -> None:
        self._row.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._row.setSpacing(em(0.75))
        self.list.setFixedWidth(em(13))
        self.page.document().setDocumentMargin(em(1.25))
        self._show()


def keys_told() -> str:
    """Every key there is, by where it holds, with the key that does the same on laptops that hide the former."""
    told = ["# 全部按键"]
    for place, word in WHERE.items():
        told += [f"## {word}", ""]
        told += [
            f"- **{cap(key.shown)}** {key.word}"
            + (f"（也可以按 {'、'.join(cap(k) for k in key.keys[1:])}）" if key.keys[1:] else "")
            for key in KEYS.values()
            if key.place == place
        ]
        told.append("")
    return "\n".join(told)
