"""Carrying records away on a stick: to whom, what, how it went; and what was said of those carried before."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.actions import outgoing, parcels
from villagedesk.actions.changed import Changed
from villagedesk.actions.office import Office
from villagedesk.actions.outgoing import Sent
from villagedesk.actions.parcels import Answer, Parcel
from villagedesk.base.errors import DeskError
from villagedesk.gui.bus import bus
from villagedesk.gui.editors.line import Line
from villagedesk.gui.keys import KEYS, bind
from villagedesk.gui.parts.boxes import Box
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.frame import Heading
from villagedesk.gui.parts.stepper import Stepper
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.cards import Cards
from villagedesk.gui.screens.finish import Finish, Receipts
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.screens.sticks import Sticks
from villagedesk.gui.screens.tallies import Tallies
from villagedesk.gui.theme import changed, em
from villagedesk.gui.worker import Steps, worker_of

STEPS = [("插上U盘", ""), ("看要带的", ""), ("写好并读回核对", ""), ("可以拔了", "")]
WORDS = {
    "village": ("带到镇里", "交给镇里"), "town": ("带给村里和县里", "交给对方"), "county": ("带给镇里", "交给镇里"),
}  # fmt: skip


NARROW = 62
"""em of width below which the steps are left out and the side is slimmer."""


class CarryScreen(Screen):
    """What goes, to whom, on which stick; then that it is written and what to do next.  Ctrl+S writes; Esc stops."""

    keys = (("Ctrl+S", "写到U盘"), ("Esc", "停下、返回"), "next_pane", "help")

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.title, self._next = WORDS[office.by.level]
        self.setWindowTitle(self.title)
        self.stepper = Stepper(STEPS)
        self.sticks = Sticks()
        self.cards = Cards(office, lambda: self.sticks.folder)
        self.receipts = Receipts()
        self.to = Box()
        self.to.setAccessibleName("交给谁")
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tallies = Tallies()
        self.about = Words("", "small", tone="ink2", wrap=True)
        self.full = QCheckBox("这次带完整内容（平时只带统计数）")
        self.reason = Line()
        self.why = Field("为什么要带完整内容", self.reason, note="必填，会记进导出登记")
        self.write = Button("写到U盘", KEYS["save"].shown, filled=True, icon="usb", bound=False)
        self.finish = Finish()
        self._parcels: list[Parcel] = []
        self._lay_out()
        self._listen()
        changed.connect(self._space)
        self._space()
        self.reload()

    def _lay_out(self) -> None:
        self._top, self.ready = Card(), Card("要带去的")
        self._top.body.addWidget(self.stepper)
        self.ready.head.addStretch()
        self.ready.head.addWidget(self.to)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.tallies)
        for ground in (self.tallies, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        low = QHBoxLayout()
        low.addWidget(self.about, 1)
        low.addWidget(self.write)
        self.ready.body.addWidget(self._scroll, 1)
        for widget in (self.full, self.why):
            self.ready.body.addWidget(widget)
        self.ready.body.addLayout(low)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.ready)
        self.stack.addWidget(self.finish)
        self.side = QWidget()
        self._side = QVBoxLayout(self.side)
        for card in (self.sticks, self.cards, self.receipts):
            self._side.addWidget(card)
        self._side.addStretch()
        self._roll = QScrollArea()
        self._roll.setWidgetResizable(True)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._roll.setWidget(self.side)
        for ground in (self.side, self._roll.viewport()):
            ground.setAutoFillBackground(False)
        self._row = QHBoxLayout()
        self._row.addWidget(self.stack, 1)
        self._row.addWidget(self._roll)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._top)
        self._column.addLayout(self._row, 1)

    def _listen(self) -> None:
        self.sticks.moved.connect(self._stand)
        self.cards.told.connect(self.say)
        self.cards.asked.connect(self.asked)
        self.cards.enrolled.connect(self._known)
        self.receipts.opened.connect(self._open)
        self.to.activated.connect(self._weigh)
        self.full.toggled.connect(self._weigh)
        self.write.clicked.connect(self.begin)
        self.finish.again.clicked.connect(self.reload)
        self.finish.out.clicked.connect(self.out)
        bind(self, "save", self.begin)
        bind(self, "out", self.out)
        bus.changed.connect(self._changed)

    def heading(self) -> Heading:
        return Heading(self.title, search=False)

    def reload(self) -> None:
        """Read anew who is known, what would travel, what was said."""
        chosen = self.to.currentData()
        with self._office.desk.reading() as session:
            known = parcels.partners(session, self._office)
            back = parcels.returned(session, self._office.by, org=self._own)
            self.receipts.show_receipts(parcels.receipts(session, self._office), back)
        self.to.clear()
        below = [p for p in known if len(p.org) > len(self._office.desk.me.org)]
        if len(below) > 1:
            self.to.addItem(f"下面{len(below)}个单位", [p.org for p in below])
        for one in known:
            self.to.addItem(one.name, [one.org])
        self.to.setCurrentIndex(max(0, self.to.findData(chosen)))
        self.to.setVisible(len(known) > 1)
        self.full.setChecked(False)
        self.reason.clear()
        self.stack.setCurrentWidget(self.ready)
        self._weigh()

    def _known(self) -> None:
        """Somebody is known now: what is next is to write."""
        self.reload()
        self.write.setFocus()

    @property
    def _own(self) -> str:
        return self._office.desk.me.org if self._office.by.level == "village" else ""

    def _weigh(self) -> None:
        """What would travel to those chosen."""
        full = self.full.isChecked()
        self._parcels = [parcels.parcel(self._office, org, full=full) for org in self.to.currentData() or []]
        self.tallies.show_parcels(self._parcels)
        self.full.setVisible(bool(self._parcels))
        self.why.setVisible(full)
        self._stand()

    def _stand(self) -> None:
        """Where one is, and what is still wanting."""
        done = self.stack.currentWidget() is self.finish
        here = self.sticks.folder is not None
        self.stepper.show_steps(STEPS, 4 if done else 1 if here else 0)
        files = sum(p.files for p in self._parcels)
        if not self._parcels:
            words = "还不知道交给谁：先在右边换设备卡。"
        elif not here:
            words = "请插上U盘。"
        elif not any(p.records for p in self._parcels):
            words = "没有新的要带。写一次也不要紧：会把本机收到了哪里告诉对方。"
        else:
            words = f"附件{files}个。" if files else ""
            words += "写完会读回来逐个字节核对。对方收下、回执带回来之前，下次导出都会再带上这些。"
        self.about.setText(seamed(words))

    def begin(self) -> None:
        """Write it, aside."""
        folder = self.sticks.folder
        if self.stack.currentWidget() is self.finish or worker_of(self).busy:
            return
        reason = self.reason.text().strip()
        if self.full.isChecked() and not reason:
            self.why.say("请写明为什么带完整内容，比如“县级行政复议调阅”。")
            self.reason.setFocus()
            return
        if folder is None or not self._parcels:
            self.say("先插上U盘，或者选一个文件夹。" if self._parcels else "还不知道交给谁：先在右边换设备卡。")
            return
        orgs, full, office = self.to.currentData(), self.full.isChecked(), self._office

        def one(steps: Steps, at: int) -> list[Sent]:
            def progress(done: int, whole: int) -> None:
                steps.at(_sentence(at, len(orgs), done, whole), done, whole)

            basis = reason if full else outgoing.BASIS
            return outgoing.export(office, folder, to_org=orgs[at - 1], full=full, reason=basis, progress=progress)

        def work(steps: Steps) -> list[Sent]:
            return [sent for at in range(1, len(orgs) + 1) for sent in one(steps, at)]

        worker_of(self).do("正在打包，先不要拔U盘", work, done=self._done, failed=self._failed)

    def _done(self, sent: list[Sent]) -> None:
        self.finish.show_sent(sent, self._names(), self.sticks.name, self._next)
        self.stack.setCurrentWidget(self.finish)
        self._stand()
        self.finish.out.setFocus()

    def _failed(self, error: DeskError) -> None:
        self.sticks.look()
        self.say(str(error))
        self._stand()

    def _names(self) -> dict[str, str]:
        with self._office.desk.reading() as session:
            return {p.org: p.name for p in parcels.partners(session, self._office)}

    def out(self) -> None:
        """Back: from what was written to what is to be; else to where one came from."""
        if self.stack.currentWidget() is self.finish:
            self.reload()
        self.left.emit()

    def _open(self, answer: Answer) -> None:
        kept = answer.kept
        self.asked.emit(Place(kept.record.kind.key, kept.id, kept.org))

    def _changed(self, done: Changed) -> None:
        if self.stack.currentWidget() is self.ready and self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back begins anew: what was written is behind, and others may have answered."""
        super().showEvent(event)
        if not event.spontaneous():
            self.reload()
            self.write.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bend()

    def _bend(self) -> None:
        narrow = self.width() < em(NARROW)
        self._top.setVisible(not narrow)
        self._roll.setFixedWidth(em(19.5 if narrow else 24))

    def _space(self) -> None:
        self._column.setContentsMargins(em(1.25), em(0.75), em(1.25), em(0.75))
        self._column.setSpacing(em(0.75))
        self._row.setSpacing(em(0.75))
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(em(0.75))
        self._bend()


def _sentence(at: int, units: int, done: int, whole: int) -> str:
    unit = f"第{at}个单位，共{units}个；" if units > 1 else ""
    return f"{unit}正在写到U盘，{done}/{whole}步，先不要拔。停下也不要紧：U盘上不会留下半个文件，本机的数据不动。"
