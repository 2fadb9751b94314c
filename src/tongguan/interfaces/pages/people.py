"""The invented people that a demonstration lets its visitors be, by one press."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext

from tongguan.interfaces.pages.shapes import DemoPerson
from tongguan.processes.demo.password import known
from tongguan.processes.demo.people import PLAYERS


def demo_people() -> tuple[DemoPerson, ...]:
    """Return them with their password; nobody where this is no demonstration."""
    password = known(Path(settings.HOME)) if settings.DEMONSTRATION else ""
    if not password:
        return ()
    chinese = (get_language() or "").startswith("zh")
    return tuple(
        DemoPerson(
            one.name_zh if chinese else one.name_en, gettext(one.words), one.username, password
        )
        for one in PLAYERS
    )
