"""The list of profiles: what waits for a second person on top, then all of them, page by page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.commands import consult_page
from tongguan.domain.risk.criteria import ALWAYS, Kind, Profile, Treatment
from tongguan.domain.risk.lists import PAGE_ROWS, Wanted
from tongguan.domain.risk.outcomes import rates_of
from tongguan.domain.risk.queries import criteria
from tongguan.domain.risk.values import CriterionRow, CriterionState, HitRate
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.pages import paging
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.acts import on_waiting
from tongguan.interfaces.workbench.risk.reader import (
    LOOK_BACK,
    desk,
    hit_rate,
    people,
    percent,
)
from tongguan.interfaces.workbench.risk.wording import differences, named
from tongguan.kernel.time import utc_now

FILTERED = (
    CriterionState.ACTIVE,
    CriterionState.WAITING,
    CriterionState.SUSPENDED,
    CriterionState.ENDED,
    CriterionState.REFUSED,
)


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show a page of profiles; the filters stand in the address."""
    viewer, base = desk(request)
    now, day, asked = utc_now(), today(), request.GET
    wanted = Wanted(
        state=next((one for one in FILTERED if one.value == asked.get("state")), None),
        treatment=asked.get("treatment", ""),
        owner=asked.get("owner", ""),
        district=asked.get("district", ""),
        text=asked.get("text", "").strip(),
        after=paging.row_of(asked.get("after", "")),
    )
    rows, waiting = consult_page(kind=Kind.PROFILE, wanted=wanted, by=viewer, now=now)
    ids = {row.criterion.id for row in (*rows, *waiting)}
    rates = rates_of(ids, since=now - LOOK_BACK, until=now)
    known = people(name for row in (*rows, *waiting) for name in (row.proposed_by, row.decided_by))
    region = snapshot().region
    context = {
        **base,
        "rows": [_row(row, rates, known, day) for row in rows],
        "after": str(rows[-1].criterion.id) if len(rows) == PAGE_ROWS else "",
        "waiting": asked_for(waiting, viewer, known, day),
        "wanted": wanted,
        "state": str(wanted.state or ""),
        "filtered": any(
            (wanted.state, wanted.treatment, wanted.owner, wanted.district, wanted.text)
        ),
        "states": [(str(one), gettext(one.label)) for one in FILTERED],
        "treatments": [(str(one), gettext(one.label)) for one in Treatment],
        "districts": [(row.code, named(row.code, day)) for row in region.districts],
        "offices": [(row.code, named(row.code, day)) for row in region.offices(day)],
    }
    return render(request, "workbench/risk/profiles.html", context)


def asked_for(
    waiting: Sequence[CriterionRow], viewer: Actor, known: dict[str, str], day: date
) -> list[dict[str, Any]]:
    """Return wordings that wait, with what each changes against the one in force, and its acts."""
    found = []
    stand = _standing(waiting)
    for row in waiting:
        old = stand.get((row.criterion.kind, row.criterion.id))
        buttons, why_not = on_waiting(row, viewer)
        found.append(
            {
                "row": row,
                "id": row.criterion.id,
                "name": row.criterion.name,
                "version": row.criterion.version,
                "new": old is None,
                "proposed_by": known.get(row.proposed_by, row.proposed_by),
                "at": row.proposed_at,
                "changes": differences(None if old is None else old.criterion, row.criterion, day),
                "buttons": buttons,
                "why_not": why_not,
            }
        )
    return found


def _standing(waiting: Sequence[CriterionRow]) -> dict[tuple[Kind, int], CriterionRow]:
    """Return the wordings in force or suspended of criteria of which another waits."""
    stand = {}
    for kind in {row.criterion.kind for row in waiting}:
        again = [row.criterion.id for row in waiting if row.criterion.kind is kind]
        for row in criteria(kind, again):
            if row.state in {CriterionState.ACTIVE, CriterionState.SUSPENDED}:
                stand[kind, row.criterion.id] = row
    return stand


def _row(
    row: CriterionRow, rates: dict[int, HitRate], known: dict[str, str], day: date
) -> dict[str, Any]:
    profile = row.criterion
    if not isinstance(profile, Profile):
        raise TypeError(profile)
    return {
        "id": profile.id,
        "name": profile.name,
        "version": profile.version,
        "place": named(profile.district, day) if profile.district else "",
        "owner": named(profile.owner, day) if profile.owner else "",
        "state": str(row.state),
        "state_words": state_words(row, day),
        "proposed_by": known.get(row.proposed_by, row.proposed_by),
        "decided_by": known.get(row.decided_by, row.decided_by),
        "valid_from": None if profile.valid_from == ALWAYS else profile.valid_from,
        "valid_until": profile.valid_until,
        "treatment": gettext(Treatment(profile.treatment).label),
        "share": percent(profile.share),
        "rate": hit_rate(rates.get(profile.id)),
    }


def state_words(row: CriterionRow, day: date) -> str:
    """Return how a wording stands; one whose days are over says so."""
    until = row.criterion.valid_until
    if row.state is CriterionState.ACTIVE and until is not None and until <= day:
        return gettext("its days are over")
    return gettext(row.state.label)
