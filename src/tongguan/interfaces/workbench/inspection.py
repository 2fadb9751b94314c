"""The site desk: today's inspections by time, and one inspection with its next act."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import load, open_holds, waiting
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.inspection.queries import appointments, attendances, draws, records_of
from tongguan.domain.inspection.values import AttendanceRow, Finding
from tongguan.domain.risk.queries import told_to_officer
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench import case, officers
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    listed,
    office,
    people,
    seen,
    site,
    tidy,
    today,
)
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import _
from tongguan.kernel.time import LOCAL, utc_now

MOST: Final = 300
"""So many open inspections are put in order of time; an office narrows them."""
ACTS: Final = ("appoint", "witness", "start", "sign")
STEPS: Final = {
    "appoint": _("Appoint"),
    "witness": _("The witness is here"),
    "start": _("Begin"),
    "sign": _("Sign the record"),
}
"""The next act of an inspection, as its button says it."""
GROUPS: Final = {
    "late": _("Before today"),
    "today": _("Today"),
    "later": _("Later"),
    "open": _("To be appointed"),
}


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the inspections at the officer's offices: today's by time, then what is to come."""
    viewer, now = at_desk(request, "inspection"), utc_now()
    wanted = tidy(request.GET.get("office", ""))[:4]
    kinds = (HoldKind.INSPECTION,)
    rows = waiting(viewer=viewer, kinds=kinds, offices=(wanted,) if wanted else (), limit=MOST)
    groups = _grouped(rows, viewer, now)
    context = {
        **frame(viewer),
        "groups": [(gettext(GROUPS[key]), found) for key, found in groups.items() if found],
        "office": wanted,
        "offices": [
            (office(row.office, today()), row.count)
            for row in load(viewer=viewer, now=now, kinds=kinds)
        ],
        "more": len(rows) == MOST,
    }
    return render(request, "workbench/inspection.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show one inspection at the site, phone first; on POST do its next act."""
    viewer = at_desk(request, "inspection")
    head = seen(declaration_id, viewer)
    refused = case.acted(request, head, viewer) if request.method == "POST" else []
    if refused is None:
        return redirect("workbench:inspect", head.id)
    context = {**frame(viewer), **_shown(head.id, viewer), "head": head, "troubles": refused}
    sent = request.POST.dict()
    context["kept"] = {str(sent.get("act", "")): sent} if sent else {}
    if sent.get("act") in ACTS and refused and context["may"]:
        context["step"] = sent["act"]
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/inspect.html", context, status=status)


def _grouped(
    rows: Sequence[HoldRow], viewer: Actor, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    ids = [row.id for row in rows]
    kept, attended, drawn = appointments(ids), attendances(ids), draws(ids)
    declared = heads([row.declaration_id for row in rows])
    called = people(name for one in drawn.values() for name in one.officers)
    start = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    groups: dict[str, list[dict[str, Any]]] = {key: [] for key in GROUPS}
    for row, shown in zip(rows, listed(rows, viewer, today()), strict=True):
        appointment, came, two = kept.get(row.id), attended.get(row.id), drawn.get(row.id)
        step = _step(appointment is not None, came)
        mine = viewer.at(row.office, Role.INSPECTOR)
        shown |= {
            "head": declared[row.declaration_id],
            "at": None if appointment is None else appointment.at,
            "place": "" if appointment is None else appointment.place,
            "officers": [] if two is None else [called[name] for name in two.officers],
            "step": gettext(STEPS[step]) if mine else "",
            "begun": None if came is None else came.started_at,
        }
        groups[_group(shown["at"], start)].append(shown)
    for key in ("late", "today", "later"):
        groups[key].sort(key=lambda shown: shown["at"])
    return groups


def _group(at: datetime | None, start: datetime) -> str:
    if at is None:
        return "open"
    if at < start:
        return "late"
    return "today" if at < start + timedelta(days=1) else "later"


def _step(appointed: bool, attended: AttendanceRow | None) -> str:
    if attended is not None:
        return "start" if attended.started_at is None else "sign"
    return "witness" if appointed else "appoint"


def _shown(declaration_id: DeclarationId, viewer: Actor) -> dict[str, Any]:
    open_ = open_holds([declaration_id], HoldKind.INSPECTION)
    hold = open_[0] if open_ else None
    ids = [] if hold is None else [hold.id]
    appointment = next(iter(appointments(ids).values()), None)
    attended = next(iter(attendances(ids).values()), None)
    records, declared = records_of(declaration_id), content(declaration_id)
    mine = hold is not None and viewer.at(hold.office, Role.INSPECTOR)
    step = _step(appointment is not None, attended)
    shown = officers.shown(declaration_id, viewer)
    choices = shown.get("officers", {}).get("choices", [])
    return {
        **shown,
        "at": "site",
        "me": viewer.label,
        "hold": None if hold is None else listed([hold], viewer, today())[0],
        "may": mine,
        "step": step if mine else "",
        "steps": _steps(step) if hold is not None else [],
        "appointment": appointment,
        "attended": attended,
        "declared": declared,
        "site": site(declared.place.id) if declared.place.id else None,
        "reasons": [
            (gettext(told.words).format(**told.facts), told.instruction, tuple(told.lines))
            for told in told_to_officer(declaration_id, goods=True)
        ],
        "colleagues": [(name, words) for name, words in choices if name != viewer.name],
        "findings": [(str(finding), gettext(finding.label)) for finding in Finding],
        "records": [(row, gettext(Finding(row.signed.finding).label)) for row in records],
        "called": people(name for row in records for name in row.signed.officers),
    }


def _steps(step: str) -> list[tuple[str, str]]:
    """Return the four steps with how far each has come: done, now, ahead."""
    at = ACTS.index(step)
    return [
        (gettext(STEPS[act]), "done" if place < at else "now" if place == at else "ahead")
        for place, act in enumerate(ACTS)
    ]
