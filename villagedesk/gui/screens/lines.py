"""Short lists of records on a page: when, the character of the kind, which record, and what of it; Enter opens one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.actions.office import Office
from villagedesk.gui import paint
from villagedesk.gui.parts.tile import character
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.theme import changed, em, face, theme
from villagedesk.records.kinds import KINDS
from villagedesk.records.rights import Deed
from villagedesk.store.overview import Line

HIGH = 2.25
"""em of a row."""
_SAID = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Told:
    """A line as it is shown: `when` on its left, `which` record, `what` of it on its right; `late` somebody must act."""

    line: Line
    when: str
    which: str
    what: str
    late: bool = False


def follow(screen: Screen, office: Office, line: Line) -> None:
    """Open what a line stands for: its record, a place, or a new record for what nobody has done yet."""
    cls = KINDS.get(line.kind)
    if cls is None or line.id:
        screen.asked.emit(Place(line.kind, line.id, line.org))
    elif office.by.may(Deed.WRITE, cls.kind):
        screen.asked.emit(Place(line.kind, begin=line.begin))
    else:
        screen.say(f"“{cls.kind.name}”不归您登记。")


class Lines(QListWidget):
    """Records, one a line; `wide` em are kept for when."""

    def __init__(self, name: str, wide: float) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("bare", "1")  # the card it lies on has the edge
        self.setItemDelegate(_Row(self, wide))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> Line | None:
        """The record of the current line."""
        line = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return line if isinstance(line, Line) else None

    def show_lines(self, lines: Sequence[Told], none: str) -> None:
        """These, or a sentence when there is none."""
        self.clear()
        for told in lines:
            kind = KINDS[told.line.kind].kind.name if told.line.kind in KINDS else ""
            said = (told.when, told.what, kind, told.which)  # the kind is shown as its tile
            item = QListWidgetItem("　".join(part for part in said if part))
            item.setData(Qt.ItemDataRole.UserRole, told.line)
            item.setData(_SAID, told)
            item.setToolTip("\n".join(filter(None, (item.text(), told.line.rule))))
            self.addItem(item)
        if not lines and none:
            item = QListWidgetItem(none)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)

    def sizeHint(self) -> QSize:
        return QSize(em(16), em(HIGH) * max(1, min(self.count(), 5)))


class _Row(QStyledItemDelegate):
    """The current one is tinted and marked at its left edge, as in every list."""

    def __init__(self, lines: Lines, wide: float) -> None:
        super().__init__(lines)
        self._wide = wide

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(12), em(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, told = theme(), index.data(_SAID)
        box = QRect(option.rect)
        if told is None:
            paint.text(painter, box.adjusted(em(0.25), 0, 0, 0), str(index.data() or ""), t.ink2, face())
            return
        current = paint.row(painter, box, option.state)
        if index.row() + 1 < index.model().rowCount():
            left = box.left() + em(self._wide)
            paint.hairline(painter, QRect(left, box.top(), 1, box.height()).bottomLeft(), box.bottomRight())
        when = QRect(box.left() + em(0.375), box.top(), em(self._wide) - em(0.5), box.height())
        small, strong = face("small"), face("small", weight=600)
        paint.text(painter, when, told.when, t.bad if told.late else t.ink2, strong if told.late else small)
        tile = QRect(box.left() + em(self._wide), box.top() + (box.height() - em(1.375)) // 2, em(1.375), em(1.375))
        char = character(told.line.kind)
        paint.tile(painter, tile, char, char)
        room = box.adjusted(em(self._wide) + em(1.875), 0, -em(0.25), 0)
        note = min(QFontMetrics(small).horizontalAdvance(told.what) + 1, room.width() * 2 // 5)
        paint.text(
            painter,
            room,
            QFontMetrics(small).elidedText(told.what, Qt.TextElideMode.ElideRight, note),
            t.ink2,
            small,
            paint.RIGHT,
        )
        room.adjust(0, 0, -note - em(0.5) if told.what else 0, 0)
        paint.text(painter, room, told.which, t.ink, face(weight=600 if current or told.late else 400))
