"""What two people do with criteria: approve, refuse, suspend, resume, end; buttons and the acts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tongguan.domain.risk import approvals
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.values import CriterionRow, CriterionState
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages.shapes import Button
from tongguan.interfaces.workbench.reader import at_desk
from tongguan.interfaces.workbench.risk.reader import PAGES, troubles
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

Act = Callable[[Kind, int, str, Actor, datetime], object]

DONE: Final = {
    "approve": _("Approved: it acts in all districts within a second."),
    "refuse": _("Refused."),
    "suspend": _("Suspended in all districts."),
    "resume": _("In force again in all districts."),
    "end": _("Ended."),
}


def _approve(kind: Kind, id_: int, _why: str, by: Actor, now: datetime) -> None:
    approvals.approve(kind=kind, ids=[id_], by=by, now=now)


def _refuse(kind: Kind, id_: int, why: str, by: Actor, now: datetime) -> None:
    approvals.refuse(kind=kind, id=id_, why=why, by=by, now=now)


def _suspend(kind: Kind, id_: int, why: str, by: Actor, now: datetime) -> None:
    approvals.suspend(kind=kind, id=id_, why=why, by=by, now=now)


def _resume(kind: Kind, id_: int, _why: str, by: Actor, now: datetime) -> None:
    approvals.resume(kind=kind, id=id_, by=by, now=now)


def _end(kind: Kind, id_: int, why: str, by: Actor, now: datetime) -> None:
    approvals.end(kind=kind, id=id_, why=why, by=by, now=now)


ACTS: Final[dict[str, Act]] = {
    "approve": _approve,
    "refuse": _refuse,
    "suspend": _suspend,
    "resume": _resume,
    "end": _end,
}


@login_required
@require_POST
def decide(request: HttpRequest, kind: str, criterion: int) -> HttpResponse:
    """Do one act on a criterion, then show where it stands."""
    viewer = at_desk(request, "risk")
    chosen = request.POST.get("act", "")
    act, of = ACTS.get(chosen), next((one for one in Kind if one.value == kind), None)
    if act is None or of is None:
        raise Http404
    try:
        act(of, criterion, request.POST.get("reason", "").strip()[:300], viewer, utc_now())
    except ProblemError as error:
        for one in troubles(error):
            messages.error(request, f"{one.detail} {one.remedy}")
    else:
        messages.success(request, gettext(DONE[chosen]))
    return redirect(page_of(of, criterion))


def page_of(kind: Kind, criterion: int) -> str:
    """Return the page on which a criterion stands."""
    if kind is Kind.PROFILE:
        return reverse("workbench:profile", args=[criterion])
    return reverse(PAGES[kind])


def on_waiting(row: CriterionRow, viewer: Actor) -> tuple[Sequence[tuple[Button, str, str]], str]:
    """Return the buttons over a wording that waits, or why there are none.

    A button comes with its name on the page and the label of the reason that it asks for.
    """
    if not viewer.is_(Role.RISK_ANALYST):
        return (), gettext("An analyst decides on it; auditors read.")
    if row.proposed_by == viewer.name:
        return (), gettext("You proposed it yourself: another analyst decides on it.")
    name = row.criterion.name
    approve = _button(
        row,
        "approve",
        gettext("Approve"),
        gettext("Approve {name}?").format(name=name),
        gettext("It acts in all districts within a second."),
    )
    refuse = _button(
        row,
        "refuse",
        gettext("Refuse"),
        gettext("Refuse {name}?").format(name=name),
        gettext("What is in force stays as it is; whoever proposed it reads your reason."),
        danger=True,
    )
    key = f"{row.criterion.kind}-{row.criterion.id}"
    return (
        (approve, f"approve-{key}", ""),
        (refuse, f"refuse-{key}", gettext("Reason")),
    ), ""


def on_standing(row: CriterionRow, viewer: Actor) -> tuple[Sequence[tuple[Button, str, str]], str]:
    """Return the buttons over a wording in force or suspended; or why one is missing."""
    if not viewer.is_(Role.RISK_ANALYST):
        return (), ""
    name, key = row.criterion.name, f"{row.criterion.kind}-{row.criterion.id}"
    reason = gettext("Reason")
    end = _button(
        row,
        "end",
        gettext("End"),
        gettext("End {name} for good?").format(name=name),
        gettext("It acts no more, in all districts, at once. Its wordings are kept."),
        danger=True,
    )
    if row.state is CriterionState.ACTIVE:
        suspend = _button(
            row,
            "suspend",
            gettext("Suspend at once"),
            gettext("Suspend {name}?").format(name=name),
            gettext("It acts no more, in all districts, until another analyst resumes it."),
        )
        return ((suspend, f"suspend-{key}", reason), (end, f"end-{key}", reason)), ""
    if row.state is not CriterionState.SUSPENDED:
        return (), ""
    if row.by == viewer.name:
        why = gettext("You suspended it yourself: another analyst resumes it.")
        return ((end, f"end-{key}", reason),), why
    resume = _button(
        row,
        "resume",
        gettext("Resume"),
        gettext("Put {name} back into force?").format(name=name),
        gettext("It acts in all districts within a second, in the wording it had."),
    )
    return ((resume, f"resume-{key}", ""), (end, f"end-{key}", reason)), ""


def _button(
    row: CriterionRow,
    act: str,
    words: str,
    question: str,
    consequence: str,
    *,
    danger: bool = False,
) -> Button:
    url = reverse("workbench:decide", args=[str(row.criterion.kind), row.criterion.id])
    return Button(words, url, True, question, consequence, danger, {"act": act})
