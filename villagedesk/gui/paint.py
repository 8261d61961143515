"""What painters share: icons in any colour, words, tiles, chips, hairlines, rounded boxes."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QStyle

from villagedesk.gui.theme import em, face, svg, theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def icon(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon `size` wide for a screen of that ratio; drawn once, then kept."""
    return _drawn(name, colour.rgba(), size, ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    # A thin line looks thinner when it is large, and breaks up when it is small.
    stroke = "2" if size <= em() else "1.75" if size < em(2) else "1.5"
    text = svg(name).replace("currentColor", QColor.fromRgba(rgba).name())
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def button_icon(name: str, colour: QColor, disabled: QColor) -> tuple[QIcon, QSize]:
    """The same for a button, at all the ratios screens have, with some air before its words; and its size."""
    made, size = QIcon(), QSize(em(1.125) + em(0.25), em(1.125))
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for ratio in (1.0, 1.25, 1.5, 2.0):
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.drawPixmap(0, 0, icon(name, ink, em(1.125), ratio))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made, size


def put_icon(painter: QPainter, name: str, colour: QColor, box: QRect, size: int | None = None) -> None:
    """An icon in the middle of a box; 1⅛ em unless told."""
    size = em(1.125) if size is None else size
    device = painter.device()
    at = QPoint(box.left() + (box.width() - size) // 2, box.top() + (box.height() - size) // 2)
    painter.drawPixmap(at, icon(name, colour, size, device.devicePixelRatioF()))


def text(
    painter: QPainter, box: QRect, words: str, colour: QColor, font: QFont, align: Qt.AlignmentFlag = LEFT
) -> QRect:
    """Words on one line in a box, with … at the end when they do not fit; gives the box they took."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)
    return painter.boundingRect(box, align | Qt.TextFlag.TextSingleLine, shown)


def rounded(
    painter: QPainter,
    box: QRect,
    ground: QColor | None,
    edge: QColor | None = None,
    *,
    radius: float = 0.25,
    width: int = 1,
    dashed: bool = False,
) -> None:
    """A box with rounded corners, its edge inside it; `radius` in em, `width` in px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shift = width / 2 if edge is not None else 0.0
    inner = QRectF(box).adjusted(shift, shift, -shift, -shift)
    pen = QPen(edge, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine) if edge else Qt.PenStyle.NoPen
    painter.setPen(pen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    curve = em(radius) * theme().round
    painter.drawRoundedRect(inner, curve, curve)
    painter.restore()


def row(painter: QPainter, box: QRect, state: QStyle.StateFlag, *, marked: bool = True) -> bool:
    """The ground of a row of a list: the current one tinted, with its mark at the left edge, the one under the mouse quiet.  Says
    whether it is the current one."""
    t, current = theme(), bool(state & QStyle.StateFlag.State_Selected)
    if current:
        painter.fillRect(box, t.sel)
        if marked:
            painter.fillRect(QRect(box.left(), box.top(), em(0.1875), box.height()), t.acc)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, t.paper2)
    return current


def hairline(painter: QPainter, start: QPoint, end: QPoint, colour: QColor | None = None) -> None:
    """A line of one device pixel, crisp at every ratio."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(colour if colour is not None else theme().line, 0))
    painter.drawLine(start, end)
    painter.restore()


def tile(painter: QPainter, box: QRect, char: str, tone: str) -> None:
    """A kind's character on its ground."""
    ink, ground = theme().tiles[tone]
    rounded(painter, box, ground, ink if theme().edge > 1 else None, radius=0.1875, width=theme().edge)
    text(painter, box, char, ink, face("small", song=True, weight=600), CENTER)


def spark(painter: QPainter, track: QRect, share: float, tick: float | None = None) -> None:
    """A share of a whole as a thin filled track; `tick` is the share that is needed."""
    t = theme()
    radius = track.height() / 2 / em()
    rounded(painter, track, t.sunk, t.line2 if t.edge > 1 else None, radius=radius, width=t.edge)
    if share > 0:
        filled = QRect(track)
        filled.setWidth(max(track.height(), round(track.width() * min(share, 1))))
        rounded(painter, filled, t.accl, radius=radius)
    if tick is not None:
        left = track.left() + min(max(0, round(track.width() * tick) - 1), track.width() - 2)
        painter.fillRect(QRect(left, track.top() - em(0.25), 2, track.height() + 2 * em(0.25)), t.ink)


#: tone of a chip: (text, ground), names of colours; None is no ground.
CHIPS: dict[str, tuple[str, str | None]] = {
    "plain": ("ink2", None),
    "quiet": ("ink2", "sunk"),
    "acc": ("acc", "acct"),
    "good": ("good", "goodt"),
    "warn": ("warn", "warnt"),
    "bad": ("bad", "badt"),
}


def chip_width(words: str, tone: str, icon_name: str | None) -> int:
    """How wide a chip of these words is."""
    weight = 400 if tone == "plain" else 600
    side = 0 if tone == "plain" else 2 * em(0.5)
    return (
        QFontMetrics(face("small", weight=weight)).horizontalAdvance(words)
        + 1  # what a painter measures is not rounded
        + side
        + (em(1.25) if icon_name is not None else 0)
    )


def chip(painter: QPainter, box: QRect, words: str, tone: str, icon_name: str | None = None) -> None:
    """A state at the left of a box: icon, two to four characters, a ground where somebody must act."""
    t = theme()
    ink, ground = CHIPS[tone]
    at = QRect(box.left(), 0, min(chip_width(words, tone, icon_name), box.width()), min(em(1.5), box.height()))
    at.moveTop(box.top() + (box.height() - at.height()) // 2)
    if ground is not None:
        edge = t.tone(ink) if t.edge > 1 else None
        rounded(painter, at, t.tone(ground), edge, width=t.edge)
        at.adjust(em(0.5), 0, -em(0.5), 0)
    if icon_name is not None:
        put_icon(painter, icon_name, t.tone(ink), QRect(at.left(), at.top(), em(), at.height()), em())
        at.setLeft(at.left() + em(1.25))
    text(painter, at, words, t.tone(ink), face("small", weight=400 if tone == "plain" else 600))
