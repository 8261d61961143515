"""The header: one title, its state and number; on the right what is searched, what is saved, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from villagedesk.gui import paint
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button, IconButton
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Elided, Sign, Words
from villagedesk.gui.theme import changed, em, face, theme


@dataclass(frozen=True)
class Heading:
    """What the header says of a place: `chip` is (words, tone, icon); at most two buttons, the main one last."""

    title: str
    short: str = ""
    number: str = ""
    chip: tuple[str, str, str | None] | None = None
    back: bool = False
    search: bool = True
    saves: bool = False
    buttons: Sequence[Button] = field(default=())


class Search(QLineEdit):
    """The one search field: a glass at its left, its key at its right."""

    def __init__(self, hint: str = "找人、找事、找文书") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._dress()
        changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedWidth(em(17))
        self.setTextMargins(em(1.625), 0, em(3.25), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t, painter = theme(), QPainter(self)
        paint.put_icon(painter, "search", t.ink3, QRect(em(0.625), 0, em(1.125), self.height()))
        if not self.text():
            box = self.rect().adjusted(0, 0, -em(0.75), 0)
            paint.text(painter, box, KEYS["find"].shown, t.ink3, face("small"), paint.RIGHT)


class SaveMark(QWidget):
    """Whether what was typed is kept, and since when to the second."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("circle-check", "good")
        self._words = Words("", "small", weight=600, tone="good")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words)
        self._dress()
        changed.connect(self._dress)

    def saved(self, at: datetime) -> None:
        """Kept at that moment."""
        self._say("circle-check", "good", f"已保存 {at:%H:%M:%S}")

    def saving(self) -> None:
        """On its way to the disk."""
        self._say("loader", "ink2", "正在保存")

    def failed(self) -> None:
        """Not kept; it is tried again."""
        self._say("circle-alert", "bad", "没存上，正在再试")

    def _say(self, icon: str, tone: str, words: str) -> None:
        self._sign.show_as(icon, tone)
        self._words.set_tone(tone)
        self._words.setText(words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(em(0.375))


class Header(QWidget):
    """The strip over every place.

    Signals: `back_asked`; `searched` with the words when Enter is pressed; `viewed` another view of the place, by its number.
    """

    back_asked = Signal()
    searched = Signal(str)
    viewed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._back = IconButton("chevron-left", "返回")
        self._back.clicked.connect(self.back_asked)
        self._title = Elided("", "title", song=True, weight=600)
        self._chip = Chip("", "plain")
        self._number = Elided("", "small", tone="ink2")
        self.search = Search()
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.mark = SaveMark()
        self._buttons: list[Button] = []
        self._heading = Heading("")
        self._narrow = False
        self._row = QHBoxLayout(self)
        for widget in (self._back, self._title, self._chip, self._number):
            self._row.addWidget(widget)
        self._views: Switch | None = None
        self._row.addStretch(1)
        self._row.addWidget(self.search)
        self._row.addWidget(self.mark)
        QShortcut(KEYS["find"].sequences[0], self.window(), self._find)
        self._dress()
        changed.connect(self._dress)

    def show_heading(self, heading: Heading) -> None:
        """Say this; the buttons of the last heading go."""
        for button in self._buttons:
            if button not in heading.buttons:
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
        self._heading = heading
        self._buttons = list(heading.buttons)
        for button in self._buttons:
            self._row.addWidget(button)
        if heading.chip is not None:
            self._chip.say(*heading.chip)
        self.mark.setVisible(heading.saves)
        self.fit(self._narrow)

    def show_views(self, words: Sequence[str], current: int) -> None:
        """The views of the place that is shown, beside its title; none where there is only one."""
        if self._views is not None:
            self._row.removeWidget(self._views)
            self._views.hide()
            self._views.deleteLater()
            self._views = None
        if len(words) > 1:
            self._views = Switch(words, "看哪一页", current)
            self._views.chosen.connect(self.viewed)
            self._row.insertWidget(self._row.indexOf(self._number) + 1, self._views)

    def fit(self, narrow: bool) -> None:
        """In a narrow window: the short title, no number, no search field, the main button alone."""
        heading, self._narrow = self._heading, narrow
        self._title.setText(heading.short if narrow and heading.short else heading.title)
        self._back.setVisible(heading.back)
        self._chip.setVisible(heading.chip is not None)
        self._number.setText(heading.number)
        self._number.setVisible(bool(heading.number) and not narrow)
        self.search.setVisible(heading.search and not narrow)
        for button in self._buttons:
            button.setVisible(not narrow or button is self._buttons[-1])

    def _find(self) -> None:
        if self.search.isVisible():
            self.search.setFocus()
            self.search.selectAll()
        else:
            self.searched.emit("")

    def _dress(self) -> None:
        self.setFixedHeight(em(3.25))
        self._row.setContentsMargins(em(1.25), 0, em(1.25), 0)
        self._row.setSpacing(em(0.75))

    def paintEvent(self, event: QPaintEvent) -> None:
        y = self.height() - 1
        paint.hairline(QPainter(self), QPoint(0, y), QPoint(self.width(), y))
