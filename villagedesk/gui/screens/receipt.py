"""After taking in: what was written, what was found, and the receipt that goes back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagedesk.actions.intake import Report
from villagedesk.actions.parcels import Receipt
from villagedesk.gui.keys import KEYS
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.card import Card
from villagedesk.gui.parts.emptied import emptied
from villagedesk.gui.parts.words import Words, seamed
from villagedesk.gui.screens.finish import Done
from villagedesk.gui.theme import changed, em
from villagedesk.records.kinds import KINDS


class ReceiptPage(Card):
    """One paragraph a bundle; the receipt's code large, to be compared by eye."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("", "figure", song=True, weight=600)
        self.lines = QVBoxLayout()
        self.out = Button("好，返回", "Esc", filled=True, icon="check", bound=False)
        self.paper = Button("打印回执", KEYS["print"].shown, icon="printer", bound=False)
        self.reports: Sequence[Report] = ()
        head, low = QHBoxLayout(), QHBoxLayout()
        self._done = Done()
        head.addWidget(self._done)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        low.addWidget(self.paper)
        low.addStretch()
        low.addWidget(self.out)
        self.body.addLayout(head)
        self.body.addLayout(self.lines)
        self.body.addStretch(1)
        self.body.addLayout(low)
        changed.connect(self._part)
        self._part()

    def show_reports(self, reports: Sequence[Report], acknowledged: Sequence[Receipt] = ()) -> None:
        """What came of a bundle, and of those that waited for it; and which of ours they acknowledged."""
        emptied(self.lines)
        self.reports = reports
        held = reports[0].state == "held"
        self._done.setVisible(not held)
        self.title.setText("先存在本机，等前面的包" if held else "收下了")
        for report in reports:
            self._tell(report)
        for one in acknowledged:
            code = " ".join(one.code[i : i + 4] for i in range(0, 12, 4))
            self._line(
                f"{one.name}收到了本机的第{one.no}号包，新的{one.new}条。回执短码 {code}，已经核销。", tone="good"
            )
        self.setAccessibleName(self.said)

    @property
    def said(self) -> str:
        """Everything on the page, as text."""
        words = [self.title.text()]
        for at in range(self.lines.count()):
            item = self.lines.itemAt(at)
            label = item.widget() if item else None
            words += [label.text()] if isinstance(label, Words) else []
        return "\n".join(words)

    def _tell(self, report: Report) -> None:
        self._line(f"{report.name}，第{report.no}号包", "lead", weight=600)
        if report.state == "held":
            self._line("数据包已经拷在本机，U盘可以拔。等前面的包到了，会自动接上。")
        else:
            kinds = "，".join(f"{KINDS[k].kind.name if k in KINDS else k}{n}" for k, n in sorted(report.counts.items()))
            self._line(
                f"新增{report.records}件，改动{report.changed}件，附件{report.files}个，以前收过的{report.again}条。"
            )
            if kinds:
                self._line(f"改动条数：{kinds}。", tone="ink2")
            if report.withheld:
                self._line(f"{report.withheld}条只带统计，内容留在对方那里。", tone="ink2")
            if report.filled:
                self._line(f"以前只带统计、这次补来内容的{report.filled}条。", tone="ink2")
        for finding in report.findings:
            self._line(finding, tone="warn")
        if report.receipt:
            self._line("回执短码（和对方核对用）", "small", tone="ink2")
            self._line(" ".join(report.receipt[i : i + 4] for i in range(0, 12, 4)), "figure", weight=600)
            self._line("回执已记在本机，下一次带数据回去时随包带到，对方才会核销。", tone="ink2")

    def _line(self, words: str, role: str = "body", *, tone: str = "ink", weight: int = 400) -> None:
        self.lines.addWidget(Words(seamed(words), role, tone=tone, weight=weight, wrap=True))

    def _part(self) -> None:
        self.lines.setSpacing(em(0.375))
        self.lines.setContentsMargins(0, em(0.75), 0, 0)
