"""What search over everything has found, by kind; each line opens its record."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from villagedesk.actions.office import Office
from villagedesk.gui.aside import Aside
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.lines import Lines, Told
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS
from villagedesk.store.overview import Line
from villagedesk.store.search import LIMIT, Hit, search


class Find(Screen):
    """Everything that holds the words; names also by the sound: lzh, luo zhenghua."""

    keys = ("home_open", "out")

    def __init__(self, office: Office, words: str = "") -> None:
        super().__init__()
        self._office = office
        self._stale = False
        self.words = QLineEdit(words)
        self.words.setAccessibleName("找人、找事、找文书")
        self.words.setPlaceholderText("姓名、拼音首字母、事情里的字，几个词用空格隔开")
        self.said = Words("", "small", tone="ink2")
        self.list = Lines("找到的记录", 0.5)
        self.card = Card()
        self.card.body.addWidget(self.list)
        self.list.itemActivated.connect(lambda _: self._open())
        self.none = Empty("search", "没有找到。", more="少打几个字，或换个说法再找；作废的在回收站里。")
        self._column = QVBoxLayout(self)
        for widget in (self.words, self.said, self.card, self.none):
            self._column.addWidget(widget, int(widget is self.card))
        self._column.addStretch(0)
        self._aside = Aside(office)
        self.words.textChanged.connect(lambda _: self.reload())
        self.words.returnPressed.connect(self._to_list)
        bind(self, "out", self.left.emit)
        changed.connect(self._space)
        self._space()
        self.reload()

    def heading(self) -> Heading:
        return Heading("查找", back=True, search=False)

    def look(self, words: str) -> None:
        """Other words."""
        self.words.setText(words)
        self.words.setFocus()

    def reload(self) -> None:
        """Ask the desk; what was asked at the key before is not waited for."""
        self._ask(self._show)

    def _ask(self, done: Callable[[list[Hit]], object]) -> None:
        words = self.words.text()
        self._aside.ask(lambda session: search(session, self._office.by, words), done)
        self._aside.wait()

    def leave(self) -> None:
        """What is not answered yet is asked again when one comes back."""
        self._stale = self._aside.busy
        self._aside.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def _show(self, hits: list[Hit]) -> None:
        hits.sort(key=lambda hit: list(KINDS).index(hit.kind))
        self.list.show_lines([_told(hit) for hit in hits], "")
        asked = bool(self.words.text().strip())
        more = f"，只列最新的{LIMIT}条，多打几个字能少一些" if len(hits) == LIMIT else ""
        self.said.setText(seamed(f"找到{len(hits)}条{more}。") if asked else "")
        self.card.setVisible(bool(hits))
        self.none.setVisible(asked and not hits)

    def _to_list(self) -> None:
        self._ask(self._show_and_go)

    def _show_and_go(self, hits: list[Hit]) -> None:
        self._show(hits)
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _open(self) -> None:
        if (line := self.list.current) is not None:
            self.asked.emit(Place(line.kind, line.id, line.org))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.5))


def _told(hit: Hit) -> Told:
    flow = KINDS[hit.kind].kind.flow
    stage = flow[hit.stage].name if len(flow.stages) > 1 and hit.stage in flow else ""
    return Told(Line(hit.kind, hit.org, hit.id, hit.title, hit.stage, 0, ""), "", hit.title, stage)
