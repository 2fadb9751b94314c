"""One declaration: how far it has come, what it waits for, what it owes, and all that happened."""

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongguan.domain.clearance.lifecycle import Act, HoldKind, State
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, versions
from tongguan.domain.declarations.values import Line, Submission
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.release.queries import orders_of
from tongguan.domain.revenue.queries import charges_of
from tongguan.domain.review.queries import case_decisions, queries_of
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.interfaces.pages import charges
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import exchanged, happened, names
from .reader import frame, reader, seen
from .waiting import act, cards, first, kind, step, until

LINES_FIRST: Final = 20
"""So many lines are shown at once; the rest on demand."""


@login_required
@require_safe
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show everything about one declaration; its next step first."""
    viewer, now = reader(request), utc_now()
    head, day = seen(declaration_id, viewer), local_day(now)
    holds, state = holds_of(head.id), standing([head.id])[head.id].state
    open_ = [row for row in holds if row.ended_at is None]
    hold = first(open_)
    told, sent = events_of(head.id), content(head.id)
    owed = charges_of(head.id, viewer=viewer)
    most = None if request.GET.get("lines") == "all" else LINES_FIRST
    on = local_day(head.accepted_at)
    context = {
        **frame(viewer, now=now),
        "head": head,
        "flow": gettext(names.FLOWS[head.flow.value]),
        "mode": gettext(names.MODES[head.mode]),
        "declared_at": names.office(head.declaration_office, day),
        "goods_at": names.office(head.goods_office, day),
        "elsewhere": head.goods_office != head.declaration_office,
        "state": str(state),
        "state_words": capfirst(gettext(state.label)),
        "over": state in {State.CLOSED, State.CANCELLED, State.REFUSED},
        "moments": happened.moments(head.accepted_at, told),
        "held_for": [kind(row.kind) for row in open_ if row.blocks is Act.RELEASE],
        "held_by": "" if hold is None else str(hold.turn),
        **_turn(hold, day),
        "cards": cards(holds, day, shown=None if hold is None else step(hold)),
        "owed": owed,
        "table": None if owed is None else charges.table(owed.assessment, most=most),
        "lines": [_line(one, on) for one in sent.lines[:most]],
        "hidden": 0 if most is None else max(0, len(sent.lines) - most),
        "sent": sent,
        "facts": _facts(sent, day),
        "paid_at": names.office(head.payment_office, day),
        "inspected_at": names.office(head.inspection_office, day),
        "site": names.site(head.site),
        "documents": [
            (names.coded("attached_documents", one.kind, on), one.number) for one in sent.documents
        ],
        "permits": [
            (names.coded("permit_documents", one.kind, on), one.number) for one in sent.permits
        ],
        "asked": queries_of(head.id),
        "appointments": tuple(appointments([row.id for row in open_]).values()),
        "examined": any(row.kind is HoldKind.INSPECTION for row in open_),
        "decided": [(one, gettext(one.consequence.label)) for one in case_decisions(head.id)],
        "orders": [
            (
                row,
                names.office(row.office, day),
                names.site(row.site),
                capfirst(gettext(row.state.label)),
            )
            for row in orders_of(head.id)
        ],
        "came": exchanged.incoming(head, viewer),
        "went": exchanged.outgoing(head, day),
        "versions": versions(head.id),
        "ledger": happened.acts(entries(head.id), day),
        "whole": not verify(head.id).broken,
    }
    return render(request, "portal/declaration.html", context)


def _turn(hold: HoldRow | None, day: date) -> dict[str, Any]:
    """Return whose turn it is, what for, until when, and what the reader can press."""
    if hold is None:
        return {
            "turn": "",
            "turn_what": "",
            "turn_until": None,
            "next_step": None,
            "next_words": "",
        }
    return {
        "turn": str(hold.turn),
        "turn_what": gettext(hold.kind.label),
        "turn_until": until(hold.due_at),
        "next_step": step(hold),
        "next_words": act(hold, day),
    }


def _line(line: Line, on: date) -> dict[str, object]:
    return {
        "it": line,
        "commodity": names.commodity(line.commodity, on),
        "origin": names.coded("countries", line.origin, on),
        "unit": names.coded("units", line.quantity.unit, on),
    }


def _facts(sent: Submission, day: date) -> list[tuple[str, Coded | str]]:
    """Return the head of the declaration as words and codes; what is not declared is left out."""
    transport, places = sent.transport, sent.countries
    inland = transport.inland
    port = "domestic_ports"
    found: list[tuple[str, Coded | str | None]] = [
        (gettext("Mode of transport"), names.coded("transport_modes", transport.mode, day)),
        (gettext("Means of transport"), " ".join(filter(None, (transport.name, transport.voyage)))),
        (
            gettext("Inland leg"),
            " ".join(filter(None, (inland.name, inland.voyage))) if inland else "",
        ),
        (gettext("Bill of lading or air waybill"), sent.bill),
        (gettext("Containers"), ", ".join(one.id for one in sent.containers)),
        (gettext("Place of the goods"), sent.place.name),
        (gettext("Port of entry or exit"), names.coded(port, sent.place.port, day)),
        (gettext("Trading country"), names.coded("countries", places.trading, day)),
        (gettext("Country of dispatch"), names.coded("countries", places.dispatch, day)),
        (gettext("Country of destination"), names.coded("countries", places.destination, day)),
        (gettext("Terms of delivery"), names.coded("delivery_terms", sent.terms, day)),
        (gettext("Packages"), f"{sent.packages.count:,}" if sent.packages.count else ""),
        (gettext("Kind of packages"), names.coded("packaging", sent.packages.kind, day)),
        (gettext("Gross mass, kg"), _plain(sent.mass.gross)),
        (gettext("Net mass, kg"), _plain(sent.mass.net)),
        (
            gettext("Supervision mode"),
            names.coded("supervision_modes", sent.regime.supervision, day),
        ),
        (gettext("Nature of levy"), names.coded("levy_natures", sent.regime.levy, day)),
        (gettext("Contract"), sent.contract),
        (gettext("Remarks"), sent.remarks),
    ]
    return [(words, what) for words, what in found if what]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,}"
