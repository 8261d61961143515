"""Values out of a list: a few side by side, many in a box that can be typed into, several ticked, yes or no."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QRadioButton,
    QWidget,
)

from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.editors.line import Line
from villagedesk.gui.parts.boxes import Box
from villagedesk.gui.theme import changed, em

Option = tuple[Any, str]
"""A value and its label."""

YES_NO: tuple[Option, ...] = ((True, "是"), (False, "否"))


ROOM = 32
"""Characters that have room side by side in the narrowest place."""


class _Row(QWidget):
    """Buttons side by side; in columns, where they do not fit into one row."""

    def __init__(self, buttons: Sequence[QAbstractButton]) -> None:
        super().__init__()
        self.buttons = list(buttons)
        self._grid = QGridLayout(self)
        wide = [len(button.text()) + 3 for button in buttons]
        columns = len(buttons) if sum(wide) <= ROOM else max(1, ROOM // max(wide))
        for n, button in enumerate(buttons):
            self._grid.addWidget(button, n // columns, n % columns)
        self._grid.setColumnStretch(columns, 1)
        self._space()
        changed.connect(self._space)

    def _space(self) -> None:
        self._grid.setContentsMargins(0, em(0.25), 0, em(0.25))
        self._grid.setHorizontalSpacing(em(1.25))
        self._grid.setVerticalSpacing(em(0.375))


class Few(Editor, _Row):
    """One of a few, all to be seen: the arrows move, Backspace takes a choice back where none is needed."""

    typed = Signal()

    def __init__(self, options: Sequence[Option], *, needed: bool) -> None:
        super().__init__([QRadioButton(label) for _, label in options])
        self._options = tuple(options)
        self._needed = needed
        self._raw: Any = ""
        self._group = QButtonGroup(self)
        for i, button in enumerate(self.buttons):
            self._group.addButton(button, i)
            button.installEventFilter(self)
        self._group.idClicked.connect(lambda i: self._choose(self._options[i][0]))

    def value(self) -> Any:
        return self._raw

    def fill(self, raw: Any) -> None:
        self._raw = "" if raw is None else raw
        self._group.setExclusive(False)
        for (value, _), button in zip(self._options, self.buttons, strict=True):
            button.setChecked(value == raw)
        self._group.setExclusive(True)
        seat = self._group.checkedButton() or self.buttons[0]
        for button in self.buttons:  # Tab comes to what is chosen; from there the arrows go on
            policy = Qt.FocusPolicy.StrongFocus if button is seat else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def go(self, place: str = "", caret: int = -1) -> None:
        (self._group.checkedButton() or self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, value: Any) -> None:
        if value != self._raw:
            self.fill(value)
            self.typed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete if not self._needed:
                self._choose("")
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._next(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._next(1)
            case _:
                return super().eventFilter(watched, event)
        return True

    def _next(self, by: int) -> None:
        at = min(max(self._group.checkedId() + by, 0), len(self.buttons) - 1)
        self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose(self._options[at][0])


class Many(Editor, Box):
    """One of many: a part of the word typed finds it."""

    typed = Signal()

    def __init__(self, options: Sequence[Option], *, needed: bool) -> None:
        super().__init__()
        self._options = dict(options)
        self._labels = {label: value for value, label in options}
        self._raw: Any = ""
        self.setEditable(True)
        line = Line()
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems([*([] if needed else [""]), *self._labels])
        completer = QCompleter(list(self._labels), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)
        line.typed.connect(self.typed)
        self.activated.connect(self._note)

    def setAccessibleName(self, name: str) -> None:
        """The line in it has the keys: it is called the same."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def _note(self) -> None:
        self.typed.emit()

    def value(self) -> Any:
        text = self.currentText().strip()
        return self._labels.get(text, text)

    def fill(self, raw: Any) -> None:
        text = "" if raw is None else self._options.get(raw, str(raw))
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    def settle(self) -> None:
        """A part of one word only becomes that word."""
        text = self.currentText().strip()
        fitting = [label for label in self._labels if text and text in label]
        if text not in self._labels and len(fitting) == 1:
            self.setEditText(fitting[0])
            self.typed.emit()

    def where(self) -> tuple[str, int]:
        line = self.lineEdit()
        return "", line.cursorPosition() if line else 0

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()


class Ticks(Editor, _Row):
    """Several of a few."""

    typed = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__([QCheckBox(label) for _, label in options])
        self._values = [value for value, _ in options]
        self._raw: list[Any] = []
        for button in self.buttons:
            button.clicked.connect(self._note)

    def value(self) -> Any:
        return self._raw

    def fill(self, raw: Any) -> None:
        self._raw = list(raw) if isinstance(raw, list) else []
        for value, button in zip(self._values, self.buttons, strict=True):
            button.setChecked(value in self._raw)

    def go(self, place: str = "", caret: int = -1) -> None:
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        ticked = [v for v, button in zip(self._values, self.buttons, strict=True) if button.isChecked()]
        self._raw = [v for v in self._raw if v in ticked] + [v for v in ticked if v not in self._raw]
        self.typed.emit()


class Yes(Editor, QCheckBox):
    """Yes or no, where there is no third."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__("是")
        self.clicked.connect(self._note)

    def _note(self) -> None:
        self.typed.emit()

    def value(self) -> Any:
        return self.isChecked()

    def fill(self, raw: Any) -> None:
        self.setChecked(raw is True)
