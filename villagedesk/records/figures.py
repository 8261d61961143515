"""What a figure is: its name, and which records stand behind it.

A figure never stands alone: it is the sum of a whole number that each record adds, a derived count of its kind (`kind.column`), so
the records that add something to it are the records behind it.  `store.rollup` turns it into a query.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from villagedesk.records.kinds import KINDS


@dataclass(frozen=True)
class Unit:
    """What a figure is told in, and how many parts one of it has: sums are whole numbers of parts."""

    word: str
    parts: int = 1

    def told(self, value: int) -> Decimal:
        """A sum in this unit."""
        return Decimal(value) / self.parts

    def shown(self, value: int) -> str:
        """A sum as it is written: no empty decimals."""
        return f"{self.told(value):f}"


YUAN, HOURS = Unit("元", 100), Unit("小时", 10)


@dataclass(frozen=True)
class Figure:
    """One number told of a body, or of all of a village's councils together, over a time.

    Attributes: `counts` what is added up, each ``kind`` (one a record) or ``kind.column`` (a derived count of it); `over` the
    key of the figure it is a part of, and `rate` what that share is called; `stands` it is no sum over a time but tells how
    things stand at its end: of every record up to then, or, where `newest` names a field, of the last one for each of its values.
    """

    key: str
    label: str
    unit: Unit
    counts: tuple[str, ...]
    over: str = ""
    rate: str = ""
    stands: bool = False
    newest: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """Kind → column that is added up, "" where each record counts one."""
        return {kind: column for kind, _, column in (one.partition(".") for one in self.counts)}

    @property
    def shared(self) -> bool:
        """Whether it is of ledgers that every body writes, each record naming its own."""
        return not any(map(bodies_of, self.parts))

    def of(self, body: str) -> bool:
        """Whether this body's ledgers can add to it; "" is any body."""
        return not body or any(body in bodies or not bodies for bodies in map(bodies_of, self.parts))


def bodies_of(kind: str) -> tuple[str, ...]:
    """The bodies whose ledger a kind is; none where each record names its own."""
    return KINDS[kind].kind.bodies


def _figure(key: str, label: str, unit: str | Unit, *counts: str, over: str = "", rate: str = "") -> Figure:
    return Figure(key, label, unit if isinstance(unit, Unit) else Unit(unit), counts, over, rate)


ACTIVITIES = (
    "feast", "help", "patrol", "hazard", "proposal", "donation", "project", "campaign", "sweep", "pledge", "dissuasion", "appraisal",
)  # fmt: skip
"""The ledgers of which each line is something a council did; the list of worthies is none."""

MEETINGS = (
    _figure("meetings", "会议", "次", "meeting"),
    _figure("finalised", "已定稿", "次", "meeting.finalised"),
    _figure("attendance", "到会人次", "人次", "meeting.came"),
    _figure("resolutions", "决议", "项", "resolution"),
    _figure("carried_out", "已落实", "项", "resolution.carried_out", over="resolutions", rate="落实率"),
    _figure("activities", "活动", "件", *ACTIVITIES),
)
"""The town's first table, and the same columns of every council: its meetings, what became of what they decided, what else it did."""

LEDGERS = (
    _figure("feasts", "红白事", "起", "feast.both"),
    _figure("weddings", "红事", "起", "feast.weddings"),
    _figure("funerals", "白事", "起", "feast.funerals"),
    _figure("told_ahead", "事前报备", "起", "feast.ahead", over="feasts", rate="报备率"),
    _figure("oversized", "超过提倡桌数", "起", "feast.over"),
    _figure("talked_to", "劝导", "起", "feast.talked"),
    _figure("saved", "估算节约", YUAN, "feast.thrift"),
    _figure("helps", "帮扶", "件", "help"),
    _figure("served", "受助", "人次", "help.served"),
    _figure("hands", "帮忙", "人次", "help.hands"),
    _figure("hours", "帮忙时长", HOURS, "help.tenths"),
    _figure("given", "资金和物资", YUAN, "help.given"),
    _figure("heard", "已回访", "件", "help.heard"),
    _figure("content", "满意和基本满意", "件", "help.content", over="heard", rate="满意率"),
    _figure("patrols", "巡逻", "次", "patrol"),
    _figure("walkers", "巡逻", "人次", "patrol.hands"),
    _figure("findings", "巡逻发现问题", "个", "patrol.found"),
    _figure("hazards", "隐患", "处", "hazard"),
    _figure("mended", "隐患已销号", "处", "hazard.closed", over="hazards", rate="整改率"),
    _figure("handed_on", "上报和移交", "件", "patrol.handed", "hazard.passed_on"),
    Figure("worthies", "在库乡贤", Unit("人"), ("worthy.on_list",), stands=True),
    _figure("proposals", "建议", "条", "proposal"),
    _figure("replied", "已答复", "条", "proposal.replied", over="proposals", rate="答复率"),
    _figure("taken", "采纳", "条", "proposal.taken", over="replied", rate="采纳率"),
    _figure("gifts", "捐赠", "笔", "donation"),
    _figure("worth", "捐赠", YUAN, "donation.worth"),
    _figure("projects", "引进项目", "个", "project"),
    _figure("invested", "到位投资", YUAN, "project.invested"),
    _figure("hired", "带动就业", "人", "project.hired"),
    _figure("campaigns", "宣传", "场", "campaign.times"),
    _figure("reached", "宣传", "人次", "campaign.reached"),
    _figure("sweeps", "排查", "次", "sweep"),
    _figure("houses", "排查", "户", "sweep.houses"),
    _figure("pulled", "铲除", "株", "sweep.pulled"),
    _figure("dissuaded", "赌博劝阻", "次", "dissuasion"),
    Figure("wanted", "应签承诺", Unit("户"), ("pledge.wanted",), stands=True, newest="group"),
    Figure("signed", "已签承诺", Unit("户"), ("pledge.signers",), "wanted", "承诺率", stands=True, newest="group"),
    Figure("clean", "无毒家庭", Unit("户"), ("pledge.free",), stands=True, newest="group"),
    _figure("appraised", "评议事项", "件", "appraisal"),
    _figure("praised", "表扬鼓励", "件", "appraisal.praised"),
    _figure("guided", "帮教", "件", "appraisal.guided"),
    _figure("turned", "已转化", "件", "appraisal.mended", over="guided", rate="转化率"),
    _figure("exemplary", "推荐典型", "个", "appraisal.exemplary"),
)
"""What each council's ledgers tell beside, in the order of the six (domain: 六会专项指标)."""

FIGURES = {figure.key: figure for figure in (*MEETINGS, *LEDGERS)}


@cache
def own(body: str) -> tuple[Figure, ...]:
    """The figures of the ledgers of a body."""
    return tuple(figure for figure in LEDGERS if figure.of(body))
