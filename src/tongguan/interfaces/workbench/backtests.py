"""Backtests at the risk desk: ask for one, watch it run, read what a policy would have found."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongguan.domain.risk import backtests
from tongguan.domain.risk.backtests import BacktestRow
from tongguan.domain.risk.fields import Field
from tongguan.domain.risk.policies import Asked, Models, Profiles
from tongguan.domain.risk.values import Channel, Source
from tongguan.interfaces.pages.answers import wants_part
from tongguan.interfaces.pages.shapes import Button
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.reader import desk, people, percent, trouble, troubles
from tongguan.kernel.numbers import typed_day, typed_number, typed_whole
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

UNPROCESSABLE: Final = 422
SPAN: Final = timedelta(days=180)
"""So much of the past the form offers."""
MOVED: Final = 0.1
"""Below this an index of drift says nothing."""
FEATURES: Final = 5
SOURCES: Final = {
    **{str(one): one.label for one in Source},
    "filled": _("drawn while there was no model"),
}
NUMBERS: Final = (
    # member, words, hint
    ("budget", _("Examinations a day"), _("0: no bound; the thresholds in force decide.")),
    ("exploration", _("Drawn for exploration, %"), _("Of all declarations, whatever the score.")),
    ("slice", _("Of the budget for what is drawn, %"), _("What draws leave, others use.")),
    ("delay_days", _("Days until an outcome counts"), _("From an examination to its finding.")),
    ("retrain_days", _("Days between trainings"), ""),
    ("cold_days", _("First days without a model"), _("Then the budget is drawn.")),
    ("seed", _("Seed"), _("Of every draw and training: another one, another run.")),
)
"""The numbers that the form asks for; those after the second are folded away."""
SHARES: Final = frozenset({"exploration", "slice"})
_HUNDRED: Final = Decimal(100)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the backtests and the form for another; on POST ask for it."""
    viewer, base = desk(request)
    refused = []
    if request.method == "POST":
        try:
            id_ = backtests.ask(asked=_asked(request.POST), by=viewer, now=utc_now())
        except ProblemError as error:
            refused = troubles(error)
        else:
            return redirect("workbench:backtest", id_)
    rows = backtests.latest()
    names = people(row.asked_by for row in rows)
    sent = request.POST if refused else _offered(request.GET.get("like", ""))
    context = {
        **base,
        "rows": [_listed(row, names) for row in rows],
        "sent": sent,
        "fields": [
            {"name": name, "words": gettext(words), "hint": hint and gettext(hint)}
            | {"value": sent.get(name, ""), "pointer": f"#/{name}"}
            for name, words, hint in NUMBERS
        ],
        "profiles": [(str(one), gettext(one.label)) for one in Profiles],
        "models": [(str(one), gettext(one.label)) for one in Models],
        "troubles": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workbench/backtests.html", context, status=status)


@login_required
@require_safe
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a backtest; to htmx only its result, which is asked for again while it runs."""
    _viewer, base = desk(request)
    row = _row(id)
    names = people([row.asked_by])
    context = {**base, **_result(row), "asked_by": names[row.asked_by], "parameters": _said(row)}
    template = (
        "workbench/backtest_result.html" if wants_part(request) else "workbench/backtest.html"
    )
    return render(request, template, context)


@login_required
@require_POST
def stop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Stop a backtest that waits or runs."""
    viewer, base = desk(request)
    if not base["may_change"]:
        raise PermissionDenied
    try:
        backtests.stop(id=id, by=viewer, now=utc_now())
    except ProblemError as error:
        row = _row(id)
        context = {**base, **_result(row), "asked_by": row.asked_by, "parameters": _said(row)}
        context["troubles"] = troubles(error)
        return render(request, "workbench/backtest.html", context, status=UNPROCESSABLE)
    return redirect("workbench:backtest", id)


def _row(id_: UUID) -> BacktestRow:
    row = backtests.get(id_)
    if row is None:
        raise Http404
    return row


def _asked(sent: Mapping[str, str]) -> Asked:
    """Return what a form asks for; what is no number is one that cannot be run."""
    numbers: dict[str, Any] = {}
    for name, _words, _hint in NUMBERS:
        text = sent.get(name, "")
        numbers[name] = _number(text) / _HUNDRED if name in SHARES else _whole(text)
    return Asked(
        since=_day(sent.get("since", "")),
        until=_day(sent.get("until", "")),
        profiles=sent.get("profiles", ""),
        model=sent.get("model", ""),
        shares="shares" in sent,
        **numbers,
    )


def _offered(like: str) -> dict[str, str]:
    """Return what the form offers: the same as another backtest, or what fits at first."""
    row = backtests.get(UUID(like)) if _is_id(like) else None
    asked = Asked(since=today() - SPAN, until=today()) if row is None else row.asked
    shown = {name: str(getattr(asked, name)) for name, _words, _hint in NUMBERS}
    shown |= {name: f"{(getattr(asked, name) * _HUNDRED).normalize():f}" for name in SHARES}
    days = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    chosen = {"profiles": asked.profiles, "model": asked.model}
    return {**shown, **days, **chosen, **({"shares": "on"} if asked.shares else {})}


def _listed(row: BacktestRow, names: Mapping[str, str]) -> dict[str, Any]:
    figures = row.totals or {}
    return {
        "row": row,
        "by": names[row.asked_by],
        "state": gettext(row.state.label),
        "what": _what(row.asked),
        "precision": percent(figures.get("precision")),
        "recall": percent(figures.get("recall")),
        "revenue": _amount(figures.get("revenue_found")),
        "hours": _amount(figures.get("hours")),
    }


def _what(asked: Asked) -> str:
    parts = (
        (_("profiles"), Profiles(asked.profiles).label),
        (_("model"), Models(asked.model).label),
    )
    told = [f"{gettext(name)}: {gettext(words)}" for name, words in parts]
    if asked.budget:
        told.append(gettext("{budget} examinations a day").format(budget=asked.budget))
    return " · ".join(told)


def _said(row: BacktestRow) -> list[tuple[str, object]]:
    """Return everything it was tried with, so that anybody can repeat it."""
    asked, what = row.asked, row.settled
    told: list[tuple[str, object]] = [
        (gettext("Profiles"), gettext(Profiles(asked.profiles).label)),
        (gettext("Model"), gettext(Models(asked.model).label)),
        (gettext("Random shares in force"), gettext("yes") if asked.shares else gettext("no")),
    ]
    for name, words, _hint in NUMBERS:
        value = getattr(asked, name)
        told.append((gettext(words), percent(value) if name in SHARES else value))
    told.append((gettext("Set in force"), what.set_version))
    if what.wordings:
        words = ", ".join(f"{id_} v{version}" for id_, version in what.wordings)
        told.append((gettext("Waiting wordings"), words))
    if what.model:
        told.append((gettext("Hash of the model"), what.model))
    return told


def _result(row: BacktestRow) -> dict[str, Any]:
    figures = row.totals or {}
    return {
        "row": row,
        "state": gettext(row.state.label),
        "fault": None if row.trouble is None else trouble(row.trouble),
        "figures": _figures(figures) if figures else [],
        "weeks": [_week(week) for week in row.weeks],
        "sources": [
            (gettext(SOURCES[source]), count, found, percent(found / count if count else None))
            for source, (count, found) in figures.get("sources", {}).items()
        ],
        "channels": [
            (gettext(Channel(code).label), count)
            for code, count in figures.get("channels", {}).items()
        ],
        "drift": [
            (gettext(Field(name).label), f"{far:.2f}", far >= MOVED)
            for name, far in list(figures.get("drift", {}).items())[:FEATURES]
        ],
        "finds": _chart(row.weeks, _FINDS) if row.weeks else None,
        "moves": _drift_chart(row.weeks) if row.weeks else None,
        "stop_button": Button(
            gettext("Stop it"),
            reverse("workbench:stop_backtest", args=[row.id]),
            post=True,
            question=gettext("Stop this backtest?"),
            consequence=gettext("What it has found so far is kept."),
        ),
    }


def _figures(told: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    interval = told["precision_interval"]
    between = "" if interval is None else "–".join(percent(one) for one in interval)
    return [
        (gettext("Precision"), percent(told["precision"]), between),
        (gettext("Recall"), percent(told["recall"]), ""),
        (
            gettext("Duty and taxes found"),
            _amount(told["revenue_found"]),
            gettext("{share} of what was at stake").format(share=percent(told["revenue_share"])),
        ),
        (
            gettext("Looked at"),
            f"{told['looked_at']:,}",
            gettext("of {declared} declared").format(declared=f"{told['declared']:,}"),
        ),
        (gettext("Working hours"), _amount(told["hours"]), ""),
    ]


def _week(told: Mapping[str, Any]) -> dict[str, Any]:
    drift: Mapping[str, float] = told["drift"]
    furthest = next(iter(drift.items()), None)
    moved = ""
    if furthest is not None and furthest[1] >= MOVED:
        moved = f"{gettext(Field(furthest[0]).label)} {furthest[1]:.2f}"
    return {
        "begins": date.fromisoformat(told["begins"]),
        "declared": told["declared"],
        "looked_at": told["looked_at"],
        "found": told["found"],
        "precision": percent(told["precision"]),
        "recall": percent(told["recall"]),
        "revenue": _amount(told["revenue_found"]),
        "share": percent(told["revenue_share"]),
        "hours": _amount(told["hours"]),
        "drift": "–" if told["score_drift"] is None else f"{told['score_drift']:.2f}",
        "moved": moved,
        "lessons": told["lessons"],
    }


_FINDS: Final = (
    ("precision", _("precision")),
    ("recall", _("recall")),
    ("revenue_share", _("part of the revenue")),
)


def _chart(weeks: Sequence[Mapping[str, Any]], lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"bottom": 0},
        "grid": {"left": 48, "right": 12, "top": 12, "bottom": 56},
        "xAxis": {"type": "category", "data": [week["begins"] for week in weeks]},
        "yAxis": {"type": "value", "max": 100, "axisLabel": {"formatter": "{value} %"}},
        "series": [
            {
                "type": "line",
                "name": gettext(words),
                "data": [
                    None if week[name] is None else round(100 * week[name], 1) for week in weeks
                ],
            }
            for name, words in lines
        ],
    }


def _drift_chart(weeks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    furthest = [max(week["drift"].values(), default=None) for week in weeks]
    scores = [week["score_drift"] for week in weeks]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"bottom": 0},
        "grid": {"left": 48, "right": 12, "top": 12, "bottom": 56},
        "xAxis": {"type": "category", "data": [week["begins"] for week in weeks]},
        "yAxis": {"type": "value", "min": 0},
        "series": [
            {"type": "line", "name": gettext("scores"), "data": scores},
            {"type": "line", "name": gettext("feature that moved furthest"), "data": furthest},
        ],
    }


def _amount(figure: str | None) -> str:
    return "–" if figure is None else f"{Decimal(figure).quantize(Decimal(1)):,}"


def _number(text: str) -> Decimal:
    found = typed_number(text)
    return Decimal(-1) if found is None else found


def _whole(text: str) -> int:
    found = typed_whole(text)
    return -1 if found is None else found


def _day(text: str) -> date:
    return typed_day(text) or date.min


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
