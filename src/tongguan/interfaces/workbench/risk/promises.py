"""What was promised before each day and opened after it: seeds, criteria, draws, a verifier."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe
from msgspec import json

from tongguan.domain.inspection.choices import chosen_on
from tongguan.domain.risk.publication import open_sets
from tongguan.domain.risk.published import SetRow, commitments, export, seeds
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.reader import day_of, desk, troubles
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL, utc_now

SHOWN_DAYS: Final = 30
VERIFIER: Final = "verify_draw.py"


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the commitments of the last days, and tomorrow's, the latest first."""
    _viewer, base = desk(request)
    last = today() + timedelta(days=1)
    first = last - timedelta(days=SHOWN_DAYS)
    sets: dict[date, list[SetRow]] = {}
    for on, row in commitments(first, last):
        sets.setdefault(on, []).append(row)
    rows = [
        {
            "day": seed.day,
            "seed": seed,
            "late": seed.committed_at.astimezone(LOCAL).date() >= seed.day,
            **_sets(sets.get(seed.day, []), over=seed.day < today()),
        }
        for seed in seeds(first, last)
    ]
    context = {**base, "rows": rows[::-1], "verifier": VERIFIER}
    return render(request, "workbench/risk/promises.html", context)


@login_required
@require_POST
def open_day(request: HttpRequest, day: str) -> HttpResponse:
    """Open what was in force on a day that is over."""
    viewer, _base = desk(request)
    try:
        count = open_sets(day=_day(day), by=viewer, now=utc_now())
    except ProblemError as error:
        for one in troubles(error):
            messages.error(request, f"{one.detail} {one.remedy}")
    else:
        words = ngettext("{count} set of {day} is open.", "{count} sets of {day} are open.", count)
        messages.success(request, words.format(count=count, day=day))
    return redirect("workbench:promises")


@login_required
@require_safe
def exported(request: HttpRequest, day: str) -> HttpResponse:
    """Give all that may be known of a day, as the command line prints it."""
    desk(request)
    on = _day(day)
    text = json.format(json.encode(export(on, chosen_on(on))), indent=1)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="draws-{day}.json"'
    return answer


@login_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Give the program that checks an export without this one."""
    desk(request)
    answer = HttpResponse(settings.VERIFIER.read_bytes(), content_type="text/x-python")
    answer["Content-Disposition"] = f'attachment; filename="{VERIFIER}"'
    return answer


def _sets(rows: list[SetRow], *, over: bool) -> dict[str, Any]:
    opened = [row for row in rows if row.opened_at is not None]
    words = ngettext("{count} set", "{count} sets", len(rows)).format(count=len(rows))
    return {
        "sets": rows,
        "set_words": words,
        "opened": len(opened),
        "all_open": len(opened) == len(rows) and bool(rows),
        "may_open": over and len(opened) < len(rows),
        "state": gettext("open") if opened else gettext("sealed"),
    }


def _day(text: str) -> date:
    found = day_of(text)
    if found is None:
        raise Http404
    return found
