"""Every character of GB 18030-2022 level 3 prints and is read back; deep runs print them all, others one in many."""

import os

import pytest

from tests.pdf.reading import fonts, raw
from villagedesk.printing.about import About
from villagedesk.printing.faces import uncovered
from villagedesk.printing.paper import paragraph, printed
from villagedesk.printing.setting import Run

BLOCKS = {
    "URO": (0x4E00, 0x9FEF), "A": (0x3400, 0x4DB5), "B": (0x20000, 0x2A6D6), "C": (0x2A700, 0x2B734), "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1), "F": (0x2CEB0, 0x2EBE0),
}  # fmt: skip
TWELVE = "".join(
    map(chr, (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29))
)
"""The ideographs that stand among the compatibility ones."""
STEP = 1 if int(os.environ.get("TEST_EXAMPLES", "25")) > 100 else 89
ABOUT = About(org="522731102213", org_name="好花红村", record="7K3M9QTXWA4E", stage="在册")


def chars(block: str) -> str:
    first, last = BLOCKS[block]
    return "".join(map(chr, range(first, last + 1)))


@pytest.mark.parametrize("block", BLOCKS)
def test_no_character_of_level_3_is_without_a_face(block: str) -> None:
    assert uncovered(chars(block)) == []


def test_the_twelve_among_the_compatibility_ideographs_have_one_too() -> None:
    assert uncovered(TWELVE) == []


@pytest.mark.parametrize("role", ["fang", "song", "biao", "hei", "kai"])
@pytest.mark.parametrize("block", BLOCKS)
def test_each_is_read_back_from_the_paper_in_order(block: str, role: str) -> None:
    some = chars(block)[::STEP] + TWELVE
    for at in range(0, len(some), 2_000):
        text = some[at : at + 2_000]
        pdf = printed(paragraph([Run(text, role)]), ABOUT, title="字", number="", seals=False)  # type: ignore[arg-type]
        read = "".join(raw(pdf).split())
        assert set(fonts(pdf)) == {("yes", "yes", "yes")}
        assert [char for char in text if char not in read] == []
