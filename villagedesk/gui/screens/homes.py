"""The households by group, as a list: a section is read when it comes into sight."""

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.actions.office import Office
from villagedesk.gui import paint
from villagedesk.gui.parts.sidelist import SideList
from villagedesk.gui.theme import em, face, theme
from villagedesk.records.kinds.people.people import Household
from villagedesk.store import households, queries
from villagedesk.store.households import Home, Member, Section

Index = QModelIndex | QPersistentModelIndex
LONE = "没有写户的人"


class Homes(QAbstractListModel):
    """A heading for each group and its households below; at the end who is in none."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._words = ""
        self._sections: list[Section] = []
        self._homes: dict[int, list[Home]] = {}
        self._lone: list[Member] = []
        self._starts: list[int] = [0]
        self._orgs: dict[str, str] = {}

    def show_words(self, words: str) -> None:
        """Read anew what has these words."""
        self.beginResetModel()
        self._words, self._homes = words, {}
        with self._office.desk.reading() as session:
            self._sections = households.sections(session, self._office.by, words)
            self._lone = households.lone(session, self._office.by, words)
            self._orgs = queries.org_names(session) if self._office.by.level != "village" else {}
        sizes = [*(s.count for s in self._sections), len(self._lone)]
        self._starts = [0, *accumulate(size + 1 for size in sizes if size)]
        self.endResetModel()

    @property
    def count(self) -> int:
        """How many households there are."""
        return sum(section.count for section in self._sections)

    def at(self, row: int) -> Home | Member | None:
        """The household or the person of a row; nothing for a heading."""
        section, place = self._place(row)
        if place < 0:
            return None
        if section == len(self._sections):
            return self._lone[place]
        found = self._read(section)
        return found[place] if place < len(found) else None

    def row_of(self, identifier: str) -> int:
        """The row of a household or person; the first one that is no heading when it is in none."""
        for place, one in enumerate(self._lone):
            if one.kept.id == identifier:
                return self._starts[-2] + 1 + place
        with self._office.desk.reading() as session:
            found = next(queries.some(session, self._office.by, Household, [identifier]), None)
        if found is not None and isinstance(found.record, Household):
            group = found.record.group
            key = found.org, (group.id or group.name) if group else ""
            for section, one_section in enumerate(self._sections):
                if (one_section.org, one_section.group) == key:
                    ids = [home.kept.id for home in self._read(section)]
                    return self._starts[section] + 1 + (ids.index(identifier) if identifier in ids else 0)
        return 1

    def heading(self, row: int) -> tuple[str, str]:
        """What a heading says: the group, and how many."""
        section, _ = self._place(row)
        if section == len(self._sections):
            more = "以上" if len(self._lone) == households.MOST else ""
            return LONE, f"{len(self._lone)}人{more}"
        one = self._sections[section]
        return f"{self._orgs.get(one.org, '')}{one.name or '没有写小组的户'}", f"{one.count}户"

    def _read(self, section: int) -> list[Home]:
        if section not in self._homes:
            with self._office.desk.reading() as session:
                self._homes[section] = households.homes(session, self._office.by, self._sections[section], self._words)
        return self._homes[section]

    def _place(self, row: int) -> tuple[int, int]:
        """Section and place in it; -1 is its heading."""
        if not 0 <= row < self._starts[-1]:
            return -1, -1
        section = bisect_right(self._starts, row) - 1
        return section, row - self._starts[section] - 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else self._starts[-1]

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._place(index.row())[1] < 0:
            return Qt.ItemFlag.NoItemFlags  # the arrows pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.at(index.row())
        if one is None:
            return "，".join(self.heading(index.row()))
        if isinstance(one, Home):
            return "，".join(filter(None, (one.household.head.name, one.household.number, f"{one.people}人")))
        return one.person.name


class HomeList(SideList):
    """The list itself."""

    def __init__(self, model: Homes) -> None:
        super().__init__("户", model, _Row())
        self.setUniformItemSizes(True)


class _Row(QStyledItemDelegate):
    """The head's name, the number of the household, how many live there; headings quiet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, model = theme(), index.model()
        assert isinstance(model, Homes)  # noqa: S101 -- it draws no other list
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        room = box.adjusted(em(0.75), 0, -em(0.75), 0)
        one = model.at(index.row())
        if one is None:
            painter.fillRect(box, t.paper2)
            name, count = model.heading(index.row())
            paint.text(painter, room, name, t.ink2, face("small", weight=600))
            paint.text(painter, room, count, t.ink2, face("small"), paint.RIGHT)
        else:
            current = paint.row(painter, box, state)
            name = one.household.head.name if isinstance(one, Home) else one.person.name
            paint.text(painter, room.adjusted(0, 0, -em(11), 0), name, t.ink, face(weight=600 if current else 400))
            if isinstance(one, Home):
                middle = QRect(room.right() - em(11), room.top(), em(8), room.height())
                paint.text(painter, middle, one.household.number, t.ink2, face("small"))
                paint.text(painter, room, f"{one.people}人", t.ink2, face("small"), paint.RIGHT)
        paint.hairline(painter, box.bottomLeft(), box.bottomRight())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(10), em(2.125))
