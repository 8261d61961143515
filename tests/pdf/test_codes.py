"""The codes on our papers, read back from their pictures as from a scan: what they say, how large they are, and where."""

from collections.abc import Callable

import pytest

from tests.pdf.reading import Code, codes
from tests.pdf.samples import DESK, DIGITS, DRAFT, FACTS, KEY, SEALED, meeting
from villagedesk.printing.blank import blank
from villagedesk.printing.cardpaper import card_paper
from villagedesk.printing.digest import digest
from villagedesk.printing.keypaper import recovery_paper
from villagedesk.printing.ledger import Listed, ledger
from villagedesk.printing.minutes import minutes
from villagedesk.printing.notice import notice
from villagedesk.printing.sheet import plain_sheet
from villagedesk.printing.signin import signin
from villagedesk.records.kinds.councils.meeting import Meeting
from villagedesk.store.keys import recovery_key, recovery_words

PAPERS: dict[str, Callable[[], bytes]] = {
    "minutes": lambda: minutes(meeting(), SEALED),
    "notice": lambda: notice(meeting(), SEALED),
    "digest": lambda: digest(meeting(), SEALED),
    "signin": lambda: signin(meeting(), SEALED),
    "sheet": lambda: plain_sheet(meeting(), SEALED),
}


LISTED = Listed("花名册", ("姓名",), (("罗云",),), "2026年11月18日")


def at(code: Code) -> list[float]:
    return [code.left, code.top, code.width, code.height]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(("dpi", "turned"), [(300, 0.0), (200, 0.0), (200, 2.3)])
def test_each_page_says_in_its_code_which_it_is(name: str, dpi: int, turned: float) -> None:
    pages = codes(PAPERS[name](), dpi=dpi, turned=turned)
    count = len(pages)
    assert [[code.text for code in page] for page in pages] == [
        [f"VD1/522731102213/7K3M9QTXWA4E/1/{n}-{count}"] for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_it_stands_eleven_wide_at_the_lower_right_corner_of_the_type_area(name: str) -> None:
    for n, (code,) in enumerate(codes(PAPERS[name]()), 1):
        right = 184 if n % 2 else 182
        assert code.level == "M"
        assert at(code) == pytest.approx([right - 11, 274, 11, 11], abs=0.2)


def test_a_draft_says_edition_nought() -> None:
    first, second = codes(minutes(meeting(), DRAFT))
    assert (first[0].text[-6:], second[0].text[-6:]) == ("/0/1-2", "/0/2-2")


def test_a_sheet_on_its_side_has_a_smaller_one() -> None:
    ((code,),) = codes(ledger(LISTED, SEALED))
    assert at(code) == pytest.approx([267, 192.9, 10, 10], abs=0.2)


def test_what_is_no_record_has_no_code() -> None:
    assert not any(codes(blank(Meeting, DESK)))
    assert not any(codes(ledger(LISTED, DESK)))


def test_the_code_of_the_recovery_key_opens() -> None:
    ((code,),) = codes(recovery_paper(recovery_words(KEY), DESK, "2026年11月24日"))
    rows = [code.text[n : n + 22] for n in range(0, 88, 22)]
    assert recovery_key("\n".join(f"{name}{digits}" for name, digits in zip("甲乙丙丁", rows, strict=True))) == KEY
    assert at(code)[2:] == pytest.approx([42, 42], abs=0.3)


@pytest.mark.parametrize("card", ["VDC1 " + "k3" * 150, "x" * 700])
def test_both_halves_of_a_card_hold_the_card(card: str) -> None:
    pdf = card_paper(card, DIGITS, FACTS, DESK, ("村", "镇"))
    assert [code.text for code in codes(pdf)[0]] == [card, card]
