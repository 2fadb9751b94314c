"""What a refusal means, by its code: the page that `type` of every problem document leads to.

It needs no sign-in, for software's makers look up codes, and it tells nothing of any case: where a
refusal states facts, an ellipsis stands. Source: RFC 9457, 3.1.1.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

import tongguan
from tongguan.kernel.problems import Problem

PACKAGE: Final = Path(tongguan.__file__).parent
UNSAID: Final = "…"


class _Unsaid(dict[str, str]):
    """Facts of no case."""

    def __missing__(self, _name: str) -> str:
        """Return what stands for any fact."""
        return UNSAID


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show title, detail and remedy of a refusal in every language, the reader's first."""
    problem = _catalogue().get(code.upper())
    if problem is None:
        raise Http404
    mine = translation.get_language()
    languages = sorted((one for one, _name in settings.LANGUAGES), key=lambda one: one != mine)
    told = [_told(problem, one) for one in languages]
    return render(request, "public/problem.html", {"problem": problem, "told": told})


def _told(problem: Problem, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "language": language,
            "title": gettext(problem.title),
            "detail": gettext(problem.detail).format_map(_Unsaid()),
            "remedy": gettext(problem.remedy).format_map(_Unsaid()),
        }


@cache
def _catalogue() -> Mapping[str, Problem]:
    """Return every refusal of the product by its code: each room states its own in `problems`."""
    found: dict[str, Problem] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if "problems" in parts:
            stated = vars(import_module(".".join(parts).removesuffix(".__init__")))
            found.update({one.code: one for one in stated.values() if isinstance(one, Problem)})
    return found
