"""卷宗体检: what a case file still lacks, piece by piece, in plain words, each with the field that mends it.

Nothing here blocks; what the law forbids stands among the rules of the case.  Which pieces a file must have follows the list of
司发通〔2010〕239号 as far as it is known (domain §3.2): county offices may ask for more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from villagedesk.records.kinds.mediation.case import AGREED, Case
from villagedesk.records.kinds.mediation.lines import Paper, Piece
from villagedesk.records.kinds.mediation.lists import AgreementForm, Confirmation, Result, Source


class Mark(StrEnum):
    """How a piece stands: all right, must be mended, look again, not yet, not needed."""

    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True)
class Finding:
    """One line of the check; `must` whether the file needs the piece; `field` what mends it."""

    name: str
    mark: Mark
    must: bool
    text: str
    field: str


@dataclass(frozen=True)
class Check:
    """All of it.  `score` in hundredths of what the file must have by now."""

    findings: tuple[Finding, ...]

    @property
    def score(self) -> int:
        counted = [one for one in self.findings if one.must and one.mark is not Mark.LATER]
        good = sum(one.mark is Mark.GOOD for one in counted)
        return good * 100 // len(counted) if counted else 100

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return tuple(one for one in self.findings if one.mark is Mark.BAD)


def examined(case: Case) -> Check:
    """The check of a case as it stands."""
    return Check((*_pieces(case), *_days(case)))


def _pieces(case: Case) -> Iterator[Finding]:
    settled = case.stage in AGREED or case.result is Result.SETTLED
    oral = case.form is AgreementForm.ORAL
    applied = case.source is Source.APPLIED
    yield _signed(case, Paper.APPLICATION, must=False, there=applied, why="本案不是依申请")
    yield _signed(case, Paper.REGISTER, must=True, there=True)
    yield _signed(case, Paper.NOTICE, must=True, there=True)
    yield _signed(case, Paper.IDENTITY, must=True, there=True)
    yield _signed(case, Paper.AGENCY, must=bool(case.agents), there=bool(case.agents), why="没有代理人")
    yield _signed(
        case,
        Paper.INQUIRY,
        must=bool(case.inquiries),
        there=bool(case.inquiries),
        why="没有调查记录",
        field="inquiries",
    )
    yield _written(Paper.EVIDENCE, bool(case.evidence), False, f"{len(case.evidence)}件", "没有证据材料", "evidence")
    if case.sittings:
        yield _signed(case, Paper.RECORD, must=True, there=True)
    elif oral and settled:
        yield Finding(Paper.RECORD.label, Mark.NONE, False, "口头协议，当场办结", "sittings")
    else:
        yield Finding(Paper.RECORD.label, Mark.LATER if _early(case) else Mark.BAD, True, "还没有调解记录", "sittings")
    if settled:
        yield from _agreement(case, Paper.ORAL if oral else Paper.AGREEMENT)
    elif case.stage in ("ended", "told") or case.result in (Result.FAILED, Result.WITHDRAWN):
        yield _signed(case, Paper.ENDING, must=True, there=True)
    yield from _afterwards(case, settled)


def _early(case: Case) -> bool:
    return case.stage in ("registered", "accepted", "inquiring")


def _agreement(case: Case, paper: Paper) -> Iterator[Finding]:
    """The four contents of an agreement (人民调解法 art. 29), and the signatures on it."""
    content = (
        (len(case.parties) >= 2, "缺当事人", "parties"), (bool(case.facts.strip()), "缺纠纷主要事实、争议事项", "facts"),
        (bool(case.terms.strip()), "缺协议内容", "terms"), (bool(case.way.strip() or case.promises), "缺履行方式和期限", "way"),
    )  # fmt: skip
    for there, text, field in content:
        if not there:
            yield Finding(paper.label, Mark.BAD, True, text, field)
            return
    copies = len(case.parties) + 1
    yield _signed(case, paper, must=True, there=True, said=f"一式{copies}份，当事人各一份、调委会一份")


def _afterwards(case: Case, settled: bool) -> Iterator[Finding]:
    if not settled:
        return
    done = bool(case.promises) and all(one.done_on for one in case.promises)
    proofs = [one for one in case.promises if one.proof.strip()]
    if proofs:
        yield Finding(Paper.PROOF.label, Mark.GOOD, False, f"{len(proofs)}件", "promises")
    else:
        text = "履行了，没有留凭证" if done else "等履行"
        yield Finding(Paper.PROOF.label, Mark.WARN if done else Mark.LATER, False, text, "promises")
    if case.revisits:
        yield _signed(case, Paper.REVISIT, must=case.form is AgreementForm.WRITTEN, there=True)
    else:
        over = case.stage in ("closed", "filed")
        written = case.form is AgreementForm.WRITTEN
        yield Finding(
            Paper.REVISIT.label, Mark.WARN if over and written else Mark.LATER, False, "还没有回访", "revisits"
        )
    if case.confirmation in (None, Confirmation.WANTED):
        until = case.confirm_until
        text = "不属于司法确认范围" if case.status else f"可申请到{_said(until)}" if until else "没有申请"
        yield Finding(Paper.CONFIRMATION.label, Mark.NONE, False, text, "confirmation")
    else:
        yield Finding(Paper.CONFIRMATION.label, Mark.GOOD, False, case.confirmation.label, "confirmation")


def _days(case: Case) -> Iterator[Finding]:
    """Whether the days follow each other."""
    order: list[tuple[str, date | None, str]] = [
        ("受理", case.accepted_on, "accepted_on"),
        *(("调查", one.at.date(), "inquiries") for one in case.inquiries if one.at),
    ]
    sat = [one.at.date() for one in case.sittings if one.at]
    order += [("调解", min(sat), "sittings")] if sat else []
    order += [("协议", case.agreed_on, "agreed_on")]
    order += [("回访", one.on, "revisits") for one in case.revisits]
    order += [("立卷", case.filed_on, "filed_on")]
    known = [(name, day, field) for name, day, field in order if day is not None]
    first = case.accepted_on
    for name, day, field in known[1:]:
        if day < first:
            yield Finding("日期先后", Mark.BAD, True, f"{name}日期早于受理日期", field)
            return
    agreed = case.agreed_on
    wrong = [
        name
        for name, day, _ in known
        if agreed and ((name == "调解" and day > agreed) or (name == "回访" and day < agreed))
    ]
    if wrong:
        yield Finding("日期先后", Mark.BAD, True, f"{wrong[0]}日期和协议日期前后不对", "agreed_on")
    else:
        yield Finding("日期先后", Mark.GOOD, True, "前后对得上", "accepted_on")


def _piece(case: Case, paper: Paper) -> Piece | None:
    return next((one for one in case.pieces if one.paper is paper), None)


def _signed(
    case: Case, paper: Paper, *, must: bool, there: bool, why: str = "", field: str = "pieces", said: str = ""
) -> Finding:
    """A piece that is printed and signed by hand: whether the signatures were ticked as collected."""
    one = _piece(case, paper)
    if one is not None and one.signed and not one.lacking.strip():
        pages = f"，{one.pages}页" if one.pages else ""
        return Finding(paper.label, Mark.GOOD, must, (said or "签字齐了") + pages, "pieces")
    if one is not None and one.lacking.strip():
        return Finding(paper.label, Mark.BAD if must else Mark.WARN, must, one.lacking.strip(), "pieces")
    if not there:
        return Finding(paper.label, Mark.NONE, False, why, field)
    return Finding(paper.label, Mark.BAD if must else Mark.WARN, must, "还没有签字盖章", "pieces")


def _written(paper: Paper, there: bool, must: bool, good: str, none: str, field: str) -> Finding:
    return Finding(paper.label, Mark.GOOD if there else Mark.NONE, must, good if there else none, field)


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
