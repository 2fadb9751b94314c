"""Claims at the cargo desk: disputes of carriers, bills handed over, goods brought elsewhere."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext

from tongguan.domain.cargo import decisions
from tongguan.domain.cargo.claims import disputes, diversions
from tongguan.domain.cargo.consignees import name_consignee
from tongguan.domain.cargo.values import Outcome
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.workbench.entered import Entered
from tongguan.interfaces.workbench.reader import office, site, today
from tongguan.kernel.identifiers import BILL, ENTERPRISE, SITE

Act = Callable[[HttpRequest, Entered, Actor, datetime], str]


def shown(_request: HttpRequest, viewer: Actor) -> dict[str, Any]:
    """Return what waits to be decided, and what was."""
    return {
        "disputes": [
            (row, office(row.office, today()), _outcome(row.outcome))
            for row in disputes(viewer=viewer)
        ],
        "diversions": [
            (row, site(row.from_site) if row.from_site else None, site(row.to_site))
            for row in diversions(viewer=viewer)
        ],
        "decides": viewer.is_(*decisions.DECIDERS),
    }


def _outcome(code: str) -> str:
    return gettext(Outcome(code).label) if code else ""


def _decide(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    id_, outcome = form.id("id"), form.choice("outcome", *map(str, Outcome))
    reason = form.text("reason", most=300, required=True)
    form.settle()
    decided = Outcome(outcome)
    decisions.decide_dispute(dispute_id=id_, outcome=decided, reason=reason, by=by, now=now)
    return gettext("Decided.")


def _hand_over(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("number", BILL, required=True)
    carrier = form.identifier("carrier", ENTERPRISE, required=True)
    form.settle()
    decisions.hand_over(number=number, carrier=carrier, by=by, now=now)
    return gettext("Handed over: {bill}").format(bill=number)


def _name_consignee(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("number", BILL, required=True)
    consignee = form.text("consignee", most=150, required=True)
    reason = form.text("reason", most=300, required=True)
    form.settle()
    name_consignee(number=number, consignee=consignee, reason=reason, by=by, now=now)
    return gettext("Named: {bill}").format(bill=number)


def _divert(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("number", BILL, required=True)
    place, reason = (
        form.identifier("site", SITE, required=True),
        form.text("reason", most=300, required=True),
    )
    form.settle()
    decisions.ask_diversion(number=number, site=place, reason=reason, by=by, now=now)
    return gettext("Asked. An officer decides.")


def _decide_diversion(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    id_, answer = form.id("id"), form.choice("approved", "yes", "no")
    words = form.text("reason", most=300, required=True)
    form.settle()
    approved = answer == "yes"
    decisions.decide_diversion(diversion_id=id_, approved=approved, words=words, by=by, now=now)
    return gettext("Decided.")


ACTS: Final[Mapping[str, Act]] = {
    "decide": _decide,
    "hand_over": _hand_over,
    "name_consignee": _name_consignee,
    "divert": _divert,
    "decide_diversion": _decide_diversion,
}
