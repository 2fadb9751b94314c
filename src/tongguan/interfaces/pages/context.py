"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tongguan.facilities.accounts.factors import lacks_factor
from tongguan.kernel.time import utc_now

from .navigation import address
from .people import demo_people
from .views import THEME_COOKIE, THEMES


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return language choice, theme, the signed-in person's name, and the moment.

    `now` is the one moment of the page; a view that passes its own wins.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "now": utc_now(),
        "languages": settings.LANGUAGES,
        "theme": theme if theme in THEMES else "",
        "demonstration": settings.DEMONSTRATION,
        # Called by the page that shows them, by no other.
        "demo_people": demo_people,
        # Called where it is shown, on the pages of one's account.
        "factor_needed": lambda: _needs_factor(getattr(request, "user", None)),
        "person_name": _name_of(getattr(request, "user", None)),
        "account_links": {
            "password": address("account_change_password"),
            "second_factor": address("mfa_index"),
            "mail": address("account_email"),
            "sign_out": address("account_logout"),
            "sign_in": address("account_login"),
        },
        "public_links": {"commitments": address("public:commitments")},
    }


def _needs_factor(user: Any) -> bool:
    return bool(user and user.is_authenticated and lacks_factor(user.pk, now=utc_now()))


def _name_of(user: Any) -> str:
    if user is None or not user.is_authenticated:
        return ""
    return str(user.get_full_name() or user.get_username())
