"""The few pages that belong to no desk: language, theme, and the page of all parts."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from tongguan.facilities.accounts.commands import choose_language
from tongguan.kernel.time import utc_now

from . import samples

THEME_COOKIE: Final = "tongguan_theme"
THEMES: Final = ("light", "dark")
YEAR_SECONDS: Final = 365 * 24 * 60 * 60


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in this browser, and with the account of who is signed in."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        choose_language(person_id=int(request.user.pk), language=chosen)
    return set_language(request)


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
