"""What all loads share: who may load, what puts it in force, and how processes are told."""

from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from tongguan.domain.reference import problems
from tongguan.domain.reference.models import CalendarRelease, TariffRelease
from tongguan.facilities.accounts.queries import has_people
from tongguan.facilities.accounts.rules.duties import require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.time import LOCAL

IN_FORCE: Final = Coalesce("approved_at", "loaded_at")
"""The moment from which a release that waits no more is in force: of two the later goes first."""
_Release = TypeVar("_Release", TariffRelease, CalendarRelease)
_STAMP: Final = """
    INSERT INTO reference_stamp (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = reference_stamp.number + 1
"""


def require_loader(by: Actor) -> bool:
    """Refuse a load to whoever is no person who signed in; return whether it is one.

    The operator loads alone in a house that has no person yet; a person who signed in does
    everywhere else.

    Raises:
        ProblemError: ACC-014 no person, ACC-016 not signed in; REF-082 the operator, where
            there are persons.
    """
    if not by.is_(Role.SYSTEM):
        require_person(by)
        return True
    if has_people():
        raise problems.LOADER_NEEDED.error()
    return False


def waiting(among: QuerySet[_Release]) -> QuerySet[_Release]:
    """Return the releases that wait for a second person, without those that were declined."""
    return among.filter(waiting_since__isnull=False, declined_at=None)


def in_force_since(found: _Release, among: QuerySet[_Release]) -> QuerySet[_Release]:
    """Return the releases that came in force after one was loaded, the latest first.

    Loads follow one another by their numbers; of an earlier number the approval may be later.
    """
    later = Q(pk__gt=found.pk) | Q(approved_at__gt=found.loaded_at)
    in_force = among.filter(later, waiting_since=None).exclude(pk=found.pk)
    return in_force.order_by(IN_FORCE.desc(), "-pk")


def put_in_force(
    found: TariffRelease | CalendarRelease, *, by: Actor, now: datetime
) -> dict[str, Any]:
    """Let a release wait no more; return the columns that were written."""
    written = {"waiting_since": None, "approved_by": by.name, "approved_at": now}
    for name, value in written.items():
        setattr(found, name, value)
    found.save(update_fields=list(written))
    return written


def stamp() -> None:
    """Tell all processes that keep a snapshot to renew it; others wait here until we commit."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)


def today_of(now: datetime) -> date:
    """Return the day of a moment in the region."""
    return now.astimezone(LOCAL).date()
