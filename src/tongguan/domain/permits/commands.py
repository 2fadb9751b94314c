"""Granting, confirming and declining licences; what is used of one is debited exactly once."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.queries import open_holds
from tongguan.domain.clearance.values import HoldRow, Locked, NewHold
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.permits import events, problems
from tongguan.domain.permits.balances import draw, put_back
from tongguan.domain.permits.models import Agency, Licence, Request
from tongguan.domain.permits.queries import agencies_of
from tongguan.domain.permits.rules.asked import SMALLEST, commodities
from tongguan.domain.permits.sealed import AGENCY, LICENCE, REQUEST
from tongguan.domain.permits.values import Answer, NewLicence
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, added, changed, made, of_written
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel import identifiers
from tongguan.kernel.identifiers import DeclarationId, HoldId, NotAnIdentifierError
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL

NEEDED: Final = "needed"
"""The fact of a PERMIT hold that says whether the goods need the licence: yes or no."""
_COMMODITY: Final = re.compile(r"[0-9]{2,10}")

_MOST_GRANTED: Final = Decimal(10) ** 14

_COLUMNS: Final = (
    "hold",
    "declaration_id",
    "agency",
    "kind",
    "number",
    "quantity",
    "unit",
    "asked_at",
)


def request_rows(holds: Iterable[NewHold]) -> TableRows:
    """Return the rows of what agencies are asked at acceptance, for a writer of many tables."""
    rows = [
        (
            hold.id,
            hold.declaration_id,
            *(hold.facts[name] for name in ("agency", "kind", "number", "quantity", "unit")),
            hold.opened_at,
        )
        for hold in holds
        if hold.kind is HoldKind.PERMIT and hold.why is Why.LICENCE
    ]
    return TableRows("permits_request", _COLUMNS, rows)


@transaction.atomic(durable=True)
def register_agency(*, code: str, enterprise_id: int, by: Actor, now: datetime) -> None:
    """Say which enterprise's people act for an agency. Again: changes nothing.

    Raises:
        ProblemError: ACC-001 no administrator, PER-008 registered otherwise, PER-010 the enterprise
            acts for another agency.
    """
    require(by, Role.ADMINISTRATOR)
    if Agency.objects.filter(enterprise=enterprise_id).exclude(code=code).exists():
        raise problems.REPRESENTS_ANOTHER.error(agency=code)
    facts = {"enterprise_id": enterprise_id, "registered_at": now}
    agency, is_new = Agency.objects.get_or_create(code=code, defaults=facts)
    if is_new:
        told = {"agency": code, "enterprise": enterprise_id}
        record("AGENCY_REGISTERED", None, by=by, at=now, wrote=[made(AGENCY, agency)], **told)
    elif agency.enterprise_id != enterprise_id:
        raise problems.AGENCY_KNOWN.error(agency=code)


@transaction.atomic(durable=True)
def grant(*, licence: NewLicence, by: Actor, now: datetime) -> None:
    """Register a licence of one's own agency. Again, with the same content: changes nothing.

    Its number is kept in the plain form that numbers in declarations are brought to.

    Raises:
        ProblemError: ACC-001 no agency, PER-006 registered otherwise, PER-007 another agency's,
            PER-009 grants nothing, PER-013 no number, PER-014 no commodity code, PER-041 no
            unit of the list in force.
    """
    require(by, Role.AGENCY)
    day = now.astimezone(LOCAL).date()
    agency = snapshot().permit_rules.agencies(day).get(licence.kind, "")
    if agency not in agencies_of(by):
        raise problems.NOT_YOURS.error(kind=licence.kind)
    number = _number(licence.number)
    if not _granted(licence.granted) or licence.valid_until <= licence.valid_from:
        raise problems.NOTHING_GRANTED.error()
    for commodity in licence.commodities:
        if not _COMMODITY.fullmatch(commodity):
            raise problems.COMMODITY_FORM.error(commodity=commodity)
    if not snapshot().codes.has("units", licence.unit, day):
        raise ProblemError(problems.UNIT_UNKNOWN.at("#/unit", unit=licence.unit, day=day))
    granted = {
        "agency_id": agency,
        "holder_id": licence.holder_id,
        "granted": licence.granted,
        "unit": licence.unit,
        "valid_from": licence.valid_from,
        "valid_until": licence.valid_until,
        "commodities": sorted(set(licence.commodities)),
        "port": licence.port,
    }
    kept, is_new = Licence.objects.get_or_create(kind=licence.kind, number=number, defaults=granted)
    if is_new:
        told = {"letter": licence.kind, "number": number}
        wrote = [made(LICENCE, kept)]
        record("LICENCE_GRANTED", None, by=by, at=now, wrote=wrote, **told, **granted)
    elif any(getattr(kept, name) != value for name, value in granted.items()):
        raise problems.REGISTERED.error(kind=licence.kind, number=number)


@transaction.atomic(durable=True)
def confirm(*, hold_id: HoldId, by: Actor, now: datetime) -> None:
    """Confirm a licence for a declaration: its quantity is debited, and the PERMIT hold ends.

    Parallel debits never use more than was granted. The release follows the last confirmation, so
    what is confirmed is debited from then on; a declaration that comes to nothing gives it back.

    Raises:
        ProblemError: ACC-001 no agency, PER-001 not asked of yours, PER-002 no such licence,
            PER-003 not valid then, PER-004 not enough left, PER-011 other goods, PER-012 no port of
            the region.
    """
    locked, request = _asked(hold_id, by)
    licence = _fitting(request)
    same_unit = Licence.objects.filter(pk=licence.pk, unit=request.unit)
    if not draw(same_unit, request.quantity):
        raise problems.NOT_ENOUGH.error(
            number=licence.number,
            needed=f"{request.quantity.normalize():f}",
            unit=request.unit,
            left=f"{(licence.granted - licence.drawn).normalize():f}",
            licence_unit=licence.unit,
        )
    request.debited = licence
    wrote = [
        _answer(request, Answer.CONFIRMED, "", by, now),
        added(LICENCE, licence.pk, drawn=request.quantity),
    ]
    id_ = locked.declaration_id
    told = {"letter": request.kind, "number": request.number, "quantity": request.quantity}
    record("LICENCE_CONFIRMED", id_, by=by, at=now, wrote=wrote, **told)
    announce([events.LicenceConfirmed(id_, now, str(hold_id), request.number)])
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def decline(*, hold_id: HoldId, words: str, by: Actor, now: datetime) -> None:
    """Decline a licence: customs has a case to decide.

    Where the goods need the licence the declarant has to name another: nothing else, no decision of
    the case either, releases them.

    Raises:
        ProblemError: ACC-001 no agency, PER-001 not asked of yours, PER-005 no reason.
    """
    locked, request = _asked(hold_id, by)
    if not words.strip():
        raise problems.NO_WORDS.error()
    wrote = [_answer(request, Answer.DECLINED, words.strip(), by, now)]
    id_ = locked.declaration_id
    told = {"letter": request.kind, "number": request.number, "words": words.strip()}
    record("LICENCE_DECLINED", id_, by=by, at=now, wrote=wrote, **told)
    announce([events.LicenceDeclined(id_, now, str(hold_id), request.number)])
    office = heads([id_])[id_].declaration_office
    facts = {"finding": f"{request.kind} {request.number}: {words.strip()}"}
    case = NewHold(id_, HoldKind.CASE, office, Why.FINDING, facts, now)
    clearance.open_hold(locked, case, by=by, now=now)
    declined = _open_permit(id_, hold_id)
    if declined.facts.get(NEEDED) != "no":
        again = {**declined.facts, "number": "", NEEDED: "yes"}
        hold = NewHold(id_, HoldKind.PERMIT, declined.office, Why.LICENCE_MISSING, again, now)
        clearance.open_hold(locked, hold, by=by, now=now)
    clearance.discharge(locked, hold_id, by=by, now=now)


@transaction.atomic(durable=True)
def name_licence(
    *, declaration_id: DeclarationId, hold_id: HoldId, number: str, by: Actor, now: datetime
) -> None:
    """Name a licence that goods need and the declaration lacks; its agency is asked to confirm it.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or another's, CLR-002 no licence is missing there,
            CLR-005 no mandate in force, PER-013 no number.
    """
    require(by, Role.TRADER, Role.BROKER)
    locked = clearance.lock_own(declaration_id, by=by)
    lacking = _open_permit(declaration_id, hold_id)
    if lacking.why is not Why.LICENCE_MISSING:
        raise NOT_HELD.error(hold_id=hold_id)
    named = _number(number)
    facts = {**lacking.facts, "number": named}
    hold = NewHold(declaration_id, HoldKind.PERMIT, lacking.office, Why.LICENCE, facts, now)
    clearance.open_hold(locked, hold, by=by, now=now)
    asked = request_rows([hold])
    write([asked])
    told = {"letter": facts["kind"], "number": named}
    wrote = list(of_written([asked], {REQUEST.table: REQUEST}).values())
    record("LICENCE_NAMED", declaration_id, by=by, at=now, wrote=wrote, **told)
    announce([events.LicenceNamed(declaration_id, now, str(hold.id), named)])
    clearance.discharge(locked, hold_id, by=by, now=now)


def credit(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> None:
    """Give back what declarations used that were revoked or refused. Again: changes nothing.

    Runs in the transaction that follows the event.
    """
    for request in Request.objects.filter(declaration__in=ids, answer="").order_by("hold"):
        told = {"letter": request.kind, "number": request.number}
        id_ = DeclarationId(request.declaration_id)
        wrote = [_answer(request, Answer.WITHDRAWN, "", by, now)]
        record("AGENCY_NO_LONGER_ASKED", id_, by=by, at=now, wrote=wrote, **told)
    debited = Request.objects.filter(
        declaration__in=ids, debited__isnull=False, credited_at=None
    ).select_for_update()
    for request in debited.order_by("debited_id", "hold"):
        put_back(Licence.objects.filter(pk=request.debited_id or 0), request.quantity)
        request.credited_at = now
        request.save(update_fields=["credited_at"])
        told = {"letter": request.kind, "number": request.number}
        id_ = DeclarationId(request.declaration_id)
        wrote = [
            changed(REQUEST, request.pk, credited_at=now),
            added(LICENCE, request.debited_id, drawn=-request.quantity),
        ]
        record(
            "LICENCE_CREDITED", id_, by=by, at=now, wrote=wrote, quantity=request.quantity, **told
        )


def _fitting(request: Request) -> Licence:
    """Return the licence that a request names, if it fits holder, day, goods and port.

    Source: a licence naming any port of the region is good in all of it, announcement 9/2015; valid
    on the day of acceptance, 74/2014.
    """
    id_ = DeclarationId(request.declaration_id)
    head = heads([id_])[id_]
    # Licences that were registered before numbers had a plain form may stand in small letters.
    alike = Licence.objects.filter(kind=request.kind, holder=head.trader_id, agency=request.agency)
    exact = alike.filter(number=request.number)
    licence = exact.first() or alike.filter(number__iexact=request.number).order_by("id").first()
    if licence is None:
        raise problems.LICENCE_UNKNOWN.error(kind=request.kind, number=request.number)
    day = head.accepted_at.astimezone(LOCAL).date()
    if not licence.valid_from <= day < licence.valid_until:
        raise problems.NOT_VALID.error(
            number=licence.number,
            valid_from=licence.valid_from,
            valid_until=licence.valid_until,
        )
    law, sent = snapshot(), content(id_)
    rows = {line.commodity or "": law.tariff.line(line.commodity or "", day) for line in sent.lines}
    controls = {code: row.controls for code, row in rows.items() if row is not None}
    used = commodities(sent, request.kind, request.number, controls)
    granted = tuple(licence.commodities)
    others = sorted(code for code in used if granted and not code.startswith(granted))
    if others:
        facts = {"granted": ", ".join(granted), "commodities": ", ".join(others)}
        raise problems.OTHER_GOODS.error(number=licence.number, **facts)
    port, region = licence.port, law.region
    if port and region.office(port, day) is None and region.district(port, day) is None:
        raise problems.OTHER_PORT.error(number=licence.number, port=port)
    return licence


def _granted(quantity: Decimal) -> bool:
    """Return whether a quantity can be granted: above zero, and as balances keep it."""
    if not quantity.is_finite() or not 0 < quantity < _MOST_GRANTED:
        return False
    return quantity == quantity.quantize(SMALLEST)


def _open_permit(id_: DeclarationId, hold_id: HoldId) -> HoldRow:
    """Return an open PERMIT hold of a declaration."""
    held = open_holds([id_], HoldKind.PERMIT)
    found = next((row for row in held if row.id == hold_id), None)
    if found is None:
        raise NOT_HELD.error(hold_id=hold_id)
    return found


def _asked(hold_id: HoldId, by: Actor) -> tuple[Locked, Request]:
    """Lock the declaration of an open question that is put to an agency of `by`."""
    require(by, Role.AGENCY)
    found = Request.objects.filter(pk=hold_id, agency__in=agencies_of(by))
    declaration_id = found.values_list("declaration_id", flat=True).first()
    if declaration_id is None:
        raise problems.NOT_ASKED.error(hold_id=hold_id)
    locked = clearance.lock(DeclarationId(declaration_id))
    request = found.filter(answer="").first()
    if request is None:
        raise problems.NOT_ASKED.error(hold_id=hold_id)
    return locked, request


def _answer(request: Request, answer: Answer, words: str, by: Actor, now: datetime) -> Rows:
    """Keep an answer; return what was written."""
    request.answer, request.words = str(answer), words
    request.answered_by, request.answered_at = by.name, now
    request.save(update_fields=["answer", "words", "answered_by", "answered_at", "debited"])
    columns = ("answer", "words", "answered_by", "answered_at", "debited_id")
    return changed(REQUEST, request.pk, **{name: getattr(request, name) for name in columns})


def _number(text: str) -> str:
    """Return the one spelling of the number of a licence, or refuse it (PER-013)."""
    try:
        number = identifiers.LICENCE.read(text)
    except NotAnIdentifierError:
        number = ""
    if not number:
        raise ProblemError(problems.NUMBER.at("#/number", most=identifiers.LICENCE.most))
    return number
