"""The frame: on the screen without a display, in Chinese, in our own face, named for those who do not see it."""

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from villagedesk import __version__, app
from villagedesk.gui import theme
from villagedesk.gui.first import WORDS, Frame


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    frame = Frame()
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    return frame


def test_the_frame_shows_its_sentence_and_lets_it_be_copied(frame: Frame) -> None:
    assert frame.words.isVisible()
    assert frame.words.text() == WORDS
    assert WORDS.startswith("村务台的窗口还在建。")
    assert frame.words.textInteractionFlags().name == "TextSelectableByMouse|TextSelectableByKeyboard"


def test_the_frame_and_its_sentence_have_accessible_names(frame: Frame) -> None:
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in (frame, frame.words)]
    assert names == [f"村务台 {__version__}", WORDS]


def test_the_shipped_face_has_the_signs_of_the_sentence(qapp: QApplication) -> None:
    font = theme.face()
    assert QFontInfo(font).family() == font.family()
    face = QRawFont.fromFont(font)
    assert [sign for sign in WORDS if sign.strip() and not face.supportsCharacter(ord(sign))] == []


def test_the_frame_fits_its_sentence(frame: Frame) -> None:
    hint = frame.words.sizeHint()
    assert frame.size().width() >= hint.width()
    assert frame.size().height() >= hint.height()


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
