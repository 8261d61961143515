"""Pasting rows of a spreadsheet with real keys: looked at, columns chosen, faults walked through, taken in, taken back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.unit.store.filling import save
from villagedesk.actions import headings
from villagedesk.actions.office import Office
from villagedesk.base.cells import rows_of, text_of
from villagedesk.gui.bus import bus
from villagedesk.gui.parts.notes import Banner
from villagedesk.gui.screens.paste import PasteScreen
from villagedesk.gui.screens.sheet import FIRST, STATE
from villagedesk.gui.worker import worker_of
from villagedesk.records.kinds import KINDS
from villagedesk.store import households, queries

CONTROL = Qt.KeyboardModifier.ControlModifier
LUO = "522731196903045212"
HEAD = ["姓名", "与户主关系", "身份证号码", "组别", "序号"]
ROWS = [
    ["罗正华", "户主", LUO, "一组", "1"], ["王庆芬", "妻", "", "", "2"],
    ["岑兴富", "户主", "5.22731E+17", "二组", "3"], ["岑小明", "子", "", "", "4"], ["韦忠", "户主", "522731690304521", "二组", "5"],
]  # fmt: skip


@pytest.fixture
def shown(qtbot: QtBot, village: Office) -> Iterator[Callable[[Sequence[Sequence[str]]], Any]]:
    kept: list[Any] = []

    def show(rows: Sequence[Sequence[str]] = ()) -> Any:
        QGuiApplication.clipboard().setText(text_of(rows))
        screen: Any = PasteScreen(village)
        screen.said, screen.counts = [], []
        screen.told.connect(lambda *what: screen.said.append(what))
        screen.counted.connect(lambda *many: screen.counts.append(many))
        window = screen.around = QWidget()
        QVBoxLayout(window).addWidget(screen)
        window.resize(1210, 612)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        kept.append(screen)
        return screen

    yield show
    for screen in kept:
        bus.changed.disconnect(getattr(screen, "_changed"))  # noqa: B009 -- a test takes a screen off the bus


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def column(screen: Any, at: int) -> list[str]:
    return [screen.model.index(row, at).data() for row in range(screen.model.rowCount())]


def done(screen: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not worker_of(screen).busy, timeout=60_000)


def counted(office: Office) -> list[int]:
    with office.desk.reading() as session:
        return [queries.counted(session, office.by, KINDS[kind]) for kind in ("group", "household", "person")]


def test_who_comes_with_rows_sees_what_becomes_of_each_and_nothing_is_written(shown: Any, village: Office) -> None:
    screen = shown([HEAD, *ROWS])
    QAbstractItemModelTester(screen.model)
    assert column(screen, STATE) == ["新增", "新增", "有错", "等同户", "新增"]
    assert [box.currentText() for box in screen.table.heads.boxes] == [
        "姓名",
        "与户主关系",
        "身份证号",
        "村民小组",
        "不收",
    ]
    assert column(screen, FIRST + 2) == ["522731**********12", "", "5.22731E+17", "", "522731690304521"]
    assert column(screen, FIRST + 3) == ["一组", "一组", "二组", "二组", "二组"]
    assert screen.count.text().replace("\u00a0", "") == "新增3人（2户），有错1行，等同户改好1行"
    assert screen.groups.text() == "会新建村民小组：一组、二组"
    assert screen.counts[-1] == (1, 1)
    assert counted(village) == [0, 0, 0]


def test_rows_are_pasted_with_the_key_and_an_empty_clipboard_is_told(shown: Any) -> None:
    screen = shown()
    press(Qt.Key.Key_V, CONTROL)
    assert screen.said == [("剪贴板里没有文字。请先在表格里选中要收的行，复制，再到这里按Ctrl+V。", None)]
    assert screen.plan is None
    QGuiApplication.clipboard().setText(text_of([["姓名"], ["罗正华"]]))
    press(Qt.Key.Key_V, CONTROL)
    assert column(screen, FIRST) == ["罗正华"]


def test_numbers_are_masked_until_asked_for(shown: Any) -> None:
    screen = shown([HEAD, *ROWS])
    press(Qt.Key.Key_F7)
    assert (column(screen, FIRST + 2)[0], screen.keys[-3]) == (LUO, ("F7", "遮住号码"))
    screen.hide()
    assert column(screen, FIRST + 2)[0] == "522731**********12"


def test_faults_are_walked_through_round_and_round(shown: Any) -> None:
    screen = shown([HEAD, *ROWS])
    walked = []
    for _ in range(3):
        press(Qt.Key.Key_F8)
        walked.append((screen.table.currentIndex().row(), screen.table.currentIndex().column() - FIRST))
    assert walked == [(2, 2), (4, 2), (2, 2)]
    assert screen.sign.isVisibleTo(screen)
    assert screen.line.text().replace("\u00a0", "").startswith("第4行：身份证号被表格改成了5.22731E+17")


def test_another_field_for_a_column_is_looked_at_anew_and_remembered(shown: Any, village: Office, qtbot: QtBot) -> None:
    screen = shown([["姓名", "备注", "说明"], ["罗正华", "老罗", "1"]])
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Tab)
    box = QApplication.focusWidget()
    assert (box.currentText(), box.accessibleName()) == ("备注", "“备注”这一列收成")
    for _ in range(4):
        press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is box
    assert [b.currentText() for b in screen.table.heads.boxes] == ["姓名", "曾用名", "不收"]
    press(Qt.Key.Key_S, CONTROL)
    done(screen, qtbot)
    with village.desk.reading() as session:
        assert headings.chosen_before(session) == {"备注": "former", "说明": ""}


def test_without_headings_the_clerk_says_what_each_column_is(shown: Any) -> None:
    screen = shown([["罗正华", "男"], ["王庆芬", "女"]])
    (banner,) = screen.findChildren(Banner)
    assert banner.accessibleName().startswith("没有哪一列是“姓名”或“户主”。")
    assert (column(screen, STATE), screen.take.isEnabled(), screen.take.accessibleName()) == (
        ["有错"] * 2,
        False,
        "没有要收的",
    )
    screen.choose(0, "name")
    screen.choose(1, "sex")
    QApplication.processEvents()
    assert (column(screen, STATE), screen.take.accessibleName()) == (["新增"] * 2, "收进来2人")
    assert [b for b in screen.findChildren(Banner) if b.isVisibleTo(screen)] == []


def test_what_is_new_is_taken_in_what_is_wrong_goes_back_and_all_is_taken_back(
    shown: Any, village: Office, qtbot: QtBot
) -> None:
    screen = shown([HEAD, *ROWS])
    press(Qt.Key.Key_S, CONTROL)
    done(screen, qtbot)
    (said, undo) = screen.said[-1]
    assert said == "收进来了：3人、2户。还有2行没收，按Ctrl+C复制回表格里改。"
    assert counted(village) == [2, 2, 3]
    assert column(screen, STATE) == ["已有", "已有", "有错", "等同户", "已有"]

    press(Qt.Key.Key_C, CONTROL)
    back = rows_of(QGuiApplication.clipboard().text())
    assert [row[0] for row in back] == ["姓名", "岑兴富", "岑小明"]
    assert back[0][-1] == "错在哪里"
    assert "<td style=\"mso-number-format:'\\@'\">5.22731E+17</td>" in QGuiApplication.clipboard().mimeData().html()

    undo()
    done(screen, qtbot)
    assert counted(village) == [0, 0, 0]
    assert column(screen, STATE) == ["新增", "新增", "有错", "等同户", "新增"]


def test_the_rows_of_one_state_alone_and_what_a_group_means(shown: Any, village: Office) -> None:
    save(village, "group", name="辉油组", number=2)
    screen = shown([HEAD, *ROWS])
    screen.switch.choose(3)
    assert (column(screen, STATE), column(screen, FIRST + 3)) == (
        ["有错", "等同户"],
        ["二组（辉油组）", "二组（辉油组）"],
    )
    screen.switch.choose(2)
    assert column(screen, STATE) == []
    press(Qt.Key.Key_F8)
    assert column(screen, STATE) == ["新增", "新增", "有错", "等同户", "新增"]


def test_escape_leaves(shown: Any, qtbot: QtBot) -> None:
    screen = shown([HEAD, *ROWS])
    with qtbot.waitSignal(screen.left):
        press(Qt.Key.Key_Escape)


@pytest.mark.slow
def test_a_thousand_rows_are_taken_in_aside_while_the_window_lives_and_stopping_writes_nothing(
    shown: Any, village: Office, qtbot: QtBot
) -> None:
    rows = [[f"罗{chr(0x4E00 + n)}", "户主" if n % 4 == 0 else "子", "", "一组", str(n)] for n in range(1000)]
    screen = shown([HEAD, *rows])
    done(screen, qtbot)
    assert screen.take.accessibleName() == "收进来1000人"

    press(Qt.Key.Key_S, CONTROL)
    worker = worker_of(screen)
    QTest.keyClick(worker, Qt.Key.Key_Escape)
    done(screen, qtbot)
    assert (screen.said[-1][0], counted(village)) == ("已停下，没有做完的都没有记。", [0, 0, 0])

    beats: list[int] = []
    beat = QTimer(interval=10)
    beat.timeout.connect(lambda: beats.append(1))
    beat.start()
    press(Qt.Key.Key_S, CONTROL)
    done(screen, qtbot)
    beat.stop()
    assert counted(village) == [1, 250, 1000]
    assert len(beats) > 20  # a loop that stood still would have beaten once or twice
    with village.desk.reading() as session:
        (section,) = households.sections(session, village.by)
        assert {h.people for h in households.homes(session, village.by, section)} == {4}
