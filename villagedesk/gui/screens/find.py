"""What search over everything has found, by kind; each line opens its record."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from villagedesk.actions.office import Office
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

PAUSE = 120
"""Milliseconds without a key before the desk is asked."""


class Find(Screen):
    """Everything that holds the words; names also by the sound: lzh, luo zhenghua."""

    keys = ("home_open", "out")

    def __init__(self, office: Office, words: str = "") -> None:
        super().__init__()
        self._office = office
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
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.reload)
        self.words.textChanged.connect(lambda _: self._pause.start())
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
        """Ask the desk."""
        with self._office.desk.reading() as session:
            hits = search(session, self._office.by, self.words.text())
        hits.sort(key=lambda hit: list(KINDS).index(hit.kind))
        self.list.show_lines([_told(hit) for hit in hits], "")
        asked = bool(self.words.text().strip())
        more = f"，只列最新的{LIMIT}条，多打几个字能少一些" if len(hits) == LIMIT else ""
        self.said.setText(seamed(f"找到{len(hits)}条{more}。") if asked else "")
        self.card.setVisible(bool(hits))
        self.none.setVisible(asked and not hits)

    def _to_list(self) -> None:
        self.reload()
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
