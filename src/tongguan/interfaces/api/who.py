"""Who calls: software by an OAuth2 bearer token, people by their session."""

import time
from threading import Lock
from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from tongguan.domain.parties.queries import acting
from tongguan.facilities.accounts.queries import (
    client_of_token,
    duties_of_client,
    duties_of_person,
)
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.time import utc_now

KEPT_SECONDS: Final = 5.0
KEPT_MOST: Final = 10_000


class _Kept:
    """Actors of tokens, for a few seconds: a client that sends fast is looked up once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, tuple[float, Actor]] = {}

    def get(self, token: str) -> Actor | None:
        """Return the actor of a token looked up a moment ago."""
        until, actor = self._found.get(token, (0.0, None))
        return actor if time.monotonic() < until else None

    def put(self, token: str, actor: Actor) -> None:
        """Keep the actor of a token for a moment."""
        with self._lock:
            if len(self._found) >= KEPT_MOST:
                self._found.clear()
            self._found[token] = (time.monotonic() + KEPT_SECONDS, actor)


_KEPT: Final = _Kept()


class Token(HttpBearer):
    """Software that signed in with client credentials. Source: RFC 6749, 4.4; RFC 6750."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who stands behind a token, or None where it is not valid."""
        kept = _KEPT.get(token)
        if kept is not None:
            return kept
        now = utc_now()
        client = client_of_token(token, now=now)
        duties = None if client is None else duties_of_client(client, now=now)
        if duties is None:
            return None
        found = acting(duties, channel="api", now=now)
        _KEPT.put(token, found)
        return found


class Session(SessionAuth):
    """Somebody who signed in with a browser; changes need the page's CSRF token."""

    def _get_key(self, request: HttpRequest) -> str | None:
        # Whoever is not signed in has nothing to forge: software whose token ran out is told that.
        return super()._get_key(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return who is signed in, or None."""
        if not request.user.is_authenticated:
            return None
        now = utc_now()
        duties = duties_of_person(int(request.user.pk), now=now)
        return None if duties is None else acting(duties, channel="api", now=now)


def caller(request: HttpRequest) -> Actor:
    """Return who calls, as `Token` or `Session` found."""
    found: Actor = request.auth  # type: ignore[attr-defined]
    return found
