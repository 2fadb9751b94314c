"""`/healthz`, `/readyz` and `/metrics`, for whoever runs the product; answered before all else.

They tell nothing of enterprises: whether this node lives and is ready, and sums for the machine
itself or whoever has the token.
"""

import hmac
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation

from tongguan.interfaces.public.metrics import exposition
from tongguan.interfaces.public.readiness import faults
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
CONTENT: Final = "text/plain; version=0.0.4; charset=utf-8"
NOT_YOURS: Final = _(
    "Figures are for the machine itself, or with the token of TONGGUAN_METRICS_TOKEN."
)
NO_FIGURES: Final = _("The database does not answer: there are no figures now.")


class Health:
    """Answer the addresses for whoever runs the product; pass on all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer without session, cookies, host check or redirection."""
        view = VIEWS.get(request.path_info)
        if view is None:
            return self._get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        with translation.override(translation.get_language_from_request(request)):
            response = view(request)
        response["Cache-Control"] = "no-store"
        return response


def alive(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing is asked of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether work can be given to this node; 503 with words where it cannot."""
    found = faults(now=utc_now())
    told = [{"check": check, "words": translation.gettext(words)} for check, words in found]
    return JsonResponse({"ready": not found, "faults": told}, status=503 if found else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures in Prometheus' text format to the machine itself, or for the token."""
    if not _may_read(request):
        return HttpResponse(f"{translation.gettext(NOT_YOURS)}\n", CONTENT, status=403)
    try:
        return HttpResponse(exposition(now=utc_now()), CONTENT)
    except Error:
        return HttpResponse(f"{translation.gettext(NO_FIGURES)}\n", CONTENT, status=503)


def _may_read(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(name in request.META for name in FORWARDED):  # a proxy asks for somebody else
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


VIEWS: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {
    "/healthz": alive,
    "/readyz": ready,
    "/metrics": metrics,
}
