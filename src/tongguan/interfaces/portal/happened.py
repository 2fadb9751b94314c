"""What happened to a declaration, in the reader's words: events, and the acts of its ledger."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final
from uuid import UUID

from django.utils.translation import gettext

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.inspection.values import Part
from tongguan.domain.review.values import Consequence
from tongguan.facilities.announcements.values import Announced
from tongguan.facilities.ledger.values import EntryRow
from tongguan.interfaces.pages.wording import number
from tongguan.kernel.text import Term, _

from . import names

EVENTS: Final[Mapping[str, str]] = {
    "DeclarationAccepted": _("Accepted under number {number}"),
    "HoldOpened": _("Waits for: {kind} ({office})"),
    "HoldDischarged": _("Done: {kind}"),
    "Released": _("Released"),
    "Departed": _("The goods have left"),
    "Closed": _("Closed: nothing is left to do"),
    "Cancelled": _("Cancelled"),
    "Refused": _("Refused by customs"),
    "QueryAsked": _("Customs asks: {question}"),
    "QueryAnswered": _("You answered what customs asked"),
    "ReviewClosed": _("Documentary check finished"),
    "InspectionAppointed": _("Examination appointed: {place}"),
    "InspectionPrepared": _("Examination record to be signed; the declaration's page leads to it"),
    "InspectionRecorded": _("Examination record signed by all"),
    "CaseDecided": _("A finding is decided: {consequence}"),
    "TaxesPaid": _("Paid: {total} CNY, bank reference {bank_reference}"),
    "TaxesSecured": _("Secured: {total} CNY on guarantee {guarantee}"),
    "TransitDeparted": _("Left under seal on {vehicle} for {destination}"),
    "TransitArrived": _("Arrived under seal at {destination}"),
    "AssessedAnew": _("Computed anew by the day the transport was declared: {total} CNY"),
    "RefundOrdered": _("To be given back: {total} CNY, by {bank}"),
    "LicenceNamed": _("Licence {licence} named"),
    "LicenceConfirmed": _("Licence {licence} confirmed by its agency"),
    "LicenceDeclined": _("Licence {licence} declined by its agency"),
    "Stopped": _("Stopped by a coordination centre"),
    "InstructionLifted": _("No longer stopped by a coordination centre"),
    "OrderSent": _("Release order for {unit} sent to {office}"),
    "OrderRecalled": _("Release order for {unit} recalled"),
    "GateOut": _("{unit} left through the gate of {site}"),
}
ACTS: Final[Mapping[str, str]] = {
    "ACCEPTED": _("Accepted under number {number}"),
    "RELEASED": _("Released"),
    "DEPARTED": _("The goods have left"),
    "CLOSED": _("Closed: nothing is left to do"),
    "CANCELLED": _("Cancelled"),
    "REFUSED": _("Refused by customs"),
    "HOLD_OPENED": _("Waits for: {hold}"),
    "HOLD_DISCHARGED": _("Done: {hold}"),
    "REVIEW_CLOSED": _("Documentary check finished"),
    "QUERY_ASKED": _("Customs asked"),
    "QUERY_ANSWERED": _("Answer given"),
    "VISIT_RECORDED": _("Visit at the office recorded"),
    "CASE_DECIDED": _("A finding is decided: {consequence}"),
    "HOLD_HANDED_OVER": _("Another's turn: {hold}"),
    "INSPECTION_APPOINTED": _("Examination appointed"),
    "EARLY_AGREED": _("Agreed that the examination begins earlier"),
    "OFFICERS_DRAWN": _("Two officers were drawn"),
    "REPLACEMENT_ASKED": _("Other officers were asked for"),
    "OFFICERS_REPLACED": _("Other officers took over"),
    "ABSENCE_DECLARED": _("Customs was told that nobody attends"),
    "WITNESS_ARRIVED": _("Attending person recorded"),
    "WITNESS_ABSENT": _("Nobody of the enterprise attends"),
    "KEEPER_ATTENDS": _("The keeper of the goods attends as witness"),
    "INSPECTION_STARTED": _("Examination begun"),
    "RECORD_PREPARED": _("Examination record to be signed"),
    "SIGNATURE_REFUSED": _("The attending person refused to sign: {words}"),
    "SIGNING_CODE_GIVEN": _("One-time code given to the enterprise"),
    "SIGNING_CODE_WRONG": _("A wrong one-time code was entered"),
    "RECORD_SIGNED": _("Examination record signed in part: {part}"),
    "RECORD_SUPPLEMENTED": _("Added to the examination record: {words}"),
    "INSPECTION_RECORDED": _("Examination record signed by all"),
    "INSTRUCTION_GIVEN": _("Stopped by a coordination centre"),
    "LIFTING_ASKED": _("Asked that it may go on; a second officer confirms"),
    "INSTRUCTION_LIFTED": _("No longer stopped by a coordination centre"),
    "REVOCATION_DECIDED": _("Revoked: {words}"),
    "REFUSAL_DECIDED": _("Refused by customs: {words}"),
    "LICENCE_CONFIRMED": _("Licence {number} confirmed by its agency"),
    "LICENCE_DECLINED": _("Licence {number} declined by its agency: {words}"),
    "LICENCE_CREDITED": _("Licence {number} credited again"),
    "ASSESSED_ANEW": _("Computed anew by the day the transport was declared: {total} CNY"),
    "SECOND_STEP_DUE": _("Second step due by {due}, counted from the transport's declaration"),
    "CERTIFICATE_DEBITED": _("Certificate {certificate} used for line {line}: {quantity}"),
    "CERTIFICATE_CREDITED": _("Certificate {certificate} credited again"),
    "AGENCY_NO_LONGER_ASKED": _("Licence {number}: its agency is no longer asked"),
    "BILL_FREED": _("Bill {bill} may be declared anew"),
    "GUARANTEE_CREDITED": _("Guarantee {guarantee} credited again: {total} CNY"),
    "RECOVERY_BARRED": _("Nothing more is recovered: the time for it is over"),
    "REFUND_ORDERED": _("To be given back: {total} CNY, by {bank}"),
    "PAYMENT_RECORDED": _("Payment confirmed by {bank}: {total} CNY"),
    "PAYMENT_SECURED": _("Secured on guarantee {guarantee}: {total} CNY"),
    "GOODS_ELSEWHERE": _("The goods lie at another office than declared"),
    "MANIFEST_DIFFERS": _("The manifest came later and differs from the declaration"),
    "TRANSIT_DEPARTED": _("Left under seal"),
    "TRANSIT_ARRIVED": _("Arrived under seal"),
    "TRANSIT_ARRIVAL_DOUBTED": _("An arrival was reported sooner than the way allows"),
    "TRANSIT_ENQUIRED": _("Customs asks after the overdue movement"),
    "TRANSIT_GUARANTOR_CALLED": _("The guarantor of the overdue movement was called"),
    "RELEASE_ORDER_SENT": _("Release order for {unit} sent"),
    "RELEASE_ORDER_WITHHELD": _(
        "No release order for {unit}: it is listed under another bill, or its goods in containers"
    ),
    "RELEASE_ORDER_ACKNOWLEDGED": _("Release order for {unit} acknowledged"),
    "RECALL_ASKED": _("Recall asked for {unit}"),
    "RELEASE_ORDER_RECALLED": _("Release order for {unit} recalled"),
    "GATE_OUT": _("{unit} left through the gate of {site}"),
}
"""Only these facts are told: what officers wrote for one another stays with them."""
STATES: Final[Mapping[str, str]] = {
    "Released": "RELEASED",
    "Departed": "DEPARTED",
    "Closed": "CLOSED",
    "Cancelled": "CANCELLED",
    "Refused": "REFUSED",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened; `seal` begins the hash of a ledger entry."""

    at: datetime
    words: str
    subject: UUID
    by: str = ""
    seal: str = ""


def events(found: Iterable[Announced], day: date) -> list[Told]:
    """Return events in words, in the order given."""
    return [Told(one.at, _words(EVENTS, one.kind, one.facts, day), one.subject) for one in found]


def acts(found: Iterable[EntryRow], day: date) -> list[Told]:
    """Return the acts of a ledger in words, in the order given."""
    return [
        Told(
            one.at,
            _words(ACTS, one.kind, one.facts, day),
            one.chain,
            gettext("the system itself") if one.by == "system" else one.by,
            one.hash.hex()[:12],
        )
        for one in found
    ]


def moments(accepted_at: datetime, found: Iterable[Announced]) -> dict[str, datetime]:
    """Return when each state was reached."""
    reached = {STATES[one.kind]: one.at for one in found if one.kind in STATES}
    return {"ACCEPTED": accepted_at, **reached}


def _words(said: Mapping[str, str], kind: str, facts: Mapping[str, str], day: date) -> str:
    if kind not in said:
        return kind.replace("_", " ").lower() if kind.isupper() else kind
    shown = {name: _fact(name, value, day) for name, value in facts.items()}
    try:
        return gettext(said[kind]).format(**shown)
    except KeyError:
        return gettext(said[kind]).partition("{")[0].rstrip(" :：(（")


def _term(terms: type[Term], value: str) -> str:
    return next((gettext(one.label) for one in terms if str(one) == value), value)


def _fact(name: str, value: str, day: date) -> str:
    if name in {"kind", "hold"} and value in HoldKind.__members__:
        return gettext(HoldKind(value).label)
    if name in READ:
        return READ[name](value)
    if name in {"office", "destination"}:
        found = names.office(value, day)
        return f"{found.code} {found.chinese}".strip()
    if name == "total":
        try:
            return f"{Decimal(value):,}"
        except InvalidOperation:
            return value
    return value


READ: Final[Mapping[str, Callable[[str], str]]] = {
    "number": number,
    "consequence": partial(_term, Consequence),
    "part": partial(_term, Part),
}
"""How a fact is read, where its value is a code."""
