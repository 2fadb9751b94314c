"""The site desk: today's inspections by time, and one inspection with its next act."""

from collections.abc import Mapping, Sequence
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
from tongguan.domain.inspection.duty import Chosen, DrawRow
from tongguan.domain.inspection.holding import goods_are, listed_seals
from tongguan.domain.inspection.queries import (
    absences,
    appointments,
    attendances,
    draws,
    prepared,
    record_versions,
    records_of,
    replacements,
)
from tongguan.domain.inspection.values import (
    AbsenceGround,
    AttendanceRow,
    Finding,
    Part,
    PreparedRow,
    Whereabouts,
)
from tongguan.domain.risk.queries import told_to_officer
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench import case, officers, versions
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    listed,
    office,
    people,
    seen,
    site,
    today,
)
from tongguan.kernel.identifiers import OFFICE, DeclarationId
from tongguan.kernel.text import _
from tongguan.kernel.time import LOCAL, utc_now

MOST: Final = 300
"""So many open inspections are put in order of time; an office narrows them."""
ACTS: Final = ("appoint", "draw", "witness", "start", "prepare", "sign")
TAKEN: Final = {"code": "sign", "refusal": "sign"}
"""Acts of a step whose form has another name."""
STEPS: Final = {
    "appoint": _("Appoint"),
    "draw": _("Draw two officers"),
    "witness": _("Who attends"),
    "start": _("Begin"),
    "prepare": _("Write the record"),
    "sign": _("Sign the record"),
}
"""The next act of an inspection, as its button says it."""
LATELY: Final = timedelta(days=30)
"""So long an exception from the draw stands on the desk."""
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
    wanted = OFFICE.sought(request.GET.get("office", ""))
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
        "replaced": _replaced(viewer, now),
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
    act = TAKEN.get(str(sent.get("act", "")), sent.get("act", ""))
    if act in ACTS and refused and context["may"]:
        context["step"] = act
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/inspect.html", context, status=status)


def _grouped(
    rows: Sequence[HoldRow], viewer: Actor, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    ids = [row.id for row in rows]
    kept, attended, drawn = appointments(ids), attendances(ids), draws(ids)
    written = prepared(ids)
    declared = heads([row.declaration_id for row in rows])
    called = people(name for one in drawn.values() for name in one.officers)
    start = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    groups: dict[str, list[dict[str, Any]]] = {key: [] for key in GROUPS}
    for row, shown in zip(rows, listed(rows, viewer, today()), strict=True):
        appointment, came, two = kept.get(row.id), attended.get(row.id), drawn.get(row.id)
        step = _step(appointment is not None, two is not None, came, row.id in written)
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


def _step(appointed: bool, drawn: bool, attended: AttendanceRow | None, written: bool) -> str:
    if not drawn:
        return "draw" if appointed or attended is not None else "appoint"
    if attended is None:
        return "witness"
    if attended.started_at is None:
        return "start"
    return "sign" if written else "prepare"


def _shown(declaration_id: DeclarationId, viewer: Actor) -> dict[str, Any]:
    open_ = open_holds([declaration_id], HoldKind.INSPECTION)
    hold = open_[0] if open_ else None
    ids = [] if hold is None else [hold.id]
    appointment = next(iter(appointments(ids).values()), None)
    attended = next(iter(attendances(ids).values()), None)
    drawn = next(iter(draws(ids).values()), None)
    made = next(iter(prepared(ids).values()), None)
    records, declared = records_of(declaration_id), content(declaration_id)
    written = record_versions(declaration_id)
    mine = hold is not None and viewer.at(hold.office, Role.INSPECTOR)
    holds_it = drawn is not None and viewer.name in drawn.officers
    step = _step(appointment is not None, drawn is not None, attended, made is not None)
    here = Whereabouts.HERE if hold is None else goods_are(hold)
    called = people(
        [
            *(name for row in records for name in row.signed.officers),
            *(name for row in records for name in (one.by for one in row.supplements)),
            *(() if made is None else made.signed.officers),
            *(() if attended is None else (attended.keeper,)),
            *(row.by for row in written),
        ]
    )
    return {
        **officers.shown(declaration_id, viewer),
        "at": "site",
        "hold": None if hold is None else listed([hold], viewer, today())[0],
        "may": mine and (holds_it or step in {"appoint", "draw"}),
        "holds_it": holds_it,
        "step": step if mine and (holds_it or step in {"appoint", "draw"}) else "",
        "steps": _steps(step) if hold is not None else [],
        "not_here": "" if here is Whereabouts.HERE else gettext(here.label),
        "appointment": appointment,
        "early": appointment is not None and utc_now() < appointment.at,
        "listed_seals": () if hold is None else listed_seals(hold),
        "absent": next(iter(absences(ids).values()), None),
        "attended": attended,
        "attends": "" if attended is None else told(attended),
        "declared": declared,
        "site": site(declared.place.id) if declared.place.id else None,
        "reasons": [
            (gettext(one.words).format(**one.facts), one.instruction, tuple(one.lines))
            for one in told_to_officer(declaration_id, goods=True)
        ],
        "grounds": [(str(one), gettext(one.label)) for one in AbsenceGround],
        "findings": [(str(finding), gettext(finding.label)) for finding in Finding],
        "made": None if made is None else being_signed(made, viewer, called),
        "records": [(row, gettext(Finding(row.signed.finding).label)) for row in records],
        "record_versions": versions.shown(written),
        "called": called,
        "me": viewer.name,
    }


def told(attended: AttendanceRow) -> str:
    """Return who attends, or the ground on which nobody does, in the reader's words."""
    return attended.witness or absence_words(attended.absence)


def absence_words(ground: str) -> str:
    """Return a ground of absence in the reader's words; earlier ones stand as they were written."""
    known = {str(one): one for one in AbsenceGround}
    return gettext(known[ground].label) if ground in known else ground


def being_signed(made: PreparedRow, viewer: Actor, called: Mapping[str, str]) -> dict[str, Any]:
    """Return a record that is being signed: what it says, who signed, who is missing."""
    lacks = [(gettext(part.label), called.get(account, account)) for part, account in made.missing]
    return {
        "it": made,
        "finding": gettext(Finding(made.signed.finding).label),
        "signatures": [
            (one, gettext(one.part.label), gettext(one.how.label)) for one in made.signatures
        ],
        "missing": lacks,
        "mine": (Part.OFFICER, viewer.name) in made.missing,
        "by_code": any(part is Part.ATTENDING for part, _name in made.missing),
        "form": _form(made),
    }


def _form(made: PreparedRow) -> dict[str, Any]:
    """Return a record as the form that changes it shows it."""
    signed = made.signed
    shown = {name: getattr(signed, name) for name in signed.__struct_fields__}
    return {name: value for name, value in shown.items() if value not in {None, 0}}


def _replaced(viewer: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return what others took over at the reader's offices, or shall; those that wait first."""
    rows = replacements(viewer=viewer, since=now - LATELY)
    called = people(
        name
        for row in rows
        for name in (*row.drawn, *row.officers, *row.wanted, *row.wanted_for, row.wanted_by)
    )
    return [
        {
            "declaration_id": row.declaration_id,
            "office": office(row.office, today()),
            "drawn": [called[name] for name in row.wanted_for or row.drawn],
            "others": [called[name] for name in (row.wanted if row.wanted_by else row.officers)],
            "substitute": gettext("A substitute, to be drawn,"),
            "how": _how(row),
            "why": row.wanted_why or row.why,
            "waits": bool(row.wanted_by),
        }
        for row in rows
    ]


def _how(row: DrawRow) -> str:
    """Return how who takes over is chosen: drawn of how many, or named by hand."""
    by_hand = row.wanted if row.wanted_by else row.named
    if by_hand:
        return gettext(Chosen.NAMED.label)
    if row.wanted_by:
        return gettext(Chosen.DRAWN.label)
    return gettext("drawn of {count} present").format(count=row.drawn_of[-1])


def _steps(step: str) -> list[tuple[str, str]]:
    """Return the steps with how far each has come: done, now, ahead."""
    at = ACTS.index(step)
    return [
        (gettext(STEPS[act]), "done" if place < at else "now" if place == at else "ahead")
        for place, act in enumerate(ACTS)
    ]
