"""Acts of officers, carriers, site operators and banks: each ends what it has to end."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.transports import correct_transport, declare_transport
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_FOUND, NOT_HELD
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.declarations.queries import by_number
from tongguan.domain.permits import queries as permits
from tongguan.domain.permits.commands import name_licence as name
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.values import BankReceipt
from tongguan.domain.review import cases
from tongguan.domain.review import commands as review
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.problems import NOT_YOURS
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import DECLARANTS, Actor, Role
from tongguan.facilities.ledger.installation_keys import public_key
from tongguan.interfaces.api.declarations import seen
from tongguan.interfaces.api.documents import MANIFEST
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import Decided, Done, ManifestOut, WarningOut
from tongguan.interfaces.api.taken import (
    ArrivalIn,
    CloseIn,
    DecisionIn,
    DepartureIn,
    GuaranteeIn,
    NamedLicenceIn,
    QueryIn,
    ReceiptIn,
    TransitArrivalIn,
    TransportIn,
    WordsIn,
)
from tongguan.interfaces.api.who import caller
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.money import Money
from tongguan.kernel.time import utc_now

router = Router()

DOCUMENT: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": MANIFEST}}}
}


@router.post("/manifests", response=ManifestOut, openapi_extra=DOCUMENT, summary="A manifest")
def manifest(request: HttpRequest) -> ManifestOut:
    """Take a carrier's manifest, or a change to one, as JSON, .xlsx or CSV; the same again is 0."""
    by = caller(request)
    require(by, Role.CARRIER, Role.SITE_OPERATOR)
    sent, warnings = read_manifest(request.body)
    bills = cargo.receive_manifest(sent, by=by, now=utc_now())
    return ManifestOut(bills=bills, warnings=[WarningOut(**one.told(gettext)) for one in warnings])


@router.post("/arrivals", response=dict[str, list[str]], summary="Goods are at a site")
def arrival(request: HttpRequest, sent: ArrivalIn) -> dict[str, list[str]]:
    """Report goods at a site; declarations that waited for them wait no longer."""
    by = caller(request)
    require(by, Role.CARRIER, Role.SITE_OPERATOR, Role.GATE)
    bills = cargo.report_arrival(number=sent.number, site=sent.site, by=by, now=utc_now())
    return {"bills": list(bills)}


@router.post("/transports", response=Done, summary="A means of transport is declared")
def transport(request: HttpRequest, sent: TransportIn) -> Done:
    """Take the carrier's declaration at entry: duties and terms are counted from that day.

    With a reason it corrects the day; the ledger keeps the earlier one.
    """
    by, now = caller(request), utc_now()
    require(by, Role.CARRIER, Role.INSPECTOR)
    at = sent.declared_at or now
    if sent.reason:
        correct_transport(manifest=sent.manifest, at=at, reason=sent.reason, by=by, now=now)
    else:
        declare_transport(manifest=sent.manifest, at=at, by=by, now=now)
    return Done()


@router.post("/declarations/{number}/payments", response=Done, summary="A bank's receipt")
def payment(request: HttpRequest, number: Declaration, sent: ReceiptIn) -> Done:
    """Take a bank's signed confirmation. The same again changes nothing."""
    by = caller(request)
    require(by, Role.BANK, Role.TRADER, Role.BROKER, Role.REVENUE)
    receipt = BankReceipt(
        sent.bank,
        sent.bank_reference,
        Money(sent.amount, sent.currency),
        sent.paid_at,
        bytes.fromhex(sent.signature),
    )
    id_ = _known(number) if by.is_(Role.BANK, Role.REVENUE) else _id(number, by)
    revenue.record_payment(declaration_id=id_, receipt=receipt, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/security", response=Done, summary="Draw on a guarantee")
def security(request: HttpRequest, number: Declaration, sent: GuaranteeIn) -> Done:
    """Secure what is owed with the guarantee of this number."""
    by = caller(request)
    require(by, Role.TRADER, Role.BROKER)
    id_ = _id(number, by)
    revenue.secure(declaration_id=id_, guarantee_number=sent.text, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/review/close", response=Done, summary="Close a review")
def close_review(request: HttpRequest, number: Declaration, sent: CloseIn) -> Done:
    """End the documentary check of a declaration."""
    by = caller(request)
    require(by, Role.REVIEWER)
    id_ = _id(number, by)
    review.close_review(
        declaration_id=id_,
        hold_id=_hold(id_, HoldKind.REVIEW),
        finding=sent.finding,
        words=sent.words,
        by=by,
        now=utc_now(),
    )
    return Done()


@router.post("/declarations/{number}/queries", response=Done, summary="Ask the declarant")
def ask(request: HttpRequest, number: Declaration, sent: QueryIn) -> Done:
    """Ask for a document or a fact."""
    by = caller(request)
    require(by, Role.REVIEWER)
    id_ = _id(number, by)
    review.ask(declaration_id=id_, **sent.dict(), by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/licences", response=Done, summary="Name a missing licence")
def name_licence(request: HttpRequest, number: Declaration, sent: NamedLicenceIn) -> Done:
    """Name a licence that the goods need and the declaration lacks; its agency is asked."""
    by = caller(request)
    require(by, Role.TRADER, Role.BROKER)
    id_ = _id(number, by)
    lacking = permits.missing_licence(id_, sent.kind)
    if lacking is None:
        raise NOT_HELD.error(hold_id=str(HoldKind.PERMIT))
    name(declaration_id=id_, hold_id=lacking.id, number=sent.number, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/queries/answer", response=Done, summary="Answer customs")
def answer(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Answer the oldest open query."""
    by = caller(request)
    require(by, *DECLARANTS)
    id_ = _id(number, by)
    hold = _hold(id_, HoldKind.QUERY)
    review.answer_query(declaration_id=id_, hold_id=hold, text=sent.text, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/case", response=Decided, summary="Decide a case")
def decide(request: HttpRequest, number: Declaration, sent: DecisionIn) -> Decided:
    """Decide what follows from a finding: by a person other than who found it."""
    by = caller(request)
    require(by, Role.REVIEWER, Role.COORDINATOR)
    id_ = _id(number, by)
    effect = cases.decide_case(
        declaration_id=id_,
        hold_id=_hold(id_, HoldKind.CASE),
        consequence=str(sent.consequence),
        words=sent.words,
        by=by,
        now=utc_now(),
    )
    return Decided(effect=str(effect), follow_up=gettext(sent.consequence.follow_up))


@router.post("/declarations/{number}/transit/departure", response=Done, summary="Left under seal")
def depart(request: HttpRequest, number: Declaration, sent: DepartureIn) -> Done:
    """Report that goods left under seal."""
    by = caller(request)
    require(by, Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
    transit.depart(declaration_id=_moving(number), **sent.dict(), by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/transit/arrival", response=Done, summary="Arrived under seal")
def arrive(request: HttpRequest, number: Declaration, sent: TransitArrivalIn) -> Done:
    """Report that goods arrived at the office of destination."""
    by = caller(request)
    require(by, *transit.AT_DESTINATION)
    transit.arrive(declaration_id=_moving(number), **sent.dict(), by=by, now=utc_now())
    return Done()


@router.get("/keys/release", response=dict[str, str], auth=None, summary="Key of release orders")
def release_key(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001
    """Return the public key (Ed25519, hex) with which a gate checks a release order offline."""
    return {"alg": "EdDSA", "key": public_key("release").hex()}


def _id(number: str, by: Actor) -> DeclarationId:
    return seen(number, by).id


def _known(number: str) -> DeclarationId:
    """Return a declaration by its number: carriers and banks act for anybody's declaration.

    Whether it is theirs to act on is for the command to say.
    """
    found = by_number(number)
    if found is None:
        raise NOT_FOUND.error(declaration_id=number)
    return found


def _moving(number: str) -> DeclarationId:
    """Return a declaration by its number; one that is not there is as one of another."""
    found = by_number(number)
    if found is None:
        raise NOT_YOURS.error(number=number)
    return found


def _hold(declaration_id: DeclarationId, kind: HoldKind) -> HoldId:
    found = open_hold(declaration_id, kind)
    if found is None:
        raise NOT_HELD.error(hold_id=str(kind))
    return found
