"""Tells the log who made a request, once the product knows."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.log import note


class Who:
    """Note who called: the account of a token or a session, without looking for it anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note who asked."""
        response = self._get_response(request)
        actor = getattr(request, "auth", None)
        person = getattr(request, "_cached_user", None)
        if isinstance(actor, Actor):
            note(who=actor.name)
        elif person is not None and person.is_authenticated:
            note(who=person.get_username())
        return response
