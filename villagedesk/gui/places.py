"""The places of a desk, by its level, in the order they stand on the rail; and which form a kind has of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from villagedesk.actions.office import Office
from villagedesk.gui.form import Form
from villagedesk.gui.screens.accounts import Accounts
from villagedesk.gui.screens.bin import Bin
from villagedesk.gui.screens.campaign import CampaignForm
from villagedesk.gui.screens.carry import CarryScreen
from villagedesk.gui.screens.conflict import ConflictScreen
from villagedesk.gui.screens.councils import Councils
from villagedesk.gui.screens.feast import FeastForm
from villagedesk.gui.screens.figures import FiguresScreen
from villagedesk.gui.screens.home import Home
from villagedesk.gui.screens.ledger import Ledger
from villagedesk.gui.screens.ledgers import HELD, LEDGERS, Ledgers
from villagedesk.gui.screens.matter import MatterForm
from villagedesk.gui.screens.meeting import MeetingForm
from villagedesk.gui.screens.overview import OverviewScreen
from villagedesk.gui.screens.paper import GIVEN, PaperScreen
from villagedesk.gui.screens.paste import PasteScreen
from villagedesk.gui.screens.people import PASTE, People
from villagedesk.gui.screens.publication import PublicationForm
from villagedesk.gui.screens.record import RecordScreen
from villagedesk.gui.screens.renewal import RENEWAL, RenewalScreen
from villagedesk.gui.screens.resolution import ResolutionForm
from villagedesk.gui.screens.screen import Place, Screen
from villagedesk.gui.screens.takein import TakeInScreen
from villagedesk.gui.screens.todo import Todo
from villagedesk.records.kinds import KINDS

FORMS: dict[str, type[Form]] = {
    "campaign": CampaignForm,
    "feast": FeastForm,
    "matter": MatterForm,
    "meeting": MeetingForm,
    "publication": PublicationForm,
    "resolution": ResolutionForm,
}
"""Kinds whose form is made by hand."""


@dataclass(frozen=True)
class Spot:
    """A place; `kinds` whose records it is about, none when it is about no records: it is there for who may read one of them.

    One that is `under` another stands beside it as a view of the same place, not on the rail; `view` is the first one's
    word among those views.
    """

    name: str
    icon: str
    word: str
    make: Callable[[Office], Screen]
    kinds: tuple[str, ...] = ()
    under: str = ""
    view: str = ""


def _ledger(kind: str, icon: str, word: str, *, under: str = "", view: str = "") -> Spot:
    return Spot(kind, icon, word, lambda office: Ledger(office, KINDS[kind]), (kind,), under, view)


def screen_of(office: Office, place: Place) -> Screen | None:
    """The screen of a place that is not on the rail: a record with the form its kind has, its paper, or rows to be taken in."""
    if place.kind == PASTE:
        return PasteScreen(office)
    if place.kind == GIVEN and "made" in place.begin:
        return PaperScreen(office, None, "", given=place.begin["made"])
    if place.kind == RENEWAL:
        return RenewalScreen(office, place.id, place.begin["day"])
    if place.kind == LEDGERS:
        return Ledgers(office, place.id)
    cls = KINDS.get(place.kind)
    if cls is None:
        return None
    if place.act == "print":
        return PaperScreen(office, cls, place.id, place.org)
    form = FORMS.get(cls.kind.key, Form)
    return RecordScreen(office, cls, place.id, place.org, form=form, begin=place.begin)


_VILLAGE = (
    Spot("home", "house", "首页", Home, view="首页"),
    Spot("todo", "calendar-days", "要办的事", Todo, under="home"),
    _ledger("meeting", "users-round", "六会会议", view="会议"),
    _ledger("resolution", "list-checks", "决议", under="meeting"),
    _ledger("authorisation", "stamp", "授权", under="meeting"),
    Spot("council", "megaphone", "议事组织", Councils, ("council", "post"), under="meeting"),
    _ledger("matter", "list-checks", "四议两公开"),
    _ledger("case", "scale", "矛盾调解"),
    _ledger("village_rule", "scroll-text", "村规民约"),
    _ledger("award", "award", "文明家庭"),
    Spot(LEDGERS, "heart-handshake", "六会台账", Ledgers, tuple(sorted(HELD))),
    _ledger("publication", "megaphone", "村务公开", view="公开"),
    _ledger("catalogue", "list-checks", "公开目录", under="publication"),
    _ledger("objection", "circle-alert", "异议", under="publication"),
    Spot("people", "user-round", "人和户", People, ("household", "person", "group")),
    Spot("figures", "chart-column", "统计", FiguresScreen),
    Spot("carry", "usb", "带到镇里", CarryScreen, view="带出去"),
    Spot("takein", "download", "收回来", TakeInScreen, under="carry"),
    Spot("clash", "circle-alert", "选定一份", ConflictScreen, under="carry"),
    Spot("accounts", "key-round", "账户和设置", Accounts, view="账户"),
    _ledger("term", "calendar-days", "期限", under="accounts"),
    _ledger("holidays", "calendar-days", "节假日", under="accounts"),
    Spot("bin", "trash-2", "回收站", Bin, under="accounts"),
)
_TOWN = (
    Spot("home", "house", "首页", Home),
    Spot("overview", "layout-grid", "汇总和审核", OverviewScreen),
    Spot("takein", "package-open", "收村里的", TakeInScreen, view="收进来"),
    Spot("carry", "usb", "带出去", CarryScreen, under="takein"),
    _ledger("meeting", "users-round", "各村会议", view="会议"),
    Spot(LEDGERS, "heart-handshake", "六会台账", Ledgers, tuple(sorted(HELD)), under="meeting"),
    _ledger("resolution", "list-checks", "决议落实"),
    _ledger("review", "stamp", "审核"),
    Spot("figures", "chart-column", "统计", FiguresScreen),
    _ledger("case_summary", "scale", "案件统计"),
    _ledger("village_rule", "scroll-text", "村规民约"),
    _ledger("award", "award", "文明家庭"),
    Spot("bin", "trash-2", "回收站", Bin),
    Spot("accounts", "key-round", "账户和设置", Accounts),
)

_COUNTY = tuple(replace(spot, word="收镇里的") if spot.name == "takein" else spot for spot in _TOWN)

PLACES: dict[str, tuple[Spot, ...]] = {"village": _VILLAGE, "town": _TOWN, "county": _COUNTY}
