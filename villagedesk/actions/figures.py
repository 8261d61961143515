"""Numbers of the councils over a time: how they run, what each one's ledgers tell, and the records behind every number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from villagedesk.actions import board, roster
from villagedesk.actions.board import Key
from villagedesk.actions.office import Office
from villagedesk.base import clock
from villagedesk.base.spans import Span
from villagedesk.records.figures import LEDGERS, MEETINGS, Figure, Unit, own
from villagedesk.records.kinds.councils.council import SIX, Council
from villagedesk.records.kinds.people.people import Post
from villagedesk.store import queries
from villagedesk.store.rollup import Scope, behind, rollup, told

MEMBERS = Figure("members", "成员", Unit("人"), ("post",), stands=True)
"""Who sits in a council on the last day: that follows from posts by rule (`roster`), it is no sum of a column."""

TOGETHER = "合计"
JOINT = "几个会合开的会，各会都算，合计只算一次。"
HIDDEN = "“—”是不在您职责内的台账。"

Sums = Mapping[str, Any]
"""Key of a figure → its sum, None where it is not to be told."""


@dataclass(frozen=True)
class Number:
    """One number of a table: which figure of which records, and its sum; None is not for this person to read."""

    figure: Figure
    scope: Scope
    value: int | None

    @property
    def shown(self) -> str:
        """As it is written: nothing for none."""
        return "—" if self.value is None else self.figure.unit.shown(self.value) if self.value else ""


@dataclass(frozen=True)
class Line:
    """A line of a table: its words, its numbers, and what is said of them at its end."""

    words: tuple[str, ...]
    numbers: tuple[Number, ...]
    said: str = ""


@dataclass(frozen=True)
class Table:
    """Numbers as they are shown, printed and saved.

    Attributes: `heads` of the words, of the numbers, and of what is said, where anything is; `when` the days they tell of, in
    words; `note` what a reader must know; `total` the last line is the sum of those above it.
    """

    title: str
    when: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""
    total: bool = False

    def texts(self, line: Line) -> list[str]:
        """A line as it is written, under its heads."""
        texts = [*line.words, *(number.shown for number in line.numbers), line.said]
        return texts[: len(self.heads)]


def tables(office: Office, span: Span) -> list[Table]:
    """All tables of a span, as this desk has them."""
    above = [villages(office, span)] if office.by.level != "village" else []
    return [running(office, span), *above, ledgers(office, span)]


def running(office: Office, span: Span) -> Table:
    """六会运行情况: each council, of all the villages of this desk together (domain: the quarterly table of the six councils)."""
    with office.desk.reading() as session:
        names, scope = councils(session, office), scope_of(span)
        sums = _sums(session, office, scope, (*MEETINGS, *LEDGERS), "body")
        seats = _seats(session, office, scope)
        whole = replace(scope, bodies=tuple(names))
        total = _sums(session, office, whole, MEETINGS)
    lines = [
        _line(
            office, (name,), replace(scope, bodies=(code,)), sums.get(code, {}), seats, said=_told(office, code, sums)
        )
        for code, name in names.items()
    ]
    lines.append(_line(office, (TOGETHER,), whole, total.get("", {}), seats))
    return _table(
        "六会运行情况", span, ("会名", *map(head, (MEMBERS, *MEETINGS)), "专项指标"), lines, JOINT, total=True
    )


def villages(office: Office, span: Span) -> Table:
    """The same columns for each village, its councils together."""
    with office.desk.reading() as session:
        scope = replace(scope_of(span), bodies=tuple(councils(session, office)))
        orgs, seats = board.villages(session, office), _seats(session, office, scope)
        sums = _sums(session, office, scope, MEETINGS, "village")
        total = _sums(session, office, scope, MEETINGS)
    lines = [
        _line(office, (name,), replace(scope, village=org), sums.get(org, {}), seats) for org, name in orgs.items()
    ]
    lines.append(_line(office, (TOGETHER,), scope, total.get("", {}), seats))
    return _table("各村六会运行情况", span, ("村", *map(head, (MEMBERS, *MEETINGS))), lines, JOINT, total=True)


def ledgers(office: Office, span: Span) -> Table:
    """六会专项指标: what each council's ledgers tell, month by month and together."""
    columns = {word: part for word, part in span.columns.items() if str(part.first) <= clock.today()}
    with office.desk.reading() as session:
        names = councils(session, office)
        parts = [
            (scope, _sums(session, office, scope, LEDGERS, "body"))
            for scope in map(scope_of, (*columns.values(), span))
        ]
    lines = []
    for code, name in names.items():
        for figure in own(code):
            numbers = [
                _number(office, figure, replace(scope, bodies=(code,)), sums.get(code, {})) for scope, sums in parts
            ]
            if figure.shared and not any(number.value for number in numbers):
                continue
            lines.append(Line((name, head(figure)), tuple(numbers), _rate(figure, parts[-1][1].get(code, {}))))
    heads = ("会名", "指标", *columns, TOGETHER, "占比")
    return _table("六会专项指标", span, heads, lines)


def by_month(office: Office, number: Number, year: int) -> list[Number]:
    """A number of each month of a year that has begun."""
    whole = Span(date(year, 1, 1), date(year, 12, 31))
    scopes = [
        replace(number.scope, since=one.since, until=one.until)
        for one in map(scope_of, whole.cut(1))
        if one.since <= one.until
    ]
    with office.desk.reading() as session:
        if number.figure is MEMBERS:
            return [replace(number, scope=s, value=len(_members(_seats(session, office, s), s))) for s in scopes]
        if number.figure.stands:
            sums = {s.since[:7]: _sums(session, office, s, [number.figure]).get("", {}) for s in scopes}
        else:
            days = replace(number.scope, since=str(whole.first), until=scopes[-1].until) if scopes else number.scope
            sums = _sums(session, office, days, [number.figure], "month")
    return [_number(office, number.figure, s, sums.get(s.since[:7], {})) for s in scopes]


def records(office: Office, number: Number) -> list[Key]:
    """The records a number stands on."""
    with office.desk.reading() as session:
        if number.figure is MEMBERS:
            return _members(_seats(session, office, number.scope), number.scope)
        return behind(session, office.by, number.figure, number.scope)


def plain(office: Office, scope: Scope) -> list[dict[str, Any]]:
    """Rows ``{village, body, members, …one number a figure}`` for a program: those figures a body's ledgers can add to."""
    figures = (*MEETINGS, *LEDGERS)
    with office.desk.reading() as session:
        rows = {
            (r["village"], r["body"]): r
            for r in rollup(session, office.by, scope, figures=figures, by=("village", "body"))
        }
        seats = _seats(session, office, scope)
    found = []
    for village, body in sorted(rows.keys() | {(org, code) for org, code, _ in seats}):
        own_scope = replace(scope, village=village, bodies=(body,))
        line = _line(
            office, (), own_scope, rows.get((village, body), {}), seats, figures=[f for f in figures if f.of(body)]
        )
        found.append({"village": village, "body": body} | {n.figure.key: _bare(n) for n in line.numbers})
    return found


def councils(session: Session, office: Office) -> dict[str, str]:
    """Code → name of the councils told of: the six first, then those a village has added; at the village as it calls them."""
    found = {
        kept.record.key: kept.record.name
        for kept in queries.listed(session, office.by, Council, by_id=True)
        if isinstance(kept.record, Council) and (office.by.level == "village" or kept.record.key not in SIX)
    }
    return SIX | dict(sorted(found.items()))


def scope_of(span: Span) -> Scope:
    """The days of a span as far as they have come: what is planned has not been done yet."""
    return Scope(str(span.first), min(str(span.last), clock.today()))


def head(figure: Figure) -> str:
    """A figure and what it is counted in."""
    word = figure.unit.word
    return figure.label if figure.label.endswith(word) else f"{figure.label}（{word}）"


# --- a table's parts ---------------------------------------------------------------------------------


def _table(
    title: str, span: Span, heads: tuple[str, ...], lines: Sequence[Line], note: str = "", *, total: bool = False
) -> Table:
    hidden = HIDDEN if any(number.value is None for line in lines for number in line.numbers) else ""
    today = date.fromisoformat(clock.today())
    when = span.name if span.last <= today else f"{span.name}，截至{today.month}月{today.day}日"
    return Table(title, when, heads, tuple(lines), note + hidden, total)


def _sums(
    session: Session, office: Office, scope: Scope, figures: Sequence[Figure], by: str = ""
) -> dict[str, dict[str, Any]]:
    """The sums of figures, by village or body, or under "" of all together."""
    rows = rollup(session, office.by, scope, figures=figures, by=(by,) if by else ())
    return {row[by] if by else "": row for row in rows}


def _line(
    office: Office,
    words: tuple[str, ...],
    scope: Scope,
    sums: Sums,
    seats: Iterable[tuple[str, str, str]],
    *,
    figures: Sequence[Figure] = MEETINGS,
    said: str = "",
) -> Line:
    members = Number(MEMBERS, scope, len(_members(seats, scope)))
    return Line(words, (members, *(_number(office, figure, scope, sums) for figure in figures)), said)


def _number(office: Office, figure: Figure, scope: Scope, sums: Sums) -> Number:
    return Number(figure, scope, sums.get(figure.key, 0) if told(office.by, figure, scope.bodies) else None)


def _told(office: Office, body: str, sums: Mapping[str, Sums]) -> str:
    """What a council's ledgers tell, in a line: what is none is not said."""
    own_sums, said = sums.get(body, {}), []
    for figure in own(body):
        number = _number(office, figure, Scope(bodies=(body,)), own_sums)
        if number.value:
            rate = _rate(figure, own_sums)
            said.append(f"{figure.label}{number.shown}{figure.unit.word}{f'（{rate}）' if rate else ''}")
    return "，".join(said)


def _rate(figure: Figure, sums: Sums) -> str:
    """Which part of its whole a figure is, in words; nothing where there is no whole, or it may not be told."""
    part, whole = sums.get(figure.key), sums.get(figure.over)
    return f"{figure.rate}{(200 * part + whole) // (2 * whole)}%" if part is not None and whole else ""


def _bare(number: Number) -> int | float | None:
    """A number for a program: whole where it is whole."""
    if number.value is None or not number.value % number.figure.unit.parts:
        return number.value and number.value // number.figure.unit.parts
    return float(number.figure.unit.told(number.value))


def _seats(session: Session, office: Office, scope: Scope) -> list[tuple[str, str, str]]:
    """Org, code and post of everybody who sits in a council on the last day; also in one whose work another has taken over."""
    day = date.fromisoformat(scope.until)
    known: dict[str, list[tuple[Council, str]]] = {}
    for kept in queries.listed(session, office.by, Council):
        if isinstance(kept.record, Council):
            known.setdefault(kept.org, []).append((kept.record, kept.id))
    return [
        (kept.org, code, kept.id)
        for kept in queries.listed(session, office.by, Post)
        if isinstance(kept.record, Post) and roster.held(kept.record, day)
        for council, identifier in known.get(kept.org, ())
        if roster.sits(kept.record, council.key, council.name, identifier)
        for code in dict.fromkeys((council.key, *council.covers))
        if roster.wears(council, code)
    ]


def _members(seats: Iterable[tuple[str, str, str]], scope: Scope) -> list[Key]:
    """The posts behind the number of members, each once."""
    found = {
        ("post", org, post)
        for org, code, post in seats
        if scope.village in ("", org) and (not scope.bodies or code in scope.bodies)
    }
    return sorted(found)
