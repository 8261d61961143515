"""Rows of a spreadsheet looked through before they are taken in: what each column is, what is new, there already, wrong."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions import headings, paste
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.paste import Plan, Taken
from villagedesk.actions.sheet import State
from villagedesk.base.cells import rows_of, text_of
from villagedesk.base.errors import DeskError
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading, Shell
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Sign, Words, seamed
from villagedesk.gui.screens.screen import Screen
from villagedesk.gui.screens.sheet import TO_MEND, Sheet, SheetTable
from villagedesk.gui.theme import changed, em
from villagedesk.gui.worker import Steps, worker_of
from villagedesk.records.kinds.people.people import Household, Person

SHOWN: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("全部", tuple(State)),
    ("新增", (State.NEW,)),
    ("已有", (State.KNOWN,)),
    ("有错", (State.BAD, State.HELD)),
)
AT_ONCE = 150
"""Rows that are looked through without the worker: what takes no longer than a key."""


class PasteScreen(Screen):
    """Ctrl+V pastes, F8 walks to what is wrong, Ctrl+S takes in what is new, Ctrl+C gives back what was left out."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._rows: list[tuple[str, ...]] = []
        self._headings: tuple[str, ...] = ()
        self._fields: list[str] = []
        self._banner: Banner | None = None
        self._telling = False
        self.plan: Plan | None = None
        self.setWindowTitle("从表格粘贴")
        self.model = Sheet()
        self.table = SheetTable(self.model)
        self.switch = Switch([word for word, _ in SHOWN], "看哪些行")
        self.count = Words("", "small", tone="ink2", wrap=True)
        self.groups = Words("", "small", tone="ink2", wrap=True)
        self.copy = Button("复制有错的行", KEYS["copy_faults"].shown, bound=False)
        self.take = Button("收进来", KEYS["save"].shown, filled=True, bound=False)
        self.sign = Sign("info", "ink2")
        self.line = Words("", wrap=True)
        self._lay_out()
        self.switch.chosen.connect(lambda _: self._show_rows())
        self.copy.clicked.connect(self.copy_faults)
        self.take.clicked.connect(self.take_in)
        self.table.heads.chosen.connect(self.choose)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say_row())
        for name, deed in (
            ("paste", self.paste), ("save", self.take_in), ("copy_faults", self.copy_faults), ("next_problem", self.walk),
            ("next_pane", self.next_pane), ("reveal", self.reveal), ("out", self.left.emit),
        ):  # fmt: skip
            bind(self, name, deed)
        bus.changed.connect(self._changed)
        self._show()

    def _lay_out(self) -> None:
        self._limits = QHBoxLayout()
        self._limits.addWidget(self.switch)
        self._limits.addWidget(self.count, 1)
        for button in (self.copy, self.take):
            self._limits.addWidget(button)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.sign)
        self._foot.addWidget(self.line, 1)
        self.page = QWidget()
        self._page = QVBoxLayout(self.page)
        self._page.addLayout(self._limits)
        self._page.addWidget(self.groups)
        self._page.addWidget(self.table, 1)
        self._page.addLayout(self._foot)
        self.empty = Empty(
            "package-open",
            "在Excel或WPS里选中花名册，连同表头一起复制，再到这里按Ctrl+V。",
            more="一行一个人。先给您看一遍：哪些新增、哪些已有、哪里有错；按“收进来”之前，什么也不写。"
            "身份证号那一列要先设成“文本”格式，不然后三位会变成000。",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.page)
        self._above = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._above)
        self._column.addWidget(self.stack, 1)
        changed.connect(self._space)
        self._space()

    def heading(self) -> Heading:
        chip = ("先看后收，还没写进来", "acc", "eye") if self.plan and self.plan.counts[State.NEW] else None
        return Heading("从表格粘贴", chip=chip, search=False, back=True)

    # --- what is pasted -------------------------------------------------------------------------------

    def paste(self) -> None:
        """Look through what lies on the clipboard."""
        try:
            rows = rows_of(QGuiApplication.clipboard().text())
        except DeskError as error:
            self.say(str(error))
            return
        if not rows:
            self.say("剪贴板里没有文字。请先在表格里选中要收的行，复制，再到这里按Ctrl+V。")
            return
        head = headings.heading_row(rows)
        with self._office.desk.reading() as session:
            chosen = headings.chosen_before(session)
        self._rows = rows
        self._headings = rows[head] if head >= 0 else tuple(f"第{n}列" for n in range(1, len(rows[0]) + 1))
        self._fields = headings.mapped(rows[head], chosen) if head >= 0 else [""] * len(rows[0])
        self.switch.choose(0)
        self._look()

    def choose(self, column: int, name: str) -> None:
        """Take a column for a field; another one that was taken for it is not taken any more."""
        self._fields = [name if at == column else "" if name == was else was for at, was in enumerate(self._fields)]
        self._look(self.table.heads.boxes[column])

    def _look(self, then: QWidget | None = None) -> None:
        """Look through the rows, aside when there are many; the cursor goes on in `then`, or in the rows."""
        rows, fields = self._rows, tuple(self._fields)

        def seen(plan: Plan) -> None:
            self._seen(plan)
            (then or self.table).setFocus()

        if len(rows) <= AT_ONCE:
            seen(paste.planned(self._office, rows, fields))
        else:
            work = partial(_planned, self._office, rows, fields)
            worker_of(self).do("正在核对", work, done=seen, failed=self._failed)

    def _seen(self, plan: Plan) -> None:
        self.plan = plan
        self._show()

    def _failed(self, error: DeskError) -> None:
        self.say(str(error))
        self._show()

    # --- what is shown --------------------------------------------------------------------------------

    def _show(self) -> None:
        self.stack.setCurrentWidget(self.page if self.plan else self.empty)
        self._put_banner()
        if self.plan:
            self.table.heads.show_fields(self._headings, self._fields)
            self._show_rows()
        new = self.plan.counts[State.NEW] if self.plan else 0
        self.take.setEnabled(new > 0)
        self.take.say(f"收进来{new}人" if new else "没有要收的")
        self.copy.setVisible(self._left > 0)
        self._say_keys()
        self.renamed.emit()

    def _show_rows(self) -> None:
        if self.plan is None:
            return
        self.model.show_plan(self.plan, self._headings, self._fields, SHOWN[self.switch.current][1])
        self.table.fit()
        self.table.heads.arrange()
        self.count.setText(seamed(self._summary(self.plan)))
        self.groups.setText(f"会新建村民小组：{'、'.join(self.plan.groups)}")
        self.groups.setVisible(bool(self.plan.groups))
        problems = [p for row in self.plan.rows if row.state in TO_MEND for p in row.problems]
        warned = sum(problem.warn for problem in problems)
        self.counted.emit(len(problems) - warned, warned)
        if self.model.rows:
            self.table.selectRow(0)
        self._say_row()

    def _summary(self, plan: Plan) -> str:
        counts = plan.counts
        told = (
            (State.NEW, f"新增{counts[State.NEW]}人" + (f"（{plan.homes}户）" if plan.homes else "")),
            (State.KNOWN, f"已有{counts[State.KNOWN]}人"),
            (State.BAD, f"有错{counts[State.BAD]}行"),
            (State.HELD, f"等同户改好{counts[State.HELD]}行"),
        )
        return "，".join(words for state, words in told if counts[state])

    def _put_banner(self) -> None:
        if self._banner is not None:
            self._above.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if self.plan and not {"name", "head"} & set(self._fields):
            self._banner = Banner(
                "bad", "没有哪一列是“姓名”或“户主”。请在表头下面选好每一列是什么，或者连同表头再复制一次。"
            )
            self._above.addWidget(self._banner)

    def _say_row(self) -> None:
        """Everything that is said of the selected row, in full."""
        at = self.table.currentIndex().row()
        row = self.model.rows[at] if 0 <= at < len(self.model.rows) else None
        words = f"第{row.at + 1}行：{row.told()}。" if row and row.problems else ""
        bad = row is not None and row.state in (State.BAD, State.HELD)
        self.sign.show_as("circle-alert" if bad else "triangle-alert", "bad" if bad else "warn")
        self.line.set_tone("bad" if bad else "warn")
        self.line.setText(seamed(words))
        self.sign.setVisible(bool(words))
        self.line.setVisible(bool(words))

    def reveal(self) -> None:
        """Show the numbers in full, or mask them again."""
        index = self.table.currentIndex()
        at = index.row(), index.column()
        self.model.reveal(not self.model.revealed)
        self.table.setCurrentIndex(self.model.index(*at))
        self._say_keys()
        self.renamed.emit()

    def _say_keys(self) -> None:
        seen = (KEYS["reveal"].shown, "遮住号码") if self.model.revealed else "reveal"
        keys: Sequence[Any] = (
            (("Ctrl+S", "收进来"), "next_problem", "copy_faults", seen, "next_pane") if self.plan else ()
        )
        self.keys = (("Ctrl+V", "粘贴"), *keys, "out")

    def walk(self) -> None:
        """To the next cell of which something is said."""
        if self.plan and self.switch.current not in (0, 3):
            self.switch.choose(0)
        self.table.walk()

    def next_pane(self) -> None:
        """From the rows to the columns and back."""
        boxes = self.table.heads.boxes
        if self.table.hasFocus() and boxes:
            boxes[0].setFocus()
        else:
            self.table.setFocus()

    # --- what is done ---------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Write what is new, aside; the note has the way back."""
        if self.plan is None or not self.plan.counts[State.NEW] or worker_of(self).busy:
            return
        rows, fields = self._rows, tuple(self._fields)

        def work(steps: Steps) -> tuple[Taken, Plan]:
            return paste.take_in(self._office, rows, fields, steps.at), paste.planned(self._office, rows, fields)

        worker_of(self).do("正在收进来", work, done=self._taken, failed=self._failed)

    def _taken(self, done: tuple[Taken, Plan]) -> None:
        taken, self.plan = done
        self._telling = True
        bus.tell(taken.changed)
        self._telling = False
        homes = f"、{taken.count(Household)}户" if taken.count(Household) else ""
        left = f"还有{self._left}行没收，按Ctrl+C复制回表格里改。" if self._left else ""
        self._seen(self.plan)
        self.table.setFocus()
        self.say(f"收进来了：{taken.count(Person)}人{homes}。{left}", self._way_back(taken))

    def _way_back(self, taken: Taken) -> Callable[[], None]:
        """Strike it all again.  It may be asked for when this screen is gone, so it holds on to the window alone."""
        window, office = self.window(), self._office

        def failed(error: DeskError) -> None:
            if isinstance(window, Shell):
                window.notes.say(str(error), None)

        def back() -> None:
            worker_of(window).do(
                "正在撤回", lambda steps: paste.take_back(office, taken, steps.at), done=bus.tell, failed=failed
            )

        return back

    def _changed(self, done: Changed) -> None:
        """The register is another one: what was taken in may have been taken back."""
        if self.plan and not self._telling and Person.kind.key in done.kinds:
            self._look()

    def copy_faults(self) -> None:
        """Put what is left out on the clipboard, to be pasted into the sheet and mended there."""
        left = paste.left_out(self.plan, self._rows) if self.plan else []
        if not left:
            self.say("没有留下的行。")
            return
        data = QMimeData()
        data.setText(text_of(left))
        data.setHtml(as_html(left))
        QGuiApplication.clipboard().setMimeData(data)
        self.say(f"{self._left}行已复制，最后一列写着错在哪里。贴回表格改好，再复制过来。")

    @property
    def _left(self) -> int:
        """How many rows would be left out."""
        return self.plan.counts[State.BAD] + self.plan.counts[State.HELD] if self.plan else 0

    # --- coming and going -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Who comes with rows on the clipboard sees them at once."""
        super().showEvent(event)
        if self.plan is None and "\t" in QGuiApplication.clipboard().text():
            self.paste()
        (self.table if self.plan else self).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.model.revealed:
            self.reveal()

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        for layout in (self._page, self._limits, self._foot):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(em(0.625))


def _planned(office: Office, rows: Sequence[tuple[str, ...]], fields: Sequence[str], steps: Steps) -> Plan:
    return paste.planned(office, rows, fields, steps.at)


def as_html(rows: Sequence[Sequence[str]]) -> str:
    """The rows as a table of texts: a spreadsheet that takes it leaves long numbers as they are."""
    style = "mso-number-format:'\\@'"
    lines = ("".join(f'<td style="{style}">{escape(cell)}</td>' for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
