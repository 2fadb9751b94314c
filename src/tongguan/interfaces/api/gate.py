"""The gate: may this leave, and that it left.

A unit stands in the path, or as a parameter or member: a bill may hold a slash, or end like a call.
"""

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import ask_at_gate
from tongguan.domain.release.values import GateAnswer
from tongguan.interfaces.api.identifiers import Bill, Site
from tongguan.interfaces.api.shapes import Done, GateOut
from tongguan.interfaces.api.taken import UnitIn
from tongguan.interfaces.api.who import caller
from tongguan.kernel.time import utc_now

router = Router()


@router.get("/{site}", response=GateOut, summary="May this leave? The unit is a parameter")
def ask_for(request: HttpRequest, site: Site, unit: Bill) -> GateOut:
    """Answer a gate: may this container, or the goods of this bill, leave the site?"""
    return _told(ask_at_gate(site=site, unit=unit, by=caller(request)))


@router.post("/{site}/acknowledge", response=Done, summary="The order of a unit has come")
def acknowledge_for(request: HttpRequest, site: Site, sent: UnitIn) -> Done:
    """Acknowledge the release order of a unit. Again changes nothing."""
    return acknowledge(request, site, sent.unit)


@router.post("/{site}/out", response=GateOut, summary="A unit left")
def out_for(request: HttpRequest, site: Site, sent: UnitIn) -> GateOut:
    """Report that a unit left on its release order. Refused where it may not leave."""
    return out(request, site, sent.unit)


@router.post("/{site}/{slashed:unit}/acknowledge", response=Done, summary="The order has come")
def acknowledge(request: HttpRequest, site: Site, unit: Bill) -> Done:
    """Acknowledge the release order of a unit. Again changes nothing."""
    release.acknowledge(site=site, units=[unit], by=caller(request), now=utc_now())
    return Done()


@router.post("/{site}/{slashed:unit}/out", response=GateOut, summary="It left")
def out(request: HttpRequest, site: Site, unit: Bill) -> GateOut:
    """Report that a unit left on its release order. Refused where it may not leave."""
    by = caller(request)
    return _told(release.gate_out(site=site, unit=unit, by=by, now=utc_now()))


@router.get("/{site}/{slashed:unit}", response=GateOut, summary="May this leave?")
def ask(request: HttpRequest, site: Site, unit: Bill) -> GateOut:
    """Answer a gate: may this container, or the goods of this bill, leave the site?"""
    return ask_for(request, site, unit)


def _told(answer: GateAnswer) -> GateOut:
    return GateOut(
        may_leave=answer.may_leave,
        verdict=str(answer.verdict),
        words=gettext(answer.verdict.label),
        site=answer.site,
        unit=answer.unit,
        number=answer.number,
        declaration_office=answer.declaration_office,
        released_at=answer.released_at,
        left_at=answer.left_at,
        waiting=[
            {"kind": str(one.kind), "turn": str(one.turn), "office": one.office}
            for one in answer.waiting
        ],
        undeclared=list(answer.undeclared),
        containers=list(answer.containers),
        orders=[order.signature for order in answer.orders],
    )
