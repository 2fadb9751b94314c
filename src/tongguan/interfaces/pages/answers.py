"""What an answer to htmx carries besides its HTML."""

import json
from typing import Final, Literal

from django.http import HttpRequest, HttpResponse

Kind = Literal["info", "success", "warning", "error"]

FROM_HTMX: Final = "HX-Request"


def wants_part(request: HttpRequest) -> bool:
    """Return whether htmx asks, so that only the part it replaces is to be sent."""
    return request.headers.get(FROM_HTMX) == "true"


def toast(answer: HttpResponse, words: str, *, kind: Kind = "success") -> HttpResponse:
    """Return the answer with a short message that the page shows for a while.

    Args:
        answer: what is sent to htmx.
        words: one sentence, translated.
        kind: its colour; an error stays until the reader closes it.
    """
    answer.headers["HX-Trigger"] = json.dumps({"toast": {"words": words, "kind": kind}})
    return answer


def leave_for(url: str) -> HttpResponse:
    """Return an answer that makes the browser open another page after an act by htmx."""
    return HttpResponse(headers={"HX-Redirect": url})
