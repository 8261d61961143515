"""What a figure is: its name, and which records stand behind it.

A figure never stands alone: `store.rollup` turns it into a query, and the same condition finds the records it counts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One column of the sum by village, body and month.

    Attributes: `kind` the records counted; `sql` what one record adds, over the columns of the kind's table `r`; `day` the event date
    that puts it into a month; `bodies` where in the record the codes of its bodies stand.
    """

    key: str
    label: str
    kind: str
    sql: str
    day: str
    bodies: str


MEETINGS = (
    Figure("meetings", "会议", "meeting", "1", "held_from", "$.bodies"),
    Figure("finalised", "已定稿", "meeting", "r.edition > 0", "held_from", "$.bodies"),
    Figure("attendance", "到会人次", "meeting", "r.came", "held_from", "$.bodies"),
    Figure("resolutions", "决议", "resolution", "1", "passed_on", "$.bodies"),
    Figure("carried_out", "已落实", "resolution", "r.stage = 'done'", "passed_on", "$.bodies"),
)
"""The town's first table: meetings of each body, and what became of what they decided."""
