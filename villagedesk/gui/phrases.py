"""常用语: a short list over the field that is typed in; letters or characters narrow it, Enter puts a sentence in at the cursor."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from villagedesk.actions.phrases import Phrase
from villagedesk.base.errors import DeskError
from villagedesk.gui import paint
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.parts.words import Words
from villagedesk.gui.register import Register
from villagedesk.gui.theme import em, face, theme

Index = QModelIndex | QPersistentModelIndex
_PHRASE = Qt.ItemDataRole.UserRole
_HINT = "↑↓选，Enter 放进去，Delete 删去自己存的，Esc 不放"


class PhraseBox(QWidget):
    """It lies on the window below the cursor, and goes when the keys go elsewhere.

    What was selected when it opened can be kept as a sentence of one's own: that is its first line.
    """

    def __init__(self, editor: Editor, register: Register, kind: str, field: str) -> None:
        super().__init__(editor.widget.window())
        self._editor, self._register, self._kind, self._field = editor, register, kind, field
        self._selected = selected(editor.widget)
        self._dropped: list[tuple[str, str]] = []
        self.setAccessibleName("常用语")
        self.words = QLineEdit()
        self.words.setAccessibleName("找常用语")
        self.words.setPlaceholderText("打字或打拼音首字母来找")
        self.list = QListWidget()
        self.list.setAccessibleName("常用语")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = Words(_HINT, "small", tone="ink2", wrap=True)
        column = QVBoxLayout(self)
        for widget in (self.words, self.list, self.hint):
            column.addWidget(widget)
        column.setContentsMargins(em(0.5), em(0.5), em(0.5), em(0.5))
        column.setSpacing(em(0.375))
        self.words.textEdited.connect(lambda _: self._show())
        self.words.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self.take())
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 -- there is no widget without one
        application.focusChanged.connect(self._follow)
        self._show()
        self.setGeometry(self._place())
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown --------------------------------------------------------------------------------

    def _show(self) -> None:
        self.list.clear()
        typed = self.words.text()
        if self._selected and not typed.strip():
            self.list.addItem(QListWidgetItem(f"把选中的存为常用语：{self._selected}"))
        for phrase in self._register.phrases(self._kind, self._field, typed):
            item = QListWidgetItem(phrase.text)
            item.setData(_PHRASE, phrase)
            item.setToolTip(phrase.text)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.hint.setText("没有这样的常用语。先写好一句，选中它再按这个键，就能存下来。")
        elif self.hint.text() != _HINT:
            self.hint.setText(_HINT)

    def _place(self) -> QRect:
        """Below the cursor, or above it where there is more room; never beyond the window."""
        window, widget = self._editor.widget.window(), self._editor.widget
        caret = widget.cursorRect() if isinstance(widget, QPlainTextEdit | QLineEdit) else widget.rect()
        corner = widget.mapTo(window, caret.bottomLeft() + QPoint(0, em(0.5)))
        wide, high = min(em(36), window.width() - em(2)), min(em(17), window.height() - em(2))
        left = max(em(1), min(corner.x(), window.width() - wide - em(1)))
        top = corner.y()
        if top + high > window.height() - em(1):
            above = widget.mapTo(window, caret.topLeft()).y() - em(0.5) - high
            top = above if above >= em(1) else window.height() - em(1) - high
        return QRect(left, top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.rounded(QPainter(self), self.rect(), theme().paper, theme().acc, radius=0.375, width=max(theme().edge, 1))

    # --- what can be done -----------------------------------------------------------------------------

    @property
    def current(self) -> Phrase | None:
        """The chosen sentence; none on the line that keeps what was selected."""
        item = self.list.currentItem()
        found = item.data(_PHRASE) if item is not None else None
        return found if isinstance(found, Phrase) else None

    def take(self) -> None:
        """Put the chosen sentence in, or keep what was selected."""
        if self.current is not None:
            text = self.current.text
            self.leave()
            self._editor.insert_words(text)
        elif self._selected and self.list.count():
            self.keep()

    def keep(self) -> None:
        """Keep what was selected as a sentence of one's own."""
        try:
            self._register.keep_phrase(self._kind, self._field, self._selected)
        except DeskError as error:
            self.hint.setText(str(error))
            return
        self._selected = ""
        self._show()
        self.hint.setText("存好了，以后在这里就能找到。Esc 回去接着写")

    def drop(self) -> None:
        """Let a sentence of one's own go; Ctrl+Z brings it back."""
        if self.current is not None and self.current.own:
            text = self.current.text
            self._dropped.append((self._register.drop_phrase(self._kind, text), text))
            self._show()
            self.hint.setText("删去了，Ctrl+Z 放回来")

    def undo(self) -> None:
        """Keep again what was let go last."""
        if self._dropped:
            self._register.keep_phrase(self._kind, *self._dropped.pop())
            self._show()

    def leave(self) -> None:
        """Back to where one was typing."""
        self.close_box()
        self._editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_box(self) -> None:
        """Take the box off the window."""
        application = QApplication.instance()
        if self.isVisible() and isinstance(application, QApplication):
            application.focusChanged.disconnect(self._follow)
            self.hide()
            self.deleteLater()

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self.words:
            self.close_box()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while one types what narrows it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # nothing of the form or of the window below is meant
            return True
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up | Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
                row = self.list.currentRow() + step[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.take()
            case Qt.Key.Key_Escape | Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self.leave()
            case Qt.Key.Key_Delete if not self.words.text():
                self.drop()
            case Qt.Key.Key_Z if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._dropped:
                self.undo()
            case _:
                return super().eventFilter(watched, event)
        return True


class _Line(QStyledItemDelegate):
    """A sentence in the face it is printed in; one's own say so at the right, what is to be done is in the program's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        paint.row(painter, box, state)
        phrase = index.data(_PHRASE)
        room = box.adjusted(em(0.5), 0, -em(0.5), 0)
        if isinstance(phrase, Phrase) and phrase.own:
            taken = paint.text(painter, room, "自己存的", t.ink3, face("small"), paint.RIGHT)
            room.setRight(taken.left() - em(0.5))
        paint.text(painter, room, str(index.data()), t.ink, face(song=isinstance(phrase, Phrase)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(8), em(2))


def selected(widget: QWidget) -> str:
    """What is selected in a field, its lines joined."""
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().selectedText().replace("\u2029", "").strip()
    return widget.selectedText().strip() if isinstance(widget, QLineEdit) else ""
