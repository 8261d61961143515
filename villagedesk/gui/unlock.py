"""The page before the desk is open: who is at it, and the passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagedesk.gui import paint
from villagedesk.gui.parts.boxes import Box
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.seal import Seal
from villagedesk.gui.parts.words import Words
from villagedesk.gui.theme import changed, em, theme


class Passphrase(QLineEdit):
    """A line that hides what is typed; letters only, so the input method stays out of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )
        eye = self.addAction(
            QIcon(paint.icon("eye", theme().ink3, em(1.125), 2.0)), QLineEdit.ActionPosition.TrailingPosition
        )
        eye.setText("看一眼")
        eye.triggered.connect(self._look)

    def _look(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)


class Unlock(QWidget):
    """Signals: `opening` name and passphrase; `recovering` name, recovery key and the new passphrase."""

    opening = Signal(str, str)
    recovering = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._locked = False
        self.card = Card()
        self.place = Words("村务台", "figure", song=True, weight=600)
        self.where = Words("", "small", tone="ink2")
        self.person = Box()
        self.person.setAccessibleName("谁在用")
        self.secret = Passphrase("口令")
        self.field = Field("口令", self.secret)
        self.open = Button("打开", "Enter", filled=True)
        self.open.clicked.connect(self._open)
        self.note = Words("", "small", tone="acc", weight=600, wrap=True)
        self.recover = Button("忘了口令，用恢复密钥", kind="link")
        self.recover.clicked.connect(lambda: self._turn(True))
        self.words = QLineEdit()
        self.words.setAccessibleName("恢复密钥")
        self.words.setPlaceholderText("四行数字依次打进来，空格可以不打")
        self.fresh = Passphrase("新口令")
        self._lost = QWidget()
        self._lay_out()
        changed.connect(self._space)
        self._space()
        self._turn(False)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.addWidget(self.place)
        titles.addWidget(self.where)
        self._head = QHBoxLayout()
        self._head.addWidget(Seal(3.25))
        self._head.addLayout(titles, 1)
        self.card.body.addLayout(self._head)
        self.card.body.addWidget(Field("谁在用", self.person))
        self.card.body.addWidget(self.field)
        lost = QVBoxLayout(self._lost)
        lost.setContentsMargins(0, 0, 0, 0)
        self.words_field = Field("恢复密钥（打印在纸上的四行数字）", self.words)
        lost.addWidget(self.words_field)
        lost.addWidget(Field("新口令", self.fresh, hint="至少8个字符，可以用一句好记的话。"))
        set_new = Button("用新口令", filled=True)
        set_new.clicked.connect(self._recover)
        back = Button("不用了，输口令", kind="link")
        back.clicked.connect(lambda: self._turn(False))
        lost.addWidget(set_new)
        lost.addWidget(back)
        self.card.body.addWidget(self._lost)
        self.card.body.addWidget(self.open)
        self.card.body.addWidget(self.note)
        self.card.body.addWidget(self.recover)
        row = QHBoxLayout(self)
        row.addStretch()
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.card)
        column.addStretch(3)
        row.addLayout(column)
        row.addStretch()
        self.secret.returnPressed.connect(self._open)
        self.secret.textEdited.connect(lambda _: None if self._locked else self.say(""))
        self.secret.installEventFilter(self)

    def show_desk(self, place: str, where: str, people: Sequence[str], last: str) -> None:
        """Whose desk it is, and who has an account at it."""
        self.place.setText(place or "村务台")
        self.where.setText(where)
        self.where.setVisible(bool(where))
        self.person.clear()
        self.person.addItems(list(people))
        self.person.setCurrentIndex(max(0, self.person.findText(last)))

    def say(self, problem: str) -> None:
        """What went wrong, under the line where it is mended."""
        (self.words_field if self._lost.isVisibleTo(self) else self.field).say(problem or None)

    def remark(self, words: str) -> None:
        """A quiet fact: what was sealed when the desk was locked, what is being done."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def wait(self, waiting: bool) -> None:
        """While the desk is being opened nothing else can be pressed; what was typed is let go of afterwards."""
        for widget in (self.open, self.secret, self.person, self._lost, self.recover):
            widget.setEnabled(not waiting)
        if not waiting:
            self.secret.clear()
            self.secret.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go on to the passphrase.  A proxy would do so too, but Tab passes by what stands above one."""
        (self.words if self._lost.isVisibleTo(self) else self.secret).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def _open(self) -> None:
        if self.secret.text():
            self.opening.emit(self.person.currentText(), self.secret.text())
        else:
            self.say("请输入口令。")

    def _recover(self) -> None:
        self.recovering.emit(self.person.currentText(), self.words.text(), self.fresh.text())

    def _turn(self, lost: bool) -> None:
        self._lost.setVisible(lost)
        for widget in (self.field, self.open, self.recover):
            widget.setVisible(not lost)
        (self.words if lost else self.secret).setFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Say that capitals are locked before the passphrase is wrong."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.text().isascii()
            and event.text().isalpha()
        ):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._locked = event.text().isupper() != shift
            self.field.say("大写锁定（Caps Lock）开着，口令分大小写。" if self._locked else None, warn=True)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]  # the stubs ask for QObject

    def _space(self) -> None:
        self.card.setFixedWidth(em(28))
        self._head.setSpacing(em(1))
