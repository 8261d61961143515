"""Colours, type and measure of every screen: one source, given to palette, sheet and painters at once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from villagedesk.base.paths import resource

Scheme = Literal["light", "dark", "contrast"]
SIZES = {"标准": 12, "大": 15, "特大": 18, "最大": 24}
ROLES = {"small": 0.875, "body": 1.0, "lead": 1.125, "sub": 1.25, "title": 1.5, "figure": 1.833, "hero": 2.167}
HEI, SONG, BIAO, RARE = "VD Hei", "VD Song", "VD Biao", "HanaMinB"
FILES = ("Hei400", "Hei600", "Song", "Biao", "HanaMinB")


@dataclass(frozen=True)
class Theme:
    """The colours of one scheme, by the names of resources/theme; `tiles` are pairs of text and ground."""

    ground: QColor
    paper: QColor
    paper2: QColor
    sunk: QColor
    line: QColor
    line2: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    acc: QColor
    onacc: QColor
    acct: QColor
    sel: QColor
    accl: QColor
    good: QColor
    ongood: QColor
    goodt: QColor
    warn: QColor
    warnt: QColor
    bad: QColor
    badt: QColor
    ins: QColor
    dele: QColor
    focus: QColor
    seal: QColor
    onseal: QColor
    rail: QColor
    railcur: QColor
    railtext: QColor
    railhot: QColor
    railline: QColor
    gold: QColor
    ongold: QColor
    hill1: QColor
    hill2: QColor
    hill3: QColor
    tiles: dict[str, tuple[QColor, QColor]]
    edge: int
    round: float

    def tone(self, name: str) -> QColor:
        """A colour by its name."""
        colour = getattr(self, name)
        assert isinstance(colour, QColor)  # noqa: S101 -- names come from our own code
        return colour


@cache
def read(scheme: str) -> Theme:
    """One scheme as it is written in resources/theme."""
    text: dict[str, Any] = tomllib.loads(resource("theme", f"{scheme}.toml").read_text("utf-8"))
    tiles = {name: (QColor(ink), QColor(ground)) for name, (ink, ground) in text["tiles"].items()}
    colours: dict[str, Any] = {name: QColor(value) for name, value in text["colours"].items()}
    return Theme(**colours, **text["shape"], tiles=tiles)


class _Look(QObject):
    """What holds now; everything that is drawn asks here."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: str = "light"
        self.size = 12
        self.pictures: QTemporaryDir | None = None


_look = _Look()
#: Sizes or colours are others now: whoever keeps a font, a picture or a length made of them makes it anew.
changed = _look.changed


def theme() -> Theme:
    """The colours that hold now."""
    return read(_look.scheme)


def em(n: float = 1.0) -> int:
    """Whole pixels of `n` times the width of 国 in the application's font."""
    return round(n * _em(QGuiApplication.font().toString()))


@cache
def _em(font: str) -> float:
    asked = QFont()
    asked.fromString(font)
    return QFontMetricsF(asked).horizontalAdvance("国")


def face(role: str = "body", *, song: bool = False, weight: int = 400) -> QFont:
    """The font of a role: Hei for what the program says, Song for what will stand on paper; 400 or 600."""
    bold = weight >= 600
    font = QFont([BIAO, SONG, RARE] if song and bold else [SONG, RARE] if song else [HEI, SONG, RARE])
    font.setPointSizeF(_look.size * ROLES[role])
    font.setWeight(QFont.Weight(700 if song and bold else 600 if bold else 400))  # Biao is the bold of our Song
    if song and not bold:
        font.setFeature(QFont.Tag.fromString("chws"), 1)  # "）、（" closes up; Biao has no layout tables
    return font


@cache
def load_fonts() -> None:
    """The shipped faces; no system is sure to have one of its own with our characters."""
    for name in FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", f"{name}.ttf")))


def apply(app: QApplication, *, scheme: Scheme = "light", size: int = 12) -> None:
    """Let these colours and this size hold for every window of the program."""
    load_fonts()
    _look.scheme, _look.size = scheme, size
    app.styleHints().setColorScheme(Qt.ColorScheme.Light if scheme == "light" else Qt.ColorScheme.Dark)
    app.setStyle("Fusion")
    app.setFont(face())
    app.setPalette(_palette(theme()))
    app.setStyleSheet(_sheet(theme()))
    _look.changed.emit()


def _palette(t: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: t.ground,
        role.WindowText: t.ink,
        role.Base: t.paper,
        role.AlternateBase: t.paper2,
        role.Text: t.ink,
        role.PlaceholderText: t.ink3,
        role.Button: t.paper,
        role.ButtonText: t.ink,
        role.BrightText: t.bad,
        role.Highlight: t.acc,
        role.HighlightedText: t.onacc,
        role.Accent: t.acc,
        role.Link: t.acc,
        role.LinkVisited: t.acc,
        role.ToolTipBase: t.paper,
        role.ToolTipText: t.ink,
        role.Light: t.paper,
        role.Midlight: t.paper2,
        role.Mid: t.line,
        role.Dark: t.line2,
        role.Shadow: t.line2,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, t.ink3)
    return palette


def _sheet(t: Theme) -> str:
    """resources/theme/sheet.qss with our lengths and colours in it, since Qt's own em is another."""
    thin, thick = t.edge, 2
    lengths = {
        "edge": f"{thin}px",
        "off": "solid" if thin == 1 else "dashed",  # without tints, what is off shows by its edge
        "high": f"{em(2.25) - 2 * thin}px",
        "high2": f"{em(2.25) - 2 * thick}px",
        "side": f"{em(0.625)}px",
        "side2": f"{em(0.625) - thick + thin}px",
    }
    text = resource("theme", "sheet.qss").read_text("utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"border-radius: ([\d.]+)em", lambda m: f"border-radius: {round(em(float(m[1])) * t.round)}px", text)
    text = re.sub(r"([\d.]+)em\b", lambda m: f"{em(float(m[1]))}px", text)
    text = re.sub(r"@(\w+)", lambda m: lengths[m[1]] if m[1] in lengths else t.tone(m[1]).name(), text)
    return re.sub(r"icon\(([\w-]+) (\w+)\)", lambda m: f'url("{_picture(m[1], t.tone(m[2]))}")', text)


def _picture(name: str, colour: QColor) -> str:
    """An icon in one colour as a file: a sheet takes pictures from nowhere else."""
    if _look.pictures is None:
        _look.pictures = QTemporaryDir(QDir.temp().filePath("villagedesk-XXXXXX"))
    path = Path(_look.pictures.filePath(f"{name}-{colour.name()[1:]}.svg"))
    path.write_text(svg(name).replace("currentColor", colour.name()), "utf-8")
    return path.as_posix()


@cache
def svg(name: str) -> str:
    """The text of a shipped icon; its strokes are in `currentColor`."""
    return resource("icons", f"{name}.svg").read_text("utf-8")
