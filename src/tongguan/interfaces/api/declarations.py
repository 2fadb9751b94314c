"""Lodging and following declarations."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext
from msgspec import json
from ninja import Router

from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import HoldRow, reason
from tongguan.domain.declarations.queries import find
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.api.documents import DECLARATION
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import HoldOut, StatusOut
from tongguan.interfaces.api.who import caller
from tongguan.interfaces.intake import UNREADABLE, Received, Told, check_document, lodge_document
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.values import Outcome

router = Router()

DOCUMENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [DECLARATION, {"type": "array", "items": DECLARATION}]}
            },
            "application/xml": {
                "schema": {
                    "type": "string",
                    "description": "A WCO declaration or a single-window DecMessage.",
                }
            },
        },
    }
}
LINES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {
                    "type": "string",
                    "description": "One JSON declaration a line, each of the schema Submission.",
                }
            }
        },
    }
}
_STATUS = {
    Outcome.ACCEPTED.value: HTTPStatus.CREATED,
    Outcome.REPEATED.value: HTTPStatus.OK,
    UNREADABLE: HTTPStatus.BAD_REQUEST,
}


@router.post("", openapi_extra=DOCUMENT, summary="Lodge one declaration, in any format read here")
def lodge(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Lodge one declaration: our JSON, a WCO declaration or a single-window DecMessage.

    Answered when the acceptance is durable: 201 accepted, 200 accepted before under the same
    reference, 422 rejected with every problem, 400 unreadable. A document that holds several is
    answered like a batch, one answer a line.
    """
    by = caller(request)
    require(by, Role.TRADER, Role.BROKER)
    received = lodge_document(request.body, by=by, now=utc_now(), translate=gettext)
    return _answer(received)


@router.post("/check", openapi_extra=DOCUMENT, summary="Check one declaration; nothing is kept")
def check(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Check a declaration: 200 sound, 422 with every problem, 400 unreadable.

    Told is what is wrong, what is owed, and what the declaration itself has to wait for. Whether
    customs selects it is worked out when it is accepted, and told then.
    """
    by = caller(request)
    require(by, Role.TRADER, Role.BROKER)
    received = check_document(request.body, by=by, now=utc_now(), translate=gettext)
    return _answer(received)


@router.post("/batch", openapi_extra=LINES, summary="Lodge many: NDJSON, one answer a line")
def lodge_many(request: HttpRequest) -> StreamingHttpResponse:
    """Lodge up to 10,000 declarations; each is accepted or rejected by itself, in order."""
    by = caller(request)
    require(by, Role.TRADER, Role.BROKER)
    return _lines(lodge_document(request.body, by=by, now=utc_now(), translate=gettext))


@router.get("/{number}", response=StatusOut, summary="How far a declaration has come")
def status(request: HttpRequest, number: Declaration) -> StatusOut:
    """Return a declaration's state and what it waits for, open holds first."""
    head = seen(number, caller(request))
    now_at = standing([head.id])[head.id]
    return StatusOut(
        number=head.number,
        reference=head.reference,
        state=str(now_at.state),
        since=now_at.moved_at,
        flow=head.flow.value,
        mode=head.mode.value,
        offices={
            "declaration": head.declaration_office,
            "goods": head.goods_office,
            "payment": head.payment_office,
            "inspection": head.inspection_office,
        },
        accepted_at=head.accepted_at,
        holds=[_hold(row) for row in holds_of(head.id)],
    )


@router.get("/{number}/holds", response=list[HoldOut], summary="What a declaration waits for")
def holds(request: HttpRequest, number: Declaration) -> list[HoldOut]:
    """Return the holds of a declaration, open ones first."""
    return [_hold(row) for row in holds_of(seen(number, caller(request)).id)]


def seen(number: str, by: Actor) -> DeclarationRow:
    """Return the declaration of a number that the caller may see.

    Raises:
        ProblemError: CLR-001.
    """
    head = find(number, viewer=by)
    if head is None:
        raise NOT_FOUND.error(declaration_id=number)
    return head


def _hold(row: HoldRow) -> HoldOut:
    return HoldOut(
        id=str(row.id),
        kind=str(row.kind),
        turn=str(row.turn),
        office=row.office,
        why=reason(row.why, row.facts, gettext),
        since=row.opened_at,
        due=row.due_at,
        ended=row.ended_at,
    )


def _lines(received: Received) -> StreamingHttpResponse:
    lines = (json.encode(_told(one)) + b"\n" for one in received.told)
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def _answer(received: Received) -> HttpResponse | StreamingHttpResponse:
    if len(received.told) > 1:
        return _lines(received)
    first = received.told[0]
    if first.well:
        status_ = _STATUS.get(first.outcome, HTTPStatus.OK)
        body = json.encode(_told(first))
        return HttpResponse(body, content_type="application/json", status=status_)
    status_ = _STATUS.get(first.outcome, HTTPStatus.UNPROCESSABLE_ENTITY)
    lead = next((one for one in first.problems if not one["warning"]), first.problems[0])
    body = json.encode(
        {
            "type": f"/problems/{lead['code']}",
            "title": lead["title"],
            "status": int(status_),
            "outcome": first.outcome,
            "reference": first.reference,
            "errors": list(first.problems),
        }
    )
    return HttpResponse(body, content_type="application/problem+json", status=status_)


def _told(one: Told) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "reference": one.reference,
        "number": one.number,
        "state": one.state,
        "holds": list(one.holds),
        "charges": one.charges,
        "problems": list(one.problems),
    }
