"""How large a form on one's own account may be: large ones keep the processor busy with hashes."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

FORM_BYTES: Final = 256 * 1024
"""A security key with a chain of certificates says some kB."""
ACCOUNTS: Final = "/accounts/"


class SmallForms:
    """Refuse, before anything is read, what is larger than any form on an account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or refuse with 413."""
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.path.startswith(ACCOUNTS) and length > FORM_BYTES:
            return HttpResponse(status=413)
        return self._get_response(request)
