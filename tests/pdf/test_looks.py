"""Each paper looks as it did: rules and blocks of text stand within a millimetre of where they stood."""

from difflib import ndiff
from itertools import zip_longest

import pytest

from tests.pdf import looks
from tests.pdf.looks import PAPERS, Thing, seen

KEPT = looks.kept()


def changed(before: list[Thing], now: list[Thing]) -> str:
    """What stands elsewhere, was taken away or came; "" where all is as it was."""
    same = len(before) == len(now) and all(a.near(b) for a, b in zip(before, now, strict=True))
    return (
        "" if same else "\n".join(row for row in ndiff(list(map(str, before)), list(map(str, now))) if row[0] in "+-")
    )


def test_every_paper_is_measured() -> None:
    assert list(KEPT) == list(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_it_did(name: str) -> None:
    pages = seen(PAPERS[name]())
    said = [changed(before or [], now or []) for before, now in zip_longest(KEPT[name], pages)]
    assert said == [""] * len(KEPT[name]), "if this was meant: make looks, and read the difference"


def test_what_moved_came_or_went_is_told() -> None:
    (page,) = seen(PAPERS["会议通知"]())
    *others, block = page
    for way, said in ((0.9, ""), (1.1, f"- {block}\n+ {block._replace(sides=tuple(s + 1.1 for s in block.sides))}")):
        moved = block._replace(sides=tuple(side + way for side in block.sides))
        assert changed(page, [*others, moved]) == said
    assert changed(page, others) == f"- {block}"
    assert changed(others, page) == f"+ {block}"
