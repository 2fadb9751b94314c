"""One profile: every wording, how it stands, what it found, and what can be done."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.risk.commands import consult
from tongguan.domain.risk.criteria import Kind, Profile
from tongguan.domain.risk.outcomes import rates_of
from tongguan.domain.risk.values import CriterionRow, CriterionState
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.acts import on_standing
from tongguan.interfaces.workbench.risk.profiles import asked_for, state_words
from tongguan.interfaces.workbench.risk.reader import LOOK_BACK, desk, hit_rate, people
from tongguan.interfaces.workbench.risk.wording import MEMBERS, differences, told, value
from tongguan.kernel.time import utc_now

SHOWN = (
    "treatment",
    "place",
    "share",
    "priority",
    "reason",
    "instruction",
    "district",
    "owner",
    "valid_from",
    "valid_until",
)


@login_required
@require_safe
def page(request: HttpRequest, criterion: int) -> HttpResponse:
    """Show one profile; the reading stands in the ledger."""
    viewer, base = desk(request)
    now, day = utc_now(), today()
    rows = consult(kind=Kind.PROFILE, by=viewer, now=now, ids=[criterion])
    if not rows:
        raise Http404
    known = people(name for row in rows for name in (row.proposed_by, row.decided_by, row.by))
    stood = {CriterionState.ACTIVE, CriterionState.SUSPENDED, CriterionState.ENDED}
    standing = next((row for row in rows if row.state in stood), None)
    shown = standing or rows[-1]
    buttons, why_not = ((), "") if standing is None else on_standing(standing, viewer)
    waiting = [row for row in rows if row.state is CriterionState.WAITING]
    rate = rates_of([criterion], since=now - LOOK_BACK, until=now).get(criterion)
    context = {
        **base,
        "profile": shown.criterion,
        "state": str(shown.state),
        "state_words": state_words(shown, day),
        "since": shown.since,
        "why": shown.why,
        "by": known.get(shown.by, shown.by),
        **_wording(shown, day),
        "rate": hit_rate(rate),
        "buttons": buttons,
        "why_not": why_not,
        "waiting": asked_for(waiting, viewer, known, day),
        "versions": _versions(rows, known, day),
    }
    return render(request, "workbench/risk/profile.html", context)


def _wording(row: CriterionRow, day: date) -> dict[str, Any]:
    profile = row.criterion
    if not isinstance(profile, Profile):
        raise Http404
    return {
        "conditions": [told(one, day) for one in profile.conditions],
        "facts": [
            (gettext(MEMBERS[member]), value(member, getattr(profile, member), day))
            for member in SHOWN
        ],
    }


def _versions(
    rows: tuple[CriterionRow, ...], known: dict[str, str], day: date
) -> list[dict[str, Any]]:
    """Return every wording, the latest first, each with what it says and what it changed."""
    found = []
    before: CriterionRow | None = None
    for row in rows:
        found.append(
            {
                "version": row.criterion.version,
                "name": row.criterion.name,
                "state_words": state_words(row, day),
                "proposed_by": known.get(row.proposed_by, row.proposed_by),
                "proposed_at": row.proposed_at,
                "decided_by": known.get(row.decided_by, row.decided_by),
                "decided_at": row.decided_at,
                "changes": differences(
                    None if before is None else before.criterion, row.criterion, day
                ),
                **_wording(row, day),
            }
        )
        before = row
    return found[::-1]
