"""At a terminal what is missing is asked for: passphrases unseen, digits after they were shown."""

from pathlib import Path

import pytest

from tests.e2e.desks import NEW, SECRET, VILLAGE, Laptop, Terminal
from villagedesk.cli import common


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed unseen, to be filled by the test; the environment knows no passphrase."""
    answers: list[str] = []
    monkeypatch.setattr(common.getpass, "getpass", lambda prompt: answers.pop(0))
    real = Laptop.environment.fget
    assert real is not None
    without = property(lambda self: {k: v for k, v in real(self).items() if k != "VILLAGEDESK_PASSPHRASE"})
    monkeypatch.setattr(Laptop, "environment", without)
    monkeypatch.delenv("VILLAGEDESK_PASSPHRASE", raising=False)
    return answers


def test_the_passphrase_is_asked_for_at_a_terminal(village: Laptop, asked: list[str]) -> None:
    asked.append(SECRET)
    assert village("list", "group", "--json", stdin=Terminal()).json == []
    asked.append("不是这个口令啊啊")
    assert "口令不对" in village.refused(3, "list", "group", stdin=Terminal())


def test_a_new_passphrase_is_asked_for_twice_and_must_agree(tmp_path: Path, asked: list[str]) -> None:
    laptop = Laptop(tmp_path / "new", "罗倩")
    words = ("init", "--role", "village", "--division", VILLAGE, "--user", "罗倩")
    asked += [SECRET, SECRET + "x"]
    assert "两遍口令不一样" in laptop.refused(2, *words, stdin=Terminal())
    assert not laptop.data.exists()
    asked += [SECRET, SECRET]
    laptop(*words, stdin=Terminal())
    asked += [SECRET, "另一个长长的口令", "另一个长长的口令"]
    laptop("account", "passphrase", stdin=Terminal())
    asked.append("另一个长长的口令")
    assert laptop("list", "group", "--json", stdin=Terminal()).json == []


def test_without_a_terminal_the_new_passphrase_must_stand_in_the_environment(village: Laptop) -> None:
    assert NEW in village.refused(2, "account", "passphrase", stdin=b"")


def test_enrolment_at_a_terminal_shows_the_digits_and_asks_for_those_on_paper(
    village: Laptop, town: Laptop, stick: Path
) -> None:
    said = village("card", "--to", stick)
    digits = said.err.strip().splitlines()[-1]
    told = town("enrol", said.out.strip(), stdin=Terminal(digits))
    assert digits in told.err
    assert "核对过" in told.err
    told = town.run("enrol", said.out.strip(), stdin=Terminal("1" * 40))
    assert (told.status, "没有登记" in told.err) == (3, True)
    assert "没有核对数字" in town("enrol", said.out.strip(), stdin=Terminal("")).err
