"""Parts that say something or take a key: what they say is what is read out, what they open is what was chosen."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.gui import paint
from villagedesk.gui.parts.bars import Bars
from villagedesk.gui.parts.buttons import Button
from villagedesk.gui.parts.chip import Chip
from villagedesk.gui.parts.month import Day, Month
from villagedesk.gui.parts.notes import Banner, NoteBar, Notes
from villagedesk.gui.parts.progress import Bar, Progress
from villagedesk.gui.parts.quorum import QuorumLine
from villagedesk.gui.parts.seal import seal_icon
from villagedesk.gui.parts.stepper import Stepper
from villagedesk.gui.parts.switch import Switch
from villagedesk.gui.parts.words import Elided
from villagedesk.gui.theme import em, theme

ASKED = QAccessible.Text


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def read_out(widget: QWidget) -> tuple[str, str]:
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(ASKED.Name), heard.text(ASKED.Description)


# --- notes ------------------------------------------------------------------------------------------


def test_a_note_takes_back_what_happened_once(qtbot: QtBot) -> None:
    undone: list[str] = []
    bar = NoteBar("移到了回收站。", lambda: undone.append("back"))
    shown(qtbot, bar)
    bar.setFocus()

    with qtbot.waitSignal(bar.gone, timeout=1000):
        QTest.keyClick(bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bar.findChild(Button).click()

    assert undone == ["back"]
    assert read_out(bar)[0] == "移到了回收站。"


def test_two_notes_at_most_the_newest_on_top_and_its_undo_has_the_key(qtbot: QtBot) -> None:
    notes, undone = Notes(), list[str]()
    qtbot.addWidget(notes)
    for word in ("一", "二", "三"):
        notes.say(f"第{word}件", lambda word=word: undone.append(word))
    with qtbot.waitExposed(notes):
        notes.show()
    bars = [w.accessibleName() for w in notes.findChildren(NoteBar) if w.isVisible()]

    QTest.keyClick(notes, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert sorted(bars) == ["第三件", "第二件"]
    assert undone == ["三"]


def test_the_place_of_notes_goes_with_the_last_one(qtbot: QtBot) -> None:
    notes = Notes()
    qtbot.addWidget(notes)
    assert notes.isHidden()
    bar = notes.say("收下了35件。")
    assert not notes.isHidden()
    bar.gone.emit()
    assert notes.isHidden()


@pytest.mark.parametrize("tone", ["acc", "good", "warn", "bad"])
def test_a_banner_is_tinted_and_says_its_fact(tone: str, qtbot: QtBot) -> None:
    banner = Banner(tone, "镇里退回1件。", Button("去改", "Enter", kind="link"))  # type: ignore[arg-type]
    shown(qtbot, banner)

    assert read_out(banner)[0] == "镇里退回1件。"
    assert banner.grab().toImage().pixelColor(em(4), em(0.5)) == theme().tone(f"{tone}t")


# --- shares -----------------------------------------------------------------------------------------


def test_the_quorum_line_says_its_sentence_and_its_value(qtbot: QtBot) -> None:
    line = QuorumLine()
    shown(qtbot, line)
    line.show_count(31, 29, 43, "够开会人数了：到会31人。")
    bar = line.findChild(Bar)
    value = QAccessible.queryAccessibleInterface(bar).valueInterface()

    assert (value.currentValue(), value.maximumValue()) == (31, 43)
    assert read_out(bar)[0] == "够开会人数了：到会31人。"
    assert [w.text().replace("\u00a0", " ") for w in line.findChildren(QLabel)] == ["够开会人数了：到会 31 人。"]


@pytest.mark.parametrize(("present", "tone"), [(31, "good"), (29, "good"), (28, "accl"), (0, "sunk")])
def test_the_quorum_bar_turns_green_when_it_is_enough(present: int, tone: str, qtbot: QtBot) -> None:
    line = QuorumLine()
    line.show_count(present, 29, 43, "到会。")
    line.resize(em(30), em(6))
    shown(qtbot, line)
    bar = line.findChild(Bar)

    assert bar.grab().toImage().pixelColor(em(2), bar.height() // 2) == theme().tone(tone)


def test_progress_says_both_numbers_and_can_be_stopped(qtbot: QtBot) -> None:
    progress = Progress()
    shown(qtbot, progress)
    progress.show_done("正在打印，12/40页", 12, 40)
    said = [label.text().replace("\u00a0", " ") for label in progress.findChildren(QLabel)]

    with qtbot.waitSignal(progress.stop_asked, timeout=1000):
        progress.stop.click()

    assert said == ["正在打印，12/40 页", "30%"]


# --- stages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (0, "共3步，现在第1步：受理"),
        (2, "共3步，现在第3步：回访，做完的有受理、调解"),
        (3, "共3步，都做完了，做完的有受理、调解、回访"),
    ],
)
def test_the_stepper_reads_out_where_one_is(now: int, said: str, qtbot: QtBot) -> None:
    stepper = Stepper([("受理", "11-05"), ("调解", ""), ("回访", "")], now)
    shown(qtbot, stepper)

    assert read_out(stepper)[0] == said


def test_the_switch_moves_with_the_arrows(qtbot: QtBot) -> None:
    switch = Switch(["全部", "红白", "互帮"], "哪个会")
    shown(qtbot, switch)
    chosen: list[int] = []
    switch.chosen.connect(chosen.append)
    first = switch.layout().itemAt(0).widget()
    first.setFocus()

    QTest.keyClick(first, Qt.Key.Key_Right)
    switch.choose(2)

    assert chosen == [1, 2]
    assert switch.current == 2


# --- charts -----------------------------------------------------------------------------------------


@pytest.fixture
def bars(qtbot: QtBot) -> Bars:
    bars = Bars("每月记下的事")
    bars.show_values([("9月", 28), ("10月", 36), ("11月", 29), ("12月", None)], 2)
    shown(qtbot, bars)
    return bars


def test_bars_are_read_out_as_numbers(bars: Bars) -> None:
    assert read_out(bars) == ("每月记下的事：9月 28件，10月 36件，11月 29件", "11月 29件")


def test_a_bar_opens_by_keyboard_and_by_mouse(bars: Bars) -> None:
    opened: list[int] = []
    bars.opened.connect(opened.append)
    QTest.keyClick(bars, Qt.Key.Key_Left)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    said = read_out(bars)[1]
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(bars.width() // 8, bars.height() // 2))

    assert (said, opened) == ("10月 36件", [1, 0])


def test_one_bar_is_dark(bars: Bars) -> None:
    bars.clearFocus()
    picture = bars.grab().toImage()
    wide, foot = bars.width() / 4, bars.height() - em(1.5) - 3
    colours = [picture.pixelColor(round(wide * (n + 0.5)), foot) for n in range(3)]

    assert colours == [theme().accl, theme().accl, theme().acc]


@pytest.fixture
def month(qtbot: QtBot) -> Month:
    def written(day: date) -> Day:
        return Day("十六", tile="会", said="村民代表会议") if day == date(2026, 11, 24) else Day()

    month = Month(date(2026, 11, 24), written)
    month.resize(em(24), em(18))
    shown(qtbot, month)
    return month


def test_a_day_is_read_out_with_what_falls_on_it(month: Month) -> None:
    assert read_out(month) == ("2026年11月", "2026年11月24日，星期二，十六，村民代表会议")


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Left, date(2026, 11, 23)),
        (Qt.Key.Key_Down, date(2026, 12, 1)),
        (Qt.Key.Key_Up, date(2026, 11, 17)),
        (Qt.Key.Key_PageDown, date(2026, 12, 24)),
        (Qt.Key.Key_PageUp, date(2026, 10, 24)),
    ],
)
def test_keys_walk_through_days_weeks_and_months(key: Qt.Key, day: date, month: Month) -> None:
    QTest.keyClick(month, key)

    assert month.current == day


def test_a_month_without_that_day_ends_on_its_last(month: Month) -> None:
    month.go(date(2027, 1, 31))
    month.turn(1)

    assert month.current == date(2027, 2, 28)


def test_a_day_opens_by_enter_and_by_mouse(month: Month) -> None:
    opened: list[date] = []
    turned: list[date] = []
    month.opened.connect(opened.append)
    month.turned.connect(turned.append)
    QTest.keyClick(month, Qt.Key.Key_Return)
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(month.width() - em(), em(3)))  # the first Sunday

    assert opened == [date(2026, 11, 24), date(2026, 11, 1)]
    assert turned == []


# --- small ones -------------------------------------------------------------------------------------


def test_a_chip_says_its_state_and_grows_with_it(qtbot: QtBot) -> None:
    chip = Chip("在办", "acc", "clock")
    shown(qtbot, chip)
    narrow = chip.sizeHint().width()
    chip.say("人数对上才能定", "warn", "triangle-alert")

    assert read_out(chip)[0] == "人数对上才能定"
    assert chip.sizeHint().width() > narrow


def test_what_does_not_fit_stands_in_the_tip(qtbot: QtBot) -> None:
    label = Elided("幸福移民社区居民委员会", "small")
    shown(qtbot, label)
    label.resize(em(30), em(2))
    label.grab()
    tips = [label.toolTip()]
    label.resize(em(4), em(2))
    label.grab()
    tips.append(label.toolTip())

    assert tips == ["", "幸福移民社区居民委员会"]


def test_an_icon_is_drawn_once_for_each_colour_size_and_ratio(qtbot: QtBot) -> None:
    ink = theme().ink
    first = paint.icon("stamp", ink, 18, 1.5)

    assert paint.icon("stamp", ink, 18, 1.5).cacheKey() == first.cacheKey()
    assert paint.icon("stamp", theme().bad, 18, 1.5).cacheKey() != first.cacheKey()
    assert (first.width(), first.devicePixelRatio()) == (27, 1.5)
    opaque = {first.toImage().pixelColor(x, y).name() for x in range(27) for y in range(27)
              if first.toImage().pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert opaque == {ink.name()}


def test_the_window_has_the_seal_for_its_icon(qtbot: QtBot) -> None:
    picture = seal_icon().pixmap(64, 64).toImage()

    assert picture.pixelColor(picture.width() // 2, 2) == theme().seal
