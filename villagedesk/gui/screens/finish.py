"""After carrying: what lies on the stick and what to do with it; and what others said of what they got."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from villagedesk.actions.outgoing import Sent
from villagedesk.actions.parcels import Answer, Receipt
from villagedesk.gui import paint
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.sticks import size
from villagedesk.gui.theme import changed, em, theme

FEW = 6
"""Bundles named one by one; receipts and returned records shown."""


class Done(QWidget):
    """A tick in a round field: it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(em(4), em(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), theme()
        paint.rounded(painter, self.rect(), t.goodt, t.good if t.edge > 1 else None, radius=2)
        paint.put_icon(painter, "check", t.good, self.rect(), em(2.5))


class Finish(Card):
    """What was written, that the stick may be pulled, and what comes next."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("", "figure", song=True, weight=600)
        self.more = Words("", tone="ink2", wrap=True)
        self._facts, self._steps = QVBoxLayout(), QVBoxLayout()
        self.again = Button("再写一个U盘", icon="usb")
        self.out = Button("写好了，返回", "Esc", filled=True, icon="check")
        self._head, self._words, low = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.more)
        self._head.addWidget(Done(), 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(self._words, 1)
        low.addWidget(self.again)
        low.addStretch()
        low.addWidget(self.out)
        self.body.addLayout(self._head)
        self.body.addLayout(self._facts)
        self.body.addLayout(self._steps)
        self.body.addStretch(1)
        self.body.addLayout(low)
        changed.connect(self._part)
        self._part()

    def show_sent(self, sent: Sequence[Sent], names: dict[str, str], place: str, handing: str) -> None:
        """Say what lies where, and what to do."""
        whole = sum(s.entries for s in sent)
        self.title.setText("写好了，可以拔U盘")
        self.more.setText(seamed(f"{whole}条改动写进“{place}”，又读回来逐个字节核对，一个不差。"))
        self.setAccessibleName(f"写好了，可以拔U盘。{self.more.text()}")
        emptied(self._facts)
        for one in sent[:FEW]:
            files = f"，附件{one.files}个" if one.files else ""
            self._fact(
                f"第{one.no}号包，交{names.get(one.to_org, one.to_org)}：{one.entries}条{files}，{size(one.size)}"
            )
            self._facts.addWidget(Words(one.path.name, "small", tone="ink3", wrap=True))
        if len(sent) > FEW:
            self._fact(f"另外还有{len(sent) - FEW}个单位的包。")
        lacking, later = sum(s.lacking for s in sent), sum(s.later for s in sent)
        if lacking:
            self._fact(f"有{lacking}个附件在这台电脑上读不到，没有带上，记录照常带走。请从备份恢复后再导出一次。")
        if later:
            self._fact(f"还有{later}个附件装不下，记录照常带走；收到回执后再导出就会补上。")
        emptied(self._steps)
        self._steps.addWidget(Words("接下来", weight=600))
        for at, words in enumerate(
            (
                f"U盘{handing}，请对方先看后收。",
                "对方的回执随下一个数据包带回来；拿回来插上，收下就核销。",
                "U盘丢了也不怕：没有对方的钥匙打不开；没收到回执的，下次导出会再带上。",
            ),
            1,
        ):
            self._steps.addWidget(Words(seamed(f"{at}. {words}"), wrap=True))

    def _fact(self, words: str) -> None:
        self._facts.addWidget(Words(seamed(words), wrap=True))

    def _part(self) -> None:
        self._head.setSpacing(em(1.25))
        self._words.setSpacing(em(0.25))
        self._facts.setSpacing(em(0.25))
        self._facts.setContentsMargins(0, em(0.75), 0, em(0.75))
        self._steps.setSpacing(em(0.5))


class Receipts(Card):
    """What others said they have, and what they sent back.  Signals: `opened` the answer whose record is to be shown."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("回执和退回的")
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)
        changed.connect(self._part)
        self._part()

    def show_receipts(self, receipts: Sequence[Receipt], returned: Sequence[Answer]) -> None:
        """The newest of both."""
        emptied(self._lines)
        for answer in returned[:FEW]:
            self._returned(answer)
        if len(returned) > FEW:
            self._line(f"还有{len(returned) - FEW}件退回的没改。", "bad")
        for one in receipts[:FEW]:
            self._line(f"{one.at}　{one.name}收下第{one.no}号包，新的{one.new}条", "ink")
            held = f"，还在等第{'、'.join(map(str, one.held))}号包接上" if one.held else ""
            want = f"，还缺{one.want}个附件，下次导出会补带" if one.want else ""
            self._line(f"回执短码 {one.code}{held}{want}", "ink2")
            for finding in one.findings[:3]:
                self._line(finding, "warn")
        if not receipts and not returned:
            self._line("还没有收到过回执。对方收下后，回执会随他们的数据包带回来。", "ink2")

    def _returned(self, answer: Answer) -> None:
        kept = answer.kept
        button = Button(f"退回：{kept.record.title}", kind="link", icon="undo-2")
        button.clicked.connect(lambda: self.opened.emit(answer))
        self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._line(answer.review.remark, "bad")

    def _line(self, words: str, tone: str) -> None:
        self._lines.addWidget(Words(seamed(words), "small", tone=tone, wrap=True))

    def _part(self) -> None:
        self._lines.setSpacing(em(0.1875))
