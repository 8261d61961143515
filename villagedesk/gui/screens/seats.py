"""The seats of a body as a table: who sits in them, which are empty, who is to come and who was there before."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from villagedesk.actions.seats import State, Tenure
from villagedesk.gui import paint
from villagedesk.gui.table import DRAW, Row, Rows
from villagedesk.gui.theme import em, face, theme
from villagedesk.records.kind import shown
from villagedesk.records.public import masked

Index = QModelIndex | QPersistentModelIndex
_HEADS = ("职务", "姓名", "任职", "离任", "届次", "户", "电话", "说明")
_WIDTHS = (6.5, 5.0, 6.5, 6.5, 4.75, 5.0, 7.5, 9.0)
REMARK = len(_HEADS) - 1


class Seats(QAbstractTableModel):
    """One line a tenure, under a heading for each state but the first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Tenure | str] = []
        self.revealed = False

    def show_tenures(self, tenures: Sequence[Tenure], *, revealed: bool) -> None:
        """Another body, another day, or the same with the numbers in full."""
        self.beginResetModel()
        self.revealed = revealed
        self.rows = []
        for state in State:
            some = [one for one in tenures if one.state is state]
            if some and state is not State.SITS:
                self.rows.append(f"{state.value}　{len(some)}{'席' if state is State.EMPTY else '人'}")
            self.rows += some
        self.endResetModel()

    def at(self, row: int) -> Tenure | None:
        """The tenure of a row; nothing for a heading."""
        one = self.rows[row] if 0 <= row < len(self.rows) else None
        return one if isinstance(one, Tenure) else None

    def row_of(self, identifier: str) -> int:
        """The row of a post; the first tenure when it is not there, -1 when there is none."""
        found = [(row, one) for row, one in enumerate(self.rows) if isinstance(one, Tenure)]
        return next((row for row, one in found if one.kept.id == identifier), found[0][0] if found else -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(_HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # the arrows pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return paint.LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, DRAW):
            return None
        one = self.rows[index.row()]
        if role == DRAW:
            looked = isinstance(one, Tenure) and index.column() == _looked_at(one)
            return partial(_draw, words=str(index.data())) if looked else None
        if isinstance(one, str):
            return one if index.column() == 0 else ""
        post, who = one.post, one.villager
        if one.state is State.EMPTY:
            return (post.position, "空缺", "", "", post.term, "", "", remark(one))[index.column()]
        home = who.household.name if who and who.household else ""
        phone = masked(0 if self.revealed else 2, who.phone) if who else ""
        return (
            post.position, post.person.name, _day(post.since), _day(post.until), post.term, home and f"{home}户", phone, remark(one),
        )[index.column()]  # fmt: skip


def remark(one: Tenure) -> str:
    """What is to be looked at, why somebody left, who sat in an empty seat, or what else somebody holds."""
    post = one.post
    if one.state is State.EMPTY:
        why = f"，{post.left}" if post.left else ""
        return f"上一任{post.person.name}，到{shown(post.until)}{why}"
    told = [one.worry] if one.worry else []
    if one.state is State.PAST and post.left:
        told.append(post.left)
    if not one.own:
        told.append(f"凭{post.body.name}的职务")
    if one.elsewhere:
        told.append(f"另任{'、'.join(one.elsewhere)}")
    return "；".join(told)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


class SeatTable(Rows):
    """The table itself; headings run over its whole width."""

    def __init__(self, model: Seats) -> None:
        super().__init__(model, "成员", quiet=REMARK, stay=1)
        self.setItemDelegate(_Line(self, quiet=REMARK))
        model.modelReset.connect(self._span)

    def widths(self) -> tuple[list[float], int]:
        return list(_WIDTHS), REMARK

    def _span(self) -> None:
        self.clearSpans()
        model = self.model()
        for row in range(model.rowCount()):
            if isinstance(model, Seats) and model.at(row) is None:
                self.setSpan(row, 0, 1, model.columnCount())


class _Line(Row):
    """Headings are quiet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if isinstance(model, Seats) and model.at(index.row()) is None:
            box: QRect = option.rect
            painter.fillRect(box, theme().paper2)
            room = box.adjusted(em(0.625), 0, 0, 0)
            paint.text(painter, room, str(index.data()), theme().ink2, face("small", weight=600))
            paint.hairline(painter, box.bottomLeft(), box.bottomRight())
        else:
            super().paint(painter, option, index)


def _looked_at(one: Tenure) -> int:
    """The column that somebody should look at; -1 when there is none."""
    return REMARK if one.worry else 1 if one.state is State.EMPTY else -1


def _draw(painter: QPainter, room: QRect, *, words: str) -> None:
    """What somebody should look at has a mark and a colour."""
    paint.put_icon(painter, "triangle-alert", theme().warn, QRect(room.left(), room.top(), em(), room.height()), em())
    paint.text(painter, room.adjusted(em(1.25), 0, 0, 0), words, theme().warn, face("small", weight=600))
