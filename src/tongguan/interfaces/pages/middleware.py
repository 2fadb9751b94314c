"""What every answer tells the browser it may do."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# The vendored style sheet draws its marks as data: images.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

OWN: Final = ("/accounts/", "/oauth/")
"""Below these, all is about somebody's account, signed in or not."""


class ContentSecurityPolicy:
    """Let pages load from this host only, and run no script or style written into the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy, unless the view has set its own."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class NoStore:
    """Let nothing be kept, by browsers or proxies, of what is answered to who signed in.

    Pages of others and files say themselves how long they are good for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what comes with a session, a token or from the pages of accounts is not kept."""
        response = self._get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        own = signed_in or "Authorization" in request.headers or request.path.startswith(OWN)
        if own and not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response
