"""What the web server itself answers: a problem document for software, a page for people."""

from functools import cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from tongguan.interfaces.api.telling import PROBLEM, refused
from tongguan.interfaces.pages.middleware import POLICY
from tongguan.interfaces.server.asked import Asked
from tongguan.interfaces.server.work import Answer
from tongguan.kernel.problems import Problem

RETRY_SECONDS: Final = 5
PAGE: Final = "text/html; charset=utf-8"


def refusal(problem: Problem, asked: Asked, **facts: object) -> Answer:
    """Return the answer that tells a problem, in the language that the caller prefers."""
    kept = tuple(sorted(facts.items()))
    body = _told(problem, _language(asked), kept, for_software=asked.is_for_software)
    headers = [
        ("content-type", PROBLEM if asked.is_for_software else PAGE),
        ("content-length", str(len(body))),
        ("cache-control", "no-store"),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
    ]
    if problem.status == 503:
        headers.append(("retry-after", str(RETRY_SECONDS)))
    return Answer(int(problem.status), headers, body)


@cache
def _told(
    problem: Problem, language: str, facts: tuple[tuple[str, Any], ...], *, for_software: bool
) -> bytes:
    fault = problem.at("", **dict(facts))
    with translation.override(language):
        if for_software:
            return refused(fault).content
        return render_to_string("pages/refused.html", {"fault": fault.told(gettext)}).encode()


def _language(asked: Asked) -> str:
    for given, _weight in parse_accept_lang_header(asked.header("accept-language")[:200]):
        try:
            return translation.get_supported_language_variant(given)
        except LookupError:
            continue
    return translation.get_supported_language_variant("zh-hans")
