"""The cargo desk: arrivals, manifests, and movement under customs control."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import queries as lying
from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.transports import correct_transport, declare_transport
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import waiting
from tongguan.domain.declarations.queries import by_number
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.problems import NOT_YOURS
from tongguan.domain.transit.queries import movements, moving
from tongguan.domain.transit.values import MovementRow
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages.paging import cut, key, moment_and_id
from tongguan.interfaces.pages.shapes import Coded, Trouble
from tongguan.interfaces.workbench import claims, problems
from tongguan.interfaces.workbench.entered import Entered
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    listed,
    office,
    site,
    today,
    troubles,
)
from tongguan.kernel.identifiers import (
    BILL,
    DECLARATION,
    MANIFEST,
    SITE,
    VEHICLE,
    DeclarationId,
)
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

VIEWS: Final = {
    "arrivals": _("Expected"),
    "lying": _("At the sites"),
    "transit": _("Under seal"),
    "manifests": _("Manifests"),
    "claims": _("Claims"),
}
REPORTERS: Final = (Role.CARRIER, Role.SITE_OPERATOR, Role.GATE, Role.INSPECTOR)
DECLARERS: Final = (Role.CARRIER, Role.INSPECTOR)
SENDERS: Final = (Role.CARRIER, Role.SITE_OPERATOR)
MOST_WARNINGS: Final = 5
ARRIVED_ROWS: Final = 10
"""So many of the movements that have ended stand below those on the road."""
FLOWS: Final = {"import": _("Import"), "export": _("Export")}

Act = Callable[[HttpRequest, Entered, Actor, datetime], str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what is expected, what lies, what moves, what was sent; on POST take a report."""
    viewer = at_desk(request, "cargo")
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "arrivals"
    refused: list[Trouble] = []
    if request.method == "POST":
        try:
            messages.success(request, _report(request, viewer))
        except ProblemError as error:
            act = request.POST.get("act", "")
            refused = _of_file(error) if act == "manifest" else troubles(error, act)
        else:
            return redirect(f"{reverse('workbench:cargo')}?view={view}")
    sent = request.POST.dict()
    context = {
        **frame(viewer),
        "views": [(key, gettext(words)) for key, words in VIEWS.items()],
        "view": view,
        "sites": _sites(viewer),
        "may_report": viewer.is_(*REPORTERS),
        "may_send": viewer.is_(*SENDERS),
        "may_declare": viewer.is_(*DECLARERS),
        "carrier": viewer.is_(Role.CARRIER),
        "kept": {str(sent.get("act", "")): sent} if refused else {},
        "troubles": refused,
        **SHOWN[view](request, viewer),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/cargo.html", context, status=status)


def bill_shown(row: BillRow) -> dict[str, Any]:
    """Return a bill as a list shows it: where it is expected or lies."""
    where = row.arrived_site or row.site
    return {
        "it": row,
        "site": site(where) if where else None,
        "office": office(row.office, today()) if row.office else None,
        "flow": gettext(FLOWS.get(row.flow, "")) if row.flow else "",
    }


def _report(request: HttpRequest, by: Actor) -> str:
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise problems.NO_SUCH_ACT.error(act=request.POST.get("act", "")[:40])
    sent = {name: str(value) for name, value in request.POST.items()}
    return act(request, Entered(sent, sent["act"]), by, utc_now())


def _arrived(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("number", BILL, required=True)
    place = form.identifier("site", SITE, required=True)
    form.settle()
    bills = cargo.report_arrival(number=number, site=place, by=by, now=now)
    if not bills:
        return gettext("Reported. Other containers of the bill are still to come.")
    return gettext("Reported: {bills}").format(bills=", ".join(bills))


def _manifest(request: HttpRequest, _form: Entered, by: Actor, now: datetime) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise ProblemError(problems.NO_FILE.at("#/file"))
    manifest, warnings = read_manifest(file.read())
    count = cargo.receive_manifest(manifest, by=by, now=now)
    for one in warnings[:MOST_WARNINGS]:
        told = one.told(gettext)
        messages.warning(request, f"{told['detail']} {told['remedy']}")
    if (more := len(warnings) - MOST_WARNINGS) > 0:
        words = ngettext("%(count)d more warning", "%(count)d more warnings", more)
        messages.warning(request, words % {"count": more})
    if not count:
        return gettext("This very manifest was received before: nothing has changed.")
    words = ngettext("Received: %(count)d bill", "Received: %(count)d bills", count)
    return words % {"count": count}


def _transport(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("manifest", MANIFEST, required=True)
    reason = form.text("reason", most=300)
    at = form.moment("declared")
    form.settle()
    if reason:
        correct_transport(manifest=number, at=at, reason=reason, by=by, now=now)
        return gettext("Corrected: duties and terms are counted from the new day.")
    declare_transport(manifest=number, at=at, by=by, now=now)
    return gettext("Declared: duties and terms are counted from that day.")


def _depart(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number = form.identifier("number", DECLARATION, required=True)
    vehicle, seals = form.identifier("vehicle", VEHICLE), form.text("seals", most=200)
    carrier = form.text("carrier", most=100)
    form.settle()
    transit.depart(
        declaration_id=_moving(number),
        carrier=carrier,
        vehicle=vehicle,
        seals=seals,
        by=by,
        now=now,
    )
    return gettext("Reported: it left under seal.")


def _arrive(_request: HttpRequest, form: Entered, by: Actor, now: datetime) -> str:
    number, intact = form.identifier("number", DECLARATION), form.choice("intact", "yes", "no")
    place, reason = form.identifier("site", SITE), form.text("reason", most=300)
    seals = form.text("seals", most=200)
    form.settle()
    require(by, *transit.AT_DESTINATION)
    words = {"seals": seals, "site": place, "reason": reason}
    transit.arrive(declaration_id=_moving(number), intact=intact == "yes", by=by, now=now, **words)
    return gettext("Reported: it arrived under seal.")


def _moving(number: str) -> DeclarationId:
    """Return a declaration by its number; one that is not there is as one of another."""
    found = by_number(number)
    if found is None:
        raise NOT_YOURS.error(number=number)
    return found


ACTS: Final[Mapping[str, Act]] = {
    "arrived": _arrived,
    "manifest": _manifest,
    "transport": _transport,
    "depart": _depart,
    "arrive": _arrive,
    **claims.ACTS,
}


def _arrivals(request: HttpRequest, viewer: Actor) -> dict[str, Any]:
    after = lying.received(request.GET.get("after", ""))
    rows = lying.expected(viewer=viewer, after=after, limit=lying.PAGE_ROWS + 1)
    page, last = cut(rows, lying.PAGE_ROWS)
    shown = [bill_shown(row) for row in page]
    return {"expected": shown, "shown": len(shown), "after": "" if last is None else str(last.id)}


def _lying(request: HttpRequest, viewer: Actor) -> dict[str, Any]:
    rows = lying.lying(
        viewer=viewer, after=moment_and_id(request.GET.get("after", "")), limit=lying.PAGE_ROWS + 1
    )
    page, last = cut(rows, lying.PAGE_ROWS)
    after = "" if last is None or last.arrived_at is None else key(last.arrived_at, last.id)
    shown = [bill_shown(row) for row in page]
    return {"lying": shown, "shown": len(shown), "after": after}


def _transit(request: HttpRequest, viewer: Actor) -> dict[str, Any]:
    held = waiting(viewer=viewer, kinds=(HoldKind.TRANSIT,))
    under_way = moving([row.declaration_id for row in held])
    day, rows = today(), movements(viewer=viewer)
    on_the_road = [row for row in rows if row.arrived_at is None]
    arrived = [row for row in rows if row.arrived_at is not None][:ARRIVED_ROWS]
    return {
        "meant": DECLARATION.sought(request.GET.get("number", "")),
        "leaving": [
            row for row in listed(held, viewer, day) if row["declaration_id"] not in under_way
        ],
        "moving": [
            (row, office(row.departure, day), office(row.destination, day), _ends(row, viewer))
            for row in (*on_the_road, *arrived)
        ],
        "confirms": viewer.is_(Role.INSPECTOR),
        "may_confirm": viewer.is_(Role.SITE_OPERATOR, Role.GATE, Role.INSPECTOR),
    }


def _ends(row: MovementRow, viewer: Actor) -> list[Coded]:
    """Return the sites where a movement may end, if who reports has to say at which it did."""
    law = snapshot().region.sites_of(row.destination, today())
    own = [one for one in law if one.code in viewer.sites]
    found = law if len(own) != 1 and row.arrived_at is None else ()
    return [Coded(one.code, one.name_zh, one.name_en) for one in found] if len(found) > 1 else []


def _manifests(request: HttpRequest, viewer: Actor) -> dict[str, Any]:
    rows = lying.manifests(
        viewer=viewer, after=moment_and_id(request.GET.get("after", "")), limit=lying.PAGE_ROWS + 1
    )
    kept, last = cut(rows, lying.PAGE_ROWS)
    return {
        "manifests": [(row, office(row.office, today()), gettext(FLOWS[row.flow])) for row in kept],
        "shown": len(kept),
        "after": "" if last is None else key(last.received_at, last.id),
    }


SHOWN: Final[Mapping[str, Callable[[HttpRequest, Actor], dict[str, Any]]]] = {
    "arrivals": _arrivals,
    "lying": _lying,
    "transit": _transit,
    "manifests": _manifests,
    "claims": claims.shown,
}


def _sites(viewer: Actor) -> list[Coded]:
    """Return the sites that a viewer may report at; a carrier at all."""
    law = snapshot().region.sites(today())
    found = [one for one in law if one.code in viewer.sites or one.office in viewer.offices]
    if viewer.is_(Role.CARRIER):
        found = list(law)
    return [Coded(one.code, one.name_zh, one.name_en) for one in found]


def _of_file(error: ProblemError) -> list[Trouble]:
    """Return what is wrong with a file: each at its place in the file, not at a field."""
    told = [(fault, fault.told(gettext)) for fault in error.faults]
    return [
        Trouble(
            one["code"],
            one["title"],
            one["detail"],
            one["remedy"],
            pointer=one["pointer"] if fault.problem is problems.NO_FILE else "",
            source_path="" if fault.problem is problems.NO_FILE else one["pointer"],
            warning=fault.problem.warning,
        )
        for fault, one in told
    ]
