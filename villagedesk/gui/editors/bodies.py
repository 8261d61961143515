"""Which bodies a sitting stands for: picked from a list, one or several, each counted in a way its rule allows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.base.errors import Problem
from villagedesk.gui.editors.choices import Few, Many
from villagedesk.gui.editors.editor import Editor
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds.councils.meeting import Counting


class Bodies(Editor, QWidget):
    """`known` gives code → name of every body; `modes` the ways of counting of one, to be chosen from where there are several.

    Signals: `typed` a body was added, taken off, or is counted otherwise.
    """

    typed = Signal()

    def __init__(
        self, known: dict[str, str], modes: Callable[[str], Sequence[Counting]], label: str = "会议类型"
    ) -> None:
        super().__init__()
        self._known, self._modes = known, modes
        self._lines: list[dict[str, Any]] = []
        self._frozen = False
        self.pick = Many(list(known.items()), needed=False)
        self.pick.setAccessibleName(f"{label}：加一个机构")
        line = self.pick.lineEdit()
        assert line is not None  # noqa: S101 -- it is editable
        line.setPlaceholderText("哪个会，如 红白理事会")
        self.pick.activated.connect(lambda _: self.add())
        line.editingFinished.connect(self.add)
        self._chosen = QHBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._chosen)
        self._row.addWidget(self.pick, 1)
        self._counting = QVBoxLayout()
        self._row.addLayout(self._counting)
        changed.connect(self._space)
        self._space()

    def value(self) -> Any:
        waiting = str(self.pick.value()).strip()
        return [*self._lines, *([{"body": waiting}] if waiting else [])]

    @property
    def codes(self) -> list[str]:
        """The bodies chosen."""
        return [str(line.get("body", "")) for line in self._lines]

    def fill(self, raw: Any) -> None:
        self._lines = [one if isinstance(one, dict) else {"body": str(one)} for one in raw or ()]
        self.pick.fill("")
        self._show()

    def settle(self) -> None:
        self.add()

    def go(self, place: str = "", caret: int = -1) -> None:
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def freeze(self, frozen: bool) -> None:
        self._frozen = frozen
        self.pick.setVisible(not frozen)
        self._show()

    def point_out(self, problems: Sequence[Problem]) -> None:
        """What is wrong is said under the field."""

    def add(self) -> None:
        """Take what is picked, if it is a body we know and not here yet."""
        self.pick.settle()
        code = self.pick.value()
        if code in self._known and code not in self.codes:
            modes = self._modes(code)
            line = {"body": code, "name": self._known[code]}
            if modes[0] is not Counting.MEMBER:
                line["counting"] = modes[0].value
            self._lines.append(line)
            self.pick.fill("")
            self._show()
            self.typed.emit()
        elif code in self.codes:
            self.pick.fill("")

    def _drop(self, at: int) -> None:
        del self._lines[at]
        self._show()
        self.typed.emit()
        self.go()

    def _count(self, at: int, mode: Any) -> None:
        self._lines[at] = {**self._lines[at], "counting": mode}
        self.typed.emit()

    def _show(self) -> None:
        for layout in (self._chosen, self._counting):
            emptied(layout)
        for at, line in enumerate(self._lines):
            name = str(line.get("name") or self._known.get(str(line.get("body")), line.get("body", "")))
            button = Button(name, icon=None if self._frozen else "x")
            button.setAccessibleName(name if self._frozen else f"{name}，按下去掉")
            button.setEnabled(not self._frozen)
            button.clicked.connect(lambda _=False, at=at: self._drop(at))
            self._chosen.addWidget(button)
            modes = self._modes(str(line.get("body", "")))
            if len(modes) > 1:
                ways = Few([(mode.value, mode.label) for mode in modes], needed=True)
                ways.fill(line.get("counting") or modes[0].value)
                ways.setEnabled(not self._frozen)
                ways.typed.connect(lambda at=at, ways=ways: self._count(at, ways.value()))
                self._counting.addWidget(ways)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self._lines and not self._frozen:
            self._drop(len(self._lines) - 1)
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        self._row.setSpacing(em(0.5))
        self._chosen.setSpacing(em(0.375))
