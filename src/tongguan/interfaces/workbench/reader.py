"""Who sits at a desk, and what every page of the workbench shows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.values import HoldRow, reason
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.queries import names
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.interfaces.pages.shapes import Coded, HoldCard, Trouble
from tongguan.interfaces.pages.who import actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

UNPROCESSABLE: Final = 422
DESKS: Final[dict[str, tuple[Role, ...]]] = {
    "review": (Role.REVIEWER, Role.COORDINATOR, Role.AUDITOR),
    "inspection": (Role.INSPECTOR, Role.CHIEF, Role.COORDINATOR, Role.AUDITOR),
    "revenue": (Role.REVENUE, Role.COORDINATOR, Role.AUDITOR),
    "risk": (Role.RISK_ANALYST, Role.AUDITOR),
    "permits": (Role.AGENCY, Role.COORDINATOR, Role.AUDITOR),
    "gate": (Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR),
    "cargo": (Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR, Role.COORDINATOR),
    "coordination": (Role.COORDINATOR, Role.AUDITOR),
    "region": (
        Role.REVIEWER,
        Role.INSPECTOR,
        Role.CHIEF,
        Role.REVENUE,
        Role.RISK_ANALYST,
        Role.COORDINATOR,
        Role.AUDITOR,
    ),
    "ledger": (
        Role.AUDITOR,
        Role.COORDINATOR,
        Role.REVIEWER,
        Role.INSPECTOR,
        Role.CHIEF,
        Role.REVENUE,
    ),
    "operation": (Role.ADMINISTRATOR, Role.AUDITOR),
}
"""Who may sit at which desk."""
OWN: Final[dict[Role, frozenset[HoldKind]]] = {
    Role.REVIEWER: frozenset({HoldKind.REVIEW, HoldKind.CASE}),
    Role.INSPECTOR: frozenset({HoldKind.INSPECTION}),
    Role.COORDINATOR: frozenset({HoldKind.INSTRUCTION, HoldKind.CASE}),
    Role.CARRIER: frozenset({HoldKind.ARRIVAL, HoldKind.TRANSIT}),
    Role.AGENCY: frozenset({HoldKind.PERMIT}),
}
"""What each may end: there it is the reader's turn, and of all else that of whoever it is."""


def at_desk(request: HttpRequest, desk: str) -> Actor:
    """Return who sits at a desk.

    Raises:
        PermissionDenied: none of the postings is for this desk.
    """
    found = actor(request)
    if not found.is_(*DESKS[desk]):
        raise PermissionDenied
    return found


def may(viewer: Actor, desk: str) -> bool:
    """Return whether somebody may sit at a desk."""
    return viewer.is_(*DESKS[desk])


def frame(viewer: Actor) -> dict[str, Any]:
    """Return what the frame needs: the desks of the postings, and whose turn is the reader's."""
    desks = tuple(desk for desk, roles in DESKS.items() if viewer.is_(*roles))
    return {"desks": desks, "now": utc_now()}


def own(viewer: Actor) -> frozenset[HoldKind]:
    """Return the kinds of holds that somebody may end: where it is his turn."""
    return frozenset(kind for role, kinds in OWN.items() if viewer.is_(role) for kind in kinds)


def seen(declaration_id: UUID, viewer: Actor) -> DeclarationRow:
    """Return a declaration's head.

    Raises:
        Http404: there is none, or it lies with other offices.
    """
    found = declarations.get(DeclarationId(declaration_id), viewer=viewer)
    if found is None:
        raise Http404
    return found


def troubles(error: ProblemError, place: str = "") -> list[Trouble]:
    """Return the faults of a refusal as a page shows them.

    Args:
        error: the refusal.
        place: the form they are about, where a page has several; the pointers then begin with it.
    """
    told = (fault.told(gettext) for fault in error.faults)
    return [
        Trouble(one["code"], one["title"], one["detail"], one["remedy"], _at(one["pointer"], place))
        for one in told
    ]


def today() -> date:
    """Return the day of the region."""
    return local_day(utc_now())


def office(code: str, day: date) -> Coded:
    """Return a customs office with its names."""
    found = snapshot().region.office(code, day)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def site(code: str) -> Coded:
    """Return a control site with its names, as last known."""
    found = snapshot().region.site(code)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def in_a_sentence(place: Coded) -> str:
    """Return a place with its name in the reader's language, as a sentence has it."""
    chinese = (get_language() or "").startswith("zh")
    name = place.chinese if chinese else place.english or place.chinese
    return f"{place.code} {name}".strip()


def people(usernames: Iterable[str]) -> dict[str, str]:
    """Return how people are called in the reader's language, by account name; one statement."""
    wanted = {name for name in usernames if name}
    chinese = (get_language() or "").startswith("zh")
    found = names(wanted - {SYSTEM.name})
    told = {SYSTEM.name: gettext(SYSTEM.label)}
    told |= {name: (zh if chinese else en) or name for name, (en, zh) in found.items()}
    return {name: told.get(name, name) for name in wanted}


def why(row: HoldRow) -> str:
    """Return the reason of a hold, one sentence."""
    shown = {name: _fact(name, value) for name, value in row.facts.items()}
    return reason(row.why, shown, gettext)


def what(row: HoldRow) -> str:
    """Return what a hold waits for."""
    return capfirst(gettext(row.kind.label))


def until(due: datetime | None) -> datetime | None:
    """Return a deadline as people read it: the end of a day is told by that day, not the next."""
    if due is None or timezone.localtime(due).time() != time():
        return due
    return due - timedelta(minutes=1)


def found_by(row: HoldRow, viewer: Actor) -> bool:
    """Return whether a case rests on the reader's own finding: then another officer decides it."""
    return row.kind is HoldKind.CASE and viewer.name in row.opened_by


def _not_his(row: HoldRow, viewer: Actor) -> str:
    """Return why it is not the reader's turn at a case, and whose turn it is."""
    if row.ended_at is not None or not found_by(row, viewer):
        return ""
    return gettext("You found it: another reviewer or the coordination centre decides it.")


def cards(
    rows: Sequence[HoldRow], viewer: Actor, day: date, called: Mapping[str, str]
) -> list[HoldCard]:
    """Return holds as a case shows them."""
    mine = own(viewer)
    return [
        HoldCard(
            what(row),
            f"{why(row)} {_not_his(row, viewer)}".strip() if row.kind in mine else why(row),
            str(row.turn),
            row.opened_at,
            mine=row.kind in mine and row.ended_at is None and not found_by(row, viewer),
            where=office(row.office, day),
            until=until(row.due_at),
            ended_at=row.ended_at,
            ended_by=called.get(row.ended_by, row.ended_by),
        )
        for row in rows
    ]


def listed(rows: Sequence[HoldRow], viewer: Actor, day: date) -> list[dict[str, Any]]:
    """Return holds as rows of a queue."""
    mine = own(viewer)
    return [
        {
            "id": row.id,
            "declaration_id": row.declaration_id,
            "number": row.number,
            "reference": row.reference,
            "kind": str(row.kind),
            "what": what(row),
            "why": f"{why(row)} {_not_his(row, viewer)}".strip() if row.kind in mine else why(row),
            "turn": str(row.turn),
            "mine": row.kind in mine and not found_by(row, viewer),
            "office": office(row.office, day),
            "since": row.opened_at,
            "until": until(row.due_at),
        }
        for row in rows
    ]


def _fact(name: str, value: str) -> str:
    if name == "amount":
        return f"{Decimal(value):,}"
    if name == "destination":
        return in_a_sentence(office(value, today()))
    return value


def _at(pointer: str, place: str) -> str:
    """Return a command's pointer as one of the form it was sent by."""
    if not place or not pointer or pointer.startswith(f"#/{place}/"):
        return pointer
    return f"#/{place}/{pointer.removeprefix('#/')}"
