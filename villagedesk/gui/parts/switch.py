"""A segmented switch: one of a few views of the same place, all named."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from villagedesk.gui import paint
from villagedesk.gui.theme import changed, em, face, theme


class _Segment(QAbstractButton):
    def __init__(self, word: str) -> None:
        super().__init__()
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(face(weight=600)).horizontalAdvance(self.text()) + em(1.625), em(1.875))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        if self.isChecked():
            edge = t.line if t.edge == 1 else t.acc
            paint.rounded(painter, self.rect(), t.paper, edge, radius=0.25, width=t.edge)
        font = face(weight=600 if self.isChecked() else 400)
        paint.text(painter, self.rect(), self.text(), t.acc if self.isChecked() else t.ink2, font, paint.CENTER)


class Switch(QWidget):
    """The views by name; left and right move between them. Signals: `chosen` with the index."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], name: str, current: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._group = QButtonGroup(self)
        for index, word in enumerate(words):
            segment = _Segment(word)
            segment.setChecked(index == current)
            self._group.addButton(segment, index)
            self._row.addWidget(segment)
        self._group.idToggled.connect(self._told)
        self._space()
        changed.connect(self._space)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Another view."""
        self._group.button(index).setChecked(True)

    def _told(self, index: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(index)

    def _space(self) -> None:
        self._row.setContentsMargins(em(0.25), em(0.1875), em(0.25), em(0.1875))
        self._row.setSpacing(em(0.125))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        paint.rounded(QPainter(self), self.rect(), t.sunk, t.line2 if t.edge > 1 else None, radius=0.375, width=t.edge)
