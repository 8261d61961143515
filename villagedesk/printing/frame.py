"""Sheets and what may be written on them: margins, the place of page number, foot and small code (papers.md §3, §5)."""

from dataclasses import dataclass, replace

WIDTH = 156.0
"""The measure all grids of an upright sheet share, in mm."""


@dataclass(frozen=True)
class Frame:
    """A sheet in mm from its upper left corner.

    Attributes: `width`, `height` of the paper; `left`, `back` where the text begins on odd and even pages (the binding of a
    sheet printed on both sides is always 28 wide); `measure` its width; `top`, `bottom` of the type area; `follow` the top
    of the pages after the first; `number` the baseline of the page number, 0 for none; `centred` whether it stands in the
    middle; `foot` the baselines of the two lines that say which record this is; `code` the side of the small code and its top.
    """

    width: float = 210.0
    height: float = 297.0
    left: float = 28.0
    back: float = 26.0
    measure: float = WIDTH
    top: float = 30.0
    follow: float = 30.0
    bottom: float = 262.0
    number: float = 270.4
    centred: bool = False
    foot: tuple[float, float] = (278.6, 282.2)
    code: tuple[float, float] = (11.0, 274.0)

    def begin(self, page: int) -> float:
        """The top of the type area of a page, counted from 1."""
        return self.top if page == 1 else self.follow

    def edge(self, page: int) -> float:
        """Its left edge."""
        return self.left if page % 2 else self.back


FORM = Frame()
"""F: forms and minutes."""
EARLY = replace(FORM, top=24.0, follow=24.0)
"""F with its title higher: sign-in sheets."""
LETTER = Frame(top=37.0, follow=37.0)
"""A: official letters; 22 lines of 29.60 pt from the first glyph's top at 37 to the last one's foot at 262 (GB/T 9704)."""
LEDGER = Frame(
    width=297.0, height=210.0, left=20.0, back=20.0, measure=257.0, top=28.0, follow=24.0, bottom=186.0, number=193.6, centred=True,
    foot=(197.5, 201.1), code=(10.0, 192.9),
)  # fmt: skip
"""L: lists on a sheet turned on its side."""
