"""One declaration at a desk: what was declared, why it was selected, and what can be done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, versions
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.declarations.values import Line
from tongguan.domain.inspection.queries import record_versions, records_of
from tongguan.domain.inspection.values import Finding
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release.queries import orders_of
from tongguan.domain.revenue.queries import charges_of
from tongguan.domain.review.queries import case_decisions, decisions_like, queries_of
from tongguan.domain.review.values import Consequence, ReviewFinding
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages import charges
from tongguan.interfaces.pages.shapes import Coded, Trouble
from tongguan.interfaces.workbench import acts, officers
from tongguan.interfaces.workbench import versions as written_versions
from tongguan.interfaces.workbench.reader import (
    UNPROCESSABLE,
    at_desk,
    cards,
    frame,
    office,
    people,
    seen,
    site,
    today,
    troubles,
)
from tongguan.interfaces.workbench.risk import reasons
from tongguan.interfaces.workbench.whose import doer, may_decide, standings
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

LINES_FIRST: Final = 20
"""So many lines are shown at once; the rest on demand."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show a case; on POST do the act asked for, and show what is wrong where it is refused."""
    viewer = at_desk(request, "region")
    head = seen(declaration_id, viewer)
    refused = acted(request, head, viewer) if request.method == "POST" else []
    if refused is None:
        return redirect("workbench:case", head.id)
    context = {**frame(viewer), **shown(request, head, viewer), "troubles": refused}
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/case.html", context, status=status)


def acted(request: HttpRequest, head: DeclarationRow, viewer: Actor) -> list[Trouble] | None:
    """Do what a case's form asks for; return what is wrong with it, or None when it is done."""
    sent = request.POST.dict()
    try:
        done = acts.do(head.id, {k: str(v) for k, v in sent.items()}, by=viewer, now=utc_now())
    except ProblemError as error:
        return troubles(error, str(sent.get("act", "")))
    words, follow_up = gettext(done), _follow_up(sent)
    messages.success(request, f"{words} {gettext(follow_up)}" if follow_up else words)
    return None


def _follow_up(sent: Mapping[str, Any]) -> str:
    """Return what has to follow the decision that was just made on a case, and whose it is."""
    chosen = str(sent.get("consequence", "")) if sent.get("act") == "decide" else ""
    return next((one.follow_up for one in Consequence if str(one) == chosen), "")


def shown(request: HttpRequest, head: DeclarationRow, viewer: Actor) -> dict[str, Any]:
    """Return all that a case shows, and what its viewer can do on it."""
    day, holds = today(), holds_of(head.id)
    state = standing([head.id])[head.id]
    open_ = [row for row in holds if row.ended_at is None]
    asked, records, orders = queries_of(head.id), records_of(head.id), orders_of(head.id)
    written = record_versions(head.id)
    like, decided = decisions_like(head.id), case_decisions(head.id)
    turns = standings(open_, viewer)
    called = people(
        [
            *(row.ended_by for row in holds),
            *(name for one in asked for name in (one.asked_by, one.answered_by)),
            *(name for one in records for name in one.signed.officers),
            *(more.by for one in records for more in one.supplements),
            *(one.by for one in written),
            *(one.decided_by for one in decided),
            *(one.recall_asked_by for one in orders),
            *(one.closed_by for one in like),
        ]
    )
    return {
        "head": head,
        "declared_at": office(head.declaration_office, day),
        "goods_at": office(head.goods_office, day),
        "site": site(head.site) if head.site else None,
        "state": str(state.state),
        "moments": _moments(head, state.state, state.moved_at),
        "held_for": [gettext(row.kind.label) for row in open_],
        "held_by": str(turns[open_[0].id].turn) if open_ else "",
        "cards": cards(holds, viewer, day, called),
        "called": called,
        "asked": [(one, _kind(one.kind), _office(one.office)) for one in asked],
        "records": [(one, gettext(Finding(one.signed.finding).label)) for one in records],
        "record_versions": written_versions.shown(written),
        "decisions": [(one, gettext(one.consequence.label)) for one in decided],
        "orders": [
            (one, site(one.site) if one.site else office(one.office, day)) for one in orders
        ],
        "like": [(one, gettext(ReviewFinding(one.finding).label)) for one in like],
        "kept": _kept(request),
        "at": "case",
        "me": viewer.name,
        **_declared(request, head, viewer),
        **_can(viewer, state.state, open_),
        **officers.shown(head.id, viewer),
        **reasons.shown(head.id, viewer),
    }


def _declared(request: HttpRequest, head: DeclarationRow, viewer: Actor) -> dict[str, Any]:
    declared, owed = content(head.id), charges_of(head.id, viewer=viewer)
    most = None if request.GET.get("lines") == "all" else LINES_FIRST
    law, on = snapshot(), local_day(head.accepted_at)

    def goods(line: Line) -> dict[str, Any]:
        tariff = law.tariff.line(line.commodity or "", on)
        names = () if tariff is None else (tariff.name, tariff.name_en)
        return {
            "it": line,
            "commodity": Coded(_dotted(line.commodity or ""), *names),
            "origin": _coded("countries", line.origin, on),
            "unit": _coded("units", line.quantity.unit, on),
        }

    return {
        "declared": declared,
        "lines": [goods(line) for line in declared.lines[:most]],
        "hidden": 0 if most is None else max(0, len(declared.lines) - most),
        "papers": [
            (_coded("attached_documents", one.kind, on), one.number) for one in declared.documents
        ],
        "owed": owed,
        "charges": None if owed is None else charges.table(owed.assessment, most=most),
        "versions": versions(head.id) if head.version > 1 else (),
    }


def _can(viewer: Actor, state: State, open_: list[HoldRow]) -> dict[str, Any]:
    """Return the acts that this person can do now, with what their forms need."""
    by = doer(viewer)
    kinds = {row.kind for row in open_}
    reviewer = viewer.is_(Role.REVIEWER)
    inspection = next((row for row in open_ if row.kind is HoldKind.INSPECTION), None)
    inspector = inspection is not None and viewer.at(inspection.office, Role.INSPECTOR)
    accepted = state is State.ACCEPTED
    return {
        "can": {
            "close": reviewer and HoldKind.REVIEW in kinds,
            "ask": reviewer and accepted and HoldKind.QUERY not in kinds,
            "summon": reviewer and accepted and HoldKind.SUMMONS not in kinds,
            "visit": reviewer and HoldKind.SUMMONS in kinds,
            "decide": viewer.is_(Role.REVIEWER, Role.COORDINATOR)
            and any(may_decide(row, by) for row in open_),
            "withdraw": reviewer,
            "inspect": inspector,
            "recall": viewer.is_(Role.REVIEWER, Role.INSPECTOR, Role.COORDINATOR),
        },
        "consequences": [
            (str(one), f"{gettext(one.label)} · {gettext(one.effect.label)}") for one in Consequence
        ],
        "follow_ups": [
            (gettext(one.label), gettext(one.follow_up)) for one in Consequence if one.follow_up
        ],
        "review_findings": [(str(one), gettext(one.label)) for one in ReviewFinding],
        "offices": _offices() if reviewer and accepted else [],
    }


def _moments(head: DeclarationRow, state: State, moved_at: datetime) -> dict[str, datetime]:
    return {"ACCEPTED": head.accepted_at, str(state): moved_at}


def _kept(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return what was typed into the form that was refused, under the name of its act."""
    sent = request.POST.dict()
    return {str(sent.get("act", "")): sent} if sent else {}


def _kind(code: str) -> str:
    return gettext(HoldKind(code).label)


def _office(code: str) -> Coded | None:
    return office(code, today()) if code else None


def _offices() -> list[Coded]:
    law = snapshot().region
    return [Coded(one.code, one.name_zh, one.name_en) for one in law.offices(today())]


def _coded(table: str, code: str | None, on: Any) -> Coded | None:
    if not code:
        return None
    found = snapshot().codes.row(table, code, on)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def _dotted(code: str) -> str:
    if len(code) != 10 or not code.isdigit():
        return code
    return ".".join((code[:4], code[4:6], code[6:8], code[8:]))
