"""Refusals as problem documents. Source: RFC 9457."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext
from msgspec import json

from tongguan.kernel.problems import Fault, first_of

PROBLEM: Final = "application/problem+json"


def refused(*faults: Fault) -> HttpResponse:
    """Return a refusal with its first faults, in the reader's language; the very first decides."""
    first = faults[0].problem
    body = {
        "type": f"/problems/{first.code}",
        "title": gettext(first.title),
        "status": int(first.status),
        "errors": [fault.told(gettext) for fault in first_of(faults)],
    }
    return HttpResponse(json.encode(body), content_type=PROBLEM, status=int(first.status))
