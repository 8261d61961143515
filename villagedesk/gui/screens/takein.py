"""Taking in what came on a stick: which bundle, what it would change, then taken in, with the receipt."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions import incoming, parcels, prints
from villagedesk.actions.changed import Changed
from villagedesk.actions.intake import Report
from villagedesk.actions.office import Office
from villagedesk.actions.parcels import Receipt
from villagedesk.base.errors import DeskError
from villagedesk.exchange import bundle
from villagedesk.gui.bus import bus
from villagedesk.gui.keys import bind
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.empty import Empty
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.paper import GIVEN
from villagedesk.gui.screens.preview import Preview
from villagedesk.gui.screens.receipt import ReceiptPage
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.screens.sticks import Sticks, size
from villagedesk.gui.table import Row
from villagedesk.gui.theme import changed, em
from villagedesk.gui.worker import Steps, worker_of
from villagedesk.store import queries

MOST = 60
"""Bundles of a stick that are listed, the newest first."""
TITLES = {"village": "收镇里带回的", "town": "收村里的", "county": "收镇里的"}


class TakeInScreen(Screen):
    """The bundles on the stick; one of them looked at, nothing written yet; taken in, with its receipt.

    Enter looks at a bundle, Ctrl+S takes it in, Esc goes one step back.
    """

    keys = (("↑ ↓", "上下件"), ("Enter", "看这个包"), ("Ctrl+S", "收下"), ("Esc", "先放着、返回"), "help")

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.title = TITLES[office.by.level]
        self.setWindowTitle(self.title)
        self.sticks = Sticks()
        self.list = QListWidget()
        self.list.setAccessibleName("U盘上的数据包")
        self.list.setItemDelegate(Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = Empty("package-open", "这个U盘上没有数据包。", more="数据包以“vd1-”开头，以“.tar.zst.age”结尾。")
        self.look = Button("先看一看", "Enter", filled=True, icon="eye", bound=False)
        self.preview = Preview()
        self.receipt = ReceiptPage()
        self._path: Path | None = None
        self._banner: Banner | None = None
        self._lay_out()
        self._listen()
        changed.connect(self._space)
        self._space()
        self.reload()

    def _lay_out(self) -> None:
        found = Card("U盘上的数据包")
        self._files = QStackedWidget()
        self._files.addWidget(self.list)
        self._files.addWidget(self.empty)
        low = QHBoxLayout()
        low.addWidget(
            Words(
                "先看后收：看的时候什么也不写进来。数据包先拷到本机再读，不在U盘上直接打开。",
                "small",
                tone="ink2",
                wrap=True,
            ),
            1,
        )
        low.addWidget(self.look)
        found.body.addWidget(self._files, 1)
        found.body.addLayout(low)
        self.choose = QWidget()
        self._choose = QHBoxLayout(self.choose)
        self._choose.addWidget(found, 1)
        self._side = QVBoxLayout()
        self._side.addWidget(self.sticks)
        self._side.addStretch()
        self._choose.addLayout(self._side)
        self.stack = QStackedWidget()
        for page in (self.choose, self.preview, self.receipt):
            self.stack.addWidget(page)
        self._above = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._above)
        self._column.addWidget(self.stack, 1)

    def _listen(self) -> None:
        self.sticks.moved.connect(self.reload)
        self.look.clicked.connect(self.begin)
        self.list.itemDoubleClicked.connect(lambda _: self.begin())
        self.preview.take.clicked.connect(self.take)
        self.preview.wait.clicked.connect(self.out)
        self.receipt.out.clicked.connect(self.out)
        self.receipt.paper.clicked.connect(self.print)
        bind(self, "print", self.print)
        bind(self, "save", self.take)
        bind(self, "out", self.out)

    def heading(self) -> Heading:
        page = self.stack.currentWidget()
        chip = ("先看后收，还没写进来", "acc", "eye") if page is self.preview else None
        return Heading(self.title, chip=chip, search=False, back=page is not self.choose)

    def reload(self) -> None:
        """See which bundles lie on the stick; only names are looked at, and a name is never trusted."""
        if self.stack.currentWidget() is not self.choose:
            return
        known = self._known()
        self.list.clear()
        for path in _bundles(self.sticks.folder):
            said = bundle.hint(path)
            if said is None or said.sender == self._office.desk.me.did:
                continue
            whose = known.get(said.sender, "没有登记的电脑")
            item = QListWidgetItem(seamed(f"{whose}，第{said.no}号包，{size(path.stat().st_size)}　{path.name}"))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(item.text())
            self.list.addItem(item)
        self._files.setCurrentWidget(self.list if self.list.count() else self.empty)
        self.look.setVisible(self.list.count() > 0)
        self.list.setCurrentRow(0)

    def _known(self) -> dict[str, str]:
        with self._office.desk.reading() as session:
            return {d.did: d.name for d in queries.devices(session)}

    def begin(self) -> None:
        """Look at the chosen bundle, aside."""
        item = self.list.currentItem()
        if item is None or self.stack.currentWidget() is not self.choose:
            return
        path: Path = item.data(Qt.ItemDataRole.UserRole)
        self._path = path
        self._warn(None)

        def work(steps: Steps) -> list[Report]:
            return incoming.take_in(self._office, path, preview=True, progress=_telling(steps, "正在看"))

        worker_of(self).do("正在把数据包拷到本机再看", work, done=self._seen, failed=self._failed)

    def _seen(self, reports: list[Report]) -> None:
        report = reports[0]
        if report.state == "known":
            code = f"，当时的回执短码 {report.receipt}" if report.receipt else ""
            self._warn(Banner("acc", f"{report.name}第{report.no}号包以前收过了{code}。不用再收，什么也没有变。"))
            return
        self.preview.show_report(report)
        self._go(self.preview)
        (self.preview.list if report.looks else self.preview.take).setFocus()

    def take(self) -> None:
        """Take in what was looked at, aside."""
        path = self._path
        if path is None or self.stack.currentWidget() is not self.preview or worker_of(self).busy:
            return

        before = self._acknowledged()

        def work(steps: Steps) -> list[Report]:
            return incoming.take_in(self._office, path, progress=_telling(steps, "正在收"))

        def taken(reports: list[Report]) -> None:
            self._taken(reports, [one for one in self._acknowledged() if one not in before])

        worker_of(self).do("正在收", work, done=taken, failed=self._failed)

    def _acknowledged(self) -> list[Receipt]:
        with self._office.desk.reading() as session:
            return parcels.receipts(session, self._office)

    def _taken(self, reports: list[Report], acknowledged: Sequence[Receipt]) -> None:
        self.receipt.show_reports(reports, acknowledged)
        self._go(self.receipt)
        self.receipt.out.setFocus()
        bus.tell(Changed(frozenset(kind for r in reports for kind in r.counts)))

    def print(self) -> None:
        """The receipts of what was taken in, as papers."""
        if self.stack.currentWidget() is self.receipt:
            made = [prints.receipt(self._office, report) for report in self.receipt.reports]
            self.asked.emit(Place(GIVEN, begin={"made": made}))

    def _failed(self, error: DeskError) -> None:
        self._go(self.choose)
        self.reload()
        self._warn(Banner("bad", str(error)))
        self.list.setFocus()

    def _go(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self.renamed.emit()

    def _warn(self, banner: Banner | None) -> None:
        emptied(self._above)
        self._banner = banner
        if banner is not None:
            self._above.addWidget(banner)

    @property
    def warning(self) -> str:
        """What stands above the page."""
        return self._banner.accessibleName() if self._banner else ""

    def out(self) -> None:
        """One step back; from the list of bundles to where one came from."""
        self._warn(None)
        if self.stack.currentWidget() is self.choose:
            self.left.emit()
            return
        self._go(self.choose)
        self.reload()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.5))
        self._choose.setContentsMargins(0, 0, 0, 0)
        self._choose.setSpacing(em(0.75))
        self.sticks.setFixedWidth(em(24))


def _bundles(folder: Path | None) -> list[Path]:
    """The bundles in a folder, the newest first; a stick that is gone has none."""
    try:
        found = [p for p in folder.iterdir() if bundle.hint(p) and p.is_file()] if folder else []
        return sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)[:MOST]
    except OSError:
        return []


def _telling(steps: Steps, doing: str) -> Callable[[int, int], None]:
    def told(done: int, whole: int) -> None:
        steps.at(f"{doing}，{done}/{whole}条。停下也不要紧：没有做完的都不算。", done, whole)

    return told
