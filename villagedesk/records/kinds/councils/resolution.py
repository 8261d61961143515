"""Resolutions: written by the program when a meeting is finalised, followed up by people."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from villagedesk.records.flow import Flow, Stage
from villagedesk.records.kind import Ask, Date, Due, Kind, Record, Ref, Shape, column
from villagedesk.records.kinds.councils.meeting import Scope
from villagedesk.records.kinds.ledgers.ledger import Step

RESOLUTION_FLOW = Flow(
    (
        Stage("passed", "通过"),
        Stage("doing", "实施中", after=("passed",)),
        Stage("done", "已完成", after=("passed", "doing"), done=True),
        Stage("replaced", "已被替代", after=("passed", "doing", "done"), done=True, made=True),
    )
)


class Resolution(Record):
    """What a meeting decided.  Its words are the meeting's; only its progress is typed here."""

    kind: ClassVar[Kind] = Kind(
        key="resolution", name="决议", groups=("决议", "落实"), title="subject", flow=RESOLUTION_FLOW, made=True
    )

    subject: Annotated[str, Ask("议题", group="决议", listed=True, search=True, auto=True)] = Field(
        min_length=1, max_length=120
    )
    text: Annotated[str, Ask("内容", shape=Shape.PROSE, group="决议", search=True, auto=True)] = Field(
        default="", max_length=8_000
    )
    meeting: Annotated[Ref, Ask("会议", group="决议", listed=True, indexed=True, auto=True, refers="meeting")]
    item: Annotated[str, Ask("议题行", group="决议", auto=True, plumbing=True)] = Field(max_length=32)
    bodies: Annotated[list[str], Ask("机构代号", group="决议", auto=True, plumbing=True)] = Field(
        default_factory=list, max_length=12
    )
    passed_on: Annotated[date, Ask("通过日期", group="决议", listed=True, indexed=True, auto=True)]
    vote: Annotated[str, Ask("表决情况", group="决议", auto=True)] = Field(default="", max_length=200)
    override: Annotated[str, Ask("主持人改判理由", group="决议", auto=True)] = Field(default="", max_length=200)
    scope: Annotated[Scope | None, Ask("应由村民会议决定的事项", group="决议", auto=True)] = None
    replaces: Annotated[Ref | None, Ask("改变的决议", group="决议", auto=True, refers="resolution")] = None
    replaced_by: Annotated[Ref | None, Ask("被哪一项决议改变", group="决议", auto=True, refers="resolution")] = None
    owner: Annotated[str, Ask("责任人", group="落实", listed=True, personal=1)] = Field(default="", max_length=40)
    due_on: Annotated[Date | None, Ask("完成期限", group="落实", listed=True)] = None
    done_on: Annotated[Date | None, Ask("完成日期", group="落实")] = None
    steps: Annotated[list[Step], Ask("进展", group="落实", search=True)] = Field(default_factory=list, max_length=200)
    progress: Annotated[str, Ask("落实情况", shape=Shape.PROSE, group="落实", search=True)] = Field(
        default="", max_length=4_000
    )

    @column("已完成")
    def carried_out(self) -> int:
        return int(self.stage == "done")

    def dues(self) -> list[Due]:
        if self.due_on is None or RESOLUTION_FLOW[self.stage].done:
            return []
        return [Due(self.due_on, "决议到期落实", "会议自己定的期限")]
