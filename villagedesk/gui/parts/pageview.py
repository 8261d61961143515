"""Pages of a paper one below the other, as wide as there is room: what is in sight is drawn first, and kept."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from villagedesk.gui import paint
from villagedesk.gui.pages import Pages
from villagedesk.gui.theme import changed, em, read, theme

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_KEPT = 8  # pictures


class PageView(QAbstractScrollArea):
    """Paper is white under every theme.  Signals: `moved` another page is in sight, or another zoom holds."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pages: Pages | None = None
        self._boxes: list[QRect] = []
        self._pictures: dict[int, QImage] = {}
        self._zoom = ZOOMS.index(1.0)
        self._turn = QTimer(self, interval=0, singleShot=True)  # a page a turn, so that keys are heard between two
        self._turn.timeout.connect(self._draw_next)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # its coming and going would move the pages
        self.verticalScrollBar().valueChanged.connect(lambda _: self._name())
        changed.connect(self._lay)
        self._name()

    @property
    def page(self) -> int:
        """The page at the middle of what is in sight, from 1; 0 when there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        begun = [n for n, box in enumerate(self._boxes, 1) if box.top() <= middle]
        return begun[-1] if begun else min(1, len(self._boxes))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._boxes)

    @property
    def zoom(self) -> float:
        """1 is as wide as there is room."""
        return ZOOMS[self._zoom]

    def show_pages(self, pages: Pages | None) -> None:
        """Another paper, from its first page; or none."""
        self._pages = pages
        self._pictures.clear()
        self._lay()
        self.verticalScrollBar().setValue(0)
        self._name()

    def magnify(self, steps: int) -> None:
        """Larger or smaller; the same place stays in sight."""
        bar = self.verticalScrollBar()
        whole = max(1, bar.maximum() + bar.pageStep())
        at = (bar.value() + bar.pageStep() / 2) / whole
        self._zoom = min(max(self._zoom + steps, 0), len(ZOOMS) - 1)
        self._pictures.clear()
        self._lay()
        bar.setValue(round(at * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
        self._name()

    def turn(self, pages: int) -> None:
        """On or back by what is in sight."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * (bar.pageStep() - em(2)))

    def to_end(self, *, first: bool) -> None:
        """To the beginning of the first page, or the end of the last one."""
        bar = self.verticalScrollBar()
        bar.setValue(0 if first else bar.maximum())

    def _lay(self) -> None:
        """Where each page stands, in pixels of the whole."""
        sizes = self._pages.sizes if self._pages else []
        room, gap = self.viewport().width() - 2 * em(1), em(0.75)
        scale = max(room, em(4)) * self.zoom / max((width for width, _ in sizes), default=1.0)
        widest = max(self.viewport().width(), round(scale * max((w for w, _ in sizes), default=0.0)) + 2 * em(1))
        before = [box.width() for box in self._boxes]
        self._boxes, top = [], gap
        for width, height in sizes:
            wide, high = round(width * scale), round(height * scale)
            self._boxes.append(QRect((widest - wide) // 2, top, wide, high))
            top += high + gap
        if before != [box.width() for box in self._boxes]:
            self._pictures.clear()
        for bar, whole, seen in (
            (self.verticalScrollBar(), top, self.viewport().height()),
            (self.horizontalScrollBar(), widest, self.viewport().width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(em(3))
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)
        self.viewport().update()

    def _name(self) -> None:
        self.setAccessibleName(f"纸面，第{self.page}页，共{self.count}页" if self.count else "纸面")
        self.moved.emit()

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _seen(self) -> list[int]:
        sight = self.viewport().rect().translated(self._offset())
        return [n for n, box in enumerate(self._boxes) if box.intersects(sight)]

    def _draw_next(self) -> None:
        """One picture that is lacking: what is in sight, then what comes next."""
        seen = self._seen()
        near = [*seen, *(n for n in (seen[-1] + 1, seen[0] - 1) if 0 <= n < self.count)] if seen else []
        lacking = [n for n in near if n not in self._pictures]
        if self._pages is None or not lacking:
            return
        ratio = self.devicePixelRatioF()
        picture = self._pages.picture(lacking[0], round(self._boxes[lacking[0]].width() * ratio))
        picture.setDevicePixelRatio(ratio)
        self._pictures[lacking[0]] = picture
        while len(self._pictures) > max(_KEPT, len(near)):
            del self._pictures[max(self._pictures, key=lambda n: abs(n - near[0]))]
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        self._name()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter, offset = theme(), QPainter(self.viewport()), self._offset()
        painter.fillRect(self.viewport().rect(), t.sunk)
        for n in self._seen():
            box = self._boxes[n].translated(-offset)
            picture = self._pictures.get(n)
            if picture is None:
                painter.fillRect(box, read("light").paper)
            else:
                painter.drawImage(box, picture)
            paint.rounded(painter, box.adjusted(-1, -1, 1, 1), None, t.line2 if t.edge > 1 else t.line, radius=0)
        self._turn.start()
