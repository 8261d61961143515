"""The theme: every colour readable on what it stands on, every length from 国, nothing of it written anywhere else."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from villagedesk.gui import theme
from villagedesk.gui.paint import CHIPS
from villagedesk.gui.theme import em, face, read

GUI = Path(theme.__file__).parent
SCHEMES = ("light", "dark", "contrast")

# text, and the grounds it stands on somewhere
TEXT = {
    "ink": ("ground", "paper", "paper2", "sunk", "acct", "sel", "ins", "dele", "warnt", "badt", "goodt"),
    "ink2": ("ground", "paper", "paper2", "sunk", "acct", "sel"),
    "ink3": ("ground", "paper", "paper2", "acct", "sel"),
    "acc": ("ground", "paper", "paper2", "acct", "sel"),
    "good": ("ground", "paper", "goodt"),
    "warn": ("ground", "paper", "warnt"),
    "bad": ("ground", "paper", "badt"),
    "onacc": ("acc",),
    "ongood": ("good",),
    "railtext": ("rail", "railcur"),
    "railhot": ("rail", "railcur"),
    "ongold": ("gold",),
}
# edges and marks that mean something, and what they lie on
EDGES = {
    "line2": ("ground", "paper"),
    "accl": ("paper",),
    "focus": ("ground", "paper"),
    "gold": ("rail",),
    "onseal": ("seal",),
}


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2: from 1 (the same) to 21 (black on white)."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def below(scheme: str, pairs: dict[str, tuple[str, ...]], least: float) -> dict[str, float]:
    t = read(scheme)
    measured = {
        f"{one} on {other}": contrast(t.tone(one), t.tone(other)) for one, others in pairs.items() for other in others
    }
    return {pair: round(value, 2) for pair, value in measured.items() if value < least}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_what_it_is_written_on(scheme: str) -> None:
    assert below(scheme, TEXT, 4.5) == {}
    assert below(scheme, {"ink": TEXT["ink"]}, 7) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_that_mean_something_are_seen(scheme: str) -> None:
    assert below(scheme, EDGES, 3) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_characters_on_tiles_stand_out(scheme: str) -> None:
    measured = {char: contrast(ink, ground) for char, (ink, ground) in read(scheme).tiles.items()}

    assert {char: value for char, value in measured.items() if value < 5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_chip_is_readable(scheme: str) -> None:
    pairs = {ink: (ground or "paper",) for ink, ground in CHIPS.values()}

    assert below(scheme, pairs, 4.5) == {}


def test_schemes_have_the_same_tiles() -> None:
    assert [list(read(scheme).tiles) for scheme in SCHEMES] == [list("会调约誉喜公镇户")] * 3


def test_measure_is_the_width_of_a_character_at_every_size(qapp: QApplication) -> None:
    for size in theme.SIZES.values():
        theme.apply(qapp, size=size)
        assert em() == QFontMetrics(face()).horizontalAdvance("国")
        assert em(2.25) == round(2.25 * em())
        assert face("title").pointSizeF() == size * 1.5


def test_faces_are_ours(qapp: QApplication) -> None:
    made = [face(), face(weight=600), face(song=True), face(song=True, weight=600)]

    assert [QFontInfo(font).family() for font in made] == ["VD Hei", "VD Hei", "VD Song", "VD Biao"]
    assert [QFontInfo(font).weight() for font in made] == [400, 600, 400, 700]
    for font in made:
        raw = QRawFont.fromFont(font)
        assert all(raw.supportsCharacter(ord(char)) for char in "好花红村，〔2026〕12号")


def test_songs_stops_close_up_where_two_meet(qapp: QApplication) -> None:
    metrics = QFontMetrics(face(song=True))

    assert metrics.horizontalAdvance("）、（") == 2 * metrics.horizontalAdvance("国")


def test_another_look_reaches_what_is_already_shown(qtbot: QtBot, qapp: QApplication) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    low = field.sizeHint().height()
    heard: list[None] = []
    theme.changed.connect(lambda: heard.append(None))

    theme.apply(qapp, scheme="dark", size=24)

    assert (low, field.sizeHint().height()) == (36, 72)  # 2.25 em of 16 and of 32 px
    assert field.palette().color(QPalette.ColorRole.Base) == read("dark").paper
    assert theme.theme() is read("dark")
    assert heard == [None]


def test_a_field_keeps_its_height_when_it_has_the_focus_or_a_problem(qtbot: QtBot, qapp: QApplication) -> None:
    field = QLineEdit("13985")
    qtbot.addWidget(field)
    field.show()
    heights = [field.sizeHint().height()]
    field.setProperty("state", "bad")
    field.style().unpolish(field)
    field.style().polish(field)
    heights.append(field.sizeHint().height())

    assert heights == [em(2.25), em(2.25)]


def test_pictures_of_the_sheet_are_found_in_a_folder_of_any_name(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user's folder may be called in Chinese, with spaces and brackets."""
    home = tmp_path / "罗 秀珍 (1)"
    home.mkdir()
    monkeypatch.setenv("TMPDIR", str(home))
    monkeypatch.setattr(theme._look, "pictures", None)  # noqa: SLF001 -- as in a program just started
    theme.apply(qapp)
    box = QComboBox()
    qtbot.addWidget(box)
    box.resize(em(10), em(2.25))
    box.show()
    picture = box.grab().toImage()
    arrow = {picture.pixelColor(x, em(1.125)).name() for x in range(em(8), em(10) - 2)}

    assert [path.suffix for path in home.rglob("chevron-down-*")] == [".svg"]
    assert theme.theme().ink2.name() in arrow


def test_labels_keep_their_own_colours_under_the_sheet(qtbot: QtBot) -> None:
    label = QLabel("墨")
    qtbot.addWidget(label)
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, theme.theme().bad)
    label.setPalette(palette)
    label.show()

    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.theme().bad


def test_no_screen_writes_a_colour_or_a_font_of_its_own() -> None:
    """Colours stand in resources/theme; sizes of type are made by `theme.face` alone."""
    own = re.compile(
        r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(\d|QColor\((?!\))|setStyleSheet|QFont\(|setPointSize\(|Qt\.GlobalColor\.(?!transparent)"
    )
    found = {
        (path.relative_to(GUI).as_posix(), line.strip())
        for path in GUI.rglob("*.py")
        if path.name not in ("theme.py", "first.py")
        for line in path.read_text("utf-8").splitlines()
        if own.search(line)
    }

    assert found == set()
