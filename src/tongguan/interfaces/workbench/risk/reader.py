"""Who sits at the risk desk, and what each of its pages shows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.values import HitRate
from tongguan.facilities.accounts.queries import names
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.interfaces.pages.navigation import address
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.interfaces.workbench.reader import at_desk, frame
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.numbers import typed_day
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.text import _

LOOK_BACK: Final = timedelta(days=90)
"""So far back lists tell how often a profile hit and found."""
TABS: Final = (
    ("workbench:risk", _("Today")),
    ("workbench:profiles", _("Profiles")),
    ("workbench:shares", _("Shares and policy")),
    ("workbench:model_cards", _("Models")),
    ("workbench:outcomes", _("Outcomes")),
    ("workbench:promises", _("Promises")),
    ("workbench:backtests", _("Backtests")),
)
PAGES: Final = {
    Kind.PROFILE: "workbench:profiles",
    Kind.SHARE: "workbench:shares",
    Kind.POLICY: "workbench:shares",
    Kind.MODEL: "workbench:model_cards",
}
"""Where the criteria of each kind are listed."""
_HUNDRED: Final = Decimal(100)


def desk(request: HttpRequest) -> tuple[Actor, dict[str, Any]]:
    """Return who sits at the desk, and what its frame shows.

    Raises:
        PermissionDenied: he is neither a risk analyst nor an auditor.
    """
    viewer = at_desk(request, "risk")
    return viewer, {
        **frame(viewer),
        "tabs": tabs(request.path),
        "may_change": viewer.is_(Role.RISK_ANALYST),
        "me": viewer.name,
    }


def tabs(path: str) -> list[dict[str, object]]:
    """Return the pages of the desk that this installation serves, the reader's marked."""
    found = [(url, words) for route, words in TABS if (url := address(route)) is not None]
    here = max((url for url, _words in found if path.startswith(url)), key=len, default="")
    return [{"url": url, "words": gettext(words), "here": url == here} for url, words in found]


def people(accounts: Iterable[str]) -> dict[str, str]:
    """Return people by account name, in the reader's language; one statement."""
    wanted = {one for one in accounts if one}
    chinese = (get_language() or "zh").startswith("zh")
    found = names(wanted)
    told = {
        one: (found[one][chinese] or found[one][not chinese] or one) if one in found else one
        for one in wanted
    }
    return told | {SYSTEM.name: gettext(SYSTEM.label)}


def troubles(error: ProblemError) -> list[Trouble]:
    """Return the faults of a refusal as a page shows them, reasons translated too."""
    return [trouble(fault) for fault in error.faults]


def trouble(fault: Fault) -> Trouble:
    """Return one fault as a page shows it."""
    facts = {
        name: gettext(fact) if name == "reason" and isinstance(fact, str) else fact
        for name, fact in fault.facts.items()
    }
    one = Fault(fault.problem, fault.pointer, facts).told(gettext)
    return Trouble(one["code"], one["title"], one["detail"], one["remedy"], one["pointer"])


def percent(share: Decimal | float | None) -> str:
    """Return a share of 1 as people read it: `7.5%`; a dash where there is none.

    >>> percent(Decimal("0.075")), percent(Decimal(1)), percent(None)
    ('7.5%', '100%', '–')
    """
    if share is None:
        return "–"
    figure = (Decimal(share) * _HUNDRED).quantize(Decimal("0.1"))
    return f"{figure.normalize():f}%" if figure == figure.to_integral_value() else f"{figure}%"


def hit_rate(rate: HitRate | None) -> dict[str, Any]:
    """Return how often something found something, as a cell shows it."""
    if rate is None:
        return {"met": 0, "ended": 0, "found": 0, "share": "–", "interval": ""}
    interval = "" if rate.low is None else f"{percent(rate.low)}–{percent(rate.high)}"
    return {
        "met": rate.met,
        "ended": rate.ended,
        "found": rate.found,
        "effect": rate.effect,
        "share": percent(rate.share),
        "interval": interval,
    }


def period(since: datetime, until: datetime) -> dict[str, datetime]:
    """Return a span of time as queries take it."""
    return {"since": since, "until": until}


def numbers(ids: Iterable[DeclarationId]) -> dict[DeclarationId, DeclarationRow]:
    """Return the heads of declarations; analysts and auditors of the region see them all."""
    return heads(list(ids))


def day_of(text: str) -> date | None:
    """Return the day that was typed, or None where it is none."""
    return typed_day(text)
