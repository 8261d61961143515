"""The rail: the places of the desk down the left edge, who sits there, and the lock."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.gui import paint
from villagedesk.gui.parts.buttons import IconButton
from villagedesk.gui.parts.seal import Seal
from villagedesk.gui.parts.words import Elided
from villagedesk.gui.theme import changed, em, face, theme

DIGITS = "1234567890-=[];"  # Alt and one of these: a place by its row


@dataclass(frozen=True)
class Item:
    """A place on the rail."""

    name: str
    icon: str
    word: str


class _Place(QAbstractButton):
    """One place: icon and word, a gold mark at the edge when it is the current one, and how much waits there."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.waiting = 0
        self.folded = False
        self.setText(item.word)
        self.setCheckable(True)
        self.setProperty("ring", "own")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name_it()

    def name_it(self) -> None:
        self.setAccessibleName(f"{self.item.word}，等着办的 {self.waiting} 件" if self.waiting else self.item.word)
        self.update()

    def nextCheckState(self) -> None:
        """Being pressed does not make a place current; being shown does."""

    def sizeHint(self) -> QSize:
        return QSize(em(5.25), em(3)) if self.folded else QSize(em(9.75), em(2.375))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(5.25), em(2.75)) if self.folded else QSize(em(9.75), em(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        side = em(0.3125) if self.folded else em(0.5)
        pill = self.rect().adjusted(side, 1, -side, -1)
        if self.isChecked() or self.underMouse():
            edge = t.railhot if t.edge > 1 else None
            paint.rounded(painter, pill, t.railcur, edge, radius=0.25, width=t.edge)
        if self.hasFocus():
            paint.rounded(painter, pill, None, t.railhot, radius=0.25, width=2)
        if self.isChecked():
            painter.fillRect(QRect(0, pill.top() + em(0.375), em(0.1875), pill.height() - em(0.75)), t.gold)
        colour = t.railhot if self.isChecked() else t.railtext
        weight = 600 if self.isChecked() else 400
        if self.folded:
            self._over(painter, pill, colour, weight)
        else:
            self._beside(painter, pill, colour, weight)

    def _beside(self, painter: QPainter, pill: QRect, colour: QColor, weight: int) -> None:
        at = QRect(pill.left() + em(0.625), pill.top(), em(1.125), pill.height())
        paint.put_icon(painter, self.item.icon, colour, at)
        words = QRect(at.right() + em(0.5), pill.top(), pill.right() - at.right() - em(0.5), pill.height())
        paint.text(painter, words, self.item.word, colour, face(weight=weight))
        if self.waiting:
            self._badge(painter, QPoint(pill.right() - em(0.5) - em(0.625), pill.center().y()))

    def _over(self, painter: QPainter, pill: QRect, colour: QColor, weight: int) -> None:
        font = face("small", weight=weight)
        line = QFontMetrics(font).height()
        top = pill.center().y() - (line + em(1.125)) // 2
        paint.put_icon(painter, self.item.icon, colour, QRect(pill.left(), top, pill.width(), em(1.125)))
        paint.text(
            painter, QRect(pill.left(), top + em(1.125), pill.width(), line), self.item.word, colour, font, paint.CENTER
        )
        if self.waiting:
            self._badge(painter, QPoint(pill.right() - em(0.5), pill.top() + em(0.625)))

    def _badge(self, painter: QPainter, center: QPoint) -> None:
        t = theme()
        shown = str(self.waiting) if self.waiting < 100 else "99+"
        font = face("small", weight=600)
        width = max(em(1.25), QFontMetrics(font).horizontalAdvance(shown) + em(0.625))
        box = QRect(0, 0, width, em(1.25))
        box.moveCenter(center)
        box.moveRight(min(box.right(), self.width() - em(0.25)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.gold)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        paint.text(painter, box, shown, t.ongold, font, paint.CENTER)


class _Avatar(QWidget):
    """The surname of who sits at the desk, in a disc."""

    def __init__(self) -> None:
        super().__init__()
        self.char = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(em(2.25), em(2.25))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(t.railhot if t.edge > 1 else Qt.PenStyle.NoPen)
        painter.setBrush(t.railcur)
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        paint.text(painter, self.rect(), self.char, t.railhot, face(song=True), paint.CENTER)


class Rail(QWidget):
    """The places of the desk.

    Signals: `chosen` with the place's name, by mouse, keyboard or Alt+digit; `lock_asked`.
    """

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self.setAccessibleName("栏目")
        self.setAutoFillBackground(True)
        self._places = {item.name: _Place(item) for item in items}
        self._seal = Seal(2.25)
        self._name = Elided("村务台", "sub", tone="railhot", song=True, weight=600)
        self._village = Elided("", "small", tone="railtext")
        self._avatar = _Avatar()
        self._person = Elided("", weight=600, tone="railhot")
        self._duty = Elided("", "small", tone="railtext")
        self._lock = IconButton("lock", "锁上", tone="railtext")
        self._lock.setProperty("ring", "light")
        self._lock.clicked.connect(self.lock_asked)

        self._titles = QWidget()
        titles = QVBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(0)
        titles.addWidget(self._name)
        titles.addWidget(self._village)
        self._head = QHBoxLayout()
        self._head.addWidget(self._seal)
        self._head.addWidget(self._titles, 1)

        self._more = IconButton("chevron-down", "下面还有", tone="railtext")
        self._more.setProperty("ring", "light")
        self._more.clicked.connect(self._scroll_on)
        self._more.hide()
        self._scroll = self._list_places()

        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._person)
        names.addWidget(self._duty)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._avatar)
        self._foot.addLayout(names, 1)
        self._foot.addWidget(self._lock)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(self._foot)
        self._folded = False
        self._dress()
        changed.connect(self._dress)

    def _list_places(self) -> QScrollArea:
        page = QWidget()
        self._list = QVBoxLayout(page)
        self._list.setSpacing(0)
        for digit, place in zip(DIGITS, self._places.values(), strict=False):
            self._list.addWidget(place)
            place.clicked.connect(lambda checked=False, name=place.item.name: self.chosen.emit(name))
            QShortcut(QKeySequence(f"Alt+{digit}"), self, lambda name=place.item.name: self.chosen.emit(name))
        self._list.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.verticalScrollBar().rangeChanged.connect(lambda low, high: self._more.setVisible(high > low))
        scroll.verticalScrollBar().valueChanged.connect(self._turn_more)
        for ground in (page, scroll.viewport()):
            ground.setAutoFillBackground(False)
        return scroll

    def _turn_more(self) -> None:
        bar = self._scroll.verticalScrollBar()
        down = bar.value() < bar.maximum()
        self._more.show_as("chevron-down" if down else "chevron-up", "下面还有" if down else "回到上面")

    def _scroll_on(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum() if bar.value() < bar.maximum() else 0)

    def set_current(self, name: str) -> None:
        """The place that is shown."""
        for key, place in self._places.items():
            place.setChecked(key == name)
            if key == name:
                self._scroll.ensureWidgetVisible(place)

    def set_waiting(self, name: str, count: int) -> None:
        """How many things wait at a place; none shows no badge."""
        self._places[name].waiting = count
        self._places[name].name_it()

    def set_desk(self, village: str, person: str, duty: str) -> None:
        """Whose desk it is, and who sits at it."""
        for label, words in ((self._village, village), (self._person, person), (self._duty, duty)):
            label.setText(words)
        self._avatar.char = person[:1]
        self._avatar.setVisible(bool(person) and not self._folded)
        self._avatar.update()

    def fold(self, folded: bool) -> None:
        """Icon over word instead of beside it, where the window is narrow."""
        self._folded = folded
        for place in self._places.values():
            place.folded = folded
            place.updateGeometry()
        for widget in (self._titles, self._person, self._duty):
            widget.setVisible(not folded)
        self._avatar.setVisible(bool(self._avatar.char) and not folded)
        self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme().rail)
        self.setPalette(palette)
        self.setFixedWidth(em(5.25) if self._folded else em(9.75))
        side = (em(5.25) - em(2.25)) // 2 if self._folded else em(0.875)
        self._head.setContentsMargins(side, em(0.625), side if self._folded else em(0.25), em(0.75))
        self._head.setSpacing(em(0.375))
        self._list.setContentsMargins(0, 0, 0, em(0.5))
        self._foot.setContentsMargins(
            em(1.625) if self._folded else side, em(0.625), em(1.625) if self._folded else em(0.5), em(0.75)
        )
        self._foot.setSpacing(em(0.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        y = self._foot.geometry().top()
        painter = QPainter(self)
        paint.hairline(painter, QPoint(em(0.875), y), QPoint(self.width() - em(0.875), y), t.railline)
        if t.edge > 1:
            painter.fillRect(QRect(self.width() - t.edge, 0, t.edge, self.height()), t.railline)
