"""One declaration by form: typed, checked at its fields, lodged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongguan.domain.parties.queries import enterprises
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.intake import Told, check_document, lodge_document
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.shapes import Trouble
from tongguan.interfaces.pages.wording import number
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

from . import codes, draft, names
from .fields import CONFIRMATIONS, GROUPS, LINE, Field, nearest, place, pointer
from .reader import UNPROCESSABLE, declarant, frame, troubles_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A field with what was typed into it."""

    field: Field
    words: str
    hint: str
    name: str
    pointer: str
    value: str

    @property
    def listed(self) -> str:
        """Return the id of the list it offers."""
        return f"list-{self.field.choices}" if self.field.choices else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST add or drop a line, check, or lodge. Nothing typed is lost."""
    viewer, now = declarant(request), utc_now()
    typed = {name: str(value) for name, value in request.POST.items()}
    act = typed.pop("act", "")
    rows = draft.lines(typed)
    told: Told | None = None
    troubles: list[Trouble] = []
    if act == "add":
        rows = [*rows, {}]
    faults = draft.too_much(rows)
    if faults:
        troubles, rows = troubles_of(ProblemError(*faults)), rows[: draft.MOST_LINES]
    elif act.startswith("drop-"):
        gone = paging.row_of(act.removeprefix("drop-"))
        rows = [row for at, row in enumerate(rows) if at != gone] or [{}]
    elif act in {"check", "lodge"}:
        receive = lodge_document if act == "lodge" else check_document
        try:
            [told] = receive(
                draft.written(typed, local_day(now)), by=viewer, now=now, translate=gettext
            ).told
        except ProblemError as error:
            troubles = troubles_of(error)
        if told is not None and told.declaration_id:
            words = gettext("Accepted under number {number}").format(number=number(told.number))
            messages.success(request, words)
            return redirect("portal:declaration", told.declaration_id)
    elif act not in {"add", "keep"}:
        typed = _own(viewer, local_day(now))
    troubles += [] if told is None else troubles_at_fields(told)
    refused = bool(troubles) if told is None else not told.well
    context = {
        **frame(viewer, now=now),
        **_shown(typed, rows),
        "lists": codes.whole(local_day(now)),
        "searched": sorted(codes.SEARCHED),
        "troubles": troubles,
        "told": told,
        "sound": told is not None and told.well,
        "given": bool(act),
    }
    return render(request, "portal/form.html", context, status=UNPROCESSABLE if refused else 200)


def troubles_at_fields(told: Told) -> list[Trouble]:
    """Return the problems of a declaration, each at the field of the form that it is about."""
    return [
        Trouble(
            one["code"],
            one["title"],
            one["detail"],
            one["remedy"],
            nearest(one["pointer"]),
            place(one["pointer"]),
            warning=one["warning"],
        )
        for one in told.problems
    ]


def _shown(typed: dict[str, str], rows: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "flow": typed.get("flow", "import"),
        "flows": [(code, gettext(words)) for code, words in names.FLOWS.items()],
        "groups": [
            (gettext(title), [_cell(field, field.path, typed) for field in fields])
            for title, fields in GROUPS
        ],
        "confirmations": [_cell(field, field.path, typed) for field in CONFIRMATIONS],
        "lines": [
            (at, [_line_cell(field, at, row) for field in LINE]) for at, row in enumerate(rows)
        ],
        "may_add": len(rows) < draft.MOST_LINES,
    }


def _cell(field: Field, name: str, typed: dict[str, str]) -> Cell:
    words = capfirst(gettext(field.words))
    hint = gettext(field.hint) if field.hint else ""
    return Cell(field, words, hint, name, pointer(name), typed.get(name, ""))


def _line_cell(field: Field, at: int, row: dict[str, str]) -> Cell:
    name = f"lines.{at}.{field.path}"
    return _cell(field, name, {name: row.get(field.path, "")})


def _own(viewer: Actor, day: date) -> dict[str, str]:
    """Return what is known before anything is typed: the reader's own enterprise."""
    found = next(iter(enterprises(viewer.own_ids, day)), None)
    if found is None:
        return {}
    known = {"parties.declarant.scc": found.scc, "parties.declarant.name": found.name_zh}
    if viewer.is_(Role.TRADER):
        known |= {"parties.trader.scc": found.scc, "parties.trader.name": found.name_zh}
        known |= {"parties.owner.scc": found.scc, "parties.owner.name": found.name_zh}
        known["offices.declaration"] = found.home_office
    return known
