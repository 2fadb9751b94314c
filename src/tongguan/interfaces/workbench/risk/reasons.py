"""Why a declaration was selected, in the depth of who reads: officer, analyst or auditor."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from msgspec import structs

from tongguan.domain.risk.commands import READERS, consult_selection
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.fields import Field, Scope
from tongguan.domain.risk.queries import told_to_officer
from tongguan.domain.risk.values import Contribution, Selection, Told
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.workbench.reader import seen
from tongguan.interfaces.workbench.risk.names import of_line
from tongguan.interfaces.workbench.risk.reader import desk
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

STRONGEST = 5
HASHED = 12


def shown(declaration_id: DeclarationId, viewer: Actor) -> dict[str, Any]:
    """Return the reasons for an officer's case: what to look for, never the words of a rule."""
    return {
        "why": [_told(one) for one in told_to_officer(declaration_id)],
        "may_read_all": viewer.is_(*READERS),
    }


@login_required
@require_safe
def page(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Show a whole selection and decide it again; the reading stands in the ledger."""
    viewer, base = desk(request)
    head = seen(declaration_id, viewer)
    found = consult_selection(declaration_id=head.id, by=viewer, now=utc_now())
    again = found.recomputed
    context = {
        **base,
        "head": head,
        "why": [_told(one) for one in found.told],
        "again": again,
        "recorded": None if again is None else again.recorded,
        "short": HASHED,
        "compared": [] if again is None else _compared(again.recorded, again.again),
        "facts": [] if found.facts is None else _facts(found.facts),
    }
    return render(request, "workbench/risk/selection.html", context)


def _told(one: Told) -> dict[str, Any]:
    return {
        "words": gettext(one.words).format(**one.facts),
        "instruction": one.instruction,
        "goods": one.treatment is None or one.treatment.goods,
        "lines": one.lines,
        "ground": gettext(one.ground.label),
        "treatment": "" if one.treatment is None else gettext(one.treatment.label),
        "contributions": [_moved(moved) for moved in one.contributions[:STRONGEST]],
    }


def _moved(one: Contribution) -> str:
    """Return what moved a score: raising aspects as they are, lowering ones said to be so."""
    words = gettext(one.words)
    if one.line:
        words = gettext("line {number}: {words}").format(number=one.line, words=words)
    return words if one.amount > 0 else gettext("against it: {words}").format(words=words)


def _compared(recorded: Selection, again: Selection | None) -> Sequence[tuple[str, str, str, bool]]:
    """Return each member of a selection as recorded and as it comes out again."""
    found = []
    for member in structs.fields(Selection):
        before = getattr(recorded, member.name)
        after = None if again is None else getattr(again, member.name)
        if member.name == "reasons":
            before, after = _reasons(before), _reasons(after or ())
        found.append(
            (member.name, str(before), "" if again is None else str(after), before == after)
        )
    return found


def _reasons(reasons: Sequence[Any]) -> str:
    return "; ".join(
        f"{one.source} {one.criterion} v{one.version} {one.treatment}{'' if one.acted else ' –'}"
        for one in reasons
    )


def _facts(facts: Facts) -> list[tuple[str, str]]:
    """Return the facts of the whole declaration that are known, in words."""
    return [
        (of_line(field), str(found))
        for field in Field
        if field.scope is Scope.HEAD and (found := getattr(facts, field.member)) not in {None, ()}
    ]
