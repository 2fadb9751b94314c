"""Receipts on their way out: what happened to a declaration, as each format tells it.

A receipt is a projection of what was announced; none is kept, and no code is a state. Portal, API
and command line give the same ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, versions
from tongguan.domain.declarations.records import DeclarationRow, VersionRow
from tongguan.domain.declarations.values import Kind, Submission
from tongguan.domain.revenue.queries import assessment_of, taxed
from tongguan.domain.revenue.values import Assessment
from tongguan.domain.review.queries import queries_of
from tongguan.domain.risk.criteria import Treatment
from tongguan.domain.risk.queries import selection_of
from tongguan.domain.risk.values import Selection
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.facilities.announcements.values import Announced, Cursor
from tongguan.interfaces.messages.receipts import problems, singlewindow, wco
from tongguan.interfaces.messages.receipts.facts import Fact, Levied
from tongguan.interfaces.messages.receipts.projection import NOTE_ONLY, Way, way_of, ways
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.processes.lodgement.decide import local_day

FACTS: Final[Mapping[str, str]] = {
    "DeclarationAccepted": "ACCEPTED",
    "Released": "RELEASED",
    "GateOut": "RELEASE_EXECUTED",
    "Departed": "DEPARTED",
    "Closed": "CLOSED",
    "Cancelled": "CANCELLED",
    "Refused": "REFUSED",
}
"""Which fact an event tells; holds are told by their kind."""
TELLING: Final = {"question", "subject"}
"""Facts of a hold that are words of customs to the trader."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt.

    Attributes:
        cursor: its place among all that happened; the list goes on from it, and never changes.
        kind: the fact it tells, as `projection.csv` lists.
        code: the single window's code; empty where that tells nothing of this.
        function: the function code of a WCO response, likewise.
        english, chinese: the words of the code.
        fact: everything it tells.
    """

    cursor: Cursor
    kind: str
    code: str
    function: str
    english: str
    chinese: str
    fact: Fact

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the forms it can be handed out in."""
        told = (("singlewindow", self.code), ("wco", self.function))
        return tuple(form for form, code in told if code)

    def text(self, language: str) -> str:
        """Return the words of its code in a reader's language."""
        return self.chinese if language.startswith("zh") else self.english


@dataclass(frozen=True, slots=True)
class _Life:
    """All that receipts of one declaration are made of."""

    head: DeclarationRow
    sent: Submission
    versions: tuple[VersionRow, ...]
    holds: Mapping[str, HoldRow]
    documents: frozenset[str]
    assessment: Assessment | None
    selection: Selection | None
    events: Sequence[Announced]


def receipts(head: DeclarationRow, *, after: Cursor | None = None) -> tuple[Receipt, ...]:
    """Return the receipts of a declaration that the caller may see, in order.

    Args:
        head: the declaration.
        after: only what comes after this cursor, and of that only what nothing can come before.

    Cost: six statements by index, whatever its length.
    """
    life = _life(head, settled=after is not None)
    told = (_receipt(event, life) for event in life.events)
    place = after or Cursor()
    return tuple(one for one in told if one is not None and one.cursor > place)


def written(head: DeclarationRow, cursor: str, form: str) -> bytes:
    """Return one receipt as a document: a single-window receipt or a WCO response.

    Raises:
        ProblemError: MSG-090 there is no such receipt, or none in that form.
    """
    found = next((one for one in receipts(head) if str(one.cursor) == cursor), None)
    document = None if found is None or form not in found.forms else _WRITERS[form](found.fact)
    if document is None:
        raise problems.NOT_TOLD.error(cursor=cursor)
    return document


def _wco(fact: Fact) -> bytes | None:
    codes = Translation.shipped().on("wco", local_day(fact.at))
    return wco.write(fact, codes.table("tax"))


_WRITERS: Final[Mapping[str, Callable[[Fact], bytes | None]]] = {
    "singlewindow": singlewindow.write,
    "wco": _wco,
}


def _life(head: DeclarationRow, *, settled: bool) -> _Life:
    return _Life(
        head,
        content(head.id),
        versions(head.id),
        {str(row.id): row for row in holds_of(head.id)},
        frozenset(str(one.hold_id) for one in queries_of(head.id) if one.document),
        assessment_of(head.id),
        selection_of(head.id),
        events_of(head.id, settled=settled),
    )


def _receipt(event: Announced, life: _Life) -> Receipt | None:
    fact = _fact(event, life)
    if fact is None:
        return None
    way = _way(fact)
    if way is None or not (way.channel or way.function):
        return None
    code = "" if way.channel == NOTE_ONLY else way.channel
    return Receipt(event.cursor, fact.kind, code, way.function, way.words_en, way.words_zh, fact)


def _fact(event: Announced, life: _Life) -> Fact | None:
    """Return what an event tells, None where it is told nobody."""
    hold = life.holds.get(event.facts.get("hold", ""))
    kind = FACTS.get(event.kind, "")
    if event.kind == "HoldOpened":
        kind = f"HOLD_OPENED:{event.facts['kind']}"
    elif event.kind == "HoldDischarged":
        kind = f"HOLD_ENDED:{event.facts['kind']}"
    if not kind:
        return None
    head = life.head
    opened = event.kind == "HoldOpened" and hold is not None
    owes = opened and hold is not None and hold.kind is HoldKind.PAYMENT
    return Fact(
        kind=kind,
        mark=_mark(kind, event, life),
        id=f"{head.number}-{event.cursor.id}",
        at=event.at,
        reference=head.reference,
        number=head.number,
        office=head.declaration_office if hold is None else hold.office,
        version=_version(life.versions, event.at),
        words=_words(hold) if opened else "",
        due_at=hold.due_at if opened and hold is not None else None,
        declared_at=head.accepted_at,
        entry_date=life.sent.entry_date,
        charges=_charges(life.assessment) if owes else (),
    )


def _mark(kind: str, event: Announced, life: _Life) -> str:
    """Return which of several ways of telling fits."""
    if life.head.kind is Kind.SUMMARY:
        return "summary"
    if kind == "ACCEPTED":
        arrives = any(
            row.kind is HoldKind.ARRIVAL and row.opened_at == event.at
            for row in life.holds.values()
        )
        return "advance" if arrives else ""
    if kind == "HOLD_OPENED:QUERY":
        return "" if event.facts.get("hold") in life.documents else "fact"
    if kind == "HOLD_OPENED:INSPECTION":
        asked = () if life.selection is None else life.selection.treatments
        return "quarantine" if set(asked) == {str(Treatment.QUARANTINE)} else ""
    if kind == "RELEASED" and _secured(life.events, event):
        return "secured"
    return ""


def _secured(events: Iterable[Announced], released: Announced) -> bool:
    """Return whether goods were released on a guarantee, not on payment."""
    before = [one.kind for one in events if one.cursor < released.cursor]
    return "TaxesSecured" in before and "TaxesPaid" not in before


def _version(known: Sequence[VersionRow], at: datetime) -> int:
    """Return the version that was in force at a moment; `known` has the latest first."""
    return next((one.number for one in known if one.made_at <= at), 1)


def _words(hold: HoldRow | None) -> str:
    """Return what customs says to the trader with a hold."""
    if hold is None:
        return ""
    return " ".join(words for name, words in sorted(hold.facts.items()) if name in TELLING)


def _charges(assessment: Assessment | None) -> tuple[Levied, ...]:
    if assessment is None:
        return ()
    return tuple(
        Levied(one.line, one.tax, *taxed(one), one.levied)
        for one in assessment.charges
        if one.levied
    )


def _way(fact: Fact) -> Way | None:
    """Return how a fact is told, None where no format tells it."""
    return way_of(fact) if any(way.kind == fact.kind for way in ways()) else None
