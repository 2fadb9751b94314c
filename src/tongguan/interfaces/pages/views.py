"""The few pages that belong to no desk: theme, and the page of all parts."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tongguan.kernel.time import utc_now

from . import samples

THEME_COOKIE: Final = "tongguan_theme"
THEMES: Final = ("light", "dark")
YEAR_SECONDS: Final = 365 * 24 * 60 * 60


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark, and go back to where the reader was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(THEME_COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax")
    return answer


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every part of a page in every state."""
    return render(request, "pages/style.html", samples.everything(now=utc_now()))
