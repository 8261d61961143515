"""A hard eye: what on a window is cut, lies on something else, cannot be reached, or has no name.

Words are looked at where they lie (labels, buttons, fields, lists) and where they are painted: every painter of the program
puts words down with `paint.text`, which is listened to while the window is drawn.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFocusFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from villagedesk.gui import paint
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.words import Elided
from villagedesk.gui.worker import Worker

SLACK = 1
"""Pixels of rounding that nobody sees."""
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
MOST_TABS = 400


class Flashes(QObject):
    """Notes what came up as a window of its own: a part shown before it lies in anything takes the keys away for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        own = isinstance(watched, (QMainWindow, QMessageBox, QFocusFrame))
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and not own:
            self.seen.append(f"{_label(watched)} came up as a window")
        return False


class Eye:
    """Looks at one window at a time; `picture` is what it saw."""

    def __init__(self, monkeypatch: Any) -> None:
        self._drawn: list[tuple[QWidget, str, str, QRect, QRect]] = []
        self._plain = paint.text
        monkeypatch.setattr(paint, "text", self._heard)
        self.picture = QPixmap()

    def _heard(
        self, painter: QPainter, box: QRect, words: str, colour: Any, font: Any, align: Any = paint.LEFT
    ) -> QRect:
        took = self._plain(painter, box, words, colour, font, align)
        device = painter.device()
        if isinstance(device, QWidget):
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            self._drawn.append((device, words, shown, QRect(box), took))
        return took

    def faults(self, window: QWidget) -> list[str]:
        """Everything that is wrong with what is seen now."""
        QApplication.processEvents()
        self._drawn.clear()
        self.picture = window.grab()
        top = next((w for w in window.findChildren(Worker) if w.isVisible()), window)  # it hides what lies below
        seen = [w for w in top.findChildren(QWidget) if w.isVisible() and not _apart(w)]
        found = list(self._painted())
        for widget in seen:
            found += _cut(widget)
            found += _outside(widget, window)
            found += _unnamed(widget)
            found += _unreachable(widget)
        found += _overlapping(seen, window)
        return list(dict.fromkeys(found))

    def _painted(self) -> Iterator[str]:
        """Words a painter cut short without their standing in full elsewhere, that stick out, or lie on one another."""
        last: dict[QWidget, list[tuple[str, QRect]]] = {}
        for device, words, shown, box, took in self._drawn:
            if shown != words and not _told(device, words, box):
                yield f"{_name(device)}: painted “{shown}” of “{words}”"
            high = QFontMetrics(device.font()).capHeight()
            if (
                not _listed(device)
                and not device.rect().adjusted(-3, -high // 2, 3, high // 2).contains(took)
                and words
            ):
                yield f"{_name(device)}: “{words}” is painted outside"
            if words:
                last.setdefault(device, []).append(
                    (words, took.adjusted(0, took.height() // 5, 0, -took.height() // 5))
                )
        for device, texts in last.items():
            for (one, at), (other, there) in pairwise(texts):
                if one != other and at.adjusted(2, 2, -2, -2).intersects(there.adjusted(2, 2, -2, -2)):
                    yield f"{_name(device)}: “{one}” and “{other}” are painted on one another"


def _apart(widget: QWidget) -> bool:
    """Whether it is no part of the screen: the ring, and what Qt keeps for itself inside lists."""
    return isinstance(widget, QFocusFrame) or widget.isWindow()


def _name(widget: QWidget) -> str:
    named = widget.accessibleName() or (widget.parentWidget().accessibleName() if widget.parentWidget() else "")
    return f"{type(widget).__name__}({named[:20]})"


def _listed(device: QWidget) -> bool:
    """Whether it is where the rows of a list lie; the last one may be half in sight."""
    view = device.parentWidget()
    return isinstance(view, QAbstractItemView) and view.viewport() is device


def _told(device: QWidget, words: str, box: QRect) -> bool:
    """Whether words that are cut stand in full in the tip."""
    if words in device.toolTip() or (device.toolTip() and device.toolTip() in words):
        return True
    view = device.parentWidget()
    if isinstance(view, QAbstractItemView) and _listed(device):
        tip = view.indexAt(box.center()).data(Qt.ItemDataRole.ToolTipRole)
        return words in str(tip or "")
    return False


# --- cut --------------------------------------------------------------------------------------------


def _cut(widget: QWidget) -> list[str]:
    """Words that do not fit into what they lie in."""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QComboBox):
        return _cut_box(widget)
    if isinstance(widget, QLineEdit):
        return _cut_line(widget)
    if isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget.parentWidget(), QLineEdit):
        need = widget.minimumSizeHint() if widget.minimumSizeHint().isValid() else widget.sizeHint()
        if need.width() > widget.width() + SLACK or need.height() > widget.height() + SLACK:
            return [f"{_name(widget)}: “{widget.text()}” needs {need.width()}×{need.height()}, has {_size(widget)}"]
    if isinstance(widget, QHeaderView):
        return _cut_header(widget)
    if isinstance(widget, QListView) and type(widget.itemDelegate()).__name__ == "QStyledItemDelegate":
        return _cut_rows(widget)
    return []


def _size(widget: QWidget) -> str:
    return f"{widget.width()}×{widget.height()}"


def _cut_label(label: QLabel) -> list[str]:
    words = label.text()
    if not words or isinstance(label, Elided):
        return []
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        flags = Qt.TextFlag.TextWordWrap | int(label.alignment().value)
        need = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), flags, words)
    else:
        need = metrics.boundingRect(QRect(0, 0, 100_000, 100_000), 0, words)
    if need.width() > room.width() + SLACK or need.height() > room.height() + SLACK:
        return [f"label “{words[:40]}” needs {need.width()}×{need.height()}, has {room.width()}×{room.height()}"]
    return []


def _cut_box(box: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(control, option, part, box).width()
    need = box.fontMetrics().horizontalAdvance(box.currentText())
    return [f"{_name(box)}: chosen “{box.currentText()}” needs {need}, has {room}"] if need > room + SLACK else []


def _cut_line(line: QLineEdit) -> list[str]:
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - 8
    found = []
    hint = line.placeholderText()
    if hint and not line.text() and line.fontMetrics().horizontalAdvance(hint) > room:
        found.append(f"{_name(line)}: hint “{hint}” needs {line.fontMetrics().horizontalAdvance(hint)}, has {room}")
    words = line.displayText()
    if line.isReadOnly() and line.fontMetrics().horizontalAdvance(words) > room and words not in line.toolTip():
        found.append(f"{_name(line)}: reads only, “{words}” does not fit {room}")
    if line.fontMetrics().height() > line.contentsRect().height() + SLACK:
        found.append(f"{_name(line)}: a line {line.contentsRect().height()} high")
    return found


def _cut_header(header: QHeaderView) -> list[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return []
    found, model = [], header.model()
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        need = header.fontMetrics().horizontalAdvance(words) + 4
        if words and need > header.sectionSize(section):
            found.append(f"{_name(header)}: head “{words}” needs {need}, has {header.sectionSize(section)}")
    return found


def _cut_rows(view: QListView) -> list[str]:
    found, model = [], view.model()
    for row in range(min(model.rowCount(), 200)):
        index = model.index(row, view.modelColumn(), QModelIndex())
        box = view.visualRect(index)
        if not view.viewport().rect().intersects(box):
            continue
        font = index.data(Qt.ItemDataRole.FontRole) or view.font()
        words = str(index.data() or "")
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        need = QFontMetrics(font).horizontalAdvance(words) + 6
        if need > min(box.width(), view.viewport().width()) + SLACK and words not in tip and not view.wordWrap():
            found.append(f"{_name(view)}: row “{words[:50]}” needs {need}, has {box.width()}")
    return found


# --- where it lies ------------------------------------------------------------------------------------


def _in(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _scrolled(widget: QWidget) -> tuple[QAbstractScrollArea | None, QWidget | None]:
    """The nearest area a widget is scrolled in, and its viewport."""
    up: QWidget | None = widget.parentWidget()
    while up is not None:
        above = up.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is up:
            table = above.parentWidget()
            return table if isinstance(above, QHeaderView) and isinstance(table, QTableView) else above, up
        up = above
    return None, None


def _carries(widget: QWidget) -> bool:
    """Whether somebody reads or uses it: an empty box that sticks out is nobody's loss."""
    return (isinstance(widget, QLabel) and bool(widget.text())) or isinstance(widget, CONTROLS)


def _outside(widget: QWidget, window: QWidget) -> list[str]:
    """What lies outside the window, or of what it is scrolled in, without a bar that brings it in."""
    if not _carries(widget) or widget.width() == 0 or isinstance(widget.parentWidget(), (QComboBox, QAbstractItemView)):
        return []
    box = _in(widget, window)
    area, port = _scrolled(widget)
    if area is None or port is None:
        if window.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(box):
            return _clipped(widget, window)
        return [f"{_label(widget)} lies outside the window"]
    inner = _in(port, window)
    found = []
    off = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    still = off or area.horizontalScrollBar().maximum() == 0
    if (box.left() < inner.left() - SLACK or box.right() > inner.right() + SLACK) and still:
        found.append(f"{_label(widget)} lies beside what is scrolled")
    if (box.top() < inner.top() - SLACK or box.bottom() > inner.bottom() + SLACK) and (
        area.verticalScrollBar().maximum() == 0
    ):
        found.append(f"{_label(widget)} lies below what is scrolled")
    if isinstance(port.parentWidget(), QHeaderView):
        return found  # what stands in the head of a table is moved with it
    page = next((c for c in port.children() if isinstance(c, QWidget) and c.isAncestorOf(widget)), None)
    return found + (_clipped(widget, page) if page is not None else [])


def _clipped(widget: QWidget, top: QWidget) -> list[str]:
    """What sticks out of one of the boxes it lies in."""
    up = widget.parentWidget()
    while up is not None and up is not top:
        if not up.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(_in(widget, up)):
            return [f"{_label(widget)} sticks out of {_name(up)}"]
        up = up.parentWidget()
    return []


def _label(widget: QWidget) -> str:
    words = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} “{str(words)[:30] or widget.accessibleName()[:30]}”"


def _overlapping(seen: list[QWidget], window: QWidget) -> list[str]:
    """Two that carry words and lie on one another, neither of them inside the other."""
    boxes = []
    for widget in seen:
        if not _carries(widget) or isinstance(widget.parentWidget(), (QComboBox, QAbstractItemView)):
            continue
        box = _in(widget, window)
        port = _scrolled(widget)[1]
        while port is not None:
            box = box.intersected(_in(port, window))
            port = _scrolled(port)[1]
        if box.width() > 3 and box.height() > 3:
            boxes.append((box.adjusted(2, 2, -2, -2), widget))
    boxes.sort(key=lambda one: one[0].top())
    found = []
    for at, (box, widget) in enumerate(boxes):
        for other, there in boxes[at + 1 :]:
            if other.top() > box.bottom():
                break
            if box.intersects(other) and not widget.isAncestorOf(there) and not there.isAncestorOf(widget):
                found.append(f"{_label(widget)} and {_label(there)} lie on one another")
    return found


# --- names and keys -----------------------------------------------------------------------------------


def _unnamed(widget: QWidget) -> list[str]:
    """What takes the focus and says nothing to those who do not see it."""
    if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
        return []
    told = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QScrollArea):
        return [f"{_name(widget)}: an area takes the focus"]
    return [] if told and told.text(QAccessible.Text.Name) else [f"{_label(widget)} has no name"]


def _unreachable(widget: QWidget) -> list[str]:
    """A control Tab does not come to."""
    inner = isinstance(widget.parentWidget(), (QComboBox, QAbstractItemView, QLineEdit, QHeaderView))
    if not isinstance(widget, CONTROLS) or inner or not widget.isEnabled() or isinstance(widget, QHeaderView):
        return []
    if isinstance(widget, QTableView) and widget.tabKeyNavigation():
        return [f"{_name(widget)}: Tab does not leave it"]
    if isinstance(widget, QPlainTextEdit) and not widget.tabChangesFocus() and not widget.isReadOnly():
        return [f"{_name(widget)}: Tab does not leave it"]
    reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or _by_arrows(widget) or _by_key(widget)
    return [] if reached else [f"{_label(widget)} cannot be reached by Tab"]


def _by_arrows(widget: QWidget) -> bool:
    """Whether it is one of a choice: Tab comes to the chosen one, the arrows go on from there."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return isinstance(widget, QRadioButton) or widget.autoExclusive() or (group is not None and group.exclusive())


def _by_key(widget: QWidget) -> bool:
    """Whether a key does the same, and stands on the button."""
    return isinstance(widget, Button) and widget.text() != widget.accessibleName()


def unreached(window: QWidget) -> list[str]:
    """Controls Tab does not come to when it is really pressed, round and round; radio buttons of one choice count once."""
    wanted = {
        w
        for w in window.findChildren(QWidget)
        if w.isVisible()
        and w.isEnabled()
        and isinstance(w, CONTROLS)
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.focusProxy() is None
        and not isinstance(w.parentWidget(), QComboBox)
        and not _by_arrows(w)
    }
    met: set[QWidget] = set()
    for _ in range(MOST_TABS):
        now = QApplication.focusWidget()
        if now is None:
            return ["nothing has the focus"]
        if now in met and not wanted - met:
            break
        met.add(now)
        if isinstance(now.parentWidget(), QComboBox):
            met.add(now.parentWidget())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return [f"{_label(w)} is not reached by Tab" for w in wanted - met if w.isVisible() and w.isEnabled()]
