"""What no part of the product can take is refused at the door, before anything reads it.

PostgreSQL keeps no NUL, and text is UTF-8: an address, a header, a cookie, the credentials of
software or a form that breaks one of these is answered 400, as a page or as a problem document.
Bodies of the API are no forms; their readers refuse such a text at its place.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator, MutableMapping
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters
from django.views.defaults import bad_request

API: Final = "/api/"
TOKENS: Final = "/oauth/token"
NUL: Final = "\0"
REPLACED: Final = "\ufffd"
"""What Django, or the server before it, puts where bytes are no UTF-8."""
UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
UNREADABLE: Final = "tongguan.unreadable"
"""Marks a call whose path or type of content cannot be read, before Django looks at it."""
BROKEN: Final = (
    BadRequest,
    MultiPartParserError,
    SuspiciousOperation,
    UnreadablePostError,
    LookupError,
    ValueError,
)
"""How reading a form, an address or a header fails."""


def marked(environ: MutableMapping[str, Any]) -> None:
    """Mark a call whose path is no UTF-8 or whose form's type cannot be read; tidy the type.

    Django repairs such a path silently, reads addresses in the character set that the body is said
    to have, and fails before any middleware runs where there is no such set.
    """
    given = environ.get("CONTENT_TYPE", "")
    kind, known = given.partition(";")[0].strip().lower(), True
    if ";" in given:
        try:
            parameters = parse_header_parameters(given)[1]
            known = str(parameters.get("charset", "utf-8")).lower() in UTF_8
        except (LookupError, ValueError):
            known = False
    if not known:
        environ["CONTENT_TYPE"] = kind
    if not _is_text(environ) or NUL in given or (kind in FORMS and not known):
        environ[UNREADABLE] = True


def _is_text(environ: MutableMapping[str, Any]) -> bool:
    try:
        environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


class Door:
    """Refuse what is not text as the product keeps it, wherever it stands in the call."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the call in, or answer 400; `api.middleware.Problems` makes a problem of that."""
        if _readable(request):
            return self._get_response(request)
        if request.path == TOKENS:
            return JsonResponse({"error": "invalid_request"}, status=400)  # RFC 6749, 5.2
        return bad_request(request, BadRequest())


def _readable(request: HttpRequest) -> bool:
    try:
        return not any(_unfit(one) for one in _texts(request))
    except BROKEN:
        return False


def _texts(request: HttpRequest) -> Iterator[str]:
    """Yield every text of a call but a body that is no form."""
    if request.META.get(UNREADABLE) or REPLACED in request.path:
        raise BadRequest
    yield request.path
    yield _utf_8(request.META.get("QUERY_STRING", "").encode("latin-1"))
    for name, value in request.META.items():
        if name.startswith("HTTP_"):
            yield str(value)
    yield from chain.from_iterable(request.COOKIES.items())
    yield _credentials(request.headers.get("Authorization", ""))
    # Read here, because what cannot be read fails.
    yield from (str(one) for one in request.accepted_types)
    if request.method == "POST" and request.content_type in FORMS:
        yield from () if request.path.startswith(API) else _form(request)


def _unfit(text: str) -> bool:
    return NUL in text


def _utf_8(percented: bytes) -> str:
    return unquote_to_bytes(percented).decode("utf-8")


def _credentials(header: str) -> str:
    """Return what Basic credentials say; other kinds are one word, and empty here."""
    kind, _space, word = header.partition(" ")
    return _utf_8(b64decode(word)) if kind.lower() == "basic" else ""


def _form(request: HttpRequest) -> Iterator[str]:
    """Yield the names and values of a form, and the names of its files."""
    damaged = False
    for name, values in request.POST.lists():
        for text in (name, *map(str, values)):
            damaged = damaged or REPLACED in text
            yield text
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name or "" for file in files)
    if damaged and request.content_type != "multipart/form-data":
        _utf_8(request.body)
    elif damaged:
        raise BadRequest
