"""Weddings and funerals: what the village's own charter recommends, and what is said beside the form.  Advice only: nothing is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.records.due import UNITS, Term, Unit
from villagedesk.records.kinds.councils.file import Charter
from villagedesk.records.kinds.ledgers.feast import MEAL_GUESTS, MEAL_TABLES, Occasion, Told
from villagedesk.store import queries
from villagedesk.store.terms import rules_of

_MEASURES = (
    ("tables", "tables", "桌数提倡不超过{}桌，打算{}桌", "桌"), ("per_table", "per_table", "每桌提倡不超过{}元，打算{}元", "元"),
    ("gift", "gift", "随礼提倡不超过{}元，打算{}元", "元"), ("cars", "cars", "车辆提倡不超过{}辆，打算{}辆", "辆"),
)  # fmt: skip
"""Field of the charter, field of the feast, the sentence, the unit."""


@dataclass(frozen=True)
class Advice:
    """One sentence beside the form; `look` where somebody should look again."""

    text: str
    look: bool = False


@dataclass(frozen=True)
class Custom:
    """What a feast is held against: the charter in force, None where none was adopted, and the village's periods."""

    charter: Charter | None
    wedding: Term
    funeral: Term
    banquet: Term


def custom(office: Office) -> Custom:
    """The charter that recommends sizes, the newest that was adopted; and the periods, shipped or the village's own."""
    with office.desk.reading() as session:
        kept = queries.listed(session, office.by, Charter) if "charter" in office.by.readable([Charter.kind]) else ()
        found = [
            one.record
            for one in kept
            if one.stage == "adopted" and isinstance(one.record, Charter) and any(_sizes(one.record).values())
        ]
        terms = rules_of(session, office.desk.me.org).terms
    return Custom(next(iter(found), None), terms["feast.wedding"], terms["feast.funeral"], terms["feast.banquet"])


def begun(known: Custom) -> dict[str, Any]:
    """What a new one begins with: today, and the tables the charter recommends."""
    limit = known.charter.tables if known.charter else None
    return {"registered_on": clock.today()} | ({"limit": limit} if limit else {})


def advice(known: Custom, values: Mapping[str, Any]) -> list[Advice]:
    """What is to be said of a feast as typed; what is not typed yet is not spoken of."""
    return [*_sized(known, values), *_timed(known, values), *_fed(known, values)]


def _sizes(charter: Charter) -> dict[str, int | None]:
    return {name: getattr(charter, name) for name, *_ in _MEASURES}


def _sized(known: Custom, values: Mapping[str, Any]) -> Iterator[Advice]:
    sizes = dict(_sizes(known.charter)) if known.charter else {}
    if (own := _number(values.get("limit"))) is not None:
        sizes["tables"] = own
    for name, field, words, unit in _MEASURES:
        most, meant = sizes.get(name), _number(values.get(field))
        if most and meant is not None:
            over = f"，多{meant - most}{unit}" if meant > most else ""
            yield Advice(f"{words.format(most, meant)}{over}。", meant > most)


def _timed(known: Custom, values: Mapping[str, Any]) -> Iterator[Advice]:
    told, begins = _day(values.get("registered_on")), _day(values.get("begins_on"))
    if told is None or begins is None:
        return
    funeral = values.get("occasion") == Occasion.FUNERAL
    term, ahead = known.funeral if funeral else known.wedding, (begins - told).days
    if term.off or not values.get("occasion"):
        return
    whose = "本村自定" if term.basis.startswith("本村自定") else "各地做法，本村可以改"
    asked = (
        f"要求{'办后' if funeral else '提前'}{term.count}{UNITS[term.unit]}{'内补登' if funeral else '报备'}（{whose}）"
    )
    if funeral:
        ends = _day(values.get("ends_on")) or begins
        past = (told - ends).days
        late = term.unit is Unit.DAY and past > term.count
        when = f"办完{past}天了" if past > 0 else "还没办完"
        yield Advice(f"{when}，{asked}。" + ("晚了也照样登记。" if late else ""), late)
    elif ahead < 0:
        yield Advice("已经办过了，照样登记，写明是补登。", True)
    else:
        late = term.unit is Unit.DAY and ahead < term.count
        yield Advice(f"离拟办日期还有{ahead}天，{asked}。" + ("晚了也照样登记。" if late else ""), late)


def _fed(known: Custom, values: Mapping[str, Any]) -> Iterator[Advice]:
    guests, tables = _number(values.get("guests")) or 0, _number(values.get("tables")) or 0
    if (guests >= MEAL_GUESTS or tables >= MEAL_TABLES) and Told.MEAL not in (values.get("told") or ()):
        yield Advice(
            f"{MEAL_GUESTS}人以上或{MEAL_TABLES}桌以上，各地一般要另外登记集体聚餐（{known.banquet}），办了请勾上。",
            True,
        )


def _number(typed: Any) -> int | None:
    text = str(typed or "").strip().split(".")[0]
    return int(text) if text.isdecimal() else None


def _day(typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None
