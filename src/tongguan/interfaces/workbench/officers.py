"""Who is on duty at an office, and the two officers drawn for an inspection."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import load, open_holds
from tongguan.domain.inspection import officers
from tongguan.domain.inspection.choices import drawn_again
from tongguan.domain.inspection.duty import ChoiceRow, Chosen
from tongguan.domain.inspection.queries import draws, marked_others, marks, on_duty
from tongguan.domain.inspection.values import ReplacementGround
from tongguan.facilities.accounts.queries import names
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.workbench.reader import at_desk, frame, office, seen, today, troubles
from tongguan.kernel.identifiers import OFFICE, DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

MAY = (Role.INSPECTOR, Role.CHIEF)


def named(*usernames: str) -> dict[str, str]:
    """Return people by account name, in the reader's language."""
    chinese = (get_language() or "zh").startswith("zh")
    found = names(set(usernames))
    return {
        username: (found[username][chinese] or username) if username in found else username
        for username in usernames
    }


def shown(declaration_id: DeclarationId, viewer: Actor) -> dict[str, Any]:
    """Return the officers of the inspections that are open, for the case's page."""
    rows = open_holds([declaration_id], HoldKind.INSPECTION)
    if not rows:
        return {}
    [hold, *_more] = rows
    kept, now = draws([hold.id]).get(hold.id), utc_now()
    duty = on_duty(hold.office, today(), now=now)
    asked = (*kept.wanted_askers, *kept.wanted_for, *kept.wanted) if kept else ()
    rounds = kept.choices if kept else ()
    people = named(
        *(row.officer for row in duty),
        *(kept.officers if kept else ()),
        *asked,
        *(name for one in rounds for name in (*one.chosen, *one.in_place_of)),
    )
    waits = kept is not None and bool(kept.wanted_by)
    marked = viewer.name in marked_others(hold.office, today())
    chief = waits and viewer.at(hold.office, Role.CHIEF)
    confirms = chief and viewer.name not in asked
    by_hand = kept is not None and bool(kept.wanted)
    return {
        "officers": {
            "office": office(hold.office, today()),
            "draw": kept,
            "drawn": [people.get(one, one) for one in kept.officers] if kept else [],
            "choices": [_choice(one, people, now) for one in rounds],
            "present": [people[row.officer] for row in duty if row.present],
            "posted": [(row.officer, people[row.officer]) for row in duty],
            "two": [(name, people.get(name, name)) for name in kept.officers] if kept else [],
            "may": viewer.at(hold.office, *MAY),
            "grounds": [(str(one), gettext(one.label)) for one in ReplacementGround],
            "waits": waits,
            "wanted_for": [people.get(one, one) for one in kept.wanted_for] if kept else [],
            "wanted": [people.get(one, one) for one in kept.wanted] if kept else [],
            "wanted_by": people.get(kept.wanted_by, "") if kept else "",
            "ground": _ground(kept.wanted_ground) if kept else "",
            "marked": marked,
            "confirms": confirms and (by_hand or not marked),
            "marked_instead": confirms and marked and not by_hand,
            "own": chief and not confirms,
        },
    }


@login_required
@require_POST
def choose(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Draw the officers of an examination, ask for others or confirm them; then show it again."""
    viewer = at_desk(request, "inspection")
    head, sent, now = seen(declaration_id, viewer), request.POST, utc_now()
    rows = open_holds([head.id], HoldKind.INSPECTION)
    hold = rows[0].id if rows else None
    try:
        if hold is None:
            return redirect(_back(sent), head.id)
        if sent.get("act") == "replace":
            officers.ask_replacement(
                declaration_id=head.id,
                hold_id=hold,
                absent=sent.getlist("absent"),
                named=sent.getlist("named"),
                ground=sent.get("ground", ""),
                why=sent.get("why", ""),
                by=viewer,
                now=now,
            )
            messages.success(request, gettext("Asked for: the chief of the office confirms it."))
        elif sent.get("act") == "confirm":
            take = officers.confirm_replacement(
                declaration_id=head.id,
                hold_id=hold,
                sha256=sent.get("sha256", ""),
                by=viewer,
                now=now,
            )
            told = ", ".join(named(*take).values())
            words = gettext("Confirmed: {officers} takes over from now on.")
            messages.success(request, words.format(officers=told))
        else:
            drawn = officers.draw(declaration_id=head.id, hold_id=hold, by=viewer, now=now)
            told = ", ".join(named(*drawn).values())
            messages.success(request, gettext("Drawn: {officers}").format(officers=told))
    except ProblemError as error:
        for one in troubles(error):
            messages.error(request, f"{one.detail} {one.remedy}")
    return redirect(_back(sent), head.id)


def _choice(row: ChoiceRow, people: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Return one choice of officers, and whether it comes out the same when it is drawn again."""
    drawn = row.how is Chosen.DRAWN
    return {
        "chosen": [people.get(name, name) for name in row.chosen],
        "in_place_of": [people.get(name, name) for name in row.in_place_of],
        "how": gettext(row.how.label),
        "drawn": drawn,
        "count": len(row.candidates),
        "all": drawn and len(row.candidates) == len(row.chosen),
        "day": row.seed_day,
        "ground": _ground(row.ground),
        "why": row.why,
        "same": drawn and drawn_again(row, now=now) == row.chosen,
    }


def _ground(code: str) -> str:
    return gettext(ReplacementGround(code).label) if code else ""


def _back(sent: Mapping[str, str]) -> str:
    """Return the page that the form stood on: the site desk, or the case."""
    return "workbench:inspect" if sent.get("at") == "site" else "workbench:case"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Show who is on duty today at an office of the viewer's, and let it be marked."""
    viewer = at_desk(request, "inspection")
    found = load(viewer=viewer, now=utc_now(), kinds=(HoldKind.INSPECTION,))
    waits = Counter({row.office: row.count for row in found})
    offices = sorted(viewer.offices, key=lambda code: (-waits[code], code))
    asked = OFFICE.sought(request.POST.get("office") or request.GET.get("office", ""))
    chosen = asked if asked in viewer.offices else next(iter(offices), "")
    if request.method == "POST":
        try:
            officers.mark_present(
                officer=request.POST.get("officer", ""),
                office=chosen,
                present=request.POST.get("present") == "yes",
                by=viewer,
                now=utc_now(),
            )
        except ProblemError as error:
            for one in troubles(error):
                messages.error(request, f"{one.detail} {one.remedy}")
        return redirect(f"{request.path}?office={chosen}")
    day = today()
    rows = on_duty(chosen, day, now=utc_now())
    written = marks(chosen, day)
    people = named(
        *(row.officer for row in rows), *(name for one in written for name in (one.officer, one.by))
    )
    context = {
        **frame(viewer),
        "offices": [(office(code, day), waits[code]) for code in offices],
        "chosen": chosen,
        "rows": [
            (row, people[row.officer], office(row.elsewhere, day) if row.elsewhere else None)
            for row in rows
        ],
        "marks": [
            (people[one.officer], gettext(one.mark.label), one.at, people[one.by])
            for one in written
        ],
        "chief": viewer.at(chosen, Role.CHIEF),
        "me": viewer.name if viewer.at(chosen, Role.INSPECTOR) else "",
    }
    return render(request, "workbench/duty.html", context)
