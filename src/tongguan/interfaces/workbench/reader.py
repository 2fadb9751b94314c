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

from tongguan.domain.clearance.values import HoldRow, reason
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.queries import names
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.interfaces.pages.shapes import Coded, HoldCard, Trouble
from tongguan.interfaces.pages.who import actor
from tongguan.interfaces.workbench.whose import Whose, standings
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


def cards(
    rows: Sequence[HoldRow], viewer: Actor, day: date, called: Mapping[str, str]
) -> list[HoldCard]:
    """Return holds as a case shows them."""
    told = standings(rows, viewer)
    return [
        HoldCard(
            what(row),
            _reason(row, told[row.id]),
            str(told[row.id].turn),
            row.opened_at,
            mine=told[row.id].mine,
            where=office(row.office, day),
            until=None if told[row.id].stopped else until(row.due_at),
            ended_at=row.ended_at,
            ended_by=called.get(row.ended_by, row.ended_by),
        )
        for row in rows
    ]


def listed(rows: Sequence[HoldRow], viewer: Actor, day: date) -> list[dict[str, Any]]:
    """Return holds as rows of a queue."""
    told = standings(rows, viewer)
    return [
        {
            "id": row.id,
            "declaration_id": row.declaration_id,
            "number": row.number,
            "reference": row.reference,
            "kind": str(row.kind),
            "what": what(row),
            "why": _reason(row, told[row.id]),
            "turn": str(told[row.id].turn),
            "mine": told[row.id].mine,
            "office": office(row.office, day),
            "since": row.opened_at,
            "until": None if told[row.id].stopped else until(row.due_at),
            "stopped": told[row.id].stopped,
        }
        for row in rows
    ]


def _reason(row: HoldRow, whose: Whose) -> str:
    """Return why goods are held, and what is to be said of whose turn it is."""
    return " · ".join(filter(None, (why(row), whose.words)))


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
