"""The gate: one field, one answer as large as the screen, and that it left."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import ask_at_gate, at_gate
from tongguan.domain.release.values import ASK_FOR, NOT_DECLARED, GateAnswer, GateVerdict
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages.shapes import Coded
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    frame,
    office,
    site,
    today,
    troubles,
)
from tongguan.kernel.identifiers import SITE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.spelling import without_edges
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

NEXT: Final = {
    GateVerdict.OPEN: _("Let it out, then report that it left."),
    GateVerdict.HELD: _("Keep it inside. It waits for what stands above."),
    GateVerdict.LEFT: _("Nothing is left to do here."),
    GateVerdict.ELSEWHERE: _("Keep it inside: its release order is for another site."),
    GateVerdict.RECALLED: _("Keep it inside: customs has recalled the release."),
    GateVerdict.IN_CONTAINERS: _("Keep it inside: a container leaves by its own number only."),
    GateVerdict.UNKNOWN: _("Keep it inside, and compare the number with the container."),
}
"""What the gate does on each answer."""
MOST_ASKED: Final = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Answer whether a unit may leave; on POST let it out, then show that it left."""
    viewer = at_desk(request, "gate")
    asked = request.POST if request.method == "POST" else request.GET
    places = _sites(viewer)
    unit = without_edges(asked.get("unit", ""))[:MOST_ASKED]
    here = SITE.sought(asked.get("site", "")) or next((one.code for one in places), "")
    answer, refused = None, []
    try:
        if request.method == "POST" and "acknowledge" in request.POST:
            units = request.POST.getlist("acknowledge")
            release.acknowledge(site=here, units=units, by=viewer, now=utc_now())
            return redirect(f"{reverse('workbench:gate')}?{urlencode({'site': here})}")
        if unit and request.method == "POST":
            release.gate_out(site=here, unit=unit, by=viewer, now=utc_now())
            query = urlencode({"site": here, "unit": unit, "left": "yes"})
            return redirect(f"{reverse('workbench:gate')}?{query}")
        if unit:
            answer = ask_at_gate(site=here, unit=unit, by=viewer)
            unit = answer.unit
    except ProblemError as error:
        refused = troubles(error)
    rows = at_gate(viewer=viewer)
    unseen = [row for row in rows if row.acknowledged_at is None and row.site in {"", here}]
    context = {
        **frame(viewer),
        "unit": unit,
        "site": site(here) if here else None,
        "sites": places,
        "answer": None if answer is None else _told(answer),
        "reported": request.GET.get("left") == "yes",
        "orders": [(row, site(row.site) if row.site else None) for row in rows],
        "unseen": unseen,
        "keeps": viewer.is_(Role.SITE_OPERATOR),
        "troubles": refused,
    }
    return render(request, "workbench/gate.html", context, status=UNPROCESSABLE if refused else 200)


def _sites(viewer: Actor) -> list[Coded]:
    """Return the sites whose gates a viewer answers at: his own, or those of his offices."""
    law, day = snapshot().region, today()
    mine = [one for one in law.sites(day) if one.code in viewer.sites]
    found = mine or [one for one in law.sites(day) if one.office in viewer.offices]
    return [Coded(one.code, one.name_zh, one.name_en) for one in found]


def _told(answer: GateAnswer) -> dict[str, Any]:
    day = today()
    return {
        "it": answer,
        "verdict": gettext(answer.verdict.label),
        "next": gettext(NEXT[answer.verdict]),
        "look": "yes" if answer.may_leave else "left" if answer.left_at else "no",
        "declared_at": office(answer.declaration_office, day) if answer.number else None,
        "elsewhere": [
            site(row.site) if row.site else office(row.office, day)
            for row in answer.orders
            if answer.verdict is GateVerdict.ELSEWHERE
        ],
        "waiting": [
            (capfirst(gettext(one.kind.label)), str(one.turn), office(one.office, day), one.since)
            for one in answer.waiting
        ],
        "undeclared": [gettext(NOT_DECLARED).format(bill=bill) for bill in answer.undeclared],
        "containers": [gettext(ASK_FOR).format(container=box) for box in answer.containers],
    }
