"""One household: what it is, who lives there, and which posts they hold; numbers masked until they are asked for."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.base import clock
from villagedesk.gui import paint
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.words import Words
from villagedesk.gui.table import Rows
from villagedesk.gui.theme import changed, em
from villagedesk.records.kind import fields, shown
from villagedesk.records.kinds.people.people import Household, Person
from villagedesk.records.public import masked
from villagedesk.store.households import Home, Member

Index = QModelIndex | QPersistentModelIndex
_HEADS = ("姓名", "关系", "性别", "年龄", "民族", "身份证号", "电话", "任职")
_WIDTHS = (5.25, 5.0, 3.0, 3.0, 4.5, 11.0, 7.75, 7.0)
_POSTS = len(_HEADS) - 1
_FACTS = ("group", "number", "address", "tags", "votes")


class Members(QAbstractTableModel):
    """The people of a household."""

    def __init__(self) -> None:
        super().__init__()
        self.members: list[Member] = []
        self.revealed = False

    def show_members(self, members: list[Member], *, revealed: bool) -> None:
        """Other people, or the same with their numbers in full."""
        self.beginResetModel()
        self.members, self.revealed = members, revealed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.members)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return paint.LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        member = self.members[index.row()]
        one, level = member.person, 0 if self.revealed else 2
        return (
            one.name, one.relation, shown(one.sex), age(one), one.nation, masked(level, one.id_number), masked(level, one.phone),
            standing(member),
        )[index.column()]  # fmt: skip


def age(one: Person) -> str:
    """Full years today, or when it ended."""
    if one.born is None:
        return ""
    day = one.ended_on or date.fromisoformat(clock.today())
    return str(day.year - one.born.year - ((day.month, day.day) < (one.born.month, one.born.day)))


def standing(member: Member) -> str:
    """The posts held, or that a person is no longer there."""
    if member.person.ended_on is not None:
        return f"{shown(member.person.ended_on)}去世或迁出"
    return "、".join(f"{post.body.name}{post.position}" for post in member.posts)


class _Table(Rows):
    def widths(self) -> tuple[list[float], int]:
        return list(_WIDTHS), _POSTS


class HouseholdView(QWidget):
    """The household at the right of the list.  Signals: `opened` a person is to be shown."""

    opened = Signal(object)

    def __init__(self, *, writes: bool) -> None:
        super().__init__()
        self.home: Home | None = None
        self._writes = writes
        self.title = Words("", "sub", song=True, weight=600)
        self.reveal = Button("看全号码", KEYS["reveal"].shown, kind="link", icon="eye", bound=False)
        self.facts = QWidget()
        self.values: dict[str, Words] = {}
        self.none = Words("", "small", tone="ink2", wrap=True)
        self.model = Members()
        self.table = _Table(self.model, "这一户的人", quiet=_POSTS)
        self.standing = Words("", "small", tone="ink2", wrap=True)
        self.add = Button("添家人", KEYS["add_member"].shown, icon="plus", bound=False)
        self.open = Button("打开这一户", "Enter", bound=False)
        self.lead = Button("设为户主", kind="link")
        self._lay_out()
        self.table.doubleClicked.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        changed.connect(self._space)
        self._space()
        self.show_home(None, [], revealed=False)

    def _lay_out(self) -> None:
        head, acts = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.reveal)
        self._facts = QGridLayout(self.facts)
        labels = {a.name: a.label for a in fields(Household)}
        for column, name in enumerate(_FACTS):
            value = self.values[name] = Words("", wrap=True)
            self._facts.addWidget(Words(labels[name], "small", tone="ink2"), 0, column)
            self._facts.addWidget(value, 1, column, Qt.AlignmentFlag.AlignTop)
            self._facts.setColumnStretch(column, 3 if name == "address" else 2)
        for button in (self.add, self.open, self.lead):
            acts.addWidget(button)
        acts.addStretch()
        self._acts = acts
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.none)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.standing)
        self._column.addLayout(acts)

    @property
    def current(self) -> Member | None:
        """The selected person."""
        row = self.table.currentIndex().row()
        return self.model.members[row] if 0 <= row < len(self.model.members) else None

    def show_home(self, home: Home | None, members: list[Member], *, revealed: bool) -> None:
        """Another household, somebody without one, or nothing."""
        before = self.current.kept.id if self.current else ""
        self.home = home
        name = home.household.head.name if home else members[0].person.name if members else ""
        self.title.setText(f"{name}户" if home else name)
        for one, words in self.values.items():
            level = 2 if one == "address" and not revealed else 0
            words.setText(masked(level, getattr(home.household, one)) if home else "")
        self.facts.setVisible(home is not None)
        self.model.show_members(members, revealed=revealed)
        if members:
            self.table.selectRow(next((i for i, m in enumerate(members) if m.kept.id == before), 0))
        missing = home is not None and not any(_heads(home, m) for m in members)
        self.none.setText(f"户主{name}还没有登记成村民，按{KEYS['add_member'].shown}登记。" if missing else "")
        self.none.setVisible(missing)
        self.reveal.say("遮住号码" if revealed else "看全号码")
        self.reveal.setVisible(bool(members or home))
        self.open.setVisible(home is not None)
        self.add.setVisible(home is not None and self._writes)
        self._offer()

    def beginning(self) -> dict[str, Any]:
        """What the next person of this household begins with: the head, when nobody is registered as that yet."""
        assert self.home is not None  # noqa: S101 -- asked only of a household
        household = self.home.household
        begin: dict[str, Any] = {"household": {"id": self.home.kept.id, "name": household.head.name}}
        if household.group is not None:
            begin["group"] = household.group.model_dump()
        if not any(_heads(self.home, m) for m in self.model.members):
            begin |= {"name": household.head.name, "relation": "户主"}
        return begin

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _offer(self) -> None:
        """What the selected person is, in full, and whether to become head is possible."""
        one, home = self.current, self.home
        words = standing(one) if one is not None else ""
        self.standing.setText(f"{one.person.name}：{words}" if one is not None and words else "")
        self.standing.setVisible(bool(words))
        living = one is not None and one.person.ended_on is None
        other = one is not None and home is not None and one.kept.id != home.household.head.id
        self.lead.setVisible(self._writes and living and other)

    def _space(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(em(1))
        self._facts.setVerticalSpacing(em(0.125))
        self._acts.setSpacing(em(0.625))


def _heads(home: Home, member: Member) -> bool:
    head = home.household.head
    return member.kept.id == head.id if head.id else member.person.name == head.name
