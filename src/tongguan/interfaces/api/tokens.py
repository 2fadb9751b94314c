"""Where software gets tokens: `/oauth/token`, with client credentials. Source: RFC 6749, 4.4."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any, Final
from urllib.parse import unquote_plus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import TokenView as OfLibrary

from tongguan.facilities.accounts import tries
from tongguan.facilities.accounts.credentials import hash_secret_anew
from tongguan.facilities.accounts.queries import secret_is_right
from tongguan.facilities.accounts.tries import Limit
from tongguan.facilities.log import note
from tongguan.kernel.time import utc_now

GRANT: Final = "client_credentials"
MOST_BYTES: Final = 16_384
LONGEST: Final = 200
"""No client id and no secret of this product has as many signs."""
AT_ADDRESS: Final = Limit(most=30, seconds=60)
"""Wrong tries that are heard from one address, whatever software they name."""
_IN_FORM: Final = frozenset({"client_id", "client_secret"})
OF_CLIENT: Final = Limit(most=10, seconds=60)
"""Wrong tries that are heard from one address for one client."""


class TokenView(OfLibrary):  # type: ignore[misc] # the library has no types
    """Gives tokens for client credentials alone, and hears few wrong secrets.

    A client that is not known is answered as one whose secret is wrong: after the same statements
    and one hash, so neither the answer nor its time tells which clients there are.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a token, or why there is none."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return _refused(413, "invalid_request", f"The body is larger than {MOST_BYTES} bytes.")
        if fault := _malformed(request):
            return _refused(400, "invalid_request", fault)
        if request.POST.get("grant_type") != GRANT:
            return _refused(400, "unsupported_grant_type", f"The grant is {GRANT}.")
        if _is_basic(request):
            # The library reads the name of the scheme as it stands. Source: RFC 9110, 11.1.
            said = request.META["HTTP_AUTHORIZATION"].partition(" ")[2]
            request.META["HTTP_AUTHORIZATION"] = f"Basic {said}"
        client, secret = _credentials(request)
        now, address = utc_now(), tries.network(get_adapter().get_client_ip(request))
        of_client = f"token:{tries.subject(client)}:{address}"
        at_address = f"token::{address}"
        # What the limit of one client refuses does not use up that of all at the address.
        for key, limit in ((of_client, OF_CLIENT), (at_address, AT_ADDRESS)):
            if wait := tries.count([(key, limit)], now=now):
                return _wait(wait)
        if not secret_is_right(client, secret):
            refusal = _refused(401, "invalid_client", "Client id or secret is wrong.")
            refusal["WWW-Authenticate"] = 'Basic realm="tongguan"'
            return refusal
        tries.take_back([of_client, at_address])
        hash_secret_anew(client_id=client, secret=secret, now=now)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


def _is_basic(request: HttpRequest) -> bool:
    scheme: str = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[0]
    return scheme.lower() == "basic"


def _malformed(request: HttpRequest) -> str:
    """Return what makes a request malformed, if anything. Source: RFC 6749, 2.3, 3.2 and 5.2."""
    if not request.POST.get("grant_type"):  # one without a value counts as left out
        return "The parameter grant_type is missing."
    if any(len(values) > 1 for _name, values in request.POST.lists()):
        return "A parameter is repeated."
    if _is_basic(request) and not _IN_FORM.isdisjoint(request.POST):
        return "The credentials are sent in one way only."
    return ""


def _credentials(request: HttpRequest) -> tuple[str, str]:
    """Return client id and secret, from the header or the body; what cannot be either is empty."""
    if _is_basic(request):
        said = request.META["HTTP_AUTHORIZATION"].partition(" ")[2]
        try:
            decoded = b64decode(said).decode()
        except (Base64Error, ValueError):
            return "", ""
        # Source: RFC 6749, 2.3.1: both are encoded as a form is.
        client, secret = map(unquote_plus, decoded.partition(":")[::2])
    else:
        client = request.POST.get("client_id", "")
        secret = request.POST.get("client_secret", "")
    usable = all(0 < len(one) <= LONGEST and one.isprintable() for one in (client, secret))
    return (client, secret) if usable else ("", "")


def _refused(status: int, error: str, words: str) -> HttpResponse:
    note(reason=error)
    answer = JsonResponse({"error": error, "error_description": words}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _wait(seconds: int) -> HttpResponse:
    words = f"Too many wrong secrets. Try again in {seconds} s."
    answer = _refused(429, "slow_down", words)
    answer["Retry-After"] = str(seconds)
    return answer
