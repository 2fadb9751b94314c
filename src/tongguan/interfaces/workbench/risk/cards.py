"""Learned models as cards: what each was learned from, how well it did, and how it stands."""

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.risk.commands import consult
from tongguan.domain.risk.criteria import Kind, ModelCard
from tongguan.domain.risk.values import CriterionRow, CriterionState, Figure, WatchRow
from tongguan.domain.risk.watch import watched
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.acts import on_standing, on_waiting
from tongguan.interfaces.workbench.risk.profiles import state_words
from tongguan.interfaces.workbench.risk.reader import desk, people
from tongguan.interfaces.workbench.risk.told_of_models import PLACES, feature, metrics, seen
from tongguan.kernel.time import utc_now

MOST: Final = 12
WATCHED: Final = timedelta(days=30)
FIGURES: Final = (
    Figure.DECLARED,
    Figure.SCORE_DRIFT,
    Figure.FEATURE_DRIFT,
    Figure.HIT_RATE,
    Figure.RANDOM_RATE,
    Figure.CALIBRATION,
)
"""What the watch over a model shows, of all that it notes."""


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every model, the latest first."""
    viewer, base = desk(request)
    rows = consult(kind=Kind.MODEL, by=viewer, now=utc_now())
    known = people(name for row in rows for name in (row.proposed_by, row.decided_by, row.by))
    day = today()
    seen = watched(since=day - WATCHED, until=day + timedelta(days=1), viewer=viewer)
    context = {
        **base,
        "cards": [
            {
                **_card(row, viewer, known),
                "watch": [
                    _watch(one)
                    for one in reversed(seen)
                    if (one.card, one.version) == (row.criterion.id, row.criterion.version)
                ],
            }
            for row in rows[::-1]
        ],
        "figures": [gettext(one.label) for one in FIGURES],
    }
    return render(request, "workbench/risk/models.html", context)


def figure(name: str) -> str:
    """Return a figure that a model is watched by in words; another one by its name."""
    return next((gettext(one.label) for one in Figure if one.value == name), name)


def _watch(row: WatchRow) -> dict[str, Any]:
    return {
        "day": row.day,
        "figures": [
            seen(one, row.figures[str(one)]) if str(one) in row.figures else "–" for one in FIGURES
        ],
        "moved": feature(row.moved) if row.moved else "",
        "passed": [figure(one) for one in row.passed],
        "withdrawn": row.withdrawn,
    }


def _card(row: CriterionRow, viewer: Actor, known: dict[str, str]) -> dict[str, Any]:
    card = row.criterion
    if not isinstance(card, ModelCard):
        raise TypeError(card)
    buttons, why_not = on_standing(row, viewer)
    if row.state is CriterionState.WAITING:
        buttons, why_not = on_waiting(row, viewer)
    strongest = sorted(card.importances.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    whole = sum(card.importances.values()) or 1.0
    return {
        "card": card,
        "state": str(row.state),
        "state_words": state_words(row, today()),
        "since": row.since,
        "why": row.why,
        "by": known.get(row.by, row.by),
        "proposed_by": known.get(row.proposed_by, row.proposed_by),
        "decided_by": known.get(row.decided_by, row.decided_by),
        "metrics": metrics(card.metrics),
        "bounds": [(figure(name), round(of, PLACES)) for name, of in card.bounds.items()],
        "importances": [(feature(name), round(100 * of / whole, 1)) for name, of in strongest],
        "more": len(card.importances) - len(strongest),
        "buttons": buttons,
        "why_not": why_not,
    }
