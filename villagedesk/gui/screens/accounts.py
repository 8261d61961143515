"""Who may open this desk and what for; passphrases, the recovery key, and how the window looks."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from villagedesk.actions import accounts
from villagedesk.actions.office import Office
from villagedesk.actions.office import accounts as listed
from villagedesk.base.errors import DeskError
from villagedesk.gui import settings, theme
from villagedesk.gui.editors.choices import Few
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.words import Words
from villagedesk.gui.recovery import RecoveryKey
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.theme import changed, em
from villagedesk.gui.unlock import Passphrase
from villagedesk.records.rights import NAMES, Deed, Duty

HONEST = "谁能看、能改什么，由程序按职责管着；打开数据的钥匙大家是同一把，不是靠密码学分开的。停用账户会换钥匙：旧口令只打得开旧备份。"


class Accounts(Screen):
    """Accounts with their duties; one's own passphrase; the recovery key; type, colours, lock."""

    keys = ("lock", "help")

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._may = office.by.may(Deed.ACCOUNTS)
        self.list = QListWidget()
        self.list.setAccessibleName("账户")
        self.name, self.secret = QLineEdit(), Passphrase("新账户的口令")
        self.duties = {duty: QCheckBox(NAMES[duty]) for duty in Duty}
        self.own = Passphrase("我的新口令")
        self.fields = {
            "name": Field("姓名", self.name), "secret": Field("口令", self.secret, hint="至少8个字符，可以用一句好记的话。"),
            "own": Field("我的新口令", self.own),
        }  # fmt: skip
        self.said = Words("", tone="bad", weight=600, wrap=True)
        self.key = RecoveryKey()
        self.points = Few([(points, word) for word, points in theme.SIZES.items()], needed=True)
        self.scheme = Few([(key, word) for word, key in settings.SCHEMES.items()], needed=True)
        self.minutes = Few([(m, f"{m}分钟") for m in settings.MINUTES], needed=True)
        page = QWidget()
        self._column = QVBoxLayout(page)
        for card in (self._looks(), self._people(), self._keys()):
            self._column.addWidget(card)
        self._column.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        changed.connect(self._space)
        self._space()
        self.reload()

    def heading(self) -> Heading:
        return Heading("账户和设置")

    def _looks(self) -> Card:
        card, now = Card("这台电脑的窗口"), settings.load()
        for word, editor, key in (
            ("字号", self.points, "size"),
            ("颜色", self.scheme, "scheme"),
            ("没人动多久自动锁上", self.minutes, "minutes"),
        ):
            editor.fill(getattr(now, key))
            editor.typed.connect(lambda key=key, editor=editor: self._set(key, editor.value()))
            card.body.addWidget(Field(word, editor))
        return card

    def _people(self) -> Card:
        card = Card("账户和职责")
        card.body.addWidget(Words(HONEST, "small", tone="ink2", wrap=True))
        card.body.addWidget(self.list)
        self.remove = Button("停用选中的账户", kind="bad")
        self.remove.clicked.connect(self.close_account)
        self.add = Button("加这个账户", filled=True)
        self.add.clicked.connect(self.add_account)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch()
        card.body.addLayout(row)
        line = QHBoxLayout()
        line.addWidget(self.fields["name"])
        line.addWidget(self.fields["secret"], 1)
        card.body.addLayout(line)
        ticks = self._ticks = QHBoxLayout()
        for box in self.duties.values():
            ticks.addWidget(box)
        ticks.addStretch()
        ticks.addWidget(self.add)
        card.body.addLayout(ticks)
        for widget in (self.remove, self.add, self.fields["name"], self.fields["secret"], *self.duties.values()):
            widget.setVisible(self._may)
        return card

    def _keys(self) -> Card:
        card = Card("口令和恢复密钥")
        row = QHBoxLayout()
        row.addWidget(self.fields["own"], 1)
        change = Button("换口令")
        change.clicked.connect(self.change_own)
        row.addWidget(change)
        card.body.addLayout(row)
        self.renew = Button("做一把新的恢复密钥")
        self.renew.clicked.connect(self.new_recovery)
        card.body.addWidget(
            Words(
                "恢复密钥是四行数字，写在纸上锁起来；所有人都忘了口令时靠它。新做一把，旧的就作废。",
                "small",
                tone="ink2",
                wrap=True,
            )
        )
        card.body.addWidget(self.renew)
        self.renew.setVisible(self._may)
        card.body.addWidget(self.key)
        card.body.addWidget(self.said)
        self.key.hide()
        self.said.hide()
        return card

    def reload(self) -> None:
        """Read the accounts anew."""
        with self._office.desk.reading() as session:
            rows = listed(session)
        self.list.clear()
        for name, duties, active in rows:
            self.list.addItem(f"{name}　{duties}" + ("" if active else "　已停用"))
            self.list.item(self.list.count() - 1).setData(256, name)
        self.list.setFixedHeight(em(2) * max(2, min(len(rows), 6)))

    # --- deeds ----------------------------------------------------------------------------------------

    def add_account(self) -> None:
        """A new account with the duties ticked."""
        duties = frozenset(d for d, box in self.duties.items() if box.isChecked())
        if self._do(lambda: accounts.add(self._office, self.name.text().strip(), duties, self.secret.text())):
            self.say(f"已加账户：{self.name.text().strip()}。")
            self.name.clear()
            self.secret.clear()
            self.reload()

    def close_account(self) -> None:
        """Close the selected account; the data key is another one afterwards."""
        item = self.list.currentItem()
        if item is not None and self._do(lambda: accounts.remove(self._office, item.data(256))):
            self.say(f"已停用：{item.data(256)}。数据换了新钥匙，旧口令只打得开旧备份。")
            self.reload()

    def change_own(self) -> None:
        """Another passphrase for who sits here."""
        if self._do(lambda: accounts.change_passphrase(self._office, self.own.text())):
            self.own.clear()
            self.say("口令已换，下次打开用新的。")

    def new_recovery(self) -> None:
        """A new recovery key, shown until the place is left."""
        made: list[str] = []
        if self._do(lambda: made.append(accounts.new_recovery(self._office))):
            self.key.show_key(made[0], self._office)
            self.key.show()

    def leave(self) -> None:
        self.key.hide()
        self.key.forget()

    def _do(self, deed: Callable[[], Any]) -> bool:
        try:
            deed()
        except DeskError as error:
            self.said.setText(str(error))
            self.said.show()
            return False
        self.said.hide()
        return True

    def _set(self, key: str, value: Any) -> None:
        now = settings.save(**{key: value})
        if key != "minutes":
            settings.wear(now)

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        self._ticks.setSpacing(em(1))
