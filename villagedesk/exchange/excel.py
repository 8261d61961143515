"""Tables as WPS and Excel open them: a title, what it tells of, one sheet a table, numbers as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

Cell = str | int | Decimal | None

_EPOCH = datetime(2020, 1, 1)
"""Written as the moment of making, so that the same tables give the same bytes."""
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One table.  `under` stands below the title, `note` below the table; `last` the last row is a total."""

    name: str
    title: str
    under: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    last: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file.  A text is written as a text, whatever it begins with."""
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types; loaded here, for it is slow

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _EPOCH})
        font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        title = book.add_format({**font, "font_size": 16, "bold": True, "align": "center"})
        small = book.add_format({**font, "font_size": 10, "text_wrap": True})
        top = book.add_format({**font, "bold": True, "align": "center", "border": 1, "text_wrap": True})
        kinds = {
            (shape, bold): book.add_format({**font, "border": 1, "bold": bold, **form})
            for bold in (False, True)
            for shape, form in (
                (str, {"text_wrap": True}),
                (int, {"num_format": "0"}),
                (Decimal, {"num_format": "0.0#"}),
            )
        }
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            across = len(sheet.heads) - 1
            page.merge_range(0, 0, 0, across, sheet.title, title)
            page.merge_range(1, 0, 1, across, sheet.under, small)
            for column, word in enumerate(sheet.heads):
                page.write_string(2, column, word, top)
                longest = max((_wide(row[column]) for row in sheet.rows), default=0)
                page.set_column(column, column, min(max(longest, _wide(word)) + 2, _WIDEST))
            for line, row in enumerate(sheet.rows, 3):
                bold = sheet.last and line == len(sheet.rows) + 2
                for column, cell in enumerate(row):
                    if isinstance(cell, str) or cell is None:
                        page.write_string(line, column, cell or "", kinds[str, bold])
                    else:
                        page.write_number(line, column, cell, kinds[type(cell), bold])
            if sheet.note:
                page.merge_range(len(sheet.rows) + 3, 0, len(sheet.rows) + 3, across, sheet.note, small)
            page.set_row(0, 28)
            page.freeze_panes(3, 1)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(2)
    return file.getvalue()


def _wide(cell: Cell) -> int:
    """Columns of a fixed face a cell takes: a han takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in str(cell or ""))
