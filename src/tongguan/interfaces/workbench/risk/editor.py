"""The profile editor: conditions as rows, and at once what they would have hit."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk import approvals
from tongguan.domain.risk.commands import consult
from tongguan.domain.risk.criteria import Kind, Place, Profile, ReasonClass, Treatment
from tongguan.domain.risk.outcomes import would_have_hit
from tongguan.domain.risk.soundness import faults_of
from tongguan.domain.risk.values import CriterionState, Trial
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.answers import wants_part
from tongguan.interfaces.workbench.reader import UNPROCESSABLE, today
from tongguan.interfaces.workbench.risk import form
from tongguan.interfaces.workbench.risk.names import grouped, of_line
from tongguan.interfaces.workbench.risk.reader import (
    desk,
    numbers,
    percent,
    trouble,
    troubles,
)
from tongguan.interfaces.workbench.risk.typed import plain
from tongguan.interfaces.workbench.risk.wording import named
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.time import utc_now

MONTH: Final = timedelta(days=30)
EXAMPLES: Final = 8
TRIED: Final = 5_000
"""A trial while one types looks at no more declarations than this: a fifth of a second."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, criterion: int = 0) -> HttpResponse:
    """Show the editor; on POST change its rows, or propose the profile."""
    viewer, base = _analyst(request)
    day, refused = today(), []
    if request.method == "POST":
        draft, act = form.read(request.POST), request.POST.get("act", "")
        if act != "propose":
            draft = form.changed(draft, act)
        else:
            try:
                return _proposed(request, draft, criterion, viewer)
            except ProblemError as error:
                refused = troubles(error)
    else:
        draft = _kept(request, criterion) or _begun(criterion, viewer)
    rows = [form.shown(row, place, day) for place, row in enumerate(draft.rows)]
    places = [row["place"] for row in rows if row["row"].field]
    context = {
        **base,
        **_lists(day),
        "criterion": criterion,
        "rows": rows,
        "values": draft.values,
        "troubles": [_at_row(one, places) for one in refused],
        "kept": request.method != "POST" and _kept(request, criterion) is not None,
        "added": request.POST.get("act") == "add",
    }
    part = wants_part(request) and not refused
    template = "workbench/risk/editor_form.html" if part else "workbench/risk/editor.html"
    return render(request, template, context, status=UNPROCESSABLE if refused else 200)


@login_required
@require_POST
def row(request: HttpRequest, place: int) -> HttpResponse:
    """Show one row again, with the operators that fit its field, and names beside its codes."""
    _viewer, base = _analyst(request)
    rows = form.read(request.POST).rows
    if place >= len(rows):
        raise Http404
    criterion = request.POST.get("criterion", "")
    context = {
        **base,
        **_lists(today()),
        "one": form.shown(rows[place], place, today()),
        "criterion": paging.row_of(criterion) or 0,
    }
    return render(request, "workbench/risk/editor_row.html", context)


@login_required
@require_POST
def trial(request: HttpRequest, criterion: int = 0) -> HttpResponse:
    """Show what the profile as typed would have hit in the last month; keep what was typed.

    `?first` asks as the page opens: then nothing was typed yet.
    """
    _viewer, base = _analyst(request)
    if "first" not in request.GET:
        _keep(request, criterion)
    profile, faults = form.profile_of(form.read(request.POST), criterion, today())
    found = [*faults, *faults_of(form.renamed(profile))]
    context: dict[str, Any] = {**base, "faults": [trouble(one) for one in found]}
    if not found:
        context |= _tried(profile)
    return render(request, "workbench/risk/trial.html", context)


@login_required
@require_POST
def discard(request: HttpRequest, criterion: int = 0) -> HttpResponse:
    """Forget what was typed and not proposed."""
    _analyst(request)
    request.session.pop(_key(criterion), None)
    if criterion:
        return redirect("workbench:edit_profile", criterion)
    return redirect("workbench:new_profile")


def _analyst(request: HttpRequest) -> tuple[Actor, dict[str, Any]]:
    viewer, base = desk(request)
    if not viewer.is_(Role.RISK_ANALYST):
        raise PermissionDenied
    return viewer, base


def _proposed(
    request: HttpRequest, draft: form.Draft, criterion: int, viewer: Actor
) -> HttpResponse:
    profile, faults = form.profile_of(draft, criterion, today())
    unsound: list[Fault] = [*faults, *faults_of(profile)]
    if unsound:
        raise ProblemError(*unsound)
    [made] = approvals.propose(criteria=[profile], by=viewer, now=utc_now())
    request.session.pop(_key(criterion), None)
    messages.success(request, gettext("Proposed. Another analyst approves or refuses it."))
    return redirect("workbench:profile", made.id)


def _begun(criterion: int, viewer: Actor) -> form.Draft:
    """Return what the editor begins with: the newest wording of a profile, or an empty one."""
    if not criterion:
        return form.fresh(today(), _home(viewer))
    rows = consult(kind=Kind.PROFILE, by=viewer, now=utc_now(), ids=[criterion])
    sound = [row for row in rows if row.state is not CriterionState.REFUSED] or list(rows)
    if not sound or not isinstance(sound[-1].criterion, Profile):
        raise Http404
    return form.written(sound[-1].criterion)


def _home(viewer: Actor) -> str:
    """Return the office that a profile of this analyst belongs to, where there is just one."""
    home = viewer.capacity[:4]
    return home if home in viewer.offices else ""


def _tried(profile: Profile) -> dict[str, Any]:
    now = utc_now()
    found = would_have_hit(profile, since=now - MONTH, until=now, most=TRIED)
    heads = numbers(found.examples[:EXAMPLES])
    return {
        "trial": found,
        "hours": plain(found.hours),
        "scaled": found.looked_at < found.declared,
        "share": percent(found.share),
        "finding_share": percent(found.rate) if found.treated else "",
        "interval": _interval(found),
        "selected": round(found.count * profile.share),
        "spares": profile.share < 1,
        "examples": [heads[one] for one in found.examples[:EXAMPLES] if one in heads],
    }


def _interval(found: Trial) -> str:
    if found.low is None or found.high is None:
        return ""
    return f"{percent(found.low)}–{percent(found.high)}"


def _lists(day: Any) -> dict[str, Any]:
    region = snapshot().region
    return {
        "groups": [
            (gettext(words), [(str(one), of_line(one)) for one in fields])
            for words, fields in grouped()
        ],
        "treatments": [(str(one), gettext(one.label)) for one in Treatment],
        "places": [(str(one), gettext(one.label)) for one in Place],
        "reasons": [
            (str(one), gettext(one.label)) for one in ReasonClass if one is not ReasonClass.RANDOM
        ],
        "districts": [(one.code, named(one.code, day)) for one in region.districts],
        "offices": [(one.code, named(one.code, day)) for one in region.offices(day)],
    }


def _at_row(one: Any, places: list[int]) -> Any:
    """Return a trouble of a condition at the row it was typed in: empty rows count there."""
    head, _slash, place = one.pointer.rpartition("/")
    if head != "#/conditions" or not place.isdecimal() or int(place) >= len(places):
        return one
    return type(one)(one.code, one.title, one.detail, one.remedy, f"{head}/{places[int(place)]}")


def _key(criterion: int) -> str:
    return f"risk-draft-{criterion}"


def _keep(request: HttpRequest, criterion: int) -> None:
    sent: QueryDict = request.POST
    request.session[_key(criterion)] = {
        name: values for name, values in sent.lists() if name not in {"csrfmiddlewaretoken", "act"}
    }


def _kept(request: HttpRequest, criterion: int) -> form.Draft | None:
    kept = request.session.get(_key(criterion))
    return form.read(kept) if isinstance(kept, dict) else None
