"""Who signed in with a password that an administrator gave chooses an own one before all else."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tongguan.facilities.accounts.problems import OWN_PASSWORD_NEEDED
from tongguan.interfaces.api.telling import refused

OPEN: Final = (
    "/accounts/password/",
    "/accounts/logout/",
    "/language",
    "/theme",
    "/static/",
)
"""What somebody reaches who has yet to choose a password; a forgotten one is reset here too."""


class OwnPassword:
    """Lead people whose password was given to the page where they choose one.

    It stands before the gate of second factors, which lets that page through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to where a password is chosen. No statement beside that of the session.

        Software is not concerned: it signs in with tokens, and sends no session.
        """
        if request.path.startswith(OPEN) or not getattr(request.user, "password_given", False):
            return self._get_response(request)
        if request.path.startswith("/api/"):
            return refused(OWN_PASSWORD_NEEDED.at("", account=request.user.get_username()))
        return HttpResponseRedirect(reverse("account_change_password"))
