"""A field says beside the value what is wrong with it, to eyes and to screen readers alike."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.gui.parts.field import Field
from villagedesk.gui.parts.words import seamed
from villagedesk.gui.theme import theme


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    field = Field("联系电话", QLineEdit("13985"), hint="手机号11位。")
    qtbot.addWidget(field)
    field.show()
    return field


def lines(field: Field) -> list[str]:
    """What is read on it, from top to bottom, without the editor."""
    shown = [label for label in field.findChildren(QLabel) if label.isVisible()]
    return [label.text().replace("\u00a0", " ") for label in sorted(shown, key=lambda w: (w.y(), w.x()))]


def read_out(field: Field) -> list[str]:
    heard = QAccessible.queryAccessibleInterface(field.editor)
    return [heard.text(QAccessible.Text.Name), heard.text(QAccessible.Text.Description)]


def test_a_field_shows_its_label_and_hint(field: Field) -> None:
    assert lines(field) == ["联系电话", "手机号 11 位。"]
    assert read_out(field) == ["联系电话", "手机号11位。"]
    assert field.label.buddy() is field.editor


def test_a_problem_takes_the_place_of_the_hint_and_gives_it_back(field: Field) -> None:
    field.say("少6位，手机号11位。")
    assert lines(field) == ["联系电话", "少 6 位，手机号 11 位。"]
    assert read_out(field) == ["联系电话", "少6位，手机号11位。"]
    assert field.editor.property("state") == "bad"

    field.say("最好早3天。", warn=True)
    assert lines(field) == ["联系电话", "最好早 3 天。"]
    assert field.editor.property("state") == "warn"

    field.say(None)
    assert lines(field) == ["联系电话", "手机号 11 位。"]
    assert field.editor.property("state") is None


def test_the_edge_turns_with_what_is_said(field: Field) -> None:
    def edge() -> str:
        picture = field.editor.grab().toImage()
        return picture.pixelColor(picture.width() // 2, 0).name()

    field.editor.clearFocus()
    colours = [edge()]
    field.say("少6位。")
    colours.append(edge())
    field.say("少6位。", warn=True)
    colours.append(edge())

    assert colours == [theme().line2.name(), theme().bad.name(), theme().warn.name()]


def test_where_the_value_is_from_stands_at_the_right_of_the_label(field: Field) -> None:
    field.set_note("自动填，同上次")
    assert lines(field)[:2] == ["联系电话", "自动填，同上次"]
    field.set_note("")
    assert lines(field) == ["联系电话", "手机号 11 位。"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("到会31人，赞成27人", "到会 31 人，赞成 27 人"),
        ("U盘不见了", "U 盘不见了"),
        ("2026年11月24日", "2026年11月24日"),
        ("惠好调〔2026〕12号", "惠好调〔2026〕12号"),
        ("已写18.4MB，共27.1MB", "已写 18.4MB，共 27.1MB"),
        ("没有数字", "没有数字"),
        ("", ""),
    ],
)
def test_seams_between_han_and_digits_are_spaced_but_not_in_dates(words: str, shown: str) -> None:
    assert seamed(words).replace("\u00a0", " ") == shown


def test_a_field_in_a_taller_row_stays_at_the_top_and_asks_for_no_more(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    field = Field("联系电话", QLineEdit())
    column.addWidget(field)
    column.addStretch()
    qtbot.addWidget(page)
    page.resize(400, 400)
    page.show()
    asked = field.height()
    field.setFixedHeight(300)
    page.grab()

    assert asked == field.sizeHint().height()
    assert (field.label.y(), field.editor.geometry().bottom() + 1) == (0, asked)


def test_an_editor_that_fills_what_there_is_does(qtbot: QtBot) -> None:
    field = Field("决议", QPlainTextEdit())
    qtbot.addWidget(field)
    field.resize(400, 300)
    field.show()

    assert field.editor.geometry().bottom() == 299
