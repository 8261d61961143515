"""Papers as they will be printed: which one, how often, on what; onto a printer, into a folder, onto a stick."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from villagedesk.actions import drafts, prints
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.prints import Made
from villagedesk.base.errors import DeskError
from villagedesk.gui import printer
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.pages import Pages
from villagedesk.gui.parts.boxes import Box, Number
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.notes import Banner, Tone
from villagedesk.gui.parts.pageview import PageView
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.screens.sticks import Sticks
from villagedesk.gui.screens.summary import Rolled
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em
from villagedesk.gui.worker import worker_of
from villagedesk.records.kind import Record

GIVEN = "paper"
"""The place of papers that are no record's: a card, a receipt."""
MOST = 5
"""Characters that cannot be printed, named at the most."""


class PaperScreen(Screen):
    """The papers of a record and of its kind, or those given, at the left; the chosen one's pages in the middle; what is to be
    done with it at the right."""

    keys = (
        ("↑ ↓", "换一种纸"),
        ("PgUp PgDn", "翻页"),
        ("+ -", "放大缩小"),
        "next_pane",
        "paper_print",
        "paper_save",
        "out",
    )
    help_page = "print"

    def __init__(
        self, office: Office, cls: type[Record] | None, identifier: str, org: str = "", *, given: Sequence[Made] = ()
    ) -> None:
        super().__init__()
        self._office, self._cls, self._id = office, cls, identifier
        self._given = {made.sheet: made for made in given}
        self._org = org or office.desk.me.org
        self.made: Made | None = None
        self._pages: Pages | None = None
        self._banner: Banner | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._called = prints.called(cls, of_record=bool(identifier)) if cls else {m.sheet: m.name for m in given}

        self.list = QListWidget()
        self.list.setAccessibleName("哪一种纸")
        self.list.setItemDelegate(Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems(list(self._called.values()))
        self.view = PageView()
        self.at = Words("", "small", tone="ink2")
        self._middle = QVBoxLayout()
        self._middle.addWidget(self.view, 1)
        self._middle.addWidget(self.at, 0, Qt.AlignmentFlag.AlignHCenter)
        self._ways = self._right()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.list)
        self._row.addLayout(self._middle, 1)
        self._row.addWidget(self._ways)

        self.setFocusProxy(self.list)
        self._listen()
        self._look()
        self._space()
        self.list.setCurrentRow(0)

    def _right(self) -> QWidget:
        self.copies, self.part, self.sides, self.printer = Number(), QLineEdit(), Box(), Box()
        self.copies.setRange(1, 999)
        self.part.setPlaceholderText("全部")
        self.sides.addItems(list(printer.SIDES))
        self.sticks = Sticks()
        self.to_stick = Button("放到U盘", KEYS["paper_stick"].shown, icon="usb", bound=False)
        self.sticks.body.addWidget(self.to_stick)
        self.open = Button("打开文件夹", kind="link")
        self._which = Field("哪几页", self.part)
        self._machine = Field("打印机", self.printer)
        inner = QWidget()
        self._fields = QVBoxLayout(inner)
        self._pair = QHBoxLayout()
        self._pair.addWidget(Field("份数", self.copies), 1)
        self._pair.addWidget(self._which, 2)
        self._fields.addLayout(self._pair)
        for part in (Field("单面还是双面", self.sides), self._machine, self.sticks):
            self._fields.addWidget(part)
        self._fields.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self._fields.addStretch()
        self.open.hide()
        return Rolled(inner)

    def _listen(self) -> None:
        self.list.currentRowChanged.connect(lambda _: self.show_paper())
        self.view.moved.connect(self._say_where)
        self.part.textChanged.connect(lambda _: self._which.say(None))
        self.to_stick.clicked.connect(self.put_on_stick)
        self.sticks.moved.connect(self._dress)
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        for name, deed in {
            "paper_print": self.print, "paper_save": self.save, "paper_stick": self.put_on_stick, "next_pane": self._next_pane,
            "page_on": lambda: self.view.turn(1), "page_back": lambda: self.view.turn(-1),
            "page_first": lambda: self.view.to_end(first=True), "page_last": lambda: self.view.to_end(first=False),
            "page_larger": lambda: self.view.magnify(1), "page_smaller": lambda: self.view.magnify(-1), "out": self.left.emit,
        }.items():  # fmt: skip
            bind(self, name, deed)
        bus.changed.connect(self._changed)
        changed.connect(self._space)

    @property
    def place(self) -> Place:
        """Where this screen is, to come back to it."""
        return Place(self._cls.kind.key, self._id, self._org, act="print") if self._cls else Place(GIVEN)

    def heading(self) -> Heading:
        kept = self.made.kept if self.made else None
        title = kept.record.title if kept else self.made.name if self.made else ""
        chip = (kept.state, "plain" if kept.edition else "acc", None) if kept else None
        return Heading(f"打印：{title}", short="打印", chip=chip, back=True, search=False, buttons=self._main())

    def _main(self) -> list[Button]:
        if self.made is None:
            return []
        save = Button(
            "存成PDF", KEYS["paper_save"].shown, filled=not self.printer.count(), icon="download", bound=False
        )
        save.clicked.connect(self.save)
        if not self.printer.count():
            return [save]
        out = Button("打印", KEYS["paper_print"].shown, filled=True, icon="printer", bound=False)
        out.clicked.connect(self.print)
        return [save, out]

    # --- what is shown ------------------------------------------------------------------------------

    def show_paper(self) -> None:
        """Make the chosen paper and show it from its first page."""
        sheet = list(self._called)[max(self.list.currentRow(), 0)]
        self.made = self._pages = None
        try:
            self.made = self._make(sheet)
        except DeskError as error:
            self._warn("bad", str(error))
        else:
            self._pages = Pages(self.made.data)
            self._warn(*self._remarks(self.made))
        self.view.show_pages(self._pages)
        self._which.say(None)
        self._dress()
        self.renamed.emit()

    def _make(self, sheet: str) -> Made:
        if self._cls is None:
            return self._given[sheet]
        return prints.make(self._office, self._cls, self._id, self._org, sheet=sheet)

    def _remarks(self, made: Made) -> tuple[Tone, str]:
        """What the clerk should know before this paper is handed to anybody."""
        said: list[str] = []
        if missing := made.data.missing:
            more = "等" if len(missing) > MOST else ""
            said.append(f"有字打不出来，纸上印成〓：{'、'.join(missing[:MOST])}{more}。请手写补上。")
        if made.kept is not None and self._cls is not None:
            with self._office.desk.reading() as session:
                if drafts.offered(session, self._office, self._cls, made.kept.id) is not None:
                    said.append("还有写了没保存的，纸上是上次保存的样子。")
        tone: Tone = "warn" if said else "acc"
        if made.kept is not None and made.kept.record.kind.flow.sealing and not made.kept.edition:
            said.append(f"还没定稿，纸上印着“草稿　第{made.draft}稿”。")
        return tone, "".join(said)

    def _warn(self, tone: Tone, words: str) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = Banner(tone, words) if words else None
        if self._banner is not None:
            self._middle.insertWidget(0, self._banner)

    def _say_where(self) -> None:
        zoom = "和窗口一样宽" if self.view.zoom == 1 else f"放大到{self.view.zoom:.0%}"
        self.at.setText(seamed(f"第{self.view.page}页，共{self.view.count}页　{zoom}") if self.view.count else "")

    def _changed(self, done: Changed) -> None:
        if self._cls is not None and self._cls.kind.key in done.kinds:
            self.show_paper()

    def _look(self) -> None:
        """Which printers there are."""
        names = printer.printers()
        self.printer.addItems(names)
        self.printer.setEnabled(bool(names))
        self._machine.say(None if names else "这台电脑没有装打印机。存成PDF，或者放到U盘，拿到别处打。", warn=True)

    def _dress(self) -> None:
        self.to_stick.setEnabled(self.made is not None and self.sticks.folder is not None)

    # --- what can be done ---------------------------------------------------------------------------

    def print(self) -> None:
        """Ask the system's dialog, and print the chosen pages at their size."""
        wanted = printer.chosen(self.part.text(), self.view.count)
        made, pages = self.made, self._pages
        if made is None or pages is None:
            return
        if not self.printer.count():
            self.say("这台电脑没有装打印机。按Ctrl+S存成PDF。")
            return
        if wanted is None:
            self._which.say(f"请写页码，比如 2-4；一共{self.view.count}页。")
            self.part.setFocus()
            return
        machine = printer.prepared(self.printer.currentText(), self.copies.value(), self.sides.currentText())
        if not printer.asked(machine, self):
            return
        part = self.part.text().strip() if len(wanted) < self.view.count else ""

        def done(_: object) -> None:
            copies, name = machine.copyCount(), machine.printerName()
            self._try(lambda: prints.noted(self._office, made, "printer", place=name, pages=part, copies=copies))
            self.say(f"交给打印机了：{made.name}{copies}份。")

        worker_of(self).do(
            f"正在打印：{made.name}",
            lambda steps: printer.send(pages, wanted, machine, steps),
            done=done,
            failed=self._failed,
        )

    def save(self) -> None:
        """The paper as a PDF, where the clerk says."""
        if self.made is None:
            return
        asked, _ = QFileDialog.getSaveFileName(self, "存成PDF", str(Path(self._folder) / self.made.file), "PDF (*.pdf)")
        if asked:
            path = Path(asked)
            self._put(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def put_on_stick(self) -> None:
        """The paper as a PDF onto the chosen stick."""
        if self.made is None:
            return
        if self.sticks.folder is None:
            self.say("还没有插U盘。插上再按一次。")
        else:
            self._put(self.sticks.folder / self.made.file)

    def _put(self, path: Path) -> None:
        made = self.made
        if made is not None and self._try(lambda: prints.put(self._office, made, path)):
            self._folder = str(path.parent)
            self.open.show()
            self.say(f"放好了：{path.name}。里面没有加密，用完请删。")

    def _try(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except DeskError as error:
            self._failed(error)
            return False
        return True

    def _failed(self, error: DeskError) -> None:
        self._warn("bad", str(error))

    def _next_pane(self) -> None:
        """From the papers to the pages, to what is to be done, and round again."""
        panes: list[QWidget] = [self.list, self.view, self.copies]
        held = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if pane is held), 2)
        panes[(at + 1) % len(panes)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        narrow = self.width() < em(56)
        self._row.setContentsMargins(em(1.25), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.75))
        self._middle.setSpacing(em(0.375))
        self._pair.setSpacing(em(0.75))
        self.copies.setMaximumHeight(self.part.sizeHint().height())
        self._fields.setContentsMargins(0, 0, em(0.5), 0)
        self._fields.setSpacing(em(0.75))
        widest = max((len(name) for name in self._called.values()), default=0)
        self.list.setFixedWidth(em(max(9 if narrow else 11, min(widest, 12) + 1.5)))
        self._ways.setFixedWidth(em(16 if narrow else 17))
