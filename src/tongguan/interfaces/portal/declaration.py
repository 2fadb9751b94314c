"""One declaration: how far it has come, what it waits for, what it owes, and all that happened."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.declarations.queries import content, versions
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.release.queries import orders_of
from tongguan.domain.revenue.queries import assessment_of, explained
from tongguan.domain.revenue.values import Explained
from tongguan.domain.review.queries import queries_of
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.interfaces.pages.shapes import Derivation, Input
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import names
from .reader import frame, reader, seen
from .waiting import cards, first, kind, step


@login_required
@require_safe
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show everything about one declaration; its next step first."""
    viewer, now = reader(request), utc_now()
    head, day = seen(declaration_id, viewer), local_day(now)
    rows, state = holds_of(head.id), standing([head.id])[head.id]
    hold = first(rows)
    assessment = assessment_of(head.id)
    amounts = () if assessment is None else explained(assessment, gettext)
    context = {
        **frame(viewer, now=now),
        "head": head,
        "flow": gettext(names.FLOWS[head.flow.value]),
        "mode": gettext(names.MODES[head.mode]),
        "declared_at": names.office(head.declaration_office, day),
        "goods_at": names.office(head.goods_office, day),
        "paid_at": names.office(head.payment_office, day),
        "inspected_at": names.office(head.inspection_office, day),
        "site": names.site(head.site),
        "state": str(state.state),
        "moments": {"ACCEPTED": head.accepted_at, str(state.state): state.moved_at},
        "held_for": "" if hold is None else kind(hold.kind),
        "held_by": "" if hold is None else str(hold.turn),
        "next_step": None if hold is None else step(hold),
        "cards": cards(rows, day),
        "assessment": assessment,
        "charges": [_derivation(one) for one in amounts if one.tax],
        "declared": content(head.id),
        "lines": [(line, names.commodity(line.commodity, day)) for line in content(head.id).lines],
        "asked": queries_of(head.id),
        "appointments": appointments([row.id for row in rows]).values(),
        "orders": orders_of(head.id),
        "events": events_of(head.id),
        "versions": versions(head.id),
        "ledger": entries(head.id),
        "whole": not verify(head.id).broken,
    }
    return render(request, "portal/declaration.html", context)


def _derivation(one: Explained) -> Derivation:
    title = f"{one.title} · {one.line}" if one.line else one.title
    notes = " ".join(one.notes)
    return Derivation(
        title,
        one.levied,
        one.currency,
        one.formula,
        worked=one.worked,
        rule=one.rule,
        source=f"{one.source} {notes}".strip(),
        inputs=[Input(each.words, each.value, each.source) for each in one.inputs],
    )
