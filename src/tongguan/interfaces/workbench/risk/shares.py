"""Random shares and the policy on the model: what is in force, what waits, and proposing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from msgspec import structs

from tongguan.domain.parties.values import CreditClass
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk import approvals
from tongguan.domain.risk.active import selector
from tongguan.domain.risk.commands import consult
from tongguan.domain.risk.criteria import ALWAYS, Criterion, Kind, Policy, Share, Treatment
from tongguan.domain.risk.fields import Field
from tongguan.domain.risk.soundness import faults_of
from tongguan.domain.risk.values import CriterionRow, CriterionState
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench.reader import UNPROCESSABLE, today
from tongguan.interfaces.workbench.risk.acts import on_standing
from tongguan.interfaces.workbench.risk.names import choices
from tongguan.interfaces.workbench.risk.profiles import asked_for, state_words
from tongguan.interfaces.workbench.risk.reader import desk, people, percent, troubles
from tongguan.interfaces.workbench.risk.typed import Typed, plain
from tongguan.interfaces.workbench.risk.wording import MEMBERS, named, value
from tongguan.kernel.identifiers import COMMODITY, OFFICE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

STOOD: Final = frozenset({CriterionState.ACTIVE, CriterionState.SUSPENDED})
POLICY: Final = (
    "review_from",
    "inspect_from",
    "exploration",
    "treatment",
    "budget",
    "valid_from",
    "valid_until",
)
PACK: Final = {"documents": "random_documents_{0}", "sample": "random_goods_{0}"}
"""The parameters of the region pack behind its shares, by treatment."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show shares and policy; on POST propose another."""
    viewer, base = desk(request)
    refused, sent = [], request.POST
    if request.method == "POST":
        if not viewer.is_(Role.RISK_ANALYST):
            raise PermissionDenied
        try:
            _propose(sent, viewer)
        except ProblemError as error:
            refused = troubles(error)
        else:
            messages.success(request, gettext("Proposed. Another analyst approves or refuses it."))
            return redirect("workbench:shares")
    context = {**base, **_shown(viewer), "troubles": refused, "refused": sent.get("kind", "")}
    if refused:
        key = "policy_form" if sent.get("kind") == "policy" else "share_form"
        context[key] = sent.dict()
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/risk/shares.html", context, status=status)


def _shown(viewer: Actor) -> dict[str, Any]:
    now, day = utc_now(), today()
    shares = consult(kind=Kind.SHARE, by=viewer, now=now)
    policies = consult(kind=Kind.POLICY, by=viewer, now=now)
    rows = (*shares, *policies)
    known = people(name for row in rows for name in (row.proposed_by, row.decided_by))
    waiting = [row for row in rows if row.state is CriterionState.WAITING]
    active = selector(day).active
    newest = next((row for row in policies[::-1] if row.state in STOOD), None)
    return {
        "waiting": asked_for(waiting, viewer, known, day),
        "shares": [_share(row, viewer, known, day) for row in shares if row.state in STOOD],
        "pack": [_of_pack(one, day) for one in active.shares if not one.id],
        "policy": None if newest is None else _policy(newest, viewer, known, day),
        "policy_form": _policy_typed(active.policy),
        "share_form": {"share": "", "treatment": str(Treatment.SAMPLE)},
        "treatments": [(str(one), gettext(one.label)) for one in Treatment],
        "inspections": [(str(one), gettext(one.label)) for one in Treatment if one.goods],
        "credits": [
            (code, gettext(CreditClass(code).label))
            for code in snapshot().parameters.words("credit_classes", day)
        ],
        "modes": [(one.code, one.english) for one in choices(Field.MODE, day)],
        "offices": [(one.code, named(one.code, day)) for one in snapshot().region.offices(day)],
    }


def _share(row: CriterionRow, viewer: Actor, known: Mapping[str, str], day: date) -> dict[str, Any]:
    buttons, why_not = on_standing(row, viewer)
    return {
        **_words(row.criterion, day),
        "id": row.criterion.id,
        "state": str(row.state),
        "state_words": state_words(row, day),
        "who": ", ".join(known.get(one, one) for one in (row.proposed_by, row.decided_by) if one),
        "buttons": buttons,
        "why_not": why_not,
    }


def _of_pack(share: Share, day: date) -> dict[str, Any]:
    name = PACK.get(share.treatment, "").format(share.credit)
    timeline = snapshot().parameters.timelines.get(name)
    return {**_words(share, day), "source": "" if timeline is None else timeline.as_of(day).source}


def _words(share: Criterion, day: date) -> dict[str, Any]:
    if not isinstance(share, Share):
        raise TypeError(share)
    modes = {one.code: one.english for one in choices(Field.MODE, day)}
    return {
        "treatment": gettext(Treatment(share.treatment).label),
        "share": percent(share.share),
        "credit": gettext(CreditClass(share.credit).label) if share.credit else "",
        "office": named(share.office, day) if share.office else "",
        "mode": modes.get(share.mode, share.mode),
        "commodity": share.commodity,
    }


def _policy(
    row: CriterionRow, viewer: Actor, known: Mapping[str, str], day: date
) -> dict[str, Any]:
    buttons, why_not = on_standing(row, viewer)
    return {
        "name": row.criterion.name,
        "state": str(row.state),
        "state_words": state_words(row, day),
        "since": row.since,
        "who": ", ".join(known.get(one, one) for one in (row.proposed_by, row.decided_by) if one),
        "facts": [
            (gettext(MEMBERS[member]), value(member, getattr(row.criterion, member), day))
            for member in POLICY
        ],
        "buttons": buttons,
        "why_not": why_not,
    }


def _policy_typed(policy: Policy) -> dict[str, str]:
    def score(figure: Decimal) -> str:
        return "" if figure > 1 else plain(figure)

    return {
        "name": policy.name,
        "review_from": score(policy.review_from),
        "inspect_from": score(policy.inspect_from),
        "exploration": plain(policy.exploration * 100),
        "treatment": policy.treatment,
        "budget": str(policy.budget),
    }


def _propose(sent: Mapping[str, str], viewer: Actor) -> None:
    typed = Typed(sent)
    made: Criterion
    if typed.text("kind") == "policy":
        made = _typed_policy(typed)
    else:
        made = Share(
            id=typed.whole("id"),
            treatment=typed.text("treatment"),
            share=typed.share("share", Decimal(-1)),
            credit=typed.text("credit"),
            office=OFFICE.plain(typed.text("office")),
            mode=typed.text("mode"),
            commodity=COMMODITY.plain(typed.text("commodity")),
            valid_from=typed.day("valid_from") or ALWAYS,
            valid_until=typed.day("valid_until"),
        )
    faults = [*typed.faults, *faults_of(made)]
    if faults:
        raise ProblemError(*faults)
    approvals.propose(criteria=[made], by=viewer, now=utc_now())


def _typed_policy(typed: Typed) -> Policy:
    """Return the policy that was typed, as another wording of the one in force, if there is one."""
    never = Policy()
    return structs.replace(
        selector(today()).active.policy,
        version=0,
        name=typed.text("name"),
        review_from=typed.number("review_from", never.review_from),
        inspect_from=typed.number("inspect_from", never.inspect_from),
        exploration=typed.share("exploration", never.exploration),
        treatment=typed.text("treatment"),
        budget=typed.whole("budget"),
        valid_from=typed.day("valid_from") or ALWAYS,
        valid_until=typed.day("valid_until"),
    )
