"""Officers without a second factor reach only the pages where they activate one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from allauth.account.internal.stagekit import unstash_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tongguan.facilities.accounts.factors import lacks_factor, lock_factors, note_changes
from tongguan.facilities.accounts.problems import FACTOR_NEEDED
from tongguan.interfaces.api.telling import refused
from tongguan.kernel.time import utc_now

FACTORS: Final = "/accounts/2fa/"
OPEN: Final = (
    FACTORS,
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/language",
    "/theme",
    "/static/",
)
"""What somebody reaches who has yet to activate a second factor."""


class SecondFactor:
    """Lead officers who lack a second factor to its pages; acts on factors are one transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to where a factor is activated."""
        if request.path.startswith(FACTORS):
            # The library writes a factor, and the ledger is told of it: both or neither.
            with transaction.atomic():
                return self._noting(request)
        if not request.path.startswith(OPEN) and self._is_lacking(request):
            if request.path.startswith("/api/"):
                return refused(FACTOR_NEEDED.at("", account=request.user.get_username()))
            return HttpResponseRedirect(reverse("mfa_index"))
        return self._get_response(request)

    def _noting(self, request: HttpRequest) -> HttpResponseBase:
        person = _whose(request)
        before = {} if person is None else lock_factors(person)
        answer = self._get_response(request)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
        elif person is not None:
            note_changes(person, before, now=utc_now())
        return answer

    def _is_lacking(self, request: HttpRequest) -> bool:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated or person.password_given:
            return False  # `OwnPassword` leads to where a password is chosen, and comes first
        return lacks_factor(int(person.pk or 0), now=utc_now())


def _whose(request: HttpRequest) -> int | None:
    """Return whose factors a page is about: who signed in, or is about to with a factor."""
    if request.user.is_authenticated:
        return int(request.user.pk or 0)
    begun = unstash_login(request, peek=True)
    return None if begun is None or begun.user is None else int(begun.user.pk)
