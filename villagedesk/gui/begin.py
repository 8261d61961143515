"""The first start: which village this is, who keeps its desk, and the recovery key on paper before anything else."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions.office import Office
from villagedesk.base import divisions
from villagedesk.base.codes import LEVELS, division_ok
from villagedesk.gui.editors.choices import Few
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.stepper import Stepper
from villagedesk.gui.parts.words import Words
from villagedesk.gui.recovery import RecoveryKey
from villagedesk.gui.theme import changed, em
from villagedesk.gui.unlock import Passphrase

STEPS = (("选单位", "找到本村"), ("设账户", "姓名和口令"), ("抄恢复密钥", "写在纸上锁起来"))
ROLES = (("village", "村、社区"), ("town", "镇、街道"), ("county", "县、区"))
PAUSE = 60
"""Milliseconds without a key before the list is asked."""


@dataclass(frozen=True)
class Wish:
    """What a new desk is to be."""

    role: str
    code: str
    name: str
    user: str
    passphrase: str


class Begin(QWidget):
    """Signals: `wished` a desk is to be made; `written` the recovery key was written down and typed back."""

    wished = Signal(object)
    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str] = []
        self._asked = (0, 0)
        self.stepper = Stepper(STEPS, 0, down=True)
        self.pages = QStackedWidget()
        for page in (self._place_page(), self._user_page(), self._key_page()):
            self.pages.addWidget(page)
        self.card = Card("")
        row = QHBoxLayout()
        row.addWidget(self.stepper, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.pages, 1)
        self.card.body.addLayout(row)
        whole = QHBoxLayout(self)
        whole.addStretch(1)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.card, 8)
        column.addStretch(1)
        whole.addLayout(column, 8)
        whole.addStretch(1)
        self._row = row
        changed.connect(self._space)
        self._space()
        self.to(0)

    # --- the unit ---------------------------------------------------------------------------------------

    def _place_page(self) -> QWidget:
        self.role = Few(ROLES, needed=True)
        self.role.fill("village")
        self.role.typed.connect(self._look)
        self.words = QLineEdit()
        self.words.setAccessibleName("本单位叫什么")
        self.words.setPlaceholderText("如 好花红、hhh、惠水 好花红")
        self.list = QListWidget()
        self.list.setAccessibleName("找到的单位")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self.next())
        self.hint = Words("", "small", tone="ink2", wrap=True)
        self.code, self.name = QLineEdit(), QLineEdit()
        self.code_field = Field("区划代码", self.code, hint="村12位、镇9位、县6位数字")
        self.name_field = Field("单位全名", self.name)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self.next)
        self.list.currentRowChanged.connect(lambda _: self._take())
        self.code.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self.next)
        by_hand = QHBoxLayout()
        by_hand.addWidget(self.code_field)
        by_hand.addWidget(self.name_field, 1)
        return _page(
            "本单位叫什么？", "打名称，或者打拼音首字母。全国六十二万个村都在这台电脑里，不用上网。名称随时能改。",
            [self.role, self.words, self.list, self.hint, by_hand], self._button("下一步", self.next),
        )  # fmt: skip

    def _look(self) -> None:
        role = str(self.role.value() or "village")
        found = divisions.find(self.words.text(), 12, level=role) if self.words.text().strip() else []
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.name}　　{one.where}　　{one.code}")
            item.setData(Qt.ItemDataRole.UserRole, (one.code, one.name))
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)
        none = bool(self.words.text().strip()) and not found
        self.hint.setText(
            "名录里没有（2023年的名录），请在下面自己填代码和全名。"
            if none
            else "没有本单位，或者刚改了名？下面可以自己填。"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down choose a unit while one goes on typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.list.count():
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if by:
                self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            code, name = item.data(Qt.ItemDataRole.UserRole)
            self.code.setText(code)
            self.name.setText(name)

    # --- who keeps it -----------------------------------------------------------------------------------

    def _user_page(self) -> QWidget:
        self.user, self.first, self.second = QLineEdit(), Passphrase("口令"), Passphrase("再输一遍")
        self.user_field = Field("您的姓名", self.user, hint="记在每条记录的经手人里。")
        self.first_field = Field("口令", self.first, hint="至少8个字符，可以用一句好记的话。")
        self.second_field = Field("再输一遍口令", self.second)
        self.user.returnPressed.connect(self.first.setFocus)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.next)
        self.said = Words("", tone="bad", weight=600, wrap=True)
        return _page(
            "谁来管这台电脑？", "第一个账户什么都能做，以后再给别人分职责。口令只在这台电脑上用，谁也查不到。",
            [self.user_field, self.first_field, self.second_field, self.said], self._button("建好", self.next),
        )  # fmt: skip

    # --- the recovery key -------------------------------------------------------------------------------

    def _key_page(self) -> QWidget:
        self.key = RecoveryKey()
        self.back = QLineEdit()
        self.back_field = Field("", self.back)
        self.back.returnPressed.connect(self.next)
        return _page(
            "抄下恢复密钥", "四行数字是最后一把钥匙：所有人都忘了口令时，只有它打得开。请打印或抄在纸上，锁进柜子，不要存在电脑里。",
            [self.key, self.back_field], self._button("抄好了，开始用", self.next),
        )  # fmt: skip

    def show_key(self, words: str, office: Office) -> None:
        """The key that was made; two of its groups must be typed back."""
        self._rows = words.splitlines()
        self.key.show_key(words, office)
        self._asked = (random.randrange(4), random.randrange(4))  # noqa: S311 -- only which group is asked back
        name = self._rows[self._asked[0]].split()[0]
        self.back_field.label.setText(f"核对：{name}行的第{self._asked[1] + 1}组5位数字")
        self.to(2)

    # --- going on ---------------------------------------------------------------------------------------

    def to(self, page: int) -> None:
        """Show a page, the cursor in its first line."""
        self.pages.setCurrentIndex(page)
        self.stepper.show_steps(STEPS, page)
        (self.words, self.user, self.back)[page].setFocus()

    def next(self) -> None:
        """On, if this page says all it must."""
        if self.pages.currentIndex() == 0:
            if self._pause.isActive():  # quicker than the list
                self._pause.stop()
                self._look()
            role = str(self.role.value() or "village")
            sound = role in LEVELS and division_ok(self.code.text().strip(), role)
            self.code_field.say(None if sound else "代码不对：村12位、镇9位、县6位数字。")
            named = bool(self.name.text().strip())
            self.name_field.say(None if named else "请写单位全名。")
            if sound and named:
                self.to(1)
            elif self.words.text().strip() and not self.list.count():
                (self.name if sound else self.code).setFocus()
        elif self.pages.currentIndex() == 1:
            named, long = bool(self.user.text().strip()), len(self.first.text()) >= 8
            same = self.first.text() == self.second.text()
            self.user_field.say(None if named else "请写姓名。")
            self.first_field.say(None if long else "口令至少8个字符。")
            self.second_field.say(None if same else "两遍不一样，请再输一遍。")
            wrong = self.user if not named else self.first if not long else self.second if not same else None
            if wrong is not None:
                wrong.setFocus()
            else:
                wish = Wish(
                    str(self.role.value()),
                    self.code.text().strip(),
                    self.name.text().strip(),
                    self.user.text().strip(),
                    self.first.text(),
                )
                self.wished.emit(wish)
        else:
            groups = self._rows[self._asked[0]].split()[1:]
            right = self.back.text().strip() == groups[self._asked[1]]
            self.back_field.say(None if right else "和上面的不一样，请照纸上抄的再输一遍。")
            if right:
                self.key.forget()
                self.first.clear()
                self.second.clear()
                self.written.emit()

    def say(self, problem: str) -> None:
        """Why the desk could not be made."""
        self.said.setText(problem)

    def _button(self, word: str, deed: object) -> Button:
        button = Button(word, "Enter", filled=True)
        button.clicked.connect(deed)
        return button

    def _space(self) -> None:
        self._row.setSpacing(em(2))
        self.list.setMinimumHeight(em(9))


def _page(title: str, words: str, parts: Sequence[QWidget | QHBoxLayout], button: Button) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(Words(title, "figure", song=True, weight=600))
    column.addWidget(Words(words, tone="ink2", wrap=True))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch()
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
    column.setSpacing(em(0.75))
    return page
