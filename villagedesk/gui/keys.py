"""The one table of shortcuts: what each deed is called, and the keys that do it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Key:
    """One deed: its keys, the one shown first, and its word.

    `place` is where it holds; `everywhere` holds in every place. A key of functions has a twin with Ctrl, for many
    laptops hide the former behind Fn.
    """

    keys: tuple[str, ...]
    word: str
    place: str = "everywhere"

    @property
    def shown(self) -> str:
        """As it stands on a button and in the strip."""
        return self.keys[0]

    @property
    def sequences(self) -> list[QKeySequence]:
        return [QKeySequence(key) for key in self.keys]


KEYS: dict[str, Key] = {
    # everywhere
    "help": Key(("F1", "Ctrl+H"), "帮助"),
    "next_pane": Key(("F6", "Ctrl+Tab"), "换到下一栏"),
    "next_view": Key(("Alt+Right",), "换一页"),
    "next_problem": Key(("F8", "Ctrl+J"), "跳到要改处"),
    "larger": Key(("F11", "Ctrl+="), "字大些"),
    "find": Key(("Ctrl+F",), "查找"),
    "undo": Key(("Ctrl+Z",), "撤回"),
    "lock": Key(("Ctrl+L",), "锁上"),
    "out": Key(("Esc",), "返回"),
    # home
    "new_meeting": Key(("F2", "Ctrl+N"), "记会议", "home"),
    "new_case": Key(("F3", "Ctrl+Shift+N"), "登记纠纷", "home"),
    "new_feast": Key(("F4", "Ctrl+E"), "登记红白事", "home"),
    "home_open": Key(("Return", "Enter"), "打开", "home"),
    # a list
    "new": Key(("F2", "Ctrl+N"), "新建", "list"),
    "list_print": Key(("F9", "Ctrl+P"), "打印", "list"),
    "list_find": Key(("/",), "查找", "list"),
    "open": Key(("Return", "Enter"), "打开", "list"),
    "strike": Key(("Del",), "移到回收站", "list"),
    "add_member": Key(("F3", "Ctrl+Shift+N"), "添家人", "list"),
    "reveal": Key(("F7", "Ctrl+M"), "看全号码", "list"),
    "paste": Key(("Ctrl+V",), "从表格粘贴", "list"),
    "copy_faults": Key(("Ctrl+C",), "复制有错的行", "list"),
    # the bodies of the village
    "new_council": Key(("F2", "Ctrl+N"), "新组织", "council"),
    "add_seat": Key(("F3", "Ctrl+Shift+N"), "添成员", "council"),
    "leave_seat": Key(("F4", "Ctrl+E"), "离任", "council"),
    "renew": Key(("Ctrl+R",), "换届", "council"),
    "day": Key(("Ctrl+D",), "哪一天", "council"),
    "its_ledgers": Key(("Ctrl+T",), "它的台账", "council"),
    "its_charter": Key(("Ctrl+G",), "章程", "council"),
    "its_plan": Key(("Ctrl+K",), "年度计划", "council"),
    # a record or a form
    "next": Key(("Return", "Enter"), "下一项", "record"),
    "back": Key(("Shift+Return", "Shift+Enter"), "上一项", "record"),
    "save": Key(("Ctrl+S",), "保存", "record"),
    "amend": Key(("F4", "Ctrl+E"), "改", "record"),
    "seal": Key(("F10", "Ctrl+D"), "定稿", "record"),
    "print": Key(("F9", "Ctrl+P"), "打印", "record"),
    "add_step": Key(("F3", "Ctrl+Shift+N"), "记一条进展", "record"),
    "close_step": Key(("F2", "Ctrl+Return"), "办完这一步", "record"),
    "phrases": Key(("F5", "Ctrl+;"), "常用语", "record"),
    # a paper before it is printed
    "paper_print": Key(("Ctrl+P", "F9"), "打印", "paper"),
    "paper_save": Key(("Ctrl+S",), "存成PDF", "paper"),
    "paper_stick": Key(("Ctrl+U",), "放到U盘", "paper"),
    "page_on": Key(("PgDown",), "往下翻", "paper"),
    "page_back": Key(("PgUp",), "往上翻", "paper"),
    "page_first": Key(("Home",), "到头", "paper"),
    "page_last": Key(("End",), "到尾", "paper"),
    "page_larger": Key(("+", "Ctrl+Up"), "放大", "paper"),
    "page_smaller": Key(("-", "Ctrl+Down"), "缩小", "paper"),
    # numbers
    "figures_print": Key(("F9", "Ctrl+P"), "打印", "figures"),
    "figures_save": Key(("Ctrl+S",), "存成表格", "figures"),
    # the tick list of a meeting
    "present": Key(("Space",), "到会", "ticks"),
    "excused": Key(("2",), "请假", "ticks"),
    "absent": Key(("3",), "缺席", "ticks"),
}


def cap(key: str) -> str:
    """A key as it is written on a keycap."""
    return {
        "Return": "Enter",
        "Space": "空格",
        "Del": "Delete",
        "Alt+Right": "Alt →",
        "PgDown": "PgDn",
        "Ctrl+Up": "Ctrl ↑",
        "Ctrl+Down": "Ctrl ↓",
    }.get(key, key)


def twins(shown: str) -> tuple[str, ...]:
    """All keys of the deed whose shown key this is; the key alone when the table does not have it."""
    return next((key.keys for key in KEYS.values() if shown in (key.shown, cap(key.shown))), (shown,))


def bind(widget: QWidget, name: str, deed: Callable[[], object]) -> None:
    """Let the keys of `name` do it while the widget or one inside it has the focus."""
    for sequence in KEYS[name].sequences:
        shortcut = QShortcut(sequence, widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)
