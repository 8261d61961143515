"""The frame: on the screen without a display, in Chinese, in our own face, named for those who do not see it."""

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from villagedesk import __version__, app
from villagedesk.gui.first import Frame


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    frame = Frame()
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    return frame


def test_the_page_of_unlocking_takes_keys_and_has_names(frame: Frame, qtbot: QtBot) -> None:
    frame.activateWindow()
    assert frame.focusWidget() is frame.unlock.secret  # with nothing asked for
    frame.unlock.show_desk("", "", ["罗倩", "王镇"], "王镇")
    assert frame.unlock.person.currentText() == "王镇"
    frame.unlock.secret.setFocus()
    QTest.keyClicks(frame.unlock.secret, "abc")
    with qtbot.waitSignal(frame.unlock.opening) as asked:
        QTest.keyClick(frame.unlock.secret, Qt.Key.Key_Return)
    assert asked.args == ["王镇", "abc"]
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in (frame, frame.unlock.secret)]
    assert names == [f"村务台 {__version__}", "口令"]


def test_locked_capitals_are_told_before_the_passphrase_is_wrong(frame: Frame) -> None:
    frame.unlock.secret.setFocus()
    QTest.keyClick(frame.unlock.secret, "A", Qt.KeyboardModifier.NoModifier)
    assert "大写锁定" in frame.unlock.secret.accessibleDescription()


def test_qts_own_dialogs_speak_chinese(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def look() -> None:
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel
        )
        said.extend(button.text() for button in box.buttons())
        field = QLineEdit()
        menu = field.createStandardContextMenu()
        said.extend(action.text().partition("\t")[0] for action in menu.actions()[:2])
        qapp.quit()

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    QTimer.singleShot(0, look)
    assert app.start(str(tmp_path)) == 0
    _close_log()

    assert said == ["保存", "取消", "撤消(&U)", "重做(&R)"]


def test_start_opens_the_frame_and_ends_with_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look() -> None:
        seen.extend(w.windowTitle() for w in qapp.topLevelWidgets() if isinstance(w, Frame) and w.isVisible())
        qapp.quit()

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards
    QTimer.singleShot(0, look)
    assert app.start(str(tmp_path)) == 0
    assert seen == [f"村务台 {__version__}"]
    assert (tmp_path / "log").is_dir()
    assert not (tmp_path / "desk.db").exists()
    _close_log()


def test_a_fault_in_a_slot_goes_into_the_log_and_not_to_the_screen(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    warned: list[str],
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def fault() -> None:
        try:
            raise ValueError("in a slot")
        except ValueError:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        qapp.quit()

    QTimer.singleShot(0, fault)
    assert app.start(str(tmp_path)) == 0
    _close_log()
    assert "ValueError" in (tmp_path / "log" / "villagedesk.log").read_text("utf-8")
    assert capsys.readouterr() == ("", "")


def _close_log() -> None:
    root = logging.getLogger("villagedesk")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True
