"""The desks at a site: gate, cargo, and the ledger of one declaration."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import queries as lying
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import waiting
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import ask_at_gate, at_gate
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.queries import movements
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.interfaces.workbench.reader import (
    at_desk,
    frame,
    listed,
    office,
    seen,
    today,
    troubles,
)
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    """Answer whether a unit may leave; on POST let it out."""
    viewer = at_desk(request, "gate")
    asked = request.POST if request.method == "POST" else request.GET
    unit = "".join(asked.get("unit", "").split()).upper()
    waits = at_gate(viewer=viewer)
    site = asked.get("site") or next(iter(sorted(viewer.sites)), waits[0].site if waits else "")
    answer, refused = None, []
    try:
        if unit and request.method == "POST":
            release.gate_out(site=site, unit=unit, by=viewer, now=utc_now())
        if unit:
            answer = ask_at_gate(site=site, unit=unit, by=viewer)
    except ProblemError as error:
        refused = troubles(error)
    context = {
        **frame(viewer),
        "unit": unit,
        "site": site,
        "answer": answer,
        "orders": waits,
        "troubles": refused,
    }
    return render(request, "workbench/gate.html", context, status=UNPROCESSABLE if refused else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goods(request: HttpRequest) -> HttpResponse:
    """Show what is expected, what lies and what moves; on POST take a report."""
    viewer, day = at_desk(request, "cargo"), today()
    refused = []
    if request.method == "POST":
        try:
            _report(request)
        except ProblemError as error:
            refused = troubles(error)
        else:
            return redirect("workbench:cargo")
    moving = movements(viewer=viewer)
    under_way = {row.declaration_id for row in moving if row.arrived_at is None}
    transits = listed(waiting(viewer=viewer, kinds=(HoldKind.TRANSIT,)), day)
    for row in transits:
        row["moving"] = row["declaration_id"] in under_way
    context = {
        **frame(viewer),
        "expected": lying.expected(viewer=viewer),
        "lying": lying.lying(viewer=viewer),
        "transits": transits,
        "moving": [
            (row, office(row.departure, day), office(row.destination, day)) for row in moving
        ],
        "troubles": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/cargo.html", context, status=status)


@login_required
@require_safe
def ledger(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show every act on a declaration, and whether its chain is whole."""
    viewer = at_desk(request, "ledger")
    head = seen(declaration_id, viewer)
    context = {
        **frame(viewer),
        "head": head,
        "rows": entries(head.id),
        "whole": not verify(head.id).broken,
    }
    return render(request, "workbench/ledger.html", context)


@login_required
@require_safe
def ledgers(request: HttpRequest) -> HttpResponse:
    """Ask for a number, to open its ledger."""
    return render(request, "workbench/ledgers.html", frame(at_desk(request, "ledger")))


def _report(request: HttpRequest) -> None:
    by, sent, now = at_desk(request, "cargo"), request.POST, utc_now()
    act = sent.get("act", "")
    if act == "arrived":
        cargo.report_arrival(
            number=sent.get("number", ""), site=sent.get("site", ""), by=by, now=now
        )
        return
    id_ = DeclarationId(UUID(sent["declaration"]))
    if act == "depart":
        transit.depart(
            declaration_id=id_,
            carrier=sent.get("carrier", ""),
            vehicle=sent.get("vehicle", ""),
            seals=sent.get("seals", ""),
            by=by,
            now=now,
        )
    elif act == "arrive":
        intact = sent.get("intact", "yes") == "yes"
        transit.arrive(declaration_id=id_, intact=intact, by=by, now=now)
