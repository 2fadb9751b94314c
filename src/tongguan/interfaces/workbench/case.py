"""One declaration at a desk: what was declared, why it was selected, and what can be done."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.queries import records_of
from tongguan.domain.inspection.values import Finding, Signed
from tongguan.domain.release.queries import orders_of
from tongguan.domain.revenue.queries import assessment_of
from tongguan.domain.review import commands as review
from tongguan.domain.review.queries import queries_of
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench import officers
from tongguan.interfaces.workbench.reader import (
    at_desk,
    cards,
    frame,
    moment,
    office,
    seen,
    today,
    troubles,
)
from tongguan.interfaces.workbench.risk import reasons
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show a case; on POST do the act asked for, and show what is wrong where it is refused."""
    viewer = at_desk(request, "region")
    head = seen(declaration_id, viewer)
    refused = []
    if request.method == "POST":
        try:
            _act(request, head.id, viewer)
        except ProblemError as error:
            refused = troubles(error)
        else:
            return redirect("workbench:case", head.id)
    context = {
        **_shown(head.id, viewer),
        **officers.shown(head.id, viewer),
        **reasons.shown(head.id, viewer),
        "head": head,
        "troubles": refused,
        "sent": request.POST,
    }
    context |= {
        "declared_at": office(head.declaration_office, today()),
        "goods_at": office(head.goods_office, today()),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/case.html", context, status=status)


def _shown(declaration_id: DeclarationId, viewer: Actor) -> dict[str, Any]:
    rows, base = holds_of(declaration_id), frame(viewer)
    state = standing([declaration_id])[declaration_id]
    open_kinds = {row.kind for row in rows if row.ended_at is None}
    first = next((row for row in rows if row.ended_at is None), None)
    return {
        **base,
        "state": str(state.state),
        "moments": {str(state.state): state.moved_at},
        "held_for": "" if first is None else gettext(first.kind.label),
        "held_by": "" if first is None else str(first.turn),
        "cards": cards(rows, base["my_turn"], today()),
        "declared": content(declaration_id),
        "assessment": assessment_of(declaration_id),
        "asked": queries_of(declaration_id),
        "records": records_of(declaration_id),
        "orders": orders_of(declaration_id),
        "findings": [(str(one), gettext(one.label)) for one in Finding],
        "can_review": viewer.is_(Role.REVIEWER) and HoldKind.REVIEW in open_kinds,
        "can_ask": viewer.is_(Role.REVIEWER) and state.state.value == "ACCEPTED",
        "can_visit": viewer.is_(Role.REVIEWER) and HoldKind.SUMMONS in open_kinds,
        "can_decide": viewer.is_(Role.REVIEWER, Role.COORDINATOR) and HoldKind.CASE in open_kinds,
        "can_inspect": viewer.is_(Role.INSPECTOR) and HoldKind.INSPECTION in open_kinds,
        "me": viewer.name,
    }


def _act(request: HttpRequest, id_: DeclarationId, by: Actor) -> None:
    sent, now = request.POST, utc_now()
    act = sent.get("act", "")
    if act == "close":
        review.close_review(
            declaration_id=id_,
            hold_id=_hold(id_, HoldKind.REVIEW),
            finding=sent.get("finding", ""),
            words=sent.get("words", ""),
            by=by,
            now=now,
        )
    elif act == "ask":
        review.ask(
            declaration_id=id_,
            question=sent.get("question", ""),
            ground=sent.get("ground", ""),
            by=by,
            now=now,
        )
    elif act == "summon":
        subject, due = sent.get("subject", ""), moment(sent.get("due") or now.isoformat())
        review.summon(declaration_id=id_, subject=subject, due=due, by=by, now=now)
    elif act == "visit":
        hold, words = _hold(id_, HoldKind.SUMMONS), sent.get("words", "")
        review.record_visit(declaration_id=id_, hold_id=hold, words=words, by=by, now=now)
    elif act == "decide":
        hold, words = _hold(id_, HoldKind.CASE), sent.get("words", "")
        review.decide_case(declaration_id=id_, hold_id=hold, words=words, by=by, now=now)
    elif act == "appoint":
        inspection.appoint(
            declaration_id=id_,
            hold_id=_hold(id_, HoldKind.INSPECTION),
            at=moment(sent.get("at") or now.isoformat()),
            place=sent.get("place", ""),
            by=by,
            now=now,
        )
    elif act == "sign":
        opened = sent.get("packages_opened") or "0"
        inspection.sign_record(
            declaration_id=id_,
            hold_id=_hold(id_, HoldKind.INSPECTION),
            signed=Signed(
                officers=(by.name, sent.get("second", "")),
                witness=sent.get("witness", ""),
                result=sent.get("result", ""),
                finding=sent.get("finding", ""),
                seals_after=sent.get("seals_after", ""),
                packages_opened=int(opened) if opened.isdecimal() else 0,
            ),
            by=by,
            now=now,
        )


def _hold(id_: DeclarationId, kind: HoldKind) -> HoldId:
    open_rows: list[HoldRow] = [
        row for row in holds_of(id_) if row.ended_at is None and row.kind is kind
    ]
    return open_rows[0].id if open_rows else HoldId(id_)
