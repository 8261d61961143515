"""What a person can mend, told; and the log beside the data."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from villagedesk.base.errors import DeskError, NotValid, Problem, Refused, Surroundings
from villagedesk.base.log import open_log


def test_every_problem_is_a_line_with_its_label() -> None:
    error = NotValid([Problem("name", "必须填写。"), Problem("", "太长。"), Problem("x.0", "不对。")], {"name": "姓名"})

    assert str(error) == "姓名：必须填写。\n太长。\nx.0：不对。"
    assert [p.field for p in error.problems] == ["name", "", "x.0"]


def test_each_family_has_its_exit_status() -> None:
    assert [cls.exit for cls in (DeskError, NotValid, Refused, Surroundings)] == [2, 2, 3, 4]


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """The program's log, put back afterwards."""
    root = logging.getLogger("villagedesk")
    yield root
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True


def test_warnings_go_into_one_file_and_what_is_less_does_not(
    log: logging.Logger, tmp_path: Path, warned: list[str]
) -> None:
    for _ in range(2):
        open_log(tmp_path / "log")
        log.getChild("store").warning("bad page")
    log.getChild("store").info("fine")

    text = (tmp_path / "log" / "villagedesk.log").read_text("utf-8")
    assert [line.split(" ", 2)[2] for line in text.splitlines()] == ["WARNING villagedesk.store bad page"] * 2
    assert warned == ["bad page"] * 2


def test_nothing_is_written_until_there_is_something_to_say(log: logging.Logger, tmp_path: Path) -> None:
    open_log(tmp_path)

    assert list(tmp_path.iterdir()) == []
