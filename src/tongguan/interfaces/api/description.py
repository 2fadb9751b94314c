"""The description of the API, for everybody: made once in each process, told anew when changed."""

import json
from functools import cache
from hashlib import sha256
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe
from ninja.responses import NinjaJSONEncoder

from tongguan.interfaces.api.application import api

JSON: Final = "application/json"


@cache
def written() -> bytes:
    """Return the description as it is sent."""
    return json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder).encode()


@cache
def _tag() -> str:
    return f'"{sha256(written()).hexdigest()[:32]}"'


def _etag(_request: HttpRequest, **_place: Any) -> str:
    return _tag()


@require_safe
@condition(etag_func=_etag)
def page(_request: HttpRequest) -> HttpResponse:
    """Answer the description; 304 to who has it."""
    answer = HttpResponse(written(), content_type=JSON)
    answer["Cache-Control"] = "no-cache"
    return answer
