"""Long work: aside, told how far, stopped when asked, its faults told on the window's thread."""

import sys
import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.actions.changed import Changed
from villagedesk.base.errors import Surroundings
from villagedesk.gui.bus import bus
from villagedesk.gui.worker import Steps, Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Any:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    worker = Worker(window)
    worker.window_kept = window  # type: ignore[attr-defined]
    return worker


def test_work_runs_aside_and_its_result_comes_back_to_the_windows_thread(worker: Worker, qtbot: QtBot) -> None:
    threads: list[int] = []
    heard: list[Any] = []

    def work(steps: Steps) -> str:
        threads.append(threading.get_ident())
        steps.at("正在收，1/2条", 1, 2)
        return "收好了"

    def done(result: str) -> None:
        threads.append(threading.get_ident())
        heard.append(result)

    worker.do("正在收", work, done=done, failed=heard.append)
    assert (worker.busy, worker.isVisible(), worker.size()) == (True, True, worker.parentWidget().size())
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == ["收好了"]
    assert threads[0] != threads[1] == threading.get_ident()
    assert not worker.isVisible()


def test_escape_stops_the_work_at_its_next_step(worker: Worker, qtbot: QtBot) -> None:
    begun, heard = threading.Event(), []

    def work(steps: Steps) -> None:
        for n in range(10**9):
            begun.set()
            steps.at("正在收", n, 10**9)

    worker.do("正在收", work, done=heard.append, failed=lambda e: heard.append(str(e)))
    qtbot.waitUntil(begun.is_set)
    with pytest.raises(RuntimeError, match="one piece of work at a time"):
        worker.do("又收", work, done=heard.append, failed=heard.append)
    QTest.keyClick(worker, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == ["已停下，没有做完的都没有记。"]


def test_a_window_hears_less_often_than_the_work_steps() -> None:
    heard: list[int] = []
    steps = Steps()
    steps.moved.connect(lambda sentence, done, whole: heard.append(done))
    for n in range(10_000):
        steps.at("正在收", n, 10_000)
    assert heard[0] == 0
    assert len(heard) < 1_000


def test_what_a_person_can_mend_is_told_and_a_fault_goes_to_the_hook(
    worker: Worker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: heard.append(kind.__name__))

    def full(steps: Steps) -> None:
        raise Surroundings("U盘满了。")

    def fault(steps: Steps) -> None:
        raise ZeroDivisionError

    for work in (full, fault):
        worker.do("", work, done=lambda _: heard.append("done"), failed=lambda e: heard.append(str(e)))
        qtbot.waitUntil(lambda: not worker.busy)
    assert heard == ["U盘满了。", "ZeroDivisionError"]


def test_the_keys_go_on_where_they_were(worker: Worker, qtbot: QtBot) -> None:
    field = QLineEdit(worker.parentWidget())
    field.show()
    field.setFocus()
    worker.do("正在收", lambda _: None, done=lambda _: None, failed=lambda _: None)
    assert not field.hasFocus()
    qtbot.waitUntil(lambda: not worker.busy)
    assert field.hasFocus()


def test_what_lies_below_is_not_painted_while_there_is_work(worker: Worker, qtbot: QtBot) -> None:
    painted: list[str] = []

    class Below(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append("painted")

    below = Below(worker.parentWidget())
    below.resize(900, 600)
    below.show()
    qtbot.waitUntil(lambda: bool(painted))
    going = threading.Event()
    painted.clear()
    worker.do("正在收", lambda _: going.wait(60), done=lambda _: None, failed=lambda _: None)
    below.update()
    QApplication.processEvents()
    assert painted == []
    going.set()
    qtbot.waitUntil(lambda: not worker.busy)
    qtbot.waitUntil(lambda: bool(painted))


def test_the_bus_tells_what_was_changed_and_is_silent_when_nothing_was() -> None:
    heard: list[Changed] = []
    bus.changed.connect(heard.append)
    done = Changed(frozenset({"person"}), ("A",))
    assert bus.tell(done) is done
    bus.tell(Changed(notes=("已经是了。",)))
    bus.changed.disconnect(heard.append)
    assert heard == [done]
