"""The columns of a list: what each is called, how wide it is, and how a record stands in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from villagedesk.actions.outlook import attendance
from villagedesk.actions.standing import Standing, Standings
from villagedesk.base import clock
from villagedesk.gui import paint
from villagedesk.gui.theme import em, face, theme
from villagedesk.records.kind import Asked, Record, Shape, fields, shown
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.records.kinds.councils.resolution import Resolution
from villagedesk.records.public import masked
from villagedesk.store.queries import Kept
from villagedesk.store.tables import leading

MOST = 6
"""Fields in a row at the most; the rest stand in the side panel."""
TITLE = 13.0
"""em of the column that names the record, at the least."""
WEEK = "一二三四五六日"
_RIGHT = (Shape.NUMBER, Shape.MONEY)
_BODY = {
    "hongbai": "红", "huzhu": "互", "lianfang": "联", "xiangxian": "贤", "jindu": "禁", "pingyi": "德", "representatives": "代",
}  # fmt: skip
"""Body → its character; another one's is the first of its name."""
CHIP: dict[Standing, tuple[str, str | None]] = {
    Standing.STRUCK: ("quiet", "trash-2"),
    Standing.RETURNED: ("bad", "undo-2"),
    Standing.OPEN: ("warn", "pencil"),
    Standing.UNDERWAY: ("acc", None),
    Standing.SETTLED: ("plain", "lock"),
    Standing.THERE: ("plain", "check"),
}
"""How a record stands → tone and icon of its chip: what asks for nothing has no ground."""

Drawing = Callable[[QPainter, QRect], None]


@dataclass(frozen=True)
class Cell:
    """What stands in a row: its words, which are also read out and shown in the tip; `draw` paints it otherwise."""

    words: str
    draw: Drawing | None = None


@dataclass(frozen=True)
class Column:
    """One column; `width` in em. `wide` takes what is left of the width, `stays` is never hidden, `right` lies to the right."""

    head: str
    cell: Callable[[Kept], Cell]
    width: float
    right: bool = False
    wide: bool = False
    stays: bool = False


def columns(cls: type[Record], orgs: dict[str, str], standings: Callable[[], Standings]) -> list[Column]:
    """The columns of a kind: its own where it has them, else the listed fields of its description; whose, and how it stands."""
    made = _MADE.get(cls.kind.key, _described)(cls)
    if orgs:
        made.append(Column("单位", lambda kept: Cell(orgs.get(kept.org, kept.org)), 6.5, stays=True))
    made.append(Column("状态", lambda kept: _state(kept, standings()), 6.5, stays=True))
    if not any(column.wide for column in made):
        made[0] = replace(made[0], wide=True)
    return made


def state(kept: Kept, standing: Standing) -> tuple[str, str, str | None]:
    """The chip of a record: its word, tone and icon."""
    word = {Standing.STRUCK: "已作废", Standing.RETURNED: "镇里退回", Standing.THERE: "已送镇"}.get(standing)
    if len(kept.record.kind.flow.stages) == 1 and standing is Standing.SETTLED:
        return "", "plain", None
    return word or kept.record.kind.flow[kept.stage].name, *CHIP[standing]


def _state(kept: Kept, standings: Standings) -> Cell:
    word, tone, icon = state(kept, standings.of(kept))
    said = kept.state if word in kept.state else f"{kept.state}，{word}"
    return Cell(said, (lambda painter, box: paint.chip(painter, box, word, tone, icon)) if word else None)


# --- by description -----------------------------------------------------------------------------------


def _described(cls: type[Record]) -> list[Column]:
    listed = [a for a in fields(cls) if a.ask.listed]
    lead = [a for a in listed if a.name == leading(cls)]  # what the list is ordered by stands first
    some = (lead + [a for a in listed if a not in lead and a.name != cls.kind.number])[:MOST]
    return [_column(asked, wide=asked.name == cls.kind.title) for asked in some]


def _column(asked: Asked, *, wide: bool) -> Column:
    def cell(kept: Kept) -> Cell:
        return Cell(in_row(asked, getattr(kept.record, asked.name)))

    return Column(asked.label, cell, TITLE if wide else _width(asked), right=asked.shape in _RIGHT, wide=wide)


def _width(asked: Asked) -> float:
    if asked.shape is Shape.DATE:
        return 8.5
    if asked.shape is Shape.MOMENT:
        return 11
    if asked.shape in _RIGHT:
        return max(4, len(asked.label) + 1)
    if asked.options:
        return min(10, max(len(o.label) for o in asked.options) + 1.5)
    if asked.shape is Shape.REF:
        return max(6.5, len(asked.label) + 1)
    return 6.5 if 0 < asked.most <= 40 else 11


def in_row(asked: Asked, value: Any) -> str:
    """A value as it stands in a row: days short, lists by their names, personal numbers masked."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d} {WEEK[value.weekday()]} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d} {WEEK[value.weekday()]}"
    if isinstance(value, list):
        return "、".join(getattr(v, "name", "") or shown(v) for v in value)
    return masked(asked.ask.personal if asked.ask.personal > 1 else 0, value)


# --- meetings -----------------------------------------------------------------------------------------


def _meetings(_: type[Record]) -> list[Column]:
    return [
        Column("日期", _day, 5.25),
        Column("会", _body, 3.25),
        Column("会议名称", lambda kept: Cell(kept.record.title), TITLE, wide=True),
        Column("到会", _attendance, 9.25),
        Column("决议", _carried, 3.5),
    ]


def _meeting(kept: Kept) -> Meeting:
    assert isinstance(kept.record, Meeting)  # noqa: S101 -- the columns are those of meetings
    return kept.record


def _day(kept: Kept) -> Cell:
    held = _meeting(kept).held_from
    near = held.year == int(clock.today()[:4])
    day, week = f"{held:%m-%d}" if near else f"{held.year % 100:02}-{held:%m-%d}", WEEK[held.weekday()]

    def draw(painter: QPainter, box: QRect) -> None:
        took = paint.text(painter, box, day, theme().ink, painter.font())
        paint.text(painter, box.adjusted(took.width() + em(0.375), 0, 0, 0), week, theme().ink2, face("small"))

    return Cell(f"{held:%Y-%m-%d} {week} {held:%H:%M}", draw)


def character(body: str, name: str) -> str:
    """The one character that says which body it is."""
    return _BODY.get(body) or next((c for c in name.removeprefix("村民").removeprefix("村") if c.isalpha()), "会")


def _body(kept: Kept) -> Cell:
    bodies = _meeting(kept).bodies
    chars = [character(one.body, one.name) for one in bodies[:2]]

    def draw(painter: QPainter, box: QRect) -> None:
        side = em(1.375)
        for at, char in enumerate(chars):
            tile = QRect(box.left() + at * (side + em(0.125)), box.center().y() - side // 2, side, side)
            paint.tile(painter, tile, char, "会")

    return Cell("、".join(one.name for one in bodies), draw)


def _attendance(kept: Kept) -> Cell:
    came, base, needed = attendance(_meeting(kept))
    if not base:
        return Cell("")

    def draw(painter: QPainter, box: QRect) -> None:
        bold = face(weight=600)
        width = QFontMetrics(bold).horizontalAdvance("000")
        paint.text(
            painter, QRect(box.left(), box.top(), width, box.height()), str(came), theme().ink, bold, paint.RIGHT
        )
        paint.text(painter, box.adjusted(width, 0, 0, 0), f"/{base}", theme().ink2, face())
        track = QRect(box.right() - em(4.25), 0, em(4.125), em(0.375))
        track.moveTop(box.center().y() - track.height() // 2)
        paint.spark(painter, track, came / base, needed / base if needed else None)

    more = f"，要{needed}人" if needed else ""
    return Cell(f"到会{came}人，应到{base}人{more}", draw)


def _carried(kept: Kept) -> Cell:
    carried = sum(item.passed is True for item in _meeting(kept).agenda)
    return Cell(f"{carried}项" if carried else "")


# --- resolutions --------------------------------------------------------------------------------------


def _resolutions(cls: type[Record]) -> list[Column]:
    asked = {one.name: one for one in fields(cls)}
    return [
        *(_column(asked[name], wide=name == "subject") for name in ("passed_on", "subject", "owner")),
        Column("完成期限", _due, 11, stays=True),
    ]


def _due(kept: Kept) -> Cell:
    """Until when, and by how much that is past where it is not done."""
    resolution = kept.record
    assert isinstance(resolution, Resolution)  # noqa: S101 -- the columns are those of resolutions
    if resolution.due_on is None:
        return Cell("")
    day = f"{resolution.due_on:%Y-%m-%d} {WEEK[resolution.due_on.weekday()]}"
    late = (date.fromisoformat(clock.today()) - resolution.due_on).days
    if late <= 0 or kept.record.kind.flow[kept.stage].done:
        return Cell(day)
    word = f"逾期{late}天"
    return Cell(f"{day}，{word}", lambda painter, box: paint.chip(painter, box, word, "bad", "circle-alert"))


_MADE: dict[str, Callable[[type[Record]], list[Column]]] = {"meeting": _meetings, "resolution": _resolutions}
"""Kinds whose columns are made by hand."""


def widths(made: Sequence[Column]) -> tuple[list[float], int]:
    """How many em each column takes, and which one takes what is left."""
    return [column.width for column in made], next(n for n, column in enumerate(made) if column.wide)
