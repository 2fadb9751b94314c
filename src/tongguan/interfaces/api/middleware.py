"""Refusals that never reach the API's own handlers are told as problems too."""

from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tongguan.interfaces.api import problems
from tongguan.interfaces.api.telling import PROBLEM, refused
from tongguan.kernel.problems import Problem

ROOT: Final = "/api/"
BY_STATUS: Final[Mapping[int, Problem]] = {
    one.status: one
    for one in (
        problems.BAD,
        problems.FORBIDDEN,
        problems.NOWHERE,
        problems.OTHER_METHOD,
        problems.TOO_LARGE,
        problems.TROUBLE,
    )
}
MEGABYTE: Final = 1 << 20


class Problems:
    """Answer what is refused before or beside the API as its own refusals are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; where a page would tell of a refusal, a problem document does."""
        if not request.path.startswith(ROOT):
            return self._get_response(request)
        coding = request.headers.get("Content-Encoding", "identity")
        if coding.strip().lower() not in {"", "identity"}:
            return refused(problems.CODED.at("", coding=coding[:40]))
        if request.method != "HEAD":
            return self._answer(request)
        request.method = "GET"
        response = self._answer(request)
        request.method = "HEAD"
        return _without_body(response)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        known = BY_STATUS.get(response.status_code)
        if known is None:
            return response
        if response.headers.get("Content-Type", "") == PROBLEM:
            return response
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        answer = refused(known.at("", limit=limit))
        if "Allow" in response.headers:
            answer["Allow"] = response.headers["Allow"]
        return answer


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Return the head of an answer. Source: RFC 9110, 9.3.2."""
    if isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
