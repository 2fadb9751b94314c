"""Who is looking: the actor behind a request, by the postings in force at this moment."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from tongguan.domain.parties.queries import acting
from tongguan.facilities.accounts.queries import duties_of_person
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.time import utc_now


def actor(request: HttpRequest) -> Actor:
    """Return who looks, looked up once a request.

    Raises:
        PermissionDenied: the person was dismissed since signing in.
    """
    kept = getattr(request, "tongguan_actor", None)
    if isinstance(kept, Actor):
        return kept
    now = utc_now()
    duties = duties_of_person(int(request.user.pk or 0), now=now)
    if duties is None:
        raise PermissionDenied
    found = acting(duties, channel="portal", now=now)
    request.tongguan_actor = found  # type: ignore[attr-defined]
    return found
