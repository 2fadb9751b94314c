"""Which holds an accepted declaration begins with. Pure; the table of `clearance.lifecycle`."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import Act, HoldKind, Why
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.rules.permits import (
    demanded,
    lacking,
    unknown_letters,
    with_letters,
)
from tongguan.domain.declarations.values import Flow, Kind, Mode, Offices, Submission
from tongguan.domain.permits.rules.asked import asked, missing
from tongguan.domain.permits.values import Asked
from tongguan.domain.reference.hours import decision_due
from tongguan.domain.reference.values import Demand, Snapshot, TariffLine
from tongguan.domain.revenue.values import Assessment
from tongguan.domain.risk.criteria import Place
from tongguan.domain.risk.values import Selection
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import LOCAL


def opening(
    id_: DeclarationId,
    submission: Submission,
    *,
    mode: Mode,
    bill: BillRow | None,
    assessment: Assessment,
    selection: Selection | None,
    home: str,
    proven: bool,
    reference: Snapshot,
    now: datetime,
) -> tuple[NewHold, ...]:
    """Return what stands in the way of a declaration at its acceptance.

    Without a selection these are the holds that follow from the declaration itself: all that may
    be told of one that is not accepted. `home` is the office that the trader is registered at,
    `proven` False where the trader has to show that the bill is his.

    Cost: 2 µs where nothing does.
    """
    offices, day = submission.offices, now.astimezone(LOCAL).date()
    rows = [reference.tariff.line(line.commodity or "", day) for line in submission.lines]
    out = departure_office(submission, mode)
    holds = _arrival(id_, submission, out or _goods(offices), bill, reference, now)
    documents = selection is not None and selection.documents
    examined = _examined(
        id_, submission, selection, out=out, home=home, reference=reference, now=now
    )
    elsewhere = (
        examined is not None
        and examined.blocks is Act.RELEASE
        and examined.office != _goods(offices)
    )
    if out:
        facts = {"destination": _goods(offices)}
        holds.append(NewHold(id_, HoldKind.TRANSIT, _goods(offices), Why.MOVING_OUT, facts, now))
    elif mode is Mode.TRANSIT or (mode is Mode.REGIONAL and elsewhere):
        to = (offices.inspection if elsewhere else offices.declaration) or ""
        facts = {"destination": to}
        holds.append(NewHold(id_, HoldKind.TRANSIT, to, Why.MOVING, facts, now))
    unread = unknown_letters(rows, reference.permit_rules.on(day))
    unproven = assessment.unproven
    doubt = value_doubt(submission)
    if documents or assessment.undetermined or unread or unproven or doubt:
        due = decision_due(now, reference)
        facts = reference.calendar.beyond(last_day(due))
        office = offices.declaration or ""
        why = Why.SELECTED if documents else Why.UNDETERMINED
        if unproven and not documents:
            why = Why.RELIEF_UNPROVEN
        elif unread and not documents:
            why, facts = Why.LETTERS_UNKNOWN, {**facts, "letters": unread}
        elif doubt is not None and not documents:
            why = doubt
        holds.append(NewHold(id_, HoldKind.REVIEW, office, why, facts, now, due))
    holds += [] if proven else [unproven_holder(id_, submission, reference, now)]
    if examined is not None:
        holds.append(examined)
    holds += _permits(id_, submission, rows, reference, now)
    summary = submission.kind is Kind.SUMMARY
    if assessment.payable:
        office = offices.payment or offices.declaration or ""
        due = payment_due(now, reference)
        facts = {"amount": str(assessment.payable), **reference.calendar.beyond(last_day(due))}
        why = Why.SECURITY_DUE if summary else Why.DUTY_DUE
        holds.append(NewHold(id_, HoldKind.PAYMENT, office, why, facts, now, due))
    if summary:
        due = supplement_due(now, bill, reference)
        office, facts = offices.declaration or "", reference.calendar.beyond(last_day(due))
        holds.append(NewHold(id_, HoldKind.SUPPLEMENT, office, Why.SECOND_STEP, facts, now, due))
    return tuple(holds)


def unproven_holder(
    id_: DeclarationId, submission: Submission, reference: Snapshot, now: datetime
) -> NewHold:
    """Return the check of who holds a bill that the manifest makes out to no trader."""
    due = decision_due(now, reference)
    facts = {"bill": submission.bill or "", **reference.calendar.beyond(last_day(due))}
    office = submission.offices.declaration or ""
    return NewHold(id_, HoldKind.REVIEW, office, Why.HOLDER_UNPROVEN, facts, now, due)


def value_doubt(submission: Submission) -> Why | None:
    """Return why the price declared may not be the customs value, as the trader himself confirms.

    A price that the relation affects is no transaction value. Royalties are part of the value; they
    count as included where another charge is declared that adds to it.
    Source: Order 236; announcement 58 of 2019: royalties are declared with the other charges.
    """
    if submission.flow is not Flow.IMPORT:
        return None
    confirmed, other = submission.confirmations, submission.charges.other
    if confirmed.price_effect:
        return Why.PRICE_AFFECTED
    added = other is not None and other.rate is not None and other.rate > 0
    return Why.ROYALTIES_APART if confirmed.royalties and not added else None


def supplement_due(now: datetime, bill: BillRow | None, reference: Snapshot) -> datetime:
    """Return the end of the last day for the second step.

    Source: announcement on the two-step declaration of 2019: 14 days from the transport's
        declaration, the first not counted; a holiday moves the end to the next working day. Our
        reading: while the transport is not declared, from acceptance; the deadline is set anew
        when it is.

    Args:
        now: acceptance of the first step.
        bill: what is known of the goods.
        reference: calendar and days of the region.
    """
    day = now.astimezone(LOCAL).date()
    declared = None if bill is None else bill.transport_at
    since = day if declared is None else declared.astimezone(LOCAL).date()
    days = reference.parameters.whole("supplement_days", day)
    last = reference.calendar.next_working(since + timedelta(days=days))
    return datetime.combine(last + timedelta(days=1), time(), LOCAL)


def departure_office(submission: Submission, mode: Mode) -> str:
    """Return where goods are cleared before they move under seal to the office of exit.

    Empty for all but exports by transit. Source: exports by transit are declared, examined and
    released at the office of departure, and discharged by their arrival at the exit.
    """
    out = mode is Mode.TRANSIT and submission.flow is Flow.EXPORT
    return (submission.offices.declaration or "") if out else ""


def _arrival(
    id_: DeclarationId,
    submission: Submission,
    office: str,
    bill: BillRow | None,
    reference: Snapshot,
    now: datetime,
) -> list[NewHold]:
    """Return the wait for goods that have not been reported at an office, with its deadline.

    Goods without a bill are not waited for: no manifest can name them, no site report them. The
    check of the means of transport says which goods these are.
    """
    if not submission.bill:
        return []
    law, day = reference.parameters, now.astimezone(LOCAL).date()
    exported = submission.flow is Flow.EXPORT
    days = law.whole("advance_export_days" if exported else "arrival_days", day)
    due = now + timedelta(days=days)
    if bill is None or not bill.manifested:
        facts = {"bill": submission.bill}
        return [NewHold(id_, HoldKind.ARRIVAL, office, Why.NO_MANIFEST, facts, now, due)]
    place = reference.region.site(bill.arrived_site)
    if bill.arrived and (place is None or place.office == office):
        return []
    facts = {"bill": bill.number}
    return [NewHold(id_, HoldKind.ARRIVAL, office, Why.NOT_ARRIVED, facts, now, due)]


def _examined(
    id_: DeclarationId,
    submission: Submission,
    selection: Selection | None,
    *,
    out: str,
    home: str,
    reference: Snapshot,
    now: datetime,
) -> NewHold | None:
    """Return the inspection that a selection asks for: where, and before or after the release.

    What a profile demands comes before what the declarant chose: at the port the goods are seen
    before they move, at the destination after their release. The choice counts where either will
    do. An export has no destination here, so it is seen before it leaves.

    Source: instructions at the port or, since 2017, at the destination (domain.md, section 6).
    """
    if selection is None or not selection.goods:
        return None
    offices, kind = submission.offices, HoldKind.INSPECTION
    goods, chosen = _goods(offices), offices.inspection or _goods(offices)
    after = selection.place == str(Place.DESTINATION) and submission.flow is Flow.IMPORT
    if after:
        known = reference.region.office(home, now.astimezone(LOCAL).date()) is not None
        office = chosen if chosen != goods else home if known else goods
        return NewHold(id_, kind, office, Why.SELECTED_AFTER, {}, now)
    office = out or (chosen if selection.place == str(Place.EITHER) else goods)
    return NewHold(id_, kind, office, Why.SELECTED_GOODS, {}, now)


def payment_due(now: datetime, reference: Snapshot) -> datetime:
    """Return the end of the last day to pay without surcharge.

    Source: Order 124, to 30 November 2024; Tariff Law from then: 15 days, the first not counted;
        a holiday moves the end to the next working day.
    """
    day = now.astimezone(LOCAL).date()
    days = reference.parameters.whole("payment_days", day)
    last = reference.calendar.next_working(day + timedelta(days=days))
    return datetime.combine(last + timedelta(days=1), time(), LOCAL)


def last_day(due: datetime) -> date:
    """Return the day that a deadline at the end of a day is about."""
    return (due - timedelta(minutes=1)).astimezone(LOCAL).date()


def _permits(
    id_: DeclarationId,
    submission: Submission,
    rows: Sequence[TariffLine | None],
    reference: Snapshot,
    now: datetime,
) -> Iterator[NewHold]:
    """Yield a hold for each licence that an agency has to confirm, and for each that is missing."""
    named = submission.permits or any(line.permits for line in submission.lines)
    if not named and not any(row is not None and row.controls for row in rows):
        return
    day, office = now.astimezone(LOCAL).date(), submission.offices.declaration or ""
    rules, confirms = reference.permit_rules.on(day), reference.permit_rules.agencies(day)
    codes = (line.commodity or "" for line in submission.lines)
    controls = {code: row.controls for code, row in zip(codes, rows, strict=True) if row}
    sent = with_letters(submission, rows, rules)
    letters = demanded(submission, rows, rules)
    for one in asked(sent, confirms, controls):
        yield _permit(id_, office, Why.LICENCE, one, needed=one.kind in letters, now=now)
    for lack in lacking(submission, rows, rules):
        if lack.demand is Demand.HOLD:
            lines = [submission.lines[index] for index in lack.lines]
            for one in missing(lack.letter, confirms[lack.letter], lines):
                yield _permit(id_, office, Why.LICENCE_MISSING, one, needed=True, now=now)


def _permit(
    id_: DeclarationId, office: str, why: Why, one: Asked, *, needed: bool, now: datetime
) -> NewHold:
    facts = {
        "number": one.number,
        "agency": one.agency,
        "kind": one.kind,
        "quantity": str(one.quantity),
        "unit": one.unit,
        "needed": "yes" if needed else "no",
    }
    return NewHold(id_, HoldKind.PERMIT, office, why, facts, now)


def _goods(offices: Offices) -> str:
    return offices.goods or offices.declaration or ""
