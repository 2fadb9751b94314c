"""Which holds an accepted declaration begins with. Pure; the table of `clearance.lifecycle`."""

from datetime import date, datetime, time, timedelta

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.values import Flow, Mode, Offices, Submission
from tongguan.domain.permits.rules.asked import agencies, asked
from tongguan.domain.reference.hours import decision_due
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.values import Assessment
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
    reference: Snapshot,
    now: datetime,
) -> tuple[NewHold, ...]:
    """Return what stands in the way of a declaration at its acceptance.

    Without a selection these are the holds that follow from the declaration itself: all that may
    be told of one that is not accepted.

    Cost: 2 µs where nothing does.
    """
    offices = submission.offices
    out = departure_office(submission, mode)
    holds = _arrival(id_, submission, out or _goods(offices), bill, reference, now)
    documents = selection is not None and selection.documents
    goods = selection is not None and selection.goods
    elsewhere = goods and offices.inspection not in {None, offices.goods}
    if out:
        facts = {"destination": _goods(offices)}
        holds.append(NewHold(id_, HoldKind.TRANSIT, _goods(offices), Why.MOVING_OUT, facts, now))
    elif mode is Mode.TRANSIT or (mode is Mode.REGIONAL and elsewhere):
        to = (offices.inspection if elsewhere else offices.declaration) or ""
        facts = {"destination": to}
        holds.append(NewHold(id_, HoldKind.TRANSIT, to, Why.MOVING, facts, now))
    if documents or assessment.undetermined:
        due = decision_due(now, reference)
        beyond = reference.calendar.beyond(_last_day(due))
        office = offices.declaration or ""
        why = Why.SELECTED if documents else Why.UNDETERMINED
        holds.append(NewHold(id_, HoldKind.REVIEW, office, why, beyond, now, due))
    if goods:
        office = out or offices.inspection or _goods(offices)
        holds.append(NewHold(id_, HoldKind.INSPECTION, office, Why.SELECTED_GOODS, {}, now))
    holds += _permits(id_, submission, reference, now)
    if assessment.payable:
        office = offices.payment or offices.declaration or ""
        due = payment_due(now, reference)
        facts = {"amount": str(assessment.payable), **reference.calendar.beyond(_last_day(due))}
        holds.append(NewHold(id_, HoldKind.PAYMENT, office, Why.DUTY_DUE, facts, now, due))
    return tuple(holds)


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
    """Return the wait for goods that have not been reported at an office, with its deadline."""
    law, day = reference.parameters, now.astimezone(LOCAL).date()
    exported = submission.flow is Flow.EXPORT
    days = law.whole("advance_export_days" if exported else "arrival_days", day)
    due = now + timedelta(days=days)
    if bill is None or not bill.manifested:
        facts = {"bill": submission.bill or ""}
        return [NewHold(id_, HoldKind.ARRIVAL, office, Why.NO_MANIFEST, facts, now, due)]
    place = reference.region.site(bill.arrived_site)
    if bill.arrived and (place is None or place.office == office):
        return []
    facts = {"bill": bill.number}
    return [NewHold(id_, HoldKind.ARRIVAL, office, Why.NOT_ARRIVED, facts, now, due)]


def payment_due(now: datetime, reference: Snapshot) -> datetime:
    """Return the end of the last day to pay without surcharge.

    Source: Order 124, to 30 November 2024; Tariff Law from then: 15 days, the first not counted;
        a holiday moves the end to the next working day.
    """
    day = now.astimezone(LOCAL).date()
    days = reference.parameters.whole("payment_days", day)
    last = reference.calendar.next_working(day + timedelta(days=days))
    return datetime.combine(last + timedelta(days=1), time(), LOCAL)


def _last_day(due: datetime) -> date:
    """Return the day that a deadline at the end of a day is about."""
    return (due - timedelta(minutes=1)).astimezone(LOCAL).date()


def _permits(
    id_: DeclarationId, submission: Submission, reference: Snapshot, now: datetime
) -> list[NewHold]:
    """Return a hold for each licence that an agency of the region has to confirm."""
    if not submission.permits and not any(line.permits for line in submission.lines):
        return []
    day, office = now.astimezone(LOCAL).date(), submission.offices.declaration or ""
    confirms = agencies(reference.parameters.words("permit_agencies", day))
    codes = {line.commodity for line in submission.lines if line.commodity}
    rows = ((code, reference.tariff.line(code, day)) for code in codes)
    controls = {code: row.controls for code, row in rows if row is not None}
    return [
        NewHold(
            id_,
            HoldKind.PERMIT,
            office,
            Why.LICENCE,
            {
                "number": one.number,
                "agency": one.agency,
                "kind": one.kind,
                "quantity": str(one.quantity),
                "unit": one.unit,
            },
            now,
        )
        for one in asked(submission, confirms, controls)
    ]


def _goods(offices: Offices) -> str:
    return offices.goods or offices.declaration or ""
