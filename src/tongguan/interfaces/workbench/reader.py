"""Who sits at a desk, and what every page of the workbench shows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext

from tongguan.domain.clearance.lifecycle import Turn
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages.shapes import Coded, HoldCard, Trouble
from tongguan.interfaces.pages.who import actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL, utc_now
from tongguan.processes.lodgement.decide import local_day

UNPROCESSABLE: Final = 422
DESKS: Final[dict[str, tuple[Role, ...]]] = {
    "review": (Role.REVIEWER, Role.COORDINATOR, Role.AUDITOR),
    "inspection": (Role.INSPECTOR, Role.COORDINATOR, Role.AUDITOR),
    "revenue": (Role.REVENUE, Role.COORDINATOR, Role.AUDITOR),
    "risk": (Role.RISK_ANALYST, Role.AUDITOR),
    "permits": (Role.AGENCY, Role.COORDINATOR, Role.AUDITOR),
    "gate": (Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR),
    "cargo": (Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR, Role.COORDINATOR),
    "coordination": (Role.COORDINATOR, Role.AUDITOR),
    "region": (
        Role.REVIEWER,
        Role.INSPECTOR,
        Role.REVENUE,
        Role.RISK_ANALYST,
        Role.COORDINATOR,
        Role.AUDITOR,
    ),
    "ledger": (Role.AUDITOR, Role.COORDINATOR, Role.REVIEWER, Role.INSPECTOR, Role.REVENUE),
}
"""Who may sit at which desk."""
TURNS: Final = {Role.CARRIER: Turn.CARRIER, Role.AGENCY: Turn.AGENCY}
"""Whose turn is the reader's; an officer's is that of customs."""


def at_desk(request: HttpRequest, desk: str) -> Actor:
    """Return who sits at a desk.

    Raises:
        PermissionDenied: none of the postings is for this desk.
    """
    found = actor(request)
    if not found.is_(*DESKS[desk]):
        raise PermissionDenied
    return found


def frame(viewer: Actor) -> dict[str, Any]:
    """Return what the frame needs: the desks of the postings, and whose turn is the reader's."""
    desks = tuple(desk for desk, roles in DESKS.items() if viewer.is_(*roles))
    turn = next((turn for role, turn in TURNS.items() if viewer.is_(role)), Turn.CUSTOMS)
    return {"desks": desks, "my_turn": str(turn), "now": utc_now()}


def seen(declaration_id: UUID, viewer: Actor) -> DeclarationRow:
    """Return a declaration's head.

    Raises:
        Http404: there is none, or it lies with other offices.
    """
    found = declarations.get(DeclarationId(declaration_id), viewer=viewer)
    if found is None:
        raise Http404
    return found


def troubles(error: ProblemError) -> list[Trouble]:
    """Return the faults of a refusal as a page shows them."""
    told = [fault.told(gettext) for fault in error.faults]
    return [
        Trouble(one["code"], one["title"], one["detail"], one["remedy"], one["pointer"])
        for one in told
    ]


def today() -> date:
    """Return the day of the region."""
    return local_day(utc_now())


def office(code: str, day: date) -> Coded:
    """Return a customs office with its names."""
    found = snapshot().region.office(code, day)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def why(row: HoldRow) -> str:
    """Return the reason of a hold, one sentence."""
    return gettext(row.why.label).format(**row.facts)


def what(row: HoldRow) -> str:
    """Return what a hold waits for."""
    return capfirst(gettext(row.kind.label))


def cards(rows: Sequence[HoldRow], mine: str, day: date) -> list[HoldCard]:
    """Return holds as a case shows them."""
    return [
        HoldCard(
            what(row),
            why(row),
            str(row.turn),
            row.opened_at,
            mine=str(row.turn) == mine and row.ended_at is None,
            where=office(row.office, day),
            until=row.due_at,
            ended_at=row.ended_at,
            ended_by=row.ended_by,
        )
        for row in rows
    ]


def listed(rows: Sequence[HoldRow], day: date) -> list[dict[str, Any]]:
    """Return holds as rows of a queue."""
    return [
        {
            "id": row.id,
            "declaration_id": row.declaration_id,
            "number": row.number,
            "reference": row.reference,
            "kind": str(row.kind),
            "what": what(row),
            "why": why(row),
            "turn": str(row.turn),
            "office": office(row.office, day),
            "since": row.opened_at,
            "until": row.due_at,
        }
        for row in rows
    ]


def moment(text: str) -> datetime:
    """Return the moment that a form's field holds, in the region's time.

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=LOCAL)
